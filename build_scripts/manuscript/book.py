"""Check that the chapters make one book: each page stands in it once, and what they refer to is there."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from build_scripts.diagnostics import Diagnostic, Location, suggest
from build_scripts.manuscript import Manuscript
from build_scripts.manuscript.chapter import INDEX, Chapter, Label, Picture
from build_scripts.manuscript.files import NAME

Problem = Callable[[Path, Path], str | None]
"""Return what keeps the file of a picture in a folder from being shown, as the end of a sentence."""

# Labels that Sphinx gives to pages which a dossier does not have.
VIRTUAL = frozenset(("genindex", "modindex", "py-modindex", "search"))


def check(manuscript: Manuscript, folder: Path, picture_problem: Problem) -> Iterator[Diagnostic]:
    """Yield what is wrong between the chapters and with their pictures."""
    chapters = {chapter.name: chapter for chapter in manuscript.chapters}
    for chapter in manuscript.chapters:
        yield from chapter.problems
        for picture in chapter.pictures:
            yield from _picture(chapter, picture, folder / "book", picture_problem)
    if INDEX in chapters and not manuscript.unread:
        listed: dict[str, str] = {}
        yield from _listed(chapters, INDEX, (), listed)
        for name in sorted(chapters.keys() - listed.keys() - {INDEX}):
            place = Location(chapters[name].path)
            yield Diagnostic(place, f"is not in the book; add '{name}' to a toctree in book/index.rst")
    labels: dict[str, Label] = {}
    for chapter in manuscript.chapters:
        for label in chapter.labels:
            if label.name in labels:
                other = labels[label.name].location
                yield Diagnostic(label.location, f"the name '{label.name}' is given already at {other}")
            labels.setdefault(label.name, label)
    # What is not there may well stand in a chapter that could not be read.
    for chapter in manuscript.chapters if not manuscript.unread else ():
        yield from _pointers(chapter, chapters, labels)


def _listed(
    chapters: Mapping[str, Chapter], page: str, above: tuple[str, ...], listed: dict[str, str]
) -> Iterator[Diagnostic]:
    """Follow the lists of pages from the first page on; `listed` tells by which page each is listed."""
    if page not in chapters:
        return
    for listing in chapters[page].listings:
        place = listing.location
        for name in listing.pages:
            if "://" in name or name.startswith("mailto:") or name == "self":
                yield Diagnostic(place, f"lists '{name}', which is no page of the book")
            elif name not in chapters:
                message = f"lists '{name}', but there is no book/{name}.rst{_near(name, chapters)}"
                yield Diagnostic(place, message)
            elif name in (*above, page):
                yield Diagnostic(place, f"lists '{name}' below itself")
            elif listed.get(name, page) != page:
                yield Diagnostic(place, f"lists '{name}', which 'book/{listed[name]}.rst' lists already")
            elif name in listed:
                yield Diagnostic(place, f"lists '{name}' twice")
            else:
                listed[name] = page
                yield from _listed(chapters, name, (*above, page), listed)


def _pointers(
    chapter: Chapter, chapters: Mapping[str, Chapter], labels: Mapping[str, Label]
) -> Iterator[Diagnostic]:
    for pointer in chapter.pointers:
        name = pointer.target
        if not name:
            yield Diagnostic(pointer.location, f":{pointer.kind}: leads nowhere; name what it leads to")
        elif pointer.kind == "doc":
            page = posixpath.normpath(posixpath.join(f"/{chapter.name}", "..", name))[1:]
            if page not in chapters:
                message = f"there is no page '{name}'{_near(page, chapters)}"
                yield Diagnostic(pointer.location, message)
        elif name not in labels:
            hint = suggest(name, labels) or "; a label is written '.. _name:' above what it names"
            yield Diagnostic(pointer.location, f"there is no label '{name}'{hint}")
        elif not pointer.worded and not labels[name].titled:
            message = f"'{name}' has no heading or caption; write :ref:`words <{name}>`"
            yield Diagnostic(pointer.location, message)


def _near(name: str, known: Iterable[str]) -> str:
    """Return the page that may have been meant, by the last part of its name."""
    last = {page.rpartition("/")[2]: page for page in sorted(known)}
    return suggest(name.rpartition("/")[2], last)


def _picture(chapter: Chapter, picture: Picture, book: Path, problem: Problem) -> Iterator[Diagnostic]:
    alt = picture.alt.strip().lower()
    named = PurePosixPath(picture.path.lower())
    if not alt:
        yield Diagnostic(picture.location, "a picture without words that stand for it; give it an :alt:")
    elif alt in (named.name, named.stem) or not any(map(str.isalpha, alt)):
        message = f"the alt text '{picture.alt}' does not say what the picture shows"
        yield Diagnostic(picture.location, message)
    said = _file(chapter, picture, book, problem)
    if said:
        yield Diagnostic(picture.location, said)


def _file(chapter: Chapter, picture: Picture, book: Path, problem: Problem) -> str | None:
    typed = picture.path
    if _is_remote(typed):
        return f"image '{typed[:60]}' is not in the dossier; put its file below book/"
    path = book_path(chapter, picture)
    file = book / path
    if path.startswith("..") or not file.resolve().is_relative_to(book.resolve()):
        return f"image '{typed}' lies outside the book's folder"
    if not file.exists():
        names = (one.name for one in file.parent.iterdir()) if file.parent.is_dir() else ()
        return f"there is no image '{path}' below book/{suggest(file.name, sorted(names))}"
    if not NAME.fullmatch(file.name):
        return f"image '{path}' has a name that makes no address"
    if picture.scaled and file.suffix.lower() == ".svg":
        return f"image '{path}' has no size in pixels to be scaled; give its width"
    said = problem(file, book)
    return f"image '{path}' {said}" if said else None


def _is_remote(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


def book_path(chapter: Chapter, picture: Picture) -> str:
    """Return the path of a picture's file from book/."""
    if picture.path.startswith("/"):
        return posixpath.normpath(picture.path.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(chapter.name), picture.path))
