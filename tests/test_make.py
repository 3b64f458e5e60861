"""What a newcomer gets from `make`, shown on the second dossier, which is about something else entirely."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests/dossiers/lighthouse"
IDEOGRAPHS = "\u2e80"
PRODUCTS = (
    "html/index.html",
    "epub/dossier.epub",
    "pdf/dossier.pdf",
    "pdf/chronology.pdf",
    "pdf/biographies.pdf",
    "pdf/floor_plan.pdf",
)


pytestmark = pytest.mark.whole


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make as a reader of the README does, with nothing of this test's make in the environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "-C", str(REPO), *arguments],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def digests(folder: Path) -> dict[str, str]:
    """Return a digest of every product; the site counts with all its files."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    kept = [path for path in paths if path.relative_to(folder).parts[0] in ("html", "epub", "pdf")]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the second dossier that a test may change, built once."""
    folder = tmp_path_factory.mktemp("made") / "lighthouse"
    shutil.copytree(LIGHTHOUSE, folder)
    result = make("-j2", f"DOSSIER={folder}", "all")
    assert result.returncode == 0, result.stderr
    return folder


def test_make_builds_every_product_into_the_dossiers_own_build_folder(dossier: Path) -> None:
    assert [name for name in PRODUCTS if not (dossier / "build" / name).is_file()] == []


def test_everything_made_lies_in_a_folder_that_git_ignores(dossier: Path) -> None:
    assert (dossier / "build/.gitignore").read_text() == "*\n"
    assert sorted(path.name for path in dossier.iterdir()) == ["book", "build", "data"]


def test_nothing_changed_means_nothing_runs(dossier: Path) -> None:
    assert make("-q", f"DOSSIER={dossier}", "all").returncode == 0


def test_the_epub_alone_is_made_with_the_pages_of_the_printed_book(tmp_path: Path) -> None:
    result = make(f"DOSSIER={LIGHTHOUSE}", f"BUILD={tmp_path / 'out'}", "-j2", "epub")

    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out/epub/dossier.epub").is_file()
    assert (tmp_path / "out/pages.json").is_file()
    assert make("-q", f"DOSSIER={LIGHTHOUSE}", f"BUILD={tmp_path / 'out'}", "epub").returncode == 0


def test_a_change_in_a_chapter_rebuilds_the_book_and_leaves_the_parts_alone(dossier: Path) -> None:
    build = dossier / "build/pdf"
    before = {path.name: path.stat().st_mtime_ns for path in build.iterdir()}
    chapter = min((dossier / "book/chapters").glob("*.rst"))
    chapter.write_text(f"{chapter.read_text()}\n.. A note of the author to herself.\n")

    assert make(f"DOSSIER={dossier}", "all").returncode == 0
    after = {path.name: path.stat().st_mtime_ns for path in build.iterdir()}
    assert [name for name in sorted(after) if after[name] != before[name]] == ["dossier.pdf"]


def put_back(folder: Path, old: Path) -> None:
    """Put the sources of a dossier in the place of another's, with their own older dates."""
    for name in ("data", "book"):
        shutil.rmtree(folder / name)
        shutil.copytree(old / name, folder / name)


def products(folder: Path) -> dict[str, str]:
    """Return a digest of every file that was built but for what only speeds the next build up."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    kept = [path for path in paths if path.relative_to(folder).parts[0] != "doctrees"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def test_a_new_date_of_a_file_alone_runs_nothing(dossier: Path) -> None:
    for path in [*dossier.glob("data/*"), *dossier.glob("book/**/*.rst")]:
        path.touch()

    assert make("-q", f"DOSSIER={dossier}", "all").returncode == 0


def test_after_any_change_of_the_folder_make_gives_what_a_clean_build_gives(tmp_path: Path) -> None:
    """Contents decide, not dates: every change here bears a date long before the first build."""
    first, folder = tmp_path / "first", tmp_path / "mine"
    shutil.copytree(REPO / "build_scripts/template", first)
    shutil.copytree(first, folder)
    assert make(f"DOSSIER={folder}", "all").returncode == 0
    before = products(folder / "build")

    changed = tmp_path / "changed"
    shutil.copytree(first, changed)
    chapter = changed / "book/chapters/01-first-chapter.rst"
    text = chapter.read_text().replace("year", "age").replace("the", "this", 3)
    chapter.unlink()
    (changed / "book/chapters/02-another.rst").write_text(text)
    index = changed / "book/index.rst"
    index.write_text(index.read_text().replace("01-first-chapter", "02-another"))
    edition = changed / "data/edition.yaml"
    edition.write_text(edition.read_text().replace("title: ", "title: Another ", 1))
    (changed / "book/02-another.rst~").write_text("left by an editor")
    for path in changed.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    put_back(folder, changed)
    assert make(f"DOSSIER={folder}", "all").returncode == 0
    clean = make(f"DOSSIER={changed}", f"BUILD={tmp_path / 'clean'}", "all")
    assert clean.returncode == 0, clean.stderr
    assert products(folder / "build") == products(tmp_path / "clean")

    put_back(folder, first)
    assert make(f"DOSSIER={folder}", "all").returncode == 0
    assert products(folder / "build") == before


def test_what_was_made_of_a_plan_goes_with_the_plan(dossier: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(REPO / "build_scripts/template", folder)
    for name in ("plan/plan.dxf", "pdf/floor_plan.pdf", "pdf/plan-poster.pdf", ".gitignore"):
        path = folder / "build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("*" if name == ".gitignore" else "left")

    assert make(f"DOSSIER={folder}", "plan").returncode == 0
    assert sorted(path.name for path in (folder / "build").rglob("*") if path.is_file()) == [".gitignore"]


def test_a_source_that_changes_while_make_runs_ends_it(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(REPO / "build_scripts/template", folder)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    with subprocess.Popen(
        ["make", "-C", str(REPO), "-j1", f"DOSSIER={folder}", "html"],
        env=clean, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        while running.poll() is None and not (folder / "build/doctrees/html").exists():
            time.sleep(0.02)
        glossary = folder / "data/glossary.yaml"
        glossary.write_text(f"{glossary.read_text()}\n# later\n")
        said = running.communicate()[1]

    assert running.returncode == 2
    assert "data/glossary.yaml: changed while it was read, so nothing more was built; run make again" in said
    assert make("-q", f"DOSSIER={folder}", "html").returncode == 1
    assert make(f"DOSSIER={folder}", "html").returncode == 0


def test_make_ends_by_saying_where_everything_lies(dossier: Path) -> None:
    said = make(f"DOSSIER={dossier}", "all").stdout

    assert f"Built in {dossier}/build: html/index.html (the site)" in said


def test_another_paper_or_edition_is_printed_anew_and_no_other_time(dossier: Path, tmp_path: Path) -> None:
    product, names = tmp_path / "out/pdf/chronology.pdf", ("PAPER=letter", "EDITION=large-print")
    where = (f"DOSSIER={dossier}", f"BUILD={tmp_path / 'out'}", str(product))

    assert make(*where, *names).returncode == 0
    with pikepdf.open(product) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [612, 792]
    with pdfplumber.open(product) as pages:
        chars = [char for page in pages.pages for char in page.chars]
    # Ideographs fill their square: beside letters they are set a little smaller to look alike.
    assert min(round(char["size"], 2) for char in chars if char["text"] < IDEOGRAPHS) >= 18
    assert make("-q", *where, *names).returncode == 0
    assert make("-q", *where).returncode == 1


def test_a_paper_or_an_edition_that_is_not_there_is_named() -> None:
    assert "PAPER is a4 or letter, not 'a5'" in make("PAPER=a5", "pdf").stderr
    assert "EDITION is standard or large-print, not 'tiny'" in make("EDITION=tiny", "pdf").stderr


def test_two_builds_in_two_folders_by_other_people_give_equal_bytes(dossier: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "copy"
    shutil.copytree(dossier, copy, ignore=shutil.ignore_patterns("build"))
    home = tmp_path / "home"
    home.mkdir()
    result = make(
        f"DOSSIER={copy}", f"BUILD={tmp_path / 'out'}", "all",
        HOME=str(home), TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7",
    )  # fmt: skip

    assert result.returncode == 0, result.stderr
    assert digests(tmp_path / "out") == digests(dossier / "build")


def test_data_that_do_not_hold_stop_everything_and_change_nothing(dossier: Path, tmp_path: Path) -> None:
    copy = tmp_path / "broken"
    shutil.copytree(dossier, copy)
    chronology = copy / "data/chronology.yaml"
    text = chronology.read_text()
    line = next(number for number, one in enumerate(text.splitlines(), start=1) if one.startswith("  date:"))
    lines = text.splitlines(keepends=True)
    lines[line - 1] = "  date: '1997-13'\n"
    chronology.write_text("".join(lines))
    before = digests(copy / "build")
    result = make(f"DOSSIER={copy}", "all")

    assert result.returncode != 0
    assert f"data/chronology.yaml:{line}: event " in result.stderr
    assert "date '1997-13'" in result.stderr
    assert "1 problem; nothing was built" in result.stderr
    assert "Traceback" not in result.stderr
    assert digests(copy / "build") == before


def test_an_interrupted_build_is_repaired_by_the_next(dossier: Path, tmp_path: Path) -> None:
    copy = tmp_path / "interrupted"
    shutil.copytree(LIGHTHOUSE, copy)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "-C", str(REPO), "-j2", f"DOSSIER={copy}", "pdf"]
    running = subprocess.Popen(
        command, env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while running.poll() is None and not (copy / "build/doctrees/pdf").exists():
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()

    assert make("-j2", f"DOSSIER={copy}", "pdf").returncode == 0
    repaired = digests(copy / "build")
    assert "pdf/dossier.pdf" in repaired
    assert repaired.items() <= digests(dossier / "build").items()


def test_a_folder_without_data_is_named_in_the_message(tmp_path: Path) -> None:
    result = make(f"DOSSIER={tmp_path}", "all")

    assert result.returncode == 2
    assert f"no data in '{tmp_path}/data': DOSSIER names a folder with data/ and book/" in result.stderr


def test_a_new_dossier_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    python = REPO / ".venv/bin/python"
    laid_out = subprocess.run(
        [python, "-m", "build_scripts", "new", folder], cwd=REPO, capture_output=True, text=True, check=True
    )

    assert f"make DOSSIER={folder}" in laid_out.stdout
    result = make("-j2", f"DOSSIER={folder}", "all")
    assert result.returncode == 0, result.stderr


def test_a_new_dossier_never_replaces_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    python = REPO / ".venv/bin/python"
    result = subprocess.run(
        [python, "-m", "build_scripts", "new", tmp_path],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    assert "is there and not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["DOSSIER={folder}/nowhere"], "there is no folder '{folder}/nowhere'"),
        (["DOSSIER={folder}/two words"], "make -C '{folder}/two words' -f {repo}/Makefile"),
        (["DOSSIER={folder}/a;b"], "has a sign that make reads otherwise: ;"),
        (["DOSSIER={folder}/a$(shell touch {folder}/f)b"], "DOSSIER has a dollar sign"),
        (["BUILD={folder}/a${{shell touch {folder}/f}}b"], "BUILD has a dollar sign"),
        (["PORT=1$(shell touch {folder}/f)", "help"], "PORT has a dollar sign"),
        (["PORT=1;touch f", "help"], "PORT is a number"),
        (["DOSSIER={folder}/a'b"], "has a sign that make reads otherwise: '"),
        (["DOSSIER={folder}/a`touch {folder}/f`b"], "a space in"),
        (["DOSSIER="], "DOSSIER is empty"),
        (["DOSSIER=.", "BUILD="], "BUILD is empty"),
        (["DOSSIER={folder}/mine", "BUILD={folder}/mine/book/build"], "holds the dossier's own files"),
        (["DOSSIER={folder}/mine", "BUILD={folder}/mine"], "holds the dossier's own files"),
        (["DOSSIER={folder}/mine", "BUILD={folder}/other"], "has files that no build made"),
        (["DOSSIER={folder}/mine", "BUILD={folder}/other", "clean"], "has files that no build made"),
    ],
)
def test_a_folder_that_will_not_do_is_said_and_nothing_happens(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    shutil.copytree(REPO / "build_scripts/template", tmp_path / "mine")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/letter.txt").write_text("precious")
    before = sorted(tmp_path.rglob("*"))
    result = make(*(one.format(folder=tmp_path) for one in arguments))

    assert result.returncode == 2
    assert message.format(folder=tmp_path, repo=REPO) in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_with_spaces_is_built_from_inside(tmp_path: Path) -> None:
    folder = tmp_path / "zwei Wörter"
    shutil.copytree(REPO / "build_scripts/template", folder)
    result = make("-C", str(folder), "-f", str(REPO / "Makefile"), "build/pdf/chronology.pdf", "BUILD=build")

    assert result.returncode == 0, result.stderr
    assert (folder / "build/pdf/chronology.pdf").is_file()


def test_a_slash_at_the_end_a_tilde_and_a_foreign_environment_change_nothing(dossier: Path) -> None:
    home = dossier.parent
    strange = {"HOME": str(home), "PYTHONPATH": "/nowhere", "LC_ALL": "C", "LANG": ""}

    assert make("-q", f"DOSSIER={dossier}/", "all").returncode == 0
    assert (
        make("-q", f"DOSSIER=~/{dossier.name}", f"BUILD={dossier}/build/", "pdf", **strange).returncode == 0
    )
    assert make("validate", f"DOSSIER=~/{dossier.name}", **strange).returncode == 0


def test_an_older_python_is_refused_by_name(tmp_path: Path) -> None:
    shutil.copy(REPO / "Makefile", tmp_path)
    shutil.copytree(REPO / "build_scripts/template", tmp_path / "mine")
    (tmp_path / "build_scripts").mkdir()
    shutil.copy(REPO / "build_scripts/dossier.mk", tmp_path / "build_scripts")
    result = make("-C", str(tmp_path), "DOSSIER=mine", "PYTHON=false", "validate")

    assert result.returncode == 2
    assert "Python 3.11 or newer is required, and 'false' is not that" in result.stderr
    assert "say where it is: make PYTHON=path" in result.stderr


def test_clean_deletes_what_was_built_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert make("new", f"DOSSIER={folder}").returncode == 0
    before = sorted(folder.rglob("*"))
    assert make("schema", f"DOSSIER={folder}").returncode == 0
    assert (folder / "build/schema/chronology.json").is_file()

    assert make("clean", f"DOSSIER={folder}").returncode == 0
    assert sorted(folder.rglob("*")) == before


def test_help_is_given_from_anywhere(tmp_path: Path) -> None:
    assert "make serve" in make("-C", str(tmp_path), "-f", str(REPO / "Makefile"), "help").stdout


def test_help_lists_every_public_target() -> None:
    listed = make("help").stdout
    makefile = (REPO / "Makefile").read_text() + (REPO / "build_scripts/dossier.mk").read_text()
    public = {
        name
        for line in makefile.splitlines()
        if line.startswith(".PHONY:")
        for name in line.partition(":")[2].split()
        if not name.startswith(".")
    }

    assert [name for name in sorted(public) if f"make {name} " not in listed] == []
