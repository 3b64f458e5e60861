"""Legal dossiers that are invented: every step of a build ends well, and the judges of files find nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from build_scripts.commands import archive, bag, handouts, plan
from build_scripts.judges import BAGIT, IMPOSED, TAGGED
from build_scripts.model.edition import Paper
from build_scripts.places import Places
from tests import inventions

pytestmark = pytest.mark.fuzz
# A plan of a site alone, and one of one room.
SEEDS = (32, 33)
# outloud asks whether a text reads as language, which invented titles need not.
LANGUAGE = "not read as language"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_step_of_an_invented_dossier_ends_well(
    seed: int, build: Callable[..., Path], tmp_path: Path
) -> None:
    dossier = inventions.lay_out(tmp_path / "dossier", seed)
    for form in ("part chronology", "part biographies", "part floor_plan", "html", "epub"):
        built = build(form, dossier)
    at = Places(dossier, Path(shutil.copytree(built, tmp_path / "build")))
    plan.run(at)
    for paper in get_args(Paper):
        handouts.run(at, paper)
    archive.run(at)
    bag.run(at)

    found = [(at.build / "archive/bag", BAGIT)]
    for path in (
        *at.build.glob("pdf/*.pdf"),
        *at.build.glob("plan/*.pdf"),
        *at.build.glob("handouts/*/*.pdf"),
    ):
        is_placed = path.parent.name == "plan" or path.stem in ("booklet", "plan-poster")
        found += [(path, judge) for judge in (IMPOSED if is_placed else TAGGED)]
    assert [
        f"{path.name}: {judge.name}: {fault.message}"
        for path, judge in found
        if judge.is_installed
        for fault in judge.faults(path)
        if LANGUAGE not in fault.message
    ] == []


def test_the_invented_plans_are_a_site_alone_and_a_room() -> None:
    assert {0, 1} <= {inventions.Inventor(seed).rooms for seed in SEEDS}
