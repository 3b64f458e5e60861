"""Test the surfaces: what they are told they write, and nothing else."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from itertools import accumulate

import pytest
from reportlab.pdfgen.canvas import Canvas

from build_scripts.draw import draw, svg
from build_scripts.draw.pdf import PdfSurface
from build_scripts.draw.style import COLOURS, DARK_COLOURS, LETTERS, PENS
from build_scripts.drawings.dxf import LINES, STATUS, WEIGHTS
from build_scripts.layout.certainty import LOOKS
from build_scripts.layout.lettering import SIZES
from build_scripts.layout.shapes import Group, Path, Placed, Text, circle, rectangle
from build_scripts.model.floor_plan import CERTAINTIES

SVG = "{http://www.w3.org/2000/svg}"
# Every kind of line that tells how sure a thing is.
DISPUTED = "-disputed"
LEVELLED = sorted({name.removesuffix(DISPUTED) for name in PENS if name.endswith(DISPUTED)} - {"dot"})
# Hairlines and grounds that say nothing by themselves.
DECORATIVE = {"rule", "tint", "ground", "paper"}


def sample() -> Placed:
    """Return a small drawing with everything that a drawing may have."""
    wall = Group(
        id="wall-1",
        role="wall",
        title="Wall, inferred",
        certainty="inferred",
        items=(rectangle(10, 10, 30, 5, "edge-inferred"), circle(20, 20, 3, "dot")),
    )
    label = Group(
        id="label--1",
        role="label",
        title="<script>alert(1)</script> & “so”",
        facts=(("for", "wall-1"),),
        items=(
            Text(x=20, y=30, text="<b>Hall</b> & co", style="room", anchor="middle"),
            Text(x=5, y=5, text="Sala", style="native", angle=90.0, lang="es"),
        ),
    )
    layer = Group(id="layer--walls", role="layer", title="Walls", items=(wall, label))
    return Placed(id="plan-x", width=100, height=50, title="Plan", description="A plan.", groups=(layer,))


class Recorder:
    """Remember what a surface is told."""

    def __init__(self) -> None:
        """Start with no calls."""
        self.calls: list[str] = []

    def begin(self, placed: Placed) -> None:
        """Note a beginning."""
        self.calls.append(f"begin {placed.id}")

    def open(self, group: Group) -> None:
        """Note a group."""
        self.calls.append(f"open {group.id}")

    def path(self, path: Path) -> None:
        """Note a path."""
        self.calls.append(f"path {path.pen}")

    def text(self, text: Text) -> None:
        """Note a text."""
        self.calls.append(f"text {text.text}")

    def close(self, group: Group) -> None:
        """Note the end of a group."""
        self.calls.append(f"close {group.id}")

    def end(self) -> None:
        """Note the end."""
        self.calls.append("end")


def test_a_drawing_is_drawn_in_its_order() -> None:
    recorder = Recorder()
    draw(sample(), recorder)

    assert recorder.calls == [
        "begin plan-x", "open layer--walls", "open wall-1", "path edge-inferred", "path dot", "close wall-1",
        "open label--1", "text <b>Hall</b> & co", "text Sala", "close label--1", "close layer--walls", "end",
    ]  # fmt: skip


def test_svg_groups_have_id_role_and_title_and_ids_are_unique() -> None:
    first, second = (ET.fromstring(svg.svg(sample(), prefix)) for prefix in ("a", "b"))
    groups = list(first.iter(f"{SVG}g"))
    ids = [node.get("id") for tree in (first, second) for node in tree.iter() if node.get("id")]

    assert all(
        group.get("id") and group.get("role") and group.find(f"{SVG}title") is not None for group in groups
    )
    assert len(ids) == len(set(ids))


def test_odd_text_stays_text_in_svg() -> None:
    tree = ET.fromstring(svg.svg(sample(), "a"))

    assert [node.text for node in tree.iter(f"{SVG}text")] == ["<b>Hall</b> & co", "Sala"]
    assert tree.find(f".//{SVG}script") is None
    assert "<script>alert(1)</script> & “so”" in {node.text for node in tree.iter(f"{SVG}title")}


def test_svg_turns_the_sheet_upside_down() -> None:
    tree = ET.fromstring(svg.svg(sample(), "a"))
    path = next(tree.iter(f"{SVG}path"))
    hall, sala = tree.iter(f"{SVG}text")

    assert path.get("d") == "M10 40L40 40L40 35L10 35Z"
    assert (hall.get("x"), hall.get("y"), hall.get("text-anchor")) == ("20", "20", "middle")
    assert sala.get("transform") == "rotate(-90 5 45)"
    assert sala.get("{http://www.w3.org/XML/1998/namespace}lang") == "es"


def test_colours_of_svg_can_be_set_from_outside() -> None:
    text = svg.svg(sample(), "a")

    assert ".drawing-edge-inferred { stroke: var(--drawing-ink, #1c1a19) }" in text
    assert 'stroke="#1c1a19"' in text
    assert "--drawing-ink: #eae6e0;" in svg.standalone(sample(), "a")


def test_pdf_saves_little_state_and_asks_for_no_transparency() -> None:
    drawn: list[str] = []
    canvas = Canvas(io.BytesIO(), pageCompression=0, invariant=1)
    draw(sample(), PdfSurface(canvas, lambda canvas, x, y, text: drawn.append(text.text)))
    lines = "\n".join(canvas._code).split("\n")

    assert drawn == ["<b>Hall</b> & co", "Sala"]
    depths = list(accumulate({"q": 1, "Q": -1}.get(line, 0) for line in lines))
    assert max(depths) <= 3
    assert depths[-1] == 0
    assert not any(line.endswith((" gs", " Tf")) for line in lines)


@pytest.mark.parametrize("scheme", [COLOURS, DARK_COLOURS])
def test_lines_and_letters_stand_out_from_the_paper(scheme: dict[str, str]) -> None:
    lines = {pen.stroke for pen in PENS.values() if pen.stroke} - DECORATIVE
    letters = {letter.colour for letter in LETTERS.values()} - {"paper"}
    grounds = ("paper", "ground", "tint")

    assert [
        (name, ground) for name in lines for ground in grounds if contrast(scheme, name, ground) < 3
    ] == []
    assert [
        (name, ground) for name in letters for ground in grounds if contrast(scheme, name, ground) < 4.5
    ] == []
    assert contrast(scheme, "paper", "ink") >= 4.5


@pytest.mark.parametrize("kind", LEVELLED)
def test_levels_of_certainty_differ_in_grey(kind: str) -> None:
    pens = [PENS[f"{kind}-{level}"] for level in CERTAINTIES]
    looks = [(pen.weight, pen.dash, pen.gap) for pen in pens]

    assert len(set(looks)) == len(CERTAINTIES)


@pytest.mark.parametrize("kind", [kind for kind in LEVELLED if kind != "edge"])
def test_what_is_disputed_is_drawn_in_a_double_line(kind: str) -> None:
    pen = PENS[f"{kind}-disputed"]

    # The two lines and what lies between them can be told apart in print.
    assert (pen.weight - pen.gap) / 2 >= 0.35
    assert pen.gap >= 0.7


def test_one_table_says_how_every_level_looks_also_to_other_programs() -> None:
    assert set(LOOKS) == set(STATUS) == set(LINES) == set(WEIGHTS) == set(CERTAINTIES)
    assert all(f"hatch-{level}" in PENS for level, look in LOOKS.items() if look.hatch)
    assert all(f"poche-{level}" in PENS for level, look in LOOKS.items() if look.solid)


def test_no_type_is_smaller_than_six_and_a_half_points() -> None:
    assert set(LETTERS) == set(SIZES)
    assert min(size.size for size in SIZES.values()) >= 6.5


def contrast(scheme: dict[str, str], first: str, second: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(scheme[first]), luminance(scheme[second])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
