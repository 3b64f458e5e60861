"""Check what is written: that paragraphs cite and dates agree with the data; warn of names and marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_scripts.diagnostics import Diagnostic
from build_scripts.manuscript import Manuscript
from build_scripts.model.dossier import Dossier
from build_scripts.prose import dates, marks, names
from build_scripts.prose.texts import Text, entries
from build_scripts.source import Source


def check(dossier: Dossier, sources: Mapping[str, Source], manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Yield what is wrong in the words of the chapters and of the data."""
    passages = [passage for chapter in manuscript.chapters for passage in chapter.passages]
    for chapter in manuscript.chapters:
        yield from chapter.uncited
    yield from dates.check(dossier, passages)
    texts: list[Text] = [*passages, *entries(sources)]
    yield from marks.check(texts)
    yield from names.check(dossier, texts)
