"""Hold Sphinx to what the reader of chapters has checked: no file of configuration, no file from outside."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from build_scripts.diagnostics import ProblemsFound
from build_scripts.manuscript import files as chapters
from build_scripts.manuscript.settings import CLOSED


def restrict(app: Sphinx) -> None:
    """Set docutils as the reader does (Sphinx event `builder-inited`)."""
    app.env.settings.update(CLOSED)


def reread(app: Sphinx, page: str, content: list[str]) -> None:
    """Put the text of a page as the reader of chapters reads it in the place of Sphinx's own reading.

    (Sphinx event `source-read`.) Raises ProblemsFound if it can no longer be read.
    """
    folder = Path(app.srcdir).parent
    text, problems = chapters.read(Path(app.env.doc2path(page)), folder)
    if text is None:
        raise ProblemsFound(problems)
    content[0] = text


def setup(app: Sphinx) -> None:
    """Register the restrictions (called by the extension's own setup)."""
    app.connect("builder-inited", restrict)
    app.connect("source-read", reread)
