"""Make the archival edition of the book: PDF/A-3a with everything inside that it can be built from again."""

from __future__ import annotations

import argparse
from io import BytesIO

import pikepdf

from build_scripts import files, keys, validation
from build_scripts.commands import progress
from build_scripts.commands.options import add_places, places
from build_scripts.commands.press import printed
from build_scripts.deposit.collection import collection, table_path
from build_scripts.deposit.tables import tables
from build_scripts.pdf.archival import archive, save
from build_scripts.pdf.attachments import associate, attach
from build_scripts.places import Places
from build_scripts.printing import info


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    at = places(options)
    with progress.shown("archive"):
        run(at)


def run(at: Places) -> None:
    """Write `archive/dossier-a3a.pdf` from `pdf/dossier.pdf` and the dossier's files."""
    book = files.need(at.build / "pdf" / "dossier.pdf", "book pdf")
    keys.need(at, "book-pdf")
    dossier = validation.load(at.dossier)
    attached = collection(dossier, at.dossier, printed(at))
    with pikepdf.open(BytesIO(book.read_bytes())) as pdf:
        specifications = attach(pdf, attached, dossier.edition.modified)
        associate(pdf, {name: specifications[table_path(name)] for name in tables(dossier)})
        archive(pdf, info(dossier), part=3)
        files.write(at.build / "archive" / "dossier-a3a.pdf", save(pdf))
