"""Say where in the book a record is named: the pages and the events that do."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from build_scripts.manuscript.chapter import Page
from build_scripts.model.chronology import Event
from build_scripts.model.links import events_naming
from build_scripts.nodes.context import Context
from build_scripts.nodes.text import Content, fill, join, page_id, paragraph, reference

# An entry is a life and no list; the index has the rest.
MOST_EVENTS = 6

Events = Mapping[tuple[str, str], tuple[Event, ...]]


def events(ctx: Context) -> Events:
    """Return the events that name each record, or none outside a book."""
    return events_naming(ctx.dossier) if ctx.named is not None else {}


def page_reference(page: Page) -> nodes.reference:
    """Return a reference to a page of the book, by its title."""
    node = nodes.reference(refid=page_id(page.name), internal=True)
    node += nodes.Text(page.title)
    return node


def whereabouts(ctx: Context, naming: Events, scheme: str, name: str) -> list[nodes.Node]:
    """Return the line that lists where a record is named, the weightiest events alone if there are many."""
    words = ctx.words
    found = naming.get((scheme, name), ())
    weightiest = sorted(found, key=lambda event: -int(event.weight))[:MOST_EVENTS]
    shown = [event for event in found if event in weightiest]
    parts: list[Content] = [page_reference(page) for page in (ctx.named or {}).get((scheme, name), ())]
    parts += [reference("event", event.id, event.title) for event in shown]
    if len(found) > len(shown):
        parts.append(words("in-this-book-more", n=len(found) - len(shown)))
    if not parts:
        return []
    places = join(parts, words("in-this-book-separator"))
    return [paragraph(fill(words.template("in-this-book"), places=places), "whereabouts")]
