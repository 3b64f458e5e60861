"""Lay out a small dossier of one's own, which builds at once and says what to replace."""

from __future__ import annotations

import shutil
from pathlib import Path

TEMPLATE = Path(__file__).parents[1] / "template"


class FolderInUse(Exception):
    """Say that a folder has something in it, which nobody wants to lose."""


def run(folder: Path) -> None:
    """Copy the template to a folder that does not exist or is empty.

    Raises FolderInUse.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse(f"'{folder}' is there and not empty; name a new folder")
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
