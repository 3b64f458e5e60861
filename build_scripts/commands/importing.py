"""Add what another program exported to the data of a dossier: the step `import`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from build_scripts import files, source
from build_scripts.commands import options
from build_scripts.diagnostics import ProblemsFound, WrongUsage, has_errors
from build_scripts.imports import features, plans, references, tables
from build_scripts.imports.drafts import STAND_IN
from build_scripts.imports.entries import Entry, joined
from build_scripts.model.edition import Edition
from build_scripts.model.records import read_mapping
from build_scripts.places import Places
from build_scripts.source import Source

TABLES: Mapping[str, Callable[..., list[Entry]]] = {"chronology": tables.events, "biographies": tables.people}
CALLED = {
    "events": "chronology",
    "chronology": "chronology",
    "people": "biographies",
    "biographies": "biographies",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the file and the dossier."""
    parser.add_argument(
        "file",
        type=options.folder,
        help="sources as .bib, .ris or CSL-JSON (.json); a table of events or people as .csv; a plan "
        "as .geojson or as IMDF (a folder or .zip)",
    )
    parser.add_argument(
        "--as", dest="kind", choices=sorted(CALLED), help="what a table holds, if its name does not say"
    )
    parser.add_argument("--print", action="store_true", help="print the records instead of adding them")
    options.add_places(parser)


def main(arguments: argparse.Namespace) -> None:
    """Add the records and say how many there are, and how many need a look."""
    at = options.places(arguments)
    if arguments.file.is_dir() or arguments.file.suffix.lower() in features.SUFFIXES:
        _import_plan(arguments, at)
        return
    name, entries = converted(arguments.file, arguments.kind, at)
    if arguments.print:
        print(joined(entries), end="")
        return
    path = at.dossier / "data" / f"{name}.yaml"
    before = path.read_text("utf-8").rstrip("\n") if path.is_file() else ""
    files.write(path, f"{before}\n\n{joined(entries)}".lstrip("\n").encode())
    doubtful = sum(bool(entry.remarks) for entry in entries)
    print(f"added to {path}: {len(entries)}, of which {doubtful} with remarks above them that begin with '#'")


def _import_plan(arguments: argparse.Namespace, at: Places) -> None:
    """Write a plan, or print it; one that is there already is not touched."""
    path = at.dossier / "data/floor_plan.yaml"
    if not arguments.file.is_dir() and not arguments.file.is_file():
        raise WrongUsage(f"there is no file '{arguments.file}'")
    if path.exists() and not arguments.print:
        raise WrongUsage(f"'{path}' is there already; take it away, or print the other plan by --print")
    text = plans.converted(arguments.file)
    if arguments.print:
        print(text, end="")
        return
    files.write(path, text.encode())
    remarks = sum(line.startswith("# Left to see to: ") for line in text.splitlines())
    print(
        f"written: {path}, with {remarks} remarks at its head; replace {STAND_IN} by a source of yours, "
        "and print the plan on a page of book/ by '.. dossier:plan::'"
    )


def converted(path: Path, kind: str | None, at: Places) -> tuple[str, list[Entry]]:
    """Return the data file that the records of an export go into, and the records.

    Raises WrongUsage for a file that is not there or of no known form.
    """
    if not path.is_file():
        raise WrongUsage(f"there is no file '{path}'")
    suffix = path.suffix.lower()
    if suffix in references.FORMATS:
        return "references", references.read(path, _taken(at, "references"))
    if suffix != ".csv":
        known = ", ".join([*references.FORMATS, ".csv", *features.SUFFIXES])
        raise WrongUsage(f"'{path.name}' is of no form that can be read; those are {known}")
    name = CALLED.get(kind or path.stem.lower())
    if name is None:
        raise WrongUsage(f"'{path.name}' does not say what it holds; say it by --as events or --as people")
    return name, TABLES[name](path, _edition(at), _taken(at, name))


def _edition(at: Places) -> Edition:
    read = _load(at, "edition")
    edition = read_mapping(read, Edition, {})
    if edition is None:
        raise ProblemsFound(read.diagnostics)
    return edition


def _taken(at: Places, name: str) -> list[str]:
    """Return the ids that a data file has; a file that cannot be read gets nothing added."""
    records = _load(at, name).value or []
    return [str(one["id"]) for one in records if isinstance(one, dict) and "id" in one]


def _load(at: Places, name: str) -> Source:
    path = at.dossier / "data" / f"{name}.yaml"
    if not path.is_file() and name != "edition":
        return Source(str(path))
    read = source.load(path, f"data/{path.name}", at.dossier)
    if has_errors(read.diagnostics):
        raise ProblemsFound(read.diagnostics)
    return read
