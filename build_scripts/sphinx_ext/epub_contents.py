"""Turn Sphinx's lists of pages and sections into the contents of the EPUB: parts, chapters, sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

DEPTH = 3
"""Levels below a part: chapter, section, section of a section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Name a place in the book and what lies below it; a part has no place of its own."""

    title: str
    href: str | None
    below: tuple[Entry, ...] = ()


def contents(env: BuildEnvironment, root: str, suffix: str) -> tuple[Entry, ...]:
    """Return the contents in reading order."""
    entries: list[Entry] = []
    for toctree in env.get_doctree(root).findall(addnodes.toctree):
        chapters = tuple(_pages(env, toctree, suffix, DEPTH))
        if toctree.get("caption"):
            entries.append(Entry(title=toctree["caption"], href=None, below=chapters))
        else:
            entries.extend(chapters)
    return tuple(entries)


def spine(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield the documents of the contents, each once, in reading order."""
    seen = set()
    for entry in entries:
        for href in ([entry.href.partition("#")[0]] if entry.href else []) + list(spine(entry.below)):
            if href not in seen:
                seen.add(href)
                yield href


def _pages(env: BuildEnvironment, toctree: addnodes.toctree, suffix: str, depth: int) -> Iterator[Entry]:
    for _, page in toctree["entries"]:
        yield from _items(env, env.tocs[page], suffix, depth)


def _items(env: BuildEnvironment, items: nodes.Node, suffix: str, depth: int) -> Iterator[Entry]:
    """Yield the entries of a list of sections; a list of pages among them stands for those pages."""
    for item in items.children:
        if isinstance(item, addnodes.toctree):
            yield from _pages(env, item, suffix, depth)
        elif isinstance(item, nodes.list_item):
            link = next(iter(item.findall(nodes.reference)))
            lists = [child for child in item.children if isinstance(child, nodes.bullet_list)]
            below = [entry for one in lists for entry in _items(env, one, suffix, depth - 1)]
            href = f"{link['refuri']}{suffix}{link['anchorname']}"
            kept = below if depth > 1 else [entry for entry in below if entry.href and "#" not in entry.href]
            yield Entry(title=_text(link).strip(), href=href, below=tuple(kept))


def _text(node: nodes.Node) -> str:
    """Return a title without names in other languages, whose tongue a plain title could not tell."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, nodes.Element) and "native" in node.get("classes", ()):
        return ""
    return "".join(map(_text, node.children))
