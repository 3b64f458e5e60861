"""Convert outlines of the plan to polygons and areas; what lies in a room's holes is no part of it."""

from __future__ import annotations

from shapely.geometry import Polygon

from build_scripts.model.floor_plan import Area, Boundary, Lift, Room, Stairs, area_m2

Outlined = Room | Area | Boundary | Stairs | Lift


def shape_of(one: Outlined) -> Polygon:
    """Return an element's outline on the ground in metres."""
    return Polygon(one.polygon, one.holes if isinstance(one, Room) else ())


def size_m2(one: Outlined) -> float:
    """Return an element's area in square metres."""
    holes = one.holes if isinstance(one, Room) else ()
    return area_m2(one.polygon) - sum(area_m2(hole) for hole in holes)
