"""Where the cause of a fault lies: the author's file and line if it is certain, the product alone if not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import pytest
from PIL import Image

from build_scripts import manuscript, model
from build_scripts.__main__ import main
from build_scripts.manuscript import addresses
from build_scripts.model import fields, marked
from build_scripts.prose.origins import Origins

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests" / "dossiers" / "lighthouse"
TEMPLATE = REPO / "build_scripts" / "template"
CHAPTER = "book/chapters/01-first-chapter.rst"
Build = Callable[..., Path]

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
        for module in (fields, marked, addresses):
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
    return Origins(
        manuscript.read(LIGHTHOUSE), model.read(LIGHTHOUSE).sources, ["The charts show open water"]
    )


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
    both = Origins(manuscript.read(folder), model.read(folder).sources, [])

    assert both.find([], ["The same words"], None, []) is None
    assert str(both.find([], ["The same words"], None, ["event-second-event", "main"])) == second
