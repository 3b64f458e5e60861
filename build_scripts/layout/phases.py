"""Place one phase of events as small plans of the site and the storeys, the same for every phase.

A marker stands in the plan of its storey if it lies on it, else in that of the site. Markers are numbered
in the order of their events; the key names each number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from build_scripts.layout import building, grounds, legend, markers
from build_scripts.layout.building import Layers
from build_scripts.layout.lettering import Measure, cap_height, shortened, wrap
from build_scripts.layout.obstacles import Obstacles
from build_scripts.layout.picture import EDGE, Picture, clip_of, frame_of, layer, view_of
from build_scripts.layout.shapes import Group, Item, Text, Xy, moved_group, polyline, rectangle
from build_scripts.layout.sheet import GUTTER, Part, bar_length_m, north_arrow, stacked
from build_scripts.layout.spots import Spots
from build_scripts.layout.titles import title
from build_scripts.layout.view import Bounds, View, bounds, ratios
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import Marker, Phase, Plan, Storey, Tunnel
from build_scripts.words import Words

TWO_COLUMNS = 360.0
# How high a small plan may be, in hundredths of its width, most generous first.
HEIGHTS = (130, 115, 100, 90, 80, 70, 60, 50, 40)
AROUND_M = 4.0
CAPTION = 15.0
NEAR = 26.0
FAR = 70.0
LEADER_FROM = 8.0
WIDEST_BAR = 45.0
ROW_GAP = 9.0
SEEN_TWICE = ("stairs", "lift", "void")

Homes = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Hold one small plan: what it shows, and the extent that it has in every phase."""

    id: str
    title: str
    storey: Storey | None
    extent: Bounds


def shown(dossier: Dossier, plan: Plan, phase: Phase) -> tuple[tuple[Marker, ...], tuple[Tunnel, ...]]:
    """Return the markers of a phase in the order of their events, those without one last, and its tunnels."""
    order = {event.id: index for index, event in enumerate(dossier.events)}
    found = [marker for marker in plan.markers if phase.id in marker.phases]
    found.sort(key=lambda marker: order.get(marker.event or "", len(order)))
    return tuple(found), tuple(tunnel for tunnel in plan.tunnels if phase.id in tunnel.phases)


def place(
    dossier: Dossier,
    plan: Plan,
    phase: Phase,
    percent: float,
    words: Words,
    measure: Measure,
    width: float,
    key_width: float,
) -> Picture:
    """Return the small plans of a phase in one or two columns, each at the largest scale its cell allows.

    Keys that are as wide as the plans use a cell that is left over.
    """
    found, tunnels = shown(dossier, plan, phase)
    homes = _homes(plan)
    panels = _panels(plan, homes, words)
    columns = 2 if width >= TWO_COLUMNS and len(panels) > 1 else 1
    cell = (width - (columns - 1) * GUTTER) / columns
    numbers = {marker.id: str(index) for index, marker in enumerate(found, start=1)}
    cells = [
        _panel(plan, phase, panel, homes, found, tunnels, numbers, cell, cell * percent / 100, words, measure)
        for panel in panels
    ]
    north = north_arrow(plan, words, measure)
    groups = [group for part in (*cells, north) for group in part.groups]
    spare = key_width == width and len(cells) % columns > 0
    sign_width = cell if spare else key_width
    signs = [
        legend.certainties(groups, words, sign_width, measure, lines=True),
        legend.marker_signs(found, words, sign_width, measure),
        north,
    ]
    beside: list[Part | None] = []
    if spare:
        cells.append(stacked([part for part in signs if part is not None], ROW_GAP))
    else:
        beside = signs
    keys = (*beside, legend.events(found, numbers, words, key_width, measure))
    brief = (*beside, legend.notes([words("plan-events-listed")] if found else [], key_width, measure))
    grid = _grid(cells, columns, cell)
    return Picture(
        groups=grid.at(0.0, grid.height),
        width=width,
        height=grid.height,
        keys=tuple(part for part in keys if part is not None),
        brief=tuple(part for part in brief if part is not None),
    )


def _grid(cells: Sequence[Part], columns: int, width: float) -> Part:
    """Return parts in rows, those of a row level at the top."""
    groups: list[Group] = []
    y = 0.0
    for start in range(0, len(cells), columns):
        row = cells[start : start + columns]
        for column, part in enumerate(row):
            groups.extend(part.at(column * (width + GUTTER), y))
        y -= max(part.height for part in row) + ROW_GAP
    return Part(groups=tuple(groups), width=columns * (width + GUTTER) - GUTTER, height=-y - ROW_GAP)


def _panels(plan: Plan, homes: Homes, words: Words) -> list[Panel]:
    """Return the plans that some phase needs."""
    panels = []
    outside = [_shape(marker) for marker in plan.markers if homes[marker.id] is None]
    if outside:
        shapes: list[BaseGeometry] = [*outside, grounds.mass(plan)]
        if plan.site is not None:
            shapes.append(Polygon(plan.site.boundary.polygon))
        panels.append(Panel(id="site", title=words("plan-site"), storey=None, extent=_around(bounds(shapes))))
    for storey in plan.storeys:
        inside = [_shape(marker) for marker in plan.markers if homes[marker.id] == storey.id]
        if inside:
            whole = bounds([shapely.box(*building.extent(plan, storey)), *inside])
            panels.append(Panel(id=storey.id, title=storey.title, storey=storey, extent=whole))
    return panels


def _around(extent: Bounds) -> Bounds:
    left, bottom, right, top = extent
    return left - AROUND_M, bottom - AROUND_M, right + AROUND_M, top + AROUND_M


def _homes(plan: Plan) -> Homes:
    """Return the storey on whose plan each marker stands, or None for the site."""
    around = {storey.id: shapely.box(*_around(building.extent(plan, storey))) for storey in plan.storeys}
    return {
        marker.id: marker.storey
        if marker.storey is not None and around[marker.storey].covers(_shape(marker))
        else None
        for marker in plan.markers
    }


def _shape(marker: Marker) -> BaseGeometry:
    return Point(marker.at) if marker.at is not None else LineString(marker.path or ())


def _panel(
    plan: Plan,
    phase: Phase,
    panel: Panel,
    homes: Homes,
    found: Sequence[Marker],
    tunnels: tuple[Tunnel, ...],
    numbers: Mapping[str, str],
    width: float,
    height: float,
    words: Words,
    measure: Measure,
) -> Part:
    """Return one small plan with its caption."""
    view = view_of(panel.extent, ratios(panel.extent, width - 2 * EDGE, height - 2 * EDGE)[0])
    frame, clip = frame_of(panel.extent, view), clip_of(panel.extent, view)
    home = panel.storey.id if panel.storey else None
    if panel.storey is None:
        base = grounds.layers(plan, view, clip, words, tunnels)
    else:
        base = building.layers(plan, panel.storey, view, words)
    here = [marker for marker in found if homes[marker.id] == home]
    events = _markers(phase, here, numbers, base, frame, view, words, measure)
    right, top = frame.bounds[2:]
    caption = _caption(panel, view, top + CAPTION, words, measure, right)
    aside = (width - right) / 2
    parts = (
        *(_named(group, panel.id) for group in base.groups),
        caption,
        *(_named(part, panel.id) for part in events),
    )
    height = top + CAPTION
    return Part(groups=tuple(moved_group(part, aside, -height) for part in parts), width=width, height=height)


def _named(group: Group, panel: str) -> Group:
    """Return a group with an id that tells its panel, if it is a layer or seen on two storeys.

    Of the links those of markers are kept: rooms are told of where their storey is.
    """
    name = f"{panel}--{group.id}" if "--" in group.id or group.role in SEEN_TWICE else group.id
    items = tuple(_named(item, panel) if isinstance(item, Group) else item for item in group.items)
    link = group.link if group.role.startswith("marker") else None
    return replace(group, id=name, items=items, link=link)


def _caption(panel: Panel, view: View, top: float, words: Words, measure: Measure, right: float) -> Group:
    """Return the name of a small plan above it, with a scale bar at the right."""
    length_m = bar_length_m(view, WIDEST_BAR)
    length = length_m * view.scale
    label = words("plan-metres", n=length_m)
    end = right - EDGE
    y = top - cap_height("heading")
    room = end - length - measure(label, "scale") - 2 * EDGE
    (name,) = shortened(wrap(panel.title, "heading", room, measure), 1, "heading", room, measure)
    bar = rectangle(end - length, y + 0.6, length, 2.2, "scale-light")
    half = rectangle(end - length, y + 0.6, length / 2, 2.2, "scale-dark")
    items = (
        Text(x=EDGE, y=y, text=name, style="heading"),
        bar,
        half,
        Text(x=end - length - 3.0, y=y, text=label, style="scale", anchor="end"),
    )
    return Group(id=f"{panel.id}--caption", role="caption", title=panel.title, items=items)


def _markers(
    phase: Phase,
    here: Sequence[Marker],
    numbers: Mapping[str, str],
    base: Layers,
    frame: Polygon,
    view: View,
    words: Words,
    measure: Measure,
) -> tuple[Group, ...]:
    """Return the markers of one small plan, numbers standing where they cover neither signs nor walls."""
    drawn = {marker.id: _sign(marker, view) for marker in here}
    signs = [_covered(marker, view) for marker in here]
    walls, alone = Obstacles([*signs, *base.obstacles]), Obstacles(signs)
    spots = Spots()
    groups = []
    for marker in here:
        number = _number(numbers[marker.id], _target(marker, view), frame, walls, alone, spots, measure)
        groups.append(
            Group(
                id=marker.id,
                role=f"marker {marker.kind}",
                title=words("plan-numbered", number=numbers[marker.id], title=title(marker, words)),
                certainty=marker.certainty,
                items=(*drawn[marker.id], *number),
                facts=(("event", marker.event),) if marker.event else (),
                link=f"marker-{phase.id}-{marker.id}",
            )
        )
    return layer("markers", words("plan-layer-markers"), groups)


def _sign(marker: Marker, view: View) -> tuple[Item, ...]:
    if marker.at is not None:
        return markers.sign(marker.kind, marker.certainty, view.point(marker.at))
    return markers.trail(marker.kind, marker.certainty, view.points(marker.path or ()))


def _covered(marker: Marker, view: View) -> BaseGeometry:
    """Return the sheet that a sign takes."""
    shape = view.shape(_shape(marker))
    return shape.buffer(markers.SIZE * 1.35 if marker.at is not None or marker.kind != "route" else 1.2)


def _target(marker: Marker, view: View) -> Xy:
    """Return the point that a number belongs to: the place, or the middle of a path."""
    if marker.at is not None:
        return view.point(marker.at)
    middle = view.shape(_shape(marker)).interpolate(0.5, normalized=True)
    return middle.x, middle.y


def _number(
    number: str,
    target: Xy,
    frame: Polygon,
    walls: Obstacles,
    signs: Obstacles,
    spots: Spots,
    measure: Measure,
) -> Iterator[Item]:
    """Yield a number near a point, on paper; where walls leave no room it may stand on them."""
    width, rise = measure(number, "marker-number"), cap_height("marker-number")
    box = (width + 2.4, rise + 2.4)
    spot = spots.beside(target, *box, frame, walls, reach=NEAR) or spots.beside(
        target, *box, frame, signs, reach=FAR
    )
    if spot is None:
        return
    x, y = spot
    edge = shapely.box(x - box[0] / 2, y - box[1] / 2, x + box[0] / 2, y + box[1] / 2)
    if Point(target).distance(edge) > LEADER_FROM:
        yield polyline([target, spot], "leader-marker")
    yield rectangle(x - box[0] / 2, y - box[1] / 2, *box, "paper")
    yield Text(x=x, y=y - rise / 2, text=number, style="marker-number", anchor="middle")
