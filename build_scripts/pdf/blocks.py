"""Stand things on the page: columns with hanging labels, ruled boxes, rules, drawings and pictures."""

import math
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable

from build_scripts.pdf.flow import FUZZ, Marker, Size, fill, notes_of, put, size, stack, whole
from build_scripts.pdf.palette import ACCENT, RULE
from build_scripts.pdf.tags import Element

Draw = Callable[[Any, Any, float, float, float], None]
"""Draw a placed drawing: (placed, canvas, x, y, scale), x and y its lower left corner."""


LEAST_SCALE = 0.8
"""A figure may be made smaller than it wants down to this share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Hang `body` beside the first line of a column, `left` of its edge, in `width`, lowered by `drop`."""

    body: Flowable
    left: float
    width: float
    drop: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Rule a column: hairlines around it, the top one heavier in `colour`, or only a bar at its left."""

    colour: str = ACCENT
    bar: bool = False


class Column(Flowable):  # type: ignore[misc]
    """Stack flowables under each other, with insets, a hanging label, a frame; divide like a page."""

    def __init__(
        self,
        children: Sequence[Flowable],
        *,
        left: float = 0.0,
        right: float = 0.0,
        top: float = 0.0,
        bottom: float = 0.0,
        label: Label | None = None,
        frame: Frame | None = None,
        space_before: float = 0.0,
        space_after: float = 0.0,
        keep_with_next: bool = False,
    ) -> None:
        """Hold the children."""
        super().__init__()
        self.children = list(children)
        self.insets = (left, top, right, bottom)
        self.label = label
        self.frame = frame
        self.spaceBefore = space_before
        self.spaceAfter = space_after
        self.keepWithNext = keep_with_next
        self.notes_height = 0.0
        self._measured: tuple[float, list[tuple[Flowable, float]], Size] | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure the stack and its label; the result is kept for the width."""
        depth, notes = self._measure(width)[1]
        _, top, _, bottom = self.insets
        if self.label:
            label = size(self.label.body, self.label.width)
            depth = max(depth, label.text + self.label.drop)
            notes += label.notes
        self.width = width
        self.notes_height = notes
        self.height = depth + top + bottom + notes
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Divide into what fits and the rest; the label stays with the first part."""
        parts = self._divided(width, height, self._label_notes(), math.inf)
        if len(parts) < 2 or parts[0].wrap(width, height)[1] > height + FUZZ:
            return []
        return parts

    def run_on(self, width: float, height: float, least: float) -> list[Flowable]:
        """Divide behind the line whose notes go on elsewhere; those of the label may be such notes."""
        label_notes = self._label_notes()
        if label_notes + least > height:
            parts = self._divided(width, height - least, 0.0, math.inf)
        else:
            parts = self._divided(width, height, label_notes, least)
        if not parts or size(parts[0], width).text + least > height + FUZZ:
            return []
        return parts if size(parts[0], width).notes else []

    def notes(self) -> list[Flowable]:
        """Return the notes of the label, then those of the children."""
        label = [self.label.body] if self.label else []
        return [note for flowable in (*label, *self.children) for note in notes_of(flowable)]

    def _label_notes(self) -> float:
        return size(self.label.body, self.label.width).notes if self.label else 0.0

    def _divided(self, width: float, height: float, label_notes: float, run_on: float) -> list[Flowable]:
        """Return the part that fits and the rest, all if there is no rest, nothing if nothing fits."""
        left, top, right, bottom = self.insets
        inner, room = width - left - right, height - top - bottom - label_notes
        head, tail = fill(self.children, inner, room, run_on=run_on)
        if all(isinstance(child, Marker) for child in head):
            return []
        if not tail:
            return [self]
        first = copy(self)
        first.children, first.spaceAfter, first.keepWithNext, first._measured = head, 0.0, False, None
        rest = copy(self)
        rest.children, rest.label, rest.spaceBefore, rest._measured = tail, None, 0.0, None
        return [first, rest]

    def _measure(self, width: float) -> tuple[list[tuple[Flowable, float]], Size]:
        if self._measured is None or self._measured[0] != width:
            left, _, right, _ = self.insets
            self._measured = (width, *stack(self.children, width - left - right))
        return self._measured[1], self._measured[2]

    def draw(self) -> None:
        """Draw frame, label and children; children above each other from the top."""
        placed, _ = self._measure(self.width)
        left, top, _, _ = self.insets
        if self.frame:
            self._draw_frame(self.frame, self.notes_height)
        if self.label:
            body = self.label.body
            depth = size(body, self.label.width).text
            put(body, self.canv, self.label.left, self.height - depth - self.label.drop)
        for child, depth in placed:
            put(child, self.canv, left, self.height - top - depth)

    def _draw_frame(self, frame: Frame, foot: float) -> None:
        canvas = self.canv
        with canvas.artifact("Layout"):
            canvas.saveState()
            if frame.bar:
                canvas.setStrokeColor(frame.colour)
                canvas.setLineWidth(1.5)
                canvas.line(0.75, foot, 0.75, self.height)
            else:
                canvas.setStrokeColor(RULE)
                canvas.setLineWidth(0.5)
                canvas.rect(0, foot, self.width, self.height - foot, stroke=1, fill=0)
                canvas.setStrokeColor(frame.colour)
                canvas.setLineWidth(1.2)
                canvas.line(-0.25, self.height, self.width + 0.25, self.height)
            canvas.restoreState()


class Float(Column):
    """Stack what belongs to a figure, undivided; its drawings shrink a little where that makes it fit."""

    def split(self, width: float, height: float) -> list[Flowable]:
        """Stay whole."""
        return []

    def run_on(self, width: float, height: float, least: float) -> list[Flowable]:
        """Stay whole, with notes that go on elsewhere."""
        return whole(self, width, height, least)

    def shrink(self, width: float, height: float) -> bool:
        """Scale the drawings down so that the figure is no higher than this, if they stay legible and true.

        A drawing that states its scale (`to_scale`) would state a wrong one.
        """
        drawings = [child for child in self.children if isinstance(child, Drawing)]
        if any(getattr(drawing.placed, "to_scale", False) for drawing in drawings):
            return False
        excess = self.wrap(width, height)[1] - height
        whole = sum(drawing.height for drawing in drawings)
        if not whole or excess > whole * (1 - LEAST_SCALE):
            return False
        for drawing in drawings:
            drawing.most_height = drawing.height * (1 - excess / whole)
        self._measured = None
        return self.wrap(width, height)[1] <= height + FUZZ


class Rule(Flowable):  # type: ignore[misc]
    """Draw a short horizontal rule, an artifact, between parts of a text."""

    notes_height = 0.0

    def __init__(
        self, length: float, *, colour: str = RULE, weight: float = 0.6, space: float = 14.5
    ) -> None:
        """Set length, weight and the space around."""
        super().__init__()
        self.length = length
        self.colour = colour
        self.weight = weight
        self.spaceBefore = self.spaceAfter = space

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the height of the stroke."""
        self.width = width
        self.height = self.weight
        return width, self.weight

    def draw(self) -> None:
        """Draw the stroke."""
        with self.canv.artifact("Layout"):
            self.canv.saveState()
            self.canv.setStrokeColor(self.colour)
            self.canv.setLineWidth(self.weight)
            self.canv.line(0, 0, self.length, 0)
            self.canv.restoreState()


class Space(Flowable):  # type: ignore[misc]
    """Leave a height empty, at the top of a page too."""

    notes_height = 0.0

    def __init__(self, height: float) -> None:
        """Set the height."""
        super().__init__()
        self.height = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the height."""
        return width, self.height

    def getKeepWithNext(self) -> bool:
        """Keep with what follows."""
        return True

    def draw(self) -> None:
        """Draw nothing."""


class Drawing(Flowable):  # type: ignore[misc]
    """Show a placed drawing or a picture as one Figure, scaled down to its column and to `most_height`.

    `block_name` tells which block of the document it is; of spare room `align` is left of it. The Figure
    learns its bounding box when it is drawn (ISO 32000-1, 14.8.5.4.3).
    """

    notes_height = 0.0

    def __init__(
        self,
        placed: Any,
        draw: Draw,
        element: Element,
        *,
        most_height: float,
        enlarge: bool = False,
        align: float = 0.0,
        space_before: float = 12.0,
        keep_with_next: bool = True,
    ) -> None:
        """Hold what has `.width` and `.height` in points; `enlarge` lets it grow to the column as well."""
        super().__init__()
        self.block_name = ""
        self.placed = placed
        self.call = draw
        self.element = element
        self.most_height = most_height
        self.enlarge = enlarge
        self.align = align
        self.spaceBefore = space_before
        self.keepWithNext = keep_with_next

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Scale to the column."""
        scale = min(width / self.placed.width, self.most_height / self.placed.height)
        self.scale = scale if self.enlarge else min(scale, 1.0)
        self.width = self.placed.width * self.scale
        self.left = (width - self.width) * self.align
        self.height = self.placed.height * self.scale
        return self.width, self.height

    def draw(self) -> None:
        """Draw as the marked content of the figure."""
        sides = (self.left, self.left + self.width)
        corners = [self.canv.absolutePosition(x, y) for x in sides for y in (0, self.height)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        self.element.attributes["Layout"] = {
            "Placement": "Block",
            "BBox": [round(value, 2) for value in (min(xs), min(ys), max(xs), max(ys))],
        }
        with self.canv.mark(self.element):
            self.canv.saveState()
            self.call(self.placed, self.canv, self.left, 0, self.scale)
            self.canv.restoreState()
