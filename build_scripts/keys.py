"""Compute by content what every product is made from, and note it beside the products once they are made.

A product is current if its note has the key that the sources have now; dates of files decide nothing. Run as
a program it prints for make the digest of the dossier's sources and the steps whose products are current.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from build_scripts import files, libraries
from build_scripts.diagnostics import ProblemsFound, WrongUsage
from build_scripts.places import Places

PACKAGE = Path(__file__).parent
CITED = ("data/edition.yaml", "data/references.yaml")

# Which of the dossier's files a step reads, by the beginning of their paths.
READS: Mapping[str, tuple[str, ...]] = {
    "validate": ("data/", "book/"),
    "citations": CITED,
    "fonts": ("data/", "book/"),
    "book-html": ("data/", "book/"),
    "book-epub": ("data/", "book/"),
    "book-pdf": ("data/", "book/"),
    "part-chronology": ("data/",),
    "part-biographies": ("data/",),
    "part-floor_plan": ("data/",),
    "plan": ("data/",),
    "handouts-a4": ("data/",),
    "handouts-letter": ("data/",),
    "archive": ("data/", "book/"),
    "bag": ("data/", "book/"),
}

# What of the builder only some steps run; `PRIVATE` but not listed for a step does not touch its products.
PRIVATE = (
    "commands/", "deposit/", "drawings/", "handouts/", "judges/", "locks/test.txt", "locks/lint.txt",
    "sphinx_ext/", "template/", "README.md", "dossier.mk",
)  # fmt: skip
SHARED = ("commands/__init__.py", "commands/options.py", "commands/press.py", "commands/progress.py")
RUNS: Mapping[str, tuple[str, ...]] = {
    "book": ("sphinx_ext/", "deposit/"),
    "plan": ("drawings/", "handouts/"),
    "handouts": ("handouts/",),
    "archive": ("deposit/",),
    "bag": ("deposit/", "drawings/", "handouts/", "commands/part.py", "commands/plan.py"),
}

# The option by which the products of a step are told apart.
APART: Mapping[str, str] = {"book": "form", "part": "name", "handouts": "paper"}


class SourceChanged(ProblemsFound):
    """State that what was read is no longer what lies in the dossier."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(())

    def report(self) -> str:
        """Return the message for the author."""
        return f"{self.path}: changed while it was read, so nothing more was built; run make again"


@dataclass(frozen=True, slots=True)
class Digests:
    """Hold digests of files by their paths."""

    by_path: Mapping[str, str]

    def of(self, beginnings: tuple[str, ...]) -> str:
        """Return one digest of all files whose paths begin so."""
        return _digest(f"{name}\0{one}" for name, one in self.by_path.items() if name.startswith(beginnings))

    def changed(self, other: Digests) -> str:
        """Return the first path that differs, or an empty string."""
        return min((name for name, _ in self.by_path.items() ^ other.by_path.items()), default="")


def sources(dossier: Path) -> Digests:
    """Read the digests of a dossier's data and of everything in its book."""
    data = [path for path in files.walk(dossier / "data") if path.suffix.lower() in (".yaml", ".yml")]
    found = sorted([*data, *files.walk(dossier / "book")])
    return Digests({path.relative_to(dossier).as_posix(): _content(dossier, path) for path in found})


def code() -> Digests:
    """Read the digests of the builder's files and the versions of its libraries."""
    own = {
        path.relative_to(PACKAGE).as_posix(): _content(PACKAGE, path) for path in sorted(files.walk(PACKAGE))
    }
    return Digests({**own, **libraries.unlike_the_lock()})


def key(step: str, read: Digests, run: Digests) -> str:
    """Return the key of a step's products: a digest of what they are made from and by what."""
    counted = {path: one for path, one in run.by_path.items() if runs(step, path)}
    return _digest((read.of(READS[step]), Digests(counted).of(("",))))


def runs(step: str, path: str) -> bool:
    """Check whether a file of the builder counts for the products of a step."""
    name = step.partition("-")[0]
    private = (f"commands/{name}.py", *SHARED, *RUNS.get(name, ()))
    return path.startswith(private) or not path.startswith(PRIVATE)


def name_of(step: str, options: argparse.Namespace) -> str:
    """Return under which name the products of a step are noted."""
    return f"{step}-{getattr(options, APART[step])}" if step in APART else step


def note(build: Path, step: str) -> Path:
    """Return the file that has the key of a step's products."""
    return build / "keys" / step


@contextmanager
def noted(at: Places, step: str, expected: str = "") -> Iterator[None]:
    """Note what the products of a step are made from when they are made; meanwhile none are current.

    Raises SourceChanged if the sources do not have the digest `expected`, or change meanwhile.
    """
    mark = note(at.build, step)
    if mark.is_file():
        mark.unlink()
    before, run = sources(at.dossier), code()
    if expected and before.of(("",)) != expected:
        raise SourceChanged(str(at.dossier))
    yield
    changed = before.changed(sources(at.dossier))
    if changed:
        # Sphinx may have read the one text and noted the digest of the other.
        shutil.rmtree(at.build / "doctrees", ignore_errors=True)
        raise SourceChanged(changed)
    # A folder that make has not marked as one of builds gets nothing but the products.
    if (at.build / ".gitignore").is_file():
        files.write(mark, key(step, before, run).encode())


def current(at: Places) -> list[str]:
    """Return the steps whose products are made from what lies in the dossier now."""
    read, run = sources(at.dossier), code()
    return [step for step in READS if _noted(note(at.build, step)) == key(step, read, run)]


def need(at: Places, *steps: str) -> None:
    """Check that the products of some steps, if they were noted at all, are made from what lies here now.

    Raises WrongUsage.
    """
    fresh = current(at)
    for step in steps:
        if step not in fresh and (at.build / ".gitignore").is_file():
            raise WrongUsage(
                f"what the step '{step.replace('-', ' ', 1)}' made in '{at.build}' is not of these sources; "
                "run it again, or all of them by make"
            )


def _noted(path: Path) -> str:
    return path.read_text("ascii", errors="replace") if path.is_file() else ""


def _content(folder: Path, path: Path) -> str:
    try:
        return hashlib.sha256(files.read_inside(folder, path, files.PICTURE_LIMIT)).hexdigest()
    except files.Unreadable as problem:
        return str(problem)


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def main() -> None:
    """Print the digest of all sources and the steps that are current, in words divided by spaces."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("build", type=Path)
    options = parser.parse_args()
    print(sources(options.dossier).of(("",)), *current(Places(options.dossier, options.build)))


if __name__ == "__main__":
    main()
