"""Build the handbook's lists from the builder's own tables, so that neither can fall behind the other.

The directives are `keys` (of a data file), `dates` (as they are printed), `problem` (a message and its cure),
`targets` (of make) and `steps` (of the command).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from build_scripts.__main__ import STEPS
from build_scripts.model.edtf_parser import parse
from build_scripts.model.schema import schemas
from build_scripts.nodes.dates import date
from build_scripts.words import Words

REPO = Path(__file__).parents[1]
BAD = REPO / "tests" / "bad"
TARGET = re.compile(r"^([a-z]+):.*? ## (.*)$", re.MULTILINE)
PLACE = "#/$defs/"


def targets() -> dict[str, str]:
    """Return the targets of make for authors, with what each is for."""
    return dict(TARGET.findall((REPO / "build_scripts" / "dossier.mk").read_text("utf-8")))


def table(heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[nodes.Node]]) -> nodes.table:
    """Build a table with one row of heads, each with the share of its column."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for _, width in heads), cols=len(heads))
    group += nodes.thead("", _row([nodes.Text(head) for head, _ in heads]))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group)


def _row(cells: Sequence[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def _code(text: str) -> nodes.literal:
    return nodes.literal(text, text)


def groups(name: str) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Yield the schema of a data file's records, then of each group of keys that stands in one."""
    whole = schemas()[name]
    definitions = whole["$defs"]
    body = whole.get("items", whole)
    waiting: list[tuple[str | None, dict[str, Any]]] = [(None, body)]
    seen = set()
    while waiting:
        group, schema = waiting.pop(0)
        yield group, schema
        for property_ in schema["properties"].values():
            for inner in references(property_):
                if inner not in seen and "properties" in definitions[inner]:
                    seen.add(inner)
                    waiting.append((inner, definitions[inner]))


def references(schema: Any) -> Iterator[str]:
    """Yield the names of the groups that a part of a schema points to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].removeprefix(PLACE)
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


def choices(schema: Any, definitions: dict[str, Any]) -> Iterator[str]:
    """Yield the words that a key may have, where there is a list of them."""
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
        if "$ref" in schema:
            yield from choices(
                definitions[schema["$ref"].removeprefix(PLACE)].get("enum")
                and definitions[schema["$ref"].removeprefix(PLACE)],
                definitions,
            )
        for key in ("items", "anyOf"):
            yield from choices(schema.get(key), definitions)
    elif isinstance(schema, list):
        for one in schema:
            yield from choices(one, definitions)


class Keys(Directive):
    """Show every key of a data file: a table for its records, and one for each group in them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the tables (docutils directive interface)."""
        name = self.arguments[0]
        definitions = schemas()[name]["$defs"]
        shown: list[nodes.Node] = []
        used_in: dict[str, list[str]] = {}
        for group, schema in groups(name):
            if group is not None:
                where = used_in[group]
                shown.append(nodes.rubric("", "", nodes.Text("Keys inside "), *_listed(where)))
            required, rows = set(schema.get("required", ())), []
            for key, property_ in schema["properties"].items():
                for inner in references(property_):
                    if key not in used_in.setdefault(inner, []):
                        used_in[inner].append(key)
                words = property_.get("description", "")
                if allowed := list(dict.fromkeys(choices(property_, definitions))):
                    words = f"{words} One of: {', '.join(map(str, allowed))}."
                rows.append([_code(key), nodes.Text("yes" if key in required else ""), nodes.Text(words)])
            shown.append(table((("Key", 20), ("Needed?", 10), ("What it holds", 70)), rows))
        return shown


def _listed(keys: Sequence[str]) -> Iterator[nodes.Node]:
    for number, key in enumerate(keys):
        if number:
            yield nodes.Text(", ")
        yield _code(key)


class Dates(Directive):
    """Show dates as they are typed and as they are printed."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the table (docutils directive interface)."""
        words = Words("en-GB")
        rows = [[_code(typed), nodes.Text(date(parse(typed), words))] for typed in self.content if typed]
        return [table((("You type", 35), ("The dossier prints", 65)), rows)]


class Problem(Directive):
    """Show messages as folders of tests/bad make them, each by its first line, and what to do."""

    required_arguments = 1
    optional_arguments = 100
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the messages and the cure (docutils directive interface)."""
        self.assert_has_content()
        lines = []
        for name in self.arguments:
            path = BAD / name / "expected.txt"
            if not path.is_file():
                raise self.error(f"no folder '{name}' in tests/bad")
            lines.append(path.read_text("utf-8").splitlines()[0])
        text = "\n".join(lines)
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        return [nodes.literal_block(text, text, language="none", classes=["message"]), *body.children]


class Targets(Directive):
    """Show the targets of make."""

    def run(self) -> list[nodes.Node]:
        """Return the table (docutils directive interface)."""
        rows = [[_code(f"make {name}"), nodes.Text(text)] for name, text in targets().items()]
        return [table((("Command", 30), ("What it does", 70)), rows)]


class Steps(Directive):
    """Show the steps of the command `dossier`."""

    def run(self) -> list[nodes.Node]:
        """Return the table (docutils directive interface)."""
        rows = [[_code(f"dossier {name}"), nodes.Text(text)] for name, text in STEPS.items()]
        return [table((("Command", 30), ("What it does", 70)), rows)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives (Sphinx extension interface)."""
    for name, directive in {
        "keys": Keys, "dates": Dates, "problem": Problem, "targets": Targets, "steps": Steps,
    }.items():  # fmt: skip
        app.add_directive(name, directive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
