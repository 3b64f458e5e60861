"""Print the plans of the storeys, or of a site without any, each as large as its page allows."""

from __future__ import annotations

from docutils import nodes

from build_scripts.handouts.leaves import Leaves, leaf_sheet, write
from build_scripts.layout.arrangement import Format
from build_scripts.nodes import figures
from build_scripts.nodes.context import Context
from build_scripts.nodes.drawing import drawing
from build_scripts.pdf.flow import Marker
from build_scripts.pdf.pages import Page
from build_scripts.pdf.structure import Bookmark

HEADING = 44.0
"""Room above a plan for its heading."""


def make(ctx: Context, paper: str) -> bytes:
    """Return a page for every storey, or one for the site if there is none."""
    return write(ctx, ctx.words("handout-plan"), leaf_sheet(paper), _plans).data


def _plans(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    ctx = leaves.ctx
    pages: list[Page] = []
    outline = []
    storeys = ctx.dossier.plan.storeys if ctx.dossier.plan is not None else ()
    for view in [figures.storey(ctx, storey) for storey in storeys] or figures.site(ctx):
        sect = leaves.root.add("Sect")
        height = leaves.sheet.geometry.depth - HEADING
        placed = view.place(ctx.words, ctx.measure, Format(width=leaves.width, height=height))
        shown: list[nodes.Node] = [drawing(placed=placed, alt=placed.description, data=placed.id)]
        heading = leaves.words(view.caption, "h4", sect.add("H1"))
        pages += leaves.pages([Marker([view.id]), heading, *leaves.blocks(shown, sect, "body")])
        outline.append(Bookmark(level=0, title=view.caption, name=view.id))
    return pages, outline
