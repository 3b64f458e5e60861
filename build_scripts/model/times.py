"""Parse times of day (`20:20~`, `21:45/23:59`) and turn local times into offsets from UTC."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from build_scripts.model.days import Day

CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?([?~]?)")
# The package, not the system's database, so that offsets are the same on every machine.
TZDATA = resources.files("tzdata")


class TimeError(ValueError):
    """Say why a text is not a time of day, in words for its author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Hold one reading of the clock; `qualifier` is "", "?" or "~"; `has_seconds` tells how it was typed."""

    seconds: int
    has_seconds: bool
    qualifier: str

    @property
    def time(self) -> dt.time:
        """Return the reading as a time of day."""
        return (dt.datetime.min + dt.timedelta(seconds=self.seconds)).time()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay:
    """Hold a time or a range of times within one day."""

    text: str
    start: Clock
    end: Clock | None = None


def parse(text: str) -> TimeOfDay:
    """Return the time that `text` denotes.

    Raises TimeError with the reason if it denotes none.
    """
    parts = text.split("/")
    if len(parts) > 2:
        raise TimeError(f"has {len(parts)} ends; a range has two")
    start, *ends = [_parse_clock(part, text) for part in parts]
    end = ends[0] if ends else None
    if end is not None and end.seconds < start.seconds:
        raise TimeError("ends before it starts; a time may not cross midnight, use an interval of dates")
    return TimeOfDay(text=text, start=start, end=end)


def _parse_clock(text: str, whole: str) -> Clock:
    match = CLOCK.fullmatch(text)
    if match is None:
        part = "" if text == whole else f"has '{text}', which "
        raise TimeError(f"{part}is not HH:MM or HH:MM:SS; put words into time_note")
    hours, minutes, seconds, qualifier = match.groups()
    total = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    return Clock(seconds=total, has_seconds=seconds is not None, qualifier=qualifier)


@cache
def zones() -> frozenset[str]:
    """Return the names of the IANA time zones."""
    return frozenset((TZDATA / "zones").read_text("utf-8").split())


@cache
def zone(name: str) -> ZoneInfo:
    """Return the time zone of that IANA name."""
    with (TZDATA / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def offset(day: Day, clock: Clock, timezone: str) -> dt.timedelta | None:
    """Return the offset from UTC in force at a local time, or None for a year that Python cannot hold."""
    if not dt.MINYEAR <= day.year <= dt.MAXYEAR:
        return None
    return dt.datetime.combine(dt.date(*day), clock.time, zone(timezone)).utcoffset()
