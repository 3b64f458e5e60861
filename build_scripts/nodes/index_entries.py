"""Collect the entries that authors put into the index themselves, from the nodes that Sphinx makes of them.

An entry is a kind (`single`, `pair`, `triple`, `see`, `seealso`), words parted by semicolons, and the id of
the place where it stands (sphinx.addnodes.index).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docutils import nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Point to a place in the book: a page and an id on it."""

    page: str
    id: str
    main: bool = False


@dataclass(slots=True, kw_only=True)
class Authored:
    """Hold what an author says under one heading: places, and headings to look under instead or as well."""

    text: str
    spots: list[Spot] = field(default_factory=list)
    see: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


def authored(pages: Iterable[tuple[str, nodes.document]]) -> list[Authored]:
    """Return the entries of pages, given by name, one for each heading."""
    found: dict[str, Authored] = {}
    for page, document in pages:
        for node in document.findall(nodes.Element):
            if node.tagname != "index":
                continue
            for kind, value, target, main, *_ in node["entries"]:
                _note(found, kind, value, Spot(page=page, id=target, main=main == "main"))
    return list(found.values())


def same(text: str) -> str:
    """Compute what two headings share that are the same to a reader."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _note(found: dict[str, Authored], kind: str, value: str, spot: Spot) -> None:
    parts = [" ".join(part.split()) for part in value.split(";")]
    parts = [part for part in parts if part]
    if kind in ("see", "seealso"):
        entry = _entry(found, parts[0])
        (entry.see if kind == "see" else entry.also).append(", ".join(parts[1:]))
        return
    for heading in _headings(kind, parts):
        entry = _entry(found, heading)
        if spot not in entry.spots:
            entry.spots.append(spot)


def _entry(found: dict[str, Authored], heading: str) -> Authored:
    return found.setdefault(same(heading), Authored(text=heading))


def _headings(kind: str, parts: list[str]) -> Iterator[str]:
    """Yield the headings of an entry: a pair stands under both its words, a triple under all three."""
    match kind, parts:
        case "pair", [first, second]:
            yield f"{first}, {second}"
            yield f"{second}, {first}"
        case "triple", [first, second, third]:
            yield f"{first}, {second} {third}"
            yield f"{second}, {third}, {first}"
            yield f"{third}, {first} {second}"
        case _:
            yield ", ".join(parts)
