"""Lay out a small dossier of one's own, which builds at once and says what to replace."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import shlex
import shutil
import uuid
from pathlib import Path

from build_scripts import files
from build_scripts.commands import options
from build_scripts.diagnostics import WrongUsage

TEMPLATE = Path(__file__).parents[1] / "template"
MAKEFILE = Path(__file__).parents[2] / "Makefile"
# What make takes in a name as it stands.
PLAIN = re.compile(r"(?!-)[\w./~+@,=-]+")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the folder."""
    parser.add_argument("folder", type=options.folder, help="a folder that is not there yet, or empty")


def main(arguments: argparse.Namespace) -> None:
    """Lay out the dossier and say how to build it."""
    run(arguments.folder)
    print(f"{arguments.folder} is ready; build it by: {build_command(arguments.folder)}")


def build_command(folder: Path) -> str:
    """Return the line that builds a dossier; make takes a folder with an odd name only as its own."""
    if not MAKEFILE.is_file():
        # The builder is installed, and the dossier's own Makefile finds it.
        return f"make -C {shlex.quote(str(folder))}"
    if PLAIN.fullmatch(str(folder)):
        return f"make DOSSIER={folder}"
    return f"make -C {shlex.quote(str(folder))} -f {shlex.quote(str(MAKEFILE))}"


def run(folder: Path) -> None:
    """Copy the template to a new or empty folder, with a new identifier and today's date.

    Both are input of later builds, which know no clock. Raises WrongUsage, so that nothing is lost.
    """
    if folder.is_symlink() and not folder.exists():
        raise WrongUsage(f"'{folder}' is a link that leads nowhere; name a new folder")
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(f"'{folder}' is a file; name a new folder")
    if folder.exists() and any(folder.iterdir()):
        raise WrongUsage(f"'{folder}' is there and not empty; name a new folder")
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    edition = folder / "data/edition.yaml"
    text = edition.read_text("utf-8")
    text = re.sub(r"(?m)^identifier: .*$", f"identifier: {uuid.uuid4().urn}", text)
    text = re.sub(r"(?m)^modified: .*$", f"modified: '{dt.date.today().isoformat()}'", text)
    files.write(edition, text.encode())
