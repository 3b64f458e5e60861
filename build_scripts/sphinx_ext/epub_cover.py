"""Draw the cover of the EPUB from the edition: the title on one colour, in the book's own type.

Letters are set one by one where HarfBuzz puts them, because Pillow's own line depends on libraries of the
system.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from build_scripts.draw.style import COLOURS
from build_scripts.nodes.context import Context
from build_scripts.nodes.title_page import creators
from build_scripts.pdf.fonts import Face, FontBook

WIDTH, HEIGHT = 1600, 2400
MARGIN = 170
MEASURE = WIDTH - 2 * MARGIN
TITLE_SIZES = range(260, 100, -10)
TITLE_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Hold a line of the cover, its baseline in pixels from the top."""

    text: str
    face: str
    size: int
    baseline: int


def cover(ctx: Context) -> bytes:
    """Return the cover as PNG."""
    edition = ctx.dossier.edition
    fonts = FontBook(edition.language)
    image = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["accent"])
    draw = ImageDraw.Draw(image)
    lines = _place(fonts, edition.title, edition.subtitle or "", creators(ctx))
    for line in lines:
        _draw(draw, fonts, line)
    foot = lines[-1].baseline - 120
    draw.rectangle((MARGIN, foot, MARGIN + 260, foot + 3), fill=COLOURS["paper"])
    out = BytesIO()
    image.quantize(64, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _place(fonts: FontBook, title: str, subtitle: str, names: str) -> list[Line]:
    """Return all lines; the title is as large as its words allow."""
    for size in TITLE_SIZES:
        titles = _break(fonts, title, "serif-display", size)
        if len(titles) <= TITLE_LINES and all(
            _width(fonts, text, "serif-display", size) <= MEASURE for text in titles
        ):
            break
    lines = []
    baseline = 330 + size
    for text in titles:
        lines.append(Line(text=text, face="serif-display", size=size, baseline=baseline))
        baseline += round(size * 1.08)
    baseline += 70
    for text in _break(fonts, subtitle, "serif-italic", 74) if subtitle else ():
        lines.append(Line(text=text, face="serif-italic", size=74, baseline=baseline))
        baseline += 104
    feet = _break(fonts, names, "sans", 60)
    for index, text in enumerate(feet):
        lines.append(
            Line(text=text, face="sans", size=60, baseline=HEIGHT - 190 - 84 * (len(feet) - 1 - index))
        )
    return lines


def _break(fonts: FontBook, text: str, face: str, size: int) -> list[str]:
    """Return text in as few lines as the measure allows, and these of like width."""
    lines = _fill(fonts, text, face, size, MEASURE)
    for measure in range(MEASURE // 2, MEASURE, 20):
        narrower = _fill(fonts, text, face, size, measure)
        if len(narrower) == len(lines):
            return narrower
    return lines


def _fill(fonts: FontBook, text: str, face: str, size: int, measure: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(fonts, longer, face, size) <= measure:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(fonts: FontBook, text: str, face: str, size: int) -> float:
    return sum(
        shaped.width * one.source.scale * size / 1000
        for one, part in fonts.divide(text, face)
        for shaped in [one.shape(part, ("-liga",), fonts.language)]
    )


def _draw(draw: ImageDraw.ImageDraw, fonts: FontBook, line: Line) -> None:
    x = float(MARGIN)
    for face, part in fonts.divide(line.text, line.face):
        font = _pillow(face, line.size)
        for glyph in face.shape(part, ("-liga",), fonts.language).glyphs:
            draw.text((round(x), line.baseline), glyph.text, font=font, fill=COLOURS["paper"], anchor="ls")
            x += glyph.advance * face.source.scale * line.size / 1000


def _pillow(face: Face, size: int) -> ImageFont.FreeTypeFont:
    data = BytesIO(face.face.blob.data)
    return ImageFont.truetype(data, round(size * face.source.scale), layout_engine=ImageFont.Layout.BASIC)
