"""What the command line says to wrong usage, and what it leaves behind when a step fails."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from rich.console import Console

from build_scripts import files
from build_scripts.__main__ import STEPS, main
from build_scripts.commands import new, progress, serve
from build_scripts.diagnostics import WrongUsage

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
    code, text = said(capsys, "citations", "--dossier", dossier, "--build", dossier / build)

    assert code == 2
    assert "holds the dossier's own files" in text
    assert sorted(path.name for path in dossier.iterdir()) == ["book", "data"]


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
    with pytest.raises(WrongUsage, match="is there and not empty"):
        new.run(tmp_path / "file")

    assert (tmp_path / "file").read_text() == "mine"


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
