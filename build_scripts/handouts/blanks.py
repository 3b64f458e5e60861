"""Leave room to write by hand, and frame what stands beside it; the lines are artifacts."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from build_scripts.pdf.flow import put, stack
from build_scripts.pdf.palette import MUTED

MM = 72 / 25.4
WRITING = 8.5 * MM
"""The distance between lines to write on by hand."""


class Ruled(Flowable):  # type: ignore[misc]
    """Leave room to write, with a line under each row of it; nothing of it is read out."""

    def __init__(self, height: float, pitch: float = WRITING) -> None:
        """Take the height to fill."""
        super().__init__()
        self.rows = max(int(height / pitch), 0)
        self.pitch = pitch

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the whole width."""
        self.width, self.height = width, self.rows * self.pitch
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Stay whole."""
        return []

    def draw(self) -> None:
        """Draw the lines."""
        with self.canv.artifact("Layout"):
            self.canv.saveState()
            self.canv.setStrokeColor(MUTED)
            self.canv.setLineWidth(0.4)
            for row in range(self.rows):
                self.canv.line(0, row * self.pitch, self.width, row * self.pitch)
            self.canv.restoreState()


class Blanks(Flowable):  # type: ignore[misc]
    """Set words in a row, each with a line behind it to be filled in by hand; the first has the longest."""

    def __init__(self, labels: Sequence[Flowable], height: float = WRITING) -> None:
        """Take one-line paragraphs."""
        super().__init__()
        self.labels = list(labels)
        self.row_height = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the whole width and one row."""
        self.width, self.height = width, self.row_height
        return self.width, self.height

    def draw(self) -> None:
        """Draw the words and the lines behind them."""
        shares = [2, *(1 for _ in self.labels[1:])]
        x = 0.0
        for label, share in zip(self.labels, shares, strict=True):
            cell = self.width * share / sum(shares)
            label.wrap(cell, self.height)
            label.drawOn(self.canv, x, 0)
            with self.canv.artifact("Layout"):
                self.canv.saveState()
                self.canv.setStrokeColor(MUTED)
                self.canv.setLineWidth(0.4)
                self.canv.line(x + label.natural_width() + 5, 2, x + cell - 10, 2)
                self.canv.restoreState()
            x += cell


class Inset(Flowable):  # type: ignore[misc]
    """Stand flowables in a box of fixed size, a little in from its edges, with a rule round it or none."""

    def __init__(
        self,
        children: Sequence[Flowable],
        width: float,
        height: float,
        *,
        pad: float = 8.0,
        ruled: bool = False,
    ) -> None:
        """Hold the children."""
        super().__init__()
        self.children = list(children)
        self.width, self.height, self.pad, self.ruled = width, height, pad, ruled

    @property
    def spare(self) -> float:
        """Return how much of the height is left, below zero if the children do not fit."""
        _, whole = stack(self.children, self.width - 2 * self.pad)
        return self.height - 2 * self.pad - whole.text

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Be as large as the box is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the rule, then the children from the top."""
        if self.ruled:
            with self.canv.artifact("Layout"):
                self.canv.saveState()
                self.canv.setStrokeColor(MUTED)
                self.canv.setLineWidth(0.5)
                self.canv.rect(0, 0, self.width, self.height)
                self.canv.restoreState()
        placed, _ = stack(self.children, self.width - 2 * self.pad)
        for child, depth in placed:
            put(child, self.canv, self.pad, self.height - self.pad - depth)
