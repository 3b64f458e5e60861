"""Put site, storeys and sections on one sheet of A1 (ISO 216), each to a scale that it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_scripts.handouts.leaves import MM, Leaves, leaf_sheet, scaled, write
from build_scripts.layout import floor_plan
from build_scripts.layout.arrangement import Format
from build_scripts.layout.shapes import Placed
from build_scripts.model.floor_plan import Plan
from build_scripts.nodes.context import Context
from build_scripts.pdf.blocks import Drawing
from build_scripts.pdf.pages import Page
from build_scripts.pdf.structure import Bookmark
from build_scripts.pdf.style import Sheet

WIDTH, HEIGHT = 594 * MM, 841 * MM
MARGIN, FOOT, GUTTER = 20 * MM, 14 * MM, 14 * MM
HEADING = 24 * MM
COLUMNS = 2
# Sheets are laid out as in the book and shown larger, type and lines with them.
ENLARGED = 1.8


def poster(ctx: Context) -> bytes:
    """Return the poster of a dossier's plan; with more drawings than one sheet holds it has several."""
    return write(ctx, ctx.words("part-plan-poster"), _look(), _pages).data


def _look() -> Sheet:
    base = leaf_sheet("a4")
    geometry = replace(
        base.geometry,
        width=WIDTH,
        height=HEIGHT,
        left=MARGIN,
        top=MARGIN,
        bottom=MARGIN + FOOT,
        measure=WIDTH - 2 * MARGIN,
        foot=MARGIN,
    )
    return replace(
        base, geometry=geometry, styles={name: scaled(style, ENLARGED) for name, style in base.styles.items()}
    )


def _pages(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    plan = leaves.ctx.dossier.plan
    if plan is None:
        raise LookupError("the dossier has no floor plan")
    column = (leaves.width - (COLUMNS - 1) * GUTTER) / COLUMNS
    most = (leaves.top - leaves.bottom - HEADING - GUTTER) / 2
    drawings = list(_drawings(leaves.ctx, plan, column / ENLARGED, most / ENLARGED))
    pages = []
    for start in range(0, len(drawings), 2 * COLUMNS):
        heading = leaves.words(plan.name, "h1", leaves.root.add("H1" if not start else "P"))
        heading.spaceBefore = 0
        _, height = heading.wrap(leaves.width, HEADING)
        page = leaves.page((heading, leaves.left, leaves.top - height))
        for index, placed in enumerate(drawings[start : start + 2 * COLUMNS]):
            row, across = divmod(index, COLUMNS)
            top = leaves.top - HEADING - row * (most + GUTTER)
            drawing = _shown(leaves, placed)
            drawing.wrap(placed.width * ENLARGED, placed.height * ENLARGED)
            page.placed.append((drawing, leaves.left + across * (column + GUTTER), top - drawing.height))
        pages.append(page)
    return pages, []


def _drawings(ctx: Context, plan: Plan, width: float, height: float) -> Iterator[Placed]:
    sheet = Format(width=width, height=height, enlarged=ENLARGED)
    for storey in plan.storeys:
        yield floor_plan.place_storey(ctx.dossier, storey.id, ctx.words, ctx.measure, sheet)
    if plan.has_grounds:
        yield floor_plan.place_site(ctx.dossier, ctx.words, ctx.measure, sheet, alone=True)
    for section in plan.sections:
        yield floor_plan.place_section(ctx.dossier, section.id, ctx.words, ctx.measure, sheet)


def _shown(leaves: Leaves, placed: Placed) -> Drawing:
    element = leaves.root.add("Figure", alt=placed.description)
    most = placed.height * ENLARGED
    return Drawing(placed, leaves.writer.setting.draw, element, most_height=most, enlarge=True)
