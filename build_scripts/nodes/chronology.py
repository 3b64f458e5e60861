"""Turn events into a list of dates and what happened on them, by period."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from build_scripts.model.chronology import Event, undated
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date, event_time
from build_scripts.nodes.evidence import boxes, sources, target
from build_scripts.nodes.text import inline, paragraph, paragraphs, reference, section


def sections(ctx: Context) -> list[nodes.Node]:
    """Return a section for every period that has events."""
    whole: list[nodes.Node] = []
    for period in ctx.dossier.edition.periods:
        events = [event for event in ctx.dossier.events if event.period == period.id]
        if events:
            whole.append(section([f"period-{period.id}"], period.title, *_by_date(ctx, events)))
    return whole


def _by_date(ctx: Context, events: Sequence[Event]) -> list[nodes.Node]:
    """Return the events of a period in a list, and below it those of which no year is known."""
    last = {event.id for event in undated(ctx.dossier.events)}
    dated = [event for event in events if event.id not in last]
    rest = [event for event in events if event.id in last]
    whole: list[nodes.Node] = [entries(ctx, dated)] if dated else []
    if rest:
        whole += [nodes.rubric("", ctx.words("chronology-undated")), entries(ctx, rest)]
    return whole


def entries(ctx: Context, events: Sequence[Event], *, targets: bool = True) -> nodes.definition_list:
    """Return events as a list; `targets` is False where the events are told elsewhere in the same book."""
    whole = nodes.definition_list(classes=["chronology"])
    whole.extend(_entry(ctx, event, targets=targets) for event in events)
    return whole


def _entry(ctx: Context, event: Event, *, targets: bool) -> nodes.definition_list_item:
    term = nodes.term("", "", inline(date(event.date, ctx.words), "date"))
    time = event_time(event, ctx.words)
    if time is not None:
        term.extend([nodes.Text(" "), inline(time, "time")])
    definition = nodes.definition("", paragraph(event.title, "event-title"))
    definition.extend(paragraphs(event.text))
    if event.places:
        places = ctx.words("list-separator").join(event.places)
        definition += paragraph(ctx.words("places-line", places=places), "places")
    definition.extend(boxes(ctx, event.accounts))
    definition += sources(ctx, event.sources)
    attributes = target("event", event.id) if targets else {}
    return nodes.definition_list_item("", term, definition, **attributes)


def crisis_on_one_page(ctx: Context) -> nodes.definition_list:
    """Return the events of weight 3 by date and title alone."""
    whole = nodes.definition_list(classes=["chronology", "short"])
    for event in ctx.dossier.events:
        if event.weight == "3":
            title = paragraph(reference("event", event.id, event.title), "event-title")
            term = nodes.term("", "", inline(date(event.date, ctx.words), "date"))
            whole += nodes.definition_list_item("", term, nodes.definition("", title))
    return whole
