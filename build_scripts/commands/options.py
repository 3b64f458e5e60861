"""Add the options that name the dossier and what is made of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from build_scripts.places import Places


def add_places(parser: argparse.ArgumentParser) -> None:
    """Add `--dossier` and `--build`."""
    parser.add_argument("--dossier", type=Path, default=Path(), help="the folder with data/ and book/ (this one)")
    parser.add_argument("--build", type=Path, help="the folder for what is made (build/ in the dossier)")


def places(options: argparse.Namespace) -> Places:
    """Return the folders that the options name."""
    return Places(options.dossier, options.build or options.dossier / "build")
