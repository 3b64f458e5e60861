"""Slips of an author in the chapters: every one ends in a message with file and line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from build_scripts import validation
from build_scripts.commands import book, citations
from build_scripts.diagnostics import ProblemsFound
from build_scripts.manuscript.roles import SCHEMES
from build_scripts.nodes.citations import Citations
from build_scripts.places import Places

TEMPLATE = Path(__file__).parents[1] / "build_scripts/template"
CHAPTER = "book/chapters/01-first-chapter.rst"
LINES = (TEMPLATE / CHAPTER).read_text("utf-8").count("\n")
FIRST = f"{CHAPTER}:{LINES + 2}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small dossier of one's own that a test may break."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "dossier"))


def add(folder: Path, text: str, page: str = CHAPTER) -> None:
    """Put text behind a blank line at the end of a page."""
    path = folder / page
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


def checked(folder: Path) -> str:
    """Return what the check says of a dossier."""
    try:
        validation.check(folder)
    except ProblemsFound as problems:
        return str(problems)
    return ""


def built(folder: Path) -> str:
    """Return what building the book as a PDF says."""
    places = Places(folder, folder / "build")
    try:
        citations.run(places)
        book.run(places, "pdf")
    except ProblemsFound as problems:
        return str(problems)
    return ""


def test_nothing_is_missed_because_of_a_chapter_that_could_not_be_read(folder: Path) -> None:
    add(folder, ".. _here:\n\nWords\tbehind a tab.\\ :cite:`first-source`")
    add(folder, ":ref:`There <here>` and :doc:`chapters/01-first-chapter`.", "book/preface.rst")

    assert re.findall(r"^(?!.* warning)(\S+): (.*)$", checked(folder), re.M) == [
        (f"{CHAPTER}:{LINES + 4}", "has a tab; use spaces")
    ]


def test_a_folder_without_chapters_says_so(folder: Path) -> None:
    shutil.rmtree(folder / "book")

    assert checked(folder).startswith("book: there is no such folder")


def test_a_book_without_its_first_page_says_so(folder: Path) -> None:
    (folder / "book/index.rst").unlink()

    assert "book/index.rst: is missing; it names the chapters in their order" in checked(folder)


def test_line_ends_and_byte_order_marks_of_other_systems_are_no_problem(folder: Path) -> None:
    for path in [*folder.rglob("*.rst"), *folder.rglob("*.yaml")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert checked(folder) == ""


def no_text(path: Path) -> None:
    path.write_bytes(b" \n")


def latin(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\nCaf\xe9.\n")


def tab(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\nA\tb.\n")


def override(path: Path) -> None:
    path.write_bytes(path.read_bytes() + "\nA \u202e b.\n".encode())


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (no_text, f"{CHAPTER}:1: is empty"),
        (latin, f"{FIRST}: is not UTF-8 text; save the file as UTF-8"),
        (tab, f"{FIRST}: has a tab; use spaces"),
        (
            override,
            f"{FIRST}: has the character U+202E RIGHT-TO-LEFT OVERRIDE, which may not stand in a dossier",
        ),
    ],
)
def test_a_chapter_that_cannot_be_read_is_said_once(
    folder: Path, spoil: Callable[[Path], None], expected: str
) -> None:
    spoil(folder / CHAPTER)
    lines = checked(folder).splitlines()

    assert expected in lines
    assert all(CHAPTER not in line or line == expected for line in lines)


def test_a_text_of_another_kind_among_the_chapters_is_not_passed_over(folder: Path) -> None:
    (folder / "book/notes.md").write_text("# Notes")

    assert "book/notes.md: is not read; the name of a chapter ends in .rst" in checked(folder)


@pytest.mark.parametrize("name", ["a#b", "a&b", "it’s", "part one"])
def test_a_chapter_whose_name_makes_no_address_is_refused(folder: Path, name: str) -> None:
    (folder / "book" / name).mkdir()
    (folder / "book" / name / "page.rst").write_text("Page\n====\n\nText.\n")

    assert f"book/{name}/page.rst: the name '{name}' makes no address; use letters" in checked(folder)


@pytest.mark.parametrize("name", ["colophon", "cover", "nav", "search"])
def test_a_chapter_never_takes_the_place_of_a_page_of_the_builder(folder: Path, name: str) -> None:
    (folder / f"book/{name}.rst").write_text("Page\n====\n\nText.\n")

    assert f"book/{name}.rst: the builder makes a page of this name; give it another" in checked(folder)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\U0001f600", "U+1F600 GRINNING FACE"),
        ("བ", "U+0F56 TIBETAN LETTER BA"),
        ("ܐ", "U+0710 SYRIAC LETTER ALAPH"),
    ],
)
def test_a_character_that_the_typefaces_lack_is_named_with_its_line(
    folder: Path, character: str, name: str
) -> None:
    add(folder, f"Here is {character}.\\ :cite:`first-source`")
    terms = folder / "data/glossary.yaml"
    terms.write_text(terms.read_text().replace("Replace this", f"Replace {character}"))
    line = next(n for n, text in enumerate(terms.read_text().splitlines(), 1) if character in text)
    text = checked(folder)

    assert f"{FIRST}: has '{character[0]}' ({name})" in text
    assert f"data/glossary.yaml:{line}: has '{character[0]}' ({name})" in text


def test_letters_with_loose_accents_and_signs_without_glyphs_are_no_problem(folder: Path) -> None:
    add(folder, "Cafe\u0301 soft\u00adly a\u200bb\u2060c.\\ :cite:`first-source`")

    assert checked(folder) == ""


def test_what_a_comment_or_a_literal_names_need_not_be_there(folder: Path) -> None:
    add(
        folder,
        ".. Once :person:`nobody` was here \U0001f600\n   with :org:`nothing`.\n\n..\n   :cite:`none`\n",
    )
    add(folder, "Write ``:person:`nobody```.\\ :cite:`first-source`")

    assert checked(folder) == ""


@pytest.mark.parametrize("role", [*SCHEMES, "cite"])
@pytest.mark.parametrize("text", ["``", "` `", "`nope`", "`words <nope>`"])
def test_a_role_that_names_nothing_is_refused_at_its_line(folder: Path, role: str, text: str) -> None:
    add(folder, f"Here :{role}:{text} stands.")

    assert any(
        line.startswith(f"{FIRST}: no ") or "left empty" in line for line in checked(folder).splitlines()
    )


def test_a_citation_with_an_empty_part_is_refused(folder: Path) -> None:
    add(folder, "So it was.\\ :cite:`first-source;`")

    assert f"{FIRST}: the id of a source is left empty" in checked(folder)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A :foo:`x` b.", "there is no role 'foo'"),
        (".. foo:: x", "there is no directive 'foo'"),
        ("Text |x|.", "there is no substitution 'x'; write \\| for the sign itself"),
        ("Text [#f]_.\n\n.. [#g] A note.", "there is no note [#f]"),
        ("`x <javascript:alert(1)>`__", "the address 'javascript:alert(1)' is none of http"),
        (".. image:: /images/a.png", "a picture without words that stand for it; give it an :alt:"),
        ("`x <https://[bad/>`__", "the address 'https://[bad/' is not an http or https address"),
        ("`x <https://e.org/%zz>`__", "'https://e.org/%zz' has a '%' where an address has none"),
        ("`x <mailto:a@b@c>`__", "the address 'mailto:a@b@c' is not that of a mailbox"),
        (".. dossier:index::", "stands beside the index; on paper the index has pages of its own"),
        (".. dossier:plan::", "'plan' prints nothing: there are no records in data/floor_plan.yaml"),
        (".. toctree::\n\n   ../preface", f"lists 'preface', which '{CHAPTER}' lists already"),
        (".. toctree::\n\n   ../index", "lists 'index' below itself"),
        (".. toctree::\n\n   Web <https://example.org>", "lists 'https://example.org', which is no page"),
    ],
)  # fmt: skip
def test_a_slip_in_a_chapter_is_said_at_its_line_and_not_forgotten(
    folder: Path, text: str, expected: str
) -> None:
    add(folder, text)
    first = built(folder)

    assert expected in first
    assert first.startswith("book")
    assert "problematic" not in first
    assert not (folder / "build/pdf").exists()
    # Sphinx keeps what it has read and warns only when it reads.
    assert built(folder) == first


OTHER_KIND = "is neither PNG, JPEG, WebP nor SVG; save it as one of them"


@pytest.mark.parametrize(
    ("name", "kind", "alt", "expected"),
    [
        ("a.jpg", "PNG", "A red square", "image 'images/a.jpg' is a PNG picture, and its name says JPEG"),
        ("a.gif", "GIF", "A red square", f"image 'images/a.gif' {OTHER_KIND}"),
        ("a&b.png", "PNG", "A red square", "image 'images/a&b.png' has a name that makes no address"),
        ("a.png", "PNG", "a.png", "the alt text 'a.png' does not say what the picture shows"),
        ("a.png", "PNG", "...", "the alt text '...' does not say what the picture shows"),
    ],
)
def test_a_picture_that_a_form_of_the_book_cannot_show_is_refused(
    folder: Path, name: str, kind: str, alt: str, expected: str
) -> None:
    (folder / "book/images").mkdir()
    Image.new("RGB", (9, 9), "red").save(folder / "book/images" / name, kind)
    add(folder, f".. image:: /images/{name}\n   :alt: {alt}")

    assert built(folder) == f"{FIRST}: {expected}\n1 problem; nothing was built"


def test_a_broken_picture_is_refused(folder: Path) -> None:
    (folder / "book/images").mkdir()
    Image.effect_noise((99, 99), 9).save(folder / "book/images/a.png")
    data = (folder / "book/images/a.png").read_bytes()
    (folder / "book/images/a.png").write_bytes(data[: len(data) // 2])
    add(folder, ".. image:: /images/a.png\n   :alt: A grey square")

    assert f"{FIRST}: image 'images/a.png' holds a broken picture" in built(folder)


def test_a_page_in_two_lists_is_refused(folder: Path) -> None:
    add(folder, ".. toctree::\n   :caption: Again\n\n   preface", "book/index.rst")

    assert "lists 'preface' twice" in built(folder)


def test_two_pages_with_names_that_are_nearly_alike_are_two_pages(folder: Path) -> None:
    for name in ("a_b", "a-b"):
        (folder / f"book/{name}.rst").write_text(f"{name}\n===\n\nText.\\ :cite:`first-source`\n")
    add(folder, ".. toctree::\n\n   a_b\n   a-b", "book/index.rst")

    assert checked(folder) == ""
    assert built(folder) == ""


@pytest.mark.parametrize(
    ("style", "label"),
    [
        ("apa", "A Body of People, ca. 1999"),
        ("modern-language-association", "A Body of People"),
        ("harvard-cite-them-right", "A Body of People, [c. 1999]"),
        ("acm-siggraph", "A Body of People [c. 1999]"),
    ],
)
def test_citations_of_every_kind_of_style_can_be_read_by_themselves(
    folder: Path, style: str, label: str
) -> None:
    edition = folder / "data/edition.yaml"
    edition.write_text(f"{edition.read_text()}\ncitation_style: {style}\n")
    places = Places(folder, folder / "build")
    citations.run(places)
    rendered = Citations.load(places.citations)

    assert rendered.label_text("second-source") == label
    assert "".join(node.astext() for node in rendered.entry("second-source")).count("1999") == 1


def test_a_citation_of_a_style_of_notes_leaves_the_stop_to_the_note(folder: Path) -> None:
    edition = folder / "data/edition.yaml"
    edition.write_text(f"{edition.read_text()}\ncitation_style: oscola\n")
    places = Places(folder, folder / "build")
    citations.run(places)

    assert Citations.load(places.citations).label_text("first-source").endswith("(A Publisher 1930)")


def test_a_problem_in_a_book_that_is_a_link_is_named_by_its_place_in_the_dossier(folder: Path) -> None:
    add(folder, ".. foo:: x")
    (folder / "book").rename(folder / "elsewhere")
    (folder / "book").symlink_to(folder / "elsewhere")

    assert built(folder).startswith(f"{FIRST}: there is no directive 'foo'")


@pytest.mark.parametrize(
    ("columns", "word", "refused"),
    [
        (12, "Lieutenant-Governor", False),
        (24, "1", False),
        (18, "Lieutenant-Governor", True),
        (40, "1", True),
    ],
)
def test_a_table_of_more_columns_than_a_page_has_room_for_is_refused(
    folder: Path, columns: int, word: str, refused: bool
) -> None:
    row = "\n".join(f"     - {word}" for _ in range(columns)).replace("     -", "   * -", 1)
    add(folder, f".. list-table::\n\n{row}")

    line = f"{CHAPTER}:{LINES + 4}"
    message = f"{line}: a table of {columns} columns, more than a page has room for"
    assert checked(folder).startswith(message) if refused else checked(folder) == ""


def test_a_table_inside_a_cell_has_less_room(folder: Path) -> None:
    inner = "\n".join("          - Governor" for _ in range(6)).replace("     -", "   * -", 1)
    row = "\n".join("     - Outer" for _ in range(3))
    add(folder, f".. list-table::\n\n   * - .. list-table::\n\n{inner}\n{row}")

    assert "a table of 6 columns, more than a page has room for" in checked(folder)
