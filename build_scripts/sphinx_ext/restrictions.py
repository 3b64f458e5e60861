"""Keep chapters inside their dossier: they read no other file and show no picture from elsewhere.

They write no raw HTML and lead nowhere but to the web: an address of another kind would run in the reader's
browser.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import NoReturn

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.util import logging

from build_scripts.chapters import NAME
from build_scripts.model.addresses import web_problem
from build_scripts.model.marked import WEB_SCHEMES
from build_scripts.pdf.picture_files import picture_problem

# What docutils takes for an address of mail may still be none (RFC 6068).
MAIL = re.compile(r"(?i:mailto):[\w.+~-]+@[\w-]+(?:\.[\w-]+)*(?:\?[\w=&%.+~-]+)?")

logger = logging.getLogger(__name__)

# What docutils calls the directives include, raw and tables from files, and the role raw.
DOCUTILS = {"file_insertion_enabled": False, "raw_enabled": False}


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
    """Warn of pictures that cannot be shown and of those without words (Sphinx event `doctree-read`)."""
    root = Path(app.srcdir).resolve()
    for image in doctree.findall(nodes.image):
        for problem in (_alt_problem(image), _file_problem(root, image["uri"])):
            if problem:
                logger.warning(problem, location=image)


def _alt_problem(image: nodes.image) -> str | None:
    alt, name = image.get("alt", "").strip().lower(), PurePosixPath(image["uri"].lower())
    if not alt:
        # In the words of the PDF writer, which refuses it as well, so that it is said once.
        return "a figure without a text that stands for it; give it an alt text"
    if alt in (name.name, name.stem) or not any(map(str.isalpha, alt)):
        return f"the alt text '{image['alt']}' does not say what the picture shows"
    return None


def _file_problem(root: Path, uri: str) -> str | None:
    path = (root / uri).resolve()
    if "://" in uri:
        return f"image '{uri}' is not in the dossier"
    if not path.is_relative_to(root):
        return f"image '{uri}' lies outside the book's folder"
    if not path.is_file():
        # Sphinx has said so.
        return None
    problem = picture_problem(path) if NAME.fullmatch(path.name) else "has a name that makes no address"
    return f"image '{uri}' {problem}" if problem else None


def check_links(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of addresses that lead nowhere on the web (Sphinx event `doctree-read`)."""
    for node in doctree.findall(nodes.reference):
        address = node.get("refuri")
        problem = _address_problem(address) if address is not None else None
        if problem:
            logger.warning("the address '%s' %s", address, problem, location=node)


def _address_problem(address: str) -> str | None:
    scheme = address.partition(":")[0].lower()
    if scheme == "mailto":
        return None if MAIL.fullmatch(address) else "is not that of a mailbox, mailto:name@example.org"
    if scheme in WEB_SCHEMES:
        return web_problem(address)
    return "is none of http, https and mailto; name a page of the book by :doc:"


def setup(app: Sphinx) -> None:
    """Register the restrictions (called by the extension's own setup)."""
    app.add_directive("literalinclude", Off, override=True)
    app.connect("builder-inited", restrict)
    app.connect("doctree-read", check_images)
    app.connect("doctree-read", check_links)
