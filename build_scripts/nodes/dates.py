"""Put dates and times into words of a language; names of months and the clock come from CLDR."""

from __future__ import annotations

from babel.dates import format_time

from build_scripts.model.chronology import Event
from build_scripts.model.edtf import Edtf, End, Kind, OldStyle, Simple, Span
from build_scripts.model.times import Clock, TimeOfDay
from build_scripts.nodes.vague import centuries, some_year, vague
from build_scripts.words import Words

QUALIFIED = {"?": "date-uncertain", "~": "date-approximate", "%": "date-uncertain-approximate"}
KINDS = {"?": "uncertain", "~": "approximate", "%": "both"}
ABOUT: dict[tuple[str, ...], str] = {
    ("~", "", ""): "date-day-about-year",
    ("~", "~", ""): "date-day-about-month",
    ("", "", "~"): "date-about-day",
}
SEASONS = {code: f"date-{name}" for code, name in enumerate(("spring", "summer", "autumn", "winter"), 21)}
FIRST_OF_NORTH, FIRST_OF_SOUTH, FIRST_OF_PARTS = 25, 29, 33


def date(edtf: Edtf, words: Words) -> str:
    """Return a date in words: "about 1984", "between 20 and 29 August 1911", "1938 or 1939"."""
    first = edtf.members[0]
    if edtf.old_style is not None and isinstance(first, Simple):
        return _qualified(first, _both_styles(edtf.old_style, first, words), words)
    members = [_member(member, edtf.kind, words) for member in edtf.members]
    if edtf.kind is Kind.ONE_OF:
        last = "date-or-span" if isinstance(edtf.members[-1], Span) else "date-or"
        return _listed(members, last, words)
    return _listed(members, "date-and", words)


def inside(edtf: Edtf, words: Words) -> str:
    """Return a date as it stands behind a word such as "from": "the 1560s"."""
    first = edtf.members[0]
    if edtf.kind is Kind.DATE and isinstance(first, Simple) and edtf.old_style is None:
        return _simple(first, words, inside=True)
    return date(edtf, words)


def _both_styles(old: OldStyle, new: Simple, words: Words) -> str:
    typed = words("date-day", day=old.day, month=words.month(old.month), year=old.year)
    return words("date-old-style", old=typed, date=_exact(new, words))


def _listed(members: list[str], key: str, words: Words) -> str:
    text = members[0]
    for index, member in enumerate(members[1:], start=2):
        text = words(key if index == len(members) else "date-comma", first=text, second=member)
    return text


def _member(member: Simple | Span, kind: Kind, words: Words) -> str:
    if isinstance(member, Simple):
        return _simple(member, words)
    if kind is Kind.ONE_OF:
        return _one_of(member, words)
    if kind is Kind.ALL_OF:
        return _every(member, words)
    match member.start, member.end:
        case Simple() as start, Simple() as end:
            return _between(start, end, words)
        case Simple() as start, End.OPEN:
            return words("date-from", date=_simple(start, words, inside=True))
        case Simple() as start, _:
            return words("date-from-unknown-end", date=_simple(start, words))
        case End.OPEN, Simple() as end:
            return words("date-until", date=_simple(end, words, inside=True))
        case _, Simple() as end:
            return words("date-until-unknown-start", date=_simple(end, words))
    raise AssertionError("an interval without a date at either end is refused by the parser")


def _one_of(span: Span, words: Words) -> str:
    """Return a range of which one date is meant."""
    match span.start, span.end:
        case Simple() as start, Simple() as end:
            shown = (_simple(one, words, inside=True) for one in (start, end))
            return words("date-one-between", start=next(shown), end=next(shown))
        case Simple() as start, _:
            return words("date-or-later", date=_simple(start, words))
        case _, Simple() as end:
            return words("date-or-earlier", date=_simple(end, words))
    raise AssertionError("a range without a date at either end is refused by the parser")


def _every(span: Span, words: Words) -> str:
    """Return a range of which all dates are meant, as precisely as they are given."""
    units = {_unit(end) for end in (span.start, span.end) if isinstance(end, Simple)}
    key = f"date-every-{units.pop() if len(units) == 1 else 'date'}"
    match span.start, span.end:
        case Simple() as start, Simple() as end:
            shown = (_simple(one, words, inside=True) for one in (start, end))
            return words(f"{key}-between", start=next(shown), end=next(shown))
        case Simple() as start, _:
            return words(f"{key}-from", date=_simple(start, words, inside=True))
        case _, Simple() as end:
            return words(f"{key}-until", date=_simple(end, words, inside=True))
    raise AssertionError("a range without a date at either end is refused by the parser")


def _unit(simple: Simple) -> str:
    if not _is_exact(simple) or simple.season is not None:
        return "date"
    return "day" if simple.day else "month" if simple.month else "year"


def _between(start: Simple, end: Simple, words: Words) -> str:
    """Return two ends in words; what they share is said once: "17–18 December 1996"."""
    plain = all(_is_exact(one) and not one.qualifier for one in (start, end))
    if plain and start.day and end.day and start.year == end.year:
        if start.month == end.month:
            return words(
                "date-days",
                start=int(start.day),
                end=int(end.day),
                month=_month(start, words),
                year=_year(start, words),
            )
        first = words("date-day-month", day=int(start.day), month=_month(start, words))
        return words("date-span", start=first, end=_simple(end, words))
    if plain and start.month and end.month and not (start.day or end.day) and start.year == end.year:
        return words("date-span", start=_month(start, words), end=_simple(end, words))
    if plain and not (start.month or end.month or start.season or end.season):
        return words("date-years", start=_simple(start, words), end=_simple(end, words))
    return centuries(start, end, words) or words(
        "date-span", start=_simple(start, words), end=_simple(end, words)
    )


def _is_exact(simple: Simple) -> bool:
    return not simple.is_unspecified and simple.significant is None


def _simple(simple: Simple, words: Words, *, inside: bool = False) -> str:
    if len(set(simple.qualifiers)) > 1:
        return _qualified_in_part(simple, words)
    behind = inside or simple.qualifier in ("~", "%")
    return _qualified(simple, _bare(simple, words, inside=behind), words)


def _bare(simple: Simple, words: Words, *, inside: bool = False) -> str:
    """Return a date without its qualifiers."""
    if simple.season is not None:
        return _part_of_year(simple, words, inside=inside)
    if simple.is_unspecified:
        return vague(simple, words, inside=inside)
    return _exact(simple, words)


def _qualified(simple: Simple, text: str, words: Words) -> str:
    qualifier = simple.qualifier
    if simple.significant is not None:
        # Its words say already that it is estimated.
        qualifier = "?" if qualifier == "%" else ""
    return words(QUALIFIED[qualifier], date=text) if qualifier else text


def _qualified_in_part(simple: Simple, words: Words) -> str:
    """Return a date of which some parts are uncertain or approximate, and which."""
    if _is_exact(simple) and simple.day is not None:
        shown = {
            "day": int(simple.day),
            "ordinal": words.ordinal(int(simple.day)),
            "month": _month(simple, words),
            "year": _year(simple, words),
        }
        if simple.qualifiers in ABOUT:
            return words(ABOUT[simple.qualifiers], **shown)
    if _is_exact(simple) and simple.month is not None and simple.qualifiers == ("~", ""):
        return words("date-month-about-year", month=_month(simple, words), year=_year(simple, words))
    names = ("year", "part" if simple.season is not None else "month", "day")
    text = _bare(simple, words)
    notes = [
        words(f"date-{'-'.join(named)}-{kind}")
        for sign, kind in KINDS.items()
        if (named := [name for name, own in zip(names, simple.qualifiers, strict=False) if own == sign])
    ]
    return words("date-and-notes", date=text, notes=_listed(notes, "date-comma", words))


def _part_of_year(simple: Simple, words: Words, *, inside: bool) -> str:
    """Return a season, quarter, third or half of a year."""
    code = simple.season or 0
    year = some_year(simple, words) if simple.is_unspecified else _year(simple, words)
    if code >= FIRST_OF_PARTS:
        key = "date-part-of-year-inside" if inside else "date-part-of-year"
        return words(key, part=words(f"date-part-{code}"), year=year)
    season = words(SEASONS[(code - 21) % 4 + 21])
    if code >= FIRST_OF_NORTH:
        season = words("date-southern" if code >= FIRST_OF_SOUTH else "date-northern", season=season)
    return words("date-season-of" if simple.is_unspecified else "date-season", season=season, year=year)


def _exact(simple: Simple, words: Words) -> str:
    year = _year(simple, words)
    if simple.significant is not None:
        start, end = (words.year(bound.year) for bound in (simple.earliest, simple.latest))
        return words("date-significant", year=year, start=start, end=end) if start != end else year
    if simple.month is None:
        return year
    if simple.day is None:
        return words("date-month", month=_month(simple, words), year=year)
    return words("date-day", day=int(simple.day), month=_month(simple, words), year=year)


def _year(simple: Simple, words: Words) -> str:
    return words.year(int(simple.year))


def _month(simple: Simple, words: Words) -> str:
    return words.month(int(simple.month or 1))


def time_of_day(time: TimeOfDay, words: Words) -> str:
    """Return a time in words: "about 20:20", "21:45–23:59"."""
    start = _clock(time.start, words)
    if time.end is None:
        return start
    return words("time-span", start=start, end=_clock(time.end, words))


def _clock(clock: Clock, words: Words) -> str:
    text = format_time(clock.time, "HH:mm:ss" if clock.has_seconds else "HH:mm", locale=words.locale)
    return words(QUALIFIED[clock.qualifier], date=text) if clock.qualifier else text


def event_time(event: Event, words: Words) -> str | None:
    """Return an event's time of day and what is said of it, or None if nothing is."""
    clock = time_of_day(event.time, words) if event.time else None
    if clock and event.time_note:
        return words("time-and-note", time=clock, note=event.time_note)
    return clock or event.time_note
