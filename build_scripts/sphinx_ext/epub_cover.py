"""Draw the cover of the EPUB from the edition: the title on one colour, in the book's own type.

Glyphs are set one by one where HarfBuzz puts them, in the order of the PDF, because Pillow's own line depends
on libraries of the system.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import uharfbuzz
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from PIL import Image, ImageDraw, ImageFont

from build_scripts.draw.style import COLOURS
from build_scripts.nodes.context import Context
from build_scripts.nodes.title_page import creators
from build_scripts.pdf.drawing import measure, one_line, strokes
from build_scripts.pdf.fonts import Face, FontBook
from build_scripts.pdf.text import Run, TextStyle

WIDTH, HEIGHT = 1600, 2400
MARGIN = 170
MEASURE = WIDTH - 2 * MARGIN
TITLE_SIZES = range(260, 100, -10)
TITLE_LINES = 5
GLYPHS = 0xF0000
"""Where the glyphs stand by number: a plane for private use."""


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
    subtitles = _break(fonts, subtitle, "serif-italic", 74) if subtitle else []
    feet = _break(fonts, names, "sans", 60)
    below = 104 * len(subtitles) + 84 * len(feet) + 500
    for size in TITLE_SIZES:
        titles = _break(fonts, title, "serif-display", size)
        fits = 330 + 1.08 * size * len(titles) + below <= HEIGHT
        if (
            fits
            and len(titles) <= TITLE_LINES
            and all(_width(fonts, text, "serif-display", size) <= MEASURE for text in titles)
        ):
            break
    lines = []
    baseline = 330 + size
    for text in titles:
        lines.append(Line(text=text, face="serif-display", size=size, baseline=baseline))
        baseline += round(size * 1.08)
    baseline += 70
    for text in subtitles:
        lines.append(Line(text=text, face="serif-italic", size=74, baseline=baseline))
        baseline += 104
    for index, text in enumerate(feet):
        lines.append(
            Line(text=text, face="sans", size=60, baseline=HEIGHT - 190 - 84 * (len(feet) - 1 - index))
        )
    return lines


def _break(fonts: FontBook, text: str, face: str, size: int) -> list[str]:
    """Return text in as few lines as the measure allows, and these of like width."""
    lines = _fill(fonts, text, face, size, MEASURE)
    for narrow in range(MEASURE // 2, MEASURE, 20):
        narrower = _fill(fonts, text, face, size, narrow)
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
    return measure(text, _style(face, size), fonts)


def _style(face: str, size: int) -> TextStyle:
    return TextStyle(face=face, size=size, features=("-liga",))


def _draw(draw: ImageDraw.ImageDraw, fonts: FontBook, line: Line) -> None:
    runs = [Run(text=line.text, style=_style(line.face, line.size))]
    for stroke in strokes(one_line(runs, fonts), MARGIN, line.baseline, runs):
        face, shaped = stroke.piece.face, stroke.piece.shaped
        em = face.source.scale * line.size / 1000
        gids = [glyph.gid for glyph in shaped.glyphs]
        font = _pillow(face, round(face.source.scale * line.size), gids)
        x = stroke.x + (shaped.width * em if shaped.rtl else 0)
        for glyph in shaped.glyphs:
            at = round(x + glyph.dx * em), round(line.baseline - glyph.dy * em)
            draw.text(at, chr(GLYPHS + glyph.gid), font=font, fill=COLOURS["paper"], anchor="ls")
            x += glyph.advance * em


def _pillow(face: Face, size: int, gids: Iterable[int]) -> ImageFont.FreeTypeFont:
    """Open a face with some of its glyphs, reached by their numbers, whatever letters they stand for."""
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(set(gids))
    plan = uharfbuzz.SubsetPlan(face.face, wanted)
    out = BytesIO()
    with TTFont(BytesIO(plan.execute().blob.data), recalcTimestamp=False) as font:
        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        names = font.getGlyphOrder()
        table.cmap = {GLYPHS + old: names[new] for old, new in plan.old_to_new_glyph_mapping.items()}
        font["cmap"] = newTable("cmap")
        font["cmap"].tableVersion = 0
        font["cmap"].tables = [table]
        font.save(out)
    out.seek(0)
    return ImageFont.truetype(out, size, layout_engine=ImageFont.Layout.BASIC)
