"""Walk the typed model by its fields, and read what a reader finds in a format, to compare the two.

A new key is covered by being there. What is by nature not printed stands in one table with the reason.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pikepdf
from outloud.model import Document

from build_scripts.model import Dossier
from build_scripts.model.fields import Id, MarkedText, Plain
from build_scripts.model.marked import Marked, plain
from build_scripts.model.records import Record, Value
from build_scripts.model.references import Reference

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
    ("Edition", "accessibility_certifier"): "is metadata of the EPUB, for catalogues",
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
NOT_WANTED = frozenset({*NOT_PRINTED, *OF_THE_STYLE})
# Of a source that nobody wrote a style for, with all keys that there are, these two alone are certain.
NOT_CERTAIN = frozenset(("Reference", name) for name in {*Reference.model_fields} - {"title", "reliability"})
# Keys that name records and are checked apart from the other links.
CHECKED_ELSEWHERE: Mapping[Key, str] = {
    ("Marker", "phases"): "model.plan_checks",
    ("Marker", "room"): "model.plan_checks",
    ("Tunnel", "phases"): "model.plan_checks",
    ("Tunnel", "to"): "model.geometry",
    ("Statement", "about"): "model.plan_checks",
    ("Tunnel", "from_"): "model.geometry",
    ("Event", "period"): "model.evidence",
    ("Person", "group"): "model.evidence",
    ("Account", "adopted"): "model.accounts",
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


def passages(path: Path) -> Iterator[str]:
    """Yield the texts of the blocks of a tagged PDF; heads, feet and what else is an artifact have none."""
    document: Any = Document(str(path))
    for element in document.elements:
        if element.type in BLOCKS:
            yield _words(document, element)
        yield from (text for text in (element.alt, element.actual_text) if text)


def index_lines(path: Path) -> Iterator[str]:
    """Yield the lines of the index of a tagged PDF."""
    document: Any = Document(str(path))
    for element in document.elements:
        if element.type == "Index":
            yield from (_words(document, one) for one in element.descendants() if one.type == "LBody")


def _words(document: Any, element: Any) -> str:
    pieces = [reference for one in (element, *element.descendants()) for reference in one.mcrefs]
    return "".join(
        document.content(one.page).mcid_text.get((one.stream, one.mcid), "")
        for one in sorted(pieces, key=lambda one: (one.page, one.mcid))
        if one.page is not None
    )


# Page and how far down, in points below the lower edge, so that places sort as one reads.
Place = tuple[float, float]


def led_to(path: Path) -> tuple[dict[str, Place], list[tuple[Place, str]]]:
    """Return where the named destinations of a PDF lie, and where links lead to which of them."""
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        places = {}
        for name, found in pikepdf.NameTree(pdf.Root.Names.Dests).items():
            page, _, _, top, *_ = found.D if isinstance(found, pikepdf.Dictionary) else found
            places[str(name)] = (numbers[page.objgen], -float(top))
        links = [
            ((number, -float(link.Rect[3])), str(link.A.D))
            for number, page in enumerate(pdf.pages)
            for link in page.get("/Annots", [])
            if "/A" in link and link.A.S == "/GoTo"
        ]
    return places, links
