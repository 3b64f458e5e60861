"""Make a booklet of the story, the days in short and who says so, on sheets to be folded and stapled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from build_scripts.handouts import shown
from build_scripts.handouts.events import rows
from build_scripts.handouts.leaves import MM, TITLE, Leaves, leaf_sheet, write
from build_scripts.handouts.notes import Notes, ending, number
from build_scripts.model.chronology import Event
from build_scripts.nodes.context import Context
from build_scripts.nodes.title_page import creators, modified, rights
from build_scripts.pdf.imposition import impose
from build_scripts.pdf.pages import Page
from build_scripts.pdf.structure import Bookmark
from build_scripts.pdf.style import Sheet
from build_scripts.printing import info

INNER, OUTER, TOP, BOTTOM = 15 * MM, 13 * MM, 14 * MM, 17 * MM
RATIO = 0.9


def make(ctx: Context, paper: str) -> bytes:
    """Return the booklet, its pages half as large as the paper."""
    title = ctx.words("handout-booklet")
    whole = leaf_sheet(paper).geometry
    look = _half_sheet(paper)
    pages = write(ctx, title, look, _pages).data
    return impose(
        pages,
        info(ctx.dossier, title),
        ctx.words("handout-imposed"),
        width=whole.height,
        height=whole.width,
        caliper=float(ctx.dossier.edition.paper_caliper_mm) * MM,
    )


def _half_sheet(paper: str) -> Sheet:
    base = leaf_sheet(paper, ratio=RATIO)
    width, height = base.geometry.height / 2, base.geometry.width
    geometry = replace(
        base.geometry,
        width=width,
        height=height,
        left=(INNER + OUTER) / 2,
        measure=width - INNER - OUTER,
        top=TOP,
        bottom=BOTTOM,
        foot=8 * MM,
    )
    return replace(base, geometry=geometry)


def _pages(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    ctx, root, edition = leaves.ctx, leaves.root, leaves.ctx.dossier.edition
    cover = [leaves.words(edition.title, "title", root.add("H1"))]
    cover[0].spaceBefore = 0
    if edition.subtitle is not None:
        cover.append(leaves.words(edition.subtitle, "subtitle", root.add("P")))
    cover += [
        leaves.words(line, "creators", root.add("P"))
        for line in (creators(ctx), modified(ctx), rights(ctx))
        if line
    ]
    notes = number(ctx, shown.days(ctx.dossier))
    story = _chapter(leaves, notes, ctx.words("handout-story"), shown.story(ctx.dossier))
    days = _chapter(leaves, notes, ctx.words("handout-chronology"), shown.days(ctx.dossier), times=True)
    pages = [*leaves.pages(cover), Page(kind="bare"), *story, *days, *leaves.pages(ending(leaves, notes))]
    return [*pages, *(Page(kind="bare") for _ in range(-len(pages) % 4))], []


def _chapter(
    leaves: Leaves, notes: Notes, title: str, events: Sequence[Event], *, times: bool = False
) -> list[Page]:
    """Return events under a title; the chronology, longer, tells the time of day as well."""
    sect, words = leaves.root.add("Sect"), leaves.ctx.words
    heading = leaves.words(title, TITLE, sect.add("H2"))
    legend = leaves.words(words("handout-notes-legend"), "sources", sect.add("P"))
    return leaves.pages([heading, legend, *rows(leaves, notes, events, sect, times=times)])
