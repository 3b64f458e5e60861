"""The builder as an installed package: a dossier lives alone, with a Makefile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

REPO = Path(__file__).parents[1]
SOURCES = ("build_scripts", "pyproject.toml", "README.md", "LICENSE")

pytestmark = pytest.mark.whole


def run(*command: str | Path, folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    strange = ("MAKE", "MFLAGS", "PYTHON")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    return subprocess.run(
        [*map(str, command)],
        cwd=folder,
        env={**clean, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the builder into a new environment and return its folder of programs."""
    folder = tmp_path_factory.mktemp("installed")
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (REPO / name).is_dir() else shutil.copy
        copy(REPO / name, source / name)
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (libraries,) = environment.glob("lib/python*/site-packages")
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    pip = (sys.executable, "-m", "pip", "--python", environment / "bin/python")
    options = ("--no-deps", "--no-build-isolation")
    result = run(*pip, "install", *options, source, folder=folder, path=os.environ["PATH"])
    assert result.returncode == 0, result.stderr
    return environment / "bin"


def test_a_dossier_lives_alone_where_the_builder_is_installed(programs: Path, tmp_path: Path) -> None:
    path = f"{programs}:{os.environ['PATH']}"
    new = run("dossier", "new", "mine", folder=tmp_path, path=path)
    assert new.returncode == 0, new.stderr
    assert "make -C mine" in new.stdout

    made = run("make", "-C", "mine", folder=tmp_path, path=path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "mine/build/archive/bag/bagit.txt").is_file()
    assert run("make", "-q", folder=tmp_path / "mine", path=path).returncode == 0
    assert "make serve" in run("make", "help", folder=tmp_path / "mine", path=path).stdout


def test_a_dossier_alone_says_what_is_missing_where_the_builder_is_not_installed(
    programs: Path, tmp_path: Path
) -> None:
    assert run(programs / "dossier", "new", "mine", folder=tmp_path, path=os.environ["PATH"]).returncode == 0
    made = run("make", "-C", "mine", folder=tmp_path, path="/usr/bin:/bin")

    assert made.returncode == 2
    assert "no command 'dossier' here" in made.stderr
