"""Convert a plan in GeoJSON or IMDF to floor_plan.yaml: rooms, walls, openings, storeys, site, in metres.

Where a storey has no walls, they are derived from the edges of its rooms. What a plan cannot hold stands in
remarks above the records; what the builder will refuse stands at the head of the file.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
import yaml
from shapely.geometry.base import BaseGeometry

from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.imports import features, kinds, outlines, plan_others, plan_parts
from build_scripts.imports.drafts import STAND_IN, Draft, Level, cite, escaped, ids
from build_scripts.imports.entries import Entry, Figure, comment, dumped, joined, plain
from build_scripts.imports.features import Collection, Feature
from build_scripts.model import plan_checks
from build_scripts.model.floor_plan import Plan
from build_scripts.model.records import read_mapping
from build_scripts.model.tangent import Plane
from build_scripts.source import Source

# The accuracy of positions that do not say how sure they are.
ACCURACY_M = 10.0
OTHERS = ("stairs", "lifts", "tunnels", "dimensions")


def converted(path: Path) -> str:
    """Return the text of floor_plan.yaml for a file, a folder or a zip.

    Raises ProblemsFound if the file cannot be read or holds nothing that a plan can show.
    """
    found = features.read(path)
    draft = _draft(plain(path.name), found)
    if not draft.levels:
        reasons = [Diagnostic(Location(str(path)), one) for one in draft.remarks]
        whole = Diagnostic(Location(str(path)), "holds no room and no wall that a plan could show")
        raise ProblemsFound([*reasons, whole])
    return _text(draft, found)


def _draft(file: str, found: Collection) -> Draft:
    plane, is_own = outlines.plane_of(found)
    draft = Draft(file=file, plane=plane, is_own=is_own, remarks=list(found.remarks))
    for raw in found.whole.get("storeys") or () if isinstance(found.whole.get("storeys"), list) else ():
        if isinstance(raw, Mapping) and ids([raw.get("id")]):
            stated = Feature(file=file, number=0, id="", shape=None, local=None, properties=raw)
            level = draft.add_level(raw["id"], stated.text("title") or raw["id"], stated)
            level.id = draft.name(raw["id"], "storey") if level.id != raw["id"] else level.id
            level.height_m = _height(stated)
    sorted_: dict[str, list[Feature]] = {}
    for feature in found.features:
        sorted_.setdefault(_role(draft, feature), []).append(feature)
    for feature in sorted_.get("level", ()):
        level = draft.add_level(feature.id or feature.text("id", "name"), _title(feature), feature)
        level.height_m, level.outline = _height(feature), feature
    _fill(draft, sorted_)
    for feature in sorted_.get("boundary", ()):
        plan_others.set_boundary(draft, feature)
    for feature in sorted_.get("others", ()):
        plan_others.add(draft, feature)
    _leave_out(draft, sorted_.get("none", ()))
    return draft


def _role(draft: Draft, feature: Feature) -> str:
    """Return what becomes of a feature."""
    shape = outlines.metres(feature, draft.plane)
    if shape is not None and outlines.is_far(shape):
        draft.remarks.append(f"{feature.place}: was left out, it lies kilometres away from the others")
        return "far"
    if feature.text("element") in plan_others.CONVERTERS:
        return "others"
    role = kinds.role(feature)
    if role is not None:
        return role
    if shape is None or shape.area <= 0:
        return "none"
    draft.remarks.append(f"{feature.place}: does not say what it is; its outline is taken for a room")
    return "room"


def _fill(draft: Draft, found: Mapping[str, list[Feature]]) -> None:
    """Add walls, rooms and openings to their storeys, and to the site what names none."""
    rooms: dict[int, list[Feature]] = {}
    outlines_ = [] if found.get("room") or found.get("wall") else found.get("outline", [])
    for feature in [*found.get("room", ()), *outlines_]:
        level = draft.level_of(feature)
        rooms.setdefault(id(level), []).append(feature)
    for level in draft.levels.values():
        if level.outline is None or id(level) in rooms or found.get("wall"):
            continue
        shape = outlines.metres(level.outline, draft.plane)
        if shape is not None and shape.area > 0:
            rooms[id(level)] = [level.outline]
            level.remarks.append("it has no rooms; its outline is taken for one")
    for level in list(draft.levels.values()):
        plan_parts.add_rooms(draft, level, rooms.get(id(level), []))
    for feature in found.get("wall", ()):
        plan_parts.add_walls(draft, _stand(draft, feature, found), feature)
    bare = [level for level in draft.levels.values() if not level.walls]
    for level in bare:
        plan_parts.derive_walls(draft, level)
    for feature in found.get("opening", ()):
        level = _stand(draft, feature, found)
        plan_parts.add_opening(draft, level, feature, level in bare)
    for feature in found.get("outline", ()):
        if feature not in outlines_:
            draft.remarks.append(f"{feature.place}: its outline was left out, walls and rooms give it")
    for key, level in list(draft.levels.items()):
        if not level.rooms and not level.walls:
            draft.remarks.append(f"storey '{level.title}' was left out, nothing stands on it")
            del draft.levels[key]


def _stand(draft: Draft, feature: Feature, found: Mapping[str, list[Feature]]) -> Level:
    """Return the storey of a wall or an opening; what names none in a file with a plot stands on the site."""
    is_outside = draft.is_own and bool(found.get("boundary")) and not feature.text("storey")
    return draft.site if is_outside else draft.level_of(feature)


def _leave_out(draft: Draft, found: Iterable[Feature]) -> None:
    """Add remarks on features that a plan has no place for, one for each kind."""
    by_kind: dict[tuple[str, str], list[int]] = {}
    for feature in found:
        word = feature.text(*kinds.KEYS) or (feature.shape or feature.local or shapely.Point()).geom_type
        by_kind.setdefault((feature.file, word), []).append(feature.number)
    for (file, word), numbers in by_kind.items():
        places = ", ".join(map(str, numbers))
        why = "it belongs to a phase" if word == "marker" else "a plan has no such thing"
        draft.remarks.append(f"{file}: {word} was left out, {why} (features {places})")


def _title(feature: Feature) -> str:
    ordinal = feature.number_of("ordinal")
    return feature.text("name", "title", "short_name") or (
        f"Level {ordinal:g}" if ordinal is not None else "Storey"
    )


def _height(feature: Feature) -> float:
    stated = feature.number_of("height_m") or feature.number_of("height")
    return stated if stated is not None and 0.05 <= stated <= 1000 else 3.0


def _text(draft: Draft, found: Collection) -> str:
    """Return the whole file: what is to be seen to, the plan, and below it its parts."""
    pieces = [dumped(_head(draft, found))]
    pieces.append("storeys:\n" + "\n".join(_level(one) for one in _sorted(draft)))
    pieces += [f"{key}:\n{joined(draft.others[key])}" for key in OTHERS if key in draft.others]
    if draft.boundary is not None:
        pieces.append("site:\n" + textwrap.indent("".join(_site(draft)), "  "))
    else:
        lost = [*draft.site.walls, *draft.site.openings, *draft.others.get("areas", ())]
        draft.remarks += [f"'{one.id}' was left out, it lies on a site without a boundary" for one in lost]
    text = "\n".join(pieces)
    head = [
        f"Taken over from {draft.file} by the step 'import'. Replace {STAND_IN} by the id of a source "
        "of references.yaml wherever it stands, and 'conjectural' where the source tells more."
    ]
    head += [f"Left to see to: {one}" for one in dict.fromkeys([*draft.remarks, *_problems(text)])]
    return f"{comment(head)}\n{text}"


def _head(draft: Draft, found: Collection) -> dict[str, Any]:
    whole = Feature(file=draft.file, number=0, id="", shape=None, local=None, properties=found.whole)
    named = [one.text("name", "title") for one in found.features if kinds.role(one) in ("name", "boundary")]
    name = whole.text("name") or next(filter(None, named), "") or draft.file
    status = whole.text("status")
    head: dict[str, Any] = {
        "name": name,
        "status": status if status in ("survey", "reconstruction") else "reconstruction",
    }
    north = (
        draft.plane.north if draft.plane is not None else whole.number_of("north_degrees_clockwise_from_y")
    )
    if north is not None:
        head["north"] = Figure.of(north)
        head["orientation"] = _evidence(draft, whole, "north_")
    if draft.plane is not None:
        head["location"] = _location(draft, whole, draft.plane)
    return head


def _evidence(draft: Draft, whole: Feature, prefix: str) -> dict[str, Any]:
    certainty = whole.text(f"{prefix}certainty")
    sources = _cites(whole, f"{prefix}sources")
    if certainty not in ("recorded", "documented", "inferred") or not sources:
        certainty = "conjectural"
    basis = escaped(whole.text(f"{prefix}basis"))
    found: dict[str, Any] = {"certainty": certainty}
    if basis or certainty == "conjectural":
        found["basis"] = basis or draft.basis
    return found | ({"sources": sources} if sources else {})


def _cites(whole: Feature, key: str) -> list[Any]:
    raw = whole.properties.get(key)
    return [found for one in raw if (found := cite(one))] if isinstance(raw, list) else []


def _location(draft: Draft, whole: Feature, plane: Plane) -> dict[str, Any]:
    """Return where the middle of the plan lies, which is what a plan's location is taken for."""
    if draft.is_own:
        middle = shapely.Point(plane.lon, plane.lat)
    else:
        shapes: list[BaseGeometry] = []
        for level in _sorted(draft):
            shapes += [*level.shapes, *(axis.line for axis in level.axes)]
        if draft.boundary is not None:
            shapes = [shapely.Polygon([list(map(float, xy)) for xy in draft.boundary.values["polygon"]])]
        middle = plane.degrees(shapely.union_all(shapes).centroid)
    accuracy = whole.number_of("accuracy_m")
    return {
        "lat": Figure.of(middle.y, 8),
        "lon": Figure.of((middle.x + 180) % 360 - 180, 8),
        "accuracy_m": Figure.of(accuracy if accuracy is not None and 0.01 <= accuracy <= 1e6 else ACCURACY_M),
        "sources": _cites(whole, "location_sources") or [STAND_IN],
    }


def _sorted(draft: Draft) -> list[Level]:
    return sorted(draft.levels.values(), key=lambda one: one.level_m)


def _level(level: Level) -> str:
    head = Entry(
        {
            "id": level.id,
            "title": level.title,
            "level_m": Figure.of(level.level_m),
            "height_m": Figure.of(level.height_m),
        },
        level.remarks,
    )
    return head.text() + textwrap.indent("".join(_lists(level)), "  ")


def _lists(level: Level) -> Iterator[str]:
    for key, entries in (("walls", level.walls), ("openings", level.openings), ("rooms", level.rooms)):
        if entries:
            yield f"{key}:\n{joined(entries)}"


def _site(draft: Draft) -> Iterator[str]:
    if draft.boundary is not None:
        yield comment(draft.boundary.remarks)
        yield dumped({"boundary": draft.boundary.values})
    yield from _lists(draft.site)
    if areas := draft.others.get("areas"):
        yield f"areas:\n{joined(areas)}"


def _problems(text: str) -> Iterator[str]:
    """Yield what the builder will object to in a plan, sources aside."""
    read = Source("data/floor_plan.yaml", yaml.load(text, Loader=yaml.BaseLoader))
    plan = read_mapping(read, Plan, {})
    found = read.diagnostics if plan is None else plan_checks.check(plan)
    yield from (one.message for one in found)
