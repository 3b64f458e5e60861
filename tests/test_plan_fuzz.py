"""Whatever an author writes for a plan is drawn or refused with a message; no error of geometry gets out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from build_scripts import source
from build_scripts.diagnostics import Diagnostic
from build_scripts.draw.svg import standalone
from build_scripts.drawings.dxf import dxf
from build_scripts.drawings.parts import parts
from build_scripts.layout.arrangement import Format
from build_scripts.model import plan_checks
from build_scripts.model.floor_plan import AREA_KINDS, MARKER_KINDS, OPENING_KINDS, Plan
from build_scripts.model.records import read_mapping
from tests import palaces
from tests.test_plan_laws import EDITION, drawings

# The id of the record that a message is about.
NAMED = re.compile(r"'([a-z0-9-]+)'")
SHEET = Format(width=439.0, height=600.0)

# Numbers of a building, numbers of none, and such as lie so near to others that little is left between them.
ODD = ["0", "-0", "0.001", "4.0000000001", "3.9999999", "10000", "1000000000000", "0.3", "-1e5", "nan"]
numbers = st.one_of(
    st.integers(-3, 12).map(str),
    st.sampled_from(ODD),
    st.decimals(-20, 20, places=3).map(lambda number: f"{number:f}"),
)
lengths = st.one_of(st.sampled_from(["0.2", "1", "3", "0.000000001", "40", "5000"]), numbers)
points = st.lists(numbers, min_size=2, max_size=2)
paths = st.lists(points, min_size=2, max_size=5)
squares = st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 6))
rooms_of_four = squares.map(lambda three: palaces.square(*three))
polygons = st.one_of(rooms_of_four, st.lists(points, min_size=3, max_size=7))
evidence = st.integers(0, 20).map(palaces.evidence)


Drawn = st.SearchStrategy[Any]


def records(name: str, required: dict[str, Drawn], most: int = 4, **optional: Drawn) -> Drawn:
    """Return lists of records with ids of their own."""
    one = st.fixed_dictionaries(required, optional=optional)
    return st.lists(st.tuples(one, evidence), max_size=most).map(
        lambda drawn: [{"id": f"{name}-{index}", **keys, **how} for index, (keys, how) in enumerate(drawn)]
    )


def plain(name: str, required: dict[str, Drawn], most: int = 2) -> Drawn:
    """Return lists of records that need no evidence."""
    drawn = st.lists(st.fixed_dictionaries(required), max_size=most)
    return drawn.map(lambda found: [{"id": f"{name}-{index}", **keys} for index, keys in enumerate(found)])


names = st.sampled_from(["s-0", "s-1"])
titles = st.sampled_from(["Hall", "x" * 80, "A room of many words " * 5])


def walls(name: str) -> Drawn:
    return records(name, {"from": points, "to": points, "thickness_m": lengths}, 5, height_m=lengths)


def openings(name: str) -> Drawn:
    wall = st.integers(0, 2).map(lambda index: f"{name}-{index}")
    held: dict[str, Drawn] = {"wall": wall, "at_m": lengths, "width_m": lengths}
    sides = {"hinge": st.sampled_from(["from", "to"]), "swing": st.sampled_from(["left", "right"])}
    return records(f"o{name}", {**held, "kind": st.sampled_from(OPENING_KINDS)}, 3, **sides)


def storeys(index: int) -> Drawn:
    """Return a storey; half of them are houses that close, so that some plans get as far as the drawing."""
    wild = st.fixed_dictionaries(
        {
            "walls": walls(f"w{index}"),
            "openings": openings(f"w{index}"),
            "rooms": records(
                f"r{index}",
                {"title": titles, "polygon": polygons},
                holes=st.lists(polygons, min_size=1, max_size=2),
                open=st.just("true"),
                through=st.lists(names, min_size=1, max_size=1),
                area_m2=lengths,
            ),
        }
    )
    open_rooms = records(
        f"r{index}",
        {"title": titles, "polygon": rooms_of_four, "open": st.just("true")},
        1,
    )
    calm = st.fixed_dictionaries({"walls": walls(f"w{index}"), "rooms": open_rooms})
    head = st.fixed_dictionaries({"level_m": st.just(str(index * 3)), "height_m": lengths})
    return st.tuples(head, st.one_of(wild, calm)).map(
        lambda parts: {"id": f"s-{index}", "title": f"Storey {index}", **parts[0], **parts[1]}
    )


sites = st.fixed_dictionaries(
    {
        "boundary": st.tuples(polygons, evidence).map(
            lambda two: {"id": "plot", "polygon": two[0], **two[1]}
        ),
        "walls": walls("sw"),
        "openings": openings("sw"),
        "areas": records("a", {"kind": st.sampled_from(AREA_KINDS), "title": titles, "polygon": polygons}),
    }
)
plans = st.fixed_dictionaries(
    {
        "name": st.just("House"),
        "status": st.just("reconstruction"),
    },
    optional={
        "storeys": st.one_of(st.tuples(storeys(0)), st.tuples(storeys(0), storeys(1))).map(list),
        "north": numbers,
        "stairs": records(
            "st", {"from": st.just("s-0"), "to": st.just("s-1"), "polygon": polygons, "up": paths}, 1
        ),
        "lifts": records("l", {"storeys": st.lists(names, min_size=1, max_size=2), "polygon": polygons}, 2),
        "site": sites,
        "tunnels": records(
            "t", {"title": titles, "path": paths, "width_m": lengths}, 2, height_m=lengths, depth_m=lengths
        ),
        "dimensions": records("d", {"from": points, "to": points, "length_m": lengths}, 2, storey=names),
        "sections": plain("c", {"title": titles, "from": points, "to": points}),
        "phases": st.just([{"id": "p", "title": "Phase", "from": "1888-11-14", "to": "1888-11-15"}]),
        "markers": records(
            "m",
            {"phases": st.just(["p"]), "kind": st.sampled_from(MARKER_KINDS), "title": titles},
            at=points,
            path=paths,
            storey=names,
        ),
    },
)


def read(path: Path, data: dict[str, object]) -> tuple[Plan | None, list[Diagnostic]]:
    """Return a plan as it stands in a file, with all that is wrong in it."""
    path.write_text(yaml.safe_dump({key: value for key, value in data.items() if value}), "utf-8")
    loaded = source.load(path, "data/floor_plan.yaml")
    plan = read_mapping(loaded, Plan, {})
    return plan, [*loaded.diagnostics, *(plan_checks.check(plan) if plan is not None else ())]


def without(data: Any, names: set[str]) -> Any:
    """Return data less the records of some ids."""
    if isinstance(data, dict):
        left = {key: without(value, names) for key, value in data.items()}
        return {key: value for key, value in left.items() if value not in ([], None)}
    if isinstance(data, list):
        kept = [one for one in data if not (isinstance(one, dict) and one.get("id") in names)]
        return [without(one, names) for one in kept]
    return data


def draw_or_refuse(path: Path, data: dict[str, object]) -> None:
    """Draw a plan with every program, or look whether what is wrong in it has a line."""
    plan, problems = read(path, data)
    # What is refused is taken out as its messages say, until the rest is good.
    for _ in range(8):
        assert all(problem.location.line for problem in problems)
        assert plan is not None or problems
        if not problems:
            break
        data = without(data, {name for one in problems for name in NAMED.findall(one.message)[:1]})
        plan, problems = read(path, data)
    event("refused" if problems else "drawn")
    if problems or plan is None:
        return
    for placed in drawings(palaces.dossier(plan), SHEET):
        assert "nan" not in standalone(placed, "a")
    assert dxf(plan, EDITION)
    assert list(parts(plan)) or not list(plan.elements())


few = settings(max_examples=50, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
many = settings(few, max_examples=200)


@few
@given(plans)
def test_a_plan_is_drawn_or_refused_with_a_place(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    draw_or_refuse(tmp_path_factory.getbasetemp() / "floor_plan.yaml", data)


@pytest.mark.fuzz
@many
@given(plans)
def test_many_plans_are_drawn_or_refused_with_a_place(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    draw_or_refuse(tmp_path_factory.getbasetemp() / "floor_plan.yaml", data)
