"""Messages: every folder of tests/bad breaks a small good dossier by one rule and says so."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from build_scripts import model
from build_scripts.diagnostics import ProblemsFound, has_errors, warnings_report

BAD = Path(__file__).parent / "bad"
GOOD = BAD / "_good"
CASES = sorted(path for path in BAD.iterdir() if path.is_dir() and path != GOOD)

PACKAGE = Path(__file__).parents[1] / "build_scripts"
CHECKS = [PACKAGE / "source.py", *sorted((PACKAGE / "model").glob("*.py"))]
REASONS = {"ValueError", "EdtfError", "TimeError", "MarkedError"}


def laid_out(case: Path, folder: Path) -> Path:
    """Copy the good dossier to a folder and put a case's files in place of its own; an empty one for none."""
    data = folder / "data"
    shutil.copytree(GOOD, data)
    for path in case.iterdir():
        if path.name == "expected.txt":
            continue
        (data / path.name).unlink(missing_ok=True)
        if path.is_dir():
            shutil.copytree(path, data / path.name)
        elif path.stat().st_size:
            shutil.copy(path, data)
    return folder


def test_the_good_dossier_has_no_problem(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "data")
    assert model.read(tmp_path).diagnostics == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_dossier_gives_exactly_these_messages(
    case: Path, tmp_path: Path, golden: Callable[[Path, str], None]
) -> None:
    found = model.read(laid_out(case, tmp_path)).diagnostics
    report = str(ProblemsFound(found)) if has_errors(found) else warnings_report(found)
    assert found
    golden(case / "expected.txt", f"{report}\n")


def test_a_folder_without_data_says_so(tmp_path: Path) -> None:
    with pytest.raises(
        ProblemsFound, match=r"^data: there is no such folder; a dossier has its files in data/\n"
    ):
        model.load(tmp_path)


def test_what_chapters_name_counts_as_reached(tmp_path: Path) -> None:
    laid_out(BAD / "account-never-named", tmp_path)
    assert model.read(tmp_path).diagnostics != ()
    assert model.read(tmp_path, [("account", "lonely")]).diagnostics == ()


def rules(path: Path) -> Iterator[int]:
    """Yield the lines of a module's statements that say what is wrong with data.

    These are the statements that note a diagnostic, raise an error with a reason, or return a message's part.
    """
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(function, ast.FunctionDef) or function.name in ("problem", "complain"):
            continue
        for statement in ast.walk(function):
            says = function.name.endswith("_problem")
            if isinstance(statement, ast.Raise):
                error = statement.exc.func if isinstance(statement.exc, ast.Call) else None
                if isinstance(error, ast.Name) and error.id in REASONS:
                    yield statement.lineno
            elif isinstance(statement, ast.Return) and says:
                if not (isinstance(statement.value, ast.Constant) and statement.value.value is None):
                    yield statement.lineno
            elif isinstance(statement, ast.Expr) and any(map(_notes, ast.walk(statement))):
                yield statement.lineno


def _notes(node: ast.AST) -> bool:
    """Tell whether a call makes or notes a diagnostic."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in ("problem", "complain", "Diagnostic", "_at")


@contextmanager
def traced(paths: Iterable[Path]) -> Iterator[set[tuple[str, int]]]:
    """Collect file and line of what runs in some modules."""
    files = {str(path) for path in paths}
    run: set[tuple[str, int]] = set()

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        run.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    before = sys.gettrace()
    sys.settrace(lambda frame, event, argument: line if frame.f_code.co_filename in files else None)
    try:
        yield run
    finally:
        sys.settrace(before)


def test_every_rule_has_a_case(tmp_path: Path) -> None:
    with traced(CHECKS) as run:
        for case in CASES:
            folder = tmp_path / case.name
            folder.mkdir()
            model.read(laid_out(case, folder))
    silent = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in CHECKS
        for line in rules(path)
        if (str(path), line) not in run
    ]
    assert silent == []
