"""Draw a lift: its shaft as a box, crossed from corner to corner."""

from __future__ import annotations

from shapely.geometry import LineString, MultiLineString, Polygon

from build_scripts.layout.shapes import Path, Xy, corners, outline, polygon


def shaft(points: list[Xy], level: str) -> tuple[Path, ...]:
    """Return the lines of a lift of some corners in points."""
    shape = Polygon(points)
    box = shape.minimum_rotated_rectangle
    paths = [polygon(corners(shape.exterior), f"thin-{level}")]
    if isinstance(box, Polygon):
        first, second, third, fourth = corners(box.exterior)
        cross = MultiLineString([LineString([first, third]), LineString([second, fourth])]).intersection(
            shape
        )
        drawn = outline(cross, f"tread-{level}")
        paths += [drawn] if drawn is not None else []
    return tuple(paths)
