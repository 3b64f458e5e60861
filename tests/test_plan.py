"""The plan as it is given away: to scale, levels apart in grey, SVG for all, DXF and GeoJSON for others."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path
from shutil import which

import ezdxf.filemanagement
import numpy as np
import pikepdf
import pytest
import shapely
from numpy.typing import NDArray
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from shapely.geometry import shape

from build_scripts import validation
from build_scripts.draw import svg
from build_scripts.draw.pdf import draw_on, measure_with
from build_scripts.drawings import parts, tiles
from build_scripts.drawings.dxf import dxf
from build_scripts.drawings.geojson import geojson
from build_scripts.drawings.poster import poster
from build_scripts.layout import detail, floor_plan, phases
from build_scripts.layout.arrangement import Format
from build_scripts.layout.certainty import swatch
from build_scripts.layout.shapes import Group, Placed, texts
from build_scripts.layout.shapes import Path as Path_
from build_scripts.layout.view import POINTS_PER_METRE
from build_scripts.model import Dossier
from build_scripts.model.floor_plan import CERTAINTIES, Plan
from build_scripts.nodes.citations import Citations
from build_scripts.nodes.figures import HEIGHTS, NARROW_HEIGHT, NARROW_WIDTH, WIDTH
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.style import PAPERS_MM, sheet
from build_scripts.printing import context_of, info
from build_scripts.words import Words

REPO = Path(__file__).parents[1]
DOSSIERS = (REPO, REPO / "tests/dossiers/lighthouse")
SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words("en")
MEASURE = measure_with(FontBook("en"))


@pytest.fixture(scope="module", params=DOSSIERS, ids=["bundled", "lighthouse"])
def dossier(request: pytest.FixtureRequest) -> Dossier:
    return validation.load(request.param)


def plan_of(dossier: Dossier) -> Plan:
    assert dossier.plan is not None
    return dossier.plan


def sheets(dossier: Dossier, sheet: Format) -> list[Placed]:
    """Return every sheet of a plan."""
    plan = plan_of(dossier)
    found = [floor_plan.place_site(dossier, WORDS, MEASURE, sheet)]
    if floor_plan.has_detail(dossier):
        found.append(floor_plan.place_detail(dossier, WORDS, MEASURE, sheet))
    found += [floor_plan.place_storey(dossier, one.id, WORDS, MEASURE, sheet) for one in plan.storeys]
    found += [floor_plan.place_section(dossier, one.id, WORDS, MEASURE, sheet) for one in plan.sections]
    found += [floor_plan.place_phase(dossier, one.id, WORDS, MEASURE, sheet) for one in plan.phases]
    return found


@pytest.fixture(scope="module")
def wide(dossier: Dossier) -> list[Placed]:
    return sheets(dossier, Format(width=WIDTH, height=HEIGHTS["a4"]))


def test_sheets_fit_the_type_area_of_both_papers_unscaled(wide: list[Placed]) -> None:
    for paper in PAPERS_MM:
        geometry = sheet(paper).geometry
        assert geometry.measure + geometry.hang >= WIDTH
        assert geometry.depth - HEIGHTS[paper] >= 60
    assert [one.id for one in wide if one.height > HEIGHTS["a4"] or one.width > WIDTH] == []


def test_a_scale_bar_is_as_long_as_the_scale_beside_it_says(wide: list[Placed]) -> None:
    for placed in (one for one in wide if one.to_scale):
        bar = next(group for group in placed.walk() if group.role == "scale-bar")
        words = [item.text for item in bar.items if hasattr(item, "text")]
        ratio = int(re.findall(r"1:(\d+)", " ".join(words))[0])
        metres = next(float(word.removesuffix(" m")) for word in words if word.endswith(" m"))
        xs = [
            x
            for item in bar.items
            if hasattr(item, "segments")
            for one in item.segments
            for x, _ in one.points
        ]
        assert max(xs) - min(xs) == pytest.approx(metres * POINTS_PER_METRE / ratio, abs=0.01)


def test_a_screen_is_told_no_scale_that_it_does_not_keep(dossier: Dossier) -> None:
    for placed in sheets(dossier, Format(width=WIDTH, height=HEIGHTS["a4"], printed=False)):
        assert not placed.to_scale
        assert [text.text for text in texts(placed.groups) if "1:" in text.text] == []


def test_an_arrow_to_a_north_that_nobody_states_says_so(dossier: Dossier, wide: list[Placed]) -> None:
    orientation = plan_of(dossier).orientation
    assert orientation is not None
    level = orientation.certainty
    said = WORDS(f"plan-north-{level}")
    arrows = [group for placed in wide for group in placed.walk() if group.role == "north-arrow"]

    assert arrows
    assert {group.certainty for group in arrows} == {level}
    assert all(said in [text.text for text in texts(group.items)] for group in arrows)
    assert {item.pen for group in arrows for item in group.items if isinstance(item, Path_)} == {
        f"north-{level}"
    }


def test_what_the_site_has_no_room_for_is_named_where_the_house_is_enlarged() -> None:
    dossier, sheet = validation.load(REPO), Format(width=WIDTH, height=HEIGHTS["a4"])
    plan = plan_of(dossier)
    box = detail.bounds(plan)
    assert box is not None
    assert plan.site is not None
    close = {one.id for one in detail.inside(plan, box)}
    every = {one.id for one in (*plan.site.areas, *plan.tunnels)}
    site = floor_plan.place_site(dossier, WORDS, MEASURE, sheet)
    enlarged = floor_plan.place_detail(dossier, WORDS, MEASURE, sheet)

    assert every <= {group.id for group in site.walk()}
    assert close & named(site) == set()
    assert close <= named(enlarged)
    assert every - close <= named(site)


def test_a_house_that_takes_much_of_its_site_is_not_enlarged() -> None:
    assert not floor_plan.has_detail(validation.load(DOSSIERS[1]))


def named(placed: Placed) -> set[str]:
    """Return the ids of what has a label; a number is told in the key."""
    return {dict(group.facts)["for"] for group in placed.walk() if group.role == "label"}


def test_the_narrow_copies_are_no_wider_than_a_phone(dossier: Dossier) -> None:
    narrow = sheets(dossier, Format(width=NARROW_WIDTH, height=NARROW_HEIGHT, printed=False))

    assert {one.width for one in narrow} == {NARROW_WIDTH}
    assert max(group_right(one) for one in narrow) <= NARROW_WIDTH + 1


def group_right(placed: Placed) -> float:
    """Return how far paths reach to the right."""
    return max(
        x
        for group in placed.walk()
        for item in group.items
        if hasattr(item, "segments")
        for segment in item.segments
        for x, _ in segment.points
    )


def test_every_element_of_the_svg_has_id_title_or_role(wide: list[Placed]) -> None:
    for placed in wide:
        tree = ET.fromstring(svg.svg(placed, "p", body="wide", resolve=lambda name: f"#{name}"))
        bare = [
            node.tag
            for node in tree.iter()
            if not (node.get("id") or node.get("role") or node.find(f"{SVG}title") is not None)
            and node.tag not in (f"{SVG}title", f"{SVG}desc")
        ]
        assert bare == []
        assert tree.get("role") == "graphics-document document"
        ids = [node.get("id") for node in tree.iter() if node.get("id")]
        assert len(ids) == len(set(ids))


def test_symbols_hide_nothing_that_has_a_name_of_its_own(wide: list[Placed]) -> None:
    tree = ET.fromstring(svg.svg(wide[1], "p"))

    hidden = [
        inner.get("id")
        for group in tree.iter(f"{SVG}g")
        if group.get("role") == "graphics-symbol"
        for inner in group.iter(f"{SVG}g")
        if inner is not group
    ]
    assert hidden == []


def test_rooms_areas_tunnels_and_markers_can_be_followed(dossier: Dossier, wide: list[Placed]) -> None:
    plan = plan_of(dossier)
    links = {group.link for placed in wide for group in placed.walk() if group.link}
    shown = {
        f"marker-{phase.id}-{marker.id}"
        for phase in plan.phases
        for marker in plan.markers
        if phase.id in marker.phases
    }

    assert {f"room-{room.id}" for room in plan.rooms()} <= links
    assert {f"tunnel-{tunnel.id}" for tunnel in plan.tunnels} <= links
    assert shown <= links


def test_a_page_shows_one_of_two_widths_without_any_style_of_its_own(wide: list[Placed]) -> None:
    text = svg.svg(wide[0], "p", body="narrow")

    assert 'class="drawing drawing-narrow"' in text
    assert "svg.drawing-narrow { display: none }" in text


def test_markers_are_numbered_in_the_order_of_their_events(dossier: Dossier) -> None:
    order = [event.id for event in dossier.events]
    for phase in plan_of(dossier).phases:
        markers, tunnels = phases.shown(dossier, plan_of(dossier), phase)
        places = [order.index(marker.event) for marker in markers if marker.event]
        assert places == sorted(places)
        assert all(phase.id in tunnel.phases for tunnel in tunnels)


def test_a_section_shows_what_it_cuts_once(wide: list[Placed]) -> None:
    section = next(one for one in wide if any(group.id == "sheet--ground" for group in one.walk()))
    ids = [group.id for group in section.walk()]

    assert len(ids) == len(set(ids))
    assert {"layer--walls", "layer--rooms"} <= set(ids)


# --- measured on the rendered page ---


def rendered(placed: Placed, folder: Path, dots: int = 300) -> NDArray[np.float64]:
    """Return a drawing as poppler renders it, in grey from 0 to 1."""
    if which("pdftoppm") is None:
        pytest.skip("pdftoppm is missing; apt-get install poppler-utils")
    path = folder / "drawing.pdf"
    canvas = Canvas(str(path), pagesize=(placed.width, placed.height), invariant=1)
    draw_on(placed, canvas, 0, 0, 1.0, FontBook("en"))
    canvas.save()
    subprocess.run(
        ["pdftoppm", "-r", str(dots), "-gray", "-singlefile", str(path), str(folder / "drawing")], check=True
    )
    with Image.open(folder / "drawing.pgm") as image:
        return np.asarray(image, dtype=np.float64) / 255


def sample(level: str) -> Placed:
    """Return a piece of wall in the look of a level."""
    group = Group(id="wall", role="wall", title="wall", items=swatch(4.0, 4.0, level))
    return Placed(id=level, width=34.0, height=15.5, title="", description="", groups=(group,))


def test_levels_stay_apart_in_the_grey_of_a_rendered_page(tmp_path: Path) -> None:
    pictures = {level: rendered(sample(level), tmp_path) for level in CERTAINTIES}
    inside = {level: 1 - picture[25:40, 30:110].mean() for level, picture in pictures.items()}

    # Filled, closely hatched, widely hatched, and two that are empty and differ by their outlines.
    assert inside["recorded"] > 0.85
    assert 0.25 < inside["documented"] < 0.6
    assert 0.04 < inside["conjectural"] < inside["documented"] - 0.15
    assert max(inside["inferred"], inside["disputed"]) < 0.03
    # Of any two levels at least a twentieth of the picture differs plainly.
    for first, second in itertools.combinations(CERTAINTIES, 2):
        differing = (np.abs(pictures[first] - pictures[second]) > 0.4).mean()
        assert differing > 0.05, (first, second)


def test_lines_stand_out_from_the_paper_on_a_rendered_page(wide: list[Placed], tmp_path: Path) -> None:
    picture = rendered(wide[1], tmp_path, 200)
    darkest, lightest = np.quantile(picture, 0.001), np.quantile(picture, 0.9)
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (darkest, lightest)
    ]

    assert (linear[1] + 0.05) / (linear[0] + 0.05) >= 4.5


# --- for others ---


def test_the_dxf_passes_its_audit_and_is_the_same_twice(dossier: Dossier, tmp_path: Path) -> None:
    plan = plan_of(dossier)
    data = dxf(plan, dossier.edition)
    path = tmp_path / "plan.dxf"
    path.write_bytes(data)
    document = ezdxf.filemanagement.readfile(path)
    audit = document.audit()
    ids = {
        value.removeprefix("id=")
        for entity in document.modelspace()
        if entity.has_xdata("DOSSIER")
        for _, value in entity.get_xdata("DOSSIER")
        if value.startswith("id=")
    }

    assert (audit.errors, audit.fixes) == ([], [])
    assert ids == {element.id for element in plan.elements()}
    assert data == dxf(plan, dossier.edition)
    assert all(
        re.fullmatch(r"[ALCX](-[A-Z]{4}){1,3}(-\d\d)?", one.dxf.layer) for one in document.modelspace()
    )


def test_geojson_says_where_how_sure_and_by_whom(dossier: Dossier) -> None:
    plan = plan_of(dossier)
    whole = json.loads(geojson(dossier))

    assert [one["id"] for one in whole["features"]] == [part.element.id for part in parts.parts(plan)]
    assert {one["id"] for one in whole["features"]} == {element.id for element in plan.elements()}
    assert plan.location is not None
    assert whole["accuracy_m"] == plan.location.accuracy_m
    assert plan.orientation is not None
    assert whole["north_certainty"] == plan.orientation.certainty
    assert whole["north_basis"]
    for one in whole["features"]:
        assert {"certainty", "sources", "accuracy_m", "local_m"} <= set(one["properties"])
        assert shape(one["geometry"]).is_valid
        for ring in rings(one["geometry"]):
            assert shapely.LinearRing(ring).is_ccw


def rings(geometry: dict[str, object]) -> list[list[list[float]]]:
    """Return the outer rings of a geometry."""
    coordinates = geometry["coordinates"]
    assert isinstance(coordinates, list)
    if geometry["type"] == "Polygon":
        return [coordinates[0]]
    return [polygon[0] for polygon in coordinates] if geometry["type"] == "MultiPolygon" else []


def test_a_degree_on_the_map_is_as_long_as_the_metres_it_stands_for(dossier: Dossier) -> None:
    plan = plan_of(dossier)
    assert plan.site is not None
    assert plan.location is not None
    feature = next(
        one for one in json.loads(geojson(dossier))["features"] if one["id"] == plan.site.boundary.id
    )
    middle = shape(feature["geometry"]).centroid
    local = shape(feature["properties"]["local_m"])

    assert middle.x == pytest.approx(float(plan.location.lon), abs=1e-6)
    assert middle.y == pytest.approx(float(plan.location.lat), abs=1e-6)
    metres = 111_320 * np.cos(np.radians(middle.y)) * 111_132
    assert shape(feature["geometry"]).area * metres == pytest.approx(local.area, rel=0.01)


def test_tiles_cover_the_poster_and_overlap() -> None:
    for paper in PAPERS_MM.values():
        size = (paper[0] * tiles.MM, paper[1] * tiles.MM)
        found = tiles.grid(1684.0, 2384.0, size)
        boxes = [shapely.box(one.x, one.y, one.x + one.width, one.y + one.height) for one in found]
        assert shapely.union_all(boxes).covers(shapely.box(0, 0, 1684, 2384))
        assert found[0].name == "A1"
        first, second = boxes[0], boxes[1]
        assert first.intersection(second).bounds[2] - first.intersection(second).bounds[0] == pytest.approx(
            tiles.OVERLAP
        )


def test_the_poster_is_one_sheet_of_a1_and_its_tiles_claim_no_standard(dossier: Dossier) -> None:
    data = poster(context_of(dossier, Citations({})))
    with pikepdf.open(BytesIO(data)) as pdf:
        assert [round(float(value) / tiles.MM) for value in pdf.pages[0].mediabox[2:]] == [594, 841]
    for paper in PAPERS_MM:
        sheets_of = tiles.tiled(data, info(dossier), paper, WORDS)
        assert sheets_of == tiles.tiled(data, info(dossier), paper, WORDS)
        with pikepdf.open(BytesIO(sheets_of)) as pdf:
            assert "/StructTreeRoot" not in pdf.Root
            assert "/Metadata" not in pdf.Root
