"""Hold Sphinx to what the reader of chapters has checked: no file of configuration, no file from outside."""

from __future__ import annotations

from sphinx.application import Sphinx

from build_scripts.manuscript.settings import CLOSED


def restrict(app: Sphinx) -> None:
    """Set docutils as the reader does (Sphinx event `builder-inited`)."""
    app.env.settings.update(CLOSED)


def setup(app: Sphinx) -> None:
    """Register the restrictions (called by the extension's own setup)."""
    app.connect("builder-inited", restrict)
