"""Write a plan as DXF (AutoCAD 2010) in metres, on layers named after the AIA CAD Layer Guidelines.

A layer is discipline, major and minor group and, as status, the certainty: `A-WALL-CONJ`. Storeys have
their number at its end, `A-WALL-CONJ-02`. Every entity carries id, certainty and sources as extended data
of the application DOSSIER.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from io import StringIO

import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from build_scripts.drawings.parts import Part, parts
from build_scripts.model.edition import Edition
from build_scripts.model.floor_plan import (
    Area,
    Boundary,
    Dimension,
    Lift,
    Marker,
    Opening,
    Plan,
    Room,
    Stairs,
    Tunnel,
    Wall,
)

# While it is loaded, ezdxf reads ./ezdxf.ini; this folder has none.
with chdir(sys.prefix):
    from ezdxf import options  # type: ignore[attr-defined]
    from ezdxf.document import Drawing
    from ezdxf.entities.dxfentity import DXFEntity
    from ezdxf.enums import TextEntityAlignment
    from ezdxf.filemanagement import new
    from ezdxf.layouts.layout import Modelspace

APPLICATION = "DOSSIER"
METRES = 6
LETTER_M = 0.35
MARK_M = 0.25
# Extended data holds strings of at most 255 bytes (DXF reference, group 1000).
LONGEST = 250
STATUS = {
    "recorded": "RECD",
    "documented": "DOCU",
    "inferred": "INFR",
    "conjectural": "CONJ",
    "disputed": "DISP",
}
LINES = {
    "recorded": "CONTINUOUS",
    "documented": "CONTINUOUS",
    "inferred": "DASHED",
    "conjectural": "DOT",
    "disputed": "PHANTOM",
}
WEIGHTS = {"recorded": 70, "documented": 50, "inferred": 35, "conjectural": 25, "disputed": 35}
AREAS = {"garden": "L-PLNT", "street": "C-ROAD", "building": "C-BLDG", "tent": "L-TENT", "court": "L-WALK"}
OPENINGS = {"window": "A-GLAZ", "french-window": "A-GLAZ"}


def dxf(plan: Plan, edition: Edition) -> bytes:
    """Return the drawing; it has no time, no machine and no random identifier in it."""
    with _without_clock():
        document = new("R2010", setup=["linetypes"], units=METRES)
        document.appids.add(APPLICATION)
        document.ezdxf_metadata()["SOURCE"] = f"{edition.identifier} {edition.modified}"
        space = document.modelspace()
        drawn = list(parts(plan))
        for part in drawn:
            layer = _layer(document, plan, part)
            for entity in _entities(space, part, layer):
                _describe(entity, part)
        _title(document, space, plan, drawn)
        out = StringIO()
        document.write(out)
    return out.getvalue().encode("utf-8")


@contextmanager
def _without_clock() -> Iterator[None]:
    """Keep time and random identifiers out of the file; ezdxf has one switch for this, which is put back."""
    before = options.write_fixed_meta_data_for_testing
    options.write_fixed_meta_data_for_testing = True
    try:
        yield
    finally:
        options.write_fixed_meta_data_for_testing = before


def _layer(document: Drawing, plan: Plan, part: Part) -> str:
    """Return the name of an element's layer, made when it is first needed."""
    level = part.element.certainty
    storeys = [storey.id for storey in plan.storeys]
    number = f"-{storeys.index(part.storey.id) + 1:02d}" if part.storey is not None else ""
    name = f"{_group(part)}-{STATUS[level]}{number}"
    if name not in document.layers:
        document.layers.add(name, linetype=LINES[level], lineweight=WEIGHTS[level])
    return name


def _group(part: Part) -> str:
    match part.element:
        case Wall():
            return "A-WALL" if part.storey is not None else "L-WALL"
        case Opening(kind=kind):
            return OPENINGS.get(kind, "A-DOOR") if part.storey is not None else "L-GATE"
        case Room():
            return "A-AREA"
        case Stairs():
            return "A-FLOR-STRS"
        case Lift():
            return "A-FLOR-EVTR"
        case Boundary():
            return "C-PROP"
        case Area(kind=kind):
            return AREAS[kind]
        case Tunnel():
            return "C-TUNL"
        case Dimension():
            return "A-ANNO-DIMS"
        case _:
            return "X-MARK"


def _entities(space: Modelspace, part: Part, layer: str) -> Iterator[DXFEntity]:
    """Yield the outlines of an element, and its name where it has one."""
    element, attributes = part.element, {"layer": layer}
    level = part.storey.level_m if part.storey is not None else 0.0
    outlined = part.shape
    if isinstance(element, Tunnel):
        outlined = outlined.buffer(element.width_m / 2, cap_style="flat", join_style="mitre")
        level = -(element.depth_m or 0.0)
    for ring, closed in _lines(outlined):
        yield space.add_lwpolyline(ring, close=closed, dxfattribs={**attributes, "elevation": level})
    if isinstance(element, Lift):
        for first, second in zip(element.polygon[:2], element.polygon[2:4], strict=False):
            attached = {**attributes, "elevation": level}
            yield space.add_lwpolyline([first, second], dxfattribs=attached)
    if isinstance(element, Stairs):
        yield space.add_lwpolyline(list(element.up), dxfattribs={**attributes, "elevation": level})
    if isinstance(element, Marker) and element.at is not None:
        yield space.add_circle((*element.at, level), MARK_M, dxfattribs=attributes)
    title = _name(part)
    if title:
        at = part.shape.representative_point()
        text = space.add_text(title, height=LETTER_M, dxfattribs=attributes)
        text.set_placement((at.x, at.y, level), align=TextEntityAlignment.MIDDLE_CENTER)
        yield text


def _name(part: Part) -> str:
    element = part.element
    if isinstance(element, Room) and element.number is not None:
        return f"{element.number} {element.title}"
    if isinstance(element, Dimension):
        return f"{element.length_m:.15g} m"
    return str(getattr(element, "title", ""))


def _lines(shape: BaseGeometry) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Yield the corners of every ring or line of a shape; rings are closed without repeating the first."""
    for one in getattr(shape, "geoms", (shape,)):
        if isinstance(one, Polygon):
            for ring in (one.exterior, *one.interiors):
                yield [(round(x, 4), round(y, 4)) for x, y in ring.coords[:-1]], True
        elif one.geom_type == "LineString":
            yield [(round(x, 4), round(y, 4)) for x, y in one.coords], False


def _describe(entity: DXFEntity, part: Part) -> None:
    element = part.element
    sources = [f"source={cite.id}" for cite in element.sources]
    facts = [f"id={element.id}", f"element={element.noun}", f"certainty={element.certainty}", *sources]
    entity.set_xdata(APPLICATION, [(1000, fact[:LONGEST]) for fact in facts])


def _title(document: Drawing, space: Modelspace, plan: Plan, drawn: Sequence[Part]) -> None:
    """Write below everything what the drawing is."""
    document.layers.add("A-ANNO-TTLB")
    shapes = [part.shape for part in drawn if not part.shape.is_empty] or [Point(0.0, 0.0)]
    left, bottom = (float(side) for side in shapely.total_bounds(shapes)[:2])
    text = space.add_text(
        f"{plan.name} ({plan.status})", height=3 * LETTER_M, dxfattribs={"layer": "A-ANNO-TTLB"}
    )
    text.set_placement((left, bottom - 6 * LETTER_M))
