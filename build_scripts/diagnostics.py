"""Name places in the author's files and collect what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

# Percent of characters in common, in order, from which on a word may be a slip for another.
ALIKE = 60


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Point at a line of a file; line 0 stands for the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """Say what is wrong at one place, in the words of the data's author."""

    location: Location
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


class WrongUsage(Exception):
    """Say what a command was asked that it cannot do."""


class ProblemsFound(Exception):
    """Carry every problem of a dossier at once; nothing is built."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__(self.report())

    def report(self) -> str:
        """Return the problems, a line each, and their count."""
        count = len(self.diagnostics)
        noun = "problem" if count == 1 else "problems"
        return "\n".join([*map(str, self.diagnostics), f"{count} {noun}; nothing was built"])


def suggest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the nearest known word, the first of equally near ones, or nothing."""
    ordered = known if isinstance(known, Sequence | Mapping) else sorted(known)
    near = process.extractOne(word, list(ordered), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return f"; did you mean '{near[0]}'?" if near else ""
