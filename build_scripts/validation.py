"""Check a whole dossier, data and chapters together, and give it out only if nothing is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from build_scripts import chapters, model, prose, words
from build_scripts.chapters import Named
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.model import Dossier, Loaded
from build_scripts.pdf.coverage import uncovered
from build_scripts.prose.texts import entries
from build_scripts.source import FORBIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Hold a dossier in which nothing is wrong, and what its chapters name."""

    dossier: Dossier
    named: tuple[Named, ...]


def load(folder: Path) -> Dossier:
    """Return the dossier in `folder`.

    Raises ProblemsFound with every problem of data and chapters, but for how they are worded.
    """
    loaded, _, problems = _read(folder)
    if problems or loaded.dossier is None:
        raise ProblemsFound(problems)
    return loaded.dossier


def check(folder: Path) -> Checked:
    """Return the dossier in `folder` after the whole check, its prose among it.

    Raises ProblemsFound with every problem.
    """
    loaded, named, problems = _read(folder)
    if not any(chapters.check_files(folder)):
        problems.extend(_check_glyphs(loaded, folder))
        if loaded.dossier is not None:
            problems.extend(prose.check(loaded.dossier, loaded.sources, folder))
    if problems or loaded.dossier is None:
        raise ProblemsFound(problems)
    return Checked(dossier=loaded.dossier, named=named)


def _read(folder: Path) -> tuple[Loaded, tuple[Named, ...], list[Diagnostic]]:
    named = tuple(chapters.mentions(folder))
    loaded = model.read(folder, {(one.scheme, one.target) for one in named})
    problems = [*loaded.diagnostics, *chapters.check_files(folder)]
    if loaded.dossier is not None:
        lost = model.broken(loaded.dossier, loaded.sources)
        problems.extend(chapters.check(loaded.dossier, named, lost))
        problems.extend(_check_language(loaded.dossier.edition.language, loaded))
    return loaded, named, problems


def _check_language(language: str, loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield what is wrong with the catalog of the builder's words for the dossier's language."""
    place = loaded.sources["edition"].location(("language",))
    for problem in words.problems(language):
        yield Diagnostic(place, f"language '{language}' {problem}")


def _check_glyphs(loaded: Loaded, folder: Path) -> Iterator[Diagnostic]:
    """Yield the lines with characters that the typefaces of the book do not have."""
    for entry in entries(loaded.sources):
        yield from _lacking(entry.text, entry.location(0))
    for chapter in chapters.read(folder):
        if uncovered(set(chapter.text)):
            for number, line in enumerate(chapter.text.splitlines(), start=1):
                yield from _lacking(line, Location(chapter.path, number))


def _lacking(text: str, place: Location) -> Iterator[Diagnostic]:
    if text.isascii():
        return
    # What may not stand in a dossier at all is said elsewhere.
    found = sorted(uncovered(set(text)) - set(FORBIDDEN.findall(text)))
    if found:
        first = f"'{found[0]}' (U+{ord(found[0]):04X} {unicodedata.name(found[0], 'unnamed')})"
        more = f" and {len(found) - 1} more such characters" if len(found) > 1 else ""
        yield Diagnostic(place, f"has {first}{more}, which the typefaces of the book do not have")
