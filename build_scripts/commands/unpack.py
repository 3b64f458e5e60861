"""Take the dossier out of its archival PDF, to read it or to build it again."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pikepdf

from build_scripts.deposit import unpacking
from build_scripts.deposit.collection import MANIFEST
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound, WrongUsage
from build_scripts.pdf.attachments import Attachment, attachments


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the file and the folder."""
    parser.add_argument("file", type=Path, help="an archive/dossier-a3a.pdf")
    parser.add_argument("folder", type=Path, help="a folder that is not there yet, or empty")


def main(options: argparse.Namespace) -> None:
    """Unpack and say how to build what came out."""
    attached = run(options.file, options.folder)
    manifest = json.loads(next(one.data for one in attached if one.path == MANIFEST))
    press = f"PAPER={manifest['paper']} EDITION={manifest['edition']}"
    print(f"{len(attached)} files in {options.folder}; build them by: make DOSSIER={options.folder} {press}")


def run(file: Path, folder: Path) -> list[Attachment]:
    """Write the files attached to a PDF below a folder that is new or empty and return them.

    Raises WrongUsage, and ProblemsFound for a file that is no PDF or does not agree with its manifest.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUsage(f"'{folder}' is there and not empty; name a new folder")
    try:
        with pikepdf.open(file) as pdf:
            attached = list(attachments(pdf))
    except (OSError, pikepdf.PdfError, AttributeError, KeyError) as problem:
        raise ProblemsFound(
            [Diagnostic(Location(str(file)), f"is no PDF with files in it: {problem}")]
        ) from None
    unpacking.write(unpacking.check(attached), folder)
    return attached
