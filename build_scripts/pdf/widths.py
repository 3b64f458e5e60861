"""Share the width of a table among its columns so that the table becomes as low as it can."""

from collections.abc import Sequence
from itertools import islice

from build_scripts.pdf.tables import PAD_X, Cell, Row

STRETCH_FROM = 0.6
"""A table that wants more than this share of the measure is stretched to all of it."""

STEPS = 64
"""In so many parts the room is given out that is left when every column has its longest word."""

SHORT = 84.0
"""A cell whose text is no longer than this, a date or a number, stands on one line if it can."""

EASY = 0.8
"""If that takes no more than this share of the table."""

SAMPLE = 300
"""So many rows are looked at to judge a table."""

TALLEST = 3
"""The power at which cells of many lines outweigh the others: the tallest cell makes the row."""


def column_widths(
    rows: Sequence[Row], count: int, measure: float, given: Sequence[float] = ()
) -> list[float]:
    """Share the measure among columns by what stands in them, or in the proportions given.

    A column is narrower than its longest word only when all columns together lack room for theirs; then what
    there is goes to each beyond its longest syllable, which is cut only if not even these have room.
    """
    if given:
        return [measure * share / sum(given) for share in given]
    least, most = wishes(rows, count)
    room = measure + PAD_X
    if sum(most) <= room:
        share = room / sum(most) if sum(most) >= STRETCH_FROM * room else 1.0
        return [width * share for width in most]
    if sum(least) >= room:
        return _tight(least, floors(rows, count), room)
    easy = [max(short, min(long, SHORT)) for short, long in zip(least, most, strict=True)]
    return _lowest(rows, easy if sum(easy) < EASY * room else least, room)


def wishes(rows: Sequence[Row], count: int) -> tuple[list[float], list[float]]:
    """Give for each column the width of its longest word and that of its longest line, padding included."""
    least, most = [0.0] * count, [0.0] * count
    for cell in (cell for row in rows for cell in row if cell.columns == 1):
        least[cell.column] = max(least[cell.column], cell.least + PAD_X)
        most[cell.column] = max(most[cell.column], cell.most + PAD_X)
    for cell in (cell for row in rows for cell in row if cell.columns > 1):
        span = range(cell.column, cell.column + cell.columns)
        for widths, wanted in ((least, cell.least + PAD_X), (most, cell.most + PAD_X)):
            lacking = wanted - sum(widths[index] for index in span)
            for index in span:
                widths[index] += max(0.0, lacking) / cell.columns
    return least, most


def floors(rows: Sequence[Row], count: int) -> list[float]:
    """Return for each column the width of its longest syllable, padding included."""
    floor = [0.0] * count
    for cell in (cell for row in rows for cell in row if cell.columns == 1):
        floor[cell.column] = max(floor[cell.column], cell.floor + PAD_X)
    return floor


def _tight(least: Sequence[float], floor: Sequence[float], room: float) -> list[float]:
    """Share too little room: syllables first, then words in the proportion of what they lack."""
    spare, lack = room - sum(floor), sum(least) - sum(floor)
    if spare <= 0 or lack <= 0:
        inner = (room - len(floor) * PAD_X) / max(sum(floor) - len(floor) * PAD_X, 1.0)
        return [PAD_X + (width - PAD_X) * inner for width in floor]
    return [low + (high - low) * spare / lack for low, high in zip(floor, least, strict=True)]


def _lowest(rows: Sequence[Row], least: Sequence[float], room: float) -> list[float]:
    """Give the room out in small parts, each to the column where it saves most."""
    columns: list[list[Cell]] = [[] for _ in least]
    for row in islice(rows, SAMPLE):
        for cell in row:
            if cell.columns == 1:
                columns[cell.column].append(cell)
    widths = list(least)
    part = (room - sum(least)) / STEPS
    costs = [_cost(cells, width) for cells, width in zip(columns, widths, strict=True)]
    savings = [
        cost - _cost(cells, width + part) for cells, width, cost in zip(columns, widths, costs, strict=True)
    ]
    for _ in range(STEPS):
        chosen = max(range(len(widths)), key=savings.__getitem__)
        widths[chosen] += part
        costs[chosen] -= savings[chosen]
        savings[chosen] = costs[chosen] - _cost(columns[chosen], widths[chosen] + part)
    return widths


def _cost(cells: Sequence[Cell], width: float) -> float:
    """Say how much the cells of a column of this width do to make the table tall."""
    inner = max(width - PAD_X, 1.0)
    return float(sum(max(1.0, cell.most / inner) ** TALLEST for cell in cells))
