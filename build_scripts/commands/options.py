"""Add the options that name the dossier and what is made of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from build_scripts.diagnostics import WrongUsage
from build_scripts.places import Places


def add_places(parser: argparse.ArgumentParser) -> None:
    """Add `--dossier` and `--build`."""
    parser.add_argument(
        "--dossier", type=folder, default=Path(), help="the folder with data/ and book/ (this one)"
    )
    parser.add_argument("--build", type=folder, help="the folder for what is made (build/ in the dossier)")


def folder(text: str) -> Path:
    """Return a folder as a user may write it, `~` included.

    Raises ArgumentTypeError for a name that names none.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("an empty name; '.' is the folder in which you are")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise argparse.ArgumentTypeError(
            f"there is no home that '{text}' could mean; write ./{text}"
        ) from None


def places(options: argparse.Namespace) -> Places:
    """Return the folders that the options name.

    Raises WrongUsage for a dossier that is not there and a build that would lie among the author's files.
    """
    dossier: Path = options.dossier
    build: Path = options.build or dossier / "build"
    if not dossier.is_dir():
        raise WrongUsage(f"there is no folder '{dossier}'; a dossier is a folder with data/ and book/")
    if build.exists() and not build.is_dir():
        raise WrongUsage(f"'{build}' is a file; what is made goes into a folder")
    at, source = build.resolve(), dossier.resolve()
    if source.is_relative_to(at) or any(at.is_relative_to(source / name) for name in ("data", "book")):
        raise WrongUsage(
            f"'{build}' holds the dossier's own files; what is made goes into a folder apart from them"
        )
    return Places(dossier, build)
