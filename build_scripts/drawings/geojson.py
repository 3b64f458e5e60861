"""Write a plan as GeoJSON (RFC 7946): shapes in WGS 84, and the metres in which they were drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from build_scripts.drawings.parts import Part, parts
from build_scripts.layout.grounds import mass
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import GeoLocation, Lift, Plan, Room, Stairs, Tunnel, Wall
from build_scripts.model.records import Cite
from build_scripts.model.tangent import Plane

# Eight places of a degree are a millimetre: corners of walls must not fall together.
DEGREE_PLACES, METRE_PLACES = 8, 3
FACTS = (
    "kind",
    "number",
    "title",
    "use",
    "thickness_m",
    "width_m",
    "height_m",
    "depth_m",
    "length_m",
    "area_m2",
    "event",
    "room",
    "wall",
    "at_m",
    "hinge",
    "swing",
)
LISTS = ("phases", "features", "through", "people")


def geojson(dossier: Dossier) -> bytes:
    """Return the plan of a dossier; without a location its shapes are known in local metres alone.

    The location is taken for the middle of the plot, of the house where there is no plot, or of all there is.
    """
    plan = dossier.plan
    if plan is None:
        raise LookupError("the dossier has no floor plan")
    plane = _plane(plan, plan.location) if plan.location is not None else None
    whole: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": plan.name,
        "status": plan.status,
        "modified": dossier.edition.modified,
        "licence": dossier.edition.rights.text,
        "north_degrees_clockwise_from_y": plan.north,
    }
    if plan.orientation is not None:
        whole["north_certainty"] = plan.orientation.certainty
        if plan.orientation.basis is not None:
            whole["north_basis"] = plan.orientation.basis.plain()
        whole["north_sources"] = [_cite(one) for one in plan.orientation.sources]
    if plan.location is not None and plane is not None:
        whole["origin"] = {"lon": plane.lon, "lat": plane.lat, "x_m": plane.x, "y_m": plane.y}
        whole["accuracy_m"] = plan.location.accuracy_m
        whole["location_sources"] = [_cite(one) for one in plan.location.sources]
    whole["storeys"] = [
        {"id": one.id, "title": one.title, "level_m": one.level_m, "height_m": one.height_m}
        for one in plan.storeys
    ]
    whole["features"] = [_feature(part, plan, plane) for part in parts(plan)]
    return f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode()


def _plane(plan: Plan, location: GeoLocation) -> Plane:
    """Return the plane of the plan's metres, which touches the Earth at the plan's location."""
    shape = Polygon(plan.site.boundary.polygon) if plan.site is not None else mass(plan)
    if shape.is_empty:
        drawn = [part.shape for part in parts(plan)] or [Point(0.0, 0.0)]
        shape = shapely.box(*shapely.total_bounds(drawn))
    middle = shape.centroid
    return Plane(lon=float(location.lon), lat=float(location.lat), x=middle.x, y=middle.y, north=plan.north)


def _feature(part: Part, plan: Plan, plane: Plane | None) -> dict[str, Any]:
    element = part.element
    properties: dict[str, Any] = {"id": element.id, "element": element.noun, "certainty": element.certainty}
    if part.storey is not None:
        properties |= {"storey": part.storey.id, "level_m": part.storey.level_m}
    properties |= {name: value for name in FACTS if (value := getattr(element, name, None)) is not None}
    if isinstance(element, Lift):
        properties["storeys"] = list(element.storeys)
    properties |= {name: list(values) for name in LISTS if (values := getattr(element, name, ()))}
    if isinstance(element, Wall):
        properties["axis_m"] = [element.from_, element.to]
    if isinstance(element, Stairs):
        properties |= {"from": element.from_, "to": element.to, "up_m": element.up}
    if isinstance(element, Tunnel):
        properties |= {key: end for key, end in (("from", element.from_), ("to", element.to)) if end}
    if isinstance(element, Room) and element.open:
        properties["open"] = True
    if element.basis is not None:
        properties["basis"] = element.basis.plain()
    properties["sources"] = [_cite(one) for one in element.sources]
    properties["accounts"] = list(element.accounts)
    if plan.location is not None:
        properties["accuracy_m"] = plan.location.accuracy_m
    shape = _wound(part.shape)
    properties["local_m"] = _rounded(mapping(shape), METRE_PLACES)
    geometry = _rounded(mapping(plane.degrees(shape)), DEGREE_PLACES) if plane is not None else None
    return {"type": "Feature", "id": element.id, "geometry": geometry, "properties": properties}


def _cite(cite: Cite) -> dict[str, str]:
    return {"id": cite.id} if cite.locator is None else {"id": cite.id, "locator": cite.locator}


def _wound(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape whose outer rings run against the clock (RFC 7946, 3.1.6)."""
    if isinstance(shape, Polygon):
        return orient(shape)
    if isinstance(shape, MultiPolygon):
        return shapely.MultiPolygon([orient(part) for part in shape.geoms])
    return shape


def _rounded(geometry: Mapping[str, Any], places: int) -> dict[str, Any]:
    def numbers(value: Any) -> Any:
        # Adding nothing turns minus zero into zero.
        return round(value, places) + 0.0 if isinstance(value, float) else [numbers(one) for one in value]

    return {"type": geometry["type"], "coordinates": numbers(geometry["coordinates"])}
