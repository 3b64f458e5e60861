"""Note faults for the table at the end of the tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def tried(tried: Callable[..., None]) -> Callable[[str, bool], None]:
    """Return a function that notes a fault and whether what followed was right."""

    def note(fault: str, survived: bool) -> None:
        tried(f"fault: {fault}", recovered=survived, lost=not survived)

    return note
