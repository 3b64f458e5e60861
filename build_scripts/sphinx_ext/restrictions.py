"""Keep chapters inside their dossier: they read no other file and show no picture from elsewhere.

They write no raw HTML and lead nowhere but to the web: an address of another kind would run in the reader's
browser.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

# What docutils calls the directives include, raw and tables from files, and the role raw.
DOCUTILS = {"file_insertion_enabled": False, "raw_enabled": False}
WEB = ("http://", "https://", "mailto:")


class Off(Directive):
    """Refuse a directive that would read a file."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> NoReturn:
        """Say so at the line (docutils directive interface)."""
        raise self.error(f"'{self.name}' is off: a chapter reads no other file")


def restrict(app: Sphinx) -> None:
    """Switch off what reads files (Sphinx event `builder-inited`)."""
    app.env.settings.update(DOCUTILS)


def check_images(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of pictures from elsewhere and of those without words (Sphinx event `doctree-read`)."""
    root = Path(app.srcdir).resolve()
    for image in doctree.findall(nodes.image):
        uri = image["uri"]
        if not image.get("alt"):
            # In the words of the PDF writer, which refuses it as well, so that it is said once.
            logger.warning("a figure without a text that stands for it; give it an alt text", location=image)
        if "://" in uri:
            logger.warning("image '%s' is not in the dossier", uri, location=image)
        elif not (root / uri).resolve().is_relative_to(root):
            logger.warning("image '%s' lies outside the book's folder", uri, location=image)


def check_links(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of addresses that are not on the web (Sphinx event `doctree-read`)."""
    for node in doctree.findall(nodes.reference):
        address = node.get("refuri")
        if address is not None and not address.lower().startswith(WEB):
            message = "the address '%s' is none of http, https and mailto; name a page of the book by :doc:"
            logger.warning(message, address, location=node)


def setup(app: Sphinx) -> None:
    """Register the restrictions (called by the extension's own setup)."""
    app.add_directive("literalinclude", Off, override=True)
    app.connect("builder-inited", restrict)
    app.connect("doctree-read", check_images)
    app.connect("doctree-read", check_links)
