"""Turn events into a list of dates and what happened on them, by period."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from build_scripts.model.chronology import Event, undated
from build_scripts.model.dossier import label
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date, event_time
from build_scripts.nodes.evidence import boxes, sources, target
from build_scripts.nodes.text import Content, fill, inline, join, paragraph, paragraphs, reference, section


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
    named = _named(ctx, event)
    if named:
        definition += paragraph(join(named, ctx.words("event-separator")), "places")
    definition.extend(boxes(ctx, event.accounts))
    definition += sources(ctx, event.sources)
    attributes = target("event", event.id) if targets else {}
    return nodes.definition_list_item("", term, definition, **attributes)


def _named(ctx: Context, event: Event) -> list[Content]:
    """Return where it happened and who is in it, kind by kind, but for whom and what the text links to."""
    words, dossier = ctx.words, ctx.dossier
    told = {(link.scheme, link.target) for link in event.text.links()}

    def listed(scheme: str, ids: Sequence[str]) -> list[nodes.Node]:
        rest = [name for name in ids if (scheme, name) not in told]
        names = [reference(scheme, name, label(dossier.by_scheme[scheme][name])) for name in rest]
        return join(names, words("list-separator"))

    concerning = listed("person", event.concerning)
    groups: list[Content] = [
        words("list-separator").join(event.places),
        listed("room", event.rooms),
        listed("person", event.people),
        listed("org", event.organizations),
        fill(words.template("event-concerning"), people=concerning) if concerning else [],
    ]
    return [group for group in groups if group]


def crisis_on_one_page(ctx: Context) -> nodes.definition_list:
    """Return the events of weight 3 by date and title alone."""
    whole = nodes.definition_list(classes=["chronology", "short"])
    for event in ctx.dossier.events:
        if event.weight == "3":
            title = paragraph(reference("event", event.id, event.title), "event-title")
            term = nodes.term("", "", inline(date(event.date, ctx.words), "date"))
            whole += nodes.definition_list_item("", term, nodes.definition("", title))
    return whole
