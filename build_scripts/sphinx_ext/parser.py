"""Let Sphinx read chapters by the reader that has checked them, and fill them from the dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.parsers import Parser

from build_scripts.manuscript.parser import ChapterParser
from build_scripts.manuscript.placeholders import cite, part, record
from build_scripts.nodes.context import Context
from build_scripts.sphinx_ext.fill import fill
from build_scripts.sphinx_ext.parts import LISTING


class DossierParser(ChapterParser, Parser):
    """Parse a chapter and fill it; a page that names records depends on all data: these name each other."""

    supported = ("restructuredtext",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Fill a document (docutils parser interface)."""
        env: BuildEnvironment = document.settings.env
        document.settings.dossier_page = env.docname
        document.settings.dossier_pages = frozenset(env.found_docs)
        super().parse(inputstring, document)
        ctx: Any = env.get_domain("dossier").context  # type: ignore[attr-defined]
        if not isinstance(ctx, Context):
            raise RuntimeError("the dossier is loaded when the builder starts, before any page is read")
        _note_files(env, document)
        fill(document, ctx)


def _note_files(env: BuildEnvironment, document: nodes.document) -> None:
    """Note the files that a page depends on: those of the data, and all pages if it tells what they name."""
    if next(document.findall(lambda one: isinstance(one, record | cite | part)), None) is None:
        return
    folder = Path(env.config.dossier_folder)
    lists = any(node["name"] in LISTING for node in document.findall(part))
    chapters = (folder / "book").rglob("*.rst") if lists else ()
    for path in sorted([*(folder / "data").glob("*.yaml"), *chapters]):
        env.note_dependency(str(path))
    env.note_dependency(env.config.dossier_citations)
