"""Laws that hold for the drawings of every plan: keys that are true, and costs that grow with the plan."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from build_scripts import validation
from build_scripts.layout import floor_plan
from build_scripts.layout.arrangement import Format
from build_scripts.layout.lettering import SIZES
from build_scripts.layout.shapes import Group, Placed
from build_scripts.layout.shapes import Path as Line
from build_scripts.model.dossier import Dossier
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
    yield floor_plan.place_site(whole, WORDS, measure, sheet)
    yield floor_plan.place_site(whole, WORDS, measure, sheet, alone=True)
    if floor_plan.has_detail(whole):
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
