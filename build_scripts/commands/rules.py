"""Print where the rules of make for a dossier lie, for the Makefile of a dossier that lives alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

RULES = Path(__file__).parents[1] / "dossier.mk"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the option."""
    parser.add_argument("--python", action="store_true", help="print the Python that has the builder instead")


def main(arguments: argparse.Namespace) -> None:
    """Print the path."""
    print(sys.executable if arguments.python else RULES)
