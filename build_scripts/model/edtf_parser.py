"""Parse Extended Date/Time Format dates (ISO 8601-2:2019, Annex A) to bounds of whole days.

Seasons 21-24 have bounds of three months, moved by six months in the southern hemisphere; those that go over
the end of a year begin in it. One form is ours: `1731/32-02-05 OS` is a day of the Julian calendar, whose
bounds are those of the Gregorian.
"""

from __future__ import annotations

import re

from build_scripts.model import patterns
from build_scripts.model.days import Day, from_julian, length
from build_scripts.model.edtf import Edtf, EdtfError, End, Hemisphere, Kind, OldStyle, Simple, Span, together

QUALIFIER = "[?~%]?"
SIMPLE = re.compile(
    rf"(?P<own_year>{QUALIFIER})(?P<year>-?[0-9X]{{4}})(?P<to_year>{QUALIFIER})"
    rf"(?:-(?P<own_month>{QUALIFIER})(?P<month>[0-9X]{{2}})(?P<to_month>{QUALIFIER})"
    rf"(?:-(?P<own_day>{QUALIFIER})(?P<day>[0-9X]{{2}})(?P<to_day>{QUALIFIER}))?)?"
)
LONG_YEAR = re.compile(
    r"(?P<own>[?~%]?)(?P<long>Y?)(?P<sign>-?)(?P<digits>[0-9]+)"
    r"(?:E(?P<zeros>[0-9]+))?(?:S(?P<significant>[0-9]+))?(?P<to>[?~%]?)"
)
OLD_STYLE = re.compile(
    r"(?P<year>[0-9]{4})(?:/(?P<next>[0-9]{1,2}))?-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-9]{2})"
    r"(?P<qualifier>[?~%]?) OS"
)
DOUBLE = re.compile(r"[0-9]{4}/[0-9]{1,2}(-[0-9]{2}){1,2}[?~%]?")
TIMED = re.compile(r"[0-9X-]+T[0-9]{2}:.*", re.S)
MOST_DIGITS = 12
LADY_DAY = (3, 25)
# First month and number of months (ISO 8601-2:2019, 4.8): seasons anywhere, in the north, in the south;
# quarters, quadrimesters, semestrals.
SEASONS = {
    **{code: (3, 3) for code in (21, 25, 31)},
    **{code: (6, 3) for code in (22, 26, 32)},
    **{code: (9, 3) for code in (23, 27, 29)},
    **{code: (12, 3) for code in (24, 28, 30)},
    **{33 + quarter: (1 + 3 * quarter, 3) for quarter in range(4)},
    **{37 + third: (1 + 4 * third, 4) for third in range(3)},
    **{40 + half: (1 + 6 * half, 6) for half in range(2)},
}
LAST_OF_NO_HEMISPHERE = 24


def parse(text: str, hemisphere: Hemisphere = Hemisphere.NORTH) -> Edtf:
    """Return the date that `text` denotes.

    Raises EdtfError with the reason if it denotes none.
    """
    if text.endswith(" OS"):
        return _parse_old_style(text)
    if text.startswith(("[", "{")):
        return _parse_set(text, hemisphere)
    if DOUBLE.fullmatch(text):
        raise EdtfError("looks like a double date; an Old Style day is written 1731/32-02-05 OS")
    if "/" in text:
        span = _parse_span(text.split("/"), hemisphere)
        return Edtf(
            text=text, kind=Kind.INTERVAL, members=(span,), earliest=span.earliest, latest=span.latest
        )
    simple = _parse_simple(text, hemisphere)
    return Edtf(text=text, kind=Kind.DATE, members=(simple,), earliest=simple.earliest, latest=simple.latest)


def _parse_old_style(text: str) -> Edtf:
    match = OLD_STYLE.fullmatch(text)
    if match is None:
        raise EdtfError("is not an Old Style day such as 1731/32-02-05 OS or 1917-10-25 OS")
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if match["next"] is not None:
        if match["next"] != str(year + 1)[-len(match["next"]) :]:
            raise EdtfError(f"has the years {match['year']}/{match['next']}, which do not follow each other")
        if (month, day) >= LADY_DAY:
            raise EdtfError("has two years; only days before 25 March, when the old year ended, have two")
        year += 1
    found = from_julian(year, month, day)
    if found is None:
        raise EdtfError("is a day that is not in the Julian calendar")
    simple = Simple(
        year=f"{found.year:04d}",
        month=f"{found.month:02d}",
        day=f"{found.day:02d}",
        qualifiers=(match["qualifier"],) * 3,
        earliest=found,
        latest=found,
    )
    shown = match["year"] if match["next"] is None else f"{match['year']}/{match['next']}"
    old = OldStyle(year=shown, month=month, day=day)
    return Edtf(text=text, kind=Kind.DATE, members=(simple,), earliest=found, latest=found, old_style=old)


def _parse_set(text: str, hemisphere: Hemisphere) -> Edtf:
    closing = "]" if text[0] == "[" else "}"
    if not text.endswith(closing):
        raise EdtfError(f"opens a set with '{text[0]}' but does not close it with '{closing}'")
    members = tuple(_parse_member(part.strip(" "), hemisphere) for part in text[1:-1].split(","))
    return Edtf(
        text=text,
        kind=Kind.ONE_OF if closing == "]" else Kind.ALL_OF,
        members=members,
        earliest=min(member.earliest for member in members),
        latest=max(member.latest for member in members),
    )


def _parse_member(part: str, hemisphere: Hemisphere) -> Simple | Span:
    if ".." not in part:
        return _parse_part(part, hemisphere)
    ends = [end or ".." for end in part.split("..")]
    return _parse_span(ends, hemisphere)


def _parse_span(ends: list[str], hemisphere: Hemisphere) -> Span:
    if len(ends) != 2:
        raise EdtfError(f"has {len(ends)} ends; an interval has two, and a day is YYYY-MM-DD")
    start, end = (End(part) if part in ("", "..") else _parse_part(part, hemisphere) for part in ends)
    if isinstance(start, End) and isinstance(end, End):
        raise EdtfError("has no date at either end")
    span = Span(start=start, end=end)
    if span.earliest > span.latest:
        raise EdtfError(f"ends ('{ends[1]}') before it starts ('{ends[0]}')")
    return span


def _parse_part(text: str, hemisphere: Hemisphere) -> Simple:
    try:
        return _parse_simple(text, hemisphere)
    except EdtfError as error:
        raise EdtfError(f"has '{text}', which {error}") from None


def _parse_simple(text: str, hemisphere: Hemisphere) -> Simple:
    match = SIMPLE.fullmatch(text)
    if match is None:
        return _parse_long_year(text)
    year, month, day = match.group("year", "month", "day")
    qualifiers = _qualifiers(match)
    if year == "-0000":
        raise EdtfError("has the year -0000; the year before 0001 is 0000")
    if month is not None and month.isdigit() and int(month) in SEASONS:
        if day is not None:
            raise EdtfError(f"has a day in season {month}; a season has no days")
        first, last = _season_bounds(year, int(month), hemisphere)
        return Simple(year=year, season=int(month), qualifiers=qualifiers, earliest=first, latest=last)
    months, days = patterns.months(month), patterns.month_days(day)
    if not months:
        raise EdtfError(f"has month {month}; months are 01 to 12, seasons and other parts of a year 21 to 41")
    if not days:
        raise EdtfError(f"has day {day}; days are 01 to 31")
    bounds = patterns.bounds(year, months, days)
    if bounds is None:
        raise EdtfError("is a day that is not in the calendar")
    return Simple(
        year=year, month=month, day=day, qualifiers=qualifiers, earliest=bounds[0], latest=bounds[1]
    )


def _qualifiers(match: re.Match[str]) -> tuple[str, ...]:
    """Return the qualifier of each part: that on its left, and those right of it or of a later part."""
    names = [name for name in ("year", "month", "day") if match[name] is not None]
    found = []
    for index, name in enumerate(names):
        found.append(together(match[f"own_{name}"], *(match[f"to_{later}"] for later in names[index:])))
    return tuple(found)


def _parse_long_year(text: str) -> Simple:
    """Return a year of more than four digits, or one of which only some digits are significant."""
    match = LONG_YEAR.fullmatch(text)
    if match is None:
        raise EdtfError(_why_not(text))
    digits, zeros = match["digits"].lstrip("0"), match["zeros"] or "0"
    if len(digits) > MOST_DIGITS or len(zeros) > 2 or len(digits) + int(zeros) > MOST_DIGITS:
        raise EdtfError(f"has a year of more than {MOST_DIGITS} digits")
    number = (digits + "0" * int(zeros)).zfill(4)
    if match["long"] and len(number) < 5:
        raise EdtfError("has Y before a year of four digits; leave it out")
    if not match["long"] and not (len(match["digits"]) == 4 and match["significant"] and not match["zeros"]):
        hint = f"; a year of more than four digits is written Y{match['sign']}{number}"
        raise EdtfError(f"is not YYYY, YYYY-MM or YYYY-MM-DD{hint if len(number) > 4 else ''}")
    return _long_year(match, number)


def _long_year(match: re.Match[str], number: str) -> Simple:
    typed = match["significant"]
    significant = None if typed is None else int(typed[:3])
    if significant is not None and not 1 <= significant <= len(number):
        raise EdtfError(f"has S{typed}; of its year 1 to {len(number)} digits can be significant")
    size = 1 if significant is None else 10 ** (len(number) - significant)
    least = int(number) // size * size
    most = least + size - 1
    first, last = (-most, -least) if match["sign"] else (least, most)
    return Simple(
        year=f"{match['sign']}{number}",
        qualifiers=(together(match["own"], match["to"]),),
        significant=significant,
        earliest=Day(first, 1, 1),
        latest=Day(last, 12, 31),
    )


def _why_not(text: str) -> str:
    """Return what keeps a text from being a date, as nearly as can be told."""
    foreign = next((sign for sign in text if not sign.isascii()), None)
    if foreign is not None:
        return f"has '{foreign}' (U+{ord(foreign):04X}), which no date has"
    if TIMED.fullmatch(text):
        return "has a time of day; the date has the day alone, the time goes under 'time'"
    return "is not YYYY, YYYY-MM or YYYY-MM-DD"


def _season_bounds(year: str, season: int, hemisphere: Hemisphere) -> tuple[Day, Day]:
    start, count = SEASONS[season]
    if season <= LAST_OF_NO_HEMISPHERE and hemisphere is Hemisphere.SOUTH:
        start = (start + 5) % 12 + 1
    first, last = next(patterns.years(year)), next(patterns.years(year, last=True))
    beyond, end_month = divmod(start + count - 2, 12)
    end = Day(last + beyond, end_month + 1, length(last + beyond, end_month + 1))
    return Day(first, start, 1), end
