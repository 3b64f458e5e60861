"""Give the plan away: a poster, its sheets for home printers, and the plan for CAD and map programs."""

from __future__ import annotations

import argparse

from build_scripts import files, validation
from build_scripts.commands import progress
from build_scripts.commands.options import add_places, places
from build_scripts.drawings.dxf import dxf
from build_scripts.drawings.geojson import geojson
from build_scripts.drawings.poster import poster
from build_scripts.drawings.tiles import tiled
from build_scripts.nodes.citations import Citations
from build_scripts.pdf.style import PAPERS_MM
from build_scripts.places import Places
from build_scripts.printing import context_of, info, reporting

DXF, GEOJSON = "plan.dxf", "plan.geojson"
SHEETS = {paper: f"poster-{paper}.pdf" for paper in PAPERS_MM}
FILES = (DXF, GEOJSON, *SHEETS.values())
"""What lies in the folder `plan/` of a dossier that has one."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    at = places(options)
    with progress.shown("plan"):
        run(at)


def run(at: Places) -> None:
    """Write `pdf/plan-poster.pdf`, and into `plan/` its sheets on every paper, `plan.dxf` and `plan.geojson`.

    A dossier without a plan gets an empty folder.
    """
    dossier = validation.load(at.dossier)
    with files.replacing(at.build / "plan") as folder:
        if dossier.plan is None:
            return
        ctx = context_of(dossier, Citations.load(files.need(at.citations, "citations")))
        with reporting(at.dossier):
            data = poster(ctx)
        for paper, name in SHEETS.items():
            sheets = tiled(data, info(dossier, ctx.words("part-plan-poster")), paper, ctx.words)
            (folder / name).write_bytes(sheets)
        (folder / DXF).write_bytes(dxf(dossier.plan, dossier.edition))
        (folder / GEOJSON).write_bytes(geojson(dossier))
    files.write(at.build / "pdf" / "plan-poster.pdf", data)
