"""What `verify` says: a line for every file and judge, and each fault where its cause lies."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any

import outloud
import pikepdf
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from pikepdf import Array, Dictionary
from PIL import Image

from build_scripts import model
from build_scripts.__main__ import main
from build_scripts.judges import AXE, TAGGED, judged
from build_scripts.judges.browsers import axe
from build_scripts.judges.grids import is_regular
from build_scripts.judges.sites import links
from build_scripts.model import fields, marked
from build_scripts.nodes.drawing import drawing
from build_scripts.pdf.book import Kit, write_document
from build_scripts.pdf.style import sheet
from build_scripts.prose.origins import Origins
from build_scripts.sphinx_ext import restrictions
from tests.test_pdf_writer import INFO, WORDING, Square, draw_square

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests" / "dossiers" / "lighthouse"
TEMPLATE = REPO / "build_scripts" / "template"
CHAPTER = "book/chapters/01-first-chapter.rst"
Build = Callable[..., Path]


@pytest.fixture(scope="module")
def chronology(build: Build) -> Path:
    """Give a sound PDF."""
    folder = build("pdf")
    assert main(["part", "chronology", "--dossier", str(LIGHTHOUSE), "--build", str(folder)]) == 0
    return folder / "pdf" / "chronology.pdf"


@pytest.fixture
def built(chronology: Path, tmp_path: Path) -> Path:
    """Give a build of that PDF alone, which a test may spoil."""
    (tmp_path / "pdf").mkdir()
    shutil.copy(chronology, tmp_path / "pdf")
    return tmp_path


def verify(folder: Path) -> int:
    return main(["verify", "--dossier", str(LIGHTHOUSE), "--build", str(folder)])


def test_a_sound_file_gets_a_line_from_each_of_its_judges(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(built) == 0
    assert capsys.readouterr().out.splitlines() == [
        "pdf/chronology.pdf: page-validation 2a: ok",
        "pdf/chronology.pdf: page-validation ua1: ok",
        "pdf/chronology.pdf: outloud: ok",
        "pdf/chronology.pdf: structure: ok",
        "pdf/chronology.pdf: qpdf: ok",
    ]


def test_a_fault_is_told_with_its_path_and_ends_with_exit_code_1(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pikepdf.open(built / "pdf" / "chronology.pdf", allow_overwriting_input=True) as pdf:
        del pdf.Root.OutputIntents
        pdf.save()

    assert verify(built) == 1
    said = capsys.readouterr()
    assert "pdf/chronology.pdf: page-validation ua1: ok" in said.out.splitlines()
    assert any(line.startswith("pdf/chronology.pdf: page-validation 2a: ") for line in said.err.splitlines())
    assert said.err.splitlines()[-1].endswith(("fault", "faults"))


def test_a_file_that_cannot_be_read_is_a_fault_and_no_traceback(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built / "pdf" / "chronology.pdf").write_bytes(b"no PDF at all")

    assert verify(built) == 1
    assert "pdf/chronology.pdf: qpdf: " in capsys.readouterr().err


def test_an_empty_build_has_nothing_to_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(tmp_path) == 1
    assert "has nothing to verify; build first" in capsys.readouterr().err


@pytest.mark.parametrize(("ci", "code"), [("false", 0), ("true", 1)])
def test_a_judge_that_is_not_installed_is_named_and_fails_only_where_nothing_may_be_missing(
    ci: str, code: int, built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", ci)

    assert verify(built) == code
    said = capsys.readouterr()
    assert "pdf/chronology.pdf: qpdf: skipped, not installed; apt-get install qpdf" in said.out.splitlines()
    assert ("pdf/chronology.pdf: qpdf is not installed; apt-get install qpdf" in said.err.splitlines()) == (
        ci == "true"
    )


def test_every_kind_of_product_has_its_judges(tmp_path: Path) -> None:
    paths = (
        "archive/dossier-a3a.pdf",
        "epub/dossier.epub",
        "handouts/a4/booklet.pdf",
        "handouts/a4/plan.pdf",
        "pdf/dossier.pdf",
        "plan/poster-a4.pdf",
    )
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    for folder in ("archive/bag", "html"):
        (tmp_path / folder).mkdir()

    named = {path: [judge.name for judge in judges] for path, judges in judged(tmp_path)}

    tagged = ["page-validation 2a", "page-validation ua1", "outloud", "structure", "qpdf"]
    assert named == {
        "archive/bag": ["bagit", "rocrate"],
        "archive/dossier-a3a.pdf": ["page-validation 3a", *tagged[1:]],
        "epub/dossier.epub": ["epubcheck", "ace"],
        "handouts/a4/booklet.pdf": ["qpdf"],
        "handouts/a4/plan.pdf": tagged,
        "html": ["links", "axe-core"],
        "pdf/dossier.pdf": tagged,
        "plan/poster-a4.pdf": ["qpdf"],
    }


def site(folder: Path, body: str) -> list[str]:
    (folder / "sub").mkdir()
    (folder / "index.html").write_text(f"<html><body id='top'>\n{body}</body></html>")
    (folder / "sub" / "index.html").write_text("<html><body><h1 id='x'>X</h1></body></html>")
    return list(map(str, links(folder)))


@pytest.mark.parametrize(
    "body",
    [
        "<a href='sub/index.html#x'>x</a>",
        "<a href='sub/'>x</a>",
        "<a href='#top'>x</a>",
        "<a href='https://example.org/a#b'>x</a>",
        "<a href='mailto:a@example.org'>x</a>",
        "<img src='data:image/png;base64,AA=='>",
        "<link rel='canonical' href='https://example.org/'>",
    ],
)
def test_a_link_that_leads_somewhere_is_no_fault(body: str, tmp_path: Path) -> None:
    assert site(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<a href='gone.html'>x</a>", "'gone.html' leads nowhere"),
        ("<a href='../outside.html'>x</a>", "'../outside.html' leads nowhere"),
        (
            "<a href='sub/index.html#y'>x</a>",
            "'sub/index.html#y' leads to a place that the page does not have",
        ),
        ("<img src='gone.png'>", "'gone.png' leads nowhere"),
        ("<a href='https://[bad/'>x</a>", "'https://[bad/' is no address: Invalid IPv6 URL"),
        ("<script src='https://example.org/x.js'></script>", "loads 'https://example.org/x.js' from outside"),
        ("<link rel='stylesheet' href='//example.org/x.css'>", "loads '//example.org/x.css' from outside"),
    ],
)
def test_a_broken_link_and_a_request_to_the_outside_are_told_with_their_line(
    body: str, fault: str, tmp_path: Path
) -> None:
    assert site(tmp_path, body) == [f"index.html:2: {fault}"]


def test_a_style_sheet_may_not_load_from_outside_either(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("@font-face { src: url('https://example.org/a.woff2') }")

    assert site(tmp_path, "") == ["a.css: loads 'https://example.org/a.woff2' from outside"]


def test_what_a_reader_cannot_perceive_is_told_with_its_page_and_rule(tmp_path: Path) -> None:
    if not AXE.is_installed:
        pytest.skip(f"no browser; {AXE.install}")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.html").write_text(
        "<html lang='en' style='color-scheme: light dark'><title>A</title><main><h1>A</h1><img src='data:,'>"
        "<p style='color: #777; background: light-dark(#000, #666)'>grey</p></main></html>"
    )

    assert [str(fault).partition(" (")[0] for fault in axe(tmp_path)] == [
        "sub/a.html: image-alt: Images must have alternative text",
        "sub/a.html: color-contrast: Elements must meet minimum color contrast ratio thresholds",
    ]


# --- where the cause of a fault lies ---

SLIPS = """
Words that stand before it, and then
a `link <https://e.org/%1z>`__.\\ :cite:`first-source`

A `link <https://e.org/%2z>`__ of :person:`first-person`, and
`another <https://e.org/%2z>`__.\\ :cite:`first-source`

The same `address <https://e.org/%2z>`__, elsewhere.\\ :cite:`first-source`

.. image:: /images/a.png
   :alt: Picture 1
"""


def add(folder: Path, name: str, old: str, new: str) -> str:
    """Replace words in a file of a dossier and give the line of the new ones, as messages have it."""
    text = (folder / name).read_text()
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new))
    return f"{name}:{text.count(chr(10), 0, text.index(old)) + 1}"


def line_of(folder: Path, words: str) -> str:
    """Give the line of the chapter with some words, as messages have it."""
    lines = (folder / CHAPTER).read_text().splitlines()
    (number,) = (number for number, line in enumerate(lines, start=1) if words in line)
    return f"{CHAPTER}:{number}"


@pytest.fixture(scope="module")
def slipped(build: Build, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, list[str]]:
    """Build a dossier past a check that has a hole, and give it with what is said of PDF and EPUB."""
    folder = Path(shutil.copytree(TEMPLATE, tmp_path_factory.mktemp("slipped") / "dossier"))
    (folder / "book/images").mkdir()
    Image.new("RGB", (40, 40), "red").save(folder / "book/images/a.png")
    (folder / CHAPTER).write_text((folder / CHAPTER).read_text() + SLIPS)
    event = add(folder, "data/chronology.yaml", "An event of", "An [event](https://e.org/%3z) of")
    add(folder, "data/references.yaml", "https://example.org/", "https://e.org/%4z")
    at = ["--dossier", str(folder), "--build", str(folder / "build")]
    # Which characters the fonts have does not matter here.
    shutil.copytree(build("pdf") / "fonts", folder / "build/fonts")
    with pytest.MonkeyPatch.context() as patched:
        for module in (fields, marked, restrictions):
            patched.setattr(module, "web_problem", lambda address: None)
        for step in (["citations"], ["book", "pdf"], ["book", "epub"]):
            assert main([*step, *at]) == 0
    with redirect_stderr(StringIO()) as said:
        assert main(["verify", *at]) == 1
    return folder, event, said.getvalue().splitlines()


def places(said: list[str], words: str) -> set[str]:
    """Give the places of the lines that have some words."""
    return {line.partition(": ")[0] for line in said if words in line}


def test_a_fault_of_the_epub_names_the_line_of_the_chapter_that_causes_it(
    slipped: tuple[Path, str, list[str]],
) -> None:
    folder, _, said = slipped
    line = line_of(folder, "%1z")

    assert places(said, "https://e.org/%1z") == {line}
    assert (
        f'{line}: epub/dossier.epub: epubcheck: RSC-020: "https://e.org/%1z" is not a valid URL'
        in "\n".join(said)
    )


def test_an_address_that_stands_in_two_paragraphs_is_told_apart_by_the_words_around_it(
    slipped: tuple[Path, str, list[str]],
) -> None:
    folder, _, said = slipped

    assert places(said, "https://e.org/%2z") == {
        line_of(folder, "of :person:"),
        line_of(folder, "elsewhere"),
    }


def test_a_fault_of_the_epub_names_the_line_of_the_data_that_causes_it(
    slipped: tuple[Path, str, list[str]],
) -> None:
    folder, event, said = slipped
    lines = (folder / "data/references.yaml").read_text().splitlines()
    (number,) = (number for number, line in enumerate(lines, start=1) if "%4z" in line)

    assert places(said, "https://e.org/%3z") == {event}
    assert places(said, "https://e.org/%4z") == {f"data/references.yaml:{number}"}


def test_a_fault_of_a_pdf_names_the_line_of_the_chapter_that_causes_it(
    slipped: tuple[Path, str, list[str]],
) -> None:
    folder, _, said = slipped

    assert places(said, "pdf/dossier.pdf: outloud: FIG-010: ") == {line_of(folder, ":alt: Picture 1")}


def test_a_link_of_the_site_that_leads_nowhere_names_the_passage_it_stands_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(TEMPLATE, tmp_path / "dossier"))
    (folder / CHAPTER).write_text(
        f"{(folder / CHAPTER).read_text()}\nGo to the :doc:`next page </preface>`.\n"
    )
    page = folder / "build/html/chapters/01-first-chapter.html"
    page.parent.mkdir(parents=True)
    page.write_text("<section>\n<p>Go to the <a href='../preface.html'>next page</a>.</p></section>")

    assert main(["verify", "--dossier", str(folder), "--build", str(folder / "build")]) == 1
    assert (
        f"{line_of(folder, 'Go to the')}: html: links: chapters/01-first-chapter.html:2: "
        "'../preface.html' leads nowhere"
    ) in capsys.readouterr().err.splitlines()


@pytest.fixture(scope="module")
def origins() -> Origins:
    """Know where the words of the lighthouse come from."""
    return Origins(LIGHTHOUSE, model.read(LIGHTHOUSE).sources, ["The charts show open water"])


CAPE = (
    "The hermit Lorem of the Cairn is said to have kept a fire there; whether he lived at all is dis- puted. "
    "The charts, until The charts show open water, show a sea serpent.12"
)


@pytest.mark.parametrize(
    ("texts", "page", "expected"),
    [
        ([CAPE], None, "book/chapters/01-the-cape.rst:16"),
        (["a fire", CAPE], "chapters/01-the-cape", "book/chapters/01-the-cape.rst:16"),
        (["Before the light"], "chapters/01-the-cape", "book/chapters/01-the-cape.rst:13"),
        (["A hermit is said to light a fire on the cairn"], None, "data/chronology.yaml:7"),
        (["Surveyors land", "The cape Surveyors land, and more"], "chronology", "data/chronology.yaml:29"),
    ],
)
def test_what_is_read_in_a_product_is_found_where_it_was_written(
    origins: Origins, texts: list[str], page: str | None, expected: str
) -> None:
    assert str(origins.find([], texts, page, [])) == expected


@pytest.mark.parametrize(
    ("texts", "page"),
    [
        ([CAPE], "chapters/02-the-wreck"),
        (["The hermit"], None),
        (["The charts show open water"], None),
        (["hermit-fire"], None),
        (["1881"], None),
        ([], None),
    ],
    ids=["of another page", "a part of a passage", "the builder's own", "an id", "a number", "nothing"],
)
def test_what_may_come_from_elsewhere_is_not_guessed(
    origins: Origins, texts: list[str], page: str | None
) -> None:
    assert origins.find([], texts, page, []) is None


def test_of_two_records_with_the_same_words_the_one_around_the_fault_is_named_or_none(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TEMPLATE, tmp_path / "dossier"))
    add(folder, "data/chronology.yaml", "Replace this with the first event", "The same words")
    second = add(folder, "data/chronology.yaml", "Replace this with the second event", "The same words")
    both = Origins(folder, model.read(folder).sources, [])

    assert both.find([], ["The same words"], None, []) is None
    assert str(both.find([], ["The same words"], None, ["event-second-event", "main"])) == second


# --- what is noticed ---

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
