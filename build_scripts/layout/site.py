"""Place the plan of the site with the names of its areas and tunnels."""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from build_scripts.layout import building, detail, dimensions, grounds, labels, legend, letters, poche
from build_scripts.layout.certainty import LOOKS
from build_scripts.layout.labels import Name
from build_scripts.layout.lettering import Measure
from build_scripts.layout.letters import Question
from build_scripts.layout.obstacles import Obstacles
from build_scripts.layout.picture import (
    Picture,
    beside_bar,
    clip_of,
    frame_of,
    label_layer,
    layer,
    picture,
    under_bar,
    view_of,
)
from build_scripts.layout.shapes import Group, Xy, outline
from build_scripts.layout.sheet import north
from build_scripts.layout.spots import Spots
from build_scripts.layout.view import Bounds, View
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import Area, Plan
from build_scripts.model.outlines import shape_of
from build_scripts.words import Words

# Names of areas keep this far from their edges.
RIM = 0.5


def place(
    dossier: Dossier,
    plan: Plan,
    ratio: float,
    words: Words,
    measure: Measure,
    width: float,
    *,
    extent: Bounds | None = None,
    enlarged: Bounds | None = None,
) -> Picture:
    """Return the site at a scale, or the part of it in `extent`, with keys as wide as `width`.

    A part that is `enlarged` on another sheet has a frame; what lies wholly in it is named there alone.
    """
    extent = extent or grounds.extent(plan)
    view = view_of(extent, ratio)
    frame, clip = frame_of(extent, view), clip_of(extent, view)
    drawn = grounds.layers(plan, view, clip, words, plan.tunnels)
    measured = [one for one in plan.dimensions if one.storey is None]
    lengths = dimensions.layers(measured, view, words, measure)
    cut_out = _frame(enlarged, view, words) if enlarged is not None else ()
    rims = [view.shape(shapely.box(*enlarged).boundary).buffer(1.0)] if enlarged is not None else []
    obstacles = (*drawn.obstacles, *lengths.obstacles, *rims)
    elements = (*grounds.elements(plan), *measured)
    elsewhere = {one.id for one in detail.inside(plan, enlarged)} if enlarged is not None else set()
    asked = letters.questions([one for one in elements if one.id not in elsewhere], dossier)
    spots = Spots()
    names = _names(plan, view, clip, letters.by_element(asked), words)
    placed = labels.place(
        [(name, shape) for name, shape in names if name.id not in elsewhere], obstacles, frame, spots, measure
    )
    blocked = Obstacles(obstacles)
    marks = list(letters.place(asked, _unnamed(plan, view), frame, blocked, spots, measure))
    groups = (
        *drawn.groups,
        *cut_out,
        *lengths.groups,
        *label_layer(placed, words),
        *layer("letters", words("plan-key-questions"), marks),
    )
    lines = plan.site is None or building.are_lines(plan.site.walls, view)
    said = [words("plan-detail-note", title=words("plan-detail"))] if enlarged is not None else []
    shown = (*groups, *north(plan, words, measure))
    signs = (
        legend.certainties(shown, words, beside_bar(width), measure, lines=True),
        legend.notes(said, width, measure),
    )
    gates = plan.site.openings if plan.site else ()
    aside = legend.opening_signs(gates, (), words, under_bar(width), measure, lines=lines)
    return picture(groups, frame, *legend.keyed(signs, placed, asked, words, width, measure), (aside,))


def _frame(box: Bounds, view: View, words: Words) -> tuple[Group, ...]:
    """Return the frame round what is enlarged on a sheet of its own."""
    path = outline(view.shape(shapely.box(*box)), "detail")
    title = words("plan-detail-frame", title=words("plan-detail"))
    return (Group(id="sheet--detail", role="detail", title=title, items=(path,)),) if path else ()


def _unnamed(plan: Plan, view: View) -> dict[str, Xy]:
    """Return points on the elements that carry no name: boundary, walls, gates."""
    points: dict[str, Xy] = {}
    if plan.site is None:
        return points
    points[plan.site.boundary.id] = view.point(plan.site.boundary.polygon[0])
    walls = {wall.id: wall for wall in plan.site.walls}
    for wall in plan.site.walls:
        middle = LineString([wall.from_, wall.to]).centroid
        points[wall.id] = view.point((middle.x, middle.y))
    for opening in plan.site.openings:
        points[opening.id] = view.point(poche.frame(walls[opening.wall]).point(opening.at_m, 0.0))
    return points


def _names(
    plan: Plan, view: View, clip: Polygon, questions: Mapping[str, tuple[Question, ...]], words: Words
) -> list[tuple[Name, BaseGeometry]]:
    """Return what can be written of house, areas and tunnels, with the part of the sheet that each takes."""
    mass = view.shape(grounds.mass(plan))
    house = Name(
        id="sheet--house", number="", title=words("plan-house"), style="area", numbered=False, ground=True
    )
    areas = plan.site.areas if plan.site else ()
    shapes = [view.shape(shape_of(area)) for area in areas]
    names: list[tuple[Name, BaseGeometry]] = [] if mass.is_empty else [(house, mass)]
    tree = STRtree(shapes)
    for area, whole in zip(areas, shapes, strict=True):
        near = sorted(int(other) for other in tree.query(whole, predicate="intersects"))
        above = [mass, *(shapes[other] for other in near if shapes[other].area < whole.area)]
        shape = whole.intersection(clip).difference(shapely.union_all(above)).buffer(-RIM)
        names.append((_area_name(area, questions.get(area.id, ())), shape))
    for tunnel in plan.tunnels:
        line = view.shape(LineString(tunnel.path)).intersection(clip)
        name = Name(
            id=tunnel.id,
            number="",
            title=tunnel.title,
            style="tunnel",
            pen=f"tag-tunnel-{tunnel.certainty}",
            numbered=False,
            questions=questions.get(tunnel.id, ()),
        )
        names.append((name, line.buffer(1.0)))
    return names


def _area_name(area: Area, questions: tuple[Question, ...]) -> Name:
    street = area.kind == "street"
    return Name(
        id=area.id,
        number="",
        title=area.title,
        style="street" if street else "area",
        pen=f"tag-{area.certainty}",
        numbered=False,
        turned=street,
        ground=area.kind in ("building", "tent") and LOOKS[area.certainty].hatch is not None,
        questions=questions,
    )
