"""Find where an author wrote what stands in a product; where two places fit equally, find nothing."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from build_scripts.diagnostics import Location
from build_scripts.manuscript import Manuscript
from build_scripts.manuscript.chapter import Passage
from build_scripts.manuscript.passages import PLACEHOLDER
from build_scripts.model import SCHEME_FILES
from build_scripts.model.marked import MarkedError, parse
from build_scripts.prose.texts import Entry, entries
from build_scripts.source import Source

# Addresses of links in data.
LINK = re.compile(r"\]\(<?((?i:https?:)[^\s<>]*)>?\)")
WEB = re.compile("(?i:https?|mailto):")
NAME = re.compile(r"[a-z0-9-]*")
SCHEMES = {file: scheme for scheme, file in SCHEME_FILES.items()}
# Fewer letters may well be the same by chance, or be the builder's own.
FEW = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a place in the author's files and, of data, the id of the record as the products have it."""

    location: Location
    anchor: str = ""

    @property
    def page(self) -> str:
        """Return the page of the book that a chapter becomes."""
        return self.location.path.removeprefix("book/").removesuffix(".rst")


class Origins:
    """Know the words of a dossier by what becomes of them."""

    def __init__(self, manuscript: Manuscript, sources: Mapping[str, Source], own: Iterable[str]) -> None:
        """Read data and chapters; `own` are the builder's words, which say nothing of where they stand."""
        self._own = {_letters(word) for word in own}
        self._typed: dict[str, set[Place]] = defaultdict(set)
        self._texts: dict[str, set[Place]] = defaultdict(set)
        self._passages: list[tuple[re.Pattern[str], int, Place]] = []
        for entry in entries(sources):
            self._add_entry(entry)
        for chapter in manuscript.chapters:
            for picture in chapter.pictures:
                self._typed[_address(picture.alt)].add(Place(Location(chapter.path, picture.alt_line)))
            for passage in chapter.passages:
                for address, line in passage.addresses:
                    self._typed[_address(address)].add(Place(Location(chapter.path, line)))
                pattern, size = _pattern(passage)
                self._passages.append((pattern, size, Place(passage.location(0))))

    def find(
        self, typed: Iterable[str], texts: Sequence[str], page: str | None, anchors: Collection[str]
    ) -> Location | None:
        """Return the place that a reading of a product comes from.

        What is typed as it stands tells most, then the widest text that is the whole of what somebody wrote.
        A page of the book holds the words of its own chapter and those of data, no others.
        """
        for found in (map(self._as_typed, typed), map(self._as_text, reversed(texts))):
            for places in found:
                fitting = {one for one in places if one.anchor or page in (None, one.page)}
                near = {one for one in fitting if one.anchor in anchors} or fitting
                locations = {one.location for one in near}
                if len(locations) == 1:
                    return locations.pop()
                if locations:
                    break
        return None

    def _add_entry(self, entry: Entry) -> None:
        place = Place(entry.location(0), _anchor(entry))
        if WEB.match(entry.text):
            self._typed[_address(entry.text)].add(place)
        elif not NAME.fullmatch(entry.text):
            for text in _paragraphs(entry.text):
                self._texts[_letters(text)].add(place)
            for match in LINK.finditer(entry.text):
                self._typed[_address(match[1])].add(place)

    def _as_typed(self, text: str) -> set[Place]:
        return self._typed.get(_address(text), set())

    def _as_text(self, text: str) -> set[Place]:
        letters = _letters(text)
        if len(letters) < FEW or letters in self._own:
            return set()
        found = {
            place
            for pattern, size, place in self._passages
            if 2 * size >= len(letters) and pattern.fullmatch(letters)
        }
        return found | self._texts.get(letters, set())


def _anchor(entry: Entry) -> str:
    """Return the id under which the products tell the record that a value belongs to."""
    first = entry.path[0] if entry.path else None
    record = entry.source.value[first] if isinstance(first, int) else None
    scheme = SCHEMES.get(entry.file)
    return (
        f"{scheme}-{record['id']}" if scheme and isinstance(record, dict) and "id" in record else entry.file
    )


def _paragraphs(text: str) -> Iterator[str]:
    """Yield a text as it is typed, and its paragraphs without marks."""
    yield text
    try:
        yield from parse(text).plain().split("\n\n")
    except MarkedError:
        return


def _pattern(passage: Passage) -> tuple[re.Pattern[str], int]:
    """Return what a passage becomes, and how many of its letters are certain.

    Where a record is named without words of the author's anything may stand, where a source is cited the
    number of a note.
    """
    notes = {mention.start for mention in passage.mentions if mention.start == mention.end}
    pieces, size = [], 0
    for position, sign in enumerate(f"{passage.text} "):
        if position in notes:
            pieces.append("[0-9]*")
        letters = _letters(sign)
        size += len(letters)
        pieces.append(".*" if sign == PLACEHOLDER else re.escape(letters))
    return re.compile("".join(pieces), re.DOTALL), size


def _letters(text: str) -> str:
    """Return letters and figures alone: hyphens, breaks, quotation marks and ligatures differ by product."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def _address(text: str) -> str:
    """Return what is typed as products have it: white space is none in an address, else a single space."""
    words = text.split()
    return unquote("".join(words)) if WEB.match(text) else " ".join(words)
