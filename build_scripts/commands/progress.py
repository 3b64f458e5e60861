"""Show on a terminal that a long step is at work and for how long; a pipe gets nothing of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@contextmanager
def shown(text: str, console: Console | None = None) -> Iterator[None]:
    """Show a line with `text` on standard error while the work goes on, and take it away at the end.

    Steps that make runs side by side would write over each other; make has said what they do.
    """
    console = console or Console(stderr=True)
    if not console.is_terminal or console.is_dumb_terminal or "jobserver" in os.environ.get("MAKEFLAGS", ""):
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        progress.add_task(text, total=None)
        yield
