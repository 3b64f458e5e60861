"""Say which record names which: the dossier's cross-references as a list of mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_scripts.model.accounts import Account
from build_scripts.model.biographies import Person
from build_scripts.model.chronology import Event
from build_scripts.model.dossier import Dossier
from build_scripts.model.edition import Edition
from build_scripts.model.floor_plan import Element, Marker, Phase, Plan, Room, Statement, Unknown
from build_scripts.model.marked import WEB_SCHEMES, Marked
from build_scripts.model.organizations import Organization
from build_scripts.model.records import Record, Sources
from build_scripts.model.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Note that a record (None: the edition) names another one, and under which keys it does."""

    holder: Record | None
    where: tuple[str | int, ...]
    scheme: str
    target: str


def mentions(dossier: Dossier) -> Iterator[Mention]:
    """Yield every mention in the data, file by file."""
    yield from _edition(dossier.edition)
    for event in dossier.events:
        yield from _event(event)
    for person in dossier.people:
        yield from _person(person)
    for organization in dossier.organizations:
        yield from _organization(organization)
    for account in dossier.accounts:
        yield from _account(account)
    for series in dossier.series:
        yield from _series(series)
    for term in dossier.glossary:
        yield from _marked(term, term.text, "text")
        yield from _sources(term, term.sources, "sources")
    if dossier.plan is not None:
        yield from _plan(dossier.plan)


def events_naming(dossier: Dossier) -> Mapping[tuple[str, str], tuple[Event, ...]]:
    """Return the events that name each record, by scheme and id, in the order in which they are told."""
    found: dict[tuple[str, str], dict[str, Event]] = {}
    for event in dossier.events:
        for mention in _event(event):
            found.setdefault((mention.scheme, mention.target), {})[event.id] = event
    return {record: tuple(events.values()) for record, events in found.items()}


def _ids(holder: Record, scheme: str, ids: Iterable[str], *where: str | int) -> Iterator[Mention]:
    for index, target in enumerate(ids):
        yield Mention(holder=holder, where=(*where, index), scheme=scheme, target=target)


def _one(holder: Record, scheme: str, target: str | None, *where: str | int) -> Iterator[Mention]:
    if target is not None:
        yield Mention(holder=holder, where=where, scheme=scheme, target=target)


def _sources(holder: Record, sources: Sources, *where: str | int) -> Iterator[Mention]:
    yield from _ids(holder, "ref", (cite.id for cite in sources), *where)


def _marked(holder: Record | None, text: Marked | None, *where: str | int) -> Iterator[Mention]:
    for link in text.links() if text else ():
        if link.scheme not in WEB_SCHEMES:
            yield Mention(holder=holder, where=where, scheme=link.scheme, target=link.target)


def _edition(edition: Edition) -> Iterator[Mention]:
    yield from _marked(None, edition.preface, "preface")


def _event(event: Event) -> Iterator[Mention]:
    yield from _one(event, "event", event.after, "after")
    yield from _marked(event, event.text, "text")
    yield from _ids(event, "person", event.people, "people")
    yield from _ids(event, "person", event.concerning, "concerning")
    yield from _ids(event, "org", event.organizations, "organizations")
    yield from _ids(event, "room", event.rooms, "rooms")
    yield from _ids(event, "account", event.accounts, "accounts")
    yield from _sources(event, event.sources, "sources")


def _person(person: Person) -> Iterator[Mention]:
    yield from _marked(person, person.text, "text")
    for index, role in enumerate(person.roles):
        yield from _one(person, "org", role.organization, "roles", index, "organization")
        yield from _sources(person, role.sources, "roles", index, "sources")
    for index, relation in enumerate(person.relations):
        yield from _one(person, "person", relation.person, "relations", index, "person")
        yield from _sources(person, relation.sources, "relations", index, "sources")
    yield from _ids(person, "account", person.accounts, "accounts")
    yield from _sources(person, person.sources, "sources")


def _organization(organization: Organization) -> Iterator[Mention]:
    yield from _marked(organization, organization.text, "text")
    yield from _ids(organization, "person", organization.people, "people")
    yield from _ids(organization, "account", organization.accounts, "accounts")
    yield from _sources(organization, organization.sources, "sources")


def _account(account: Account) -> Iterator[Mention]:
    yield from _marked(account, account.reason, "reason")
    for index, answer in enumerate(account.answers):
        yield from _marked(account, answer.text, "answers", index, "text")
        yield from _sources(account, answer.sources, "answers", index, "sources")


def _series(series: Series) -> Iterator[Mention]:
    yield from _marked(series, series.text, "text")
    for index, point in enumerate(series.points):
        where = ("points", index)
        yield from _marked(series, point.note, *where, "note")
        yield from _one(series, "event", point.event, *where, "event")
        yield from _ids(series, "account", point.accounts, *where, "accounts")
        yield from _sources(series, point.sources, *where, "sources")


def _plan(plan: Plan) -> Iterator[Mention]:
    for element in plan.elements():
        yield from _element(element)
    for phase in plan.phases:
        yield from _phase(phase)
    for statement in plan.statements:
        yield from _statement(statement)
    for unknown in plan.unknowns:
        yield from _unknown(unknown)
    for index, cite in enumerate(plan.location.sources if plan.location else ()):
        where = ("location", "sources", index)
        yield Mention(holder=None, where=where, scheme="ref", target=cite.id)
    if plan.orientation is not None:
        yield from _marked(None, plan.orientation.basis, "orientation", "basis")
        for index, cite in enumerate(plan.orientation.sources):
            where = ("orientation", "sources", index)
            yield Mention(holder=None, where=where, scheme="ref", target=cite.id)


def _element(element: Element) -> Iterator[Mention]:
    yield from _marked(element, element.basis, "basis")
    yield from _marked(element, getattr(element, "text", None), "text")
    yield from _ids(element, "account", element.accounts, "accounts")
    yield from _sources(element, element.sources, "sources")
    if isinstance(element, Room | Marker):
        yield from _ids(element, "person", element.people, "people")
    if isinstance(element, Marker):
        yield from _one(element, "event", element.event, "event")


def _phase(phase: Phase) -> Iterator[Mention]:
    yield from _marked(phase, phase.text, "text")
    yield from _one(phase, "event", phase.event, "event")


def _statement(statement: Statement) -> Iterator[Mention]:
    yield from _marked(statement, statement.text, "text")
    yield from _marked(statement, statement.note, "note")
    yield from _ids(statement, "account", statement.accounts, "accounts")
    yield from _sources(statement, statement.sources, "sources")


def _unknown(unknown: Unknown) -> Iterator[Mention]:
    yield from _marked(unknown, unknown.text, "text")
    yield from _sources(unknown, unknown.sources, "sources")
