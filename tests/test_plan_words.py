"""The plan in words, and what lies in its rooms: evidence of every part, holes, lifts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import shapely
from docutils import nodes

from build_scripts import validation
from build_scripts.drawings.dxf import dxf
from build_scripts.drawings.geojson import geojson
from build_scripts.drawings.parts import parts
from build_scripts.layout import floor_plan
from build_scripts.layout.arrangement import Format
from build_scripts.layout.shapes import Path as Line
from build_scripts.layout.shapes import Placed
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import Plan, Room
from build_scripts.model.outlines import size_m2
from build_scripts.nodes import plan_parts
from build_scripts.nodes.citations import Citations
from build_scripts.nodes.plan import sections, views
from build_scripts.printing import context_of
from tests.conftest import LIGHTHOUSE, REPO


class Ids(Citations):
    """Cite every source by its id."""

    def label(self, name: str) -> list[nodes.Node]:
        return [nodes.Text(name)]


def plan_of(whole: Dossier) -> Plan:
    assert whole.plan is not None
    return whole.plan


# --- in words ---


def plan_text(dossier: Dossier) -> str:
    """Return the text of a plan as every format has it."""
    ctx = context_of(dossier, Ids({}))
    return " ".join(node.astext() for node in sections(ctx, views(plan_of(dossier))))


@pytest.mark.parametrize("path", [REPO, LIGHTHOUSE], ids=["bundled", "lighthouse"])
def test_the_text_says_where_every_tunnel_begins_and_ends(path: Path) -> None:
    whole = validation.load(path)
    plan = plan_of(whole)
    titles = {one.id: one.title for one in (*plan.rooms(), *plan.tunnels)}
    rows = [
        f"{one.title} from {titles[one.from_]} to {titles[one.to]}"
        for one in plan.tunnels
        if one.from_ and one.to
    ]
    text = plan_text(whole)

    assert rows
    assert [row for row in rows if row not in text] == []


@pytest.mark.parametrize("path", [REPO, LIGHTHOUSE], ids=["bundled", "lighthouse"])
def test_the_text_says_of_every_element_why_it_is_drawn_so(path: Path) -> None:
    whole = validation.load(path)
    text = " ".join(plan_text(whole).split())
    bases = [one.basis.plain() for one in plan_of(whole).elements() if one.basis is not None]

    assert [basis for basis in bases if " ".join(basis.split()) not in text] == []


def test_parts_of_one_evidence_share_a_row_that_names_them_all() -> None:
    whole = validation.load(LIGHTHOUSE)
    ctx = context_of(whole, Ids({}))
    storey = plan_of(whole).storeys[1]
    (table,) = plan_parts.schedule(ctx, plan_parts.of_storey(plan_of(whole), storey))
    rows = [row.astext().split("\n\n") for row in table.findall(nodes.row)][1:]
    elements = list(plan_parts.of_storey(plan_of(whole), storey))

    assert [row[0] for row in rows if "u-hoist" in row[0]] == [
        "Wall: u-hoist-south, u-hoist-east, u-hoist-north, u-hoist-west"
    ]
    for one in elements:
        assert sum(one.id in re.split(r"[,;:\s]+", row[0]) for row in rows) == 1, one.id


# --- holes and lifts ---


def test_what_lies_in_a_hole_is_no_part_of_the_room() -> None:
    whole = validation.load(LIGHTHOUSE)
    room = whole.room("u-lamp")
    assert isinstance(room, Room)
    (part,) = (part for part in parts(plan_of(whole)) if part.element.id == "u-lamp")
    feature = next(one for one in json.loads(geojson(whole))["features"] if one["id"] == "u-lamp")
    hole = shapely.Polygon(room.holes[0])

    assert size_m2(room) == pytest.approx(8 * 4 - 1.4 * 1.4)
    assert part.shape.area == pytest.approx(size_m2(room))
    assert len(feature["properties"]["local_m"]["coordinates"]) == 2
    assert "30 m²" in plan_text(whole)
    for placed in drawn_storeys(whole):
        for group in placed.walk():
            if group.id == "u-lamp" and group.role == "room":
                lines = [item for item in group.items if isinstance(item, Line)]
                assert [segment.op for line in lines for segment in line.segments].count("Z") == 2
    assert not part.shape.intersects(hole.buffer(-0.01))


def drawn_storeys(whole: Dossier) -> list[Placed]:
    ctx = context_of(whole, Ids({}))
    sheet = Format(width=439.0, height=600.0)
    return [
        floor_plan.place_storey(whole, storey.id, ctx.words, ctx.measure, sheet)
        for storey in plan_of(whole).storeys
    ]


def test_a_lift_stands_on_every_storey_that_it_serves_and_in_the_key() -> None:
    whole = validation.load(LIGHTHOUSE)
    data = dxf(plan_of(whole), whole.edition).decode()
    features = json.loads(geojson(whole))["features"]

    for placed in drawn_storeys(whole):
        assert [group.title for group in placed.walk() if group.role == "lift"] == ["Lift, inferred"]
        assert [group.title for group in placed.walk() if group.id == "sheet--lifts"] == ["Lift"]
    assert "A-FLOR-EVTR-INFR-01" in data
    assert [one["properties"]["storeys"] for one in features if one["id"] == "hoist"] == [["ground", "upper"]]


def test_the_data_of_the_plan_bear_the_licence_of_text() -> None:
    whole = validation.load(LIGHTHOUSE)

    assert json.loads(geojson(whole))["licence"] == whole.edition.rights.text
