"""Read YAML into plain values that know their lines; no scalar is interpreted.

Values are str, list and dict. libyaml's events are used rather than its composer, because only events
tell of anchors, tags and the style of a scalar (YAML 1.1, chapter 3.2).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from build_scripts.diagnostics import Diagnostic, Location

NULLS = frozenset({"null", "Null", "NULL", "~", ""})
# Overrides and isolates reorder what a reader sees without a trace in the text (Unicode UAX 9, section 2).
BIDI_CONTROLS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
ODD_CHARACTERS = frozenset({*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *BIDI_CONTROLS}) - {"\n"}

Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class Source:
    """Hold one file's value and the lines of its keys and items."""

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
            children = node[1]
            if isinstance(children, dict) and step in children:
                line, node = children[step]
            elif isinstance(children, list) and isinstance(step, int) and step < len(children):
                line, node = children[step]
            else:
                break
        return line

    def location(self, where: Path_ = ()) -> Location:
        """Return the place of the value at a path of keys and indices."""
        return Location(self.path, self.line(where))


def load(path: Path, shown: str) -> Source:
    """Read one file; `shown` is the name used in messages."""
    source = Source(shown)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        source.diagnostics.append(Diagnostic(Location(shown, line), "is not UTF-8 text"))
        return source
    if "\t" in text:
        # YAML forbids tabs in indentation only, but in prose they are as invisible and as wrong.
        line = text[: text.index("\t")].count("\n") + 1
        source.diagnostics.append(Diagnostic(Location(shown, line), "has a tab; use spaces"))
        return source
    try:
        _Reader(source, text).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        source.diagnostics.append(Diagnostic(Location(shown, line), f"is not YAML: {error.problem}"))
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        message = f"has the character U+{_code(error.character):04X}, which may not stand in the data"
        source.diagnostics.append(Diagnostic(Location(shown, line), message))
    return source


def _code(character: str | int | bytes) -> int:
    """Return the code point that PyYAML reports as str, int or byte."""
    if isinstance(character, int):
        return character
    return ord(character)


class _Reader:
    """Build values from the events of one stream."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)

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
            self.source.diagnostics.append(Diagnostic(Location(self.source.path, 1), "is empty"))

    def complain(self, event: yaml.Event, message: str) -> None:
        place = Location(self.source.path, event.start_mark.line + 1)
        self.source.diagnostics.append(Diagnostic(place, message))

    def node(self, event: yaml.Event) -> tuple[Any, Any]:
        """Return the value that starts at an event, and the tree of its lines."""
        if isinstance(event, yaml.AliasEvent):
            self.complain(event, f"has an alias '*{event.anchor}'; write the value out")
            return "", None
        if event.anchor is not None:
            self.complain(event, f"has an anchor '&{event.anchor}'; write values out where they are used")
        if event.tag is not None and event.tag != "!":
            self.complain(event, f"has a tag '{event.tag}'; values have no tags here")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event), None
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event)
        return self.mapping(event)

    def scalar(self, event: yaml.ScalarEvent) -> str:
        value: str = event.value
        if not value.strip() or (event.style is None and value in NULLS):
            self.complain(event, "has an empty value; leave the key out")
        if not value.isascii():
            value = unicodedata.normalize("NFC", value)
        odd = ODD_CHARACTERS.intersection(value)
        if odd:
            names = ", ".join(f"U+{ord(character):04X}" for character in sorted(odd))
            self.complain(event, f"has the character {names}, which may not stand in the data")
        if event.style == "|":
            return value.strip("\n")
        # YAML has folded single breaks to spaces by now; those left divide paragraphs, as in a literal block.
        return value.strip("\n").replace("\n", "\n\n") if "\n" in value else value

    def sequence(self, start: yaml.Event) -> tuple[list[Any], Any]:
        values: list[Any] = []
        lines: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value, below = self.node(event)
            values.append(value)
            lines.append((event.start_mark.line + 1, below))
        if not values:
            self.complain(start, "has an empty list; leave the key out")
        return values, (start.start_mark.line + 1, lines)

    def mapping(self, start: yaml.Event) -> tuple[dict[str, Any], Any]:
        values: dict[str, Any] = {}
        lines: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key, _ = self.node(event)
            value, below = self.node(next(self.events))
            if not isinstance(key, str):
                self.complain(event, "has a list or mapping as a key")
            elif key in values:
                first = lines[key][0]
                self.complain(event, f"key '{key}' stands twice; first on line {first}")
            else:
                values[key] = value
                lines[key] = (event.start_mark.line + 1, below)
        if not values:
            self.complain(start, "has an empty mapping; leave the key out")
        return values, (start.start_mark.line + 1, lines)
