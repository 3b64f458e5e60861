"""Judge PDFs: page-validation for the standards, outloud for what a listener hears, qpdf for the file."""

from __future__ import annotations

import importlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

# In outloud 0.2.1 a row whose last cell comes from a row above counts as too short; the profile `ua1` of
# page-validation judges the grid of tables, spans and all.
MISTAKEN = frozenset({"TBL-004"})


def validation(path: Path, profile: str) -> Iterator[str]:
    """Yield the rules of a profile (`2a`, `3a`, `ua1`) that a file breaks."""
    page = importlib.import_module("page")
    try:
        report = page.validate_pdf(path, profile=page.ValidationProfile(profile))
    except page.PageError as problem:
        yield str(problem)
        return
    for failure in report.failures:
        at = f" (object {failure.object_id.object_number})" if failure.object_id is not None else ""
        yield f"{failure.rule_id}: {failure.message}{at}"


def outloud(path: Path) -> Iterator[str]:
    """Yield what makes a file poor to listen to."""
    result = importlib.import_module("outloud").check(str(path))
    if result.error:
        yield result.error
    for finding in result.findings:
        if finding.severity == "error" and finding.rule not in MISTAKEN:
            at = f" (page {finding.page})" if finding.page else ""
            yield f"{finding.rule}: {finding.message}{at}"


def qpdf(path: Path) -> Iterator[str]:
    """Yield what is wrong with the syntax and the streams of a file."""
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [
            line
            for line in f"{done.stderr}\n{done.stdout}".splitlines()
            if "WARNING" in line or "ERROR" in line
        ]
        yield from lines or [f"qpdf ends with exit code {done.returncode}"]
