"""Set many short lines in several columns beside each other, about equally long on the last page."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from build_scripts.pdf.flow import fill, put, stack

CLOSE = 2.0
"""Columns are balanced to within so many points."""


class Columns(Flowable):  # type: ignore[misc]
    """Pour flowables without notes into `count` columns, `gap` apart.

    `left` moves the left edge against the column of text, negative into the hanging column.
    """

    notes_height = 0.0

    def __init__(
        self,
        children: Sequence[Flowable],
        *,
        count: int,
        gap: float,
        left: float = 0.0,
        columns: Sequence[Sequence[Flowable]] = (),
    ) -> None:
        """Hold the children; `columns` are given once it is known what stands in each."""
        super().__init__()
        self.children = list(children)
        self.count = count
        self.gap = gap
        self.left = left
        self.columns = columns

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Find the least height in which everything fits."""
        column = self._column(width)
        if not self.columns:
            short, tall = 0.0, stack(self.children, column)[1].text
            while tall - short > CLOSE:
                middle = (short + tall) / 2
                short, tall = (middle, tall) if self._pour(column, middle)[1] else (short, middle)
            self.columns = self._pour(column, tall)[0]
        self.width = width
        self.height = max((stack(one, column)[1].text for one in self.columns), default=0.0)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Fill the columns of this page and leave the rest for the next."""
        columns, rest = self._pour(self._column(width), height)
        if not rest or not any(columns):
            return []
        return [
            Columns([], count=self.count, gap=self.gap, left=self.left, columns=columns),
            Columns(rest, count=self.count, gap=self.gap, left=self.left),
        ]

    def draw(self) -> None:
        """Draw column after column from the top."""
        column = self._column(self.width)
        for index, children in enumerate(self.columns):
            x = self.left + index * (column + self.gap)
            for child, depth in stack(children, column)[0]:
                put(child, self.canv, x, self.height - depth)

    def _column(self, width: float) -> float:
        return (width - self.left + self.gap) / self.count - self.gap

    def _pour(self, column: float, height: float) -> tuple[list[list[Flowable]], list[Flowable]]:
        rest = self.children
        columns = []
        for _ in range(self.count):
            head, rest = fill(rest, column, height)
            columns.append(head)
        return columns, rest
