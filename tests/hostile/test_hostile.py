"""Hostile dossiers: every case is refused in the author's words or built, soon, alone, without a traceback.

A case is a file: what is done to the small dossier of the template (YAML), then a line `=== expected` and
what `validate` prints; after `pytest --update-golden` read the diff.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

HERE = Path(__file__).parent
REPO = HERE.parents[1]
CASES = sorted(HERE.glob("*/*.case"))
MARK = "=== expected\n"
LONGEST = 300
RUNS = re.compile(r"on\w+=|(href|src|action)=\s*(java|vb)script")
SECONDS, MEGABYTES = 5, 500
STEPS = (["citations"], ["book", "html"], ["book", "pdf"])

Trial = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def ground() -> Iterator[Trial]:
    """Give a function that tries a step; the process behind it has everything imported."""
    command = [sys.executable, "-m", "tests.hostile.ground"]
    environment = {**os.environ, "PYTHONPATH": str(REPO), "PYTHONHASHSEED": "0"}
    with subprocess.Popen(
        command, cwd=REPO, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:

        def trial(**order: object) -> dict[str, Any]:
            assert running.stdin is not None
            assert running.stdout is not None
            running.stdin.write(f"{json.dumps(order)}\n")
            running.stdin.flush()
            answer: dict[str, Any] = json.loads(running.stdout.readline())
            return answer

        yield trial
        running.terminate()


def laid_out(case: dict[str, Any], folder: Path) -> Path:
    """Make the dossier of a case."""
    dossier = Path(shutil.copytree(REPO / "build_scripts/template", folder / "dossier"))
    (folder / "secret.txt").write_text("hunter2 hunter2")
    path = dossier / case["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.is_file() else b""
    if "replace" in case:
        old, new = case["replace"]
        assert old.encode() in before
        path.write_bytes(before.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1))
    elif "append" in case:
        path.write_bytes(before + case["append"].encode("utf-8", "surrogatepass"))
    elif "content" in case:
        path.write_bytes(case["content"].encode("utf-8", "surrogatepass"))
    elif "bytes" in case:
        path.write_bytes(case["bytes"].encode("latin-1"))
    elif "encoding" in case:
        path.write_bytes(before.decode().encode(case["encoding"]))
    elif "repeat" in case:
        start, unit, times, end = case["repeat"]
        kept = before if case.get("keep") else b""
        path.write_bytes(kept + (start + unit * times + end).encode())
    elif "nest" in case:
        kept = before if case.get("keep") else b""
        lines = (" " * (case["indent"] * level) + case["nest"] for level in range(case["times"]))
        path.write_bytes(kept + "\n".join(lines).encode() + b"\n")
    elif "link" in case:
        path.unlink(missing_ok=True)
        path.symlink_to(case["link"])
    elif "make" in case:
        path.unlink(missing_ok=True)
        {"pipe": os.mkfifo, "folder": Path.mkdir}[case["make"]](path)  # type: ignore[operator]
    elif "size" in case:
        with path.open("ab") as file:
            file.truncate(case["size"])
    return dossier


def shortened(said: str, folder: Path) -> str:
    lines = (line if len(line) <= LONGEST else f"{line[:LONGEST]}…" for line in said.splitlines())
    return "".join(f"{line}\n" for line in lines).replace(str(folder), "")


def check(step: str, result: dict[str, Any]) -> None:
    assert "Traceback" not in result["said"], f"{step}: {result['said']}"
    assert result["code"] in (0, 1), f"{step}: {result['code']} {result['said']}"
    assert result["foreign"] == "", step
    assert "hunter2" not in result["said"], step
    assert result["seconds"] <= SECONDS, step
    assert result["megabytes"] <= MEGABYTES, step


def check_site(build: Path) -> None:
    """Look for what was typed as text and became a command: the payloads all name `pwned`."""
    for path in (build / "html").rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for tag in page.find_all(True):
            attributes = [f"{name}={value}" for name, value in tag.attrs.items()]
            runs = [one for one in attributes if RUNS.match(one)]
            assert not any("pwned" in one for one in runs), f"{path}: {tag}"
            assert tag.name != "script" or "pwned" not in tag.text, f"{path}: {tag}"
            assert tag.name != "pwned", path


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_hostile_dossier_is_refused_in_words_or_built(
    path: Path, ground: Trial, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    head, _, expected = path.read_text("utf-8").partition(MARK)
    case = yaml.safe_load(head)
    dossier = laid_out(case, tmp_path)
    (tmp_path / "temporary").mkdir()
    order = {
        "folder": str(tmp_path),
        "dossier": str(dossier),
        "build": str(tmp_path / "build"),
        "temporary": str(tmp_path / "temporary"),
        "megabytes": MEGABYTES,
        "seconds": SECONDS,
    }
    first = ground(step=["validate"], **order)
    said = shortened(first["said"], tmp_path)
    if first["code"] == 0:
        (tmp_path / "build/fonts/web").mkdir(parents=True)
        (tmp_path / "build/fonts/web/fonts.css").write_text("")
        for step in STEPS:
            result = ground(step=step, **order)
            check(" ".join(step), result)
            said += shortened(f"{' '.join(step)}: {result['said'] or 'done'}", tmp_path)
        check_site(tmp_path / "build")
    if request.config.getoption("--update-golden"):
        path.write_text(f"{head}{MARK}{said}", "utf-8")
        expected = said
    check("validate", first)
    assert said == expected


def test_there_are_at_least_two_hundred_cases() -> None:
    assert len(CASES) >= 200
