"""Set tables: column widths from content, rows over pages, heads repeated as artifacts, one Table element.

The grid is ruled quietly: a rule above, one under the head, one below, hairlines between rows.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column
from build_scripts.pdf.flow import FUZZ, put, run_on_of, size, whole
from build_scripts.pdf.palette import INK, RULE

KEPT_WHOLE = 150.0
"""A table no higher than this is moved to the next page rather than divided."""
LOW_ROW = 40.0
"""A first row lower than this does not stand alone under the head at the foot of a page."""
PAD_X = 8.0
PAD_TOP = 3.2
PAD_BOTTOM = 3.6
AIR = 5.0
"""What keeps the last rule from what stands below it, also from the rule of the notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Stand content in `column` of its row; its longest word and line are `least` and `most` wide.

    `floor` is the width of the longest part of a word that nothing may divide.
    """

    column: int
    content: Column
    columns: int = 1
    rows: int = 1
    least: float = 0.0
    most: float = 0.0
    floor: float = 0.0


Row = Sequence[Cell]


class Table(Flowable):  # type: ignore[misc]
    """Draw rows of cells on a grid; a table that is divided repeats `again`, its head without structure."""

    def __init__(
        self,
        head: Sequence[Row],
        body: Sequence[Row],
        widths: Sequence[float],
        *,
        again: Sequence[Row] = (),
        left: float = 0.0,
        space_before: float = 0.0,
        space_after: float = 14.5,
        continued: bool = False,
        divided: bool = False,
    ) -> None:
        """Hold the rows; `left` moves the table against its column, negative into the hanging column.

        A part is `continued` when rows follow on another page, `divided` when rows went before.
        """
        super().__init__()
        self.head = list(head)
        self.body = list(body)
        self.widths = list(widths)
        self.again = list(again)
        self.left = left
        self.continued = continued
        self.divided = divided
        self.spaceBefore = space_before
        self.spaceAfter = space_after
        self._heights: list[float] | None = None
        self.notes_height = 0.0

    @property
    def rows(self) -> list[Row]:
        """Give all rows, head first."""
        return [*self.head, *self.body]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure all rows; they depend on the widths of the columns alone."""
        heights = self._row_heights()
        self.notes_height = sum(self._notes(row) for row in self.rows)
        self.width = sum(self.widths) - PAD_X
        self.height = sum(heights) + AIR + self.notes_height
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Divide between rows, or inside a row that is taller than half of the room."""
        heights = self._row_heights()
        if not self.divided and sum(heights) <= KEPT_WHOLE:
            return []
        used = AIR + sum(heights[: len(self.head)]) + sum(self._notes(row) for row in self.head)
        fitting = 0
        cut = 0
        for index, row in enumerate(self.body):
            used += heights[len(self.head) + index] + self._notes(row)
            if used > height + FUZZ:
                used -= heights[len(self.head) + index] + self._notes(row)
                break
            fitting = index + 1
            if not self._spanned(fitting):
                cut = fitting
        if cut == fitting and fitting < len(self.body):
            row_height = heights[len(self.head) + fitting]
            if row_height > height / 2 and all(cell.rows == 1 for cell in self.body[fitting]):
                divided = self._divide_row(self.body[fitting], height - used)
                if divided:
                    return self._parts([*self.body[:cut], divided[0]], [divided[1], *self.body[cut + 1 :]])
        if not cut or cut == len(self.body):
            return []
        if cut == 1 and not self.divided and len(self.body) > 2 and heights[len(self.head)] < LOW_ROW:
            return []
        return self._parts(self.body[:cut], self.body[cut:])

    def run_on(self, width: float, height: float, least: float) -> list[Flowable]:
        """Divide behind the rows whose notes go on elsewhere, or inside a row that is too tall as well."""
        heights = self._row_heights()
        measured = size(self, width)
        if not measured.notes:
            return []
        if sum(heights) <= KEPT_WHOLE and not self.divided:
            return whole(self, width, height, least)
        used = AIR + sum(heights[: len(self.head)])
        noted = sum(self._notes(row) for row in self.head)
        start = 0
        for end in (index for index in range(1, len(self.body) + 1) if not self._spanned(index)):
            group = range(start, end)
            text = sum(heights[len(self.head) + index] for index in group)
            notes = sum(self._notes(self.body[index]) for index in group)
            if used + noted + text + notes > height + FUZZ:
                break
            used, noted, start = used + text, noted + notes, end
        else:
            return []
        before = noted if start else 0.0
        if notes + noted - before and used + before + text + least <= height + FUZZ:
            return [self] if end == len(self.body) else self._parts(self.body[:end], self.body[end:])
        if end == start + 1 and text > height / 2:
            divided = self._divide_row(self.body[start], height - used - before - least, least=least)
            if divided:
                return self._parts([*self.body[:start], divided[0]], [divided[1], *self.body[end:]])
        return []

    def notes(self) -> list[Flowable]:
        """Return the notes of all cells."""
        return [note for row in self.rows for cell in row for note in cell.content.notes()]

    def _parts(self, first: list[Row], rest: list[Row]) -> list[Flowable]:
        return [
            Table(
                self.head,
                first,
                self.widths,
                again=self.again,
                left=self.left,
                space_before=self.spaceBefore,
                continued=True,
            ),
            Table(
                self.again,
                rest,
                self.widths,
                again=self.again,
                left=self.left,
                space_after=self.spaceAfter,
                continued=self.continued,
                divided=True,
            ),
        ]

    def _spanned(self, index: int) -> bool:
        """Check whether a cell reaches over the edge above row `index` of the body."""
        return any(cell.rows > index - row for row in range(index) for cell in self.body[row])

    def _divide_row(self, row: Row, room: float, *, least: float = math.inf) -> tuple[Row, Row] | None:
        """Divide each cell that is taller than the room; its notes may go on elsewhere if `least` fits."""
        first, rest = [], []
        notes = 0.0
        for cell in row:
            width = self._inner_width(cell)
            parts = [cell.content]
            if cell.content.wrap(width, room)[1] > room:
                parts = run_on_of(cell.content, width, room, least) or cell.content.split(width, room)
            if not parts:
                return None
            notes += size(parts[0], width).notes
            first.append(replace(cell, content=parts[0]))
            left = parts[1:] or [Column([], top=PAD_TOP, bottom=PAD_BOTTOM)]
            rest.append(replace(cell, content=left[0]))
        texts = max(size(cell.content, self._inner_width(cell)).text for cell in first)
        if texts + notes > room + FUZZ and least == math.inf:
            return None
        return first, rest

    def _inner_width(self, cell: Cell) -> float:
        return sum(self.widths[cell.column : cell.column + cell.columns]) - PAD_X

    def _notes(self, row: Row) -> float:
        return sum(cell.content.notes_height for cell in row)

    def _row_heights(self) -> list[float]:
        if self._heights is None:
            rows = self.rows
            heights = [0.0] * len(rows)
            spanning = []
            for index, row in enumerate(rows):
                for cell in row:
                    height = size(cell.content, self._inner_width(cell)).text
                    if cell.rows == 1:
                        heights[index] = max(heights[index], height)
                    else:
                        spanning.append((index, cell.rows, height))
            for index, count, height in spanning:
                last = min(index + count, len(rows)) - 1
                heights[last] += max(0.0, height - sum(heights[index : last + 1]))
            self._heights = heights
        return self._heights

    def draw(self) -> None:
        """Draw the rules as artifacts, then every cell."""
        heights = self._row_heights()
        tops = [self.notes_height + AIR + sum(heights[index:]) for index in range(len(heights) + 1)]
        self._draw_rules(tops)
        starts = [self.left + sum(self.widths[:index]) for index in range(len(self.widths) + 1)]
        for index, row in enumerate(self.rows):
            for cell in row:
                depth = size(cell.content, self._inner_width(cell)).text
                put(cell.content, self.canv, starts[cell.column], tops[index] - depth)

    def _draw_rules(self, tops: list[float]) -> None:
        canvas = self.canv
        ends = [self.left + sum(self.widths[:index]) for index in range(len(self.widths) + 1)]
        last = len(tops) - 1
        with canvas.artifact("Layout"):
            canvas.saveState()
            for edge, top in enumerate(tops):
                heavy = edge == 0 or (edge == last and not self.continued)
                under_head = edge == len(self.head) and edge > 0
                canvas.setStrokeColor(INK if heavy or under_head else RULE)
                canvas.setLineWidth(0.8 if heavy else 0.5 if under_head else 0.35)
                for column in range(len(self.widths)):
                    if heavy or not self._covered(edge, column):
                        right = ends[column + 1] - (PAD_X if column == len(self.widths) - 1 else 0)
                        canvas.line(ends[column], top, right, top)
            canvas.restoreState()

    def _covered(self, edge: int, column: int) -> bool:
        """Check whether a cell that spans rows lies over this edge in this column."""
        return any(
            index < edge < index + cell.rows and cell.column <= column < cell.column + cell.columns
            for index, row in enumerate(self.rows[:edge])
            for cell in row
            if cell.rows > 1
        )
