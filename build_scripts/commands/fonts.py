"""Make the fonts of the site and the EPUB, cut to the characters that the dossier needs."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from build_scripts import files
from build_scripts.commands import progress
from build_scripts.commands.options import add_places, places
from build_scripts.pdf import fonts as pdf_fonts
from build_scripts.pdf import scripts, webfonts
from build_scripts.places import Places


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    at = places(options)
    with progress.shown("fonts"):
        run(at)


def run(at: Places) -> None:
    """Write the web fonts and their style sheet, unless those there are made for the same characters."""
    found = [*files.walk(at.dossier / "data"), *files.walk(at.book)]
    texts = [files.read_inside(at.dossier, path) for path in found if path.suffix in (".yaml", ".rst")]
    characters = "".join(sorted(set("".join(text.decode("utf-8-sig") for text in texts))))
    key = hashlib.sha256(characters.encode())
    for module in (pdf_fonts, scripts, webfonts):
        key.update(Path(str(module.__file__)).read_bytes())
    note = at.fonts / "made-for"
    if note.is_file() and note.read_text("utf-8") == key.hexdigest():
        return
    with files.replacing(at.fonts / "web") as folder:
        webfonts.write_fonts(folder, characters)
    files.write(note, key.hexdigest().encode())
