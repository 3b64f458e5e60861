"""Write files so that a reader never meets half of one, and two builds at once do not meet at all."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_scripts.diagnostics import WrongUsage


def need(path: Path, step: str) -> Path:
    """Return the path of a file that an earlier step makes.

    Raises WrongUsage, which names the step, if it is not there.
    """
    if not path.is_file():
        raise WrongUsage(f"'{path}' is not there; run the step '{step}' first, or all of them by make")
    return path


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process works in a folder, and let others wait until the work in it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give a new folder beside `folder` and put it in its place when the work in it is done."""
    with alone(folder.parent):
        _sweep(folder)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        handle = os.open(made, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield made
        made.chmod(0o755)
        with alone(folder.parent):
            _swap(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(handle)


def _swap(made: Path, folder: Path) -> None:
    """Put a folder in the place of another, which stays there if that fails."""
    old = made.with_name(f"{made.name}.old")
    try:
        if folder.exists():
            folder.replace(old)
        made.replace(folder)
    finally:
        if old.exists() and not folder.exists():
            old.replace(folder)
        shutil.rmtree(old, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what killed builds have left beside a folder; nobody holds it any more."""
    for left in folder.parent.glob(f".{folder.name}.*"):
        if not left.is_dir():
            continue
        handle = os.open(left, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)
