"""Expand patterns of digits and X (ISO 8601-2:2019, 8) to the years, months and days that they can mean."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from build_scripts.model.days import Day, length

MONTHS = [f"{month:02d}" for month in range(1, 13)]
DAYS = [f"{day:02d}" for day in range(1, 32)]


def months(pattern: str | None) -> list[int]:
    """Return the months that a pattern can mean; no pattern means all."""
    return _matching(pattern, MONTHS)


def month_days(pattern: str | None, year: str = "2000", among: Iterable[int] = (1,)) -> list[int]:
    """Return the days that a pattern can mean in one of the months of one of the years."""
    longest = max(length(2000, month) for month in among)
    if longest == 29 and not any(length(one, 2) == 29 for one in years(year)):
        longest = 28
    return [day for day in _matching(pattern, DAYS) if day <= longest]


def _matching(pattern: str | None, numbers: list[str]) -> list[int]:
    if pattern is not None and pattern.isdigit():
        return [int(pattern)] if pattern in numbers else []
    known = re.compile((pattern or "XX").replace("X", "."))
    return [int(number) for number in numbers if known.fullmatch(number)]


def years(pattern: str, *, last: bool = False) -> Iterator[int]:
    """Yield the years that a pattern can mean, from the earliest on or from the latest back."""
    if "X" not in pattern:
        yield int(pattern)
        return
    sign = -1 if pattern.startswith("-") else 1
    digits = pattern.lstrip("-")
    # Of years before 0000 the larger number is the earlier year.
    order = "9876543210" if last == (sign > 0) else "0123456789"
    for number in itertools.product(*(order if digit == "X" else digit for digit in digits)):
        year = int("".join(number))
        if year or sign > 0:
            yield sign * year


def bounds(year: str, among: list[int], days: list[int]) -> tuple[Day, Day] | None:
    """Return the first and last day of the calendar among all these years, months and days, or None."""
    first = next(_calendar_days(years(year), among, days), None)
    last = next(_calendar_days(years(year, last=True), among[::-1], days[::-1]), None)
    return None if first is None or last is None else (first, last)


def _calendar_days(years: Iterable[int], months: list[int], days: list[int]) -> Iterator[Day]:
    for year in years:
        for month in months:
            longest = length(year, month)
            yield from (Day(year, month, day) for day in days if day <= longest)
