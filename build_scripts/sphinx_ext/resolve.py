"""Point references to records at the page that tells them."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from build_scripts.nodes.text import page_id

logger = logging.getLogger(__name__)


def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn ids into addresses (Sphinx event `doctree-resolved`); an id that no page tells is a warning.

    A builder of a single document keeps ids as they are: all pages are one there.
    """
    pages = app.env.get_domain("dossier").data["pages"]
    for node in list(doctree.findall(nodes.reference)):
        name = node.get("refid")
        if name is None or not node.get("internal") or name in doctree.ids:
            continue
        if name not in pages:
            logger.warning("no page of the book tells '%s'", name, location=node)
        elif app.builder.name == "dossier-pdf":
            continue
        elif name == page_id(docname):
            # A page has no anchor of its own to lead to.
            node.replace_self(nodes.inline("", "", *node.children))
        elif pages[name] != docname:
            del node["refid"]
            anchor = "" if name == page_id(pages[name]) else f"#{name}"
            node["refuri"] = f"{app.builder.get_relative_uri(docname, pages[name])}{anchor}"
