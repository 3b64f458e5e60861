"""Turn marked and plain text into inline nodes; references point at records by id, such as `person-x`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docutils import nodes

from build_scripts.model.marked import WEB_SCHEMES, Emphasis, Inline, Link, Marked, Strong, Text
from build_scripts.model.records import Native

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
PAGE_PREFIX = "page:"

Content = str | nodes.Node | Sequence[nodes.Node]


def record_id(scheme: str, name: str) -> str:
    """Return the id under which a record is found in a document."""
    return f"{scheme}-{name}"


def told_id(scheme: str, name: str) -> str:
    """Return the id of what is said at length of a record that has its row in a table."""
    return f"told-{record_id(scheme, name)}"


def page_id(page: str) -> str:
    """Return the id under which a page of the book is found; `page` is its path without suffix.

    No heading has such an id: docutils makes no colons.
    """
    return f"{PAGE_PREFIX}{page}"


def reference(scheme: str, name: str, content: Content) -> nodes.reference:
    """Return a reference to a record."""
    node = nodes.reference(refid=record_id(scheme, name), internal=True)
    node.extend(as_nodes(content))
    return node


def as_nodes(content: Content) -> list[nodes.Node]:
    """Return content as a list of nodes; text stays text whatever is in it."""
    if isinstance(content, str):
        return [nodes.Text(content)]
    if isinstance(content, nodes.Node):
        return [content]
    return list(content)


def inline(content: Content, *classes: str) -> nodes.inline:
    """Return content set apart by classes."""
    node = nodes.inline(classes=list(classes))
    node.extend(as_nodes(content))
    return node


def foreign(native: Native) -> nodes.inline:
    """Return a name in its own language; docutils turns the class into a `lang` attribute."""
    return inline(native.text, f"language-{native.lang.lower()}")


def paragraph(content: Content, *classes: str) -> nodes.paragraph:
    """Return a paragraph."""
    node = nodes.paragraph(classes=list(classes))
    node.extend(as_nodes(content))
    return node


def paragraphs(text: Marked, *classes: str) -> list[nodes.Node]:
    """Return the paragraphs of a marked text."""
    return [paragraph(inlines(content), *classes) for content in text.paragraphs]


def inlines(content: Iterable[Inline]) -> list[nodes.Node]:
    """Return marked inline content as nodes."""
    return [_inline(one) for one in content]


def _inline(one: Inline) -> nodes.Node:
    match one:
        case Text(text):
            return nodes.Text(text)
        case Emphasis(children):
            return nodes.emphasis("", "", *inlines(children))
        case Strong(children):
            return nodes.strong("", "", *inlines(children))
        case Link(scheme, target, children) if scheme in WEB_SCHEMES:
            return nodes.reference("", "", *inlines(children), refuri=target)
        case Link(scheme, target, children):
            return reference(scheme, target, inlines(children))


def fill(template: str, **contents: Content) -> list[nodes.Node]:
    """Return a message of the catalog with nodes in the places of its `{names}`.

    Raises KeyError if the message has a name that was not given.
    """
    filled: list[nodes.Node] = []
    position = 0
    for match in PLACEHOLDER.finditer(template):
        if match.start() > position:
            filled.append(nodes.Text(template[position : match.start()]))
        filled.extend(as_nodes(contents[match[1]]))
        position = match.end()
    if position < len(template):
        filled.append(nodes.Text(template[position:]))
    return filled


def join(parts: Sequence[Content], separator: str) -> list[nodes.Node]:
    """Return contents with a separator between them."""
    joined: list[nodes.Node] = []
    for index, part in enumerate(parts):
        if index:
            joined.append(nodes.Text(separator))
        joined.extend(as_nodes(part))
    return joined


def section(
    ids: Sequence[str], title: Content, *children: nodes.Node, classes: Sequence[str] = ()
) -> nodes.section:
    """Return a section with a title."""
    node = nodes.section(ids=list(ids), names=[], classes=list(classes))
    heading = nodes.title()
    heading.extend(as_nodes(title))
    node += heading
    node.extend(children)
    return node
