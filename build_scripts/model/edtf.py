"""Hold Extended Date/Time Format dates (ISO 8601-2:2019, Annex A) with their bounds of whole days.

Levels 0, 1 and 2, but for times of day, which have a key of their own. `edtf_parser.py` parses them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from build_scripts.model.days import FIRST_DAY, LAST_DAY, Day, days


class EdtfError(ValueError):
    """Say why a text is not a date, in words for its author."""


class Hemisphere(Enum):
    """Decide which months a season means."""

    NORTH = "north"
    SOUTH = "south"


class End(Enum):
    """Mark an interval's end that has no date."""

    OPEN = ".."
    UNKNOWN = ""


class Kind(Enum):
    """Tell how the members of a date belong together."""

    DATE = "date"
    INTERVAL = "interval"
    ONE_OF = "one of"
    ALL_OF = "all of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Simple:
    """Hold one calendar date, month, season or year; X stands for an unspecified digit.

    `season` is 21 to 41 and then `month` is None. `qualifiers` has "", "?" (uncertain), "~" (approximate)
    or "%" (both) for each of year, month or season, and day. Of a year with `significant` digits the rest is
    estimated.
    """

    year: str
    month: str | None = None
    day: str | None = None
    season: int | None = None
    qualifiers: tuple[str, ...] = ("",)
    significant: int | None = None
    earliest: Day
    latest: Day

    @property
    def qualifier(self) -> str:
        """Return the qualifiers of all parts together; an estimated year is approximate."""
        return together(*self.qualifiers, "~" if self.significant is not None else "")

    @property
    def is_unspecified(self) -> bool:
        """Check whether a digit is unspecified."""
        return "X" in f"{self.year}{self.month}{self.day}"

    @property
    def first(self) -> Day | None:
        """Return the first day, or None if no digit of the year is known."""
        return None if self.year.lstrip("-") == "XXXX" else self.earliest

    @property
    def last(self) -> Day | None:
        """Return the last day, or None if no digit of the year is known; of years BC there is a last."""
        return None if self.year == "XXXX" else self.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Hold the two ends of an interval, or of a range inside a set."""

    start: Simple | End
    end: Simple | End

    @property
    def earliest(self) -> Day:
        """Return the first day; an open start reaches back to the first day there is."""
        if isinstance(self.start, Simple):
            return self.start.earliest
        if self.start is End.UNKNOWN and isinstance(self.end, Simple):
            return self.end.earliest
        return FIRST_DAY

    @property
    def latest(self) -> Day:
        """Return the last day; an open end reaches to the last day there is."""
        if isinstance(self.end, Simple):
            return self.end.latest
        if self.end is End.UNKNOWN and isinstance(self.start, Simple):
            return self.start.latest
        return LAST_DAY

    @property
    def first(self) -> Day | None:
        """Return the first day if it is known."""
        return self.start.first if isinstance(self.start, Simple) else None

    @property
    def last(self) -> Day | None:
        """Return the last day if it is known."""
        return self.end.last if isinstance(self.end, Simple) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OldStyle:
    """Hold a day as the Julian calendar has it; `year` as typed, two years where it began on 25 March."""

    year: str
    month: int
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edtf:
    """Hold a parsed date: its text as typed, how its members belong together, and its bounds in days.

    `earliest` and `latest` are for comparing: they lie beyond every day where an end is open. `first` and
    `last` are None where they are not known.
    """

    text: str
    kind: Kind
    members: tuple[Simple | Span, ...]
    earliest: Day
    latest: Day
    old_style: OldStyle | None = None

    @property
    def first(self) -> Day | None:
        """Return the first day if it is known."""
        found = [member.first for member in self.members]
        return None if None in found else min(day for day in found if day is not None)

    @property
    def last(self) -> Day | None:
        """Return the last day if it is known."""
        found = [member.last for member in self.members]
        return None if None in found else max(day for day in found if day is not None)

    @property
    def stands_at(self) -> Day | None:
        """Return the day at which the date stands among others: its first, else its last, else None."""
        return self.first or self.last

    def is_before(self, other: Edtf, *, days_between: int = 0) -> bool:
        """Check whether the date is known to end before another begins, with so many days between them."""
        if self.last is None or other.first is None:
            return False
        return days(self.last) + days_between < days(other.first)

    @property
    def is_day(self) -> bool:
        """Check whether the date is one day, certain or not, so that a time of day may stand beside it."""
        first = self.members[0]
        return (
            self.kind is Kind.DATE
            and isinstance(first, Simple)
            and first.day is not None
            and not first.is_unspecified
        )

    def __str__(self) -> str:
        return self.text


def together(*qualifiers: str) -> str:
    """Return the qualifier that says as much as several do."""
    found = set("".join(qualifiers).replace("%", "?~"))
    return "%" if len(found) == 2 else "".join(found)
