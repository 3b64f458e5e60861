"""Dates: one table of strings and bounds, laws, and another implementation as the judge."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from build_scripts.model.days import FIRST_DAY, LAST_DAY, Day, day_at, from_julian
from build_scripts.model.days import days as count
from build_scripts.model.edtf import Edtf, EdtfError, Hemisphere, Kind, Simple
from build_scripts.model.edtf_parser import parse

FIRST, LAST = tuple(FIRST_DAY), tuple(LAST_DAY)

# string, earliest, latest, whether a time of day may stand beside it
DATES = [
    # level 0
    ("1997-04-22", (1997, 4, 22), (1997, 4, 22), True),
    ("1997-04", (1997, 4, 1), (1997, 4, 30), False),
    ("1996-02", (1996, 2, 1), (1996, 2, 29), False),
    ("1997", (1997, 1, 1), (1997, 12, 31), False),
    ("0000", (0, 1, 1), (0, 12, 31), False),
    ("0000-02-29", (0, 2, 29), (0, 2, 29), True),
    ("9999-12-31", (9999, 12, 31), (9999, 12, 31), True),
    ("1996-12-17/1997-04-22", (1996, 12, 17), (1997, 4, 22), False),
    ("1997-04-22/1997-04-22", (1997, 4, 22), (1997, 4, 22), False),
    ("1996/1997-04", (1996, 1, 1), (1997, 4, 30), False),
    # level 1: qualifiers, which move no bound
    ("1997-04-22?", (1997, 4, 22), (1997, 4, 22), True),
    ("1997-04-22~", (1997, 4, 22), (1997, 4, 22), True),
    ("1997-04~", (1997, 4, 1), (1997, 4, 30), False),
    ("1984%", (1984, 1, 1), (1984, 12, 31), False),
    ("1996~/1997-04?", (1996, 1, 1), (1997, 4, 30), False),
    # level 1: years before year 0
    ("-0044-03-15", (-44, 3, 15), (-44, 3, 15), True),
    ("-9999", (-9999, 1, 1), (-9999, 12, 31), False),
    ("-0004-02-29", (-4, 2, 29), (-4, 2, 29), True),
    # level 1: seasons
    ("1997-21", (1997, 3, 1), (1997, 5, 31), False),
    ("1997-22~", (1997, 6, 1), (1997, 8, 31), False),
    ("1997-23", (1997, 9, 1), (1997, 11, 30), False),
    ("1997-24", (1997, 12, 1), (1998, 2, 28), False),
    ("1995-24", (1995, 12, 1), (1996, 2, 29), False),
    ("9999-24", (9999, 12, 1), (10000, 2, 29), False),
    # level 1: unspecified digits from the right
    ("199X", (1990, 1, 1), (1999, 12, 31), False),
    ("19XX", (1900, 1, 1), (1999, 12, 31), False),
    ("1997-XX", (1997, 1, 1), (1997, 12, 31), False),
    ("1996-02-XX", (1996, 2, 1), (1996, 2, 29), False),
    ("1997-XX-XX", (1997, 1, 1), (1997, 12, 31), False),
    # level 1: ends that are open (reach as far as dates do) or unknown (as far as the other end)
    ("1997-04/..", (1997, 4, 1), LAST, False),
    ("../1997-04", FIRST, (1997, 4, 30), False),
    ("1997-04/", (1997, 4, 1), (1997, 4, 30), False),
    ("/1997", (1997, 1, 1), (1997, 12, 31), False),
    # level 2: unspecified digits anywhere
    ("1911-08-2X", (1911, 8, 20), (1911, 8, 29), False),
    ("1911-02-2X", (1911, 2, 20), (1911, 2, 28), False),
    ("1911-XX-31", (1911, 1, 31), (1911, 12, 31), False),
    ("1911-1X-3X", (1911, 10, 30), (1911, 12, 31), False),
    ("1X11", (1011, 1, 1), (1911, 12, 31), False),
    ("19X1-02", (1901, 2, 1), (1991, 2, 28), False),
    ("XXXX-02-29", (0, 2, 29), (9996, 2, 29), False),
    ("XXXX", (0, 1, 1), (9999, 12, 31), False),
    ("-004X", (-49, 1, 1), (-40, 12, 31), False),
    ("-000X", (-9, 1, 1), (-1, 12, 31), False),
    ("199X-21", (1990, 3, 1), (1999, 5, 31), False),
    # level 2: one of a set, all of a set
    ("[1938,1939]", (1938, 1, 1), (1939, 12, 31), False),
    ("[1939,1938-05-01]", (1938, 5, 1), (1939, 12, 31), False),
    ("[1997-04-22]", (1997, 4, 22), (1997, 4, 22), False),
    ("{1960,1961-12}", (1960, 1, 1), (1961, 12, 31), False),
    ("[1667,1668,1670..1672]", (1667, 1, 1), (1672, 12, 31), False),
    ("[..1984]", FIRST, (1984, 12, 31), False),
    ("{1984-10-10..}", (1984, 10, 10), LAST, False),
    ("[1667, 1668]", (1667, 1, 1), (1668, 12, 31), False),
    # level 2: qualifiers of parts, which move no bound
    ("2004-06~-11", (2004, 6, 11), (2004, 6, 11), True),
    ("?2004-06-~11", (2004, 6, 11), (2004, 6, 11), True),
    ("?1997", (1997, 1, 1), (1997, 12, 31), False),
    ("2004-06-~01/2004-06-~20", (2004, 6, 1), (2004, 6, 20), False),
    # level 2: seasons of a hemisphere, quarters, quadrimesters, semestrals
    ("2001-25", (2001, 3, 1), (2001, 5, 31), False),
    ("2001-28", (2001, 12, 1), (2002, 2, 28), False),
    ("2001-29", (2001, 9, 1), (2001, 11, 30), False),
    ("2001-30", (2001, 12, 1), (2002, 2, 28), False),
    ("2001-32", (2001, 6, 1), (2001, 8, 31), False),
    ("2001-33", (2001, 1, 1), (2001, 3, 31), False),
    ("2001-36", (2001, 10, 1), (2001, 12, 31), False),
    ("2001-38", (2001, 5, 1), (2001, 8, 31), False),
    ("2001-41", (2001, 7, 1), (2001, 12, 31), False),
    # level 2: years of more than four digits, exponents, significant digits
    ("Y17000", (17000, 1, 1), (17000, 12, 31), False),
    ("Y-17E7", (-170000000, 1, 1), (-170000000, 12, 31), False),
    ("1950S2", (1900, 1, 1), (1999, 12, 31), False),
    ("-1950S2", (-1999, 1, 1), (-1900, 12, 31), False),
    ("0079S3", (70, 1, 1), (79, 12, 31), False),
    ("Y3388E2S3", (338000, 1, 1), (338999, 12, 31), False),
    # days of the Julian calendar
    ("1731/32-02-05 OS", (1732, 2, 16), (1732, 2, 16), True),
    ("1708/9-01-02~ OS", (1709, 1, 13), (1709, 1, 13), True),
    ("1917-10-25 OS", (1917, 11, 7), (1917, 11, 7), True),
    ("1700-02-29 OS", (1700, 3, 11), (1700, 3, 11), True),
]

# string, what its author reads
NOT_DATES = [
    ("", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("97", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("1997-4-22", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("22.4.1997", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("1997-04-22T15:23", "has a time of day; the date has the day alone, the time goes under 'time'"),
    ("1997-04-22 ", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("1997-04-22\n", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("١٩٩٧", "has '١' (U+0661), which no date has"),
    ("1997u", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("199x", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("1997?~", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("17000", "is not YYYY, YYYY-MM or YYYY-MM-DD; a year of more than four digits is written Y17000"),
    ("Y17000-05", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("Y1984", "has Y before a year of four digits; leave it out"),
    ("Y1E13", "has a year of more than 12 digits"),
    ("1950S0", "has S0; of its year 1 to 4 digits can be significant"),
    ("1950S5", "has S5; of its year 1 to 4 digits can be significant"),
    ("1731/32-02-05", "looks like a double date; an Old Style day is written 1731/32-02-05 OS"),
    ("1731 OS", "is not an Old Style day such as 1731/32-02-05 OS or 1917-10-25 OS"),
    ("1731/33-02-05 OS", "has the years 1731/33, which do not follow each other"),
    ("1731/32-03-25 OS", "has two years; only days before 25 March"),
    ("1731-02-29 OS", "is a day that is not in the Julian calendar"),
    ("19970422", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("-0000", "has the year -0000; the year before 0001 is 0000"),
    ("1997-13", "has month 13; months are 01 to 12, seasons and other parts of a year 21 to 41"),
    ("1997-00", "has month 00; months"),
    ("1997-20", "has month 20; months"),
    ("1997-42", "has month 42; months"),
    ("1997-2X", "has month 2X; months"),
    ("1997-04-31", "is a day that is not in the calendar"),
    ("1997-02-29", "is a day that is not in the calendar"),
    ("1900-02-29", "is a day that is not in the calendar"),
    ("XXXX-02-3X", "is a day that is not in the calendar"),
    ("1997-04-32", "has day 32; days are 01 to 31"),
    ("1997-04-00", "has day 00; days"),
    ("1997-04-4X", "has day 4X; days"),
    ("1997-21-01", "has a day in season 21; a season has no days"),
    ("1997/1996", "ends ('1996') before it starts ('1997')"),
    ("1997-04-22/1997-04-21", "ends ('1997-04-21') before it starts ('1997-04-22')"),
    ("[1984..1983]", "ends ('1983') before it starts ('1984')"),
    ("1996/1997/1998", "has 3 ends; an interval has two"),
    ("../..", "has no date at either end"),
    ("/", "has no date at either end"),
    ("[..]", "has no date at either end"),
    ("[1938,1939", "opens a set with '[' but does not close it with ']'"),
    ("{1938,1939]", "opens a set with '{' but does not close it with '}'"),
    ("[", "opens a set with '['"),
    ("[1938,]", "has '', which is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("[1938,1939-13]", "has '1939-13', which has month 13; months are 01 to 12"),
    ("1997/1997-02-29", "has '1997-02-29', which is a day that is not in the calendar"),
    ("[]", "has '', which is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("[1938 1939]", "has '1938 1939', which is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("1938,1939", "is not YYYY, YYYY-MM or YYYY-MM-DD"),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "is_day"), DATES)
def test_a_date_has_bounds(text: str, earliest: Day, latest: Day, is_day: bool) -> None:
    date = parse(text)
    assert (date.earliest, date.latest, date.is_day) == (earliest, latest, is_day)


@pytest.mark.parametrize(("text", "reason"), NOT_DATES)
def test_what_is_not_a_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(EdtfError) as error:
        parse(text)
    assert str(error.value).startswith(reason)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1997-21", (1997, 9, 1), (1997, 11, 30)),
        ("1997-22", (1997, 12, 1), (1998, 2, 28)),
        ("1997-23", (1997, 3, 1), (1997, 5, 31)),
        ("1997-24", (1997, 6, 1), (1997, 8, 31)),
        ("[1995-22,1997]", (1995, 12, 1), (1997, 12, 31)),
        ("1997-04", (1997, 4, 1), (1997, 4, 30)),
    ],
)
def test_seasons_move_by_six_months_in_the_south(text: str, earliest: Day, latest: Day) -> None:
    date = parse(text, Hemisphere.SOUTH)
    assert (date.earliest, date.latest) == (earliest, latest)


def test_seasons_of_a_hemisphere_and_other_parts_of_a_year_move_nowhere() -> None:
    for season in range(25, 42):
        north, south = (parse(f"1997-{season}", hemisphere) for hemisphere in Hemisphere)
        assert (north.earliest, north.latest) == (south.earliest, south.latest)


@pytest.mark.parametrize(
    ("text", "qualifiers", "together"),
    [
        ("2004-06-11%", ("%", "%", "%"), "%"),
        ("2004-06~-11", ("~", "~", ""), "~"),
        ("2004?-06-11", ("?", "", ""), "?"),
        ("?2004-06-~11", ("?", "", "~"), "%"),
        ("2004-%06-11", ("", "%", ""), "%"),
        ("2004?-06~", ("%", "~"), "%"),
        ("2001-~34", ("", "~"), "~"),
    ],
)
def test_a_qualifier_belongs_to_what_is_left_of_it_or_to_the_part_that_it_stands_before(
    text: str, qualifiers: tuple[str, ...], together: str
) -> None:
    (simple,) = parse(text).members
    assert isinstance(simple, Simple)
    assert (simple.qualifiers, simple.qualifier) == (qualifiers, together)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("[..1797]", None, (1797, 12, 31)),
        ("/1797", None, (1797, 12, 31)),
        ("[1801..,1799]", (1799, 1, 1), None),
        ("1801/", (1801, 1, 1), None),
        ("XXXX-12-25", None, None),
        ("XXXX/2000", None, (2000, 12, 31)),
        ("-XXXX", None, (-1, 12, 31)),
        ("1XXX", (1000, 1, 1), (1999, 12, 31)),
    ],
)
def test_what_is_not_known_of_a_date_is_not_given_a_day(text: str, first: Day, last: Day) -> None:
    assert (parse(text).first, parse(text).last) == (first, last)


@given(st.dates(dt.date(4, 1, 1)), st.integers(-400, 400))
def test_the_julian_calendar_counts_the_same_days(date: dt.date, era: int) -> None:
    # Zeller's congruence for either calendar: a day has one name of the week.
    here = from_julian(date.year, date.month, date.day) or Day(date.year, date.month, date.day)
    month = (date.month - 3) % 12 + 3
    year = date.year - (month > 12)
    julian = (date.day + 13 * (month + 1) // 5 + year + year // 4 + 5) % 7
    assert count(here) % 7 == julian
    assert day_at(count(here) + era * 146097) == Day(here.year + era * 400, here.month, here.day)


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("1797", "1798", True),
        ("1797", "1797-06", False),
        ("[..1797]", "1798", True),
        ("1797/", "1798", False),
        ("1797/..", "1798", False),
        ("1797", "/1799", False),
        ("XXXX", "1798", False),
        ("-0050", "XXXX", False),
        ("-XXXX", "0005", True),
    ],
)
def test_a_date_is_before_another_only_where_both_ends_are_known(one: str, other: str, before: bool) -> None:
    assert parse(one).is_before(parse(other)) is before


def test_a_date_says_how_its_members_belong_together() -> None:
    kinds = {text: parse(text).kind for text in ("1997", "1997/1998", "[1997,1998]", "{1997,1998}")}
    assert list(kinds.values()) == [Kind.DATE, Kind.INTERVAL, Kind.ONE_OF, Kind.ALL_OF]


def test_a_hostile_date_takes_no_time() -> None:
    for text in (
        "XXXX-XX-4X",
        "XXXX-02-3X",
        "-XXXX-02-30",
        "X" * 100_000,
        "1" * 100_000,
        f"Y1E{'9' * 100_000}",
        f"1950S{'9' * 100_000}",
        "[" * 100_000,
        "1997/" * 100_000,
    ):
        with pytest.raises(EdtfError):
            parse(text)
    assert len(parse(f"[{','.join(['1997'] * 10_000)}]").members) == 10_000


def masked(digits: str, mask: int) -> str:
    """Put an X in the place of each digit whose bit is set."""
    return "".join("X" if mask >> place & 1 else digit for place, digit in enumerate(digits))


# No day after the 28th, so that every pattern has a day in every year.
years = st.builds(lambda year: f"{year:04d}", st.integers(0, 9999)) | st.builds(
    lambda year: f"-{year:04d}", st.integers(1, 9999)
)
months = st.builds(lambda month: f"-{month:02d}", st.integers(1, 12))
days = st.builds(lambda day: f"-{day:02d}", st.integers(1, 28)) | st.just("-XX")
qualifiers = st.sampled_from(["", "?", "~", "%"])
seasons = st.builds(lambda year, season: f"{year}-{season}", years, st.integers(21, 41))
decades = st.builds(lambda year: f"{year[:-1]}X", years)
plain = years | decades | st.builds("".join, st.tuples(years, months) | st.tuples(years, months, days))
simple = st.builds(lambda date, qualifier: date + qualifier, plain | seasons, qualifiers)
intervals = st.builds(lambda *ends: "/".join(ends), simple | st.sampled_from(["", ".."]), simple)
sets = st.builds(
    lambda brackets, members: f"{brackets[0]}{','.join(members)}{brackets[1]}",
    st.sampled_from(["[]", "{}"]),
    st.lists(simple, min_size=1, max_size=4),
)
hemispheres = st.sampled_from(Hemisphere)


def parsed(text: str, hemisphere: Hemisphere = Hemisphere.NORTH) -> Edtf | None:
    """Return the date, or None for an interval that ends before it starts."""
    try:
        return parse(text, hemisphere)
    except EdtfError as error:
        assert "before it starts" in str(error)
        return None


@given(simple | intervals | sets, hemispheres)
def test_no_date_ends_before_it_begins(text: str, hemisphere: Hemisphere) -> None:
    date = parsed(text, hemisphere)
    if date:
        assert FIRST_DAY <= date.earliest <= date.latest <= LAST_DAY


@given(simple | intervals | sets, hemispheres)
def test_reading_what_was_written_changes_nothing(text: str, hemisphere: Hemisphere) -> None:
    date = parsed(text, hemisphere)
    if date:
        assert str(date) == text
        assert parse(str(date), hemisphere) == date


@given(st.lists(st.dates(), min_size=2))
def test_days_sort_as_the_calendar_has_them(dates: list[dt.date]) -> None:
    by_bounds = sorted(dates, key=lambda date: parse(date.isoformat()).earliest)
    assert by_bounds == sorted(dates)


@given(st.dates(), st.integers(1, 0xFF))
def test_a_pattern_embraces_every_day_that_it_can_mean(date: dt.date, mask: int) -> None:
    digits = f"{date.year:04d}{date.month:02d}{date.day:02d}"
    pattern = masked(digits, mask)
    found = parse(f"{pattern[:4]}-{pattern[4:6]}-{pattern[6:]}")
    assert found.earliest <= (date.year, date.month, date.day) <= found.latest
    for bound in (found.earliest, found.latest):
        shown = f"{bound.year:04d}{bound.month:02d}{bound.day:02d}"
        assert all(sign in ("X", digit) for sign, digit in zip(pattern, shown, strict=True))
        assert bound.day <= calendar.monthrange(2000 + bound.year % 400, bound.month)[1]


@given(st.dates(max_value=dt.date(9999, 12, 30)))
def test_the_following_day_is_the_calendar_s(date: dt.date) -> None:
    tomorrow = date + dt.timedelta(days=1)
    assert Day(date.year, date.month, date.day).following() == (tomorrow.year, tomorrow.month, tomorrow.day)


@given(st.text("0123456789X-/.,[]{}?~%", max_size=24) | st.text(max_size=12))
def test_any_text_is_a_date_or_gives_a_reason(text: str) -> None:
    try:
        date = parse(text)
    except EdtfError as error:
        assert str(error)
    else:
        assert date.earliest <= date.latest


def by_the_judge(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the bounds that the `edtf` package gives; what it cannot read it does not judge."""
    try:
        date = parse_edtf(text)
    except EDTFParseException:
        reject()
    return tuple(date.lower_strict()[:3]), tuple(date.upper_strict()[:3])


# Left out, since edtf 5.0 ends winter on 31 December, invents ten years for an unknown end, turns decades
# before year 0 round, and raises errors for open ends and for single unspecified digits in months and days.
judged = st.builds(lambda date, qualifier: date + qualifier, plain, qualifiers).filter(
    lambda date: not (date.startswith("-") and "X" in date)
)
closed = st.builds(lambda start, end: f"{start}/{end}", judged, judged)
judged_sets = st.builds(lambda members: f"[{','.join(members)}]", st.lists(judged, min_size=2, max_size=3))


@settings(max_examples=40)
@given(judged | closed | judged_sets)
def test_the_edtf_package_finds_the_same_bounds(text: str) -> None:
    date = parsed(text)
    if date:
        assert (date.earliest, date.latest) == by_the_judge(text)


@pytest.mark.parametrize(
    "text",
    ["1997-21", "1997-22", "1997-23", "1560-XX-25", "15XX-12-25", "XXXX-12-XX", "1X99", "{1960..1965}"],
)
def test_the_edtf_package_agrees_on_the_rarer_forms(text: str) -> None:
    date = parse(text)
    assert (date.earliest, date.latest) == by_the_judge(text)
