"""Count time in days and divide it for an axis: hours, days, months or years, named by CLDR."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format

from build_scripts.model.edtf import Day, Edtf, Kind, Simple
from build_scripts.model.times import TimeOfDay
from build_scripts.words import Words

DAYS_PER_YEAR = 365.2425
# Beyond this many days the next coarser unit divides the axis.
HOURS_UP_TO = 3
DAYS_UP_TO = 45
MONTHS_UP_TO = 1300
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
DAY_STEPS = (1, 2, 5, 10)
MOST_TICKS = 12
QUALIFIED = {"?": "date-uncertain", "~": "date-approximate", "%": "date-uncertain-approximate"}


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


def name(date: Edtf, words: Words, *, long: bool = True, with_year: bool = True) -> str:
    """Return a date as precisely as it is known: a year, a month, a day, or the two ends of its range."""
    first = date.members[0]
    if date.kind is not Kind.DATE or not isinstance(first, Simple) or _is_vague(first):
        return _range(date.earliest, date.latest, words, long=long)
    if first.month is None:
        text = str(first.earliest.year)
    elif first.day is None:
        text = _format("yMMMM" if long else "yMMM", first.earliest, words.locale)
    else:
        text = _day_name(first.earliest, words.locale, long=long, with_year=with_year)
    return words(QUALIFIED[first.qualifier], date=text) if first.qualifier else text


def _range(earliest: Day, latest: Day, words: Words, *, long: bool) -> str:
    if earliest[1:] == (1, 1) and latest[1:] == (12, 31):
        return words("date-years", start=earliest.year, end=latest.year)
    start, end = (_day_name(day, words.locale, long=long, with_year=True) for day in (earliest, latest))
    return words("date-span", start=start, end=end)


def _is_vague(date: Simple) -> bool:
    return date.season is not None or "X" in f"{date.year}{date.month}{date.day}"


def moment(date: Edtf, time: TimeOfDay | None, words: Words, *, days_shown: float) -> str:
    """Return a short name for a point of an axis that shows so many days."""
    if time is not None and days_shown <= HOURS_UP_TO:
        day = _day_name(date.earliest, words.locale, long=False, with_year=False)
        clock = str(format_time(time.start.time, "HH:mm", locale=words.locale))
        pattern = str(get_datetime_format("medium", locale=words.locale))
        return pattern.replace("'", "").replace("{1}", day).replace("{0}", clock)
    return name(date, words, long=False, with_year=days_shown > MONTHS_UP_TO)


def _day_name(day: Day, locale: Locale, *, long: bool, with_year: bool) -> str:
    if long and with_year and _is_known(day):
        return str(format_date(dt.date(*day), "long", locale=locale))
    return _format(("y" if with_year else "") + ("MMMMd" if long else "MMMd"), day, locale)


def _format(skeleton: str, day: Day, locale: Locale) -> str:
    if not _is_known(day):
        return f"{day.year:05d}-{day.month:02d}-{day.day:02d}"
    return str(format_skeleton(skeleton, dt.date(*day), locale=locale))


def _is_known(day: Day) -> bool:
    return dt.MINYEAR <= day.year <= dt.MAXYEAR


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
            yield Tick(
                at=hour / 24, names=(_day_name(_day(hour // 24), locale, long=False, with_year=False),)
            )
        else:
            yield Tick(at=hour / 24, names=(str(format_time(dt.time(hour % 24), "HH:mm", locale=locale)),))


def _days(start: float, end: float, locale: Locale) -> Iterator[Tick]:
    step = next(size for size in DAY_STEPS if (end - start) / size <= MOST_TICKS)
    for count in range(math.ceil(start), math.floor(end) + 1):
        day = _day(count)
        if (day.day - 1) % step == 0 and day.day <= 31 - step // 2:
            yield Tick(at=count, names=(_day_name(day, locale, long=False, with_year=False),))


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
