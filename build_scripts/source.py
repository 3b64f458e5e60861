"""Read YAML into plain values that know their lines; no scalar is interpreted.

Values are str, list and dict. libyaml's events are used rather than its composer, because only events
tell of anchors, tags and the style of a scalar (YAML 1.1, chapter 3.2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from build_scripts import files, yaml_wording
from build_scripts.diagnostics import Diagnostic, Location

NULLS = frozenset({"null", "Null", "NULL", "~"})
# Controls; separators that YAML counts as line breaks and editors do not; overrides and isolates, which
# reorder what a reader sees without a trace (Unicode UAX 9, section 2); byte order marks; and noncharacters,
# which XML forbids.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
# What was hardly meant as a comment behind a word: "Room # 5", "#5" or "#lamp"; a comment is set off: "# so".
NUMBER_SIGN = re.compile(r" +(?P<sign>#(?: *\d|[^\s#])\S*)")
# The deepest value of the contract, a coordinate in a plan, lies seven levels down.
MAX_DEPTH = 20
SAVE = "save the file as UTF-8"
NOT_UTF_8 = f"is not UTF-8 text; {SAVE}"
TAGS = "tag:yaml.org,2002:"

Path_ = tuple[str | int, ...]


class Unread(str):
    """Stand for a value that was complained about already, so that it is not judged again."""

    __slots__ = ()


UNREAD = Unread()


class _TooDeep(Exception):
    """Stop reading: libyaml takes quadratic time for deep nesting."""


@dataclass(slots=True)
class Source:
    """Hold one file's value, None if it could not be read, and the lines of its keys and items."""

    path: str
    value: Any = None
    lines: Any = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def line(self, where: Path_ = ()) -> int:
        """Return the line (from 1) of the value at a path of keys and indices, or of its nearest ancestor."""
        node, line = self.lines, 1
        for step in where:
            if not isinstance(node, tuple):
                break
            try:
                line, node = node[1][step]
            except (KeyError, IndexError, TypeError):
                break
        return line

    def location(self, where: Path_ = ()) -> Location:
        """Return the place of the value at a path of keys and indices."""
        return Location(self.path, self.line(where))

    def complain(self, line: int, message: str, *, is_warning: bool = False) -> None:
        """Note what is wrong in a line."""
        self.diagnostics.append(Diagnostic(Location(self.path, line), message, is_warning))


def load(path: Path, shown: str, folder: Path | None = None) -> Source:
    """Read one file inside a folder, its own by default; `shown` is the name used in messages."""
    source = Source(shown)
    try:
        data = files.read_inside(folder or path.parent, path)
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except files.Unreadable as error:
        source.complain(0, str(error))
    except UnicodeDecodeError as error:
        source.complain(data.count(b"\n", 0, error.start) + 1, NOT_UTF_8)
    else:
        _read(source, text)
    return source


def _read(source: Source, text: str) -> None:
    for line, message in text_problems(text):
        source.complain(line, message)
    if source.diagnostics:
        return
    try:
        _Reader(source, text).read()
    except _TooDeep:
        source.value, source.lines = None, None
    except yaml.MarkedYAMLError as error:
        source.complain(*yaml_wording.worded(text, error))


def character_problem(character: str) -> str:
    """Say what is wrong with a character that may not stand in a dossier's files."""
    # YAML forbids tabs in indentation only, but in prose they are as invisible and as wrong.
    if character == "\t":
        return "has a tab; use spaces"
    noun = "control character" if unicodedata.category(character) == "Cc" else "character"
    name = unicodedata.name(character, "")
    return f"has the {noun} U+{ord(character):04X}{name and f' {name}'}, which may not stand in a dossier"


def text_problems(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of the characters that may not stand in a dossier's files, each at its first place.

    A text with zero bytes is none, or one in another encoding: what else is in it is not told.
    """
    found = sorted(set(FORBIDDEN.findall(text)))
    if "\0" in found:
        yield text.count("\n", 0, text.index("\0")) + 1, f"has zero bytes, which text has not; {SAVE}"
        return
    for character in found:
        yield text.count("\n", 0, text.index(character)) + 1, character_problem(character)


class _Reader:
    """Build values from the events of one stream."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text_lines = text.split("\n")
        self.events: Iterator[Any] = iter(yaml.CSafeLoader(text).get_event, None)
        self.depth = 0

    def read(self) -> None:
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.complain(event, "has a second YAML document; a file is one document")
                    return
                start = next(self.events)
                self.source.value, self.source.lines = self.node(start)
        if not documents:
            self.source.complain(1, "is empty")

    def complain(self, event: Any, message: str) -> None:
        self.source.complain(event.start_mark.line + 1, message)

    def node(self, event: Any) -> tuple[Any, Any]:
        """Return the value that starts at an event, and the tree of its lines."""
        if isinstance(event, yaml.AliasEvent):
            self.complain(event, f"has an alias '*{event.anchor}'; write the value out")
            return UNREAD, None
        if event.anchor is not None:
            self.complain(event, f"has an anchor '&{event.anchor}'; write values out where they are used")
        if event.tag is not None:
            tag = event.tag.replace(TAGS, "!!")
            self.complain(event, f"has a tag '{tag}'; values have none here, and a text with ! has quotes")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event), None
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.complain(event, f"is nested more than {MAX_DEPTH} levels deep")
            raise _TooDeep
        said = len(self.source.diagnostics)
        values, lines = self.sequence() if isinstance(event, yaml.SequenceStartEvent) else self.mapping()
        self.depth -= 1
        if not values:
            if len(self.source.diagnostics) == said:
                self.complain(event, "has an empty list or mapping; leave it out")
            return UNREAD, None
        return values, (event.start_mark.line + 1, lines)

    def scalar(self, event: Any) -> str:
        value: str = event.value
        if _is_empty(event):
            self.complain(event, "has an empty value; leave it out")
            return UNREAD
        self._check_cut(event)
        # Only a double-quoted scalar has escapes, by which a character can come in that the text has not.
        odd = FORBIDDEN.search(value) if event.style == '"' else None
        if odd:
            self.complain(event, character_problem(odd[0]))
            return UNREAD
        if not value.isascii():
            value = unicodedata.normalize("NFC", value)
        if "\n" not in value:
            return value
        value = value.strip("\n")
        # YAML has folded single breaks to spaces by now; those left divide paragraphs, as in a literal block.
        return value if event.style == "|" else value.replace("\n", "\n\n")

    def _check_cut(self, event: Any) -> None:
        """Warn of a text that a number sign ends, because YAML takes what follows for a comment."""
        end = event.end_mark
        match = None if event.style else NUMBER_SIGN.match(self.text_lines[end.line], end.column)
        if match and event.value[0].isalpha():
            message = f"has a text that ends before '{match['sign']}', which YAML takes for a comment"
            self.source.complain(end.line + 1, f"{message}; {yaml_wording.QUOTED}", is_warning=True)

    def sequence(self) -> tuple[list[Any], list[Any]]:
        values: list[Any] = []
        lines: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value, below = self.node(event)
            values.append(value)
            lines.append((event.start_mark.line + 1, below))
        return values, lines

    def key(self, event: Any) -> Any:
        if isinstance(event, yaml.ScalarEvent) and _is_empty(event):
            self.complain(event, "has an empty key; write its name before the colon")
            return UNREAD
        return self.node(event)[0]

    def mapping(self) -> tuple[dict[str, Any], dict[str, Any]]:
        values: dict[str, Any] = {}
        lines: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.key(event)
            value, below = self.node(next(self.events))
            if not isinstance(key, str):
                self.complain(event, "has a list or mapping as a key")
            elif key in values:
                self.complain(event, f"key '{key}' stands twice; first on line {lines[key][0]}")
            elif key != UNREAD:
                values[key] = value
                lines[key] = (event.start_mark.line + 1, below)
        return values, lines


def _is_empty(event: yaml.ScalarEvent) -> bool:
    return not event.value.strip() or (not event.style and event.value in NULLS)
