"""Turn metres of the ground into points of the sheet, at a scale that a ruler can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from build_scripts.layout.shapes import Xy

POINTS_PER_METRE = 72 / 0.0254

# 1:n, as printed on scale rulers and between them.
RATIOS = (
    20, 25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275, 300, 350, 400, 450, 500, 600, 700, 750, 800,
    900, 1000, 1100, 1250, 1400, 1500, 1750, 2000, 2250, 2500, 3000, 3500, 4000, 5000, 6000, 7500,
    10000, 15000, 20000, 50000,
)  # fmt: skip

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Hold a scale 1:`ratio`, and where on the sheet the origin of the metres lies."""

    ratio: float
    left: float = 0.0
    bottom: float = 0.0

    @property
    def scale(self) -> float:
        """Return points per metre."""
        return POINTS_PER_METRE / self.ratio

    def point(self, point_m: Xy) -> Xy:
        """Return a point of the ground as a point of the sheet."""
        return self.left + point_m[0] * self.scale, self.bottom + point_m[1] * self.scale

    def points(self, points_m: Iterable[Xy]) -> list[Xy]:
        """Return points of the ground as points of the sheet."""
        return [self.point(point) for point in points_m]

    def shape(self, shape_m: BaseGeometry) -> BaseGeometry:
        """Return a shape on the ground as a shape on the sheet."""
        scale, left, bottom = self.scale, self.left, self.bottom
        return shapely.transform(shape_m, lambda xy: xy * scale + (left, bottom))


def bounds(shapes: Sequence[BaseGeometry]) -> Bounds:
    """Return left, bottom, right and top of some shapes together."""
    left, bottom, right, top = shapely.total_bounds(shapes)
    return float(left), float(bottom), float(right), float(top)


def ratios(bounds_m: Bounds, width: float, height: float) -> tuple[int, ...]:
    """Return the scales at which the bounds fit into width and height, largest drawing first."""
    needed = max((bounds_m[2] - bounds_m[0]) / width, (bounds_m[3] - bounds_m[1]) / height) * POINTS_PER_METRE
    return tuple(ratio for ratio in RATIOS if ratio >= needed) or (RATIOS[-1],)
