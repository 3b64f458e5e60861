"""Put dates with unspecified digits into words: what is known of them, and that the rest is not."""

from __future__ import annotations

from build_scripts.model import patterns
from build_scripts.model.edtf import Simple
from build_scripts.words import Words

FIRST_DECADE, BC = "000X", "-XXXX"
# As many are named one by one; of more in a row only the ends.
MOST_NAMED = 3


def vague(simple: Simple, words: Words, *, inside: bool) -> str:
    """Return a date as far as it is known; `inside` is the form that stands behind a word such as "about"."""
    month, day = (None if part == "XX" else part for part in (simple.month, simple.day))
    among = patterns.months(month)
    if day is not None:
        return _day(simple, day, among, words, inside=inside)
    if _is_known(simple):
        return _some(simple, month, among, words)
    if month is None:
        return _year(simple, words, inside=inside)
    return words("date-month-of", month=_months(among, words), year=some_year(simple, words))


def _some(simple: Simple, month: str | None, among: list[int], words: Words) -> str:
    """Return a day or month of a known year of which no digit is known, or a month of which some are."""
    date = words.year(int(simple.year))
    if month is not None:
        date = words("date-month", month=_months(among, words), year=date)
    if simple.day is not None:
        return words("date-some-day", date=date)
    return date if month is not None else words("date-some-month", date=date)


def some_year(simple: Simple, words: Words) -> str:
    """Return the year as that of a month or day: "an unknown year in the 1560s"."""
    return words(f"date-some-year-{_key(simple)}", **_names(simple, words))


def centuries(start: Simple, end: Simple, words: Words) -> str | None:
    """Return an interval of whole centuries in words, or None if it is none."""
    if any(one.qualifier or _precision(one.year) != "century" or one.season for one in (start, end)):
        return None
    if any(part not in (None, "XX") for one in (start, end) for part in (one.month, one.day)):
        return None
    numbers = [words.ordinal(_century(one.year)) for one in (start, end)]
    eras = [one.year.startswith("-") for one in (start, end)]
    if eras == [True, False]:
        return words("date-centuries-bc-ad", start=numbers[0], end=numbers[1])
    return words("date-centuries-bc" if eras[0] else "date-centuries", start=numbers[0], end=numbers[1])


def _is_known(simple: Simple) -> bool:
    return "X" not in simple.year


def _precision(year: str) -> str:
    """Return what a pattern of a year is: a decade or century, unknown whole, or any other."""
    digits = year.lstrip("-")
    if digits == "XXXX":
        return "unknown-bc" if year == BC else "unknown"
    if year == FIRST_DECADE:
        return "first-decade"
    if "X" not in digits[:3] and year[0] != "-":
        return "decade"
    return "century" if digits.endswith("XX") and "X" not in digits[:2] else "between"


def _century(year: str) -> int:
    return int(year.lstrip("-")[:2]) + 1


def _names(simple: Simple, words: Words) -> dict[str, object]:
    """Return what the words for a pattern of a year are filled with."""
    year = simple.year
    match _precision(year):
        case "decade":
            return {"year": words.year(int(f"{year[:3]}0"))}
        case "century":
            return {"ordinal": words.ordinal(_century(year)), "n": _century(year)}
        case "between":
            ends = (next(patterns.years(year)), next(patterns.years(year, last=True)))
            return {"start": words.year(ends[0]), "end": words.year(ends[1])}
    return {}


def _key(simple: Simple) -> str:
    precision = _precision(simple.year)
    return "century-bc" if precision == "century" and simple.year.startswith("-") else precision


def _year(simple: Simple, words: Words, *, inside: bool) -> str:
    """Return the year alone: "1560s", "17th century", "unknown year"."""
    return words(f"date-year-{_key(simple)}{'-inside' if inside else ''}", **_names(simple, words))


def _months(among: list[int], words: Words) -> str:
    names = [words.month(month) for month in among]
    if len(among) > MOST_NAMED:
        return words("date-some-month-between", start=names[0], end=names[-1])
    return _listed(names, words)


def _day(simple: Simple, day: str, among: list[int], words: Words, *, inside: bool) -> str:
    """Return a date of which something is known of the day."""
    known = _is_known(simple)
    year = words.year(int(simple.year)) if known else some_year(simple, words)
    days = patterns.month_days(day, simple.year, among)
    in_a_row = len(days) > MOST_NAMED and days[-1] - days[0] == len(days) - 1
    if len(among) == 1:
        month = words.month(among[0])
        of = "" if known else "-of"
        if in_a_row:
            key = f"date-between-days{of}{'-inside' if inside else ''}"
            return words(key, start=days[0], end=days[-1], month=month, year=year)
        shown = _listed([str(one) for one in days], words)
        return words(f"date-day{of}", day=shown, month=month, year=year)
    ends = {"start": days[0], "end": days[-1]}
    shown = words("date-day-range", **ends) if in_a_row else _listed([str(one) for one in days], words)
    if simple.month != "XX":
        return words("date-day-of-some-month", day=shown, month=_months(among, words), year=year)
    if _key(simple) == "unknown":
        return words("date-day-of-unknown", day=shown)
    return words("date-day-of-unknown-month", day=shown, year=year)


def _listed(names: list[str], words: Words) -> str:
    text = names[0]
    for index, name in enumerate(names[1:], start=2):
        text = words("date-or" if index == len(names) else "date-comma", first=text, second=name)
    return text
