"""Set events in short: the date beside the title, below it who says so and where accounts differ."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from build_scripts.handouts.leaves import Leaves
from build_scripts.model.chronology import Event
from build_scripts.model.records import Cite
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date, event_time
from build_scripts.pdf.blocks import Column, Label
from build_scripts.pdf.tags import Element

GUTTER = 9.0
DATES = 9.4
"""The width of the column of dates, in sizes of their type."""
NAMED = 3
"""So many sources are named; the rest are counted, for the book names them all."""


def principal(ctx: Context) -> list[Event]:
    """Return the events of weight 3, which tell the story by themselves."""
    return [event for event in ctx.dossier.events if event.weight == "3"]


def rows(leaves: Leaves, events: Sequence[Event], parent: Element, *, times: bool = False) -> list[Flowable]:
    """Return a row for each event; in large print the date stands above the title."""
    whole = parent.add("L")
    return [_row(leaves, event, whole.add("LI"), times=times) for event in events]


def _row(leaves: Leaves, event: Event, item: Element, *, times: bool) -> Flowable:
    words = leaves.ctx.words
    lbl, body = item.add("Lbl"), item.add("LBody")
    shown = date(event.date, words)
    time = event_time(event, words) if times else None
    if time is not None:
        shown = words("list-separator").join((shown, time))
    label = leaves.words(shown, "date", lbl)
    lines = [
        leaves.words(event.title, "event-title", body.add("P")),
        leaves.words(said_by(leaves.ctx, event.sources, event.accounts), "sources", body.add("P")),
    ]
    size = leaves.sheet["date"].text.size
    above = leaves.sheet["event-title"].text.size
    if size >= 16:
        return Column([label, *lines], space_before=size)
    drop = max(0.0, label.first_baseline and lines[0].first_baseline - label.first_baseline)
    indent = size * DATES + GUTTER
    hung = Label(body=label, left=0, width=indent - GUTTER, drop=drop)
    return Column(lines, left=indent, label=hung, space_before=above * 0.42)


def said_by(ctx: Context, sources: Sequence[Cite], accounts: Sequence[str]) -> str:
    """Return the short names of the first sources, how many more there are, and whether accounts differ."""
    words = ctx.words
    labels = list(dict.fromkeys(ctx.citations.label_text(cite.id) for cite in sources))
    shown, rest = words("cite-separator").join(labels[:NAMED]), len(labels[NAMED:])
    if rest:
        shown = words("handout-more-sources", sources=shown, n=rest)
    line = words("sources-line", sources=shown)
    return words("handout-differs", sources=line, n=len(accounts)) if accounts else line
