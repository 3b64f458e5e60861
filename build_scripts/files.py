"""Read files inside one folder only; write them whole or not at all, apart from other builds there."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_scripts.diagnostics import WrongUsage

MEGABYTE = 1 << 20
TEXT_LIMIT = 16 * MEGABYTE
PICTURE_LIMIT = 128 * MEGABYTE

# What editors, desktops and version control leave beside the files of an author.
LEFT_BEHIND = frozenset(("thumbs.db", "desktop.ini", "__pycache__"))
LEFT_ENDS = ("~", ".bak", ".orig", ".rej", ".swp", ".swo", ".tmp")


class Unreadable(OSError):
    """State why a file of the author is not read, as the end of a sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


def read_inside(folder: Path, path: Path, limit: int = TEXT_LIMIT) -> bytes:
    """Read a regular file that lies inside a folder and has no more than `limit` bytes.

    Raises Unreadable. Links are followed as long as they stay inside.
    """
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise Unreadable("leads out of the dossier; only files inside its folder are read")
        real = path.resolve(strict=True)
        _check_kind(real.lstat().st_mode)
        # A pipe put here since then would not hold the reading up, nor a link lead it elsewhere.
        handle = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            _check_kind(os.fstat(handle).st_mode)
            data = file.read(limit + 1)
    except Unreadable:
        raise
    except RuntimeError:
        raise Unreadable("cannot be read: it is a link that leads to itself") from None
    except OSError as error:
        if isinstance(error, FileNotFoundError) and path.is_symlink():
            raise Unreadable("cannot be read: it is a link that leads nowhere") from None
        raise Unreadable(f"cannot be read: {error.strerror}") from None
    if len(data) > limit:
        raise Unreadable(f"is larger than {limit // MEGABYTE} MB, more than the builder reads of one file")
    return data


def _check_kind(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise Unreadable("is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise Unreadable("is no file of text or pictures but a pipe, a socket or a device")


def walk(folder: Path) -> Iterator[Path]:
    """List what lies below a folder by path, but for folders, hidden files and what editors leave behind.

    Links to folders are listed and not entered.
    """
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links and not is_left_behind(name))
        for name in sorted([*names, *links]):
            if not is_left_behind(name):
                yield Path(parent) / name


def is_left_behind(name: str) -> bool:
    """Check whether a name is that of a hidden file or of one that an editor leaves behind."""
    return (
        name.startswith(".")
        or name.lower() in LEFT_BEHIND
        or name.lower().endswith(LEFT_ENDS)
        or (name.startswith("#") and name.endswith("#"))
    )


def need(path: Path, step: str) -> Path:
    """Return the path of a file that an earlier step makes.

    Raises WrongUsage, which names the step, if it is not there.
    """
    if not path.is_file():
        raise WrongUsage(f"'{path}' is not there; run the step '{step}' first, or all of them by make")
    return path


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the mode that the user's umask gives to new files."""
    with alone(path.parent):
        _sweep(path)
        half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        file = half.open("xb")
        fcntl.flock(file, fcntl.LOCK_EX)
    try:
        with naming(path), file:
            file.write(data)
            file.flush()
            half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name the path in errors of the system that name none, such as that of a full disk."""
    try:
        yield
    except OSError as error:
        if error.filename is not None or error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


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
    """Build into a temporary sibling of a folder and put it in the folder's place when that is done."""
    with alone(folder.parent):
        _sweep(folder)
        made = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
        made.mkdir()
        handle = os.open(made, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with naming(folder):
            yield made
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


def _sweep(path: Path) -> None:
    """Remove what killed builds have left beside a file or folder; nobody holds it any more."""
    for left in path.parent.glob(f".{path.name}.*"):
        handle = os.open(left, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)
