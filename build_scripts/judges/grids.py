"""Count the grid of a table in a structure tree, spans and all (ISO 32000-1, 14.8.4.3.4 and 14.8.5.7)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from pikepdf import Array, Dictionary

GROUPS = frozenset({"/THead", "/TBody", "/TFoot"})
CELLS = frozenset({"/TH", "/TD"})


def is_regular(table: Any) -> bool:
    """Check whether every place of the grid belongs to one cell (ISO 14289-1, 7.5).

    A cell takes the first column that is free in its row; it may neither lie over another nor reach below the
    last row.
    """
    rows = list(_rows(table))
    taken: dict[int, set[int]] = {number: set() for number in range(len(rows))}
    for number, row in enumerate(rows):
        for cell in (kid for kid in _kids(row) if str(kid.S) in CELLS):
            down, across = _span(cell, "/RowSpan"), _span(cell, "/ColSpan")
            first = next(column for column in count() if column not in taken[number])
            columns = set(range(first, first + across))
            for below in range(number, number + down):
                if below not in taken or taken[below] & columns:
                    return False
                taken[below] |= columns
    width = len(taken.get(0, ()))
    return width > 0 and all(columns == set(range(width)) for columns in taken.values())


def _rows(node: Any) -> Iterator[Any]:
    for kid in _kids(node):
        if kid.S == "/TR":
            yield kid
        elif str(kid.S) in GROUPS:
            yield from _rows(kid)


def _kids(node: Any) -> Iterator[Any]:
    for kid in _list(node.get("/K", [])):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _span(cell: Any, name: str) -> int:
    """Return over how many rows or columns a cell reaches."""
    for owner in _list(cell.get("/A", [])):
        if name in owner:
            return int(owner[name])
    return 1


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array | list) else [value]
