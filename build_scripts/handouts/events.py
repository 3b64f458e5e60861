"""Set events in short: the date beside the title, below it the numbers of its sources and open questions."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from build_scripts.handouts.leaves import Leaves
from build_scripts.handouts.notes import Notes, line
from build_scripts.model.chronology import Event
from build_scripts.nodes.dates import date, event_time
from build_scripts.pdf.blocks import Column, Label
from build_scripts.pdf.tags import Element

GUTTER = 9.0
DATES = 9.4
"""The width of the column of dates, in sizes of their type."""


def rows(
    leaves: Leaves, notes: Notes, events: Sequence[Event], parent: Element, *, times: bool = False
) -> list[Flowable]:
    """Return a row for each event; in large print the date stands above the title."""
    whole = parent.add("L")
    return [_row(leaves, notes, event, whole.add("LI"), times=times) for event in events]


def _row(leaves: Leaves, notes: Notes, event: Event, item: Element, *, times: bool) -> Flowable:
    words = leaves.ctx.words
    lbl, body = item.add("Lbl"), item.add("LBody")
    shown = date(event.date, words)
    time = event_time(event, words) if times else None
    if time is not None:
        shown = words("list-separator").join((shown, time))
    label = leaves.words(shown, "date", lbl)
    lines = [
        leaves.words(event.title, "event-title", body.add("P")),
        leaves.words(line(leaves.ctx, notes, event), "sources", body.add("P")),
    ]
    size = leaves.sheet["date"].text.size
    above = leaves.sheet["event-title"].text.size
    if leaves.is_large:
        label.keepWithNext = True
        return Column([label, *lines], space_before=size)
    drop = max(0.0, label.first_baseline and lines[0].first_baseline - label.first_baseline)
    indent = size * DATES + GUTTER
    hung = Label(body=label, left=0, width=indent - GUTTER, drop=drop)
    return Column(lines, left=indent, label=hung, space_before=above * 0.42)
