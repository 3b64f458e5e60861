"""The check of a whole dossier: what data and chapters can only be told together."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts import validation
from build_scripts.diagnostics import ProblemsFound
from build_scripts.model import FILES

LIGHTHOUSE = Path(__file__).parent / "dossiers" / "lighthouse"
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


def first_record(text: str) -> re.Match[str]:
    found = re.search(r"(?m)^- id: (\S+)\n", text)
    return found if found else re.search(r"(?m)^()\w+: [\w ]+\n", text)  # type: ignore[return-value]


def inserted(text: str, new: str) -> str:
    line = first_record(text)[0]
    return text.replace(line, f"{line}{'  ' if line.startswith('-') else ''}{new}\n", 1)


SPOILT: dict[str, Callable[[str], str]] = {
    "an unknown key": lambda text: inserted(text, "colour: red"),
    "an empty value": lambda text: inserted(text, "colour:"),
    "a key twice": lambda text: inserted(inserted(text, "colour: red"), "colour: red"),
    "an id that is none": lambda text: re.sub(r"(?m)^((?:- |  - )id: ).*$", r"\1Not An Id", text, count=1),
    "no id": lambda text: re.sub(r"(?m)^((?:- |  - ))id: .*$", r"\1colour: red", text, count=1),
    "an end that is no YAML": lambda text: f"{text}\n]\n",
    "a tab": lambda text: f"{text}\t\n",
    "a word in place of all": lambda text: "word\n",
    "words in place of records": lambda text: "- word\n",
    "nothing": lambda text: "",
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
@pytest.mark.parametrize("name", FILES)
def test_what_is_wrong_in_a_file_is_not_said_again_of_what_names_its_records(
    name: str, spoil: Callable[[str], str], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(LIGHTHOUSE, tmp_path / "dossier", ignore=shutil.ignore_patterns("build")))
    path = folder / "data" / f"{name}.yaml"
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    with pytest.raises(ProblemsFound) as problems:
        validation.check(folder)
    found = problems.value.diagnostics

    assert {one.location.path for one in found} == {f"data/{name}.yaml"}
    # A record without an id that has a key too many has two faults.
    assert len(found) <= 2


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
