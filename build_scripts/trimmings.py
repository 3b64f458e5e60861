"""Bring what a book has around its chapters: imprint, colophon, and what the index lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes

from build_scripts.model.chronology import Event
from build_scripts.nodes.context import Context
from build_scripts.nodes.text import paragraph, record_id
from build_scripts.nodes.title_page import colophon as imprint_lines
from build_scripts.pdf.book import Trimmings
from build_scripts.pdf.index import Entry


def trimmings(ctx: Context) -> Trimmings:
    """Return the trimmings of a dossier's book."""
    made = (ctx.words("colophon-made"), ctx.words("colophon-type"))
    return Trimmings(
        imprint=_lines(imprint_lines(ctx), "imprint"),
        colophon=_lines(made, "colophon"),
        index=list(index(ctx)),
    )


def _lines(lines: Iterable[str], name: str) -> nodes.container:
    return nodes.container("", *(paragraph(line) for line in lines), classes=[name])


def index(ctx: Context) -> Iterator[Entry]:
    """Yield people, organizations, subjects and places; events count for all whom they name."""
    dossier = ctx.dossier
    people, organizations, places = (
        _told(dossier.events, name) for name in ("people", "organizations", "places")
    )
    for person in dossier.people:
        key = person.name.sort_key
        yield Entry(text=key, sort=key, name=record_id("person", person.id), places=people.get(person.id, ()))
    for one in dossier.organizations:
        title = (
            one.name
            if one.abbreviation is None
            else ctx.words("index-organization", name=one.name, abbreviation=one.abbreviation)
        )
        name = record_id("org", one.id)
        yield Entry(text=title, sort=one.name, name=name, places=organizations.get(one.id, ()))
    for term in dossier.glossary:
        yield Entry(text=term.term, sort=term.term, name=record_id("term", term.id))
    for place, told in places.items():
        yield Entry(text=place, sort=place, places=told)
    for room in dossier.plan.rooms() if dossier.plan else ():
        yield Entry(text=room.title, sort=room.title, name=record_id("room", room.id))


def _told(events: Iterable[Event], attribute: str) -> dict[str, list[str]]:
    """Return the events that name each person, organization or place."""
    told: dict[str, list[str]] = {}
    for event in events:
        for name in getattr(event, attribute):
            told.setdefault(name, []).append(record_id("event", event.id))
    return told
