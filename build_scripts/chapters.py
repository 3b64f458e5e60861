"""Find in the chapters' source what they name and cite, without building the book."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from build_scripts import files
from build_scripts.diagnostics import Diagnostic, Location, suggest
from build_scripts.model.dossier import Dossier
from build_scripts.source import FORBIDDEN, character_problem

ROLES = ("person", "org", "event", "account", "term", "room", "phase", "series", "cite")
INDEX = "index.rst"
# Files that an author may take for chapters.
TEXTS = frozenset((".rst", ".rest", ".md", ".markdown", ".txt", ".adoc", ".docx", ".odt"))
# A page's name is its address on the site and in the EPUB, where these pages are there already.
NAME = re.compile(r"[\w-]+(?:\.[\w-]+)*")
TAKEN = frozenset(f"book/{name}.rst" for name in ("colophon", "cover", "nav", "search"))
ROLE = re.compile(rf"(?<!`):(?:dossier:)?({'|'.join(ROLES)}):`([^`]+)`")
# docutils takes neither for a role, and would print them as they are typed.
UNREAD_ROLE = re.compile(rf"(?<!`):(?:dossier:)?({'|'.join(ROLES)}):`(?=[`\s])")
COMMENT = re.compile(r"(?m)^([ ]*)\.\.(?:[ ](?!_|\[|\||[\w:+.-]+::).*)?\n(?:(?:\1[ ]+.*|[ ]*)\n)*")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Hold what one file under book/ says, its comments blanked out, and its path in messages."""

    path: str
    text: str

    def location(self, position: int) -> Location:
        """Return the line in which a character stands."""
        return Location(self.path, self.text.count("\n", 0, position) + 1)


def read(folder: Path) -> Iterator[Chapter]:
    """Yield the files under `folder`/book in the order of their paths; `check_files` says what is wrong."""
    for path in _paths(folder):
        with suppress(files.Unreadable):
            text = files.read_inside(folder, path).decode("utf-8-sig", errors="replace")
            yield Chapter(path=path.relative_to(folder).as_posix(), text=COMMENT.sub(_blank, text))


def _paths(folder: Path) -> list[Path]:
    book = folder / "book"
    return [path for path in files.walk(book) if path.suffix == ".rst"]


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def check_files(folder: Path) -> Iterator[Diagnostic]:
    """Yield what keeps the files under `folder`/book from being read."""
    book = folder / "book"
    if not book.is_dir():
        yield Diagnostic(Location("book"), "there is no such folder; a dossier has its chapters in book/")
        return
    if not (book / INDEX).is_file():
        yield Diagnostic(Location(f"book/{INDEX}"), "is missing; it names the chapters in their order")
    for path in files.walk(book):
        if path.suffix.lower() in TEXTS and path.suffix != ".rst":
            place = Location(path.relative_to(folder).as_posix())
            yield Diagnostic(place, "is not read; the name of a chapter ends in .rst")
    for path in _paths(folder):
        yield from _check_file(folder, path, path.relative_to(folder).as_posix())


def _check_file(folder: Path, path: Path, shown: str) -> Iterator[Diagnostic]:
    for name in shown.removesuffix(".rst").split("/"):
        if not NAME.fullmatch(name):
            message = f"the name '{name}' makes no address; use letters, digits, hyphens and underscores"
            yield Diagnostic(Location(shown), message)
    if shown in TAKEN:
        yield Diagnostic(Location(shown), "the builder makes a page of this name; give it another")
    try:
        data = files.read_inside(folder, path)
        text = data.decode("utf-8-sig")
    except files.Unreadable as error:
        yield Diagnostic(Location(shown), str(error))
        return
    except UnicodeDecodeError as error:
        yield Diagnostic(Location(shown, data.count(b"\n", 0, error.start) + 1), "is not UTF-8 text")
        return
    if not text.strip():
        yield Diagnostic(Location(shown, 1), "is empty")
    plain = text.replace("\r\n", "\n")
    for character in sorted(set(FORBIDDEN.findall(plain))):
        line = plain.count("\n", 0, plain.index(character)) + 1
        yield Diagnostic(Location(shown, line), character_problem(character))


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
    for chapter in read(folder):
        for match in ROLE.finditer(chapter.text):
            location = chapter.location(match.start())
            if match[1] == "cite":
                for place in parse_cite(match[2]):
                    yield Named(location=location, scheme="ref", target=place.target)
            else:
                yield Named(location=location, scheme=match[1], target=parse_title(match[2])[1])
        for match in UNREAD_ROLE.finditer(chapter.text):
            scheme = "ref" if match[1] == "cite" else match[1]
            yield Named(location=chapter.location(match.start()), scheme=scheme, target="")
        for match in SERIES.finditer(chapter.text):
            for name in match[1].split():
                yield Named(location=chapter.location(match.start()), scheme="series", target=name)


def naming(folder: Path) -> Mapping[tuple[str, str], tuple[Page, ...]]:
    """Return the pages that name each record, by scheme and id, in the order of their paths."""
    found: dict[tuple[str, str], dict[str, Page]] = {}
    pages = {chapter.path: _page(chapter) for chapter in read(folder)}
    for one in mentions(folder):
        path = one.location.path
        found.setdefault((one.scheme, one.target), {})[path] = pages[path]
    return {record: tuple(by_path.values()) for record, by_path in found.items()}


def _page(chapter: Chapter) -> Page:
    heading = HEADING.search(chapter.text)
    name = chapter.path.removeprefix("book/").removesuffix(".rst")
    return Page(name=name, title=heading[1] if heading else name)


def check(
    dossier: Dossier, found: Iterable[Named], broken: Collection[tuple[str, str]] = ()
) -> Iterator[Diagnostic]:
    """Yield what a chapter names and the data do not have.

    `broken` are the records, by scheme and id, that are in the files but could not be typed; `*` means all.
    """
    for named in found:
        if (named.scheme, named.target) in broken or (named.scheme, "*") in broken:
            continue
        records = dossier.by_scheme[named.scheme]
        noun = {"ref": "source", "org": "organization"}.get(named.scheme, named.scheme)
        if not named.target:
            yield Diagnostic(named.location, f"the id of {_a(noun)} is left empty")
        elif named.target not in records:
            message = f"no {noun} '{named.target}'{suggest(named.target, records)}"
            yield Diagnostic(named.location, message)
        elif named.scheme == "ref" and dossier.reference(named.target).read == "none":
            yield Diagnostic(named.location, f"cites '{named.target}', of which nothing was read")


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
