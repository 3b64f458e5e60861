"""Describe the edition: its title, people, rights, calendar and order of periods and groups."""

from __future__ import annotations

import re
import zoneinfo
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator

from build_scripts.diagnostics import suggest
from build_scripts.model.edtf import Hemisphere
from build_scripts.model.fields import Id, Language, Length, MarkedText, Plain, Url, one_of
from build_scripts.model.records import Value

DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
PAPERS = ("a4", "letter")


def _timezone(value: str) -> str:
    known = zoneinfo.available_timezones()
    if value not in known:
        raise ValueError(f"is not an IANA time zone{suggest(value, known)}")
    return value


def _day(value: str) -> str:
    if not DAY.fullmatch(value):
        raise ValueError("is not a day YYYY-MM-DD")
    return value


def _hemisphere(value: str) -> Hemisphere:
    if value not in ("north", "south"):
        raise ValueError("is not one of north, south")
    return Hemisphere(value)


Timezone = Annotated[str, AfterValidator(_timezone)]


class Creator(Value):
    """Name who made the dossier, with a MARC relator term."""

    name: Plain
    role: Plain


class Rights(Value):
    """Give the licences of text and code as SPDX identifiers."""

    text: Plain
    code: Plain


class Section(Value):
    """Name a period or a group, in the order of the book."""

    id: Id
    title: Plain


class Edition(Value):
    """Hold everything that is said of the dossier as a whole."""

    noun: ClassVar[str] = "edition"
    title: Plain
    subtitle: Plain | None = None
    language: Language
    identifier: Plain
    creators: tuple[Creator, ...]
    publisher: Plain | None = None
    rights: Rights
    modified: Annotated[str, AfterValidator(_day)]
    url: Url | None = None
    timezone: Timezone
    hemisphere: Annotated[Hemisphere, BeforeValidator(_hemisphere)] = Hemisphere.NORTH
    citation_style: Plain = "chicago-author-date-16th-edition"
    papers: tuple[Annotated[str, one_of(*PAPERS)], ...] = PAPERS
    paper_caliper_mm: Length = 0.1
    periods: tuple[Section, ...]
    groups: tuple[Section, ...]
    handouts: tuple[Plain, ...] = ()
    preface: MarkedText | None = None
