"""Convert tables of events and people (CSV, RFC 4180, with names of columns in the first line) to records.

Columns are called as the keys of the data files. Lists are divided by semicolons; a source may have its place
behind a bar, as in chapters: `doe-1911 | p. 3; roe-1912`.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound, suggest
from build_scripts.imports.entries import Entry, plain, text_of, unique
from build_scripts.model.biographies import Name, Person
from build_scripts.model.chronology import Event
from build_scripts.model.edition import Edition
from build_scripts.model.records import Record

LISTS = frozenset({"people", "concerning", "organizations", "rooms", "accounts", "places", "aliases"})
NAME = tuple(Name.model_fields)
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?")
UNKNOWN = "XXXX-XX-XX"
# What divides columns; the one that stands most often in the first line does.
DIVIDERS = ",;\t"
QUOTES = "has a quotation mark that is not closed, or one within a cell, which is written twice"

Row = Mapping[str, str]


def events(path: Path, edition: Edition, taken: Iterable[str]) -> list[Entry]:
    """Return the events of a table; one without a period of its own goes into the edition's first.

    Raises ProblemsFound if the file is no table of events.
    """
    needed = {"title": "[No title]", "text": "[No text]", "date": UNKNOWN, "period": edition.periods[0].id}

    def values(row: Row) -> dict[str, Any]:
        moment = MOMENT.fullmatch(row.get("date", ""))
        return _values(row) | ({"date": moment[1], "time": moment[2]} if moment else {})

    return _entries(path, Event, needed, {key: key for key in _keys(Event)}, values, taken)


def people(path: Path, edition: Edition, taken: Iterable[str]) -> list[Entry]:
    """Return the people of a table; one without a group goes into the edition's first.

    `name` or `display` is the name as shown; `family`, `given` and `sort` are its parts.
    """
    needed = {"name": {"display": "[No name]"}, "text": "[No text]", "group": edition.groups[0].id}
    columns = {**{key: key for key in _keys(Person)}, **{part: "name" for part in NAME}}

    def values(row: Row) -> dict[str, Any]:
        parts = {part: row[part] for part in NAME if part in row}
        whole = " ".join(parts[part] for part in ("given", "family") if part in parts)
        display = row.get("name") or row.get("display") or whole
        rest = {key: value for key, value in row.items() if key not in ("name", *NAME)}
        return {"name": {"display": display, **parts}, **_values(rest)} if display else _values(rest)

    return _entries(path, Person, needed, columns, values, taken)


def _entries(
    path: Path,
    model: type[Record],
    needed: Mapping[str, Any],
    columns: Mapping[str, str],
    values: Callable[[Row], dict[str, Any]],
    taken: Iterable[str],
) -> list[Entry]:
    names = set(taken)
    entries = []
    for row in _rows(path, columns):
        found = values(row)
        wanted = row.get("id") or row.get("title") or found.get("name", {}).get("display", "")
        entry = Entry({**found, "id": unique(wanted, names, model.noun)})
        entry.fit(model, needed)
        order = [key for key in _keys(model) if key in entry.values]
        entry.values = {key: entry.values[key] for key in ("id", *(key for key in order if key != "id"))}
        names.add(entry.id)
        entries.append(entry)
    return entries


def _rows(path: Path, columns: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the lines of a table without empty cells.

    Raises ProblemsFound for columns that no record has: a slip in a heading must not lose a column.
    """
    lines = _lines(path)
    if not lines:
        raise ProblemsFound([Diagnostic(Location(str(path)), "has no line with names of columns")])
    at, first = lines[0]
    found = [name.strip() for name in first]
    problems = [
        Diagnostic(Location(str(path), at), f"no record has a key '{name}'{suggest(name, columns)}")
        for name in found
        if name not in columns
    ]
    problems += [
        Diagnostic(Location(str(path), at), f"has two columns '{name}'")
        for name, count in Counter(found).items()
        if count > 1 and name in columns
    ]
    problems += [
        Diagnostic(Location(str(path), at), f"has {len(row)} cells, more than the {len(found)} columns")
        for at, row in lines[1:]
        if any(map(str.strip, row[len(found) :]))
    ]
    if not problems and not lines[1:]:
        problems = [Diagnostic(Location(str(path)), "has no line below the names of columns")]
    if problems:
        raise ProblemsFound(problems)
    return [
        {key: value.strip() for key, value in zip(found, row, strict=False) if value.strip()}
        for _, row in lines[1:]
    ]


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Return the lines of a table that have cells, with their numbers.

    Raises ProblemsFound for a table that is not well formed.
    """
    text = text_of(path)
    divided_by = max(DIVIDERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divided_by, strict=True)
    found = []
    start = 1
    try:
        for row in reader:
            found.append((start, row))
            start = reader.line_num + 1
    except csv.Error as error:
        is_long = "limit" in str(error)
        message = f"has a cell of more than {csv.field_size_limit()} signs" if is_long else QUOTES
        raise ProblemsFound([Diagnostic(Location(str(path), start), message)]) from None
    return [(line, row) for line, row in found if row]


def _values(row: Row) -> dict[str, Any]:
    return {key: _value(key, text) for key, text in row.items()}


def _value(key: str, text: str) -> Any:
    if key in LISTS:
        return [plain(one) for one in text.split(";") if one.strip()]
    if key == "sources":
        return [_source(one) for one in text.split(";") if one.strip()]
    return text if key == "text" else plain(text)


def _source(text: str) -> Any:
    name, _, place = map(plain, text.partition("|"))
    return {"id": name, "locator": place} if place else name


def _keys(model: type[Record]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
