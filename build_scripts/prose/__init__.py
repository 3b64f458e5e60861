"""Check what is written: that every paragraph cites, names and dates agree with the data, marks are set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from build_scripts import files
from build_scripts.diagnostics import Diagnostic, Location
from build_scripts.model.dossier import Dossier
from build_scripts.prose import cited, dates, manuscript, marks, names
from build_scripts.prose.manuscript import Passage
from build_scripts.prose.texts import Text, entries
from build_scripts.source import Source

CHAPTERS = "book/chapters"


def check(dossier: Dossier, sources: Mapping[str, Source], folder: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong in the words of the chapters in `folder`/book/chapters and of the data."""
    passages: list[Passage] = []
    for path in (path for path in files.walk(folder / CHAPTERS) if path.suffix == ".rst"):
        text = files.read_inside(folder, path).decode("utf-8-sig", errors="replace")
        shown = path.relative_to(folder).as_posix()
        try:
            document = manuscript.parse(text, shown)
            yield from cited.check(document)
            passages.extend(manuscript.passages(document))
        except RecursionError:
            yield Diagnostic(Location(shown), "is nested too deep to be read; a few levels will do")
    yield from dates.check(dossier, passages)
    texts: list[Text] = [*passages, *entries(sources)]
    yield from marks.check(texts)
    yield from names.check(dossier, texts)
