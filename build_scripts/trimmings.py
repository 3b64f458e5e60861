"""Bring what a book has around its chapters: imprint, colophon, and what the index lists."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from build_scripts.nodes import index
from build_scripts.nodes.context import Context
from build_scripts.nodes.index_entries import Authored
from build_scripts.nodes.text import paragraph, record_id
from build_scripts.nodes.title_page import colophon as imprint_lines
from build_scripts.pdf.book import Trimmings
from build_scripts.pdf.index import Entry


def trimmings(ctx: Context, authored: Iterable[Authored] = ()) -> Trimmings:
    """Return the trimmings of a dossier's book; `authored` are index entries of its chapters."""
    made = (ctx.words("colophon-made"), ctx.words("colophon-type"))
    return Trimmings(
        imprint=_lines(imprint_lines(ctx), "imprint"),
        colophon=_lines(made, "colophon"),
        index=[_entry(ctx, entry) for entry in index.listing(ctx, authored)],
    )


def _lines(lines: Iterable[str], name: str) -> nodes.container:
    return nodes.container("", *(paragraph(line) for line in lines), classes=[name])


def _entry(ctx: Context, entry: index.Entry) -> Entry:
    """Convert an entry of the index for the page: it stands wherever the book tells one of its places."""
    return Entry(
        text=entry.text,
        letter=index.letter(ctx, entry),
        name=record_id(entry.scheme, entry.name) if entry.scheme else "",
        places=(
            *(record_id("event", event.id) for event in entry.events),
            *(spot.id for spot in entry.spots),
        ),
        main=next((spot.id for spot in entry.spots if spot.main), ""),
        see=index.cross_reference(ctx, entry),
    )
