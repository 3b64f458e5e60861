"""Divide time for an axis: hours, days, months or years, named by CLDR."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format

from build_scripts.model.days import Day, day_at, days
from build_scripts.model.edtf import Edtf, Kind, Simple
from build_scripts.model.times import TimeOfDay
from build_scripts.words import YEAR_OF_TWO_DIGITS, Words

DAYS_PER_YEAR = 365.2425
# Beyond this many days the next coarser unit divides the axis.
HOURS_UP_TO = 3
DAYS_UP_TO = 45
MONTHS_UP_TO = 1300
DAY_STEPS = (1, 2, 5, 10)
MOST_TICKS = 12
# Has every day that a year can have.
SOME_LEAP_YEAR = 2000
QUALIFIED = {"?": "date-uncertain", "~": "date-approximate", "%": "date-uncertain-approximate"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Hold a place on the axis in days, and names for the time that begins there, longest first.

    `goes_on` tells that the time began before the axis does.
    """

    at: float
    names: tuple[str, ...]
    goes_on: bool = False


def name(date: Edtf, words: Words, *, long: bool = True, with_year: bool = True) -> str:
    """Return a date as precisely as it is known: a year, a month, a day, or the two ends of its range."""
    first = date.members[0]
    if date.kind is not Kind.DATE or not isinstance(first, Simple) or _is_vague(first):
        return _range(date.first, date.last, words, long=long)
    if first.month is None:
        text = words.year(first.earliest.year)
    elif first.day is None:
        text = _format("yMMMM" if long else "yMMM", first.earliest, words)
    else:
        text = _day_name(first.earliest, words, long=long, with_year=with_year)
    return words(QUALIFIED[first.qualifier], date=text) if first.qualifier else text


def _range(first: Day | None, last: Day | None, words: Words, *, long: bool) -> str:
    if first is not None and last is not None and first[1:] == (1, 1) and last[1:] == (12, 31):
        if first.year == last.year:
            return words.year(first.year)
        return words("date-years", start=words.year(first.year), end=words.year(last.year))
    start, end = (day and _day_name(day, words, long=long, with_year=True) for day in (first, last))
    if start is None or end is None:
        return words("date-until", date=end) if end else words("date-from", date=start)
    return words("date-span", start=start, end=end)


def _is_vague(date: Simple) -> bool:
    return date.season is not None or date.significant is not None or date.is_unspecified


def moment(date: Edtf, time: TimeOfDay | None, words: Words, *, days_shown: float) -> str:
    """Return a short name for a point of an axis that shows so many days."""
    if time is not None and days_shown <= HOURS_UP_TO:
        day = _day_name(date.earliest, words, long=False, with_year=False)
        clock = str(format_time(time.start.time, "HH:mm", locale=words.locale))
        pattern = str(get_datetime_format("medium", locale=words.locale))
        return pattern.replace("'", "").replace("{1}", day).replace("{0}", clock)
    return name(date, words, long=False, with_year=days_shown > MONTHS_UP_TO)


def _day_name(day: Day, words: Words, *, long: bool, with_year: bool) -> str:
    if long and with_year:
        return words("date-day", day=day.day, month=words.month(day.month), year=words.year(day.year))
    return _format(("y" if with_year else "") + ("MMMMd" if long else "MMMd"), day, words)


def _format(skeleton: str, day: Day, words: Words) -> str:
    """Return a day by a skeleton of CLDR; years that need a word beside them take the catalog's patterns."""
    if "y" in skeleton and not _is_plain(day):
        month = words.month(day.month, "wide" if "MMMM" in skeleton else "abbreviated")
        key = "date-day" if "d" in skeleton else "date-month"
        return words(key, day=day.day, month=month, year=words.year(day.year))
    year = day.year if _is_plain(day) else SOME_LEAP_YEAR
    return str(format_skeleton(skeleton, dt.date(year, day.month, day.day), locale=words.locale))


def _is_plain(day: Day) -> bool:
    return YEAR_OF_TWO_DIGITS < day.year <= dt.MAXYEAR


def ticks(start: float, end: float, words: Words) -> tuple[Tick, ...]:
    """Return the divisions of an axis from start to end, both in days."""
    span = end - start
    if span <= HOURS_UP_TO:
        found = _hours(start, end, words)
    elif span <= DAYS_UP_TO:
        found = _days(start, end, words)
    elif span <= MONTHS_UP_TO:
        found = _months(start, end, words)
    else:
        found = _years(start, end, words)
    return tuple(found)


def _hours(start: float, end: float, words: Words) -> Iterator[Tick]:
    step = next(hours for hours in (1, 2, 3, 6, 12, 24) if (end - start) * 24 / hours <= MOST_TICKS)
    for number in range(math.ceil(start * 24 / step), math.floor(end * 24 / step) + 1):
        hour = number * step
        if hour % 24 == 0:
            yield Tick(
                at=hour / 24, names=(_day_name(day_at(hour // 24), words, long=False, with_year=False),)
            )
        else:
            yield Tick(
                at=hour / 24, names=(str(format_time(dt.time(hour % 24), "HH:mm", locale=words.locale)),)
            )


def _days(start: float, end: float, words: Words) -> Iterator[Tick]:
    step = next(size for size in DAY_STEPS if (end - start) / size <= MOST_TICKS)
    for at in range(math.ceil(start), math.floor(end) + 1):
        day = day_at(at)
        if (day.day - 1) % step == 0 and day.day <= 31 - step // 2:
            yield Tick(at=at, names=(_day_name(day, words, long=False, with_year=False),))


def _months(start: float, end: float, words: Words) -> Iterator[Tick]:
    first = day_at(math.floor(start))
    year, month = first.year, first.month
    while (at := days(Day(year, month, 1))) <= end:
        begun = at < start
        yield Tick(
            at=max(at, start),
            names=_month_names(year, month, words, with_year=begun or month == 1),
            goes_on=begun,
        )
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _month_names(year: int, month: int, words: Words, *, with_year: bool) -> tuple[str, ...]:
    """Return the names of a month, with its year where the year begins or the axis does."""
    date = dt.date(SOME_LEAP_YEAR, month, 1)
    alone = [str(format_date(date, pattern, locale=words.locale)) for pattern in ("LLLL", "LLL", "LLLLL")]
    if not with_year:
        return tuple(alone)
    dated = [_format(skeleton, Day(year, month, 1), words) for skeleton in ("yMMMM", "yMMM")]
    return (*dated, words.year(year)) if month == 1 else (*dated, *alone)


def _years(start: float, end: float, words: Words) -> Iterator[Tick]:
    span = (end - start) / DAYS_PER_YEAR
    step = next(size for size in _year_steps() if span / size <= MOST_TICKS)
    least, most = (day_at(math.floor(at)).year for at in (start, end))
    # Years are round as they are named: 100 BC is the year -99, and before AD 1 comes 1 BC.
    for named in range((least - 1) // step * step, most + 1, step):
        at = days(Day(named if named > 0 else named + 1, 1, 1))
        if named and start <= at <= end:
            yield Tick(at=at, names=(words.year(day_at(at).year),))


def _year_steps() -> Iterator[int]:
    return (factor * 10**power for power in count() for factor in (1, 2, 5))
