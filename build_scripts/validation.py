"""Check a whole dossier, data and chapters together, and give it out only if nothing is wrong."""

from __future__ import annotations

from pathlib import Path

from build_scripts import chapters, model
from build_scripts.diagnostics import ProblemsFound
from build_scripts.model import Dossier


def load(folder: Path) -> Dossier:
    """Return the dossier in `folder`.

    Raises ProblemsFound with every problem of data and chapters.
    """
    named = list(chapters.mentions(folder))
    loaded = model.read(folder, {(one.scheme, one.target) for one in named})
    problems = list(loaded.diagnostics)
    if loaded.dossier is not None:
        problems.extend(chapters.check(loaded.dossier, named))
    if problems or loaded.dossier is None:
        raise ProblemsFound(problems)
    return loaded.dossier
