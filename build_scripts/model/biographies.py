"""Describe persons: names, lives, roles and relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from pydantic import Field

from build_scripts.diagnostics import Diagnostic
from build_scripts.model.fields import Date, Flag, Id, MarkedText, Plain
from build_scripts.model.records import Native, Record, Sources, Value


class Name(Value):
    """Give a person's name as shown and as sorted."""

    display: Plain
    family: Plain | None = None
    given: Plain | None = None
    sort: Plain | None = None

    @property
    def sort_key(self) -> str:
        """Return the name by which lists are ordered: as stated, else "family, given", else as shown."""
        if self.sort or not self.family:
            return self.sort or self.display
        return f"{self.family}, {self.given}" if self.given else self.family


class Role(Value):
    """Name an office or part a person had, from and to a date."""

    title: Plain
    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    organization: Id | None = None
    sources: Sources = ()


class Relation(Value):
    """Name another person and what they are to this one."""

    person: Id
    kind: Plain
    sources: Sources = ()


class Person(Record):
    """Tell who somebody was."""

    noun: ClassVar[str] = "person"
    name: Name
    native: tuple[Native, ...] = ()
    aliases: tuple[Plain, ...] = ()
    born: Date | None = None
    died: Date | None = None
    roles: tuple[Role, ...] = ()
    group: Id
    relations: tuple[Relation, ...] = ()
    minor: Flag = False
    certainty: Literal["documented", "disputed", "legendary"] = "documented"
    accounts: tuple[Id, ...] = ()
    text: MarkedText
    sources: Sources


def check(people: Sequence[Person]) -> Iterator[Diagnostic]:
    """Yield lives that end before they begin, doubts that no account explains, and relations to oneself."""
    for person in people:
        if person.born and person.died and person.died.is_before(person.born):
            yield person.problem(f"died '{person.died}', before being born '{person.born}'", "died")
        if person.certainty != "documented" and not person.accounts:
            yield person.problem(f"is {person.certainty}, but names no account that says so", "certainty")
        for index, relation in enumerate(person.relations):
            if relation.person == person.id:
                message = f"is named as '{relation.kind}' of themselves"
                yield person.problem(message, "relations", index, "person")
        for index, role in enumerate(person.roles):
            if role.from_ and role.to and role.to.is_before(role.from_):
                yield person.problem(f"role '{role.title}' ends before it begins", "roles", index)
