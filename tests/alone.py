"""Watch by an audit hook what a step of a build opens, asks and starts (PEP 578), and note what is foreign.

`python -m tests.alone NOTES STEP ...` runs a step so; the notes say what it did outside of its dossier, its
build, the builder, Python and its libraries, and the folder for temporary files.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from importlib import resources
from itertools import pairwise
from pathlib import Path

from build_scripts.__main__ import main

REPO = Path(__file__).parents[1]

# What libraries read of the system: zones, fonts, media types, devices without content.
SYSTEM = (
    "/usr/share/zoneinfo",
    "/etc/mime.types",
    "/etc/localtime",
    "/dev/null",
    "/dev/urandom",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/poppler",
)
ASKED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pty.", "urllib.",
         "http.", "ftplib.", "smtplib.", "webbrowser.", "os.startfile")  # fmt: skip
LISTED = ("os.listdir", "os.scandir")
CHANGED = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink",
           "os.chmod",
           "os.truncate", "shutil.rmtree", "shutil.move")  # fmt: skip
# The one program that a step runs, with arguments of the builder's own.
RUN = Path(str(resources.files("pypandoc"))) / "files" / "pandoc"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def watch(dossier: Path, build: Path, note: Callable[[str], None]) -> None:
    """Install the hook for the rest of the process; `note` gets a line for everything foreign."""
    own = [dossier, build, Path(tempfile.gettempdir())]
    environment = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), sys.prefix]
    environment += [*site.getsitepackages(), *SYSTEM, *(path for path in sys.path if path)]
    builder = [REPO / "build_scripts", REPO / "tests"]
    readable = _real([*own, *environment, *builder])
    writable = _real([build, own[2], "/dev/null", Path(sys.prefix) / "var"])

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "subprocess.Popen" and Path(str(arguments[0])) == RUN:
            return
        if event.startswith(ASKED):
            note(f"{event}{arguments!r:.200}")
        elif event == "open":
            path, _, flags = arguments
            places = writable if isinstance(flags, int) and flags & WRITING else readable
            _judge(event, path, places, note)
        elif event in LISTED:
            _judge(event, arguments[0], readable, note)
        elif event in CHANGED and not Path(os.fsdecode(arguments[0])).is_absolute():  # type: ignore[arg-type]
            # Of a file in an open folder, which was judged when it was opened.
            return
        elif event in CHANGED:
            _judge(event, arguments[0], writable, note)

    sys.addaudithook(hook)


def _real(paths: list[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(os.path.realpath(str(path)) for path in paths))


def _judge(event: str, path: object, places: tuple[str, ...], note: Callable[[str], None]) -> None:
    if path is None:
        path = "."
    if not isinstance(path, str | bytes | os.PathLike):
        return
    name = os.fsdecode(path)
    if name.endswith(("docutils.conf", "ezdxf.ini")) and Path.cwd() != Path(sys.prefix):
        note(f"{event} {name} in {Path.cwd()}")
    # A relative name may be that of a file in an open folder; steps run in one that has nothing.
    real = os.path.realpath(name) if Path(name).is_absolute() else places[0]
    if not any(real == place or real.startswith(f"{place}/") for place in places):
        note(f"{event} {real}")


def watched(notes: Path, arguments: list[str]) -> int:
    """Run a step under the hook and append what was foreign to a file."""
    names = dict(pairwise(arguments))
    dossier = Path(names["--dossier"])
    found: list[str] = []
    watch(dossier, Path(names.get("--build", dossier / "build")), found.append)
    try:
        return main(arguments)
    finally:
        # The notes themselves lie outside, and are the last thing that is opened.
        lines = "".join(f"{' '.join(arguments[:2])}: {line}\n" for line in dict.fromkeys(found))
        if lines:
            with notes.open("a") as file:
                file.write(lines)


if __name__ == "__main__":
    sys.exit(watched(Path(sys.argv[1]), sys.argv[2:]))
