"""Convert degrees of WGS 84 to metres in the plane that touches the ellipsoid at a place, and back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

# WGS 84: half the longer axis in metres, and the square of the eccentricity.
AXIS_M, ECCENTRICITY2 = 6378137.0, 0.00669437999014

G = TypeVar("G", bound=BaseGeometry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """Hold the place where plane and ellipsoid touch: its degrees, its metres, and north clockwise from y."""

    lon: float
    lat: float
    x: float = 0.0
    y: float = 0.0
    north: float = 0.0

    def degrees(self, shape: G) -> G:
        """Return a shape in degrees."""
        east_radius, north_radius = self._radii()
        turn = math.radians(self.north)

        def convert(xy: Any) -> Any:
            x, y = xy[:, 0] - self.x, xy[:, 1] - self.y
            moved = xy.copy()
            east, north = (
                x * math.cos(turn) - y * math.sin(turn),
                x * math.sin(turn) + y * math.cos(turn),
            )
            moved[:, 0] = self.lon + east * (180 / math.pi) / east_radius
            moved[:, 1] = self.lat + north * (180 / math.pi) / north_radius
            return moved

        return shapely.transform(shape, convert)

    def metres(self, shape: G) -> G:
        """Return a shape in metres; a shape beyond the 180th meridian stays beside those before it."""
        east_radius, north_radius = self._radii()
        turn = math.radians(self.north)

        def convert(degrees: Any) -> Any:
            moved = degrees.copy()
            east = ((degrees[:, 0] - self.lon + 180) % 360 - 180) * (math.pi / 180) * east_radius
            north = (degrees[:, 1] - self.lat) * (math.pi / 180) * north_radius
            moved[:, 0] = self.x + east * math.cos(turn) + north * math.sin(turn)
            moved[:, 1] = self.y - east * math.sin(turn) + north * math.cos(turn)
            return moved

        return shapely.transform(shape, convert)

    def _radii(self) -> tuple[float, float]:
        """Return the radii of the parallel and of the meridian."""
        latitude = math.radians(self.lat)
        flattening = 1 - ECCENTRICITY2 * math.sin(latitude) ** 2
        return (
            # At a pole the parallel is a point; a plan there has no east.
            max(AXIS_M / math.sqrt(flattening) * math.cos(latitude), 1.0),
            AXIS_M * (1 - ECCENTRICITY2) / flattening**1.5,
        )
