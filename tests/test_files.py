"""Reading inside one folder only, and writing whole files with the modes that the user's umask gives."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from build_scripts import files
from build_scripts.files import Unreadable, read_inside


def refused(folder: Path, name: str, limit: int = files.TEXT_LIMIT) -> str:
    with pytest.raises(Unreadable) as problem:
        read_inside(folder, folder / name, limit)
    return str(problem.value)


def test_a_file_inside_and_a_link_that_stays_inside_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"words")
    (tmp_path / "b").symlink_to("a")

    assert read_inside(tmp_path, tmp_path / "b") == b"words"
    assert read_inside(tmp_path, tmp_path / "a", 5) == b"words"


@pytest.mark.parametrize("target", ["../secret", "/etc/passwd", "/dev/zero", "/proc/self/environ"])
def test_a_link_that_leads_out_is_refused_and_not_a_letter_of_it_told(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret").write_text("hunter2")
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "x.yaml").symlink_to(target)

    assert refused(folder, "x.yaml") == "leads out of the dossier; only files inside its folder are read"


def test_a_file_in_a_linked_folder_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/x.rst").write_text("hunter2")
    (tmp_path / "dossier").mkdir()
    (tmp_path / "dossier/book").symlink_to("../out")

    assert "leads out" in refused(tmp_path / "dossier", "book/x.rst")


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket.yaml"))

        assert refused(tmp_path, "socket.yaml").startswith("is no file of text or pictures")
    assert refused(tmp_path, "pipe.yaml").startswith("is no file of text or pictures")
    assert refused(tmp_path, "folder.yaml") == "is a folder, not a file"
    assert "link that leads to itself" in refused(tmp_path, "loop.yaml")
    assert refused(tmp_path, "none.yaml") == "cannot be read: No such file or directory"


def test_a_file_over_the_limit_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(1 << 40)

    assert refused(tmp_path, "huge").startswith("is larger than 16 MB")


def test_what_editors_leave_behind_is_not_listed_and_no_linked_folder_is_entered(tmp_path: Path) -> None:
    left = ["a.rst~", "#a.rst#", ".a.rst.swp", "Thumbs.db", ".DS_Store", "a.rst.orig", "desktop.ini"]
    for name in ["a.rst", "z.png", *left]:
        (tmp_path / name).write_text("")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/conf.pyc").write_text("")
    (tmp_path / "below").mkdir()
    (tmp_path / "below/b.rst").write_text("")
    (tmp_path / "round").symlink_to(".")

    listed = [path.relative_to(tmp_path).as_posix() for path in files.walk(tmp_path)]
    assert listed == ["a.rst", "round", "z.png", "below/b.rst"]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_every_file_made_has_the_mode_that_the_umask_gives(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        files.write(tmp_path / "out/file", b"x")
        with files.replacing(tmp_path / "out/site") as made:
            (made / "page").write_bytes(b"x")
    finally:
        os.umask(before)

    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "out/file", tmp_path / "out/site/page")]
    assert modes == [mode, mode]
    assert (tmp_path / "out/site").stat().st_mode & 0o777 == mode | (mode & 0o444) >> 2


def test_half_a_file_of_a_killed_build_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".file.0badcafe").write_text("half")
    files.write(tmp_path / "file", b"whole")

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_is_named_by_what_did_not_fit(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left") as problem, files.naming(tmp_path / "site"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert problem.value.filename == str(tmp_path / "site")
