"""Convert features that only our own export names: stairs, lifts, the site, tunnels, dimensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import shapely
from shapely.geometry import LineString, Polygon

from build_scripts.imports import outlines
from build_scripts.imports.drafts import UNTITLED, Draft, ids, point, ring
from build_scripts.imports.entries import Figure
from build_scripts.imports.features import Feature, number
from build_scripts.imports.walls import xys
from build_scripts.model.floor_plan import (
    AREA_KINDS,
    Area,
    Boundary,
    Dimension,
    Element,
    Lift,
    Stairs,
    Tunnel,
)

Values = dict[str, Any] | str

OVER_M2 = 0.05


def add(draft: Draft, feature: Feature) -> bool:
    """Add a feature that our own export wrote; False if it is of no such kind."""
    noun = feature.text("element")
    if noun not in CONVERTERS:
        return False
    key, model, convert = CONVERTERS[noun]
    remarks: list[str] = []
    values = convert(draft, feature, remarks)
    if isinstance(values, str):
        draft.remarks += [f"{feature.place}: {one}" for one in (*remarks, f"was left out, {values}")]
        return True
    entry = draft.entry(feature, model, values, remarks)
    draft.others.setdefault(key, []).append(entry)
    return True


def set_boundary(draft: Draft, feature: Feature) -> None:
    """Set the edge of the plot, if all rooms lie in it."""
    remarks: list[str] = []
    plot = _outline(draft, feature, remarks)
    if plot is None or draft.boundary is not None:
        reason = "it has no outline" if plot is None else "a plan has one plot"
        draft.remarks.append(f"{feature.place}: was left out, {reason}")
        return
    rooms = [shape for level in draft.levels.values() for shape in level.shapes]
    if any(room.difference(Polygon(plot.exterior).buffer(0.02)).area > OVER_M2 for room in rooms):
        draft.remarks.append(f"{feature.place}: was left out, rooms reach beyond this edge of the plot")
        return
    values = {"polygon": ring(plot.exterior.coords), **_area(feature, plot, remarks)}
    draft.boundary = draft.entry(feature, Boundary, values, remarks)


def _outline(draft: Draft, feature: Feature, remarks: list[str]) -> Polygon | None:
    found = sorted(
        outlines.polygons(outlines.metres(feature, draft.plane), remarks), key=lambda one: one.area
    )
    if not found:
        return None
    if len(found) > 1 or found[-1].interiors:
        remarks.append("it has one outline; holes and smaller parts were left out")
    return found[-1]


def _area(feature: Feature, shape: Polygon, remarks: list[str]) -> dict[str, Any]:
    area = feature.number_of("area_m2")
    if area is None:
        return {}
    if area > 0 and abs(shape.area - area) <= 0.05 * area:
        return {"area_m2": Figure.of(area)}
    remarks.append(f"area_m2 was left out: it says {area:g}, and the outline has {shape.area:.1f}")
    return {}


def _storeys(draft: Draft, value: Any) -> list[str]:
    known = {one.id for one in draft.levels.values()}
    return [one for one in ids(value) if one in known]


def _stairs(draft: Draft, feature: Feature, remarks: list[str]) -> Values:
    ends = _storeys(draft, [feature.properties.get("from"), feature.properties.get("to")])
    outline = _outline(draft, feature, remarks)
    if len(ends) != 2 or outline is None:
        return "stairs need an outline and two storeys, 'from' and 'to'"
    up = feature.properties.get("up_m")
    if not draft.is_own or not isinstance(up, list) or not _is_line(up):
        one, two, three, four, *_ = xys(outline.minimum_rotated_rectangle.boundary)
        if shapely.Point(one).distance(shapely.Point(two)) > shapely.Point(two).distance(
            shapely.Point(three)
        ):
            one, two, three, four = two, three, four, one
        up = [LineString([one, two]).centroid.coords[0], LineString([three, four]).centroid.coords[0]]
        remarks.append("up is a guess: along its longer side")
    line = [point(xy) for xy in up]
    return {"from": ends[0], "to": ends[1], "polygon": ring(outline.exterior.coords), "up": line}


def _is_line(value: list[Any]) -> bool:
    """Check whether a list is a line of positions in metres, of some length."""
    if not all(isinstance(xy, list) and len(xy) == 2 for xy in value):
        return False
    numbers = [number(one) for xy in value for one in xy]
    is_near = all(one is not None and abs(one) < outlines.FARTHEST_M for one in numbers)
    return is_near and len({tuple(map(str, point(xy))) for xy in value}) > 1


def _lift(draft: Draft, feature: Feature, remarks: list[str]) -> Values:
    served = _storeys(draft, feature.properties.get("storeys"))
    outline = _outline(draft, feature, remarks)
    if not served or outline is None:
        return "a lift needs an outline and 'storeys' that it serves"
    return {"storeys": served, "polygon": ring(outline.exterior.coords)}


def _site_area(draft: Draft, feature: Feature, remarks: list[str]) -> Values:
    outline, kind = _outline(draft, feature, remarks), feature.text("kind")
    if outline is None or kind not in AREA_KINDS:
        return f"an area needs an outline and a 'kind': {', '.join(AREA_KINDS)}"
    values = {"kind": kind, "title": feature.text("title", "name") or UNTITLED}
    return {**values, "polygon": ring(outline.exterior.coords), **_area(feature, outline, remarks)}


def _line(draft: Draft, feature: Feature) -> LineString | None:
    found = list(outlines.lines(outlines.metres(feature, draft.plane)))
    return found[0] if len(found) == 1 and found[0].length > 0.05 else None


def _tunnel(draft: Draft, feature: Feature, remarks: list[str]) -> Values:
    line, width = _line(draft, feature), feature.number_of("width_m")
    if line is None or width is None or not 0.05 <= width <= 200:
        return "a tunnel needs one line and 'width_m'"
    values: dict[str, Any] = {"title": feature.text("title", "name") or UNTITLED}
    values["path"] = [point(xy) for xy in line.coords]
    values |= {key: name for key in ("from", "to") if (name := feature.text(key))}
    values["width_m"] = Figure.of(width)
    for key in ("height_m", "depth_m"):
        size = feature.number_of(key)
        if size is not None and 0.05 <= size <= 1000:
            values[key] = Figure.of(size)
    if phases := ids(feature.properties.get("phases")):
        remarks.append(f"phases were left out, the file does not say when they were: {', '.join(phases)}")
    return values


def _dimension(draft: Draft, feature: Feature, remarks: list[str]) -> Values:
    line, length = _line(draft, feature), feature.number_of("length_m")
    if line is None or length is None or abs(line.length - length) > 0.05 * length:
        return "a dimension needs a line as long as its 'length_m'"
    ends = {"from": point(line.coords[0]), "to": point(line.coords[-1]), "length_m": Figure.of(length)}
    storeys = _storeys(draft, [feature.properties.get("storey")])
    return {"storey": storeys[0], **ends} if storeys else ends


CONVERTERS: Mapping[str, tuple[str, type[Element], Callable[[Draft, Feature, list[str]], Values]]] = {
    "stairs": ("stairs", Stairs, _stairs),
    "lift": ("lifts", Lift, _lift),
    "area": ("areas", Area, _site_area),
    "tunnel": ("tunnels", Tunnel, _tunnel),
    "dimension": ("dimensions", Dimension, _dimension),
}
