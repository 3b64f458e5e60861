"""Find room for labels, so that none covers another, a wall or the edge of the sheet.

What is already taken lies in a grid of cells and what blocks in a tree, so that a label looks at its
neighbourhood alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from build_scripts.layout.obstacles import Floats, Mask, Obstacles
from build_scripts.layout.shapes import Xy

GAP = 1.2
STEPS = 22
LEAST_STEP = 1.2
ANGLES = 24
RING = 2.5
CELL = 48.0
# So many candidates are looked at first; each time that none is free, four times as many.
FIRST_LOOK, MORE = 16, 4


class Spots:
    """Hold the boxes that labels have taken, as left, bottom, right, top."""

    def __init__(self) -> None:
        """Start with an empty sheet."""
        self._taken: list[tuple[float, float, float, float]] = []
        self._cells: dict[tuple[int, int], list[int]] = {}

    def take(self, left: float, bottom: float, right: float, top: float) -> None:
        """Keep a box free of later labels."""
        for cell in _cells(left - GAP, bottom - GAP, right + GAP, top + GAP):
            self._cells.setdefault(cell, []).append(len(self._taken))
        self._taken.append((left, bottom, right, top))

    def inside(self, free: BaseGeometry, width: float, height: float) -> Xy | None:
        """Return the centre for a box that fits into `free`, as near to its middle as can be, and take it."""
        if free.is_empty:
            return None
        left, bottom, right, top = free.bounds
        if right - left < width or top - bottom < height:
            return None
        xs = _grid(left + width / 2, right - width / 2)
        ys = _grid(bottom + height / 2, top - height / 2)
        middle = free.centroid
        centres = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        return self._first(centres, (middle.x, middle.y), width, height, free, None)

    def beside(
        self, point: Xy, width: float, height: float, frame: Polygon, blocked: Obstacles, *, reach: float
    ) -> Xy | None:
        """Return the centre for a box in `frame`, off `blocked`, as near to a point as can be; take it."""
        turns = np.arange(ANGLES) * (2 * math.pi / ANGLES)
        rings = np.arange(math.ceil(reach / RING)) * RING
        offsets = np.stack([np.cos(turns), np.sin(turns)], axis=-1) * (width / 2, height / 2)
        directions = np.stack([np.cos(turns), np.sin(turns)], axis=-1)
        centres = (point + offsets[None, :, :] + rings[:, None, None] * directions[None, :, :]).reshape(-1, 2)
        return self._first(centres, point, width, height, frame, blocked)

    def _first(
        self,
        centres: Floats,
        wanted: Xy,
        width: float,
        height: float,
        free: BaseGeometry,
        blocked: Obstacles | None,
    ) -> Xy | None:
        """Return the candidate nearest to the wanted point that is free, and take it."""
        order = np.argsort(np.hypot(*(centres - wanted).T), kind="stable")
        centres = centres[order]
        half = np.array([width / 2, height / 2])
        centres = centres[self._untaken(centres - half, centres + half)]
        shapely.prepare(free)
        start, count = 0, FIRST_LOOK
        while start < len(centres):
            some = centres[start : start + count]
            low, high = some - half, some + half
            boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
            ok = shapely.contains_properly(free, boxes)
            if blocked is not None:
                ok[ok] = ~blocked.hit(low[ok], high[ok])
            found = np.flatnonzero(ok)
            if len(found):
                x, y = (float(value) for value in some[found[0]])
                self.take(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
                return x, y
            start, count = start + count, count * MORE
        return None

    def _untaken(self, low: Floats, high: Floats) -> Mask:
        """Return which of some boxes keep their distance from all that is taken."""
        near = {
            index
            for cell in _cells(*low.min(axis=0), *high.max(axis=0))
            for index in self._cells.get(cell, ())
        }
        if not near:
            return np.ones(len(low), dtype=bool)
        taken = np.array([self._taken[index] for index in sorted(near)])
        apart = (
            (low[:, None, 0] >= taken[None, :, 2] + GAP)
            | (high[:, None, 0] <= taken[None, :, 0] - GAP)
            | (low[:, None, 1] >= taken[None, :, 3] + GAP)
            | (high[:, None, 1] <= taken[None, :, 1] - GAP)
        )
        return np.asarray(apart.all(axis=1))


def _cells(left: float, bottom: float, right: float, top: float) -> Iterator[tuple[int, int]]:
    """Yield the cells of the grid that a box touches."""
    for column in range(math.floor(left / CELL), math.floor(right / CELL) + 1):
        for row in range(math.floor(bottom / CELL), math.floor(top / CELL) + 1):
            yield column, row


def _grid(start: float, end: float) -> Floats:
    """Return places from start to end, close enough to find a way between obstacles."""
    count = min(STEPS, int((end - start) / LEAST_STEP)) + 1
    return np.linspace(start, end, count) if count > 1 else np.array([(start + end) / 2])
