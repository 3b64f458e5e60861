"""Gather the words of a chapter's doctree by passages, with what they name and the lines they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes

from build_scripts.manuscript.chapter import Mention, Passage
from build_scripts.manuscript.placeholders import cite, part, record

# What docutils writes for a backslash; with white space behind it, it stands for nothing.
ESCAPED = re.compile("\x00\\s?")
# Stands for what is shown but is not the author's wording here.
PLACEHOLDER = "\N{OBJECT REPLACEMENT CHARACTER}"
HIDDEN_BREAK = "\v"


def passages(document: nodes.document, path: str) -> Iterator[Passage]:
    """Yield the texts of a chapter, in reading order, without what is shown as typed."""
    for node in document.findall(nodes.TextElement):
        if isinstance(node.parent, nodes.Element) and not isinstance(
            node, nodes.FixedTextElement | nodes.Inline | part
        ):
            passage = _Reading(path, line_of(node)).read(node)
            if passage.text.strip() or passage.mentions:
                yield passage


def line_of(node: nodes.Node) -> int:
    """Return the line of a node or of the nearest around it that knows its own."""
    here: Any = node
    while here is not None and not here.line:
        here = here.parent
    line = int(here.line) if here is not None else 1
    # A heading is noticed at its underline.
    return line - 1 if isinstance(node, nodes.title) and isinstance(node.parent, nodes.section) else line


class _Reading:
    """Gather the characters of one passage with the lines they come from."""

    def __init__(self, path: str, line: int) -> None:
        self.path = path
        self.text = ""
        self.line = line
        self.starts = [0]
        self.lines = [line]
        self.mentions: list[Mention] = []
        self.addresses: list[tuple[str, int]] = []

    def read(self, node: nodes.TextElement) -> Passage:
        self._walk(node)
        return Passage(
            path=self.path,
            text=self.text,
            mentions=tuple(self.mentions),
            starts=tuple(self.starts),
            lines=tuple(self.lines),
            addresses=tuple(self.addresses),
        )

    def _walk(self, node: nodes.Element) -> None:
        for child in node.children:
            if isinstance(child, nodes.Text):
                self._add(str(child))
            elif isinstance(child, nodes.literal | nodes.footnote_reference | nodes.image):
                self._add(PLACEHOLDER)
            elif isinstance(child, record):
                self._mention(child, [(child["scheme"], child["target"])], child.astext() or PLACEHOLDER)
            elif isinstance(child, cite):
                self._mention(child, [("ref", target) for target, _ in child["places"]], "")
            elif isinstance(child, addnodes.pending_xref):
                self._mention(child, [], child.astext() if child["refexplicit"] else PLACEHOLDER)
            elif isinstance(child, nodes.system_message):
                continue
            elif isinstance(child, nodes.Element):
                if "refuri" in child:
                    self.addresses.append((child["refuri"], self.line))
                self._walk(child)

    def _add(self, raw: str) -> None:
        # An escaped break is not shown, but what follows stands a line further down.
        shown = ESCAPED.sub("", raw.replace("\x00\n", HIDDEN_BREAK))
        for piece in re.split("([\n\v])", shown):
            if piece not in ("\n", HIDDEN_BREAK):
                self.text += piece
                continue
            self.text += piece.strip(HIDDEN_BREAK)
            self._begin(self.line + 1)

    def _begin(self, line: int) -> None:
        self.line = line
        self.starts.append(len(self.text))
        self.lines.append(line)

    def _mention(self, node: nodes.Element, found: list[tuple[str, str]], shown: str) -> None:
        start, breaks = len(self.text), self.line + node.rawsource.count("\n")
        self._add(shown)
        for scheme, target in found:
            self.mentions.append(Mention(start=start, end=len(self.text), scheme=scheme, target=target))
        if breaks != self.line:
            self._begin(breaks)
