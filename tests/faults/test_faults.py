"""Whatever happens to a build, the next make gives the bytes of a clean one, without a traceback."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from build_scripts.commands import book, citations, fonts, serve
from build_scripts.places import Places

REPO = Path(__file__).parents[2]
TEMPLATE = REPO / "build_scripts/template"
FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
# The kills take turns with parts of a build, so that each is followed by a make of its own that is compared.
KILLS, TARGETS = 30, ("html", "pdf", "handouts")
# What a build writes in a namespace of its own, on a disk of so many kilobytes that is made larger later.
SMALL_DISK = """
mkdir -p "$1/build" && mount -t tmpfs -o size="$2k" tmpfs "$1/build" || exit 90
make -C "$3" -j2 DOSSIER="$1" all && exit 91
mount -o remount,size=1g "$1/build" && make -C "$3" -j2 DOSSIER="$1" all || exit 92
cp -a "$1/build" "$1.made"
"""
NAMESPACE = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
CAN_MOUNT = (
    not subprocess.run([*NAMESPACE, "mount -t tmpfs tmpfs /mnt"], capture_output=True, check=False).returncode
    if shutil.which("unshare")
    else False
)
Tried = Callable[[str, bool], None]

pytestmark = pytest.mark.faults


def command(dossier: Path, target: str = "all", *more: str) -> list[str]:
    return ["make", "-C", str(REPO), "-j2", f"DOSSIER={dossier}", target, *more]


def environment(**more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return {**own, **more}


def make(dossier: Path, *more: str, **options: Any) -> subprocess.CompletedProcess[str]:
    options = {"env": environment(), **options}
    return subprocess.run(command(dossier, *more), capture_output=True, text=True, check=False, **options)


def products(folder: Path) -> Mapping[str, str]:
    """Return a digest of every file of a build but for what only speeds the next one up."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    kept = [path for path in paths if path.relative_to(folder).parts[0] != "doctrees"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Give a small dossier that was never built."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "mine"))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Give the digests of a clean build."""
    folder = Path(shutil.copytree(TEMPLATE, tmp_path_factory.mktemp("clean") / "mine"))
    result = make(folder)
    assert result.returncode == 0, result.stderr
    return products(folder / "build")


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mapping[str, str]]:
    """Return a function that builds a target once and gives the digests of its files."""
    made: dict[str, Mapping[str, str]] = {}

    def digests(target: str) -> Mapping[str, str]:
        if target not in made:
            folder = Path(shutil.copytree(TEMPLATE, tmp_path_factory.mktemp(target) / "mine"))
            assert make(folder, target).returncode == 0
            made[target] = products(folder / "build")
        return made[target]

    return digests


def interrupted(dossier: Path, seconds: float, sign: signal.Signals, target: str = "all") -> None:
    """Start a build and end it, with all that it has started, after a while."""
    with subprocess.Popen(
        command(dossier, target), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:  # fmt: skip
        time.sleep(seconds)
        if running.poll() is None:
            os.killpg(running.pid, sign)


def mended(dossier: Path, clean: Mapping[str, str]) -> bool:
    result = make(dossier)
    return result.returncode == 0 and products(dossier / "build") == clean


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_kill_at_a_random_moment_is_repaired_by_the_next_make(
    kill: int, dossier: Path, part: Callable[[str], Mapping[str, str]], tried: Tried
) -> None:
    target = TARGETS[kill % len(TARGETS)]
    interrupted(dossier, random.Random(kill).uniform(0.2, 6), signal.SIGKILL, target)
    survived = make(dossier, target).returncode == 0 and products(dossier / "build") == part(target)
    tried(f"kill -9 of make {target}, then make", survived)
    assert survived


def test_ctrl_c_is_repaired_by_the_next_make(dossier: Path, clean: Mapping[str, str], tried: Tried) -> None:
    interrupted(dossier, 5, signal.SIGINT)
    survived = mended(dossier, clean)
    tried("Ctrl-C, then make", survived)
    assert survived


@pytest.mark.parametrize("kilobytes", [30])
def test_a_disk_that_is_full_is_said_with_the_path_and_repaired(
    kilobytes: int, dossier: Path, clean: Mapping[str, str], tried: Tried
) -> None:
    """A limit on the size of files stands for the disk: what writes too much gets an error of the system."""
    size = kilobytes << 10
    result = make(dossier, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    told = f"{dossier}/build/" in result.stderr and "File too large" in result.stderr
    survived = result.returncode != 0 and told and "Traceback" not in result.stderr and mended(dossier, clean)
    tried("a full disk, then make", survived)
    assert survived, result.stderr


# Where no namespace may be made, as in some containers, the limits above stand for the disk alone.
if CAN_MOUNT:

    @pytest.mark.parametrize("kilobytes", [300, 1500])
    def test_a_small_disk_is_said_with_the_path_and_repaired_when_it_is_larger(
        kilobytes: int, dossier: Path, clean: Mapping[str, str], tried: Tried
    ) -> None:
        call = [*NAMESPACE, SMALL_DISK, "sh", str(dossier), str(kilobytes), str(REPO)]
        result = subprocess.run(call, env=environment(), capture_output=True, text=True, check=False)
        made = dossier.with_name(f"{dossier.name}.made")
        told = f"{dossier}/build" in result.stderr and "No space left" in result.stderr
        survived = (
            result.returncode == 0 and told and "Traceback" not in result.stderr and products(made) == clean
        )
        tried("a disk that is too small, then a larger one", survived)
        assert survived, result.stderr


def test_a_build_folder_that_may_not_be_written_is_named(dossier: Path, tried: Tried) -> None:
    build = dossier / "build"
    build.mkdir(mode=0o555)
    call = command(dossier)
    if os.geteuid() == 0:
        call = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *call]
    result = subprocess.run(call, env=environment(), capture_output=True, text=True, check=False)
    survived = result.returncode == 2 and "Permission denied" in result.stderr and str(build) in result.stderr
    tried("a read-only build folder", survived)
    assert survived, result.stderr


def test_two_makes_at_once_in_one_folder_give_the_same(
    dossier: Path, clean: Mapping[str, str], tried: Tried
) -> None:
    both = [
        subprocess.Popen(
            command(dossier), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [one.communicate()[1] for one in both]
    survived = [one.returncode for one in both] == [0, 0] and products(dossier / "build") == clean
    tried("two makes at once", survived)
    assert survived, said


def test_no_home_no_locale_and_no_terminal_change_nothing(
    dossier: Path, clean: Mapping[str, str], tried: Tried
) -> None:
    bare = {"PATH": os.environ["PATH"]}
    result = make(dossier, env=bare, stdin=subprocess.DEVNULL, start_new_session=True)
    survived = result.returncode == 0 and products(dossier / "build") == clean
    tried("no HOME, locale or terminal", survived)
    assert survived, result.stderr


def test_forty_file_descriptors_are_enough(dossier: Path, clean: Mapping[str, str], tried: Tried) -> None:
    result = make(dossier, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40)))
    survived = result.returncode == 0 and products(dossier / "build") == clean
    tried("40 file descriptors", survived)
    assert survived, result.stderr


@pytest.mark.parametrize("date", ["1980-01-02 00:00:00", "2090-06-01 00:00:00"])
def test_a_clock_that_is_wrong_by_decades_changes_nothing(
    date: str, dossier: Path, clean: Mapping[str, str], tried: Tried
) -> None:
    if not FAKETIME:
        pytest.skip("no other clock; apt-get install libfaketime")
    strange = environment(LD_PRELOAD=str(FAKETIME[0]), FAKETIME=f"@{date}")
    result = make(dossier, env=strange)
    survived = result.returncode == 0 and products(dossier / "build") == clean
    tried(f"a clock in {date[:4]}", survived)
    assert survived, result.stderr


def test_a_folder_that_moves_is_built_on_where_it_lies_now(
    dossier: Path, clean: Mapping[str, str], tried: Tried
) -> None:
    assert make(dossier, "pdf", "html").returncode == 0
    moved = dossier.rename(dossier.with_name("elsewhere"))
    survived = mended(moved, clean) and make(moved, "all", "-q").returncode == 0
    tried("a folder that moves", survived)
    assert survived


def test_serve_goes_on_after_any_failure(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tried: Tried
) -> None:
    monkeypatch.setattr(citations, "run", lambda at: None)
    monkeypatch.setattr(fonts, "run", lambda at: None)
    version = serve.Version()
    for problem in (RuntimeError("odd"), RecursionError(), MemoryError(), OSError(28, "full"), KeyError("x")):

        def fail(at: Places, form: str, problem: Exception = problem) -> None:
            raise problem

        monkeypatch.setattr(book, "run", fail)
        serve._build(Places(dossier, dossier / "build"), version)
        tried("serve: an unforeseen failure", True)
    assert version.number == 0
    assert "odd" in capsys.readouterr().err
