"""Turn a dossier into the index at the end of the book: persons, organizations, places, subjects.

Each part is a container of class `index` with a list of links; a book on paper has numbers of pages instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from docutils import nodes

from build_scripts.model.chronology import Event
from build_scripts.model.links import events_naming
from build_scripts.model.organizations import Organization
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date
from build_scripts.nodes.text import Content, inline, join, paragraph, reference, section
from build_scripts.nodes.whereabouts import Events, page_reference


def sections(ctx: Context) -> list[nodes.Node]:
    """Return a section for each kind of entry that there is."""
    naming = events_naming(ctx.dossier)
    parts = {
        "people": [_record(ctx, naming, "person", one.id, one.name.sort_key) for one in ctx.dossier.people],
        "organizations": [
            _record(ctx, naming, "org", one.id, _organization(ctx, one)) for one in ctx.dossier.organizations
        ],
        "places": [*_places(ctx), *_rooms(ctx, naming)],
        "subjects": [_record(ctx, naming, "term", one.id, one.term) for one in ctx.dossier.glossary],
    }
    return [
        section([f"index-{part}"], ctx.words(f"index-{part}"), _list(items))
        for part, items in parts.items()
        if items
    ]


def _organization(ctx: Context, one: Organization) -> str:
    if one.abbreviation is None:
        return one.name
    return ctx.words("index-organization", name=one.name, abbreviation=one.abbreviation)


def _sort_key(text: str) -> str:
    """Return the letters by which an entry is put in order: accents and capitals do not count."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(character for character in apart if not unicodedata.combining(character)).casefold()


def _list(items: Iterable[nodes.list_item]) -> nodes.container:
    ordered = sorted(items, key=lambda item: (_sort_key(item["entry"]), item["entry"]))
    return nodes.container("", nodes.bullet_list("", *ordered, classes=["index-entries"]), classes=["index"])


def _record(ctx: Context, naming: Events, scheme: str, name: str, entry: str) -> nodes.list_item:
    """Return the entry of a record: where it is told, the pages that name it, the days of its events."""
    pages = [page_reference(page) for page in (ctx.named or {}).get((scheme, name), ())]
    return _item(ctx, entry, reference(scheme, name, entry), pages, naming.get((scheme, name), ()))


def _rooms(ctx: Context, naming: Events) -> list[nodes.list_item]:
    rooms = ctx.dossier.plan.rooms() if ctx.dossier.plan else ()
    return [_record(ctx, naming, "room", room.id, room.title) for room in rooms]


def _places(ctx: Context) -> list[nodes.list_item]:
    found: dict[str, list[Event]] = {}
    for event in ctx.dossier.events:
        for place in event.places:
            found.setdefault(place, []).append(event)
    return [_item(ctx, place, place, [], events) for place, events in found.items()]


def _item(
    ctx: Context, entry: str, heading: Content, pages: Sequence[nodes.Node], events: Sequence[Event]
) -> nodes.list_item:
    separator = ctx.words("list-separator")
    line: list[nodes.Node] = [inline(heading, "index-heading")]
    groups = [join(group, separator) for group in (pages, _days(ctx, events)) if group]
    if groups:
        line += [nodes.Text(ctx.words("index-colon")), *join(groups, ctx.words("index-separator"))]
    return nodes.list_item("", paragraph(line), entry=entry)


def _days(ctx: Context, events: Sequence[Event]) -> list[nodes.reference]:
    """Return the events by their dates; those of one date after the first by their number."""
    days = []
    counts: dict[str, int] = {}
    for event in events:
        day = date(event.date, ctx.words)
        counts[day] = counts.get(day, 0) + 1
        again = ctx.words("index-same-day", number=counts[day]) if counts[day] > 1 else day
        days.append(reference("event", event.id, again))
    return days
