"""What judges notice: each of the smallest damages to the structure of a PDF, and grids as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import outloud
import pikepdf
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from pikepdf import Array, Dictionary

from build_scripts.judges import TAGGED
from build_scripts.judges.grids import is_regular
from build_scripts.nodes.drawing import drawing
from build_scripts.pdf.book import Kit, write_document
from build_scripts.pdf.style import sheet
from tests.test_pdf_writer import INFO, WORDING, Square, draw_square

SAMPLE = """
The night
=========

Words with a `register <https://example.org/register>`_ and a note. [#a]_

.. [#a] The note.

.. table:: Watches

   +-------+---------+
   | Watch | Keeper  |
   +=======+=========+
   | First | Both of |
   +-------+ them    |
   | Last  |         |
   +-------+---------+
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small PDF with everything that a test damages; in its table a cell spans the last two rows."""
    document = publish_doctree(SAMPLE, settings_overrides={"doctitle_xform": False})
    figure = nodes.figure("", drawing(placed=Square(), alt="A square that stands for the rock."))
    document.children[-1].append(figure)
    path = tmp_path_factory.mktemp("sample") / "sample.pdf"
    kit = Kit(sheet=sheet(), wording=WORDING, draw=draw_square)
    path.write_bytes(write_document(document, INFO, kit).data)
    return path


def elements(node: Any) -> Iterator[Any]:
    """Yield the structure elements from one on."""
    if "/S" in node:
        yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary):
            yield from elements(kid)


def first(pdf: pikepdf.Pdf, tag: str) -> Any:
    return next(one for one in elements(pdf.Root.StructTreeRoot) if tag == one.S)


def remove_tag(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/P").S


def remove_element(pdf: pikepdf.Pdf) -> None:
    lost = first(pdf, "/P")
    lost.P.K = Array([kid for kid in lost.P.K if kid.objgen != lost.objgen])


def remove_alt(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/Figure").Alt


def remove_character(pdf: pikepdf.Pdf) -> None:
    font = next(one for one in pdf.objects if isinstance(one, Dictionary) and "/ToUnicode" in one)
    stream = font.ToUnicode.read_bytes()
    one_less = re.sub(
        rb"(\d+) beginbfchar\n<.*\n", lambda found: b"%d beginbfchar\n" % (int(found[1]) - 1), stream, count=1
    )
    assert len(one_less) < len(stream)
    font.ToUnicode.write(one_less)


def remove_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def remove_parent_of_text(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1][2] = None


def remove_parents_of_page(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree.Nums[:2]


def remove_parent_of_link(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree.Nums[-2:]


def exchange_parents(pdf: pikepdf.Pdf) -> None:
    row = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    row[1], row[2] = row[2], row[1]


def remove_objr(pdf: pikepdf.Pdf) -> None:
    link = first(pdf, "/Link")
    link.K = Array([kid for kid in link.K if not (isinstance(kid, Dictionary) and "/Obj" in kid)])


def remove_identification(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["pdfuaid:part"]


def remove_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def hide_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences.DisplayDocTitle


def remove_order_of_tabs(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Tabs


def remove_cell(pdf: pikepdf.Pdf) -> None:
    row = [one for one in elements(pdf.Root.StructTreeRoot) if one.S == "/TR"][-1]
    row.K = Array()


def damaged(sample: Path, folder: Path, damage: Callable[[pikepdf.Pdf], None]) -> list[str]:
    """Give what the judges say of a copy of the sample after some damage."""
    with pikepdf.open(sample) as pdf:
        damage(pdf)
        pdf.save(folder / "damaged.pdf")
    return [f"{judge.name}: {fault}" for judge in TAGGED for fault in judge.faults(folder / "damaged.pdf")]


def test_the_sample_has_no_fault_before_it_is_damaged(sample: Path, tmp_path: Path) -> None:
    assert damaged(sample, tmp_path, lambda pdf: None) == []


@pytest.mark.parametrize(
    ("damage", "judge"),
    [
        (remove_tag, "structure"),
        (remove_element, "structure"),
        (remove_alt, "page-validation ua1"),
        (remove_character, "page-validation ua1"),
        (remove_intent, "page-validation 2a"),
        (remove_parent_of_text, "structure"),
        (remove_parents_of_page, "structure"),
        (remove_parent_of_link, "structure"),
        (exchange_parents, "structure"),
        (remove_objr, "structure"),
        (remove_identification, "page-validation ua1"),
        (remove_language, "page-validation ua1"),
        (hide_title, "page-validation ua1"),
        (remove_order_of_tabs, "page-validation ua1"),
        (remove_cell, "page-validation ua1"),
    ],
)
def test_the_smallest_damage_is_noticed(
    sample: Path, tmp_path: Path, damage: Callable[[pikepdf.Pdf], None], judge: str
) -> None:
    assert any(fault.startswith(f"{judge}: ") for fault in damaged(sample, tmp_path, damage))


def irregular(path: Path) -> list[str]:
    """Give what outloud itself says of the grids of a file."""
    return [one.message for one in outloud.check(str(path)).findings if one.rule == "TBL-004"]


def test_a_grid_that_outloud_miscounts_is_no_fault(sample: Path, tmp_path: Path) -> None:
    # Once this fails, outloud counts right and `judges/grids.py` can go.
    assert irregular(sample)
    assert not any("TBL-004" in fault for fault in damaged(sample, tmp_path, lambda pdf: None))


def test_a_ragged_grid_is_a_fault(sample: Path, tmp_path: Path) -> None:
    assert any("outloud: TBL-004: " in fault for fault in damaged(sample, tmp_path, remove_cell))


def table(*rows: tuple[tuple[int, int], ...]) -> Dictionary:
    """Make a table of rows of cells, each by the rows and columns it spans."""

    def cell(down: int, across: int) -> Dictionary:
        span = Dictionary(O=pikepdf.Name.Table, RowSpan=down, ColSpan=across)
        return Dictionary(S=pikepdf.Name.TD, A=Array([Dictionary(O=pikepdf.Name.Layout), span]))

    body = Array([Dictionary(S=pikepdf.Name.TR, K=Array([cell(*one) for one in row])) for row in rows])
    return Dictionary(S=pikepdf.Name.Table, K=Dictionary(S=pikepdf.Name.TBody, K=body))


ONE = (1, 1)


@pytest.mark.parametrize(
    ("grid", "regular"),
    [
        ([(ONE, ONE), (ONE, ONE)], True),
        ([(ONE, (2, 1)), (ONE,)], True),
        ([((2, 2), ONE), (ONE,), ((1, 3),)], True),
        ([((2, 1), ONE, (2, 1)), (ONE,)], True),
        ([(ONE, ONE), (ONE,)], False),
        ([((1, 3),), (ONE, ONE)], False),
        ([(ONE, (3, 1)), (ONE,)], False),
        ([(ONE, (2, 1)), ((1, 2),)], False),
        ([], False),
    ],
)
def test_the_grid_of_a_table_is_counted_with_its_spans(
    grid: list[tuple[tuple[int, int], ...]], regular: bool
) -> None:
    assert is_regular(table(*grid)) == regular
