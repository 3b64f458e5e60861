"""Give every test the project's folder and its golden files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

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
