"""Find out whether the house is too small on its site to be read, and cut its surroundings out."""

from __future__ import annotations

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from build_scripts.layout.grounds import extent, mass
from build_scripts.layout.view import Bounds
from build_scripts.model.floor_plan import Area, Dimension, Opening, Plan, Site, Tunnel, Wall

# A detail reaches beyond the house by this share of its longer side.
AROUND = 0.45
# The house wants one where it takes less than this share of the length of the site,
SMALL = 1 / 3
# and where so many things lie beside and below it.
CROWD = 4


def bounds(plan: Plan) -> Bounds | None:
    """Return the bounds of the house and what lies close to it in metres; None if the site shows it well."""
    whole = extent(plan)
    house = mass(plan)
    if house.is_empty:
        return None
    left, bottom, right, top = house.bounds
    side = max(right - left, top - bottom)
    if side > SMALL * max(whole[2] - whole[0], whole[3] - whole[1]):
        return None
    room = AROUND * side
    around = (
        max(left - room, whole[0]),
        max(bottom - room, whole[1]),
        min(right + room, whole[2]),
        min(top + room, whole[3]),
    )
    return around if len(inside(plan, around)) >= CROWD else None


def inside(plan: Plan, box: Bounds) -> tuple[Area | Tunnel, ...]:
    """Return the areas and tunnels that lie wholly in a box."""
    areas = plan.site.areas if plan.site is not None else ()
    found: tuple[Area | Tunnel, ...] = (*areas, *plan.tunnels)
    edge = shapely.box(*box)
    return tuple(one for one in found if edge.covers(_shape(one)))


def cropped(plan: Plan, box: Bounds) -> Plan:
    """Return the plan with what of its site lies in a box; walls end at its edge, as if cut there."""
    edge = shapely.box(*box)
    return plan.model_copy(
        update={
            "site": _cropped_site(plan.site, edge) if plan.site is not None else None,
            "tunnels": tuple(one for one in plan.tunnels if _shape(one).intersects(edge)),
            "dimensions": tuple(one for one in plan.dimensions if edge.covers(_shape(one))),
        }
    )


def _shape(one: Area | Tunnel | Wall | Dimension) -> BaseGeometry:
    match one:
        case Area():
            return Polygon(one.polygon)
        case Tunnel():
            return LineString(one.path)
        case _:
            return LineString([one.from_, one.to])


def _cropped_site(site: Site, edge: Polygon) -> Site:
    walls: dict[str, Wall] = {}
    openings: list[Opening] = []
    for wall in site.walls:
        line = _shape(wall)
        part = line.intersection(edge)
        if part.length == 0.0:
            continue
        start, end = sorted(line.project(shapely.Point(point)) for point in part.coords)
        ends = {
            "from_": line.interpolate(start).coords[0],
            "to": line.interpolate(end).coords[0],
        }
        walls[wall.id] = wall.model_copy(update=ends)
        openings.extend(
            opening.model_copy(update={"at_m": opening.at_m - start})
            for opening in site.openings
            if opening.wall == wall.id and _within(opening, start, end)
        )
    areas = tuple(area for area in site.areas if _shape(area).intersection(edge).area > 0.0)
    return site.model_copy(
        update={"walls": tuple(walls.values()), "openings": tuple(openings), "areas": areas}
    )


def _within(opening: Opening, start: float, end: float) -> bool:
    """Check whether an opening lies in a stretch of its wall."""
    half = opening.width_m / 2
    return start <= opening.at_m - half and opening.at_m + half <= end
