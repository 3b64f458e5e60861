"""Find the files of chapters in a dossier and read their text; nothing outside the dossier is opened."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from build_scripts.diagnostics import Diagnostic, Location
from build_scripts.files import MEGABYTE, Unreadable, read_inside, walk
from build_scripts.source import NOT_UTF_8, text_problems

FIRST = "index.rst"
# Files that an author may take for chapters.
TEXTS = frozenset((".rst", ".rest", ".md", ".markdown", ".txt", ".adoc", ".docx", ".odt"))
# A page's name is its address on the site and in the EPUB, where these pages are there already.
NAME = re.compile(r"[\w-]+(?:\.[\w-]+)*")
TAKEN = frozenset(f"book/{name}.rst" for name in ("colophon", "cover", "nav", "search", "genindex"))
# A line that a reader writes, and a book that a person writes, are far shorter.
LIMIT = 5 * MEGABYTE


def paths(folder: Path) -> list[Path]:
    """Return the paths of the chapters in `folder`/book, in their order."""
    return sorted(path for path in walk(folder / "book") if path.suffix == ".rst")


def check(folder: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the folder of chapters and the names in it."""
    book = folder / "book"
    if not book.is_dir():
        yield Diagnostic(Location("book"), "there is no such folder; a dossier has its chapters in book/")
        return
    first = book / FIRST
    if first.is_dir() and not first.is_symlink():
        yield Diagnostic(Location(f"book/{FIRST}"), "is a folder, not a file")
    elif not os.path.lexists(first):
        yield Diagnostic(Location(f"book/{FIRST}"), "is missing; it names the chapters in their order")
    for path in walk(book):
        if path.suffix.lower() in TEXTS and path.suffix != ".rst":
            place = Location(path.relative_to(folder).as_posix())
            yield Diagnostic(place, "is not read; the name of a chapter ends in .rst")
    for path in paths(folder):
        shown = path.relative_to(folder).as_posix()
        for name in shown.removesuffix(".rst").split("/"):
            if not NAME.fullmatch(name):
                message = f"the name '{name}' makes no address; use letters, digits, hyphens and underscores"
                yield Diagnostic(Location(shown), message)
        if shown in TAKEN:
            yield Diagnostic(Location(shown), "the builder makes a page of this name; give it another")


def read(path: Path, folder: Path) -> tuple[str | None, list[Diagnostic]]:
    """Return the text of a file, None if it cannot be read, and what is wrong with its characters."""
    shown = path.relative_to(folder).as_posix()
    try:
        data = read_inside(folder, path, LIMIT)
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except Unreadable as error:
        return None, [Diagnostic(Location(shown), str(error))]
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Diagnostic(Location(shown, line), NOT_UTF_8)]
    if not text.strip():
        return None, [Diagnostic(Location(shown, 1), "is empty")]
    found = [Diagnostic(Location(shown, line), message) for line, message in text_problems(text)]
    return (None if found else text), found
