"""The law of chapters: what the check accepts, every form of the book prints; what it refuses has a line.

Chapters are made of every construct of docutils and every directive of Sphinx, within each other. Those
that the check accepts alone stand together in books, each built in every form. `make fuzz` adds invented
data and asks every judge; FUZZ_CHAPTERS=1000 makes more.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docutils import nodes
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from PIL import Image

from build_scripts.commands import book
from build_scripts.diagnostics import Diagnostic
from build_scripts.judges import EPUBCHECK, LINKS, NU, STRUCTURE, TAGGED, Judge
from build_scripts.manuscript import Manuscript, reader
from build_scripts.manuscript import book as whole_book
from build_scripts.pdf.picture_files import picture_problem
from build_scripts.places import Places
from tests import inventions
from tests.chapters import chapters

TEMPLATE = Path(__file__).parents[1] / "build_scripts/template"
CHAPTERS = int(os.environ.get("FUZZ_CHAPTERS", "100"))
# Dossiers that are invented, each with as many chapters.
SEEDS = (20,)
IN_A_BOOK = 60
# A word that is found again: each has four figures, since the number of a note may follow.
FIRST_LAMP = 1000
LAMP = re.compile(r"(?<![\w/])lamp(?!\w)")
NAME = re.compile(r"(?<![a-z])(alpha|beta)(?![a-z-])")
NUMBERED = re.compile(r"lamp\d{4}")
ALONE = "book/law/0.rst"
LIGHTHOUSE = Path(__file__).parent / "dossiers" / "lighthouse"
REAL = [path.read_text("utf-8") for path in sorted((LIGHTHOUSE / "book/chapters").glob("*.rst"))]
PIECES = (
    "`", "``", "*", "**", "|", "_", "__", ":", "::", ".. ", "\n", "   ", "- ", "1. ", "[#]_", ".. [#a] ",
    "\\", "<", ">", "=====", "+---+", "| ", ":cite:`", "\x00", ":x: ", "-a  ", ">>> ", ".. |x| ", ".. _x: ",
    "__ ", ".. image:: ", ".. csv-table::\n\n   a, \"b", "A_ ", "https://e.org ", "\u200b",
)  # fmt: skip
PREFACE = reader.read("book/preface.rst", "preface", "Preface\n=======\n", frozenset())
# Judges by what they judge: our own, and all that need no browser.
FEW = (("pdf/dossier.pdf", STRUCTURE), ("html", LINKS))
MANY = (
    *(("pdf/dossier.pdf", judge) for judge in TAGGED),
    ("epub/dossier.epub", EPUBCHECK),
    ("html", LINKS),
    ("html", NU),
)
# Words that only they know who have read docutils.
INTERNAL = re.compile(
    r"<(?!label>|id>)\w+>|_block\b|\bnode\b|docutils|Sphinx|traceback|interpreted text|explicit markup", re.I
)


def with_pictures(folder: Path) -> Path:
    (folder / "book/images").mkdir()
    for kind in ("png", "jpg"):
        Image.new("RGB", (40, 40), "red").save(folder / f"book/images/a.{kind}")
    return folder


def said_of(folder: Path, text: str) -> list[Diagnostic]:
    """Return what the check says of a chapter alone."""
    chapter = reader.read(ALONE, "law/0", text, frozenset(("index", "preface", "law/0")))
    alone = Manuscript(chapters=(chapter, PREFACE))
    return sorted(set(whole_book.check(alone, folder, picture_problem)))


def numbered(text: str, count: Iterator[int]) -> str:
    """Return a chapter in which no two lamps are alike, and whose names no other chapter has."""
    return LAMP.sub(lambda _: f"lamp{next(count)}", NAME.sub(r"\1-own-NUMBER", text))


def shown_in(text: str) -> set[str]:
    """Return the lamps that a reader of a chapter must see."""
    document = reader.parse(ALONE, "law/0", text, frozenset(("index", "preface", "law/0")), [])
    return {
        word
        for node in document.findall(nodes.Text)
        if not isinstance(node.parent, nodes.comment)
        for word in NUMBERED.findall(node)
    }


def build_book(ground: Places, folder: Path, texts: list[str]) -> Places:
    """Build a book of these chapters in every form.

    Raises ProblemsFound, which breaks the law.
    """
    at = Places(Path(shutil.copytree(ground.dossier, folder / "dossier")), folder / "build")
    shutil.copytree(ground.build, at.build, ignore=shutil.ignore_patterns("doctrees"))
    (at.book / "law").mkdir()
    for number, text in enumerate(texts):
        (at.book / f"law/{number}.rst").write_text(text.replace("NUMBER", str(number)), "utf-8")
    listed = "".join(f"   law/{number}\n" for number in range(len(texts)))
    index = at.book / "index.rst"
    index.write_text(f"{index.read_text('utf-8')}\n.. toctree::\n   :caption: Law\n\n{listed}", "utf-8")
    for form in ("pdf", "html", "epub"):
        book.run(at, form)
    return at


def words_of(at: Places) -> dict[str, str]:
    """Return the words of every form of a book."""
    with zipfile.ZipFile(at.build / "epub/dossier.epub") as epub:
        documents = [epub.read(name).decode() for name in epub.namelist() if name.endswith("html")]
    found = {
        "html": "".join(page.read_text("utf-8") for page in (at.build / "html").rglob("*.html")),
        "epub": "".join(documents),
    }
    if shutil.which("pdftotext") is not None:
        command = ["pdftotext", str(at.build / "pdf/dossier.pdf"), "-"]
        found["pdf"] = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return found


def judged_by(at: Places, judges: tuple[tuple[str, Judge], ...]) -> list[str]:
    """Return what judges find; one that is not installed finds nothing here."""
    return [
        f"{judge.name}: {fault.message}"
        for path, judge in judges
        if judge.is_installed
        for fault in judge.faults(at.build / path)
    ]


def accepted(ground: Places, number: int) -> list[str]:
    """Return what the check accepts of chapters that are drawn; what it refuses must have a line."""
    found: list[str] = []
    count = itertools.count(FIRST_LAMP)

    @seed(number)
    @settings(
        max_examples=CHAPTERS,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=False,
    )
    @given(chapters())
    def read(drawn: str) -> None:
        text = numbered(drawn, count)
        one = text.replace("NUMBER", "0")
        said = said_of(ground.dossier, one)
        for problem in said:
            assert problem.location.path == ALONE
            assert 1 <= problem.location.line <= one.count("\n") + 1, f"{problem}\n\n{one}"
            assert not INTERNAL.search(problem.message), f"{problem}\n\n{one}"
        if not said:
            found.append(text)

    read()
    return found


def print_all(ground: Places, folder: Path, texts: list[str], judges: tuple[tuple[str, Judge], ...]) -> None:
    """Print chapters in every form, look for every word of theirs, and ask the judges."""
    for number, start in enumerate(range(0, len(texts), IN_A_BOOK)):
        chosen = texts[start : start + IN_A_BOOK]
        (folder / str(number)).mkdir()
        at = build_book(ground, folder / str(number), chosen)
        shown = {word for text in chosen for word in shown_in(text)}
        for form, text in words_of(at).items():
            assert shown <= set(NUMBERED.findall(text)), form
        assert judged_by(at, judges) == []


def test_what_is_refused_has_a_line_and_what_is_accepted_is_printed_in_every_form(
    build: Callable[..., Path], tmp_path: Path
) -> None:
    folder = with_pictures(Path(shutil.copytree(TEMPLATE, tmp_path / "dossier")))
    ground = Places(folder, build("pdf", folder))
    texts = accepted(ground, 0)

    assert len(texts) > CHAPTERS / 10
    print_all(ground, tmp_path, texts, FEW)


@pytest.mark.fuzz
@pytest.mark.parametrize("number", SEEDS)
def test_chapters_and_data_that_are_both_invented_are_printed_and_please_every_judge(
    number: int, build: Callable[..., Path], tmp_path: Path
) -> None:
    folder = with_pictures(inventions.lay_out(tmp_path / "dossier", number))
    ground = Places(folder, build("pdf", folder))

    print_all(ground, tmp_path, accepted(ground, number), MANY)


@settings(max_examples=CHAPTERS // 3, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.sampled_from(REAL), st.randoms(use_true_random=False))
def test_a_real_chapter_with_slips_is_read_and_every_slip_has_a_line(
    text: str, chance: random.Random
) -> None:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 12)):
        number = chance.randrange(len(lines))
        line = lines[number]
        at = chance.randint(0, len(line))
        with_more = f"{line[:at]}{chance.choice(PIECES)}{line[at:]}"
        lines[number] = chance.choice([with_more, line[:at], f"   {line}", line.strip(), "", line * 2])
    slipped = "\n".join(lines)

    for problem in said_of(LIGHTHOUSE, slipped):
        assert 1 <= problem.location.line <= slipped.count("\n") + 1, f"{problem}\n\n{slipped}"
        assert not INTERNAL.search(problem.message), f"{problem}\n\n{slipped}"
