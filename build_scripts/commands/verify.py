"""Ask every judge about everything that was built."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from build_scripts import manuscript, model
from build_scripts.commands.options import add_places, places
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.judges import Judge, judged
from build_scripts.judges.faults import Fault, NoVerdict
from build_scripts.places import Places
from build_scripts.prose.origins import Origins
from build_scripts.words import Words, has_words


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

    Raises FaultsFound. A judge that is not installed, or ends without a verdict, counts where `CI` is `true`;
    else a line says so.
    """
    found = list(_verify(at.build, strict=os.environ.get("CI") == "true"))
    if found:
        raise FaultsFound(_located(found, at.dossier))


def _verify(build: Path, *, strict: bool) -> Iterator[tuple[str, Fault]]:
    """Yield faults with the paths of products."""
    count = 0
    for path, judges in judged(build):
        for judge in judges:
            count += 1
            for fault in _ask(judge, build, path, strict=strict):
                yield path, fault
    if not count:
        yield str(build), Fault("has nothing to verify; build first")


def _ask(judge: Judge, build: Path, path: str, *, strict: bool) -> Iterator[Fault]:
    if not judge.is_installed:
        print(f"{path}: {judge.name}: skipped, not installed; {judge.install}", flush=True)
        if strict:
            yield Fault(f"{judge.name} is not installed; {judge.install}")
        return
    try:
        faults = list(judge.faults(build / path))
    except NoVerdict as reason:
        said = " ".join(str(reason).split())
        print(f"{path}: {judge.name}: no verdict; {said}", flush=True)
        if strict:
            yield Fault(f"{judge.name} ended without a verdict, which is no fault of the file: {said}")
        return
    outcome = f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}" if faults else "ok"
    print(f"{path}: {judge.name}: {outcome}", flush=True)
    for fault in faults:
        yield Fault(f"{judge.name}: {fault.message}", fault.reading)


def _located(found: Iterable[tuple[str, Fault]], dossier: Path) -> Iterator[Diagnostic]:
    """Name the author's line where the cause of a fault is certain, else the product alone."""
    loaded = model.read(dossier)
    language = loaded.dossier.edition.language if loaded.dossier is not None else ""
    words = Words(language).phrases() if has_words(language) else ()
    origins = Origins(manuscript.read(dossier), loaded.sources, words)
    for path, fault in found:
        place = origins.find(**asdict(fault.reading))
        if place is None:
            yield Diagnostic(Location(path), fault.message)
        else:
            yield Diagnostic(place, f"{path}: {fault.message}")
