"""Tell what happened in the phases of a plan and in its rooms, in the order of the chronology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from docutils import nodes

from build_scripts.layout.phases import shown
from build_scripts.model.chronology import Event
from build_scripts.model.floor_plan import Area, Marker, Phase, Plan, Room
from build_scripts.nodes import figures
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date, event_time, time_of_day
from build_scripts.nodes.evidence import boxes, citations
from build_scripts.nodes.text import fill, inline, join, paragraph, paragraphs, record_id, reference, section


def section_of(ctx: Context, plan: Plan, phase: Phase) -> nodes.section:
    """Return a phase: when it was, the drawing, and what its numbers stand for."""
    node = section(
        [record_id("phase", phase.id)], phase.title, paragraph(_dates(ctx, phase), "dates"), classes=["phase"]
    )
    if phase.text is not None:
        node.extend(paragraphs(phase.text))
    node.extend(figures.shown(ctx, plan, figures.phase(ctx, phase)))
    markers, _ = shown(ctx.dossier, plan, phase)
    if markers:
        node += _sequence(ctx, phase, markers)
    return node


def _dates(ctx: Context, phase: Phase) -> str:
    words = ctx.words
    ends = []
    for day, time in ((phase.from_, phase.from_time), (phase.to, phase.to_time)):
        told = date(day, words)
        ends.append(words("list-separator").join((told, time_of_day(time, words))) if time else told)
    return ends[0] if ends[0] == ends[1] else words("date-span", start=ends[0], end=ends[1])


def _sequence(ctx: Context, phase: Phase, markers: Sequence[Marker]) -> nodes.definition_list:
    """Return the markers of a phase below their events, numbered as drawn; each question stands once."""
    whole = nodes.definition_list(classes=["chronology", "short", "sequence"])
    asked: list[str] = []
    for name, group in groupby(enumerate(markers, start=1), key=lambda pair: pair[1].event):
        numbered = list(group)
        term, definition = nodes.term(), nodes.definition()
        if name is None:
            term += inline(ctx.words("plan-no-event"), "date")
        else:
            event = ctx.dossier.event(name)
            term += inline(date(event.date, ctx.words), "date")
            clock = event_time(event, ctx.words)
            term.extend([nodes.Text(" "), inline(clock, "time")] if clock else [])
            definition += paragraph(reference("event", event.id, event.title), "event-title")
        listed = nodes.bullet_list(classes=["markers"])
        listed.extend(_marker(ctx, phase, number, marker) for number, marker in numbered)
        definition += listed
        new = dict.fromkeys(one for _, marker in numbered for one in marker.accounts if one not in asked)
        definition.extend(boxes(ctx, list(new)))
        asked.extend(new)
        whole += nodes.definition_list_item("", term, definition)
    return whole


def _marker(ctx: Context, phase: Phase, number: int, marker: Marker) -> nodes.list_item:
    words = ctx.words
    line = [inline(str(number), "marker-number"), nodes.Text(" "), nodes.Text(marker.title)]
    line += [nodes.Text(" "), inline(words(f"marker-{marker.kind}"), "marker-kind")]
    line += [nodes.Text(" "), inline(words(f"certainty-{marker.certainty}"), "certainty")]
    if marker.people:
        people = [reference("person", name, ctx.dossier.person(name).name.display) for name in marker.people]
        line += [
            nodes.Text(" "),
            inline(
                fill(words.template("plan-people"), people=join(people, words("list-separator"))), "people"
            ),
        ]
    if marker.room is not None:
        room = ctx.dossier.room(marker.room)
        line += [
            nodes.Text(" "),
            inline(fill(words.template("plan-at"), room=reference("room", room.id, room.title)), "place"),
        ]
    if marker.sources:
        line += [nodes.Text(" "), inline(citations(ctx, marker.sources), "sources")]
    item = nodes.list_item("", paragraph(line), ids=[f"marker-{phase.id}-{marker.id}"])
    if marker.basis is not None and phase.id == marker.phases[0]:
        item.extend(paragraphs(marker.basis, "basis"))
    return item


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Hold the events of each room and area, in their order, and the markers that have none, by id."""

    events: Mapping[str, Sequence[Event]]
    markers: Mapping[str, Sequence[Marker]]


def happened(ctx: Context) -> Happened:
    """Sort what happened by the room or area in which it did."""
    places: dict[str, set[str]] = {event.id: set(event.rooms) for event in ctx.dossier.events}
    markers: dict[str, list[Marker]] = {}
    for marker in ctx.dossier.plan.markers if ctx.dossier.plan is not None else ():
        if marker.room is not None and marker.event is not None:
            places.setdefault(marker.event, set()).add(marker.room)
        elif marker.room is not None:
            markers.setdefault(marker.room, []).append(marker)
    events: dict[str, list[Event]] = {}
    for event in ctx.dossier.events:
        for place in places[event.id]:
            events.setdefault(place, []).append(event)
    return Happened(events=events, markers=markers)


def happened_in(ctx: Context, place: Room | Area, all_over: Happened) -> list[nodes.Node]:
    """Return the events that took place in a room or area, and the markers without an event, by phase."""
    items = [nodes.list_item("", paragraph(_event(ctx, one))) for one in all_over.events.get(place.id, ())]
    items += [
        nodes.list_item("", paragraph(_without_event(ctx, marker)))
        for marker in all_over.markers.get(place.id, ())
    ]
    if not items:
        return []
    listed = nodes.bullet_list(classes=["happened"])
    listed.extend(items)
    return [paragraph(ctx.words("plan-happened"), "happened-title"), listed]


def _event(ctx: Context, event: Event) -> list[nodes.Node]:
    told = inline(date(event.date, ctx.words), "date")
    return fill(
        ctx.words.template("plan-happened-event"), date=told, event=reference("event", event.id, event.title)
    )


def _without_event(ctx: Context, marker: Marker) -> list[nodes.Node]:
    named = [reference("phase", name, ctx.dossier.phase(name).title) for name in marker.phases]
    return fill(
        ctx.words.template("plan-happened-marker"),
        marker=marker.title,
        phases=join(named, ctx.words("list-separator")),
    )
