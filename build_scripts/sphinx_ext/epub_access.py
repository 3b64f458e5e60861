"""Compute an EPUB's accessibility metadata from its documents (EPUB Accessibility 1.1, 2).

A feature is named if the documents have it. Conformance is nothing that a build can find out: the edition
names who vouches for it, after the judges of `make verify` found nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree

from build_scripts.words import Words

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
TYPE = "{http://www.idpf.org/2007/ops}type"
HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Hold the values of the schema.org accessibility vocabulary."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str


def assess(documents: Mapping[str, bytes], words: Words) -> Access:
    """Return the metadata of documents, given as XHTML by name."""
    trees = [ElementTree.fromstring(document) for document in documents.values()]
    pictures = [picture for tree in trees for picture in _pictures(tree)]
    told = all(_told(picture) for picture in pictures)
    described = any(picture.find(f"{SVG}desc") is not None for picture in pictures)
    marked = [element.get(TYPE, "").split() for tree in trees for element in tree.iter()]
    features = {
        "tableOfContents": True,
        "readingOrder": True,
        "displayTransformability": True,
        "unlocked": True,
        "structuralNavigation": all(map(_is_headed, trees)),
        "ARIA": any("role" in element.attrib for tree in trees for element in tree.iter()),
        "alternativeText": bool(pictures) and told,
        "longDescription": described,
        "pageBreakMarkers": any("pagebreak" in types for types in marked),
        "pageNavigation": any("page-list" in types for types in marked),
    }
    sentences = [words("access-structure"), words("access-pictures" if pictures else "access-no-pictures")]
    if pictures and described:
        sentences.append(words("access-drawings"))
    return Access(
        modes=("textual", "visual") if pictures else ("textual",),
        sufficient=(("textual",) if told else ()) + (("textual,visual",) if pictures else ()),
        features=tuple(name for name, holds in features.items() if holds),
        hazards=("none",),
        summary=" ".join(sentences),
    )


def _is_headed(tree: ElementTree.Element) -> bool:
    """Return whether the headings begin with the only one of the first level and leave no level out."""
    levels = [HEADINGS.index(element.tag) + 1 for element in tree.iter() if element.tag in HEADINGS]
    return levels.count(1) == 1 == levels[0] and all(low <= high + 1 for high, low in pairwise(levels))


def _pictures(tree: ElementTree.Element) -> Iterable[ElementTree.Element]:
    return [element for element in tree.iter() if element.tag in (f"{XHTML}img", f"{SVG}svg")]


def _told(picture: ElementTree.Element) -> bool:
    """Return whether a picture has text in its place."""
    if picture.tag == f"{XHTML}img":
        return bool(picture.get("alt", "").strip())
    title = picture.find(f"{SVG}title")
    roles = picture.get("role", "").split()
    return (
        not {"img", "graphics-document"}.isdisjoint(roles)
        and title is not None
        and bool((title.text or "").strip())
    )
