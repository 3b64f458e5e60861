"""The set of plates: every drawing on a leaf of twice the width of a page, which folds to the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from build_scripts import validation
from build_scripts.model import Dossier
from build_scripts.nodes.citations import Citations
from build_scripts.nodes.figures import PLATE_ENLARGED, PLATES, plates, views
from build_scripts.pdf.style import PAPERS_MM, sheet
from build_scripts.pdf.tree import tree_text
from build_scripts.printing import context_of

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests" / "dossiers" / "lighthouse"
Build = Callable[..., Path]
# Room for a caption below a plate, in points.
CAPTION = 20.0


@pytest.fixture(scope="module")
def pdf(build: Build) -> Path:
    """Give the plan of the lighthouse as a PDF."""
    return build("part floor_plan") / "pdf" / "floor_plan.pdf"


def on_paper(dossier: Dossier, paper: str) -> Dossier:
    return replace(dossier, edition=dossier.edition.model_copy(update={"papers": (paper,)}))


@pytest.mark.parametrize("paper", PAPERS_MM)
@pytest.mark.parametrize(
    "path", [pytest.param(REPO, marks=pytest.mark.whole), LIGHTHOUSE], ids=["bundled", "lighthouse"]
)
def test_every_drawing_fits_its_plate_without_being_made_smaller(path: Path, paper: str) -> None:
    dossier = on_paper(validation.load(path), paper)
    ctx = context_of(dossier, Citations({}))
    assert dossier.plan is not None
    plate = sheet(paper).geometry.plate
    drawn = [figure.children[0]["placed"] for figure in plates(ctx, dossier.plan)]

    assert len(drawn) == len(views(ctx, dossier.plan))
    assert PLATES[paper][0] == pytest.approx(plate.measure)
    assert plate.depth - PLATES[paper][1] >= CAPTION
    for one in drawn:
        assert one.width * PLATE_ENLARGED == pytest.approx(plate.measure)
        assert one.height * PLATE_ENLARGED <= plate.depth - CAPTION


@pytest.mark.parametrize("paper", PAPERS_MM)
def test_a_folded_plate_is_as_large_as_a_page_and_keeps_its_margin_free(paper: str) -> None:
    geometry = sheet(paper).geometry
    plate = geometry.plate
    first, second = plate.folds
    # Folded forwards at the first, the leaf turns back to the left; at the second to the right again.
    turned_back_to = first - (second - first)
    right_edge = turned_back_to + (plate.width - second)

    assert plate.height == geometry.height
    assert turned_back_to == pytest.approx(plate.left)
    assert right_edge == pytest.approx(geometry.width)


def test_plates_stand_together_between_pages_of_text(pdf: Path) -> None:
    dossier = validation.load(LIGHTHOUSE)
    assert dossier.plan is not None
    page = sheet(dossier.edition.papers[0]).geometry
    with pikepdf.open(pdf) as opened:
        sizes = [round(float(one.mediabox[2])) for one in opened.pages]
    wide = [index for index, width in enumerate(sizes) if width == round(page.plate.width)]

    assert len(wide) == len(views(context_of(dossier, Citations({})), dossier.plan))
    assert wide == list(range(wide[0], wide[-1] + 1))
    assert {width for index, width in enumerate(sizes) if index not in wide} == {round(page.width)}
    assert wide[0] > 0
    assert wide[-1] < len(sizes) - 1


def test_contents_and_outline_lead_to_every_plate(pdf: Path) -> None:
    dossier = validation.load(LIGHTHOUSE)
    assert dossier.plan is not None
    count = len(views(context_of(dossier, Citations({})), dossier.plan))
    with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
        titles = [child.title for item in outline.root for child in item.children]
        tree = tree_text(opened).splitlines()

    assert sum(title.startswith("Sheet ") for title in titles) == count
    assert sum(line.strip().startswith("TOCI") for line in tree) >= count
    assert sum(line.strip().startswith("Figure") for line in tree) == count
