"""Read one chapter: parse its text, gather what it says and names, and find what keeps it from being set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docutils import nodes
from docutils.readers import standalone
from docutils.utils import new_document
from sphinx import addnodes

from build_scripts.diagnostics import Diagnostic, Location
from build_scripts.manuscript import addresses, causes, cited, shape, support
from build_scripts.manuscript.chapter import INDEX, Chapter, Label, Listing, Part, Picture, Pointer
from build_scripts.manuscript.parser import ChapterParser
from build_scripts.manuscript.passages import line_of, passages
from build_scripts.manuscript.placeholders import cite, part, record
from build_scripts.manuscript.settings import alone
from build_scripts.manuscript.wording import worded
from build_scripts.source import FORBIDDEN, character_problem

WARNING = 2
# What a message of docutils quotes of the line that it is about.
QUOTED = re.compile(r"'([^']+)'")
# A message about a paragraph names its first line; so far below it the words in question are looked for.
NEAR = 100


def read(path: str, name: str, text: str, pages: frozenset[str]) -> Chapter:
    """Return what the text of a file says; `pages` are the names of all pages of the book."""
    try:
        return _read(path, name, text, pages)
    except RecursionError:
        problem = Diagnostic(Location(path, 1), shape.TOO_DEEP)
        return replace(_read(path, name, "", pages), problems=(problem,))


def _read(path: str, name: str, text: str, pages: frozenset[str]) -> Chapter:
    said: list[tuple[int, str]] = []
    document = parse(path, name, text, pages, said)
    spoken = tuple(passages(document, path))
    uncited = tuple(cited.check(document, path))
    parts = tuple(_parts(document, path))
    listings = tuple(_listings(document, path))
    said += shape.check(document, is_first=name == INDEX)
    marks = causes.note_marks(document)
    _stand_in(document)
    document.transformer.add_transforms(standalone.Reader().get_transforms())
    document.transformer.add_transforms(ChapterParser().get_transforms())
    document.transformer.apply_transforms()
    said += support.check(document)
    said += addresses.check(document)
    said += _loose_notes(document)
    signs = _signs(document)
    said += [(line, character_problem(sign)) for sign, line in signs.items() if FORBIDDEN.match(sign)]
    title = document.next_node(nodes.title)
    lines = text.splitlines()
    return Chapter(
        path=path,
        name=name,
        title=" ".join(title.astext().split()) if title is not None else name,
        text=text,
        passages=spoken,
        parts=parts,
        pictures=tuple(_pictures(document, path)),
        labels=tuple(_labels(document, path)),
        pointers=tuple(_pointers(document, path)),
        listings=listings,
        signs=signs,
        uncited=uncited,
        problems=tuple(
            Diagnostic(Location(path, _exact(lines, line, message)), message)
            for line, message in dict.fromkeys(causes.select(said, lines, marks))
        ),
    )


def parse(
    path: str, name: str, text: str, pages: frozenset[str], said: list[tuple[int, str]]
) -> nodes.document:
    """Return a chapter's doctree, and add to `said` the lines of what docutils finds wrong in it."""
    settings = alone()
    settings.dossier_page, settings.dossier_pages = name, pages
    document = new_document(path, settings)

    def notice(message: nodes.system_message) -> None:
        if message["level"] >= WARNING:
            first = message.children[0].astext() if message.children else ""
            said.append((int(message.get("line") or 0), worded(first)))

    document.reporter.attach_observer(notice)
    ChapterParser().parse(text, document)
    document.current_source = document.current_line = None
    # What docutils says stands in the tree too, and is none of the author's words.
    for message in list(document.findall(nodes.system_message)):
        message.parent.remove(message)
    return document


def _exact(lines: list[str], line: int, message: str) -> int:
    """Return the line, from a given one on, that has the words which a message quotes."""
    for quoted in QUOTED.findall(message):
        for number in range(max(line, 1), min(line + NEAR, len(lines) + 1)):
            if quoted.lower() in lines[number - 1].lower():
                return number
    return max(1, min(line, len(lines)))


def _stand_in(document: nodes.document) -> None:
    """Replace the roles of ours by text: notes of citations are numbered apart from the author's."""
    for citation in list(document.findall(cite)):
        citation.parent.remove(citation)
    for named in list(document.findall(record)):
        named.replace_self(nodes.inline(named.rawsource, named.astext() or named["target"]))


def _parts(document: nodes.document, path: str) -> Iterator[Part]:
    for node in document.findall(part):
        yield Part(location=Location(path, line_of(node)), name=node["name"], arguments=node["arguments"])


def _listings(document: nodes.document, path: str) -> Iterator[Listing]:
    for node in document.findall(addnodes.toctree):
        yield Listing(location=Location(path, line_of(node)), pages=tuple(node["listed"]))


def _signs(document: nodes.document) -> dict[str, int]:
    """Return the characters beyond ASCII that are shown or read out, each with a line."""
    signs: dict[str, int] = {}
    for node in document.findall():
        if isinstance(node, nodes.Text) and not isinstance(node.parent, nodes.comment):
            text, holder = node.astext(), node.parent
        elif isinstance(node, nodes.image):
            text, holder = node.get("alt", ""), node
        else:
            continue
        if not text.isascii():
            line = line_of(holder)
            for sign in text:
                if not sign.isascii():
                    signs.setdefault(sign, line)
    return signs


def _loose_notes(document: nodes.document) -> Iterator[tuple[int, str]]:
    notes = [*document.footnotes, *document.autofootnotes, *document.symbol_footnotes]
    for note in notes:
        if not note["backrefs"]:
            label = note.next_node(nodes.label)
            name = (note["names"] or [label.astext() if label is not None else "*"])[0]
            yield line_of(note), worded(f"Footnote [{name}] is not referenced.")


def _pictures(document: nodes.document, path: str) -> Iterator[Picture]:
    for node in document.findall(nodes.image):
        if isinstance(node.parent, nodes.substitution_definition):
            continue
        line = line_of(node)
        yield Picture(
            location=Location(path, line),
            path=node["uri"],
            alt=node.get("alt", ""),
            alt_line=node.get("alt_line", line),
            scaled="scale" in node,
        )


def _labels(document: nodes.document, path: str) -> Iterator[Label]:
    """Yield the names that the author has given to places, as Sphinx finds them (`sphinx.domains.std`)."""
    for name, explicit in document.nametypes.items():
        place = document.nameids.get(name) if explicit else None
        if place is None:
            continue
        node: Any = document.ids[place]
        if isinstance(node, nodes.target) and "refid" in node:
            node = document.ids.get(node["refid"])
        if isinstance(node, nodes.footnote) or "refuri" in node:
            continue
        yield Label(location=Location(path, line_of(node)), name=name, titled=_is_titled(node))


def _is_titled(node: nodes.Element) -> bool:
    if isinstance(node, nodes.section | nodes.rubric):
        return True
    if isinstance(node, nodes.definition_list | nodes.field_list) and node.children:
        node = node.children[0]  # type: ignore[assignment]
    if isinstance(node, nodes.field | nodes.definition_list_item):
        node = node.children[0]  # type: ignore[assignment]
    if isinstance(node, nodes.term | nodes.field_name):
        return True
    if isinstance(node, nodes.figure | nodes.container):
        return any(isinstance(child, nodes.caption) for child in node.children)
    return isinstance(node, nodes.table) and any(isinstance(child, nodes.title) for child in node.children)


def _pointers(document: nodes.document, path: str) -> Iterator[Pointer]:
    for node in document.findall(addnodes.pending_xref):
        yield Pointer(
            location=Location(path, line_of(node)),
            kind=node["reftype"],
            target=node["reftarget"],
            worded=node["refexplicit"],
        )
