"""Alone: no step of a build opens a foreign file, asks a socket or starts a program (PEP 578)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests/dossiers/lighthouse"
STEPS = (
    "validate", "citations", "fonts", "book pdf", "book html", "book epub", "part chronology",
    "part biographies", "part floor_plan", "plan", "handouts a4", "handouts letter", "archive", "bag",
)  # fmt: skip


def watched(step: list[str], folder: Path) -> tuple[int, str, str]:
    """Run a step under the hook in a folder of its own; give its exit code, its words and what is foreign."""
    notes = folder / "notes"
    command = [sys.executable, "-m", "tests.alone", str(notes), *step, "--dossier", str(LIGHTHOUSE)]
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    # A file of this name would be read by ezdxf, and the one below by docutils.
    (temporary / "ezdxf.ini").write_text("[core]\nLOG_UNPROCESSED_TAGS = false\n")
    environment = {**os.environ, "PYTHONPATH": str(REPO), "TMPDIR": str(temporary)}
    result = subprocess.run(
        [*command, "--build", str(folder / "build")],
        cwd=temporary, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return result.returncode, result.stderr, notes.read_text("utf-8") if notes.is_file() else ""


@pytest.mark.whole
def test_every_step_of_a_build_keeps_to_its_dossier_and_its_build(tmp_path: Path) -> None:
    for step in STEPS:
        code, said, foreign = watched(step.split(), tmp_path)

        assert code == 0, f"{step}: {said}"
        assert foreign == "", step
