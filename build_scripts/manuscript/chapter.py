"""Describe what one file of book/ says: its words, what they name, and how it hangs together with others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from build_scripts.diagnostics import Diagnostic, Location

INDEX = "index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Note that a chapter names a record, and where."""

    location: Location
    scheme: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Name a page of the book, as Sphinx does, and give its title."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Note that the characters from `start` to `end` name a record; where one is cited there are none."""

    start: int
    end: int
    scheme: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Hold the words of one paragraph, heading, cell or note, what they name, and where its lines begin.

    `addresses` are those that its links lead to, each with its line.
    """

    path: str
    text: str
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    addresses: tuple[tuple[str, int], ...] = ()

    def location(self, position: int) -> Location:
        """Return the line in which a character stands."""
        return Location(self.path, self.lines[bisect_right(self.starts, position) - 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Hold a directive that puts a part of the dossier into a page."""

    location: Location
    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Hold a picture: the path of its file from book/ as typed, and the words that stand for it."""

    location: Location
    path: str
    alt: str
    alt_line: int
    scaled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Hold a name that `:ref:` finds in the whole book; one without a title needs words in the reference."""

    location: Location
    name: str
    titled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Hold a reference to a label (`ref`) or a page (`doc`) of the book."""

    location: Location
    kind: str
    target: str
    worded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Hold a list of pages (toctree): the names of pages as Sphinx has them, or what else is listed."""

    location: Location
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Hold what one file says; `title` is its first heading, or its name where it has none.

    `signs` are the characters beyond ASCII that are shown, with the line of the block that has them first;
    `uncited` are the paragraphs and other blocks that cite no source; `problems` is what keeps the file from
    being set.
    """

    path: str
    name: str
    title: str
    text: str
    passages: tuple[Passage, ...]
    parts: tuple[Part, ...]
    pictures: tuple[Picture, ...]
    labels: tuple[Label, ...]
    pointers: tuple[Pointer, ...]
    listings: tuple[Listing, ...]
    signs: Mapping[str, int]
    uncited: tuple[Diagnostic, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def page(self) -> Page:
        """Return the page that the file becomes."""
        return Page(name=self.name, title=self.title)
