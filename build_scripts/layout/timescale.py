"""Count time in days and divide it for an axis: hours, days, months or years, named by CLDR."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

from build_scripts.model.edtf import Day

DAYS_PER_YEAR = 365.2425
# Beyond this many days the next coarser unit divides the axis.
HOURS_UP_TO = 3
DAYS_UP_TO = 45
MONTHS_UP_TO = 1300
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
DAY_STEPS = (1, 2, 5, 10)
MOST_TICKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Hold a place on the axis in days, and names for the time that begins there, longest first.

    `goes_on` tells that the time began before the axis does.
    """

    at: float
    names: tuple[str, ...]
    goes_on: bool = False


def days(day: Day) -> int:
    """Return the days from 1 January of the year 0 in the proleptic Gregorian calendar."""
    era, year = divmod(day.year, 400)
    return era * 146097 + dt.date(year + 400, day.month, day.day).toordinal() - dt.date(400, 1, 1).toordinal()


def long_date(day: Day, locale: Locale) -> str:
    """Return a day in words."""
    if dt.MINYEAR <= day.year <= dt.MAXYEAR:
        return str(format_date(dt.date(*day), "long", locale=locale))
    return f"{day.year:05d}-{day.month:02d}-{day.day:02d}"


def short_date(day: Day, locale: Locale, *, with_year: bool = False) -> str:
    """Return day and short month, as for a label."""
    if dt.MINYEAR <= day.year <= dt.MAXYEAR:
        return str(format_skeleton("yMMMd" if with_year else "MMMd", dt.date(*day), locale=locale))
    return str(day.year)


def ticks(start: float, end: float, locale: Locale) -> tuple[Tick, ...]:
    """Return the divisions of an axis from start to end, both in days."""
    span = end - start
    if span <= HOURS_UP_TO:
        found = _hours(start, end, locale)
    elif span <= DAYS_UP_TO:
        found = _days(start, end, locale)
    elif span <= MONTHS_UP_TO:
        found = _months(start, end, locale)
    else:
        found = _years(start, end, locale)
    return tuple(found)


def _hours(start: float, end: float, locale: Locale) -> Iterator[Tick]:
    step = next(hours for hours in (1, 2, 3, 6, 12, 24) if (end - start) * 24 / hours <= MOST_TICKS)
    for count in range(math.ceil(start * 24 / step), math.floor(end * 24 / step) + 1):
        hour = count * step
        if hour % 24 == 0:
            yield Tick(at=hour / 24, names=(short_date(_day(hour // 24), locale),))
        else:
            yield Tick(at=hour / 24, names=(str(format_time(dt.time(hour % 24), "HH:mm", locale=locale)),))


def _days(start: float, end: float, locale: Locale) -> Iterator[Tick]:
    step = next(size for size in DAY_STEPS if (end - start) / size <= MOST_TICKS)
    for count in range(math.ceil(start), math.floor(end) + 1):
        day = _day(count)
        if (day.day - 1) % step == 0 and day.day <= 31 - step // 2:
            yield Tick(at=count, names=(short_date(day, locale),))


def _months(start: float, end: float, locale: Locale) -> Iterator[Tick]:
    first = _day(math.floor(start))
    year, month = first.year, first.month
    while (at := days(Day(year, month, 1))) <= end:
        begun = at < start
        yield Tick(
            at=max(at, start),
            names=_month_names(year, month, locale, with_year=begun or month == 1),
            goes_on=begun,
        )
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _month_names(year: int, month: int, locale: Locale, *, with_year: bool) -> tuple[str, ...]:
    """Return the names of a month, with its year where the year begins or the axis does."""
    date = dt.date(year if dt.MINYEAR <= year <= dt.MAXYEAR else 2000, month, 1)
    alone = [str(format_date(date, pattern, locale=locale)) for pattern in ("LLLL", "LLL", "LLLLL")]
    if not with_year:
        return tuple(alone)
    dated = [str(format_skeleton(skeleton, date, locale=locale)) for skeleton in ("yMMMM", "yMMM")]
    return (*dated, str(year)) if month == 1 else (*dated, *alone)


def _years(start: float, end: float, locale: Locale) -> Iterator[Tick]:
    span = (end - start) / DAYS_PER_YEAR
    step = next((size for size in YEAR_STEPS if span / size <= MOST_TICKS), YEAR_STEPS[-1])
    first = math.ceil(_day(math.floor(start)).year / step) * step
    for year in range(first, _day(math.floor(end)).year + 1, step):
        at = days(Day(year, 1, 1))
        if start <= at <= end:
            yield Tick(at=at, names=(str(year),))


def _day(count: int) -> Day:
    """Return the day that is so many days from the start of the year 0."""
    era, rest = divmod(count, 146097)
    date = dt.date.fromordinal(rest + dt.date(400, 1, 1).toordinal())
    return Day(date.year - 400 + era * 400, date.month, date.day)
