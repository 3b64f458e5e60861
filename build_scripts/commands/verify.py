"""Ask every judge about everything that was built."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator

from build_scripts.commands.options import add_places, places
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.judges import Judge, judged
from build_scripts.places import Places


class FaultsFound(ProblemsFound):
    """Carry what the judges object to."""

    def report(self) -> str:
        """Return the faults, a line each, and their count."""
        count = len(self.diagnostics)
        return "\n".join([*map(str, self.diagnostics), f"{count} {'fault' if count == 1 else 'faults'}"])


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    run(places(options))


def run(at: Places) -> None:
    """Print a line for every file and judge.

    Raises FaultsFound. A judge that is not installed is a fault where `CI` is `true`, else a line that says
    how to get it.
    """
    faults = list(_verify(at, strict=os.environ.get("CI") == "true"))
    if faults:
        raise FaultsFound(faults)


def _verify(at: Places, *, strict: bool) -> Iterator[Diagnostic]:
    count = 0
    for path, judges in judged(at.build):
        for judge in judges:
            count += 1
            yield from _ask(judge, at, path, strict=strict)
    if not count:
        yield Diagnostic(Location(str(at.build)), "has nothing to verify; build first")


def _ask(judge: Judge, at: Places, path: str, *, strict: bool) -> Iterator[Diagnostic]:
    if not judge.is_installed:
        message = f"{judge.name} is not installed; {judge.install}"
        print(f"{path}: {judge.name}: skipped, not installed; {judge.install}", flush=True)
        if strict:
            yield Diagnostic(Location(path), message)
        return
    faults = list(judge.faults(at.build / path))
    outcome = f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}" if faults else "ok"
    print(f"{path}: {judge.name}: {outcome}", flush=True)
    for fault in faults:
        yield Diagnostic(Location(path), f"{judge.name}: {fault}")
