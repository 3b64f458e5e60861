"""What a product is made from decides whether it is made anew: contents, never dates."""

from __future__ import annotations

import ast
import os
import shutil
from pathlib import Path

import pytest

from build_scripts import keys
from build_scripts.diagnostics import WrongUsage
from build_scripts.keys import SourceChanged, noted
from build_scripts.places import Places

REPO = Path(__file__).parents[1]
PACKAGE = REPO / "build_scripts"


@pytest.fixture
def at(tmp_path: Path) -> Places:
    """Give a small dossier with a folder of builds that make has marked."""
    folder = Path(shutil.copytree(PACKAGE / "template", tmp_path / "mine"))
    (folder / "build").mkdir()
    (folder / "build/.gitignore").write_text("*\n")
    return Places(folder, folder / "build")


def made(at: Places) -> None:
    """Note every step as done."""
    for step in keys.READS:
        with noted(at, step):
            pass


def imported(path: Path) -> set[Path]:
    """Return the modules of the builder that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            base = REPO / name.replace(".", "/")
            found |= {one for one in (base.with_suffix(".py"), base / "__init__.py") if one.is_file()}
    return {one for one in found if one.is_relative_to(PACKAGE)}


@pytest.mark.parametrize("step", keys.READS)
def test_every_module_that_a_step_imports_counts_for_its_products(step: str) -> None:
    todo = [PACKAGE / "commands" / f"{step.partition('-')[0]}.py"]
    reached: set[Path] = set()
    while todo:
        path = todo.pop()
        if path not in reached:
            reached.add(path)
            todo.extend(imported(path))
    names = sorted(path.relative_to(PACKAGE).as_posix() for path in reached)

    assert [name for name in names if not keys.runs(step, name)] == []


@pytest.mark.parametrize(
    "name", ["judges/pdfs.py", "commands/serve.py", "README.md", "template/book/index.rst"]
)
def test_what_touches_no_product_counts_for_none(name: str) -> None:
    assert [step for step in keys.READS if keys.runs(step, name)] == []


def test_nothing_is_current_before_it_is_made_and_all_is_afterwards(at: Places) -> None:
    assert keys.current(at) == []
    made(at)
    assert keys.current(at) == list(keys.READS)


def test_an_older_date_hides_no_change_and_a_newer_one_is_none(at: Places) -> None:
    made(at)
    glossary = at.dossier / "data/glossary.yaml"
    glossary.touch()
    assert keys.current(at) == list(keys.READS)

    glossary.write_text(glossary.read_text().replace("term", "word"))
    os.utime(glossary, (0, 0))
    assert keys.current(at) == ["citations"]


@pytest.mark.parametrize("change", ["new", "gone", "renamed", "picture"])
def test_every_change_of_the_book_is_seen_by_what_shows_the_book(at: Places, change: str) -> None:
    picture = at.book / "images/one.png"
    picture.parent.mkdir()
    picture.write_bytes(b"one")
    made(at)
    chapter = at.book / "preface.rst"
    match change:
        case "new":
            (at.book / "chapters/new.rst").write_text("New\n===\n")
        case "gone":
            chapter.unlink()
        case "renamed":
            chapter.rename(at.book / "foreword.rst")
        case "picture":
            picture.write_bytes(b"two")

    shows = {"validate", "fonts", "book-html", "book-epub", "book-pdf", "archive", "bag"}
    assert set(keys.READS) - set(keys.current(at)) == shows


def test_what_an_editor_leaves_behind_is_no_change(at: Places) -> None:
    made(at)
    for name in ("preface.rst~", ".preface.rst.swp", "#preface.rst#", "Thumbs.db"):
        (at.book / name).write_text("left")

    assert keys.current(at) == list(keys.READS)


def test_a_step_that_fails_or_is_killed_leaves_nothing_that_counts_as_made(at: Places) -> None:
    made(at)
    with pytest.raises(KeyboardInterrupt), noted(at, "plan"):
        raise KeyboardInterrupt

    assert "plan" not in keys.current(at)


def test_a_change_during_a_step_is_named_and_nothing_counts_as_made(at: Places) -> None:
    with (
        pytest.raises(SourceChanged, match=r"^book/preface.rst: changed while it was read"),
        noted(at, "plan"),
    ):
        (at.book / "preface.rst").write_text("later")

    assert keys.current(at) == []


def test_a_change_between_two_steps_of_one_run_is_found(at: Places) -> None:
    expected = keys.sources(at.dossier).of(("",))
    with noted(at, "plan", expected):
        pass
    (at.book / "preface.rst").write_text("later")

    with pytest.raises(SourceChanged), noted(at, "plan", expected):
        pytest.fail("the step ran")


def test_products_of_other_sources_are_not_packed(at: Places) -> None:
    made(at)
    keys.need(at, "book-pdf", "book-html")
    (at.book / "preface.rst").write_text("later")

    with pytest.raises(WrongUsage, match=r"what the step 'book pdf' made in .* is not of these sources"):
        keys.need(at, "book-pdf")
