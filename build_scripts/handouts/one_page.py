"""Put the story on one page: what weighs most, in order, with who says so."""

from __future__ import annotations

from build_scripts.handouts.events import principal, rows
from build_scripts.handouts.leaves import FOOT_LINE, TITLE, Leaves, leaf_sheet, write
from build_scripts.nodes.context import Context
from build_scripts.pdf.pages import Page
from build_scripts.pdf.structure import Bookmark

# Type is made smaller until the page holds everything, but no smaller than can be read from a copy of a copy.
RATIOS = (1.0, 0.95, 0.9, 0.86)


def make(ctx: Context, paper: str) -> bytes:
    """Return the handout; with more events than a page holds in small type it takes the back as well."""
    data = b""
    for ratio in RATIOS:
        written = write(ctx, ctx.words("handout-one-page"), leaf_sheet(paper, ratio=ratio), story)
        data = written.data
        if written.pages == 1:
            break
    return data


def make_large(ctx: Context, paper: str) -> bytes:
    """Return the handout in large print, on as many pages as it takes."""
    title = ctx.words("handout-one-page-large-print")
    return write(ctx, title, leaf_sheet(paper, "large-print"), story).data


def story(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    """Return the pages: title, subtitle, events."""
    edition = leaves.ctx.dossier.edition
    head = [leaves.words(edition.title, TITLE, leaves.root.add("H1"))]
    if edition.subtitle is not None:
        head.append(
            leaves.words(edition.subtitle, "lead" if _is_large(leaves) else "caption", leaves.root.add("P"))
        )
        head[-1].spaceAfter = 6
    return leaves.pages([*head, *rows(leaves, principal(leaves.ctx), leaves.root)]), []


def _is_large(leaves: Leaves) -> bool:
    return leaves.sheet[FOOT_LINE].text.size >= 16
