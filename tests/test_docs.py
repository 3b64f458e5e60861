"""The handbook for authors is whole and true: it is built, its example holds, nothing is left unexplained."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts import validation
from build_scripts.manuscript.parser import DIRECTIVES
from build_scripts.manuscript.roles import ROLES

REPO = Path(__file__).parents[1]
DOCS = REPO / "docs"
EXAMPLE = DOCS / "example"


def pages() -> str:
    """Return the text of all pages and of the example's chapters."""
    return "\n".join(path.read_text("utf-8") for path in sorted(DOCS.rglob("*.rst")))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the handbook as `make docs` does, with warnings as errors."""
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    result = subprocess.run(
        [*command, "-d", str(folder / "doctrees"), str(DOCS), str(folder / "html")],
        cwd=REPO, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return folder / "html"


@pytest.mark.whole
def test_the_handbook_is_built_without_a_warning_and_shows_messages_and_dates(site: Path) -> None:
    assert "did you mean" in (site / "messages.html").read_text("utf-8")
    assert "about 1911" in (site / "values.html").read_text("utf-8")


@pytest.mark.whole
@pytest.mark.parametrize("name", sorted(path.stem for path in (EXAMPLE / "data").glob("*.yaml")))
def test_every_data_file_has_a_page_with_its_keys(name: str, site: Path) -> None:
    shown = (site / f"data/{name}.html").read_text("utf-8")

    assert "What it holds" in shown


def test_the_example_holds_without_a_warning() -> None:
    checked = validation.check(EXAMPLE)

    assert checked.warnings == ()


def test_every_directive_is_explained() -> None:
    text = pages()
    names = {name.removeprefix("dossier:") for name in DIRECTIVES}

    assert [
        name for name in sorted(names) if not re.search(rf"(\.\. |``|\| )(dossier:)?{name}(::|``)", text)
    ] == []


def test_every_role_is_explained() -> None:
    text = pages()
    names = {name.removeprefix("dossier:") for name in ROLES}

    assert [name for name in sorted(names) if f":{name}:`" not in text and f"``{name}``" not in text] == []


def test_every_message_of_the_tests_is_explained() -> None:
    text = (DOCS / "messages.rst").read_text("utf-8").split()
    folders = {path.name for path in (REPO / "tests/bad").iterdir() if path.is_dir()} - {"_good"}

    assert sorted(folders - set(text)) == []


@pytest.mark.whole
def test_the_example_is_printed_in_every_form(build: Callable[..., Path]) -> None:
    assert (build("html", EXAMPLE) / "html/index.html").is_file()
    assert (build("epub", EXAMPLE) / "epub/dossier.epub").is_file()
    assert (build("pdf", EXAMPLE) / "pdf/dossier.pdf").is_file()
