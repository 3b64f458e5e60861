"""Describe organizations."""

from __future__ import annotations

from typing import ClassVar

from build_scripts.model.fields import Id, MarkedText, Plain
from build_scripts.model.records import Native, Record, Sources


class Organization(Record):
    """Tell what a body of people was."""

    noun: ClassVar[str] = "organization"
    name: Plain
    native: tuple[Native, ...] = ()
    abbreviation: Plain | None = None
    kind: Plain
    people: tuple[Id, ...] = ()
    accounts: tuple[Id, ...] = ()
    text: MarkedText
    sources: Sources
