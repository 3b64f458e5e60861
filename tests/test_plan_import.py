"""A plan of another program becomes a plan of the dossier: what it states is kept, what it lacks is said."""

from __future__ import annotations

import json
import math
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import shapely
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate, translate
from shapely.geometry import LineString, Point, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry

from build_scripts import validation
from build_scripts.__main__ import main
from build_scripts.diagnostics import ProblemsFound
from build_scripts.drawings.geojson import geojson
from build_scripts.imports import plans, walls
from build_scripts.imports.drafts import STAND_IN
from build_scripts.model.floor_plan import Element, Plan
from build_scripts.model.outlines import Outlined, shape_of
from build_scripts.model.records import read_mapping
from build_scripts.model.tangent import Plane
from build_scripts.source import Source

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests/dossiers/lighthouse"
EARTH = Plane(lon=12.5, lat=41.9, north=17.0)
CENTIMETRE = 0.0101
PLACES = (12.5, 41.9, 0.001, -3, 181, "x", None, 1e300)


def feature(shape: BaseGeometry | None, /, kind: str = "unit", **properties: Any) -> dict[str, Any]:
    geometry = None if shape is None else mapping(EARTH.degrees(shape))
    return {
        "type": "Feature",
        "id": properties.pop("id", None),
        "feature_type": kind,
        "geometry": geometry,
        "properties": properties,
    }


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plan.geojson"


def imported(path: Path, whole: Any) -> tuple[Plan, str]:
    path.write_text(whole if isinstance(whole, str) else json.dumps(whole), "utf-8")
    return read(plans.converted(path))


def read(text: str) -> tuple[Plan, str]:
    """Return the plan of a text, which the model accepts, and the remarks at its head."""
    source = Source("data/floor_plan.yaml", yaml.load(text, Loader=yaml.BaseLoader))
    plan = read_mapping(source, Plan, {})
    assert source.diagnostics == []
    assert plan is not None
    comments = [line.strip().removeprefix("#").strip() for line in text.splitlines() if "# " in line]
    return plan, " ".join(comments)


def flat(value: Any) -> list[Any]:
    return [part for one in value for part in flat(one)] if isinstance(value, tuple | list) else [value]


def equal(one: Any, two: Any) -> bool:
    """Check whether values are equal, to the centimetre."""
    if len(flat(one)) != len(flat(two)):
        return False
    return all(
        abs(first - second) <= CENTIMETRE
        if isinstance(first, float) and isinstance(second, float)
        else first == second
        for first, second in zip(flat(one), flat(two), strict=True)
    )


def same(one: Element, two: Element) -> bool:
    """Check whether elements are equal in what GeoJSON carries."""
    lost = {"native", "text", "phases"} | (set() if one.certainty == "disputed" else {"accounts"})
    for key in type(one).model_fields.keys() - lost - {"polygon", "holes", "basis"}:
        if not equal(getattr(one, key), getattr(two, key)):
            return False
    if [text and text.plain() for text in (one.basis,)] != [text and text.plain() for text in (two.basis,)]:
        return False
    if isinstance(one, Outlined) and isinstance(two, Outlined):
        return bool(shape_of(one).hausdorff_distance(shape_of(two)) <= CENTIMETRE * math.sqrt(2))
    return True


@pytest.mark.parametrize("place", ["where it lies", "nowhere"])
def test_an_exported_plan_comes_back_to_the_centimetre(place: str, file: Path) -> None:
    dossier = validation.load(LIGHTHOUSE)
    plan = dossier.plan
    assert plan is not None
    assert plan.site is not None
    whole = json.loads(geojson(dossier))
    if place == "nowhere":
        for one in whole["features"]:
            one["geometry"] = None
        del whole["origin"]
    found, remarks = imported(file, whole)
    before = {element.id: element for element in plan.elements() if element.noun != "marker"}
    after = {element.id: element for element in found.elements()}

    assert list(after) == list(before)
    assert [name for name, element in before.items() if not same(element, after[name])] == []
    assert (found.name, found.status, found.north) == (plan.name, plan.status, plan.north)
    assert [(one.id, one.title, one.level_m, one.height_m) for one in found.storeys] == [
        (one.id, one.title, one.level_m, one.height_m) for one in plan.storeys
    ]
    if place == "where it lies":
        assert found.location == plan.location
    assert "marker was left out, it belongs to a phase" in remarks
    assert "phases were left out, the file does not say when they were: later" in remarks


def test_an_exported_plan_that_was_moved_elsewhere_follows_its_shapes(file: Path) -> None:
    whole = json.loads(geojson(validation.load(LIGHTHOUSE)))
    wall = next(one for one in whole["features"] if one["id"] == "s-wall-west")
    moved = translate(shape(wall["geometry"]), 0.0005)
    wall["geometry"] = mapping(moved)
    found, _ = imported(file, whole)
    assert found.site is not None
    after = next(one for one in found.site.walls if one.id == "s-wall-west")

    assert min(after.from_[0], after.to[0]) > 20


HOUSE = (
    feature(None, "building", name={"en": "Hall of Nothing"}),
    feature(box(-10, -10, 30, 22), "venue", name={"en": "Park of Nothing"}),
    feature(box(0, 0, 18, 10), "footprint"),
    feature(box(0, 0, 18, 10), "level", id="l0", ordinal=0, name={"en": "Ground"}),
    feature(box(0, 0, 18, 10), "level", id="l1", ordinal=1, name={"en": "First"}),
    feature(box(0, 0, 6, 6), level_id="l0", category="room", name={"en": "Tickets"}),
    feature(box(6, 0, 18, 6), level_id="l0", category="walkway", name=None),
    feature(box(0, 6, 18, 10), level_id="l0", category="room", name={"en": "Store"}),
    feature(box(0, 0, 18, 10), level_id="l1", category="room", name={"en": "Gallery"}),
    feature(box(8, 3, 10, 5), level_id="l1", category="elevator"),
    feature(LineString([(6, 2), (6, 3)]), "opening", level_id="l0", category="pedestrian"),
    feature(LineString([(11, 0), (12.6, 0)]), "opening", level_id="l0"),
    feature(LineString([(3, 6), (4, 6)]), "opening", level_id="l0"),
    feature(LineString([(8, 3.5), (8, 4.4)]), "opening", level_id="l1"),
    feature(LineString([(0, 3.5), (0, 4.4)]), "opening", level_id="l1"),
    feature(Point(3, 3), "amenity", category="seating"),
)


@pytest.fixture
def venue(tmp_path: Path) -> Path:
    """Return a folder in the Indoor Mapping Data Format."""
    folder = tmp_path / "venue"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"version": "1.0.0", "language": "en"}')
    for kind in {one["feature_type"] for one in HOUSE}:
        held = [one for one in HOUSE if one["feature_type"] == kind]
        (folder / f"{kind}.geojson").write_text(json.dumps(collection(*held)))
    return folder


def test_rooms_without_walls_get_them_on_their_edges_and_openings_cut_them(venue: Path) -> None:
    plan, remarks = read(plans.converted(venue))
    ground, first = plan.storeys

    assert (plan.name, plan.north) == ("Hall of Nothing", 17.0)
    assert (ground.title, ground.level_m, first.title, first.level_m) == ("Ground", 0.0, "First", 3.0)
    assert {room.title for room in ground.rooms} == {"Tickets", "Walkway", "Store"}
    # Four outer walls, one between the rows of rooms, one across.
    assert sorted(wall.thickness_m for wall in ground.walls) == [0.15, 0.15, 0.3, 0.3, 0.3, 0.3]
    assert [(one.width_m, one.kind) for one in ground.openings] == [
        (1.0, "door"),
        (1.6, "double-door"),
        (1.0, "door"),
    ]
    # The elevator stands in a hole of the gallery.
    assert [len(room.holes) for room in first.rooms] == [1, 0]
    assert "thickness_m is assumed: 0.3 m for outer walls, 0.15 m for inner ones" in remarks
    assert "amenity.geojson: amenity was left out, a plan has no such thing (features 1)" in remarks
    assert "other rooms lie over it; what they cover was taken off it" in remarks
    for element in plan.elements():
        assert element.certainty == "conjectural"
        assert element.basis is not None
        assert element.basis.plain().endswith("Taken over from venue.")
        assert [cite.id for cite in element.sources] == [STAND_IN]


def test_an_imported_plan_validates_once_it_names_a_source_and_is_exported_as_it_stands(
    venue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = Path(shutil.copytree(REPO / "build_scripts/template", tmp_path / "mine"))
    packed = shutil.make_archive(str(tmp_path / "venue"), "zip", venue)
    assert main(["import", packed, "--dossier", str(dossier)]) == 0
    path = dossier / "data/floor_plan.yaml"
    text = path.read_text()
    assert main(["import", packed, "--dossier", str(dossier)]) > 0
    assert "is there already" in capsys.readouterr().err
    assert path.read_text() == text

    path.write_text(text.replace(STAND_IN, "first-source"))
    with (dossier / "book/glossary.rst").open("a") as page:
        page.write("\nThe plan\n--------\n\n.. dossier:plan::\n")
    found = validation.load(dossier)
    assert found.plan is not None
    exported = tmp_path / "venue.zip.geojson"
    exported.write_bytes(geojson(found))
    assert records(plans.converted(exported)) == records(path.read_text())


def records(text: str) -> list[str]:
    """Return the lines of a text without its comments."""
    return [line for line in text.splitlines() if not line.strip().startswith("#")]


def test_a_plan_exported_and_imported_again_lies_where_it_lay(file: Path, venue: Path) -> None:
    plan, _ = read(plans.converted(venue))
    assert plan.location is not None
    middle = EARTH.degrees(box(-10, -10, 30, 22)).centroid

    assert float(plan.location.lon) == pytest.approx(middle.x, abs=1e-7)
    assert float(plan.location.lat) == pytest.approx(middle.y, abs=1e-7)


ANGLE = Polygon([(0, 0), (6, 0), (6, 0.4), (0.4, 0.4), (0.4, 5), (0, 5)])


@pytest.mark.parametrize(
    ("outline", "expected"),
    [
        (box(0, 0, 5, 0.3), [((0, 0.15), (5, 0.15), 0.3)]),
        (ANGLE, [((0.2, 0.2), (0.2, 5), 0.4), ((0.2, 0.2), (6, 0.2), 0.4)]),
        (Point(0, 0).buffer(4), []),
    ],
)
def test_outlines_of_walls_become_centrelines(outline: Polygon, expected: list[Any]) -> None:
    found = walls.within(outline)

    assert len(found) == len(expected)
    for wall, (start, end, thickness) in zip(found, expected, strict=True):
        ends = {tuple(round(one, 2) for one in xy) for xy in (wall.start, wall.end)}
        assert ends == {start, end}
        assert wall.thickness == pytest.approx(thickness)


@given(st.integers(1, 5), st.integers(1, 5), st.floats(2, 9), st.floats(2, 9))
def test_every_edge_of_rooms_in_rows_has_one_wall(
    columns: int, rows: int, width: float, depth: float
) -> None:
    width, depth = round(width, 2), round(depth, 2)
    rooms = [
        shapely.set_precision(box(x * width, y * depth, (x + 1) * width, (y + 1) * depth), 0.01)
        for x in range(columns)
        for y in range(rows)
    ]
    found = walls.around(rooms)

    assert len(found) == columns + rows + 2
    assert sum(wall.thickness == walls.OUTER_M for wall in found) == 4
    edges = shapely.union_all([room.boundary for room in rooms])
    assert sum(wall.length for wall in found) == pytest.approx(edges.length)


def test_an_opening_between_rooms_drawn_apart_is_cut_in_the_walls_of_both(file: Path) -> None:
    plan, remarks = imported(
        file,
        collection(
            feature(box(0, 0, 5, 5), name="One"),
            feature(box(5.2, 0, 9, 5), name="Two"),
            feature(LineString([(5.1, 1), (5.1, 2)]), "opening"),
        ),
    )
    (storey,) = plan.storeys

    assert len({opening.wall for opening in storey.openings}) == 2
    assert "the rooms beside it are drawn apart; it is cut in the walls of both" in remarks
    # Both rooms can be entered, so the builder has nothing to object to.
    assert "Left to see to" not in remarks


def test_simple_indoor_tagging_is_understood(file: Path) -> None:
    around = Polygon(box(0, 0, 10, 6).exterior, [box(0.3, 0.3, 9.7, 5.7).exterior])
    whole = collection(
        feature(around, indoor="wall", level="1"),
        feature(box(0.15, 0.15, 9.85, 5.85), indoor="room", name="Hall", level="1"),
        feature(box(4, 0, 5, 0.3), indoor="door", level="1"),
    )
    for one in whole["features"]:
        del one["feature_type"]
    plan, remarks = imported(file, whole)
    (storey,) = plan.storeys

    assert (storey.title, storey.level_m) == ("Level 1", 3.0)
    assert [wall.thickness_m for wall in storey.walls] == [0.3] * 4
    assert [(one.at_m, one.width_m, one.kind) for one in storey.openings] == [(5.35, 1.0, "door")]
    assert "Left to see to" not in remarks


def test_what_does_not_fit_is_told_with_its_number(file: Path) -> None:
    bow = Polygon([(0, 0), (4, 4), (4, 0), (0, 4)])
    plan, remarks = imported(
        file,
        collection(
            feature(box(10, 0, 14, 4), name="Room"),
            feature(bow, name="Bow"),
            feature(box(90_000, 0, 90_010, 9), name="Elsewhere"),
            feature(LineString([(0, 0), (3, 0)]), name="Line"),
            feature(Point(60, 60), "opening"),
            {"type": "Feature", "geometry": {"type": "CircularString", "coordinates": []}, "properties": {}},
            "nothing",
            feature(Point(1, 1), "kiosk"),
        ),
    )

    assert {room.title for storey in plan.storeys for room in storey.rooms} == {"Room", "Bow"}
    assert "plan.geojson, feature 2: its outline was mended: self-intersection" in remarks
    assert "plan.geojson, feature 3: was left out, it lies kilometres away from the others" in remarks
    assert "plan.geojson, feature 4: was left out, a room needs an outline" in remarks
    assert "plan.geojson, feature 5: was left out, no wall lies within 0.75 m of it" in remarks
    assert "feature 6: its shape was left out, 'CircularString' is no kind of geometry" in remarks
    assert "plan.geojson, feature 7: was left out, it is no object" in remarks
    assert "kiosk was left out, a plan has no such thing (features 8)" in remarks


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "plan.geojson:1: is no JSON: Expecting value"),
        ("[" * 100_000, "plan.geojson: is no JSON: "),
        ("[]", "plan.geojson: is no GeoJSON: it has no 'type'"),
        ('{"type": "Topology"}', "plan.geojson: is no GeoJSON: it has no list of 'features'"),
        (json.dumps(collection()), "holds no room and no wall that a plan could show"),
        (
            json.dumps({**collection(), "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}),
            "export it in degrees of WGS 84",
        ),
    ],
)
def test_a_file_that_is_no_plan_is_refused(content: str, message: str, file: Path) -> None:
    file.write_text(content)

    with pytest.raises(ProblemsFound) as caught:
        plans.converted(file)
    assert message in str(caught.value)


def test_a_pipe_holds_no_import_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "plan.geojson")

    assert main(["import", str(tmp_path / "plan.geojson"), "--dossier", str(LIGHTHOUSE), "--print"]) > 0
    assert "there is no file" in capsys.readouterr().err


def test_a_zip_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "venue.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("unit.geojson", "{}" * 99)
    path.write_bytes(path.read_bytes().replace(b"{}{}", b"{]{]"))

    with pytest.raises(ProblemsFound, match="is no zip"):
        plans.converted(path)


POSITION = st.lists(st.sampled_from(PLACES), max_size=3) | st.tuples(
    st.floats(12.4999, 12.5001), st.floats(41.8999, 41.9001)
)
NESTED = st.recursive(POSITION, lambda inner: st.lists(inner, max_size=5), max_leaves=12)
RINGS = st.lists(
    st.lists(st.tuples(st.floats(12.4999, 12.5001), st.floats(41.8999, 41.9001)), min_size=3, max_size=7),
    min_size=1,
    max_size=2,
)
KINDS = st.sampled_from(["Polygon", "MultiPolygon", "LineString", "Point", "GeometryCollection", "Curve"])
GEOMETRY = (
    st.fixed_dictionaries({"type": KINDS, "coordinates": NESTED})
    | st.fixed_dictionaries({"type": st.just("Polygon"), "coordinates": RINGS})
    | st.fixed_dictionaries({"type": st.just("LineString"), "coordinates": RINGS.map(lambda one: one[0])})
    | st.none()
)
WORDS = st.sampled_from(
    [
        "wall",
        "unit",
        "opening",
        "level",
        "venue",
        "footprint",
        "stairs",
        "lift",
        "area",
        "tunnel",
        "dimension",
    ]
)
VALUE = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | WORDS
NAMES = (
    st.sampled_from(["id", "name", "title", "number", "use", "kind", "features", "hinge", "through"])
    | st.sampled_from(["element", "feature_type", "level_id", "storey", "level", "level_m", "ordinal"])
    | st.sampled_from(["height_m", "thickness_m", "width_m", "area_m2", "axis_m", "up_m", "local_m"])
    | st.sampled_from(["certainty", "basis", "sources", "accounts", "from", "to", "storeys"])
)
PROPERTIES = st.dictionaries(NAMES, VALUE | st.lists(VALUE, max_size=2) | GEOMETRY, max_size=8)
FEATURE = VALUE | st.fixed_dictionaries(
    {"type": st.just("Feature"), "geometry": GEOMETRY},
    optional={"id": VALUE, "properties": PROPERTIES, "feature_type": WORDS},
)
WHOLE = st.fixed_dictionaries(
    {"type": st.just("FeatureCollection"), "features": st.lists(FEATURE, max_size=6)},
    optional={
        "name": VALUE,
        "storeys": st.lists(PROPERTIES, max_size=2) | VALUE,
        "origin": st.fixed_dictionaries({"lon": VALUE, "lat": VALUE, "x_m": VALUE, "y_m": VALUE}) | VALUE,
        "north_degrees_clockwise_from_y": VALUE,
        "accuracy_m": VALUE,
        "north_sources": VALUE | st.lists(VALUE, max_size=2),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WHOLE)
def test_whatever_geojson_holds_it_becomes_a_plan_that_loads_or_is_refused(file: Path, whole: Any) -> None:
    try:
        text = imported(file, whole)[1]
    except ProblemsFound as problems:
        assert problems.diagnostics
    else:
        assert STAND_IN in text


ROOM = st.tuples(
    st.integers(0, 9), st.integers(0, 9), st.floats(0.2, 9), st.floats(0.2, 9), st.integers(0, 45)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(ROOM, min_size=1, max_size=6), st.lists(st.tuples(st.floats(0, 9), st.floats(0, 9)), max_size=3)
)
def test_rooms_that_lie_over_each_other_are_drawn_apart(file: Path, rooms: Any, doors: Any) -> None:
    outlines = [rotate(box(x, y, x + width, y + depth), turn) for x, y, width, depth, turn in rooms]
    found = [feature(outline, name="Room") for outline in outlines]
    found += [feature(LineString([(x, y), (x + 1, y)]), "opening") for x, y in doors]
    try:
        plan, remarks = imported(file, collection(*found))
    except ProblemsFound:
        assert max(outline.area for outline in outlines) < 0.1
        return
    shapes = [shape_of(room) for storey in plan.storeys for room in storey.rooms]
    covered = shapely.union_all(outlines).area

    assert sum(one.area for one in shapes) == pytest.approx(covered, abs=0.3 * len(rooms) ** 2)
    assert "overlaps room" not in remarks
    assert "closes" not in remarks
