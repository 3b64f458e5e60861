"""Join the dossier to Sphinx: the reader of its chapters, drawings as SVG, builders of EPUB and PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from build_scripts import validation
from build_scripts.nodes.citations import Citations
from build_scripts.nodes.context import Press
from build_scripts.nodes.drawing import drawing
from build_scripts.printing import context_of
from build_scripts.sphinx_ext import index_entries, outdated, restrictions, search, site, svg
from build_scripts.sphinx_ext.domain import DossierDomain
from build_scripts.sphinx_ext.epub import DossierEpubBuilder
from build_scripts.sphinx_ext.page_breaks import name_blocks
from build_scripts.sphinx_ext.parser import DossierParser
from build_scripts.sphinx_ext.pdf_builder import PdfBuilder
from build_scripts.sphinx_ext.resolve import resolve
from build_scripts.sphinx_ext.transforms import Gather, Title
from build_scripts.sphinx_ext.translator import SiteTranslator


def load(app: Sphinx) -> None:
    """Load the dossier and its citations when the build begins (Sphinx event `builder-inited`)."""
    folder = Path(app.config.dossier_folder)
    citations = Citations.load(Path(app.config.dossier_citations))
    domain = app.env.get_domain(DossierDomain.name)
    if isinstance(domain, DossierDomain):
        press = Press(paper=app.config.dossier_paper, edition=app.config.dossier_edition)
        checked = validation.load_whole(folder)
        ctx = context_of(checked.dossier, citations, checked.manuscript.naming, press)
        domain.context = replace(ctx, narrow=app.builder.name != PdfBuilder.name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything (Sphinx extension interface)."""
    app.add_config_value("dossier_folder", "", "env")
    app.add_config_value("dossier_citations", "", "env")
    app.add_config_value("dossier_builder", "", "env")
    app.add_config_value("dossier_paper", "", "env")
    app.add_config_value("dossier_edition", "", "env")
    app.add_config_value("dossier_fonts", "", "")
    app.add_config_value("dossier_pages", "", "")
    app.add_source_parser(DossierParser, override=True)
    app.add_domain(DossierDomain)
    app.add_builder(PdfBuilder)
    app.add_builder(DossierEpubBuilder)
    app.set_translator("html", SiteTranslator)
    app.add_transform(Title)
    app.add_transform(Gather)
    app.add_node(drawing, html=(svg.visit, svg.depart), epub=(svg.visit, svg.depart))
    restrictions.setup(app)
    outdated.setup(app)
    app.add_css_file("plan.css")
    app.add_js_file("plan.js", loading_method="defer")
    app.connect("config-inited", search.register)
    app.connect("builder-inited", load)
    app.connect("doctree-read", name_blocks)
    index_entries.setup(app)
    app.connect("doctree-resolved", resolve)
    app.connect("doctree-resolved", site.add_title_page)
    app.connect("html-page-context", site.page_context)
    app.connect("build-finished", site.tidy)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False, "parallel_write_safe": True}
