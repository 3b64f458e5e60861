"""The check of a whole dossier: what data and chapters can only be told together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_scripts import validation
from build_scripts.diagnostics import ProblemsFound

TEMPLATE = Path(__file__).parents[1] / "build_scripts/template"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small dossier of one's own that a test may break."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "dossier"))


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_template_of_a_new_dossier_has_no_problem(folder: Path) -> None:
    assert validation.load(folder).edition.title


def test_a_language_without_words_is_refused_at_its_line(folder: Path) -> None:
    edition = folder / "data/edition.yaml"
    line = next(
        n for n, text in enumerate(edition.read_text().splitlines(), 1) if text.startswith("language:")
    )
    language = edition.read_text().splitlines()[line - 1]
    replaced(edition, language, "language: fr")
    with pytest.raises(ProblemsFound) as problems:
        validation.load(folder)

    assert f"data/edition.yaml:{line}: language 'fr' has no catalog of the builder's words" in str(
        problems.value
    )


def test_a_chapter_that_names_what_is_not_there_is_refused_with_a_suggestion(folder: Path) -> None:
    chapter = min((folder / "book/chapters").glob("*.rst"))
    known = validation.load(folder).people[0].id
    lines = chapter.read_text().splitlines()
    chapter.write_text("\n".join([*lines, "", f"And then :person:`{known}x` came.", ""]))
    with pytest.raises(ProblemsFound) as problems:
        validation.load(folder)

    assert (
        f"{chapter.relative_to(folder)}:{len(lines) + 2}: no person '{known}x'; did you mean '{known}'?"
        in str(problems.value)
    )


def test_a_source_that_only_a_chapter_cites_is_reached(folder: Path) -> None:
    reference = validation.load(folder).references[0]
    references = folder / "data/references.yaml"
    record = (
        references.read_text().rstrip().replace(f"- id: {reference.id}\n", "- id: cited-in-a-chapter\n", 1)
    )
    block = record[record.index("- id: cited-in-a-chapter") :].split("\n- id:")[0]
    references.write_text(f"{references.read_text().rstrip()}\n\n{block}\n")
    with pytest.raises(ProblemsFound, match="'cited-in-a-chapter': is cited by no record and no chapter"):
        validation.load(folder)
    chapter = min((folder / "book/chapters").glob("*.rst"))
    chapter.write_text(f"{chapter.read_text().rstrip()}\n\nSo. :cite:`cited-in-a-chapter | page 1`\n")

    assert validation.load(folder).reference("cited-in-a-chapter")
