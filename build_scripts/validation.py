"""Check a whole dossier, data and chapters together, and give it out only if nothing is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from build_scripts import manuscript, model, prose, words
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound, has_errors, strictly
from build_scripts.manuscript import Manuscript, book, records
from build_scripts.model import Dossier, Loaded
from build_scripts.nodes.plan import views
from build_scripts.pdf.coverage import needed, uncovered
from build_scripts.pdf.picture_files import picture_problem
from build_scripts.pdf.scripts import NAMES
from build_scripts.prose.texts import entries
from build_scripts.source import FORBIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Hold a dossier in which nothing is wrong, its chapters, and what is a matter of taste."""

    dossier: Dossier
    manuscript: Manuscript
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Hold a dossier as it was read, and what is wrong with it but for how it is worded."""

    loaded: Loaded
    manuscript: Manuscript
    problems: list[Diagnostic]

    def checked(self) -> Checked:
        """Return what is sound.

        Raises ProblemsFound with every problem.
        """
        if has_errors(self.problems) or self.loaded.dossier is None:
            raise ProblemsFound(self.problems)
        warnings = tuple(sorted(set(self.problems)))
        return Checked(dossier=self.loaded.dossier, manuscript=self.manuscript, warnings=warnings)


def load(folder: Path) -> Dossier:
    """Return the dossier in `folder`.

    Raises ProblemsFound with every problem of data and chapters, but for how they are worded.
    """
    return load_whole(folder).dossier


def load_whole(folder: Path) -> Checked:
    """Return the dossier in `folder` with its chapters.

    Raises ProblemsFound with every problem of data and chapters, but for how they are worded.
    """
    return _read(folder).checked()


def check(folder: Path) -> Checked:
    """Return the dossier in `folder` after the whole check, its prose among it.

    Raises ProblemsFound with every problem; a dossier that asks to be judged strictly has no mere warnings.
    """
    read = _read(folder)
    if not read.manuscript.unread:
        read.problems.extend(_check_glyphs(read.loaded, read.manuscript))
        if read.loaded.dossier is not None:
            read.problems.extend(prose.check(read.loaded.dossier, read.loaded.sources, read.manuscript))
    if read.loaded.dossier is not None and read.loaded.dossier.edition.strict:
        read.problems[:] = strictly(read.problems)
    return read.checked()


def _read(folder: Path) -> _Read:
    written = manuscript.read(folder)
    named = None if written.unread else {(one.scheme, one.target) for one in written.mentions}
    loaded = model.read(folder, named)
    problems = [*loaded.diagnostics, *written.unread, *book.check(written, folder, picture_problem)]
    dossier = loaded.dossier
    if dossier is not None:
        lost = model.broken(dossier, loaded.sources)
        problems.extend(records.check(dossier, written.mentions, lost))
        problems.extend(_check_language(dossier.edition.language, loaded))
        if not has_errors(loaded.diagnostics) and not written.unread:
            shown = views(dossier.plan) if dossier.plan is not None else ()
            places = {name: Location(source.path, 1) for name, source in loaded.sources.items()}
            places["edition"] = loaded.sources["edition"].location(("preface",))
            problems.extend(records.check_parts(dossier, written, shown, places))
    return _Read(loaded=loaded, manuscript=written, problems=problems)


def _check_language(language: str, loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield what is wrong with the catalog of the builder's words for the dossier's language."""
    place = loaded.sources["edition"].location(("language",))
    for problem in words.problems(language):
        yield Diagnostic(place, f"language '{language}' {problem}")


def _check_glyphs(loaded: Loaded, written: Manuscript) -> Iterator[Diagnostic]:
    """Yield the lines with characters that the typefaces of the book do not have."""
    for entry in entries(loaded.sources):
        yield from _lacking(entry.text, entry.location(0))
    for chapter in written.chapters:
        missing = uncovered(chapter.signs)
        lines = chapter.text.splitlines() if missing else []
        for number, line in enumerate(lines, start=1):
            yield from _lacking("".join(missing.intersection(line)), Location(chapter.path, number))
        for sign in missing.difference(chapter.text):
            yield from _lacking(sign, Location(chapter.path, chapter.signs[sign]))


def _lacking(text: str, place: Location) -> Iterator[Diagnostic]:
    if text.isascii():
        return
    # What may not stand in a dossier at all is said elsewhere.
    found = sorted(uncovered(set(text)) - set(FORBIDDEN.findall(text)))
    if found:
        first = f"'{found[0]}' (U+{ord(found[0]):04X} {unicodedata.name(found[0], 'unnamed')})"
        more = f" and {len(found) - 1} more such characters" if len(found) > 1 else ""
        yield Diagnostic(place, f"has {first}{more}, {_way_out(found[0])}")


def _way_out(character: str) -> str:
    """Say why a character cannot be printed, and what helps."""
    packages = needed(character)
    if not packages:
        return "which no typeface has; write it in other letters or signs"
    brings = "; ".join(f"the package {name} brings {NAMES[code]}" for name, code in packages.items())
    return f"which no typeface here has; {brings}: make fetches it when there is a network"
