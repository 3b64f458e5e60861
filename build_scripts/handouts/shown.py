"""Say what each handout shows, and so which sources and which differing accounts it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from build_scripts.collation import sort_key
from build_scripts.model.accounts import Account
from build_scripts.model.biographies import Person
from build_scripts.model.chronology import Event
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import Element
from build_scripts.model.records import Cite

Shown = Event | Person | Element


def story(dossier: Dossier) -> list[Event]:
    """Return the events of weight 3, which tell the story by themselves."""
    return [event for event in dossier.events if event.weight == "3"]


def days(dossier: Dossier) -> list[Event]:
    """Return the events of weight 2 or more, which tell it day by day."""
    return [event for event in dossier.events if event.weight >= "2"]


def people(dossier: Dossier) -> list[Person]:
    """Return the persons who have more than a short entry: by group, in the order of their names."""
    groups = [group.id for group in dossier.edition.groups]
    return sorted(
        (person for person in dossier.people if not person.minor),
        key=lambda one: (
            groups.index(one.group),
            sort_key(one.name.sort_key, dossier.edition.language),
            one.id,
        ),
    )


def storeys(dossier: Dossier) -> list[Element]:
    """Return what is drawn on the plans of the storeys, or of a site without any."""
    plan = dossier.plan
    if plan is None:
        return []
    if not plan.storeys:
        return list(plan.elements())
    drawn = [one for storey in plan.storeys for one in (*storey.walls, *storey.openings, *storey.rooms)]
    return [*drawn, *plan.stairs, *plan.lifts]


RECORDS: Mapping[str, Callable[[Dossier], Sequence[Shown]]] = {
    "one-page": story,
    "people": people,
    "plan": storeys,
    "questions": story,
    "booklet": days,
}
"""What a handout shows of the data; an edition in large print shows the same."""

NAMED_ONLY = frozenset({"questions"})
"""Handouts that name the sources of what happened, and no answers to what is asked about it."""


def cites(record: Shown) -> Iterable[Cite]:
    """Yield the sources of what is shown of a record."""
    yield from record.sources
    for role in record.roles if isinstance(record, Person) else ():
        yield from role.sources


def questions(dossier: Dossier, records: Iterable[Shown]) -> list[Account]:
    """Return the questions on which accounts of the records differ, in the order in which they come up."""
    return [dossier.account(name) for name in dict.fromkeys(one for each in records for one in each.accounts)]


def cited(dossier: Dossier, name: str) -> set[str]:
    """Return the ids of the sources that a handout names."""
    name = name.removesuffix("-large-print")
    records = RECORDS[name](dossier) if name in RECORDS else ()
    asked = dossier.accounts if name == "accounts" else questions(dossier, records)
    found = {cite.id for record in records for cite in cites(record)}
    if name in NAMED_ONLY:
        return found
    return found | {cite.id for one in asked for answer in one.answers for cite in answer.sources}
