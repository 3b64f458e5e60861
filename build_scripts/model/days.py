"""Count days of the proleptic Gregorian calendar, of any year, and convert those of the Julian one to it."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

DAYS_OF_400_YEARS = 146097
# Of 1 January of the year 0 (Explanatory Supplement to the Astronomical Almanac, 15.11).
JULIAN_DAY_NUMBER = 1721060


class Day(NamedTuple):
    """Name a day of the proleptic Gregorian calendar; year 0 is 1 BC."""

    year: int
    month: int
    day: int

    def following(self) -> Day:
        """Return the next day."""
        if self.day < length(self.year, self.month):
            return Day(self.year, self.month, self.day + 1)
        return Day(self.year, self.month + 1, 1) if self.month < 12 else Day(self.year + 1, 1, 1)


# Beyond every year that a date can have: an open end compares with any day, and is shown nowhere.
FIRST_DAY = Day(-(10**12), 1, 1)
LAST_DAY = Day(10**12, 12, 31)


def length(year: int, month: int) -> int:
    """Return the number of days of a month; the standard library knows no year 0 and none before."""
    return calendar.monthrange(2000 + year % 400, month)[1]


def days(day: Day) -> int:
    """Return the days from 1 January of the year 0."""
    era, year = divmod(day.year, 400)
    in_era = dt.date(year + 400, day.month, day.day).toordinal() - dt.date(400, 1, 1).toordinal()
    return era * DAYS_OF_400_YEARS + in_era


def day_at(count: int) -> Day:
    """Return the day that is so many days from 1 January of the year 0."""
    era, rest = divmod(count, DAYS_OF_400_YEARS)
    date = dt.date.fromordinal(rest + dt.date(400, 1, 1).toordinal())
    return Day(date.year - 400 + era * 400, date.month, date.day)


def from_julian(year: int, month: int, day: int) -> Day | None:
    """Return the day that the Julian calendar calls so, its years beginning on 1 January, or None."""
    longest = 29 if (month, year % 4) == (2, 0) else length(1999, month)
    if not 1 <= day <= longest:
        return None
    before_march = (14 - month) // 12
    years, months = year + 4800 - before_march, month + 12 * before_march - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083
    return day_at(number - JULIAN_DAY_NUMBER)
