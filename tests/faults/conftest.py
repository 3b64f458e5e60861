"""Print what was tried and survived as one table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

TRIED: dict[str, list[bool]] = {}


@pytest.fixture
def tried() -> Callable[[str, bool], None]:
    """Return a function that notes a fault and whether what followed was right."""

    def note(fault: str, survived: bool) -> None:
        TRIED.setdefault(fault, []).append(survived)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table (pytest hook)."""
    if TRIED:
        terminalreporter.write_line(f"{'fault':44} tries survived")
        for fault, results in TRIED.items():
            terminalreporter.write_line(f"{fault:44} {len(results):5} {sum(results):8}")
