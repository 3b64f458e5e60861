"""Take the dossier out of its archival PDF, to read it or to build it again."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from build_scripts.commands.new import FolderInUse
from build_scripts.deposit import unpacking
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.pdf.attachments import attachments


def run(file: Path, folder: Path) -> int:
    """Write the files attached to a PDF below a folder that is new or empty and return how many there are.

    Raises FolderInUse, and ProblemsFound for a file that is no PDF or whose attachments do not agree with its manifest.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse(f"'{folder}' is there and not empty; name a new folder")
    try:
        with pikepdf.open(file) as pdf:
            attached = list(attachments(pdf))
    except (OSError, pikepdf.PdfError, AttributeError, KeyError) as problem:
        raise ProblemsFound([Diagnostic(Location(str(file)), f"cannot be read as a PDF with files: {problem}")]) from None
    unpacking.write(unpacking.check(attached), folder)
    return len(attached)
