"""Read the chapters of a dossier: every file of book/ once, by docutils, into frozen records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from build_scripts.diagnostics import Diagnostic
from build_scripts.manuscript import files, reader
from build_scripts.manuscript.chapter import Chapter, Named, Page


@dataclass(frozen=True)
class Manuscript:
    """Hold the chapters in the order of their paths, and what keeps files of book/ from being read."""

    chapters: tuple[Chapter, ...]
    unread: tuple[Diagnostic, ...] = ()

    @cached_property
    def mentions(self) -> tuple[Named, ...]:
        """Return what the chapters name, with its place."""
        return tuple(found for chapter in self.chapters for found in _mentions(chapter))

    @cached_property
    def naming(self) -> Mapping[tuple[str, str], tuple[Page, ...]]:
        """Return the pages that name each record, by scheme and id."""
        found: dict[tuple[str, str], dict[str, Page]] = {}
        for chapter in self.chapters:
            for one in _mentions(chapter):
                found.setdefault((one.scheme, one.target), {})[chapter.name] = chapter.page
        return {record: tuple(pages.values()) for record, pages in found.items()}


def read(folder: Path) -> Manuscript:
    """Return the manuscript of the dossier in `folder`."""
    unread = list(files.check(folder))
    texts: list[tuple[str, str]] = []
    found = files.paths(folder)
    for path in found:
        text, problems = files.read(path, folder)
        unread += problems
        if text is not None:
            texts.append((path.relative_to(folder).as_posix(), text))
    pages = frozenset(page_name(path.relative_to(folder).as_posix()) for path in found)
    chapters = tuple(reader.read(path, page_name(path), text, pages) for path, text in texts)
    return Manuscript(chapters=chapters, unread=tuple(unread))


def page_name(path: str) -> str:
    """Return the name of the page that a file of book/ becomes."""
    return path.removeprefix("book/").removesuffix(".rst")


def _mentions(chapter: Chapter) -> Iterator[Named]:
    for passage in chapter.passages:
        for one in passage.mentions:
            yield Named(location=passage.location(one.start), scheme=one.scheme, target=one.target)
    for part in chapter.parts:
        if part.name == "series":
            for name in part.arguments:
                yield Named(location=part.location, scheme="series", target=name)
