"""Render the citations once, for every product to use."""

from __future__ import annotations

import argparse

from build_scripts import files, validation
from build_scripts.commands import progress
from build_scripts.commands.options import add_places, places
from build_scripts.nodes.citations import render
from build_scripts.places import Places
from build_scripts.words import Words


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    at = places(options)
    with progress.shown("citations"):
        run(at)


def run(at: Places) -> None:
    """Write the file of rendered citations."""
    dossier = validation.load(at.dossier)
    words = Words(dossier.edition.language)
    rendered = render(dossier.references, dossier.edition.citation_style, words)
    files.write(at.citations, rendered.dumps().encode())
