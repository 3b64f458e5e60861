"""Times of day, and the offsets that were in force."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.model.days import Day
from build_scripts.model.times import TimeError, offset, parse, zone, zones

# string, seconds of the start, of the end, qualifier of the start, whether seconds were typed
TIMES = [
    ("00:00", 0, None, "", False),
    ("20:20", 73200, None, "", False),
    ("20:20~", 73200, None, "~", False),
    ("20:20?", 73200, None, "?", False),
    ("15:23:07", 55387, None, "", True),
    ("15:23:07~", 55387, None, "~", True),
    ("23:59:59", 86399, None, "", True),
    ("21:45/23:59", 78300, 86340, "", False),
    ("07:00/07:00", 25200, 25200, "", False),
    ("07:00~/08:30", 25200, 30600, "~", False),
]

NOT_TIMES = [
    ("", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("24:00", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("12:60", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("12:30:60", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("7:00", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("07.00", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("19:00 ", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("19:00\n", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("19:00%", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("evening", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("١٩:٠٠", "is not HH:MM or HH:MM:SS; put words into time_note"),
    ("19:00/", "has '', which is not HH:MM or HH:MM:SS; put words into time_note"),
    ("19:00/20:00/21:00", "has 3 ends; a range has two"),
    ("23:30/00:30", "ends before it starts; a time may not cross midnight, use an interval of dates"),
]


@pytest.mark.parametrize(("text", "start", "end", "qualifier", "has_seconds"), TIMES)
def test_a_time_has_a_start_and_perhaps_an_end(
    text: str, start: int, end: int | None, qualifier: str, has_seconds: bool
) -> None:
    time = parse(text)
    assert time.text == text
    assert time.start.seconds == start
    assert (time.end.seconds if time.end else None) == end
    assert (time.start.qualifier, time.start.has_seconds) == (qualifier, has_seconds)


@pytest.mark.parametrize(("text", "reason"), NOT_TIMES)
def test_what_is_not_a_time_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(TimeError) as error:
        parse(text)
    assert str(error.value).startswith(reason)


@given(st.times())
def test_every_second_of_the_day_can_be_told(time: dt.time) -> None:
    whole = time.replace(microsecond=0)
    assert parse(whole.isoformat()).start.time == whole


@given(st.text("0123456789:/~?", max_size=12) | st.text(max_size=8))
def test_any_text_is_a_time_or_gives_a_reason(text: str) -> None:
    try:
        parse(text)
    except TimeError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("day", "timezone", "hours"),
    [
        (Day(1997, 4, 22), "America/Lima", -5.0),
        (Day(1987, 1, 15), "America/Lima", -4.0),
        (Day(1997, 4, 22), "Asia/Tokyo", 9.0),
        (Day(1950, 7, 1), "Asia/Tokyo", 10.0),
        (Day(1911, 8, 21), "Europe/Paris", 0.0),
        (Day(1997, 7, 1), "Europe/London", 1.0),
        (Day(1997, 1, 1), "Europe/London", 0.0),
        (Day(9999, 12, 31), "UTC", 0.0),
    ],
)
def test_the_offset_is_that_of_the_day(day: Day, timezone: str, hours: float) -> None:
    assert offset(day, parse("12:30").start, timezone) == dt.timedelta(hours=hours)


def test_a_year_before_1_has_no_offset() -> None:
    assert offset(Day(0, 12, 31), parse("12:30").start, "Europe/Rome") is None


def test_the_zones_are_those_of_the_package_whatever_the_system_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    assert {"UTC", "America/Lima", "Asia/Tokyo"} <= zones()
    assert all(zone(name).key == name for name in zones())
