"""Odd bytes: whatever is cut, doubled or replaced in a file, validate answers in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_scripts import validation
from build_scripts.diagnostics import ProblemsFound

TEMPLATE = Path(__file__).parents[2] / "build_scripts/template"
DATA = sorted(path.relative_to(TEMPLATE).as_posix() for path in TEMPLATE.glob("data/*.yaml"))
BOOK = sorted(path.relative_to(TEMPLATE).as_posix() for path in TEMPLATE.rglob("*.rst"))
ODD = [
    b'', b'\x00', b'\xff', b'\xef\xbb\xbf', b'\r', b'\t', b'\n\n', b': ', b'- ', b'  ', b'[', b'{',
    b'"', b"'", b'|', b'>', b'&a ', b'*a', b'!!x ', b'#', b'%', b'`', b'``', b':cite:`', b'_',
    b'|x|', b'.. ', b'::\n\n', b'====\n', b'+--+\n', b'\\', b'\xe2\x80\xae', b'\xcc\x81', b'~',
    b'1e999', b'-', b'<', b'](',
]  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.sampled_from(ODD) | st.binary(max_size=8)),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small dossier whose files are put back after every example."""
    return Path(shutil.copytree(TEMPLATE, tmp_path_factory.mktemp("fuzz") / "mine"))


def answers(folder: Path, name: str, changes: list[tuple[int, int, bytes]]) -> None:
    """Change bytes of a file and check the dossier; only words of ours may come of it."""
    path = folder / name
    whole = data = path.read_bytes()
    for start, length, put in changes:
        at = start % (len(data) + 1)
        data = data[:at] + put + data[at + length :]
    path.write_bytes(data)
    try:
        validation.check(folder)
    except ProblemsFound as problems:
        assert all(str(one.location).startswith(("data", "book")) for one in problems.diagnostics)
    finally:
        path.write_bytes(whole)


few = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
many = settings(max_examples=800, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(st.sampled_from([*DATA, *BOOK]), CHANGES)
def test_some_odd_bytes_in_a_file_are_answered_in_words(
    folder: Path, name: str, changes: list[tuple[int, int, bytes]]
) -> None:
    answers(folder, name, changes)


@pytest.mark.fuzz
@many
@given(st.sampled_from(DATA), CHANGES)
def test_many_odd_bytes_in_data_are_answered_in_words(
    folder: Path, name: str, changes: list[tuple[int, int, bytes]]
) -> None:
    answers(folder, name, changes)


@pytest.mark.fuzz
@many
@given(st.sampled_from(BOOK), CHANGES)
def test_many_odd_bytes_in_chapters_are_answered_in_words(
    folder: Path, name: str, changes: list[tuple[int, int, bytes]]
) -> None:
    answers(folder, name, changes)
