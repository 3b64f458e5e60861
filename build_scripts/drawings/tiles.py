"""Cut a poster into sheets that overlap, to be printed at home, trimmed and glued together.

Each sheet bears its letter and number, A1 for the upper left one, ticks where it is trimmed, and at the right
and the foot the strip on which the next sheet is glued. Print at full size. These files are for the press
alone: they have no structure and claim no standard.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Operator
from reportlab.lib.colors import HexColor

from build_scripts.draw.pdf import TEXT_STYLES
from build_scripts.pdf.archival import Info, describe_print, save
from build_scripts.pdf.drawing import draw_line
from build_scripts.pdf.embedding import embed
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.palette import MUTED
from build_scripts.pdf.style import PAPERS_MM
from build_scripts.pdf.tags import TaggedCanvas
from build_scripts.pdf.text import Run
from build_scripts.words import Words

MM = 72 / 25.4
OVERLAP = 12 * MM
# What home printers leave blank at the edge.
BLANK = 9 * MM
MARK = 4 * MM
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MARKED_CONTENT = {Operator(name) for name in ("BMC", "BDC", "EMC", "MP", "DP")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """Hold a part of the poster: its name, and its lower left corner and size in points of the poster."""

    name: str
    x: float
    y: float
    width: float
    height: float
    last_column: bool
    last_row: bool


def grid(width: float, height: float, paper: tuple[float, float]) -> tuple[Tile, ...]:
    """Return the tiles of a poster on sheets of a paper, upright or turned, whichever needs fewer."""
    ways = [_grid(width, height, size) for size in (paper, (paper[1], paper[0]))]
    return min(ways, key=len)


def _grid(width: float, height: float, paper: tuple[float, float]) -> tuple[Tile, ...]:
    """Return the tiles row by row from the top; neighbours have a strip in common."""
    wide, high = paper[0] - 2 * BLANK, paper[1] - 2 * BLANK
    columns = max(1, math.ceil((width - OVERLAP) / (wide - OVERLAP)))
    rows = max(1, math.ceil((height - OVERLAP) / (high - OVERLAP)))
    return tuple(
        Tile(
            name=f"{LETTERS[row]}{column + 1}",
            x=column * (wide - OVERLAP),
            y=height - row * (high - OVERLAP) - high,
            width=wide,
            height=high,
            last_column=column == columns - 1,
            last_row=row == rows - 1,
        )
        for row in range(rows)
        for column in range(columns)
    )


def tiled(poster: bytes, info: Info, paper: str, words: Words) -> bytes:
    """Return every page of a poster as sheets of `paper`."""
    size = (PAPERS_MM[paper][0] * MM, PAPERS_MM[paper][1] * MM)
    fonts = FontBook(info.language)
    with pikepdf.open(BytesIO(poster)) as source:
        tiles = [
            (index, tile)
            for index, page in enumerate(source.pages)
            for tile in grid(float(page.mediabox[2]), float(page.mediabox[3]), size)
        ]
        marks = _marks([tile for _, tile in tiles], info.heading or info.title, words, fonts)
        with pikepdf.open(BytesIO(marks)) as pdf:
            # Before the poster's own pages come in, whose fonts are there already.
            embed(fonts, pdf)
            forms = [pdf.copy_foreign(_form(page)) for page in source.pages]
            for page, (index, tile) in zip(pdf.pages, tiles, strict=True):
                page.Resources.XObject = Dictionary(Poster=forms[index])
                clip = f"{BLANK:.3f} {BLANK:.3f} {tile.width:.3f} {tile.height:.3f} re W n"
                moved = f"1 0 0 1 {BLANK - tile.x:.3f} {BLANK - tile.y:.3f} cm /Poster Do"
                page.contents_add(pdf.make_stream(f"q {clip} {moved} Q\n".encode()), prepend=True)
            describe_print(pdf, info, words("plan-tiles-note"))
            return save(pdf)


def _form(page: pikepdf.Page) -> pikepdf.Object:
    """Return a page as a form, without marks of a structure that the sheets do not have."""
    form = page.as_form_xobject()
    kept = [one for one in pikepdf.parse_content_stream(form) if one.operator not in MARKED_CONTENT]
    form.write(pikepdf.unparse_content_stream(kept))
    for key in ("/StructParents", "/Metadata"):
        if key in form:
            del form[key]
    return form


def _marks(tiles: list[Tile], title: str, words: Words, fonts: FontBook) -> bytes:
    """Return a page for every tile with what is printed around its part of the poster."""
    out = BytesIO()
    canvas = TaggedCanvas(out, (1.0, 1.0))
    for number, tile in enumerate(tiles, start=1):
        canvas.setPageSize((tile.width + 2 * BLANK, tile.height + 2 * BLANK))
        text = words("plan-tile", name=tile.name, number=number, count=len(tiles), title=title)
        with canvas.artifact():
            canvas.setStrokeColor(HexColor(MUTED))
            canvas.setLineWidth(0.4)
            canvas.lines(list(_crosses(tile)))
            canvas.setDash(2, 2)
            canvas.lines(list(_strips(tile)))
            canvas.setDash()
            draw_line(canvas, BLANK, BLANK - 4.6 * MM, [Run(text=text, style=TEXT_STYLES["scale"])], fonts)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _crosses(tile: Tile) -> Iterator[tuple[float, float, float, float]]:
    """Yield ticks outside the picture in line with its corners: where to trim it."""
    left, bottom, right, top = BLANK, BLANK, BLANK + tile.width, BLANK + tile.height
    for x in (left, right):
        yield x, bottom - MARK, x, bottom - 1.0
        yield x, top + 1.0, x, top + MARK
    for y in (bottom, top):
        yield left - MARK, y, left - 1.0, y
        yield right + 1.0, y, right + MARK, y


def _strips(tile: Tile) -> Iterator[tuple[float, float, float, float]]:
    """Yield the lines to which the next sheets reach."""
    right, bottom = BLANK + tile.width - OVERLAP, BLANK + OVERLAP
    if not tile.last_column:
        yield right, BLANK, right, BLANK + tile.height
    if not tile.last_row:
        yield BLANK, bottom, BLANK + tile.width, bottom
