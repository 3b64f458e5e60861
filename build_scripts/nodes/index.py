"""Turn a dossier into the index at the end of the book: persons, organizations, places, subjects.

`listing` is the one list from which every format's index is made. On the web and in the EPUB each part of it
is a container of class `index` with a list of links; a book on paper has numbers of pages instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from docutils import nodes

from build_scripts.collation import initial, sort_key
from build_scripts.manuscript.chapter import Page
from build_scripts.model.biographies import Name
from build_scripts.model.chronology import Event
from build_scripts.model.links import events_naming
from build_scripts.model.organizations import Organization
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date
from build_scripts.nodes.index_entries import Authored, Spot, same
from build_scripts.nodes.text import inline, join, paragraph, reference, section
from build_scripts.nodes.whereabouts import page_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold a line of the index: the record it names, if any, and where the book does.

    `sort` decides its place in the alphabet. `spots` are places that an author marked; `see` and `also` name
    other headings.
    """

    part: str
    text: str
    sort: str
    scheme: str = ""
    name: str = ""
    pages: Sequence[Page] = ()
    events: Sequence[Event] = ()
    spots: Sequence[Spot] = ()
    see: Sequence[str] = ()
    also: Sequence[str] = ()


PARTS = ("people", "organizations", "places", "subjects")


def listing(ctx: Context, authored: Iterable[Authored] = ()) -> list[Entry]:
    """Return all entries in the order of the alphabet; what authors add under a record's name joins it."""
    own = list(_records(ctx))
    places = {same(entry.text): number for number, entry in enumerate(own)}
    for one in authored:
        number = places.get(same(one.text))
        if number is None:
            own.append(_authored(one))
        else:
            own[number] = replace(own[number], spots=tuple(one.spots), also=(*one.see, *one.also))
    language = ctx.dossier.edition.language
    return sorted(own, key=lambda entry: (sort_key(entry.sort, language), entry.text, entry.part, entry.name))


def letter(ctx: Context, entry: Entry) -> float:
    """Return under which letter an entry stands, as a number."""
    return initial(entry.sort, ctx.dossier.edition.language)


def cross_reference(ctx: Context, entry: Entry) -> str:
    """Return the words that lead to other headings, or nothing."""
    separator = ctx.words("index-separator")
    parts = []
    if entry.see:
        parts.append(ctx.words("index-see", names=separator.join(entry.see)))
    if entry.also:
        parts.append(ctx.words("index-see-also", names=separator.join(entry.also)))
    return separator.join(parts)


def sections(ctx: Context, authored: Iterable[Authored] = ()) -> list[nodes.Node]:
    """Return a section for each kind of entry that there is."""
    whole = listing(ctx, authored)
    made: list[nodes.Node] = []
    for part in PARTS:
        items = [_item(ctx, entry) for entry in whole if entry.part == part]
        if items:
            entries = nodes.bullet_list("", *items, classes=["index-entries"])
            listed = nodes.container("", entries, classes=["index"])
            made.append(section([f"index-{part}"], ctx.words(f"index-{part}"), listed))
    return made


def _records(ctx: Context) -> Iterator[Entry]:
    dossier, naming = ctx.dossier, events_naming(ctx.dossier)

    def record(part: str, scheme: str, name: str, text: str, sort: str) -> Entry:
        return Entry(
            part=part,
            text=text,
            sort=sort,
            scheme=scheme,
            name=name,
            pages=(ctx.named or {}).get((scheme, name), ()),
            events=naming.get((scheme, name), ()),
        )

    for person in dossier.people:
        yield record("people", "person", person.id, heading(person.name), person.name.sort_key)
    for one in dossier.organizations:
        yield record("organizations", "org", one.id, _organization(ctx, one), one.name)
    found: dict[str, list[Event]] = {}
    for event in dossier.events:
        for place in event.places:
            found.setdefault(place, []).append(event)
    for place, events in found.items():
        yield Entry(part="places", text=place, sort=place, events=events)
    for room in dossier.plan.rooms() if dossier.plan else ():
        yield record("places", "room", room.id, room.title, room.title)
    for term in dossier.glossary:
        yield record("subjects", "term", term.id, term.term, term.term)


def _authored(one: Authored) -> Entry:
    return Entry(
        part="subjects", text=one.text, sort=one.text, spots=tuple(one.spots), see=one.see, also=one.also
    )


def heading(name: Name) -> str:
    """Return a person's name as an index has it, family name first, spelt as it is shown everywhere else.

    What sorts a name may be written without its accents: the words that it puts first are looked for in the
    name as shown.
    """
    first, _, _ = name.sort_key.partition(",")
    if name.family and not name.sort:
        return name.sort_key
    words, wanted = name.display.split(), [_plain(word) for word in first.split()]
    for start in range(len(words) - len(wanted) + 1):
        if [_plain(word) for word in words[start : start + len(wanted)]] == wanted:
            end = start + len(wanted)
            rest = " ".join([*words[:start], *words[end:]])
            # A name that begins with what sorts it stays as it is: "Lorem of the Cairn".
            return f"{' '.join(words[start:end])}, {rest}" if start and rest else name.display
    return name.display


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold().strip(",.")


def _organization(ctx: Context, one: Organization) -> str:
    if one.abbreviation is None:
        return one.name
    return ctx.words("index-organization", name=one.name, abbreviation=one.abbreviation)


def _item(ctx: Context, entry: Entry) -> nodes.list_item:
    """Return an entry: where it is told, the pages that name it, the days of its events, what else to see."""
    separator = ctx.words("list-separator")
    shown = reference(entry.scheme, entry.name, entry.text) if entry.scheme else entry.text
    line: list[nodes.Node] = [inline(shown, "index-heading")]
    pages = [page_reference(page) for page in entry.pages]
    spots = [_spot(ctx, spot) for spot in entry.spots]
    groups = [join(group, separator) for group in (pages, spots, _days(ctx, entry.events)) if group]
    if words := cross_reference(ctx, entry):
        groups.append([nodes.emphasis("", words)])
    if groups:
        line += [nodes.Text(ctx.words("index-colon")), *join(groups, ctx.words("index-separator"))]
    return nodes.list_item("", paragraph(line), entry=entry.text)


def _spot(ctx: Context, spot: Spot) -> nodes.reference:
    """Return a link to a place that an author marked, by the title of its page, which Sphinx fills in."""
    node = nodes.reference("", "", page=spot.page, anchor=spot.id, classes=["index-spot"])
    node += nodes.strong("", spot.page) if spot.main else nodes.Text(spot.page)
    return node


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
