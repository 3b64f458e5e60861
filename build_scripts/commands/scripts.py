"""Select the packages of typefaces that a dossier needs and that are not there, as their lock has them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from build_scripts import files
from build_scripts.commands.options import add_places, places
from build_scripts.pdf.coverage import needed
from build_scripts.places import Places

LOCK = Path(__file__).parents[1] / "locks" / "scripts.txt"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    packages = needed(characters(places(options)))
    for entry in locked(LOCK.read_text("utf-8")):
        if entry.partition("==")[0] in packages:
            print(entry)


def characters(at: Places) -> str:
    """Return every character of a dossier's data and chapters once, in order."""
    found = [*files.walk(at.dossier / "data"), *files.walk(at.book)]
    texts = [files.read_inside(at.dossier, path) for path in found if path.suffix in (".yaml", ".rst")]
    whole = "".join(text.decode("utf-8-sig", errors="ignore") for text in texts)
    escaped = (chr(int(digits, 16)) for digits in re.findall(r"\\u([0-9a-fA-F]{4})", whole))
    return "".join(sorted({*whole, *escaped}))


def locked(lock: str) -> Iterator[str]:
    """Yield the entries of a lock file: a package with its version and hashes."""
    yield from re.findall(r"^[a-z0-9-]+==.*(?:\n .*)*", lock, re.M)
