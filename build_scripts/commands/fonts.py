"""Make the fonts of the site and the EPUB, cut to the characters that the dossier needs."""

from __future__ import annotations

import argparse

from build_scripts.commands import files
from build_scripts.pdf.webfonts import write_fonts
from build_scripts.commands.options import add_places, places
from build_scripts.places import Places


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    run(places(options))


def run(at: Places) -> None:
    """Write the web fonts and their style sheet."""
    texts = sorted([*(at.dossier / "data").glob("*.yaml"), *at.book.rglob("*.rst")])
    characters = sorted({character for path in texts for character in path.read_text("utf-8")})
    with files.replacing(at.fonts / "web") as folder:
        write_fonts(folder, "".join(characters))
