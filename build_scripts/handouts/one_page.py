"""Put the story on one page, what weighs most in order; on its back begins who says so."""

from __future__ import annotations

from build_scripts.handouts import shown
from build_scripts.handouts.events import rows
from build_scripts.handouts.leaves import TITLE, Leaves, leaf_sheet, write
from build_scripts.handouts.notes import Notes, ending, number
from build_scripts.nodes.context import Context
from build_scripts.pdf.pages import Page
from build_scripts.pdf.structure import Bookmark

# Type is made smaller until the page holds everything.
RATIOS = (1.0, 0.95, 0.9, 0.86)


def make(ctx: Context, paper: str) -> bytes:
    """Return the handout; with more events than a page holds in small type the story goes on behind."""
    title = ctx.words("handout-one-page")
    ratio = next((one for one in RATIOS if _length(ctx, paper, one) == 1), RATIOS[-1])
    return write(ctx, title, leaf_sheet(paper, ratio=ratio), _sheets).data


def make_large(ctx: Context, paper: str) -> bytes:
    """Return the handout in large print, on as many pages as it takes."""
    title = ctx.words("handout-one-page-large-print")
    return write(ctx, title, leaf_sheet(paper, "large-print"), _sheets).data


def _length(ctx: Context, paper: str, ratio: float) -> int:
    """Return on how many pages the story stands when its type is made smaller by `ratio`."""

    def alone(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
        return _story(leaves, number(ctx, shown.story(ctx.dossier))), []

    return write(ctx, ctx.words("handout-one-page"), leaf_sheet(paper, ratio=ratio), alone).pages


def _sheets(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    notes = number(leaves.ctx, shown.story(leaves.ctx.dossier))
    return [*_story(leaves, notes), *leaves.pages(ending(leaves, notes))], []


def _story(leaves: Leaves, notes: Notes) -> list[Page]:
    """Return title, subtitle and events, and what their numbers lead to."""
    ctx, root, edition = leaves.ctx, leaves.root, leaves.ctx.dossier.edition
    head = [leaves.words(edition.title, TITLE, root.add("H1"))]
    if edition.subtitle is not None:
        head.append(leaves.words(edition.subtitle, "lead" if leaves.is_large else "caption", root.add("P")))
        head[-1].spaceAfter = 6
    told = rows(leaves, notes, shown.story(ctx.dossier), root)
    legend = leaves.words(ctx.words("handout-notes-legend"), "sources", root.add("P"))
    legend.spaceBefore = leaves.sheet["sources"].text.size
    return leaves.pages([*head, *told, legend])
