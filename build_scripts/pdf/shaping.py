"""Turn text of one face into positioned glyphs (HarfBuzz: ligatures, kerning, figures, marks)."""

import unicodedata
from itertools import pairwise
from typing import NamedTuple

import uharfbuzz

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"


class Glyph(NamedTuple):
    """Place one glyph; advance and offsets in thousandths of an em; `text` is what it stands for."""

    gid: int
    advance: int
    dx: int
    dy: int
    text: str


class Shown(NamedTuple):
    """Hold operands of TJ at a height in thousandths of an em.

    What is silent belongs to the glyph before it, which stands for both.
    """

    height: int
    operands: str
    silent: bool


class Shaped:
    """Hold the glyphs of a text, and its width in thousandths of an em.

    `operands` belongs to the face: the glyphs as the page shows them, once they have been drawn, with the
    height at which they stand. What is read from right to left begins at the right, and its advances are
    below 0.
    """

    __slots__ = ("glyphs", "operands", "rtl", "width")

    def __init__(self, glyphs: tuple[Glyph, ...], *, rtl: bool = False) -> None:
        """Add up the advances."""
        self.glyphs = glyphs
        self.rtl = rtl
        self.width = abs(sum(glyph.advance for glyph in glyphs))
        self.operands: tuple[Shown, ...] = ()


def shape(
    font: uharfbuzz.Font, text: str, features: tuple[str, ...], lang: str, *, rtl: bool = False
) -> Shaped:
    """Shape text of one script; a soft hyphen at its end is shown as a hyphen.

    Letters know their direction; `rtl` is for signs amid such as run from the right. The font's scale is 1000
    to the em. A feature is an OpenType tag, with `-` before it to switch it off.
    """
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_codepoints([ord(character) for character in text])
    buffer.guess_segment_properties()
    if rtl:
        buffer.direction = "rtl"
    elif not any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        buffer.direction = "ltr"
    rtl = buffer.direction == "rtl"
    buffer.language = lang
    if text.endswith(SOFT_HYPHEN):
        buffer.flags = uharfbuzz.BufferFlags.PRESERVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(font, buffer, {tag.removeprefix("-"): not tag.startswith("-") for tag in features})
    infos, positions = list(buffer.glyph_infos), list(buffer.glyph_positions)
    if rtl:
        # HarfBuzz goes by the eye from left to right; the file keeps the order of reading.
        infos.reverse()
        positions.reverse()
    texts = _texts([info.cluster for info in infos], text)
    glyphs = tuple(
        Glyph(info.codepoint, position.x_advance, position.x_offset, position.y_offset, stands_for)
        for info, position, stands_for in zip(infos, positions, texts, strict=True)
    )
    if rtl:
        glyphs = tuple(one._replace(advance=-one.advance, dx=one.dx - one.advance) for one in glyphs)
    return Shaped(glyphs, rtl=rtl)


def _texts(clusters: list[int], text: str) -> list[str]:
    """Say for each glyph which characters it stands for, so that together they give the text."""
    starts = list(dict.fromkeys(clusters))
    wholes = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    if len(starts) == len(clusters):
        return wholes
    texts: list[str] = []
    for start, whole in zip(starts, wholes, strict=True):
        count = clusters.count(start)
        # One character drawn by several glyphs: a letter and its marks, or nothing that Unicode could name.
        parts = list(unicodedata.normalize("NFD", whole))
        texts += parts if len(parts) == count else [whole, *[ZERO_WIDTH_SPACE] * (count - 1)]
    return texts
