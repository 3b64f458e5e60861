"""Write the whole book as one PDF, from the same nodes as the site and the EPUB."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.builders import Builder

from build_scripts import files
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.nodes.context import Context
from build_scripts.nodes.index_entries import authored
from build_scripts.pdf.book import write_book
from build_scripts.pdf.page_map import PageMap
from build_scripts.printing import info, kit, reporting
from build_scripts.sphinx_ext.assemble import assemble, page_address
from build_scripts.trimmings import trimmings


class PdfBuilder(Builder):
    """Assemble and write the book and the map of its pages.

    There are no pages of its own that could be out of date one by one.
    """

    name = "dossier-pdf"
    format = "pdf"
    epilog = ""
    supported_image_types: ClassVar[list[str]] = ["image/png", "image/jpeg", "image/webp"]
    default_translator_class = nodes.NodeVisitor

    def get_outdated_docs(self) -> str:
        """Say that everything is written anew."""
        return "all pages"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page within the book."""
        return page_address(docname)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of a page as seen from another, which is the same."""
        return page_address(to)

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write the book and where its pages begin."""
        ctx: Context = self.env.get_domain("dossier").context  # type: ignore[attr-defined]
        book = assemble(self, self.config.root_doc)
        with reporting(Path(self.srcdir).parent):
            around = trimmings(ctx, authored([(self.config.root_doc, book)]))
            written = write_book(book, info(ctx.dossier), kit(ctx, images=Path(self.srcdir)), around)
        if written.unresolved:
            messages = (f"refers to '{name}', which the PDF does not tell" for name in written.unresolved)
            raise ProblemsFound(Diagnostic(Location("book"), message) for message in messages)
        pages = PageMap(paper=ctx.press.paper, edition=ctx.press.edition, pages=written.beginnings)
        files.write(Path(self.outdir) / "pages.json", pages.dump())
        files.write(Path(self.outdir) / "dossier.pdf", written.data)

    def finish(self) -> None:
        """Have nothing left to do."""
