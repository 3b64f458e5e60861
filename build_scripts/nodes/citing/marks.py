"""Convert text with marks to nodes: what a style sets in italics or bold, and addresses as links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docutils import nodes

# Control characters cannot stand in the data (source.py), so that they can mark what the style formats.
OPEN, CLOSE = "\x01", "\x02"
STYLES = {
    "i": nodes.emphasis,
    "b": nodes.strong,
    "u": nodes.inline,
    "p": nodes.superscript,
    "s": nodes.subscript,
}
MARK = re.compile(f"{OPEN}(.)|{CLOSE}")
ADDRESS = re.compile(r"https?://\S*[^\s.,;]")


def plain(text: str) -> str:
    """Return marked text without its marks."""
    return MARK.sub("", text)


def as_nodes(text: str) -> list[nodes.Node]:
    """Return marked text as nodes."""
    root = nodes.inline()
    open_nodes: list[nodes.Element] = [root]
    position = 0
    for match in MARK.finditer(text):
        if match.start() > position:
            open_nodes[-1] += nodes.Text(text[position : match.start()])
        position = match.end()
        if match[1]:
            child = STYLES[match[1]]()
            open_nodes[-1] += child
            open_nodes.append(child)
        elif len(open_nodes) > 1:
            open_nodes.pop()
    if position < len(text):
        open_nodes[-1] += nodes.Text(text[position:])
    return list(root.children)


def with_links(content: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield nodes in which addresses are links."""
    for node in content:
        if isinstance(node, nodes.Text):
            yield from _linked(node.astext())
        else:
            yield node


def _linked(text: str) -> Iterator[nodes.Node]:
    position = 0
    for match in ADDRESS.finditer(text):
        if match.start() > position:
            yield nodes.Text(text[position : match.start()])
        yield nodes.reference("", match[0], refuri=match[0])
        position = match.end()
    if position < len(text):
        yield nodes.Text(text[position:])
