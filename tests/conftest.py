"""Give every test the project's folder and its golden files."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import Browser, sync_playwright

from build_scripts.judges.browsers import BROWSER
from tests import survival

REPO = Path(__file__).parents[1]
GOLDEN = REPO / "tests" / "golden"

# The same examples on every run and every machine, and nothing kept between runs.
settings.register_profile("dossier", derandomize=True, database=None, deadline=None)
settings.load_profile("dossier")
set_hypothesis_home_dir(REPO / "build" / ".hypothesis")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one option by which golden files change; its diff is to be read."""
    parser.addoption("--update-golden", action="store_true", help="write golden files instead of comparing")


@pytest.fixture(scope="session")
def repo() -> Path:
    """Return the project's folder."""
    return REPO


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str | Path, str], None]:
    """Return a function that compares text with the file of that name in tests/golden, or of that path."""

    def compare(name: str | Path, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.is_file(), f"no golden file {name}; run pytest --update-golden and read what it wrote"
        assert text == path.read_text("utf-8")

    return compare


@pytest.fixture
def tried(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Return a function that notes what a test tried and how it went, for the table at the end."""

    def note(family: str, **figures: float) -> None:
        record_property("tried", [family, figures])

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was tried and survived as one table (pytest hook)."""
    reports = [one for name in ("passed", "failed") for one in terminalreporter.getreports(name)]
    rows = sorted(
        survival.rows(value for one in reports for name, value in one.user_properties if name == "tried")
    )
    for line in survival.table(rows) if rows else ():
        terminalreporter.write_line(line)


LIGHTHOUSE = REPO / "tests" / "dossiers" / "lighthouse"
Build = Callable[..., Path]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that other processes of the tests hold too."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a function that builds a form of the book of a dossier, each once, and gives the build's folder.

    The form is html, epub, pdf or `part NAME`. Another `copy` is built of a copy of the dossier that lies
    elsewhere, in another time zone and home, with other hashes. What one worker of pytest-xdist has built,
    the others use; who writes into a build takes a copy.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def once(name: str, work: Callable[[], object]) -> None:
        with locked(shared / f"{name}.lock"):
            if not (shared / f"{name}.done").exists():
                work()
                (shared / f"{name}.done").touch()

    def run(step: Sequence[str], dossier: Path, folder: Path, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "build_scripts", *step]
        where = ["--dossier", str(dossier), "--build", str(folder)]
        known = {**os.environ, "PYTHONPATH": str(REPO), **environment}
        result = subprocess.run(
            [*command, *where], cwd=folder, env=known, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr

    def built(form: str, dossier: Path = LIGHTHOUSE, copy: str = "1") -> Path:
        key = f"build-{hashlib.sha256(str(dossier).encode()).hexdigest()[:12]}-{copy}"
        folder, environment = shared / key, {"PYTHONHASHSEED": copy}
        folder.mkdir(exist_ok=True)
        if copy != "1":
            moved = shared / f"moved-{key}" / dossier.name
            once(f"{key}-moved", lambda: shutil.copytree(dossier, moved))
            dossier = moved
            environment |= {"TZ": "Asia/Tokyo", "LC_ALL": "C", "HOME": str(moved.parent)}
        steps = [["citations"], form.split()]
        if not form.startswith("part "):
            steps[1:] = [["fonts"], *([["book", "pdf"]] if form == "epub" else []), ["book", form]]
        for step in steps:
            once("-".join([key, *step]), partial(run, step, dossier, folder, environment))
        return folder

    return built


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser; without one the tests that look are skipped."""
    if BROWSER is None:
        pytest.skip("no browser; apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Collect garbage again: a step of a build, called in this process, turns that off for good."""
    yield
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count what looks at pages in a browser among the long tests."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.whole)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a missing program as a failure where CI=true: there it is the install step that is wrong."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and "beside the project" not in str(report.longrepr):
        report.outcome = "failed"
    return report
