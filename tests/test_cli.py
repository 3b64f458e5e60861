"""What the command line says to wrong usage, and what it leaves behind when a step fails."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import shutil
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from rich.console import Console

from build_scripts import files, model
from build_scripts.__main__ import STEPS, main
from build_scripts.commands import new, progress, serve
from build_scripts.diagnostics import WrongUsage
from build_scripts.places import Places

REPO = Path(__file__).parents[1]
TEMPLATE = REPO / "build_scripts/template"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Give a small dossier of one's own that a test may break."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "my dossier ü"))


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Return the exit code of a step and what it says on standard error."""
    code = main([str(one) for one in arguments])
    return code, capsys.readouterr().err


def test_a_step_that_does_not_exist_is_met_with_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "valdate")

    assert code == 2
    assert text.startswith("no step 'valdate'; did you mean 'validate'?\n")


@pytest.mark.parametrize("step", STEPS)
def test_every_step_explains_itself(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([step, "-h"])

    assert end.value.code == 0
    assert STEPS[step] in " ".join(capsys.readouterr().out.split())


def test_a_folder_with_spaces_umlauts_and_a_slash_at_its_end_is_a_dossier(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "validate", "--dossier", f"{dossier}/") == (0, "")


def test_a_tilde_stands_for_home(
    dossier: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(dossier.parent))

    assert said(capsys, "validate", "--dossier", f"~/{dossier.name}") == (0, "")


def test_a_dossier_may_be_a_link(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = dossier.parent / "link"
    link.symlink_to(dossier)

    assert said(capsys, "validate", "--dossier", link) == (0, "")


def test_a_dossier_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "validate", "--dossier", tmp_path / "nowhere")

    assert code == 2
    assert text.startswith(f"there is no folder '{tmp_path / 'nowhere'}'")


@pytest.mark.parametrize("build", ["book/build", "data", "."])
def test_a_build_folder_among_the_authors_files_is_refused(
    build: str, dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(dossier.rglob("*"))
    code, text = said(capsys, "citations", "--dossier", dossier, "--build", dossier / build)

    assert code == 2
    assert "holds the dossier's own files" in text
    assert sorted(dossier.rglob("*")) == before


def test_a_build_folder_that_is_a_file_is_refused(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "citations", "--dossier", dossier, "--build", dossier / "data/edition.yaml")

    assert code == 2
    assert "is a file" in text


@pytest.mark.parametrize("step", [("book", "pdf"), ("part", "chronology"), ("archive",)])
def test_a_step_out_of_order_names_the_one_that_comes_first(
    step: tuple[str, ...], dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, *step, "--dossier", dossier)

    assert code == 2
    assert "is not there; run the step '" in text


def test_what_the_machine_refuses_is_said_in_a_line(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (dossier / "file").write_text("")
    code, text = said(capsys, "citations", "--dossier", dossier, "--build", dossier / "file/below")

    assert code == 2
    assert text == f"{dossier / 'file/below'}: Not a directory\n"


def test_a_dossier_is_laid_out_below_folders_that_are_not_there_yet(tmp_path: Path) -> None:
    new.run(tmp_path / "not/yet/there")

    assert (tmp_path / "not/yet/there/data/edition.yaml").is_file()


def test_a_dossier_is_not_laid_out_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(WrongUsage, match="is a file; name a new folder"):
        new.run(tmp_path / "file")

    assert (tmp_path / "file").read_text() == "mine"


def test_a_dossier_is_not_laid_out_where_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(WrongUsage, match="is a link that leads nowhere"):
        new.run(tmp_path / "link")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "an empty name; '.' is the folder in which you are"),
        ("~nobody-of-this-name/x", "there is no home"),
    ],
)
def test_a_name_of_no_folder_is_wrong_usage(
    name: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["new", name])

    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_a_folder_whose_name_begins_with_a_hyphen_is_built_by_the_line_that_is_printed() -> None:
    assert new.build_command(Path("-x")).startswith("make -C -x -f ")


def test_the_command_that_builds_a_new_dossier_can_be_pasted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "two words")]) == 0
    line = capsys.readouterr().out.partition("build it by: ")[2]
    answer = subprocess.run(
        ["bash", "-c", f"{line.strip()} --dry-run validate"], capture_output=True, text=True, check=False
    )

    assert answer.returncode == 0, answer.stderr
    assert "build_scripts validate" in answer.stdout


def test_a_port_that_is_taken_is_said(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve.Server(("127.0.0.1", 0), serve.Handler) as taken:
        code, text = said(capsys, "serve", "--dossier", dossier, "--port", taken.server_port)

    assert code == 2
    assert f"cannot listen on port {taken.server_port}: " in text


def test_what_is_wrong_is_shown_in_the_open_pages_of_the_preview(
    dossier: Path, browser: Browser, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = serve.Version()
    site = dossier.parent / "site"
    site.mkdir()
    (site / "index.html").write_text("<!DOCTYPE html><title>A</title><p>A page.")
    monkeypatch.setattr(serve, "_build", lambda at, version: None)
    edition = dossier / "data/edition.yaml"
    good = edition.read_text("utf-8")
    handler = partial(serve.Handler, version=version, directory=str(site))
    with serve.Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        edition.write_text(good.replace("title: ", "titel: <b>", 1), "utf-8")
        serve.renew(Places(dossier, dossier / "build"), version)
        page.wait_for_selector("[role=alert]", timeout=5000)
        shown = page.inner_text("[role=alert]")
        edition.write_text(good, "utf-8")
        serve.renew(Places(dossier, dossier / "build"), version)
        page.wait_for_selector("[role=alert]", state="detached", timeout=5000)
        page.close()
        server.shutdown()

    assert "unknown key 'titel'; did you mean 'title'?" in shown
    assert "unknown key 'titel'" in capsys.readouterr().err


def test_warnings_are_printed_once_while_writing(
    dossier: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_build", lambda at, version: None)
    glossary = dossier / "data/glossary.yaml"
    glossary.write_text(glossary.read_text("utf-8").replace("what it means.", "what it  means."), "utf-8")
    version = serve.Version()
    serve.renew(Places(dossier, dossier / "build"), version)

    assert capsys.readouterr().err.count("has a double space") == 1
    assert version.problems == ""


def test_a_new_dossier_has_an_identifier_and_a_date_of_its_own(tmp_path: Path) -> None:
    new.run(tmp_path / "first")
    new.run(tmp_path / "second")
    first, second = (model.load(tmp_path / name).edition for name in ("first", "second"))

    assert uuid.UUID(first.identifier).version == 4
    assert first.identifier != second.identifier
    assert first.identifier != model.load(TEMPLATE).edition.identifier
    assert abs(dt.date.fromisoformat(first.modified) - dt.date.today()) <= dt.timedelta(days=1)


def test_the_first_page_of_a_new_dossier_has_the_title_of_its_edition(
    build: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    new.run(folder)
    edition = folder / "data/edition.yaml"
    text = edition.read_text("utf-8")
    edition.write_text(
        text.replace("title: Title of the Dossier", "title: The Ninth <Wave> *of*", 1), "utf-8"
    )
    page = BeautifulSoup((build("html", folder) / "html/index.html").read_bytes(), "html.parser")

    assert page.h1 is not None
    assert page.h1.get_text().startswith("The Ninth <Wave> *of*")


def test_handouts_that_nobody_asked_for_are_missed_aloud(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = dossier / "data/edition.yaml"
    edition.write_text(edition.read_text("utf-8").replace("handouts: [", "# handouts: ["), "utf-8")
    assert not main(["citations", "--dossier", str(dossier)])

    assert not main(["handouts", "a4", "--dossier", str(dossier)])
    assert "no handouts for a4: data/edition.yaml names none under 'handouts'" in capsys.readouterr().out


def test_a_reader_of_the_output_who_leaves_is_no_error(dossier: Path) -> None:
    command = [sys.executable, "-m", "build_scripts", "validate", "--dossier", str(dossier)]
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()

        assert running.stderr.read() == b""


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/page").write_text("old")

    def fill() -> None:
        with files.replacing(tmp_path / "site") as made:
            (made / "page").write_text("new")
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        fill()

    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site/page").read_text() == "old"


def test_what_a_killed_build_left_is_swept_away_and_what_another_works_on_is_not(tmp_path: Path) -> None:
    (tmp_path / ".site.killed").mkdir()
    with files.replacing(tmp_path / "site") as first, files.replacing(tmp_path / "site") as second:
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([first.name, second.name])
        (second / "page").write_text("second")

    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_two_builds_in_one_folder_work_one_after_the_other(tmp_path: Path) -> None:
    order: list[str] = []

    def other() -> None:
        with files.alone(tmp_path):
            order.append("other")

    thread = threading.Thread(target=other)
    with files.alone(tmp_path):
        thread.start()
        thread.join(0.05)
        order.append("first")
    thread.join()

    assert order == ["first", "other"]


@pytest.mark.parametrize(
    ("terminal", "makeflags", "shows"),
    [(True, "", True), (False, "", False), (True, "--jobserver-fds", False)],
)
def test_progress_is_shown_on_a_terminal_only(
    terminal: bool, makeflags: str, shows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEFLAGS", makeflags)
    monkeypatch.setenv("TERM", "xterm")
    console = Console(file=io.StringIO(), force_terminal=terminal, width=60)
    with progress.shown("book pdf", console):
        pass

    assert ("book pdf" in console.file.getvalue()) == shows  # type: ignore[attr-defined]


def test_a_terminated_step_takes_its_half_made_files_with_it(dossier: Path) -> None:
    program = (
        "import signal, sys, time; from pathlib import Path\n"
        "from build_scripts import __main__, files\n"
        "signal.signal(signal.SIGTERM, __main__._stop)\n"
        f"with files.replacing(Path({str(dossier / 'build/html')!r})):\n"
        "    print('begun', flush=True); time.sleep(30)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.terminate()

    assert os.listdir(dossier / "build") == []  # noqa: PTH208
