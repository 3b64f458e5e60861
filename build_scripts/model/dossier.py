"""Hold a whole dossier, loaded once and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from build_scripts.model.accounts import Account
from build_scripts.model.biographies import Person
from build_scripts.model.chronology import Event
from build_scripts.model.edition import Edition
from build_scripts.model.floor_plan import Area, Phase, Plan, Room
from build_scripts.model.glossary import Term
from build_scripts.model.organizations import Organization
from build_scripts.model.records import Record
from build_scripts.model.references import Reference
from build_scripts.model.series import Series


@dataclass(frozen=True)
class Dossier:
    """Hold the edition and every record; events in the order of telling, the rest as in the files."""

    edition: Edition
    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    accounts: tuple[Account, ...] = ()
    series: tuple[Series, ...] = ()
    glossary: tuple[Term, ...] = ()
    references: tuple[Reference, ...] = ()
    plan: Plan | None = None

    @cached_property
    def by_scheme(self) -> Mapping[str, Mapping[str, Record]]:
        """Return the records by the scheme of links to them, then by id."""
        plan = self.plan
        return MappingProxyType(
            {
                "event": _index(self.events),
                "person": _index(self.people),
                "org": _index(self.organizations),
                "account": _index(self.accounts),
                "series": _index(self.series),
                "term": _index(self.glossary),
                "ref": _index(self.references),
                "room": _index(plan.rooms() if plan else ()),
                "phase": _index(plan.phases if plan else ()),
            }
        )

    def event(self, name: str) -> Event:
        """Return the event of that id."""
        return _typed(self.by_scheme["event"][name], Event)

    def person(self, name: str) -> Person:
        """Return the person of that id."""
        return _typed(self.by_scheme["person"][name], Person)

    def organization(self, name: str) -> Organization:
        """Return the organization of that id."""
        return _typed(self.by_scheme["org"][name], Organization)

    def account(self, name: str) -> Account:
        """Return the account of that id."""
        return _typed(self.by_scheme["account"][name], Account)

    def reference(self, name: str) -> Reference:
        """Return the reference of that id."""
        return _typed(self.by_scheme["ref"][name], Reference)

    def one_series(self, name: str) -> Series:
        """Return the series of that id."""
        return _typed(self.by_scheme["series"][name], Series)

    def room(self, name: str) -> Room | Area:
        """Return the room or area of that id."""
        found = self.by_scheme["room"][name]
        return found if isinstance(found, Area) else _typed(found, Room)

    def phase(self, name: str) -> Phase:
        """Return the phase of that id."""
        return _typed(self.by_scheme["phase"][name], Phase)


def _index(records: Iterable[Record]) -> Mapping[str, Record]:
    return MappingProxyType({record.id: record for record in records})


T = TypeVar("T", bound=Record)


def _typed(record: Record, model: type[T]) -> T:
    if not isinstance(record, model):
        raise TypeError(f"'{record.id}' is a {record.noun}, not a {model.noun}")
    return record


def label(record: Record) -> str:
    """Return the words by which a reader knows a record."""
    if isinstance(record, Person):
        return record.name.display
    if isinstance(record, Organization):
        return record.name
    if isinstance(record, Term):
        return record.term
    if isinstance(record, Account):
        return record.question
    title = getattr(record, "title", None)
    return title if isinstance(title, str) else record.id
