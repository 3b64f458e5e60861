"""Configure Sphinx for a dossier; the settings are the same for every dossier and hold no facts of any."""

from __future__ import annotations

import hashlib
import html
from pathlib import Path
from typing import Any

from build_scripts.draw.style import COLOURS, DARK_COLOURS
from build_scripts.model import Dossier
from build_scripts.nodes.context import Press
from build_scripts.places import Places

WEB = Path(__file__).parent / "web"


def settings(dossier: Dossier, places: Places, form: str, press: Press) -> dict[str, Any]:
    """Return Sphinx's configuration values for the `form` html, epub or pdf, which is printed for `press`."""
    static = [] if form == "pdf" else [str(WEB / "site" / "static"), str(places.fonts.resolve() / "web")]
    edition = dossier.edition
    authors = ", ".join(creator.name for creator in edition.creators)
    return {
        "extensions": ["build_scripts.sphinx_ext"],
        "dossier_folder": str(places.dossier.resolve()),
        "dossier_citations": str(places.citations.resolve()),
        "dossier_builder": _fingerprint(),
        "dossier_paper": press.paper,
        "dossier_edition": press.edition,
        "project": edition.title,
        "author": authors,
        "copyright": f"{edition.modified[:4]} {authors}",
        "version": edition.modified,
        "release": edition.modified,
        "language": edition.language.partition("-")[0],
        "primary_domain": None,
        # Neither translations nor pictures of one language lie beside the chapters unseen.
        "locale_dirs": [],
        "figure_language_filename": "{root}{ext}",
        "smartquotes": False,
        "exclude_patterns": ["conf.py", "**/.*"],
        "nitpicky": True,
        "html_theme": "furo",
        # The theme puts it into pages as markup.
        "html_title": html.escape(edition.title),
        "html_static_path": static,
        "html_css_files": ["fonts.css", "dossier.css"],
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_sphinx": False,
        "html_show_copyright": False,
        "html_baseurl": edition.url or "",
        "html_theme_options": {
            "top_of_page_buttons": [],
            "light_css_variables": _colours(COLOURS),
            "dark_css_variables": _colours(DARK_COLOURS),
        },
        "html_permalinks_icon": "#",
        "html_use_index": False,
        # Summaries are fetched, which browsers refuse to pages that come from the file system.
        "html_show_search_summary": False,
        "templates_path": [str(WEB / "site" / "templates")],
        "toc_object_entries": False,
        "dossier_fonts": str(places.fonts.resolve() / "web"),
        "dossier_pages": str(places.pages.resolve()),
        "epub_basename": "dossier",
        "epub_show_urls": "no",
    }


def _colours(colours: dict[str, str]) -> dict[str, str]:
    """Return colours under the names by which drawings and the style sheet ask for them."""
    return {f"drawing-{name}": value for name, value in colours.items()}


def _fingerprint() -> str:
    """Return a digest of the builder itself: pages that another builder has read are read anew."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".po")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
