"""Check a dossier and say what it rests on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from build_scripts import validation
from build_scripts.commands.options import add_places, places
from build_scripts.diagnostics import warnings_report
from build_scripts.model import Dossier
from build_scripts.model.report import Report, Spread, measure
from build_scripts.places import Places


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    run(places(options))


def run(at: Places) -> None:
    """Print what the dossier holds and rests on if nothing is wrong, and warnings to standard error.

    Raises ProblemsFound if something is.
    """
    checked = validation.check(at.dossier)
    if checked.warnings:
        print(warnings_report(checked.warnings), file=sys.stderr)
    cited = ((one.location.path, one.target) for one in checked.manuscript.mentions if one.scheme == "ref")
    for line in (_holdings(checked.dossier), *_evidence(measure(checked.dossier, cited))):
        print(line)


def _holdings(dossier: Dossier) -> str:
    counts = {
        "events": len(dossier.events),
        "people": len(dossier.people),
        "organizations": len(dossier.organizations),
        "accounts": len(dossier.accounts),
        "series": len(dossier.series),
        "terms": len(dossier.glossary),
        "sources": len(dossier.references),
    }
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _evidence(report: Report) -> Iterator[str]:
    whole, sources = report.whole, report.sources
    lone = (
        f"{len(report.partly_read)} on one read in part, {len(report.encyclopedic)} on an encyclopedia, "
        f"{len(report.on_web_page)} on a web page"
    )
    yield f"statements: {whole.statements}, with {whole.mean:.1f} sources on average, median {whole.median:g}"
    yield f"  {whole.single} rest on one source: {lone}"
    once = len(report.cited_once)
    yield f"sources: {sources.whole} read in full, {sources.part} in part; {once} cited in one place only"
    yield f"  by kind: {_listed(report.by_kind)}"
    yield f"  by language: {_listed(report.by_language)}"
    yield f"accounts: {report.adopted} with an adopted answer, {report.undecided} without"


def _listed(spreads: Sequence[Spread]) -> str:
    return ", ".join(f"{one.name or 'not stated'} {one.sources}" for one in spreads)
