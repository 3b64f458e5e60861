"""Check a dossier and say what it rests on."""

from __future__ import annotations

import argparse

from build_scripts import validation
from build_scripts.commands.options import add_places, places
from build_scripts.places import Places


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    run(places(options))


def run(at: Places) -> None:
    """Print one line of totals if nothing is wrong.

    Raises ProblemsFound if something is.
    """
    dossier = validation.load(at.dossier)
    counts = {
        "events": len(dossier.events),
        "people": len(dossier.people),
        "organizations": len(dossier.organizations),
        "accounts": len(dossier.accounts),
        "series": len(dossier.series),
        "terms": len(dossier.glossary),
        "sources": len(dossier.references),
    }
    print(", ".join(f"{number} {name}" for name, number in counts.items()))
