"""Lay out a small dossier of one's own, which builds at once and says what to replace."""

from __future__ import annotations

import argparse
import shlex
import shutil
from pathlib import Path

from build_scripts.commands import options
from build_scripts.diagnostics import WrongUsage

TEMPLATE = Path(__file__).parents[1] / "template"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the folder."""
    parser.add_argument("folder", type=options.folder, help="a folder that is not there yet, or empty")


def main(arguments: argparse.Namespace) -> None:
    """Lay out the dossier and say how to build it."""
    run(arguments.folder)
    print(f"{arguments.folder} is ready; build it by: make DOSSIER={shlex.quote(str(arguments.folder))}")


def run(folder: Path) -> None:
    """Copy the template to a folder that does not exist or is empty.

    Raises WrongUsage, so that nothing is lost.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUsage(f"'{folder}' is there and not empty; name a new folder")
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
