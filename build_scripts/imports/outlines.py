"""Convert shapes of features from degrees to metres of one plane, and to outlines that a plan can hold."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from build_scripts.imports.features import Collection, Feature, number
from build_scripts.model.tangent import Plane

# Positions of a plan are given in centimetres at best.
GRID_M = 0.01
LEAST_M2 = 0.05
# The model has no plan that is larger.
FARTHEST_M = 5000.0
# Rooms that overlap by less are drawn beside each other all the same.
OVERLAP_M2 = 0.05
LEVEL_DEGREES = 0.05


def plane_of(found: Collection) -> tuple[Plane | None, bool]:
    """Return the plane for the features' metres, and whether the file states it, as our own exports do.

    Another plane is turned so that most edges run along its axes, and begins at the lower left of all shapes.
    """
    north = number(found.whole.get("north_degrees_clockwise_from_y"))
    origin = found.whole.get("origin")
    if isinstance(origin, dict) and north is not None:
        lon, lat, x, y = (number(origin.get(key)) for key in ("lon", "lat", "x_m", "y_m"))
        if lon is not None and lat is not None and x is not None and y is not None and abs(lat) <= 90:
            return Plane(lon=lon, lat=lat, x=x, y=y, north=north), True
    middles = [
        one.shape.centroid for one in found.features if one.shape is not None and not one.shape.is_empty
    ]
    if not middles:
        return None, any(one.local is not None for one in found.features)
    first = middles[0].x
    lon = first + median((one.x - first + 180) % 360 - 180 for one in middles)
    lat = median(one.y for one in middles)
    flat = Plane(lon=lon, lat=lat)
    near = [
        one.shape
        for one in found.features
        if one.shape is not None and not one.shape.is_empty and not is_far(flat.metres(one.shape))
    ]
    north = _turn([flat.metres(shape) for shape in near])
    turned = Plane(lon=lon, lat=lat, north=north)
    left, bottom, *_ = shapely.total_bounds([turned.metres(shape) for shape in near] or [shapely.Point(0, 0)])
    return Plane(lon=lon, lat=lat, x=-float(left), y=-float(bottom), north=north), False


def metres(feature: Feature, plane: Plane | None) -> BaseGeometry | None:
    """Return the shape of a feature in metres."""
    if feature.shape is not None and plane is not None:
        return plane.metres(feature.shape)
    return feature.local


def is_far(shape: BaseGeometry) -> bool:
    """Check whether a shape reaches beyond what a plan can hold."""
    return not shape.is_empty and max(map(abs, shape.bounds)) > FARTHEST_M


def polygons(shape: BaseGeometry | None, remarks: list[str]) -> Iterator[Polygon]:
    """Yield the outlines of a shape, valid and on the grid; what is no outline goes to the remarks."""
    if shape is None:
        return
    if not shape.is_valid:
        remarks.append(f"its outline was mended: {shapely.is_valid_reason(shape).split('[')[0].lower()}")
        shape = shapely.make_valid(shape)
    for part in _parts(shapely.set_precision(shape, GRID_M)):
        if not isinstance(part, Polygon):
            remarks.append("a part of it that is no outline was left out")
        elif part.area < LEAST_M2:
            remarks.append(f"a part of {part.area:.3f} m² was left out")
        else:
            yield part


def lines(shape: BaseGeometry | None) -> Iterator[LineString]:
    """Yield the lines of a shape, on the grid."""
    for part in _parts(shape) if shape is not None else ():
        if isinstance(part, LineString):
            yield from (
                one for one in _parts(shapely.set_precision(part, GRID_M)) if isinstance(one, LineString)
            )


def apart(rooms: Sequence[Polygon]) -> list[list[Polygon]]:
    """Return for each room what is left to it: where some overlap, the smallest keeps its place."""
    kept: list[list[Polygon]] = [[room] for room in rooms]
    if len(rooms) < 2:
        return kept
    tree = shapely.STRtree(rooms)
    for one, two in tree.query(rooms, predicate="intersects").T.tolist():
        larger, smaller = (one, two) if (rooms[one].area, one) > (rooms[two].area, two) else (two, one)
        if one == two or one != larger or rooms[one].intersection(rooms[two]).area <= OVERLAP_M2:
            continue
        left = [shapely.difference(part, rooms[smaller], grid_size=GRID_M) for part in kept[larger]]
        kept[larger] = [
            part
            for whole in left
            for part in _parts(whole)
            if isinstance(part, Polygon) and part.area >= LEAST_M2
        ]
    return kept


def _turn(shapes: Sequence[BaseGeometry]) -> float:
    """Return the direction of most edges against east in degrees, right angles aside: -45 to 45."""
    whole = 0j
    for shape in shapes:
        for line in _rings(shape):
            for (x, y), (to_x, to_y) in pairwise(line.coords):
                edge = complex(to_x - x, to_y - y)
                whole += abs(edge) * cmath.exp(4j * cmath.phase(edge)) if edge else 0
    degrees = math.degrees(cmath.phase(whole)) / 4 if abs(whole) > GRID_M else 0.0
    return 0.0 if abs(degrees) < LEVEL_DEGREES else round(degrees, 2)


def _rings(shape: BaseGeometry) -> Iterator[LineString]:
    for part in _parts(shape):
        if isinstance(part, Polygon):
            yield from (part.exterior, *part.interiors)
        elif isinstance(part, LineString):
            yield part


def _parts(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(shape):
        if hasattr(part, "geoms"):
            yield from _parts(part)
        elif not part.is_empty:
            yield part
