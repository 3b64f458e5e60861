"""Say what the book is printed for: the paper, and how large its type is."""

from __future__ import annotations

import argparse

from build_scripts import files
from build_scripts.model import Dossier
from build_scripts.nodes.context import EDITIONS, Press
from build_scripts.pdf.page_map import PageMap
from build_scripts.pdf.style import PAPERS_MM
from build_scripts.places import Places


def add_press(parser: argparse.ArgumentParser) -> None:
    """Add `--paper` and `--edition`."""
    parser.add_argument(
        "--paper", choices=sorted(PAPERS_MM), help="the paper (the first that data/edition.yaml names)"
    )
    parser.add_argument(
        "--edition", choices=EDITIONS, default=EDITIONS[0], help=f"how large the type is ({EDITIONS[0]})"
    )


def press(options: argparse.Namespace, dossier: Dossier) -> Press:
    """Return what the options say to print for."""
    return Press(paper=options.paper or dossier.edition.papers[0], edition=options.edition)


def printed(at: Places) -> PageMap:
    """Return what the book was printed for when it was built last, and where its pages begin."""
    return PageMap.load(files.need(at.pages, "book pdf").read_bytes())
