"""Configure Sphinx for a dossier; the settings are the same for every dossier and hold no facts of any."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from build_scripts.model import Dossier
from build_scripts.places import Places

WEB = Path(__file__).parent / "web"


def settings(dossier: Dossier, places: Places) -> dict[str, Any]:
    """Return Sphinx's configuration values."""
    edition = dossier.edition
    authors = ", ".join(creator.name for creator in edition.creators)
    return {
        "extensions": ["build_scripts.sphinx_ext"],
        "dossier_folder": str(places.dossier.resolve()),
        "dossier_citations": str(places.citations.resolve()),
        "project": edition.title,
        "author": authors,
        "copyright": f"{edition.modified[:4]} {authors}",
        "version": edition.modified,
        "release": edition.modified,
        "language": edition.language.partition("-")[0],
        "primary_domain": "dossier",
        "smartquotes": False,
        "exclude_patterns": ["conf.py", "**/.*"],
        "nitpicky": True,
        "html_theme": "furo",
        "html_title": edition.title,
        "html_static_path": [str(WEB / "static"), str(places.fonts.resolve() / "web")],
        "html_css_files": ["fonts.css", "dossier.css"],
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_sphinx": False,
        "html_show_copyright": False,
        "html_baseurl": edition.url or "",
        "html_theme_options": {"top_of_page_buttons": []},
        "templates_path": [str(WEB / "templates")],
        "toc_object_entries": False,
        "epub_basename": "dossier",
        "epub_title": edition.title,
        "epub_author": authors,
        "epub_publisher": edition.publisher or authors,
        "epub_identifier": edition.identifier,
        "epub_uid": "dossier-id",
        "epub_scheme": "URN",
        "epub_language": edition.language,
        "epub_copyright": edition.rights.text,
        "epub_show_urls": "no",
        "epub_use_index": False,
        "epub_css_files": ["fonts.css", "dossier-epub.css"],
        "epub_exclude_files": ["search.html", "genindex.html", "objects.inv", ".buildinfo", "searchindex.js"],
        "epub_tocscope": "includehidden",
        "epub_tocdepth": 2,
    }


def restrict(docutils_settings: dict[str, Any]) -> dict[str, Any]:
    """Return docutils settings under which a chapter cannot read files or write raw HTML."""
    return {**docutils_settings, "file_insertion_enabled": False, "raw_enabled": False}
