"""Find out what can be claimed of an EPUB's accessibility by its documents (EPUB Accessibility 1.1).

Nothing is claimed by habit: a feature is named if the documents have it, conformance if nothing speaks
against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree

from build_scripts.words import Words

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))
CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Hold the values of the schema.org accessibility vocabulary, and what speaks against conformance."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str
    problems: tuple[str, ...]

    @property
    def claim(self) -> str | None:
        """Return the claim of conformance, or None if something speaks against it."""
        return None if self.problems else CLAIM


def assess(documents: Mapping[str, bytes], words: Words) -> Access:
    """Return what holds of all documents, given as XHTML by name."""
    trees = {name: ElementTree.fromstring(document) for name, document in documents.items()}
    found = {name: list(problems(tree)) for name, tree in trees.items()}
    pictures = [picture for tree in trees.values() for picture in _pictures(tree)]
    told = all(_told(picture) for picture in pictures)
    described = any(picture.find(f"{SVG}desc") is not None for picture in pictures)
    marked = [element.get(TYPE, "").split() for tree in trees.values() for element in tree.iter()]
    headed = not any(problem.startswith("heading") for some in found.values() for problem in some)
    features = {
        "tableOfContents": True,
        "readingOrder": True,
        "displayTransformability": True,
        "unlocked": True,
        "structuralNavigation": headed,
        "ARIA": any("role" in element.attrib for tree in trees.values() for element in tree.iter()),
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
        problems=tuple(f"{name}: {problem}" for name, some in sorted(found.items()) for problem in some),
    )


def problems(tree: ElementTree.Element) -> Iterator[str]:
    """Yield what a program can see that fails WCAG 2.2 in a document."""
    if not tree.get(XML_LANG) or not tree.get("lang"):
        yield "language of the document is not given"
    title = tree.find(f"{XHTML}head/{XHTML}title")
    if title is None or not (title.text or "").strip():
        yield "title of the document is empty"
    yield from _heading_problems(tree)
    yield from (
        f"picture '{picture.get('src', picture.get('id'))}' has no text"
        for picture in _pictures(tree)
        if not _told(picture)
    )
    names = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
    yield from (
        f"id '{name}' stands twice" for name in sorted({name for name in names if names.count(name) > 1})
    )
    for link in tree.iter(f"{XHTML}a"):
        if "href" in link.attrib and not (
            "".join(link.itertext()).strip() or any(map(_told, _pictures(link)))
        ):
            yield f"link to '{link.attrib['href']}' has no text"
    yield from (
        "head of a table does not say of what"
        for head in tree.iter(f"{XHTML}th")
        if "scope" not in head.attrib
    )


def _heading_problems(tree: ElementTree.Element) -> Iterator[str]:
    levels = [HEADINGS.index(element.tag) + 1 for element in tree.iter() if element.tag in HEADINGS]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "headings do not begin with one of the first level"
    for above, level in pairwise(levels):
        if level > above + 1:
            yield f"heading of level {level} follows one of level {above}"


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
