"""Write the typefaces of the book for its other bodies: WOFF2 files for the site and the EPUB.

The licence of the fonts (OFL 1.1, condition 3) reserves the name "Source" for unmodified files, so the
subsets carry names of their own; copyright and licence stay in them.
"""

from collections.abc import Set
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont

from build_scripts.pdf.fonts import (
    FACES,
    SUBSTITUTED,
    candidates,
    characters_of,
    is_chinese,
    kind_of,
    open_face,
)

FEATURES = (
    "kern", "liga", "mark", "mkmk", "ccmp", "locl", "onum", "lnum", "pnum", "tnum", "smcp", "c2sc", "sups",
    "subs", "frac", "numr", "dnom", "ordn", "case", "calt", "clig",
)  # fmt: skip
_BLOCKS = (
    (0x20, 0x24F),  # Latin, to Extended-B
    (0x2B0, 0x36F),  # modifier letters, combining marks
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x218F),  # letter-like symbols, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x25A0, 0x27BF),  # shapes, symbols, dingbats
)
_NAMES_KEPT = (0, 5, 13, 14)
"""Copyright, version, licence, its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebFace:
    """Name a web font: the face it is made from, and how a style sheet asks for it."""

    face: str
    family: str
    weight: int = 400
    style: str = "normal"
    characters: frozenset[str] = frozenset()
    """What of the dossier the face alone shows in its family, if it is one of several in it."""

    @property
    def file(self) -> str:
        """Return the file name."""
        return f"{self.face}.woff2"


WEB_FACES = (
    WebFace(face="serif", family="Dossier Serif"),
    WebFace(face="serif-italic", family="Dossier Serif", style="italic"),
    WebFace(face="serif-semibold", family="Dossier Serif", weight=600),
    WebFace(face="serif-semibold-italic", family="Dossier Serif", weight=600, style="italic"),
    WebFace(face="serif-display", family="Dossier Display"),
    WebFace(face="serif-display-italic", family="Dossier Display", style="italic"),
    WebFace(face="sans", family="Dossier Sans"),
    WebFace(face="sans-italic", family="Dossier Sans", style="italic"),
    WebFace(face="sans-semibold", family="Dossier Sans", weight=600),
)
FALLBACKS = (
    WebFace(face="serif-jp", family="Dossier Serif JP"),
    WebFace(face="sans-jp", family="Dossier Sans JP"),
)


def write_fonts(out: Path, characters: str = "") -> list[WebFace]:
    """Write the web fonts and their style sheet `fonts.css` into a folder, and return what was written.

    `characters` are those of the text. Those beyond Latin go into every face that has them, what is left into
    the fallback faces and those of other scripts, which are written only if needed.
    """
    out.mkdir(parents=True, exist_ok=True)
    wanted = {chr(point) for first, last in _BLOCKS for point in range(first, last + 1)} | set(characters)
    covered = set(SUBSTITUTED)
    for face in WEB_FACES:
        covered |= _write(face, wanted, out)
    left = {character for character in characters if character not in covered and character.isprintable()}
    written = [*WEB_FACES]
    for fallback in FALLBACKS:
        others = _of_scripts(fallback, left)
        there = left.difference(*(web.characters for web in others))
        found = [web for web in (fallback, *others) if _write(web, web.characters or there, out)]
        written += found
    (out / "fonts.css").write_text("".join(map(_rule, written)), encoding="utf-8")
    return written


def _of_scripts(fallback: WebFace, characters: set[str]) -> list[WebFace]:
    """Return the faces of other scripts for what is left, each with its share.

    They are one family, in which the style sheet says which file has which characters. If one ideograph is
    not in the fallback face, all come from the same other face.
    """
    kind = kind_of(fallback.face)
    chinese = is_chinese("".join(characters))
    shares: dict[str, set[str]] = {}
    for character in sorted(characters):
        for name in [*candidates(character, kind, chinese)][1:]:
            if FACES[name].is_installed() and character in characters_of(FACES[name]):
                shares.setdefault(name, set()).add(character)
                break
    shares.pop(fallback.face, None)
    return [
        WebFace(face=name, family=f"Dossier {kind.title()} Scripts", characters=frozenset(share))
        for name, share in shares.items()
    ]


def _rule(web: WebFace) -> str:
    points = ", ".join(f"U+{ord(character):X}" for character in sorted(web.characters))
    share = f" unicode-range: {points};" if points else ""
    return (
        f'@font-face {{ font-family: "{web.family}"; font-weight: {web.weight}; font-style: {web.style};'
        f' font-display: swap; src: url("{web.file}") format("woff2");{share} }}\n'
    )


def _write(web: WebFace, wanted: Set[str], out: Path) -> set[str]:
    """Write one face and return the characters it has of those wanted; without any, no file."""
    face = open_face(FACES[web.face])
    have = set(map(chr, face.unicodes)) & wanted
    if not have:
        return have
    subset = uharfbuzz.SubsetInput()
    subset.unicode_set.update(set(map(ord, have)))
    if not web.characters:
        # HarfBuzz knows by itself what other scripts need.
        subset.layout_feature_tag_set.clear()
        subset.layout_feature_tag_set.update({int.from_bytes(tag.encode(), "big") for tag in FEATURES})
    subset.name_id_set.update(set(_NAMES_KEPT))
    subset.drop_table_tag_set.update({int.from_bytes(b"STAT", "big")})
    font = TTFont(BytesIO(uharfbuzz.subset(face, subset).blob.data), recalcTimestamp=False)
    _rename(font, web)
    font.flavor = "woff2"
    font.save(out / web.file)
    return have


def _rename(font: TTFont, web: WebFace) -> None:
    names = font["name"]
    for record in list(names.names):
        if record.nameID not in _NAMES_KEPT:
            names.removeNames(record.nameID)
    weight = {400: "", 600: "SemiBold"}[web.weight]
    slope = web.style.replace("normal", "").title()
    style = " ".join(filter(None, (weight, slope))) or "Regular"
    full = f"{web.family} {style}"
    postscript = f"{web.family.replace(' ', '')}-{style.replace(' ', '')}"
    for name_id, text in (
        (1, full if weight else web.family),
        (2, slope or "Regular"),
        (3, postscript),
        (4, full),
    ):
        names.setName(text, name_id, 3, 1, 0x409)
    for name_id, text in ((6, postscript), (16, web.family), (17, style)):
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = web.weight
