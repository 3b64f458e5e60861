"""Parse marked text: paragraphs of CommonMark emphasis, strong, links and backslash escapes, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import stripEscape
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

from build_scripts.diagnostics import suggest
from build_scripts.model.addresses import web_problem

MARKUP = re.compile(r"[\\*_\[]")
# Only spaces: a no-break space at the end of a line is meant.
LINE_BREAK = re.compile(r" *\n *")
BLANK_LINE = re.compile(r"\n *\n[ \n]*")
BRACKET = re.compile(r"\\.|[\[\]]")
MAX_NESTING = 10
WEB_SCHEMES = frozenset({"http", "https"})
RECORD_SCHEMES = frozenset({"person", "org", "event", "account", "series", "term", "room", "phase", "ref"})


class MarkedError(ValueError):
    """Say why a text is not marked text, in words for its author."""


@dataclass(frozen=True, slots=True)
class Text:
    """Hold characters to be shown as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Hold emphasised content."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Hold strongly emphasised content."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Hold content that points at a record (`scheme` such as person, `target` an id) or at the web."""

    scheme: str
    target: str
    children: tuple[Inline, ...]


Inline = Text | Emphasis | Strong | Link


@dataclass(frozen=True, slots=True)
class Marked:
    """Hold the paragraphs of a marked text."""

    paragraphs: tuple[tuple[Inline, ...], ...]

    def links(self) -> Iterator[Link]:
        """Yield every link, in reading order."""
        for paragraph in self.paragraphs:
            yield from _links(paragraph)

    def plain(self) -> str:
        """Return the text without its marks, paragraphs divided by blank lines."""
        return "\n\n".join(plain(paragraph) for paragraph in self.paragraphs)


def plain(inlines: Iterable[Inline]) -> str:
    """Return the characters of some inline content."""
    return "".join(inline.text if isinstance(inline, Text) else plain(inline.children) for inline in inlines)


def _links(inlines: Iterable[Inline]) -> Iterator[Link]:
    for inline in inlines:
        if isinstance(inline, Link):
            yield inline
        if not isinstance(inline, Text):
            yield from _links(inline.children)


def _literal_bracket(state: StateInline, silent: bool) -> bool:
    """Show a bracket that cannot open a link as typed, so that many of them take linear time."""
    start = state.pos
    if state.src[start] != "[" or start in state.env["links"]:
        return False
    if not silent:
        state.append_pending("[")
    state.pos += 1
    return True


def _literal_image(state: StateInline, silent: bool) -> bool:
    """Show an image as typed; without this its `[alt](src)` would be read as a link."""
    start = state.pos
    if state.src[start] != "!" or start + 1 not in state.env["links"] or not image(state, True):
        return False
    if not silent:
        state.append_pending(state.src[start : state.pos])
    return True


def _destination(text: str, position: int, end: int) -> Any:
    """Parse a link's destination, in which backslash escapes have their meaning and entities have none."""
    result = parseLinkDestination(text, position, end)
    raw = text[position : result.pos]
    result.str = stripEscape(raw[1:-1] if raw.startswith("<") else raw)
    return result


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": 20}).enable(["escape", "emphasis", "link"])
    parser.inline.ruler.before("link", "literal_image", _literal_image)
    parser.inline.ruler.before("literal_image", "literal_bracket", _literal_bracket)
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=parseLinkLabel, parseLinkDestination=_destination, parseLinkTitle=parseLinkTitle
    )
    # Schemes are checked here, with a message; the library would silently leave a bad link as text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


PARSER = _parser()


def parse(text: str) -> Marked:
    """Return the marked text that `text` denotes.

    Raises MarkedError for a link that leads nowhere or shows nothing, and for marks nested too deep.
    """
    paragraphs = []
    for block in BLANK_LINE.split(text.strip(" \n")):
        line = LINE_BREAK.sub(" ", block) if "\n" in block else block
        paragraphs.append(_inlines(line) if MARKUP.search(line) else (Text(line),))
    return Marked(tuple(paragraphs))


def _inlines(line: str) -> tuple[Inline, ...]:
    tokens: list[Token] = []
    PARSER.inline.parse(line, PARSER, {"links": _link_starts(line)}, tokens)
    return _build(tokens)


def _link_starts(line: str) -> frozenset[int]:
    """Return where the brackets stand that may open a link: their partners are followed by a parenthesis."""
    starts = set()
    unmatched = []
    for match in BRACKET.finditer(line):
        if match[0] == "[":
            unmatched.append(match.start())
        elif match[0] == "]" and unmatched:
            start = unmatched.pop()
            if line.startswith("](", match.start()):
                starts.add(start)
    return frozenset(starts)


def _build(tokens: Iterable[Token]) -> tuple[Inline, ...]:
    """Return a flat list of opening, closing and text tokens as nested inlines."""
    inlines: list[Inline] = []
    around: list[tuple[Token, list[Inline]]] = []
    for token in tokens:
        if token.nesting > 0:
            around.append((token, inlines))
            inlines = []
            if len(around) > MAX_NESTING:
                raise MarkedError(f"nests marks more than {MAX_NESTING} deep")
        elif token.nesting < 0:
            opening, outer = around.pop()
            outer.append(_nest(opening, tuple(inlines)))
            inlines = outer
        elif token.content and inlines and isinstance(inlines[-1], Text):
            # The parser divides text at escapes.
            inlines[-1] = Text(inlines[-1].text + token.content)
        elif token.content:
            inlines.append(Text(token.content))
    return tuple(inlines)


def _nest(token: Token, children: tuple[Inline, ...]) -> Inline:
    if token.type == "em_open":
        return Emphasis(children)
    if token.type == "strong_open":
        return Strong(children)
    url = str(token.attrs["href"])
    if not plain(children).strip():
        raise MarkedError(f"has a link to '{url}' without words")
    if "title" in token.attrs:
        raise MarkedError(f"has a link with a title, '{token.attrs['title']}', which nothing shows")
    scheme, colon, target = url.partition(":")
    scheme = scheme.lower()
    if colon and scheme in RECORD_SCHEMES:
        return Link(scheme, target, children)
    if colon and scheme in WEB_SCHEMES:
        problem = web_problem(url)
        if problem:
            raise MarkedError(f"has a link to '{url}', which {problem}")
        return Link(scheme, url, children)
    known = ("http", "https", *sorted(RECORD_SCHEMES))
    starts = ", ".join(f"{one}:" for one in known)
    raise MarkedError(f"has a link to '{url}', which begins with none of {starts}{suggest(scheme, known)}")
