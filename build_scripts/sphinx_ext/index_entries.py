"""Put the entries of the authors into the index of the site and the EPUB, with links to where they stand."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from build_scripts.nodes.context import Context
from build_scripts.nodes.index import sections
from build_scripts.nodes.index_entries import authored

SECTIONS = frozenset(("index-people", "index-organizations", "index-places", "index-subjects"))


def add_entries(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make the index anew with the entries of all pages (Sphinx event `doctree-resolved`)."""
    if not any("index" in node["classes"] for node in doctree.findall(nodes.container)):
        return
    found = authored((page, app.env.get_doctree(page)) for page in sorted(app.env.found_docs))
    if not found:
        return
    old = [node for node in doctree.findall(nodes.section) if SECTIONS & set(node["ids"])]
    holder = old[0].parent
    at = holder.index(old[0])
    for node in old:
        holder.remove(node)
    ctx: Context = app.env.get_domain("dossier").context  # type: ignore[attr-defined]
    for offset, made in enumerate(sections(ctx, found)):
        holder.insert(at + offset, made)
        for spot in [one for one in made.findall(nodes.reference) if "page" in one]:
            _lead(app, spot, docname)


def _lead(app: Sphinx, spot: nodes.reference, docname: str) -> None:
    """Lead a link to the place that it names; its words are the title of the page."""
    page = spot["page"]
    title = app.env.titles[page].astext()
    shown = spot[0]
    spot[0] = nodes.strong("", title) if isinstance(shown, nodes.strong) else nodes.Text(title)
    spot["internal"] = True
    spot["refuri"] = f"{app.builder.get_relative_uri(docname, page)}#{spot['anchor']}"


def setup(app: Sphinx) -> None:
    """Register the index (called by the extension's own setup, before references are resolved)."""
    app.connect("doctree-resolved", add_entries)
