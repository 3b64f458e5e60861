"""Place the parts of the site: areas, plot, walls and gates, the house as a mass, tunnels."""

from __future__ import annotations

from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from build_scripts.layout.building import Layers, footprint, opening_layer, wall_layer
from build_scripts.layout.certainty import STRENGTH, area_filling
from build_scripts.layout.shapes import Group, outline
from build_scripts.layout.titles import title
from build_scripts.layout.view import Bounds, View, bounds
from build_scripts.model.floor_plan import Area, Boundary, Element, Plan, Storey, Tunnel
from build_scripts.model.outlines import shape_of
from build_scripts.words import Words

WIDEST_LINE = 2.0
MARGIN_M = 1.0
BESIDE = 1.6


def extent(plan: Plan) -> Bounds:
    """Return the bounds of the house, the site and its tunnels in metres."""
    shapes: list[BaseGeometry] = [LineString(tunnel.path) for tunnel in plan.tunnels]
    if plan.site is not None:
        shapes.append(shape_of(plan.site.boundary))
        shapes.extend(shape_of(area) for area in plan.site.areas)
    shapes.append(mass(plan))
    left, bottom, right, top = bounds(shapes)
    return left - MARGIN_M, bottom - MARGIN_M, right + MARGIN_M, top + MARGIN_M


def ground(plan: Plan) -> Storey | None:
    """Return the storey whose floor lies nearest to the ground; a plan of a site alone has none."""
    return min(plan.storeys, key=lambda storey: abs(storey.level_m), default=None)


def mass(plan: Plan) -> BaseGeometry:
    """Return what the house covers on the ground in metres; nothing if there is none."""
    storey = ground(plan)
    return footprint(storey) if storey is not None else Polygon()


def layers(plan: Plan, view: View, clip: Polygon, words: Words, tunnels: tuple[Tunnel, ...]) -> Layers:
    """Return everything that is drawn of the site inside `clip` (in points), except words."""
    groups: list[Group] = []
    obstacles: list[BaseGeometry] = []
    site = plan.site
    if site is not None:
        areas = tuple(_area(area, view, clip, words) for area in site.areas)
        groups.append(Group(id="layer--areas", role="layer", title=words("plan-layer-areas"), items=areas))
        groups.append(_boundary(site.boundary, view, clip, words))
        for part in (
            wall_layer(site.walls, site.openings, view, words),
            opening_layer(site.walls, site.openings, view, words, STRtree([])),
        ):
            groups.extend(part.groups)
            obstacles.extend(part.obstacles)
    storey = ground(plan)
    if storey is not None:
        groups.append(house(storey, view, words))
    if tunnels:
        drawn = tuple(_tunnel(tunnel, view, clip, words) for tunnel in tunnels)
        groups.append(
            Group(id="layer--tunnels", role="layer", title=words("plan-layer-tunnels"), items=drawn)
        )
        obstacles.extend(
            view.shape(LineString(tunnel.path)).buffer(tunnel.width_m * view.scale / 2 + BESIDE)
            for tunnel in tunnels
        )
    return Layers(groups=tuple(groups), obstacles=tuple(obstacles))


def _area(area: Area, view: View, clip: Polygon, words: Words) -> Group:
    """Return an area: its ground, and for what stands on it the hatch of its certainty."""
    shape = view.shape(shape_of(area))
    seen = shape.intersection(clip)
    edges = _kerbs(shape, clip) if area.kind == "street" else shape.boundary.intersection(clip)
    standing = area.kind in ("building", "tent")
    paths = (
        outline(seen, f"ground-{area.kind}"),
        *(area_filling(seen, area.certainty) if standing else ()),
        outline(edges, f"area-{area.certainty}"),
    )
    return Group(
        id=area.id,
        role=f"area {area.kind}",
        title=title(area, words),
        certainty=area.certainty,
        items=tuple(path for path in paths if path is not None),
        link=f"room-{area.id}",
    )


def _kerbs(shape: BaseGeometry, clip: Polygon) -> BaseGeometry:
    """Return the edges of a street without those along the frame, where it goes on."""
    return shape.boundary.intersection(clip).difference(clip.boundary.buffer(3.5))


def _boundary(boundary: Boundary, view: View, clip: Polygon, words: Words) -> Group:
    ring = view.shape(shape_of(boundary)).boundary.intersection(clip)
    path = outline(ring, f"boundary-{boundary.certainty}")
    return Group(
        id=boundary.id,
        role="boundary",
        title=title(boundary, words),
        certainty=boundary.certainty,
        items=(path,) if path else (),
    )


def house(storey: Storey, view: View, words: Words) -> Group:
    """Return the house as one mass, in the line of the least sure of its walls."""
    elements = (*storey.walls, *storey.rooms)
    level = max((element.certainty for element in elements), key=STRENGTH.index, default="conjectural")
    shape = view.shape(footprint(storey))
    paths = (
        outline(shape, "ground-building"),
        *area_filling(shape, level),
        outline(shape.boundary, f"wall-line-{level}"),
    )
    return Group(
        id="sheet--house",
        role="building",
        title=words("plan-element", what=words("plan-house"), certainty=words(f"plan-level-{level}")),
        certainty=level,
        items=tuple(path for path in paths if path is not None),
    )


def _tunnel(tunnel: Tunnel, view: View, clip: Polygon, words: Words) -> Group:
    """Return a tunnel as its two sides, or as one line where the scale shows no width."""
    line = view.shape(LineString(tunnel.path))
    width = tunnel.width_m * view.scale
    wide = width >= WIDEST_LINE
    shape = line.buffer(width / 2, cap_style="flat", join_style="mitre").boundary if wide else line
    path = outline(shape.intersection(clip), f"tunnel-{tunnel.certainty}")
    return Group(
        id=tunnel.id,
        role="tunnel",
        title=title(tunnel, words),
        link=f"tunnel-{tunnel.id}",
        certainty=tunnel.certainty,
        items=(path,) if path else (),
    )


def elements(plan: Plan) -> tuple[Element, ...]:
    """Return what belongs to the site."""
    if plan.site is None:
        return plan.tunnels
    site = plan.site
    return (site.boundary, *site.walls, *site.openings, *site.areas, *plan.tunnels)
