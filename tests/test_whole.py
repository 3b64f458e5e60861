"""Nothing is lost: every text and every link of the data stands in each format that claims the whole.

The typed model is walked by its fields, so that a new key is covered by being there. What is by nature not
printed, or not yet, stands in one table with the reason.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from bs4 import BeautifulSoup, Tag
from outloud.model import Document

from build_scripts import validation
from build_scripts.model import Dossier
from build_scripts.model.fields import Id, MarkedText, Plain
from build_scripts.model.links import mentions
from build_scripts.model.marked import Marked, plain
from build_scripts.model.records import Record, Value
from build_scripts.nodes.text import record_id

DOSSIERS = {
    path.parent.name: path.parent for path in sorted((Path(__file__).parent / "dossiers").glob("*/data"))
}
LIGHTHOUSE = DOSSIERS["lighthouse"]
FORMS = ("site", "epub", "pdf")
# Which elements of a tagged PDF hold a passage from its beginning to its end.
BLOCKS = frozenset(
    {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "Lbl", "LBody", "Caption", "Title"}
)

Key = tuple[str, str]

ORDER = "puts lists in order; what is printed is `display`"
# Keys that are by nature not printed. (Ids, numbers, dates and words from a fixed list are no texts.)
NOT_PRINTED: Mapping[Key, str] = {
    ("Name", "sort"): ORDER,
    ("Name", "family"): ORDER,
    ("Name", "given"): ORDER,
    ("Edition", "modified"): "is printed as a date in words",
    ("Edition", "citation_style"): "is how citations look",
    ("Edition", "handouts"): "names what else is made",
    ("Edition", "different_names"): "is for the check of names",
    ("Creator", "role"): "is for catalogues; title pages give names alone",
    ("Marker", "label"): "is drawn beside the marker in place of a `title` that is too long",
    ("Event", "after"): "puts events in order",
}
# The CSL style decides what an entry of the list of sources shows; the deposit has the references whole.
OF_THE_STYLE = frozenset(
    ("Reference", name)
    for name in (
        "archive",
        "archive_collection",
        "archive_location",
        "archive_place",
        "authority",
        "call_number",
        "chair",
        "collection_editor",
        "collection_title",
        "compiler",
        "composer",
        "container_author",
        "container_title_short",
        "contributor",
        "curator",
        "dimensions",
        "director",
        "division",
        "editor_translator",
        "editorial_director",
        "event_place",
        "executive_producer",
        "genre",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "ISBN",
        "ISSN",
        "jurisdiction",
        "license",
        "medium",
        "narrator",
        "note",
        "number",
        "number_of_pages",
        "organizer",
        "original_author",
        "original_publisher",
        "original_publisher_place",
        "original_title",
        "page",
        "part_number",
        "part_title",
        "performer",
        "PMCID",
        "PMID",
        "printing_number",
        "producer",
        "publisher",
        "publisher_place",
        "recipient",
        "reviewed_author",
        "reviewed_genre",
        "reviewed_title",
        "scale",
        "script_writer",
        "section",
        "series_creator",
        "source",
        "status",
        "supplement_number",
        "version",
        "volume_title",
    )
)
NOT_YET: Mapping[Key, str] = {
    ("Edition", "identifier"): "the site has no imprint yet; EPUB and book have",
}
NOT_WANTED = {*NOT_PRINTED, *OF_THE_STYLE, *NOT_YET}
# Keys that name records and are checked apart from the other links.
CHECKED_ELSEWHERE: Mapping[Key, str] = {
    ("Marker", "phases"): "model.plan_checks",
    ("Marker", "room"): "model.plan_checks",
    ("Tunnel", "phases"): "model.plan_checks",
    ("Tunnel", "to"): "model.plan_checks",
    ("Statement", "about"): "model.plan_checks",
    ("Event", "period"): "model.evidence",
}


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """Hold one value of the model: under which keys of which record it stands, and what it is."""

    path: tuple[Key, ...]
    holder: str
    value: Any
    kind: object

    @property
    def key(self) -> Key:
        return self.path[-1]

    def is_among(self, keys: Iterable[Key]) -> bool:
        return not set(self.path).isdisjoint(keys)


def hints(annotation: Any) -> Iterator[object]:
    """Yield the validators that an annotation has at any depth; they tell a text from an id."""
    yield from getattr(annotation, "__metadata__", ())
    for one in get_args(annotation):
        yield from hints(one)


@cache
def annotations(cls: type[Value]) -> Mapping[str, Any]:
    found = get_type_hints(cls, include_extras=True)
    return {name: found[name] for name in cls.model_fields}


def leaves(value: Value, above: tuple[Key, ...] = (), holder: str = "") -> Iterator[Leaf]:
    """Yield every single value below a group of keys."""
    holder = value.id if isinstance(value, Record) else holder
    for name, annotation in annotations(type(value)).items():
        path = (*above, (type(value).__name__, name))
        found = set(map(id, hints(annotation)))
        kind = next((each for each in (Plain, Id, MarkedText) if id(each.__metadata__[0]) in found), None)
        stack = [getattr(value, name)]
        while stack:
            one = stack.pop()
            if isinstance(one, Value):
                yield from leaves(one, path, holder)
            elif isinstance(one, tuple):
                stack.extend(reversed(one))
            elif one is not None:
                yield Leaf(path=path, holder=holder, value=one, kind=kind)


def of_dossier(dossier: Dossier) -> Iterator[Leaf]:
    for field in fields(dossier):
        found = getattr(dossier, field.name)
        for value in found if isinstance(found, tuple) else (found,):
            if value is not None:
                yield from leaves(value)


def texts(dossier: Dossier) -> Iterator[tuple[Leaf, str]]:
    """Yield what a reader must find: plain texts, and marked ones paragraph by paragraph.

    A period without events and a group without members leave no section behind.
    """
    held = {event.period for event in dossier.events} | {person.group for person in dossier.people}
    for leaf in of_dossier(dossier):
        if leaf.key[0] in ("Period", "Group") and leaf.holder not in held:
            continue
        if isinstance(leaf.value, Marked):
            for paragraph in leaf.value.paragraphs:
                yield leaf, plain(paragraph)
        elif leaf.kind is Plain:
            yield leaf, str(leaf.value)


def letters(text: str) -> str:
    """Return letters and figures alone: breaks, hyphens and quotation marks differ by format."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


@pytest.fixture(scope="module", params=DOSSIERS.values(), ids=DOSSIERS.keys())
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def dossier(folder: Path) -> Dossier:
    return validation.load(folder)


@pytest.fixture(scope="module")
def pages(build: Callable[..., Path], folder: Path) -> Callable[[str], list[BeautifulSoup]]:
    """Return a function that gives the documents of the site or of the EPUB."""

    @cache
    def opened(form: str) -> list[BeautifulSoup]:
        if form == "site":
            files = [path.read_bytes() for path in sorted((build("html", folder) / "html").rglob("*.html"))]
        else:
            with zipfile.ZipFile(build("epub", folder) / "epub" / "dossier.epub") as book:
                files = [book.read(name) for name in sorted(book.namelist()) if name.endswith(".xhtml")]
        return [BeautifulSoup(file, "html.parser") for file in files]

    return opened


@pytest.fixture(scope="module")
def shown(
    build: Callable[..., Path], folder: Path, pages: Callable[[str], list[BeautifulSoup]]
) -> Callable[[str], str]:
    """Return a function that gives the letters that a reader of a format meets, passage by passage."""

    @cache
    def read(form: str) -> str:
        if form == "pdf":
            return "\n".join(map(letters, passages(build("pdf", folder) / "pdf" / "dossier.pdf")))
        return "\n".join(letters(page.get_text()) for page in pages(form))

    return read


def passages(path: Path) -> Iterator[str]:
    """Yield the texts of the blocks of a tagged PDF; heads, feet and what else is an artifact have none."""
    document: Any = Document(str(path))
    for element in document.elements:
        if element.type in BLOCKS:
            pieces = [reference for one in (element, *element.descendants()) for reference in one.mcrefs]
            yield "".join(
                document.content(one.page).mcid_text.get((one.stream, one.mcid), "")
                for one in sorted(pieces, key=lambda one: (one.page, one.mcid))
                if one.page is not None
            )
        yield from (text for text in (element.alt, element.actual_text) if text)


@pytest.mark.parametrize("form", FORMS)
def test_every_text_of_the_data_stands_in_the_format(
    form: str, dossier: Dossier, shown: Callable[[str], str]
) -> None:
    whole = shown(form)
    lost = [
        f"{leaf.holder} {leaf.path}: {text}"
        for leaf, text in texts(dossier)
        if not leaf.is_among(NOT_WANTED) and letters(text) not in whole
    ]

    assert not lost, "\n".join(lost)


@pytest.mark.parametrize("form", ["site", "epub"])
def test_every_link_of_a_record_stands_in_its_entry(
    form: str, dossier: Dossier, pages: Callable[[str], list[BeautifulSoup]]
) -> None:
    schemes = {id(one): scheme for scheme, found in dossier.by_scheme.items() for one in found.values()}
    entries: dict[str, list[Tag]] = {}
    for page in pages(form):
        for element in page.find_all(id=True):
            # The id of an item in a list of terms stands at its term.
            below = element.find_next_siblings("dd", limit=1) if element.name == "dt" else []
            entries.setdefault(str(element["id"]), []).extend([element, *below])
    lost = []
    for one in mentions(dossier):
        scheme = schemes.get(id(one.holder)) if one.holder is not None else None
        if scheme is None or scheme in ("room", "phase"):
            continue
        name = record_id(scheme, one.holder.id)  # type: ignore[union-attr]
        target = record_id(one.scheme, one.target)
        found = {
            str(link.get("href")).rpartition("#")[2]
            for entry in entries[name]
            for link in entry.find_all("a")
        }
        if target not in found and (type(one.holder).__name__, one.where[0]) not in NOT_PRINTED:
            lost.append(f"{name} {one.where}: {target}")

    assert not lost, "\n".join(lost)


def test_the_names_in_the_entry_of_an_event_are_the_same_on_paper(
    pages: Callable[[str], list[BeautifulSoup]], shown: Callable[[str], str]
) -> None:
    lines = [letters(line.get_text()) for page in pages("site") for line in page.select("p.places")]

    assert lines
    assert [line for line in lines if line not in shown("pdf")] == []
    assert [line for line in lines if line not in shown("epub")] == []


def test_every_key_that_names_a_record_is_among_the_mentions(dossier: Dossier) -> None:
    """What `mentions` overlooks is neither checked nor indexed."""
    named = {(one.holder.id if one.holder else "", one.target) for one in mentions(dossier)}
    known = {target for found in dossier.by_scheme.values() for target in found}
    overlooked = {
        leaf.key
        for leaf in of_dossier(dossier)
        if leaf.kind is Id and leaf.value in known and (leaf.holder, leaf.value) not in named
        # An id of one's own names nobody else.
        if leaf.key[1] != "id" or leaf.key[0] == "Cite"
    }

    assert overlooked - CHECKED_ELSEWHERE.keys() == set()


def test_the_lighthouse_has_every_key_that_is_left_out_here() -> None:
    known = {key for leaf in of_dossier(validation.load(LIGHTHOUSE)) for key in leaf.path}

    assert {*NOT_WANTED, *CHECKED_ELSEWHERE} - known == set()
