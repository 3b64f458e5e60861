"""The one reader of chapters: what it accepts, how it refuses the rest, and that Sphinx reads by it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils.parsers.rst import directives, roles

from build_scripts import manuscript, validation
from build_scripts.commands import book, citations
from build_scripts.diagnostics import ProblemsFound
from build_scripts.manuscript import parser, refusals, support
from build_scripts.manuscript.roles import ROLES
from build_scripts.pdf import book as pdf_book
from build_scripts.pdf import inline as pdf_inline
from build_scripts.places import Places
from build_scripts.sphinx_ext.translator import SiteTranslator

TEMPLATE = Path(__file__).parents[1] / "build_scripts/template"
CHAPTER = "book/chapters/01-first-chapter.rst"
LINES = (TEMPLATE / CHAPTER).read_text("utf-8").count("\n")
FIRST = f"{CHAPTER}:{LINES + 2}"
CITE = "\\ :cite:`first-source`"

Said = Callable[..., list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small dossier of one's own that a test may break."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "dossier"))


@pytest.fixture
def said(folder: Path) -> Said:
    """Return a function that gives what is said of the dossier with text at the end of one of its pages."""

    def check(text: str = "", page: str = CHAPTER) -> list[str]:
        if text:
            path = folder / page
            path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")
        try:
            validation.check(folder)
        except ProblemsFound as problems:
            return str(problems).splitlines()[:-1]
        return []

    return check


def build(folder: Path, form: str = "pdf") -> Path:
    """Build a form of a dossier and return the folder of the build."""
    places = Places(folder, folder / "build")
    citations.run(places)
    book.run(places, form)
    return places.build


# --- what cannot be set ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":math:`x`", "the role 'math' cannot be used: mathematics cannot be printed yet"),
        (".. math:: x", "'math' cannot be used: mathematics cannot be printed yet; write plain signs"),
        (".. versionadded:: 1.0", "'versionadded' cannot be used: a dossier has no versions"),
        (":download:`x <y.pdf>`", "the role 'download' cannot be used: a book on paper"),
        (":numref:`x`", "the role 'numref' cannot be used: figures and tables have no numbers"),
        (":menuselection:`A --> B`", "the role 'menuselection' cannot be used: write the steps in words"),
        (".. py:function:: f()", "there is no directive 'py:function'"),
        (":py:func:`f`", "there is no role 'py:func'"),
        (".. only:: html\n\n   Text.", "'only' cannot be used: every form of the book tells the same"),
        ("It is |today|.", "there is no substitution 'today'"),
        ("It is |release|.", "there is no substitution 'release'"),
        (".. raw:: html\n\n   <b>x</b>", "'raw' cannot be used: a chapter holds no raw HTML"),
        (".. include:: ../preface.rst", "'include' cannot be used: a chapter reads no other file"),
        (".. csv-table::\n   :file: x.csv", "'csv-table' has no option 'file'"),
        (".. csv-table::\n   :url: https://e.org", "'csv-table' has no option 'url'"),
        (".. |d| date::\n\nOn |d|.", "'date' cannot be used: a book that is built again must be the same"),
        (".. glossary::\n\n   lamp\n     Light.", "terms go into data/glossary.yaml"),
        (".. index::", "'index' has no entries; to print the whole index, write 'dossier:index'"),
        (".. code-block:: nolanguage\n\n   x", "there are no colours for the language 'nolanguage'"),
        ("[CIT2002]_\n\n.. [CIT2002] Text.", "sources stand in data/references.yaml and are cited by"),
        (".. note: single colon", "a comment that looks like a directive; write 'note::'"),
        (".. todo:: x", "'todo' cannot be used: the book is printed as it stands"),
        (".. notee:: x", "there is no directive 'notee'; did you mean 'note'?"),
        ("A :persn:`first-person`.", "there is no role 'persn'; did you mean 'person'?"),
        (":ref:`nowhere`", "there is no label 'nowhere'"),
        (":doc:`prefase`", "there is no page 'prefase'; did you mean 'preface'?"),
        (".. _spot:\n\nWords.\n\n:ref:`spot`", "'spot' has no heading or caption; write :ref:`words <spot>`"),
        ("An *open mark.", "has an opening * without its closing one; write \\* for the sign itself"),
        ("A `link <nowhere_>`_.", "there is no place 'nowhere' in this chapter to refer to"),
        ("=====\nTitle\n", "a heading has a line over it and none under it"),
        (".. [#loose] Words.", "the note [loose] is referred to nowhere"),
        ("Text. [#a]_\n\n.. rubric:: Notes\n\n.. [#a] Words.", "'Notes' stands over notes"),
        ("Text. [#]_\n\nMy notes\n--------\n\n.. [#] Words.", "'My notes' stands over notes"),
        ("* a\nb", "a block needs a blank line behind it, and the next line begins further left"),
        (".. |x| unicode:: 0x202E\n\nA |x| b.", "has the character U+202E RIGHT-TO-LEFT OVERRIDE"),
        (".. image:: https://e.org/a.png\n   :alt: A lamp", "is not in the dossier; put its file"),
        (".. image:: data:image/png;base64,AA\n   :alt: A lamp", "is not in the dossier; put its file below"),
        (".. image:: /images/a.png\n   :alt: A lamp", "there is no image 'images/a.png' below book/"),
        ("Words |x|.\n\n.. |x| image:: gone.png\n   :alt: A lamp", "there is no image 'chapters/gone.png'"),
        ("#. \n\n#. b", "an item of a list has nothing in it; write it, or take its mark away"),
        (".. |x| replace:: a :cite:`first-source`\n\nWords |x|.", "a substitution holds text or a picture"),
        (".. topic:: Words\n   :class: contents\n\n   Words.", "the class 'contents' is the builder's own"),
        ("- .. dossier:further::", "'further' stands within something else; move it to the margin"),
    ],
)  # fmt: skip
def test_what_not_every_form_can_set_is_refused_in_words_at_its_line(
    said: Said, text: str, expected: str
) -> None:
    found = [line for line in said(f"Lead{CITE}\n\n{text}") if expected in line]

    assert found
    assert int(found[0].removeprefix(f"{CHAPTER}:").partition(":")[0]) >= LINES + 2


@pytest.mark.parametrize(
    "text",
    [
        "A literal ``:cite:`none```.",
        "::\n\n   :cite:`none` and :person:`none`",
        ".. Once :person:`none` was here.",
        ".. index:: lamp, oil\n   single: lamp; light",
        "An :index:`entry` and :index:`another <pair: lamp; oil>`.",
        ".. hlist::\n   :columns: 2\n\n   - a\n   - b\n   - c",
        ".. code-block:: python\n   :caption: A *caption*\n\n   x = 1",
        ".. seealso:: Another book.",
    ],
)
def test_what_every_form_can_set_is_accepted(said: Said, text: str) -> None:
    assert said(f"Lead:{CITE}\n\n{text}{'' if '::' in text else CITE}") == []


def test_what_can_be_set_is_what_the_writers_have_handlers_for() -> None:
    blocks = pdf_book.HANDLERS.keys()
    inline = pdf_inline.HANDLERS.keys() | pdf_inline.SKIPPED
    seen = {name.removeprefix("visit_") for name in dir(SiteTranslator) if name.startswith("visit_")}

    assert sorted(support.BLOCKS - blocks) == []
    assert sorted(support.INLINE - inline) == []
    assert sorted((support.BLOCKS | support.INLINE | support.INNER) - seen) == []


def test_a_directive_or_role_is_either_known_or_refused() -> None:
    assert not parser.DIRECTIVES.keys() & refusals.DIRECTIVES.keys()
    assert not ROLES.keys() & refusals.ROLES.keys()


def test_reading_leaves_the_tables_of_docutils_alone(folder: Path) -> None:
    before = directives.directive, roles.role, dict(roles._roles)  # type: ignore[attr-defined]
    manuscript.read(folder)

    assert (directives.directive, roles.role, roles._roles) == before  # type: ignore[attr-defined]


# --- nothing is lost ---


def pdf_text(folder: Path) -> str:
    """Return the words of the PDF of a dossier."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed; apt-get install poppler-utils")
    command = ["pdftotext", str(build(folder) / "pdf/dossier.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_text_beside_the_list_of_chapters_and_pages_below_pages_are_printed(folder: Path, said: Said) -> None:
    (folder / "book/below.rst").write_text(f"A page below\n============\n\nWords of depth.{CITE}\n")
    path = folder / "book/preface.rst"
    path.write_text(f"{path.read_text('utf-8')}\n.. toctree::\n\n   below\n", "utf-8")

    assert said(f"A word before all.{CITE}", "book/index.rst") == []
    text = pdf_text(folder)
    assert "A word before all." in text
    assert "A page below" in text
    assert "Words of depth." in text


def test_a_book_of_a_single_chapter_has_its_heading(folder: Path, said: Said) -> None:
    parts = [path.stem for path in (folder / "book").glob("*.rst") if path.stem != "index"]
    for name in parts:
        (folder / f"book/{name}.rst").unlink()
    (folder / "book/index.rst").write_text("Title\n=====\n\n.. toctree::\n\n   chapters/01-first-chapter\n")
    shown = "\n\n".join(f".. dossier:{name}::" for name in parts)
    (folder / CHAPTER).write_text(f"The one chapter\n===============\n\nWords of it.{CITE}\n\n{shown}\n")

    assert said() == []
    text = pdf_text(folder)
    assert text.count("The one chapter") > 1
    assert "Words of it." in text


def test_text_in_a_group_of_any_class_is_printed(folder: Path, said: Said) -> None:
    names = ("index", "toctree-wrapper", "closer", "part", "account", "cite")
    groups = [
        f".. {kind}::\n   :class: {name}\n\n   Words of {kind} {name}.{CITE}"
        for name in names
        for kind in ("compound", "note")
    ]
    groups += [f".. container:: {name}\n\n   Words of container {name}.{CITE}" for name in names]
    groups += [f".. topic:: Topic\n   :class: {name}\n\n   Words of topic {name}.{CITE}" for name in names]

    assert said("\n\n".join(groups)) == []
    text = " ".join(pdf_text(folder).split())
    assert [
        f"{kind} {name}"
        for name in names
        for kind in ("compound", "note", "container", "topic")
        if f"Words of {kind} {name}." not in text
    ] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Words alone.\n", ":1: the page has no heading; begin it with one"),
        ("Words above.\n\nHeading\n=======\n", ":1: stands above the heading of the page; move it below"),
        (":orphan:\n\nHeading\n=======\n", ":1: stands above the heading of the page; move it below"),
    ],
)
def test_text_that_belongs_to_no_chapter_is_refused(
    folder: Path, said: Said, text: str, expected: str
) -> None:
    (folder / "book/preface.rst").write_text(f"{text}\n.. dossier:preface::\n")

    assert f"book/preface.rst{expected}" in said()


def test_a_page_in_no_list_is_refused(folder: Path, said: Said) -> None:
    (folder / "book/more.rst").write_text(f"More\n====\n\nWords.{CITE}\n")

    assert said() == ["book/more.rst: is not in the book; add 'more' to a toctree in book/index.rst"]


def test_an_index_page_without_a_list_is_refused(folder: Path, said: Said) -> None:
    (folder / "book/index.rst").write_text(f"Title\n=====\n\nWords.{CITE}\n")

    assert "book/index.rst:1: lists no chapters; name them below a line '.. toctree::'" in said()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("preface", "data/edition.yaml:"),
        ("glossary", "data/glossary.yaml:1: has records; no page of book/ prints it"),
        ("chronology", "data/chronology.yaml:1: has records; no page of book/ prints it"),
        ("bibliography", "data/references.yaml:1: has records; no page of book/ prints it"),
    ],
)  # fmt: skip
def test_records_that_no_page_prints_are_told_with_the_way_to_print_them(
    folder: Path, said: Said, page: str, expected: str
) -> None:
    (folder / f"book/{page}.rst").write_text(f"Words\n=====\n\nWords.{CITE}\n")
    (line,) = said()

    assert line.startswith(expected)
    assert f"add '.. dossier:{page}::' to one" in line


def test_a_part_without_records_is_refused(said: Said) -> None:
    assert said(".. dossier:organizations::") == [
        f"{FIRST}: 'organizations' prints nothing: there are no records in data/organizations.yaml; "
        "leave it out"
    ]


def test_a_part_that_is_printed_twice_is_refused(said: Said) -> None:
    assert said(".. dossier:glossary::") == [
        "book/glossary.rst:4: prints 'glossary' again; it stands at "
        f"{FIRST} already"
    ]  # fmt: skip


def test_a_heading_never_takes_the_place_of_a_record(folder: Path, said: Said) -> None:
    for name in ("one", "two"):
        heading = "Event first-event\n-----------------"
        (folder / f"book/{name}.rst").write_text(f"{name}\n===\n\n{heading}\n\nWords.{CITE}\n")

    assert said("\n.. toctree::\n\n   one\n   two", "book/index.rst") == []
    build(folder)


# --- alone ---


def test_no_file_of_configuration_changes_how_a_chapter_is_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "elsewhere"
    where.mkdir()
    hostile = "[general]\nraw_enabled: yes\nfile_insertion_enabled: yes\ndoctitle_xform: yes\nno_such: x\n"
    for name in ("docutils.conf", ".docutils"):
        (where / name).write_text(hostile)
    plain = build(folder).joinpath("pdf/dossier.pdf").read_bytes()
    shutil.rmtree(folder / "build")
    monkeypatch.chdir(where)
    monkeypatch.setenv("HOME", str(where))
    monkeypatch.setenv("DOCUTILSCONFIG", str(where / "docutils.conf"))

    assert build(folder).joinpath("pdf/dossier.pdf").read_bytes() == plain


def test_a_chapter_that_leads_out_of_the_dossier_is_not_opened(folder: Path, said: Said) -> None:
    (folder.parent / "outside.rst").write_text("Secret\n======\n")
    (folder / "book/preface.rst").unlink()
    (folder / "book/preface.rst").symlink_to(folder.parent / "outside.rst")
    found = said()

    assert any(line.startswith("book/preface.rst: ") for line in found)
    assert "Secret" not in "\n".join(found)


def test_an_item_and_a_heading_may_be_the_name_of_a_record_alone(folder: Path, said: Said) -> None:
    assert (
        said(f"* :person:`first-person`\n\n:person:`second-person`\n-----------------------\n\nWords.{CITE}")
        == []
    )
    assert (build(folder) / "pdf/dossier.pdf").is_file()
    assert said("* :cite:`first-source`")[0].endswith(
        "an item of a list has nothing in it; write it, or take its mark away"
    )


def test_more_notes_than_a_page_holds_and_longer_ones_make_a_book(folder: Path, said: Said) -> None:
    cites = "a\\ :cite:`first-source` " * 200

    assert said(f"{cites}\\ [#a]_\n\n.. [#a] {'word ' * 1200}\\ :cite:`first-source`\n") == []
    assert (build(folder) / "pdf/dossier.pdf").is_file()
