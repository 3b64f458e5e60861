"""Finish the pages that site and EPUB have beyond chapters: the title page and what stands at the foot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from build_scripts import files
from build_scripts.nodes.context import Context
from build_scripts.nodes.title_page import creators, modified, rights, title_page
from build_scripts.pdf import picture_files


def add_title_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make a title page of the first page (Sphinx event `doctree-resolved`).

    In the EPUB it lists no chapters: the navigation document does.
    """
    if docname != app.config.root_doc or app.builder.format != "html":
        return
    ctx: Context = app.env.get_domain("dossier").context  # type: ignore[attr-defined]
    if app.builder.name == "dossier-epub":
        for toctree in list(doctree.findall(addnodes.toctree)):
            toctree.parent.parent.remove(toctree.parent)
    for title in list(doctree.findall(nodes.title))[:1]:
        title.parent.insert(title.parent.index(title) + 1, title_page(ctx))


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the templates what the edition says (Sphinx event `html-page-context`)."""
    ctx: Context = app.env.get_domain("dossier").context  # type: ignore[attr-defined]
    context["language"] = ctx.dossier.edition.language
    context["foot"] = [creators(ctx), modified(ctx), rights(ctx)]
    context["words"] = ctx.words


def tidy(app: Sphinx, exception: Exception | None) -> None:
    """Clean the pictures, remove what only a later run of Sphinx would read (Sphinx event `build-finished`).

    Its note of the configuration holds a hash of folder names, which differ from machine to machine.
    """
    if exception is not None or app.builder.name != "html":
        return
    out = Path(app.outdir)
    for name in (".buildinfo", "objects.inv"):
        (out / name).unlink(missing_ok=True)
    book = Path(app.srcdir)
    for source, name in sorted(app.builder.images.items()):
        files.write(out / app.builder.imagedir / name, picture_files.read(book / source, book))
    sources = out / "_sources"
    if sources.is_dir() and not any(sources.iterdir()):
        sources.rmdir()
