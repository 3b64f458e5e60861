"""Write what the hostile dossiers and the faults tried, and how it went, as one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

COUNTED = ("refused", "built", "recovered", "lost")
WORST = ("seconds", "megabytes")
Row = tuple[str, int, dict[str, float]]


def rows(tried: Iterable[Sequence[Any]]) -> Iterator[Row]:
    """Yield each family with its number of cases, sums of what is counted and the worst of the rest."""
    families: dict[str, tuple[int, dict[str, float]]] = {}
    for family, figures in tried:
        cases, sums = families.get(family, (0, dict.fromkeys((*COUNTED, *WORST), 0.0)))
        for name in COUNTED:
            sums[name] += figures.get(name, 0)
        for name in WORST:
            sums[name] = max(sums[name], figures.get(name, 0))
        families[family] = cases + 1, sums
    for family, (cases, sums) in families.items():
        yield family, cases, sums


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of the table; the last has the sums."""
    whole = dict.fromkeys(COUNTED, 0.0) | {name: max(row[2][name] for row in rows) for name in WORST}
    for name in COUNTED:
        whole[name] = sum(row[2][name] for row in rows)
    width = max(len(row[0]) for row in rows)
    yield f"{'':{width}}  cases  refused  built  recovered  lost  worst s    MB"
    for family, cases, sums in [*rows, ("all", sum(row[1] for row in rows), whole)]:
        counted = f"{sums['refused']:8.0f} {sums['built']:6.0f} {sums['recovered']:10.0f} {sums['lost']:5.0f}"
        yield f"{family:{width}} {cases:6} {counted} {sums['seconds']:8.1f} {sums['megabytes']:5.0f}"
