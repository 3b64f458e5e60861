"""Find dates in the prose that contradict the event named beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel import Locale

from build_scripts.diagnostics import Diagnostic
from build_scripts.manuscript.chapter import Mention, Passage
from build_scripts.model.days import Day
from build_scripts.model.dossier import Dossier
from build_scripts.model.edtf import Edtf
from build_scripts.prose.texts import is_quoted

# The end of a sentence, or a mark beyond which another thing is told, with a date of its own.
CLAUSE_END = re.compile(r"[;:(–—]|(?<=[^\W_][\w”’)])[.!?][”’)]*(?=\s+[“‘(]?[\dA-ZÀ-Þ]|\s*$)")


LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Hold a date as written: day and month, or month and year, or all; a range of days runs to `last`."""

    start: int
    end: int
    text: str
    year: int | None
    month: int
    day: int | None
    last: int | None


class Calendar:
    """Find dates with a month in words, in the language of the dossier."""

    def __init__(self, language: str) -> None:
        names = Locale.parse(language, sep="-").months["format"]["wide"]
        # A month that is written small may begin a sentence; one with a capital is another word without it.
        self.months = {
            form: number for number, name in names.items() for form in (str(name), str(name).capitalize())
        }
        month = "|".join(map(re.escape, self.months))
        day, year, of = r"\d{1,2}", r"\d{4}", r"(?:\s+(?:de|of))?"
        between = r"(?:\s*[–-]\s*|\s+(?:to|and|or|a|y|o)\s+)"
        self.pattern = re.compile(
            rf"\b(?:(?P<day>{day})(?:{between}(?P<last>{day}))?\.?{of}\s+)?(?P<month>{month})\b"
            rf"(?:\s+(?P<after>{day})(?:{between}(?P<after_last>{day}))?\b(?!\d))?(?:,?{of}\s+(?P<year>{year})\b)?"
        )

    def dates(self, text: str) -> Iterator[Written]:
        """Yield the dates that have a day or a year beside their month."""
        for match in self.pattern.finditer(text):
            day, last = match["day"] or match["after"], match["last"] or match["after_last"]
            if day or match["year"]:
                yield Written(
                    start=match.start(),
                    end=match.end(),
                    text=" ".join(match[0].split()),
                    year=int(match["year"]) if match["year"] else None,
                    month=self.months[match["month"]],
                    day=int(day) if day else None,
                    last=int(last) if last else None,
                )


def check(dossier: Dossier, passages: Iterable[Passage]) -> Iterator[Diagnostic]:
    """Yield dates that stand in one clause with an event and lie more than a day outside its own."""
    calendar = Calendar(dossier.edition.language)
    events = dossier.by_scheme["event"]
    for passage in passages:
        if not any(mention.scheme == "event" for mention in passage.mentions):
            continue
        for start, end in clauses(passage.text):
            named = [one for one in passage.mentions if one.scheme == "event" and start <= one.start < end]
            written = [
                one
                for one in calendar.dates(passage.text[start:end])
                if not is_quoted(passage.text, start + one.start)
            ]
            if written and all(one.target in events for one in named):
                yield from _contradictions(dossier, passage, start, named, written)


def _contradictions(
    dossier: Dossier, passage: Passage, start: int, named: list[Mention], written: list[Written]
) -> Iterator[Diagnostic]:
    """Yield the events that none of a clause's dates fits, with the date that fits no event."""
    dates = {one.target: dossier.event(one.target).date for one in named}
    loose = [one for one in written if not any(fits(one, date) for date in dates.values())]
    for name, date in dates.items():
        if loose and not any(fits(one, date) for one in written):
            message = f"says '{loose[0].text}' of event '{name}', which is dated '{date}'"
            yield Diagnostic(passage.location(start + loose[0].start), message)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the clauses of a paragraph begin and end."""
    start = 0
    for match in CLAUSE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def fits(written: Written, date: Edtf) -> bool:
    """Check whether a written date may be a day of a date, or one beside it: clocks and calendars differ."""
    old = date.old_style
    if old is not None and (written.month, written.day) == (old.month, old.day):
        return written.year is None or abs(written.year - date.earliest.year) <= 1
    first_year, last_year = date.earliest.year, date.latest.year
    if written.year is not None:
        return _is_near(written, written.year, date)
    # A span of more than a year has every day of the calendar in it.
    return last_year - first_year > 1 or any(
        _is_near(written, year, date) for year in (first_year, last_year)
    )


def _is_near(written: Written, year: int, date: Edtf) -> bool:
    first = (year, written.month, written.day or 1)
    last = Day(year, written.month, written.last or written.day or LONGEST_MONTH)
    return date.earliest <= last.following() and first <= date.latest.following()
