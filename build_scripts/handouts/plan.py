"""Print the plans of the storeys, or of the site where there are none, each as large as its page allows."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from build_scripts.handouts.leaves import Leaves, leaf_sheet, write
from build_scripts.layout import floor_plan
from build_scripts.layout.arrangement import Format
from build_scripts.layout.shapes import Placed
from build_scripts.nodes.context import Context
from build_scripts.nodes.drawing import drawing
from build_scripts.pdf.flow import Marker
from build_scripts.pdf.pages import Page
from build_scripts.pdf.structure import Bookmark

HEADING = 44.0
"""Room above a plan for its heading."""


def make(ctx: Context, paper: str) -> bytes:
    """Return a page for every storey, or one for the site of a plan without storeys."""
    return write(ctx, ctx.words("handout-plan"), leaf_sheet(paper), _plans).data


def _plans(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    ctx = leaves.ctx
    pages: list[Page] = []
    outline = []
    sheet = Format(width=leaves.width, height=leaves.sheet.geometry.depth - HEADING)
    for name, title, placed in _sheets(ctx, sheet):
        sect = leaves.root.add("Sect")
        shown: list[nodes.Node] = [drawing(placed=placed, alt=placed.description, data=placed.id)]
        heading = leaves.words(title, "h4", sect.add("H1"))
        pages += leaves.pages([Marker([name]), heading, *leaves.blocks(shown, sect, "body")])
        outline.append(Bookmark(level=0, title=title, name=name))
    return pages, outline


def _sheets(ctx: Context, sheet: Format) -> Iterator[tuple[str, str, Placed]]:
    """Yield the name, the title and the drawing of each page."""
    plan = ctx.dossier.plan
    if plan is None:
        return
    for storey in plan.storeys:
        placed = floor_plan.place_storey(ctx.dossier, storey.id, ctx.words, ctx.measure, sheet)
        yield f"plan-{storey.id}", ctx.words("figure-storey", title=storey.title), placed
    if not plan.storeys:
        placed = floor_plan.place_site(ctx.dossier, ctx.words, ctx.measure, sheet, alone=True)
        yield "plan-site", ctx.words("plan-site"), placed
