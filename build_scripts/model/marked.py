"""Parse marked text: paragraphs of CommonMark emphasis, strong, links and backslash escapes, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

MARKUP = re.compile(r"[\\*_\[]")
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


def _literal_image(state: StateInline, silent: bool) -> bool:
    """Show an image as typed; without this its `[alt](src)` would be read as a link."""
    start = state.pos
    if not image(state, True):
        return False
    if not silent:
        state.pending += state.src[start : state.pos]
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": 20}).enable(["escape", "emphasis", "link"])
    parser.inline.ruler.before("link", "literal_image", _literal_image)
    # Schemes are checked here, with a message; the library would silently leave a bad link as text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


PARSER = _parser()


def parse(text: str) -> Marked:
    """Return the marked text that `text` denotes.

    Raises MarkedError for a link whose scheme is not one of the known ones.
    """
    paragraphs = []
    for block in re.split(r"\n[ \t]*\n\s*", text.strip()):
        line = " ".join(part.strip() for part in block.splitlines())
        paragraphs.append(_inlines(line) if MARKUP.search(line) else (Text(line),))
    return Marked(tuple(paragraphs))


def _inlines(line: str) -> tuple[Inline, ...]:
    tokens: list[Token] = []
    PARSER.inline.parse(line, PARSER, {}, tokens)
    children, _ = _build(tokens, 0)
    return children


def _build(tokens: Sequence[Token], position: int) -> tuple[tuple[Inline, ...], int]:
    """Return the inlines up to the closing token of the surrounding one, and the position behind it."""
    inlines: list[Inline] = []
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token.nesting < 0:
            break
        if token.nesting == 0:
            if token.content:
                inlines.append(Text(token.content))
            continue
        children, position = _build(tokens, position)
        inlines.append(_nest(token, children))
    return tuple(_joined(inlines)), position


def _nest(token: Token, children: tuple[Inline, ...]) -> Inline:
    if token.type == "em_open":
        return Emphasis(children)
    if token.type == "strong_open":
        return Strong(children)
    url = str(token.attrs["href"])
    scheme, colon, target = url.partition(":")
    scheme = scheme.lower()
    if colon and scheme in WEB_SCHEMES and target.startswith("//") and len(target) > 2:
        return Link(scheme, url, children)
    if colon and scheme in RECORD_SCHEMES:
        return Link(scheme, target, children)
    known = ", ".join(f"{name}:" for name in ("http", "https", *sorted(RECORD_SCHEMES)))
    raise MarkedError(f"link '{url}' has no scheme that is known here ({known})")


def _joined(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Join neighbouring texts, which the parser splits at escapes."""
    held = ""
    for inline in inlines:
        if isinstance(inline, Text):
            held += inline.text
            continue
        if held:
            yield Text(held)
            held = ""
        yield inline
    if held:
        yield Text(held)
