"""Read a chapter with docutils alone: roles become marks in the text, directives of our own nothing.

What the roles mean is known from their names; nothing is looked up and nothing is built.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.utils import new_document

from build_scripts.chapters import ROLES, parse_cite, parse_title
from build_scripts.diagnostics import Location

DIRECTIVE = re.compile(r"(?m)^ *\.\. ([\w:+.-]+)::")
ROLE = re.compile(r":([a-zA-Z][\w:+.-]*):`")
# Above the gravest of docutils' levels: whether the source is sound is for the build to say.
SILENT = 5
# What docutils writes for a backslash; with white space behind it, it stands for nothing.
ESCAPED = re.compile("\x00\\s?")
# Stands for what is shown but is not the author's wording here.
PLACEHOLDER = "\N{OBJECT REPLACEMENT CHARACTER}"
HIDDEN_BREAK = "\v"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Note that the characters from `start` to `end` name a record; where one is cited there are none."""

    start: int
    end: int
    scheme: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Hold the words of one paragraph, heading, cell or note, what they name, and where its lines begin."""

    path: str
    text: str
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def location(self, position: int) -> Location:
        """Return the line in which a character stands."""
        return Location(self.path, self.lines[bisect_right(self.starts, position) - 1])


class _Ignored(Directive):
    """Stand for a directive of the book's: its content is generated, or is none of the author's prose."""

    optional_arguments = 100
    final_argument_whitespace = True
    has_content = True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        return []


def _role(name: str, rawtext: str, text: str, *_: Any, **__: Any) -> tuple[list[nodes.Node], list[Any]]:
    """Return a role's text with its name kept (docutils role interface)."""
    return [nodes.inline(rawtext, "", role=name.removeprefix("dossier:"), raw=text)], []


@contextmanager
def _stubs(text: str) -> Iterator[None]:
    """Let docutils know the roles and directives of a text, and forget them afterwards."""
    registries: tuple[dict[str, Any], ...] = (directives._directives, roles._roles)  # type: ignore[attr-defined]
    kept = [dict(registry) for registry in registries]
    for name in DIRECTIVE.findall(text):
        if name.lower() not in directives._directive_registry:  # type: ignore[attr-defined]
            directives.register_directive(name.lower(), _Ignored)
    for name in ROLE.findall(text):
        if name.lower() not in roles._role_registry:  # type: ignore[attr-defined]
            roles.register_local_role(name.lower(), _role)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for registry, before in zip(registries, kept, strict=True):
            registry.clear()
            registry.update(before)


def parse(text: str, shown: str) -> nodes.document:
    """Return a chapter's doctree; `shown` is its path in messages."""
    settings = get_default_settings(Parser)
    settings.report_level = settings.halt_level = SILENT
    settings.file_insertion_enabled = settings.raw_enabled = False
    document = new_document(shown, settings)
    with _stubs(text):
        Parser().parse(text, document)
    # What docutils says of slips stands in the tree too, and is none of the author's words.
    for message in list(document.findall(nodes.system_message)):
        message.parent.remove(message)
    return document


def cited(node: nodes.Element) -> bool:
    """Tell whether a source is cited anywhere in a part of a chapter."""
    return any(inline.get("role") == "cite" for inline in node.findall(nodes.inline))


def passages(document: nodes.document) -> Iterator[Passage]:
    """Yield the texts of a chapter, in reading order, without what is shown as typed."""
    for node in document.findall(nodes.TextElement):
        if isinstance(node.parent, nodes.Element) and not isinstance(
            node, nodes.FixedTextElement | nodes.Inline
        ):
            passage = _Reading(document["source"], _line(node)).read(node)
            if passage.text.strip() or passage.mentions:
                yield passage


def _line(node: nodes.Element) -> int:
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

    def read(self, node: nodes.TextElement) -> Passage:
        self._walk(node)
        return Passage(
            path=self.path,
            text=self.text,
            mentions=tuple(self.mentions),
            starts=tuple(self.starts),
            lines=tuple(self.lines),
        )

    def _walk(self, node: nodes.Element) -> None:
        for child in node.children:
            if isinstance(child, nodes.Text):
                self._add(str(child))
            elif isinstance(child, nodes.literal | nodes.math | nodes.footnote_reference):
                self._add(PLACEHOLDER)
            elif isinstance(child, nodes.inline) and "role" in child:
                self._mention(child)
            elif isinstance(child, nodes.Element):
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

    def _mention(self, node: nodes.inline) -> None:
        role, raw, start = node["role"], ESCAPED.sub("", node["raw"]), len(self.text)
        breaks = self.line + node.rawsource.count("\n")
        if role == "cite":
            found = [("ref", place.target) for place in parse_cite(raw)]
        else:
            title, target = parse_title(raw)
            known = role in ROLES
            self._add(title or (PLACEHOLDER if known else raw))
            found = [(role, target)] if known else []
        for scheme, target in found:
            self.mentions.append(Mention(start=start, end=len(self.text), scheme=scheme, target=target))
        if breaks != self.line:
            self._begin(breaks)
