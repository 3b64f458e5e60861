"""Describe the edition: its title, people, rights, calendar and order of periods and groups."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, ClassVar, Literal, get_args

from babel import Locale, UnknownLocaleError
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from pydantic import AfterValidator

from build_scripts.model import styles
from build_scripts.model.edtf import Hemisphere
from build_scripts.model.fields import Flag, Language, Length, MarkedText, Plain, Timezone, Url
from build_scripts.model.records import Record, Value

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RELATOR = re.compile(r"[a-z]{3}")
# What a container in ZIP format, which an EPUB is, can say of time (APPNOTE 4.4.6, MS-DOS dates).
FIRST_DAY, LAST_DAY = "1980-01-01", "2107-12-31"
# Not stated at all, and what templates of this project once had in its place.
NO_UUIDS = frozenset({"00000000-0000-0000-0000-000000000000", "00000000-0000-4000-8000-000000000000"})
THICKEST_MM = 2
HANDOUTS = (
    "one-page",
    "one-page-large-print",
    "accounts",
    "people",
    "people-large-print",
    "plan",
    "questions",
    "booklet",
)

Paper = Literal["a4", "letter"]


def _day(value: str) -> str:
    try:
        dt.date.fromisoformat(value if DAY.fullmatch(value) else "")
    except ValueError:
        raise ValueError("is not a day YYYY-MM-DD") from None
    if not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError(f"is not between {FIRST_DAY} and {LAST_DAY}, the days that an EPUB can hold")
    return value


def _caliper(value: float) -> float:
    if value > THICKEST_MM:
        raise ValueError(
            f"is no thickness of a leaf in millimetres, such as 0.1; it is at most {THICKEST_MM}"
        )
    return value


def _written(value: str) -> str:
    """Refuse a language in which nobody could say how a date is written."""
    try:
        Locale.parse(value, sep="-")
    except (UnknownLocaleError, ValueError):
        raise ValueError("is not a language that the builder knows, such as es, ja or en-GB") from None
    return value


def _relator(value: str) -> str:
    if not RELATOR.fullmatch(value):
        raise ValueError("is not a MARC relator code such as aut, edt or ill")
    return value


def _licence(value: str) -> str:
    try:
        canonical = canonicalize_license_expression(value)
    except InvalidLicenseExpression:
        raise ValueError("is not an SPDX licence identifier such as CC-BY-4.0") from None
    if canonical != value:
        raise ValueError(f"is not an SPDX licence identifier; did you mean '{canonical}'?")
    return value


def _handout(value: str) -> str:
    if value not in HANDOUTS:
        known = ", ".join(HANDOUTS)
        raise ValueError(f"is no handout that the builder makes; it makes {known}")
    return value


Licence = Annotated[Plain, AfterValidator(_licence)]


class Creator(Value):
    """Name who made the dossier, with the code of a MARC relator term."""

    name: Plain
    role: Annotated[Plain, AfterValidator(_relator)]


class Rights(Value):
    """Give the licences of text and code as SPDX identifiers."""

    text: Licence
    code: Licence


class Section(Record):
    """Name a part of the book in which records stand together."""

    title: Plain


class Period(Section):
    """Name a part of the chronology."""

    noun: ClassVar[str] = "period"


class Group(Section):
    """Name a part of the biographies."""

    noun: ClassVar[str] = "group"


class Edition(Value):
    """Hold everything that is said of the dossier as a whole."""

    noun: ClassVar[str] = "edition"
    title: Plain
    subtitle: Plain | None = None
    language: Annotated[Language, AfterValidator(_written)]
    identifier: Plain
    creators: tuple[Creator, ...]
    publisher: Plain | None = None
    rights: Rights
    modified: Annotated[Plain, AfterValidator(_day)]
    url: Url | None = None
    timezone: Timezone
    hemisphere: Hemisphere = Hemisphere.NORTH
    citation_style: Annotated[Plain, AfterValidator(styles.check)] = "chicago-author-date-16th-edition"
    papers: tuple[Paper, ...] = get_args(Paper)
    paper_caliper_mm: Annotated[Length, AfterValidator(_caliper)] = 0.1
    periods: tuple[Period, ...]
    groups: tuple[Group, ...]
    handouts: tuple[Annotated[Plain, AfterValidator(_handout)], ...] = ()
    accessibility_certifier: Plain | None = None
    preface: MarkedText | None = None
    strict: Flag = False
    different_names: tuple[tuple[Plain, ...], ...] = ()

    @property
    def is_named(self) -> bool:
        """Return whether the identifier is one of the edition's own, not the one of a template."""
        return self.identifier.casefold().removeprefix("urn:").removeprefix("uuid:") not in NO_UUIDS

    @property
    def modified_epoch(self) -> int:
        """Return the start of the day of the last change, UTC, in seconds of Unix time."""
        day = dt.date.fromisoformat(self.modified)
        return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())
