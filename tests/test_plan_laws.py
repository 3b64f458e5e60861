"""Laws that hold for the drawings of every plan: keys that are true, and costs that grow with the plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cache

import pytest
import shapely

from build_scripts import validation
from build_scripts.draw.svg import standalone
from build_scripts.drawings.dxf import dxf
from build_scripts.drawings.parts import parts
from build_scripts.layout import building, floor_plan, poche
from build_scripts.layout.arrangement import Format
from build_scripts.layout.lettering import SIZES
from build_scripts.layout.shapes import Group, Placed, Text, texts
from build_scripts.layout.shapes import Path as Line
from build_scripts.model import plan_checks
from build_scripts.model.dossier import Dossier
from build_scripts.model.edition import Edition
from build_scripts.model.floor_plan import Plan
from build_scripts.words import Words
from tests import palaces
from tests.conftest import LIGHTHOUSE, REPO

WORDS = Words("en")
SHEETS = (
    Format(width=439.0, height=600.0),
    Format(width=246.0, height=1200.0, printed=False),
    Format(width=916.0, height=618.0, enlarged=1.2, landscape=True),
)


@cache
def measure(text: str, style: str) -> float:
    """Measure as if every letter were half as wide as high."""
    return len(text) * SIZES[style].size * 0.5


@cache
def dossier(name: str) -> Dossier:
    """Return a dossier by name: one of those in the tree, or a palace of so many rooms."""
    if name.isdecimal():
        return palaces.dossier(palaces.plan(int(name)))
    return validation.load({"bundled": REPO, "lighthouse": LIGHTHOUSE}[name])


def drawings(whole: Dossier, sheet: Format) -> Iterator[Placed]:
    """Yield every drawing of a plan."""
    plan = whole.plan
    assert plan is not None
    for storey in plan.storeys:
        yield floor_plan.place_storey(whole, storey.id, WORDS, measure, sheet)
    if plan.has_grounds:
        yield floor_plan.place_site(whole, WORDS, measure, sheet)
        yield floor_plan.place_site(whole, WORDS, measure, sheet, alone=True)
    if plan.has_grounds and floor_plan.has_detail(whole):
        yield floor_plan.place_detail(whole, WORDS, measure, sheet)
    for section in plan.sections:
        yield floor_plan.place_section(whole, section.id, WORDS, measure, sheet)
    for phase in plan.phases:
        yield floor_plan.place_phase(whole, phase.id, WORDS, measure, sheet)


def levels(groups: Iterator[Group]) -> set[str]:
    """Return the levels of certainty of groups that have lines of their own."""
    return {
        one.certainty for one in groups if one.certainty and any(isinstance(item, Line) for item in one.items)
    }


@pytest.mark.parametrize("sheet", SHEETS, ids=["page", "phone", "plate"])
@pytest.mark.parametrize("name", ["bundled", "lighthouse", "4", "7", "30"])
def test_a_key_has_the_levels_of_certainty_that_its_sheet_shows_and_no_other(
    name: str, sheet: Format
) -> None:
    for placed in drawings(dossier(name), sheet):
        keys = [one for one in placed.walk() if one.role == "key-entry"]
        entries = {one.certainty for one in keys if one.id.startswith("sheet--level--")}

        assert levels(one for one in placed.walk() if one not in keys) == entries, placed.id


@pytest.mark.parametrize("sheet", SHEETS, ids=["page", "phone", "plate"])
@pytest.mark.parametrize("rooms", [0, 1])
def test_a_site_without_a_house_is_drawn_and_so_is_a_house_of_one_room(rooms: int, sheet: Format) -> None:
    data = palaces.data(max(rooms, 1))
    if not rooms:
        kept = ("name", "status", "site", "tunnels", "phases", "markers")
        data = {key: data[key] for key in kept}
        for marker in data["markers"]:
            marker.pop("storey", None)
    plan = Plan.model_validate(data)
    placed = list(drawings(palaces.dossier(plan), sheet))

    assert "plan-site" in [one.id for one in placed]
    assert all("nan" not in standalone(one, "a") for one in placed)
    assert dxf(plan, EDITION)
    houses = [one for sheet in placed for one in sheet.walk() if one.id == "sheet--house"]
    assert bool(houses) == bool(rooms)


# --- costs ---

Work = Callable[[Dossier], object]
PAGE = SHEETS[0]
WORKS: dict[str, Work] = {
    "check": lambda whole: list(plan_checks.check(plan_of(whole))),
    "storey": lambda whole: standalone(floor_plan.place_storey(whole, "ground", WORDS, measure, PAGE), "a"),
    "site": lambda whole: standalone(floor_plan.place_site(whole, WORDS, measure, PAGE), "a"),
    "section": lambda whole: standalone(floor_plan.place_section(whole, "cut", WORDS, measure, PAGE), "a"),
    "phase": lambda whole: standalone(floor_plan.place_phase(whole, "after", WORDS, measure, PAGE), "a"),
    "dxf": lambda whole: dxf(plan_of(whole), EDITION),
    "parts": lambda whole: list(parts(plan_of(whole))),
}
EDITION = Edition.model_construct(identifier="urn:none", modified="1888-11-14")


def plan_of(whole: Dossier) -> Plan:
    assert whole.plan is not None
    return whole.plan


def seconds(work: Work, rooms: int) -> float:
    """Return the processor time of some work on a palace that nothing is yet known of."""
    whole = palaces.dossier(palaces.plan(rooms, palaces.CLOSET_M))
    for known in (poche.bodies, poche.pieces, building.footprint):
        known.cache_clear()
    start = time.process_time()
    work(whole)
    return time.process_time() - start


@pytest.mark.parametrize("work", WORKS.values(), ids=list(WORKS))
def test_four_times_the_rooms_take_far_less_than_sixteen_times_the_time(work: Work) -> None:
    seconds(work, 20)
    few, many = seconds(work, 60), seconds(work, 240)

    # n log n is 5.4 times as much, n squared 16 times; what is done in no time has no ratio.
    assert many < max(10 * few, 0.5)


def test_no_collection_is_handed_to_geos_to_prepare(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: set[str] = set()

    def note(geometry: shapely.Geometry) -> None:
        prepared.add(geometry.geom_type)

    monkeypatch.setattr(shapely, "prepare", note)
    whole = palaces.dossier(palaces.plan(40, palaces.CLOSET_M))
    for placed in drawings(whole, PAGE):
        assert placed.groups

    assert prepared <= {"Polygon", "MultiPolygon"}


@pytest.mark.whole
def test_a_thousand_rooms_are_drawn_at_a_scale_that_shows_them() -> None:
    whole = palaces.dossier(palaces.plan(1000, palaces.CLOSET_M))
    placed = floor_plan.place_storey(whole, "ground", WORDS, measure, PAGE)
    rooms = [one for one in placed.walk() if one.role == "room"]
    xs = [x for one in rooms for path in one.items if isinstance(path, Line) for x, _ in points(path)]

    assert len(rooms) == 1000
    assert max(xs) - min(xs) > placed.width / 3
    assert placed.height <= PAGE.height
    assert any(text.text.startswith("There are too many numbers") for text in texts(placed.groups))


def points(path: Line) -> Iterator[tuple[float, float]]:
    for segment in path.segments:
        yield from segment.points


# --- long words ---


@pytest.mark.parametrize("title", ["Antechamber" * 40, "A very long room with many words in its name " * 9])
@pytest.mark.parametrize("sheet", SHEETS, ids=["page", "phone", "plate"])
def test_long_names_stay_on_the_sheet_and_off_their_neighbours(title: str, sheet: Format) -> None:
    data = palaces.data(9)
    for room in data["storeys"][0]["rooms"][::2]:
        room["title"] = title
    data["tunnels"][0]["title"] = data["storeys"][0]["title"] = data["markers"][0]["title"] = title
    whole = palaces.dossier(Plan.model_validate(data))
    for placed in drawings(whole, sheet):
        boxes = [box_of(text) for text in texts(placed.groups) if not text.angle]
        tree = shapely.STRtree(boxes)
        first, second = tree.query(boxes, predicate="intersects")

        assert shapely.box(-0.01, -0.01, placed.width + 0.01, placed.height + 0.01).covers(
            shapely.union_all(boxes)
        ), placed.id
        assert [texts_of(placed, a, b) for a, b in zip(first, second, strict=True) if a < b] == []


def box_of(text: Text) -> shapely.Polygon:
    """Return what a text takes, a little less than its whole width and height."""
    width = measure(text.text, text.style)
    left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return shapely.box(left + 0.1, text.y + 0.1, left + width - 0.1, text.y + SIZES[text.style].size * 0.6)


def texts_of(placed: Placed, first: int, second: int) -> tuple[str, str]:
    level = [text for text in texts(placed.groups) if not text.angle]
    return level[first].text[:40], level[second].text[:40]
