"""Try steps in processes that end with each, under limits and under the hook of `tests.alone`.

Reads a JSON line for each trial from standard input and answers with one; everything is imported once.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from build_scripts.__main__ import main
from tests.alone import watch

STEPS = ("validate", "citations", "book")
WALL_SECONDS = 120


def trial(order: dict[str, Any]) -> dict[str, Any]:
    """Run one step of one dossier and say how it ended."""
    folder = Path(order["folder"])
    said, notes = folder / "said", folder / "notes"
    began = time.monotonic()
    child = os.fork()
    if not child:
        _run(order, said, notes)
    ended = 0
    while not ended:
        ended, status, used = os.wait4(child, os.WNOHANG)
        if not ended and time.monotonic() - began > WALL_SECONDS:
            os.kill(child, 9)
        time.sleep(0.005)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "said": said.read_text("utf-8", errors="replace"),
        "foreign": notes.read_text("utf-8") if notes.is_file() else "",
        "seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
    }


def _run(order: dict[str, Any], said: Path, notes: Path) -> None:
    code = 99
    try:
        handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        seconds = order["seconds"]
        resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
        virtual = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        room = virtual + order["megabytes"] * (1 << 20)
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        tempfile.tempdir = order["temporary"]
        os.chdir(order["temporary"])
        log = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        dossier, build = Path(order["dossier"]), Path(order["build"])
        watch(dossier, build, lambda line: os.write(log, f"{line}\n".encode()) and None)
        code = main([*order["step"], "--dossier", str(dossier), "--build", str(build)])
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    for step in STEPS:
        importlib.import_module(f"build_scripts.commands.{step}")
    for line in sys.stdin:
        print(json.dumps(trial(json.loads(line))), flush=True)
