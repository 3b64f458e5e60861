"""Set docutils up for chapters: the same for whoever reads one, whatever files of configuration lie about."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.frontend import Values, get_default_settings
from docutils.parsers.rst import Parser

# Above the gravest of docutils' levels: what it says is gathered, not printed.
SILENT = 5
# Chapters read no file and hold no raw HTML; a list of fields at their head is a list of fields. docutils
# would read /etc/docutils.conf, ./docutils.conf and ~/.docutils.
CLOSED: dict[str, Any] = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "docinfo_xform": False,
    "doctitle_xform": False,
    "sectsubtitle_xform": False,
    "smart_quotes": False,
    "auto_id_prefix": "id",
    "pep_references": None,
    "rfc_references": None,
    "pep_base_url": "https://peps.python.org/",
    "rfc_base_url": "https://datatracker.ietf.org/doc/html/",
    "halt_level": SILENT,
}


def alone() -> Values:
    """Return the settings of a reader without Sphinx."""
    settings = get_default_settings(Parser)
    for name, value in CLOSED.items():
        setattr(settings, name, value)
    settings.report_level = SILENT
    return settings


def page_of(document: nodes.document) -> str:
    """Return the name of the page that a document becomes."""
    name: str = document.settings.dossier_page
    return name


def pages_of(document: nodes.document) -> frozenset[str]:
    """Return the names of all pages of the book."""
    names: frozenset[str] = document.settings.dossier_pages
    return names
