"""Name places in the author's files and collect what is wrong there: errors, and warnings of taste."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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
    """Hold what is wrong at one place, in the words of the data's author.

    An error would make a product false, incomplete or broken; a warning is a matter of taste.
    """

    location: Location
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        return shown(f"{self.location}: {'warning: ' if self.is_warning else ''}{self.message}")


class WrongUsage(Exception):
    """Say what a command was asked that it cannot do."""


class ProblemsFound(Exception):
    """Carry every problem of a dossier at once; nothing is built."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__(self.report())

    def report(self) -> str:
        """Return the problems, a line each, and their count."""
        return "\n".join([*map(str, self.diagnostics), f"{_count(self.diagnostics)}; nothing was built"])


def strictly(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics with every warning turned into an error."""
    return [replace(one, is_warning=False) for one in diagnostics]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any diagnostic is more than a warning."""
    return not all(one.is_warning for one in diagnostics)


def warnings_report(warnings: Sequence[Diagnostic]) -> str:
    """Return warnings, a line each, and their count; nothing for none."""
    return "\n".join([*map(str, warnings), _count(warnings)]) if warnings else ""


def _count(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many problems and warnings there are, in words."""
    warnings = sum(one.is_warning for one in diagnostics)
    counts = (("problem", len(diagnostics) - warnings), ("warning", warnings))
    return " and ".join(f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in counts if n)


def shown(text: str) -> str:
    """Return a text of one line that cannot steer a terminal: what has no shape stands as its escape."""
    if text.isprintable():
        return text
    return "".join(map(_escaped, text))


def _escaped(sign: str) -> str:
    return sign if sign.isprintable() or unicodedata.category(sign) == "Zs" else ascii(sign)[1:-1]


def odd_letter(text: str) -> str:
    """Return the first character that is not ASCII as a reader cannot mistake it, or nothing."""
    odd = next((character for character in text if not character.isascii()), None)
    if odd is None:
        return ""
    letter = f"'{odd}' " if odd.isprintable() else ""
    return f"{letter}(U+{ord(odd):04X} {unicodedata.name(odd, 'unnamed')})"


def suggest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the nearest known word, the first of equally near ones, or nothing."""
    ordered = known if isinstance(known, Sequence | Mapping) else sorted(known)
    near = process.extractOne(
        word, list(ordered), scorer=fuzz.ratio, score_cutoff=ALIKE, processor=str.casefold
    )
    return f"; did you mean '{near[0]}'?" if near else ""
