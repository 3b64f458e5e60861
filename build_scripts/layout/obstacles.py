"""Select the boxes that meet any of many shapes: by a raster first, then by a tree (GEOS STRtree).

A box that holds a point of a shape meets it, so that on crowded ground most boxes cost a look at a table of
sums. GEOS is handed single shapes, never a collection of all of them to prepare: it dies of those.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

CELL = 1.0
# Cells along the longer side of all shapes, and in the bounds of one that is worth them.
MOST_CELLS, MOST_OF_ONE = 1200, 6400


class Obstacles:
    """Hold the shapes on which no label may stand."""

    def __init__(self, shapes: Iterable[BaseGeometry]) -> None:
        """Build the obstacles from shapes of any kind; empty ones block nothing."""
        self._shapes = [shape for shape in shapes if not shape.is_empty]
        self._tree = STRtree(self._shapes)

    def hit(self, low: Floats, high: Floats) -> Mask:
        """Return which of some boxes, given by their lower left and upper right corners, meet a shape."""
        found = self._raster.hit(low, high)
        left = np.flatnonzero(~found)
        boxes = shapely.box(low[left, 0], low[left, 1], high[left, 0], high[left, 1])
        found[left[self._tree.query(boxes, predicate="intersects")[0]]] = True
        return found

    @cached_property
    def _raster(self) -> _Raster:
        return _Raster(self._shapes)


class _Raster:
    """Hold how many middles of cells lie in shapes, summed up from the lower left."""

    def __init__(self, shapes: Iterable[BaseGeometry]) -> None:
        some = [shape for shape in shapes if shape.area > 0.0]
        left, bottom, right, top = shapely.total_bounds(some) if some else (0.0, 0.0, 0.0, 0.0)
        self.cell = max(CELL, (right - left) / MOST_CELLS, (top - bottom) / MOST_CELLS)
        self.origin = np.array([left, bottom])
        columns, rows = (math.ceil(side / self.cell) + 1 for side in (right - left, top - bottom))
        filled = np.zeros((columns, rows), dtype=bool)
        for shape in some:
            bounds = np.array(shape.bounds).reshape(2, 2)
            first, last = self._first(bounds[0]), self._last(bounds[1])
            if np.any(last < first) or np.prod(last - first + 1) > MOST_OF_ONE:
                continue
            part = np.s_[first[0] : last[0] + 1, first[1] : last[1] + 1]
            x, y = np.mgrid[part] * self.cell + self.origin[:, None, None] + self.cell / 2
            shapely.prepare(shape)
            filled[part] |= shapely.contains_xy(shape, x, y)
        self.sums = np.zeros((columns + 1, rows + 1), dtype=np.int64)
        self.sums[1:, 1:] = filled.cumsum(axis=0).cumsum(axis=1)

    def _first(self, low: Floats) -> NDArray[np.int64]:
        """Return the first cell whose middle is not left of or below a corner."""
        return np.asarray(np.ceil((low - self.origin) / self.cell - 0.5), dtype=np.int64)

    def _last(self, high: Floats) -> NDArray[np.int64]:
        return np.asarray(np.floor((high - self.origin) / self.cell - 0.5), dtype=np.int64)

    def hit(self, low: Floats, high: Floats) -> Mask:
        """Return which of some boxes hold a middle that lies in a shape."""
        most = np.array(self.sums.shape) - 1
        first = np.clip(self._first(low), 0, most)
        last = np.clip(self._last(high) + 1, first, most)
        sums = self.sums
        inside = (
            sums[last[:, 0], last[:, 1]]
            - sums[first[:, 0], last[:, 1]]
            - sums[last[:, 0], first[:, 1]]
            + sums[first[:, 0], first[:, 1]]
        )
        return np.asarray(inside > 0)
