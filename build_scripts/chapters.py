"""Find in the chapters' source what they name and cite, without building the book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from build_scripts.diagnostics import Diagnostic, Location, suggest
from build_scripts.model.dossier import Dossier

ROLES = ("person", "org", "event", "account", "term", "room", "phase", "series", "cite")
ROLE = re.compile(rf":(?:dossier:)?({'|'.join(ROLES)}):`([^`]+)`")
TITLED = re.compile(r"(?s)(.*?)\s*<([^<>]+)>")
HEADING = re.compile(r"(?m)^(\S.*)\n([=\-~^\"'`*+#.:_])\2{2,}[ \t]*$")
SERIES = re.compile(r"(?m)^\.\. (?:dossier:)?series::[ \t]*(.*)$")


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
class CitedPlace:
    """Hold one citation of a `cite` role: a source and the place in it."""

    target: str
    locator: str | None = None


def parse_title(text: str) -> tuple[str | None, str]:
    """Split `text <id>` into text and id; a bare id has no text."""
    match = TITLED.fullmatch(text.strip())
    return (" ".join(match[1].split()), match[2].strip()) if match else (None, text.strip())


def parse_cite(text: str) -> tuple[CitedPlace, ...]:
    """Split `id | locator; id` into citations."""
    places = []
    for part in text.split(";"):
        name, _, locator = part.partition("|")
        places.append(CitedPlace(target=name.strip(), locator=" ".join(locator.split()) or None))
    return tuple(places)


def mentions(folder: Path) -> Iterator[Named]:
    """Yield what the files under `folder`/book name, in the order of their paths."""
    book = folder / "book"
    for path in sorted(book.rglob("*.rst")):
        text = path.read_text("utf-8", errors="replace")
        shown = path.relative_to(folder).as_posix()
        for match in ROLE.finditer(text):
            location = Location(shown, text.count("\n", 0, match.start()) + 1)
            if match[1] == "cite":
                for place in parse_cite(match[2]):
                    yield Named(location=location, scheme="ref", target=place.target)
            else:
                yield Named(location=location, scheme=match[1], target=parse_title(match[2])[1])
        for match in SERIES.finditer(text):
            location = Location(shown, text.count("\n", 0, match.start()) + 1)
            for name in match[1].split():
                yield Named(location=location, scheme="series", target=name)


def naming(folder: Path) -> Mapping[tuple[str, str], tuple[Page, ...]]:
    """Return the pages that name each record, by scheme and id, in the order of their paths."""
    found: dict[tuple[str, str], dict[str, Page]] = {}
    pages: dict[str, Page] = {}
    for one in mentions(folder):
        path = one.location.path
        if path not in pages:
            heading = HEADING.search((folder / path).read_text("utf-8", errors="replace"))
            name = path.removeprefix("book/").removesuffix(".rst")
            pages[path] = Page(name=name, title=heading[1] if heading else name)
        found.setdefault((one.scheme, one.target), {})[path] = pages[path]
    return {record: tuple(by_path.values()) for record, by_path in found.items()}


def check(dossier: Dossier, found: Iterable[Named]) -> Iterator[Diagnostic]:
    """Yield what a chapter names and the data do not have."""
    for named in found:
        records = dossier.by_scheme[named.scheme]
        if named.target not in records:
            noun = {"ref": "source", "org": "organization"}.get(named.scheme, named.scheme)
            message = f"no {noun} '{named.target}'{suggest(named.target, records)}"
            yield Diagnostic(named.location, message)
        elif named.scheme == "ref" and dossier.reference(named.target).read == "none":
            yield Diagnostic(named.location, f"cites '{named.target}', of which nothing was read")
