"""Judge PDFs: page-validation for the standards, outloud for what a listener hears, qpdf for the file."""

from __future__ import annotations

import importlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from build_scripts.judges.faults import Fault
from build_scripts.judges.grids import is_regular
from build_scripts.judges.tagged import Tagged

# Warnings of outloud that no author means: words that stand for a picture and do not tell what it shows. The
# others guess by looks, at a chart's lines or a heading's numbers, and are often wrong.
MEANT = frozenset({"FIG-010", "FIG-012"})
IRREGULAR = "TBL-004"
SILENCED = "TAG-002"


def validation(path: Path, profile: str) -> Iterator[Fault]:
    """Yield the rules of a profile (`2a`, `3a`, `ua1`) that a file breaks."""
    page = importlib.import_module("page")
    try:
        report = page.validate_pdf(path, profile=page.ValidationProfile(profile))
    except page.PageError as problem:
        yield Fault(str(problem))
        return
    tagged = Tagged(path) if report.failures else None
    for failure in report.failures:
        message = f"{failure.rule_id}: {failure.message}"
        if tagged is None or failure.object_id is None:
            yield Fault(message)
        else:
            number = failure.object_id.object_number
            yield Fault(f"{message} (object {number})", tagged.at_object(number))


def outloud(path: Path) -> Iterator[Fault]:
    """Yield what makes a file poor to listen to, each place by itself."""
    result = importlib.import_module("outloud").check(str(path))
    if result.error:
        yield Fault(result.error)
    findings = [one for one in result.findings if one.severity == "error" or one.rule in MEANT]
    tagged = Tagged(path) if findings else None
    for finding in findings:
        if tagged is None or _is_mistaken(finding, tagged):
            continue
        message = ": ".join(filter(None, (finding.rule, finding.message, finding.evidence)))
        for box in finding.boxes:
            yield Fault(f"{message} (page {box['page']})", tagged.in_box(box))
        if not finding.boxes:
            yield Fault(f"{message} (page {finding.page})" if finding.page else message)


def _is_mistaken(finding: Any, tagged: Tagged) -> bool:
    """Return whether our own reading of the file disproves a finding of outloud 0.2.1.

    It counts a row as too short whose last cell comes from a row above, and takes running heads and repeated
    heads of tables for prose that nobody hears, if they are long.
    """
    if finding.rule == IRREGULAR:
        tables = tagged.tables(finding.location.get("element", ""), finding.page)
        return bool(tables) and all(map(is_regular, tables))
    return finding.rule == SILENCED and tagged.repeats(finding.page)


def qpdf(path: Path) -> Iterator[Fault]:
    """Yield what is wrong with the syntax and the streams of a file."""
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [
            line
            for line in f"{done.stderr}\n{done.stdout}".splitlines()
            if "WARNING" in line or "ERROR" in line
        ]
        yield from map(Fault, lines or [f"qpdf ends with exit code {done.returncode}"])
