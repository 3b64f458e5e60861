"""Convert features to rooms, walls and openings; what they lack is filled in, with a remark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import shapely
from shapely.geometry import LineString, Point, Polygon

from build_scripts.imports import kinds, outlines, walls
from build_scripts.imports.drafts import UNTITLED, Draft, Level, ids, point, ring
from build_scripts.imports.entries import Figure
from build_scripts.imports.features import Feature
from build_scripts.imports.walls import Axis
from build_scripts.model.floor_plan import Opening, Room, Wall

# An opening cuts the walls that are no further away; of rooms drawn apart, the walls of both.
REACH_M = 0.75
FACING_M = 0.6
LEAST_WIDTH_M, MOST_WIDTH_M = 0.05, 200.0
OVER_M = 0.02
ROUNDED = 0.05


def add_rooms(draft: Draft, level: Level, found: Sequence[Feature]) -> None:
    """Add rooms to a storey; where they overlap, the smallest keeps its place."""
    held: list[tuple[Feature, Polygon, list[str]]] = []
    for feature in found:
        remarks: list[str] = []
        parts = list(outlines.polygons(outlines.metres(feature, draft.plane), remarks))
        if not parts:
            draft.remarks.append(f"{feature.place}: was left out, a room needs an outline")
        if len(parts) > 1:
            remarks.append(f"its {len(parts)} parts are rooms of their own")
        held += [(feature, part, remarks) for part in parts]
    left = outlines.apart([part for _, part, _ in held])
    for (feature, part, remarks), shapes in zip(held, left, strict=True):
        if not shapes:
            draft.remarks.append(f"{feature.place}: was left out, other rooms cover it")
        if shapes != [part]:
            remarks = [*remarks, "other rooms lie over it; what they cover was taken off it"]
        for shape in shapes:
            level.rooms.append(draft.entry(feature, Room, _room(draft, feature, shape, remarks), remarks))
            level.shapes.append(shape)


def _room(draft: Draft, feature: Feature, shape: Polygon, remarks: list[str]) -> dict[str, Any]:
    category = feature.text("category", "use", "room", "amenity")
    title = feature.text("title", "name", "alt_name", "ref") or category.capitalize()
    if not title:
        remarks.append("title is missing")
    values: dict[str, Any] = {"title": title or UNTITLED, "polygon": ring(shape.exterior.coords)}
    if shape.interiors:
        values["holes"] = [ring(hole.coords) for hole in shape.interiors]
    if number_ := feature.text("number"):
        values["number"] = number_
    if use := feature.text("use") or (category if category.lower() not in ("room", title.lower()) else ""):
        values["use"] = use
    area = feature.number_of("area_m2")
    if area is not None and area > 0 and abs(shape.area - area) <= ROUNDED * area:
        values["area_m2"] = Figure.of(area)
    elif area is not None:
        remarks.append(f"area_m2 was left out: it says {area:g}, and the outline has {shape.area:.1f}")
    if feature.properties.get("open") is True:
        values["open"] = "true"
    known = {one.id for one in draft.levels.values()}
    if through := [one for one in ids(feature.properties.get("through")) if one in known]:
        values["through"] = through
    if people := ids(feature.properties.get("people")):
        values["people"] = people
    return values


def add_walls(draft: Draft, level: Level, feature: Feature) -> None:
    """Add the straight walls of a feature: a line is a centreline, an outline has two sides."""
    shape, remarks = outlines.metres(feature, draft.plane), list[str]()
    axes = _stated(draft, feature)
    if not axes:
        thickness = feature.number_of("thickness_m") or walls.INNER_M
        for line in outlines.lines(shape):
            axes += [Axis(start, end, thickness) for start, end in pairwise(walls.xys(line))]
            if feature.number_of("thickness_m") is None:
                remarks.append("thickness_m is a guess")
        for outline in outlines.polygons(shape, remarks) if not axes else ():
            within = walls.within(outline)
            axes += within
            if not within:
                remarks.append("no two sides of its outline are those of a straight wall")
    before = len(level.walls)
    for axis in axes:
        values = _wall(axis, remarks)
        if values is None:
            continue
        height = feature.number_of("height_m")
        if height is not None and 0.05 <= height <= 1000:
            values["height_m"] = Figure.of(height)
        level.walls.append(draft.entry(feature, Wall, values, remarks))
        level.axes.append(axis)
    if len(level.walls) == before:
        draft.remarks += [f"{feature.place}: {one}" for one in remarks]
        draft.remarks.append(f"{feature.place}: was left out, it is no straight wall")


def _stated(draft: Draft, feature: Feature) -> list[Axis]:
    """Return the centreline that our own export states, unless the outline was moved since then."""
    raw, thickness = feature.properties.get("axis_m"), feature.number_of("thickness_m")
    shape = outlines.metres(feature, draft.plane)
    if not draft.is_own or not isinstance(raw, list) or thickness is None or shape is None:
        return []
    try:
        line = LineString([[float(one) for one in xy] for xy in raw])
    except (TypeError, ValueError, shapely.GEOSException):
        return []
    if len(line.coords) != 2 or not 0.01 <= thickness <= 20 or not line.length:
        return []
    if shape.difference(line.buffer(thickness * 1.6 + OVER_M, cap_style="square")).area > outlines.LEAST_M2:
        return []
    start, end = walls.xys(line)
    return [Axis(start, end, thickness)]


def _wall(axis: Axis, remarks: list[str]) -> dict[str, Any] | None:
    start, end = point(axis.start), point(axis.end)
    thickness = min(max(axis.thickness, 0.01), 20.0)
    if thickness > axis.length - 0.01:
        thickness = min(thickness, int(axis.length * 100 - 1) / 100)
        remarks.append("it was thicker than long; thickness_m was made less")
    if start == end or thickness < 0.01:
        return None
    return {"from": start, "to": end, "thickness_m": Figure.of(thickness, 3)}


def derive_walls(draft: Draft, level: Level) -> None:
    """Add walls on the edges of the rooms of a storey that has none."""
    basis = "Follows from the edges of rooms; its thickness is assumed."
    for axis in walls.around(level.shapes):
        values = _wall(axis, [])
        if values is not None:
            level.walls.append(draft.derived(Wall, f"{level.id}-wall"[:60], values, basis))
            level.axes.append(axis)
    if level.walls:
        level.remarks.append(
            f"its walls follow from the edges of its rooms; thickness_m is assumed: {walls.OUTER_M:g} m for "
            f"outer walls, {walls.INNER_M:g} m for inner ones"
        )


def add_opening(draft: Draft, level: Level, feature: Feature, is_derived: bool) -> None:
    """Add an opening to the wall it lies in, where that has room for it."""
    shape, remarks = outlines.metres(feature, draft.plane), list[str]()
    if shape is None or shape.is_empty or not level.axes:
        draft.remarks.append(f"{feature.place}: was left out, there is no wall that it could be in")
        return
    middle = shape.centroid
    width = _width(feature, shape, remarks)
    stated = feature.text("wall")
    near = sorted(
        (axis.line.distance(middle), index)
        for index, axis in enumerate(level.axes)
        if axis.line.distance(middle) <= REACH_M
    )
    named = [pair for pair in near if level.walls[pair[1]].id == stated]
    near = named or near
    if not near:
        draft.remarks.append(f"{feature.place}: was left out, no wall lies within {REACH_M:g} m of it")
        return
    first = level.axes[near[0][1]]
    cut = [near[0][1]]
    if is_derived:
        cut += [index for _, index in near[1:] if _faces(first, level.axes[index])]
    if len(cut) > 1:
        remarks.append("the rooms beside it are drawn apart; it is cut in the walls of both")
    for index in cut:
        _cut(draft, level, feature, index, width, middle, remarks)


def _cut(
    draft: Draft, level: Level, feature: Feature, index: int, width: float, middle: Point, remarks: list[str]
) -> None:
    axis, wall = level.axes[index], level.walls[index]
    fitted = min(width, axis.length)
    remarks = list(remarks)
    if fitted < width - OVER_M:
        remarks.append(f"width_m was {width:.2f} and is made that of its wall")
    at = _evened(axis.line.project(middle))
    at = min(max(at, fitted / 2), axis.length - fitted / 2)
    for other in level.openings:
        if other.values["wall"] != wall.id:
            continue
        apart = abs(float(other.values["at_m"]) - at)
        if apart < (float(other.values["width_m"]) + fitted) / 2 - OVER_M:
            draft.remarks.append(f"{feature.place}: was left out, it overlaps opening '{other.id}'")
            return
    kind, is_guess = kinds.opening_kind(feature, fitted)
    if is_guess:
        remarks.append("kind is a guess")
    values: dict[str, Any] = {
        "wall": wall.id, "at_m": Figure.of(at, 3), "width_m": Figure.of(fitted, 3), "kind": kind,
    }  # fmt: skip
    if kind in ("door", "double-door"):
        values |= {key: text for key in ("hinge", "swing") if (text := feature.text(key))}
    if isinstance(listed := feature.properties.get("features"), list):
        values["features"] = [str(one) for one in listed]
    level.openings.append(draft.entry(feature, Opening, values, remarks))


def _evened(metres: float) -> float:
    """Return a length without what degrees of eight places add to whole centimetres."""
    return round(metres, 2) if abs(metres - round(metres, 2)) < 0.003 else metres


def _faces(one: Axis, two: Axis) -> bool:
    """Check whether walls run beside each other."""
    (x, y), (to_x, to_y) = one.start, one.end
    (u, v), (to_u, to_v) = two.start, two.end
    across = (to_x - x) * (to_v - v) - (to_y - y) * (to_u - u)
    return bool(
        abs(across) < 0.1 * one.length * two.length
        and 0.01 < shapely.distance(one.line, two.line) <= FACING_M
    )


def _width(feature: Feature, shape: Any, remarks: list[str]) -> float:
    stated = feature.number_of("width_m") or feature.number_of("width")
    if stated is not None and LEAST_WIDTH_M <= stated <= MOST_WIDTH_M:
        return stated
    drawn = _longest(shape)
    if LEAST_WIDTH_M <= drawn <= MOST_WIDTH_M:
        return drawn
    remarks.append(f"width_m is a guess: {kinds.DOOR_M:g}")
    return kinds.DOOR_M


def _longest(shape: Any) -> float:
    """Return the length of an opening: that of its line, or of the longer side of its outline."""
    around = shape.minimum_rotated_rectangle
    if isinstance(around, Polygon):
        corners = list(around.exterior.coords)
        return max(
            Point(corners[0]).distance(Point(corners[1])), Point(corners[1]).distance(Point(corners[2]))
        )
    return float(around.length)
