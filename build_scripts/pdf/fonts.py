"""Open the typefaces: instances of the variable fonts by name, with a fallback by script.

A face is instanced in memory by HarfBuzz when it is first used (about 20 ms), so nothing is cached on disk.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import product
from typing import NamedTuple

import uharfbuzz

from build_scripts.pdf.bidi import directed
from build_scripts.pdf.hanging import HANG_END, HANG_START
from build_scripts.pdf.hyphenation import DISCRETIONARY
from build_scripts.pdf.scripts import TYPEFACES, FaceSource, face_name, typefaces_for
from build_scripts.pdf.shaping import ZERO_WIDTH_SPACE, Glyph, Shaped, Shown, shape
from build_scripts.pdf.text import TextStyle


def _faces() -> dict[str, FaceSource]:
    """Name the faces: `serif`, `serif-small-semibold-italic`, `sans-italic` and so on."""
    faces = {}
    weights = {"": ("", 400), "-semibold": ("SemiBold", 600)}
    slopes = {"": "", "-italic": "Italic"}
    optical_sizes = {"": ("", 10.5), "-small": ("Caption", 8.0), "-display": ("Display", 36.0)}
    for (weight, (weight_name, wght)), (slope, slope_name) in product(weights.items(), slopes.items()):
        style_name = weight_name + slope_name or "Regular"
        for size, (size_name, opsz) in optical_sizes.items():
            faces[f"serif{size}{weight}{slope}"] = FaceSource(
                postscript_name=f"SourceSerif4{size_name}-{style_name}",
                package="fontpkg_source_serif_4",
                file=f"files/SourceSerif4{'-Italic' if slope else ''}[opsz,wght].ttf",
                axes={"opsz": opsz, "wght": wght},
                fallback="serif-jp",
            )
        faces[f"sans{weight}{slope}"] = FaceSource(
            postscript_name=f"SourceSans3-{style_name}",
            package="fontpkg_source_sans_3",
            file=f"files/SourceSans3{'-Italic' if slope else ''}[wght].ttf",
            axes={"wght": wght},
            fallback="sans-jp",
        )
    for name, family in (("serif-jp", "NotoSerifJP"), ("sans-jp", "NotoSansJP")):
        faces[name] = FaceSource(
            postscript_name=f"{family}-Regular",
            package="pylopdf_fonts_jp",
            file=f"{family}-Regular.otf",
            scale=0.94,
        )
    for code, pair in TYPEFACES.items():
        faces.update({face_name(kind, code): source for kind, source in pair.items()})
    return faces


FACES: Mapping[str, FaceSource] = _faces()
BUILT_IN = frozenset(FACES) - {face_name(kind, code) for code in TYPEFACES for kind in TYPEFACES[code]}
"""The names of those that are always there."""

SUBSTITUTED = frozenset(("\u00a0", *map(chr, range(0x2000, 0x200B)), "\u2011", "\u202f", "\u205f"))
"""Spaces and the non-breaking hyphen, which HarfBuzz makes from the plain ones where a face lacks them."""
DROPPED = frozenset("\u2060\ufeff\u200e\u200f\u034f")
"""Signs that guided the typing, or guide the order of text, which is computed here."""
UNDRAWN = DROPPED | frozenset("\u00ad\u200b\u2028")
"""Signs of format that the setter acts on; all others need a glyph."""
_JOINERS = "\u200c\u200d"
_HAN = re.compile(
    "[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)


class MissingGlyph(ValueError):
    """Report a character that no face has, by code point and Unicode name."""

    def __init__(self, character: str, text: str) -> None:
        """Keep the character and the text that holds it."""
        self.character = character
        self.text = text
        name = unicodedata.name(character, "unnamed")
        super().__init__(f"no glyph for U+{ord(character):04X} {name} in '{text}'")


def is_ignorable(character: str) -> bool:
    """Check whether a sign only chooses or joins the glyphs beside it and needs none of its own."""
    return character in _JOINERS or unicodedata.name(character, "").startswith("VARIATION SELECTOR")


class Face:
    """Hold one static font and the glyphs drawn from it.

    A code is what the page shows, two bytes: one for each glyph and text that the glyph stood for, so that
    the way back to Unicode is exact (ISO 32000-1, 9.10.3). Codes count from 1 in the order of first use.
    """

    __slots__ = ("_shaped", "characters", "codes", "face", "font", "name", "source", "widths")

    def __init__(self, name: str, source: FaceSource) -> None:
        """Instance the font."""
        self.name = name
        self.source = source
        self.face = open_face(source)
        self.font = uharfbuzz.Font(self.face)
        # Every advance below is in thousandths of an em, the unit of PDF fonts (9.2.4).
        self.font.scale = (1000, 1000)
        self.characters = frozenset(map(chr, self.face.unicodes))
        self.widths = {gid: self.font.get_glyph_h_advance(gid) for gid in range(self.face.glyph_count)}
        self.codes: dict[tuple[int, str], int] = {}
        self._shaped: dict[tuple[tuple[str, ...], str, str, bool], Shaped] = {}

    def shape(self, text: str, features: tuple[str, ...], lang: str, *, rtl: bool = False) -> Shaped:
        """Return the glyphs of `text`; the same text is shaped once."""
        key = features, lang, text, rtl
        shaped = self._shaped.get(key)
        if shaped is None:
            shaped = self._shaped[key] = shape(self.font, text, features, lang, rtl=rtl)
        return shaped

    def has(self, character: str) -> bool:
        """Check for a character; HarfBuzz takes a letter apart if the face has only its parts."""
        if character in self.characters or character in SUBSTITUTED:
            return True
        return self.characters.issuperset(unicodedata.normalize("NFD", character))

    def encode(self, shaped: Shaped) -> tuple[Shown, ...]:
        """Return the glyphs as the page shows them, kerning included, and note them as used.

        Nearly always all of them at once at height 0; a mark that stands off its letter is shown apart.
        """
        if not shaped.operands:
            shaped.operands = tuple(self._operands(shaped))
        return shaped.operands

    def _operands(self, shaped: Shaped) -> Iterator[Shown]:
        parts: list[str] = []
        height = 0
        silent = False
        lag = -shaped.width if shaped.rtl else 0
        for glyph, text in zip(shaped.glyphs, self._texts(shaped.glyphs), strict=True):
            if glyph.dy != height or silent is bool(text):
                if parts:
                    yield Shown(height, "".join(parts), silent)
                parts, height, silent = [], glyph.dy, not text
            if lag != glyph.dx:
                parts.append(f"{lag - glyph.dx}")
            code = self.codes.setdefault((glyph.gid, text or ZERO_WIDTH_SPACE), len(self.codes) + 1)
            parts.append(f"<{code:04x}>")
            lag = self.widths[glyph.gid] - glyph.advance + glyph.dx
        if shaped.rtl:
            lag -= shaped.width
        if lag:
            parts.append(f"{lag}")
        yield Shown(height, "".join(parts).replace("><", ""), silent)

    def _texts(self, glyphs: Sequence[Glyph]) -> list[str]:
        """Return what each glyph stands for; a mark off its letter stands for nothing, the letter for both.

        In Latin and Japanese every glyph has its own.
        """
        texts = [glyph.text for glyph in glyphs]
        if self.name in BUILT_IN:
            return texts
        first = 0
        for index, glyph in enumerate(glyphs):
            unnamed = glyph.text == ZERO_WIDTH_SPACE
            if index and (glyph.dy or (unnamed and not glyph.advance)):
                texts[first] += glyph.text.replace(ZERO_WIDTH_SPACE, "")
                texts[index] = ""
                continue
            if index and unnamed and len(texts[first]) > 1:
                # Two glyphs beside each other share the letters, so that none leaves a gap.
                texts[first], texts[index] = texts[first][:1], texts[first][1:]
            first = index
        return texts


class Word(NamedTuple):
    """Hold shaped text of one style, cut where the face changes.

    Width in points, and how much of that the first and last character may hang in the margins.
    """

    text: str
    parts: tuple[tuple[Face, Shaped], ...]
    width: float
    hang_start: float
    hang_end: float


def tracked(style: TextStyle, shaped: Shaped) -> float:
    """Return the room that is put between letters; those that join stay together."""
    return 0 if shaped.rtl else style.tracking * len(shaped.glyphs)


class Words(dict[str, Word]):
    """Shape words of one style and language on demand; the same word is shaped once."""

    def __init__(self, fonts: "FontBook", style: TextStyle, lang: str, chinese: bool) -> None:
        """Start empty."""
        self._fonts = fonts
        self._style = style
        self._lang = lang
        self._chinese = chinese
        # Letters set apart do not join.
        self._features = (*style.features, "-liga", "-clig") if style.tracking else style.features

    def __missing__(self, text: str) -> Word:
        """Shape a word not met before."""
        style, visible = self._style, text.replace(DISCRETIONARY, "")
        parts = tuple(
            (face, face.shape(part, self._features, self._lang))
            for face, whole in self._fonts.divide(visible, style.face, self._chinese)
            for part in directed(whole)
        )
        glyphs = [glyph for _, shaped in parts for glyph in shaped.glyphs]
        em = style.size / 1000
        width = sum(shaped.width * face.source.scale for face, shaped in parts) * em
        word = self[text] = Word(
            text,
            parts,
            width + sum(tracked(style, shaped) for _, shaped in parts),
            HANG_START.get(text[0], 0) * glyphs[0].advance * em if glyphs else 0,
            HANG_END.get(text[-1], 0) * glyphs[-1].advance * em if glyphs else 0,
        )
        return word


class FontBook:
    """Give faces by name for one document, and remember what was used of them.

    `language` is that of text which does not say its own.
    """

    def __init__(self, language: str = "en") -> None:
        """Start with nothing opened."""
        self.language = language
        self._faces: dict[str, Face] = {}
        self._words: dict[tuple[TextStyle, str, bool], Words] = {}

    def face(self, name: str) -> Face:
        """Return the face, opened on first use."""
        face = self._faces.get(name)
        if face is None:
            face = self._faces[name] = Face(name, FACES[name])
        return face

    def words(self, style: TextStyle, lang: str | None = None, chinese: bool = False) -> Words:
        """Return the words of a style and language, with Chinese faces for their ideographs or Japanese."""
        key = style, lang or self.language, chinese
        words = self._words.get(key)
        if words is None:
            words = self._words[key] = Words(self, *key)
        return words

    def used(self) -> list[Face]:
        """Return the faces that something was drawn with, in the order they were opened."""
        return [face for face in self._faces.values() if face.codes]

    def divide(self, text: str, name: str, chinese: bool = False) -> list[tuple[Face, str]]:
        """Cut text where the face changes; raise MissingGlyph where none has the character.

        No letter stands in another face than its marks, and no name in two faces for ideographs.
        """
        if not text:
            return []
        face = self.face(name)
        if face.characters.issuperset(text):
            return [(face, text)]
        divided: list[tuple[Face, str]] = []
        for cluster in _clusters(text):
            last = divided[-1][0] if divided else None
            chosen = last if last and not _drawn(cluster) else self._face_with(cluster, face, text, chinese)
            if last is chosen:
                divided[-1] = (chosen, divided[-1][1] + cluster)
            else:
                divided.append((chosen, cluster))
        return divided

    def _face_with(self, cluster: str, face: Face, text: str, chinese: bool) -> Face:
        """Return the first face that has a letter with all its marks."""
        for tried in self._candidates(cluster, face, chinese):
            if all(tried.has(character) for character in _drawn(cluster)):
                return tried
        raise MissingGlyph(next(c for c in _drawn(cluster) if not face.has(c)), text)

    def _candidates(self, cluster: str, face: Face, chinese: bool) -> Iterator[Face]:
        """Yield the faces that may have a cluster; none stands behind one that is not installed."""
        for name in candidates(cluster, face.name, chinese):
            if not FACES[name].is_installed():
                return
            yield self.face(name)


def candidates(cluster: str, name: str, chinese: bool = False) -> Iterator[str]:
    """Yield the names of the faces to be asked for a letter and its marks, beginning with its own."""
    fallback = FACES[name].fallback
    others = [face_name(kind_of(name), code) for code in typefaces_for(_drawn(cluster)[0])]
    yield name
    if fallback is not None and not (chinese and _HAN.match(cluster)):
        yield fallback
    yield from others
    if fallback is not None and chinese:
        yield fallback


def kind_of(name: str) -> str:
    """Return whether a face has serifs, as the names of faces say it."""
    return name.partition("-")[0]


def is_chinese(text: str) -> bool:
    """Check whether text has an ideograph that Japanese does not use: then all of it is set as Chinese."""
    found = set(_HAN.findall(text))
    return bool(found) and not characters_of(FACES["serif-jp"]).issuperset(found)


def _clusters(text: str) -> list[str]:
    """Cut text into letters, each with the marks and joiners that follow it."""
    clusters: list[str] = []
    for character in text:
        marks = is_ignorable(character) or unicodedata.category(character).startswith("M")
        if marks and clusters:
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _drawn(cluster: str) -> str:
    """Return what of a cluster needs a glyph."""
    return "".join(character for character in cluster if not is_ignorable(character))


def characters_of(source: FaceSource) -> frozenset[str]:
    """Return the characters of a face, without opening it for use."""
    return _characters(source.package, source.file)


@lru_cache
def _characters(package: str, file: str) -> frozenset[str]:
    data = resources.files(package).joinpath(file).read_bytes()
    return frozenset(map(chr, uharfbuzz.Face(uharfbuzz.Blob(data)).unicodes))


def open_face(source: FaceSource) -> uharfbuzz.Face:
    """Read the font file and pin its axes."""
    data = resources.files(source.package).joinpath(source.file).read_bytes()
    face = uharfbuzz.Face(uharfbuzz.Blob(data))
    if not source.axes:
        return face
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    for axis, value in source.axes.items():
        wanted.pin_axis_location(face, axis, value)
    return uharfbuzz.subset(face, wanted)
