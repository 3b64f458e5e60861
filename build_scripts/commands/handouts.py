"""Make the handouts that the edition names, for one paper."""

from __future__ import annotations

import argparse
from typing import get_args

from build_scripts import files, validation
from build_scripts.commands import progress
from build_scripts.commands.options import add_places, places
from build_scripts.handouts import HANDOUTS
from build_scripts.model.edition import Paper
from build_scripts.nodes.citations import Citations
from build_scripts.places import Places
from build_scripts.printing import context_of, reporting


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the paper and the folders."""
    parser.add_argument("paper", choices=get_args(Paper))
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Make the handouts for the paper that the options name."""
    at = places(options)
    with progress.shown(f"handouts {options.paper}"):
        run(at, options.paper)


def run(at: Places, paper: str) -> None:
    """Write `handouts/PAPER/*.pdf`, none for a paper that the edition leaves out, and nothing else."""
    dossier = validation.load(at.dossier)
    ctx = context_of(dossier, Citations.load(files.need(at.citations, "citations")))
    names = dossier.edition.handouts if paper in dossier.edition.papers else ()
    if not dossier.edition.handouts:
        print(f"no handouts for {paper}: data/edition.yaml names none under 'handouts'")
    with files.replacing(at.build / "handouts" / paper) as folder:
        for name in names:
            with reporting(at.dossier):
                (folder / f"{name}.pdf").write_bytes(HANDOUTS[name](ctx, paper))
