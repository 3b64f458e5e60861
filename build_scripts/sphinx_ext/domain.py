"""Offer the dossier's directives and roles as the domain `dossier`, and know where each record is told."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from build_scripts.nodes.context import Context
from build_scripts.nodes.text import page_id
from build_scripts.sphinx_ext.directives import DIRECTIVES
from build_scripts.sphinx_ext.roles import ROLES

logger = logging.getLogger(__name__)

PREFIXES = ("event-", "person-", "org-", "account-", "series-", "term-", "room-", "phase-", "ref-")


class DossierDomain(Domain):
    """Hold the directives, the roles and, in `data`, the page of every record by its id in documents."""

    name = "dossier"
    label = "Dossier"
    directives: ClassVar[dict[str, Any]] = dict(DIRECTIVES)
    roles: ClassVar[dict[str, Any]] = dict(ROLES)
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}}
    data_version = 1
    context: Context | None = None

    @property
    def pages(self) -> dict[str, str]:
        """Return the page on which each record is told."""
        pages: dict[str, str] = self.data["pages"]
        return pages

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is read anew."""
        for name in [name for name, page in self.pages.items() if page == docname]:
            del self.pages[name]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        self.pages.update({name: page for name, page in otherdata["pages"].items() if page in docnames})

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note which records a page tells, and the page itself."""
        other = self.pages.get(page_id(docname), docname)
        if other != docname:
            logger.warning("its name is too much like that of '%s'; give it another", other, location=docname)
        self.pages[page_id(docname)] = docname
        for node in document.findall(nodes.Element):
            ids: list[str] = node.get("ids", [])
            for name in ids:
                if not name.startswith(PREFIXES):
                    continue
                if self.pages.get(name, docname) != docname:
                    logger.warning("'%s' is told here and in '%s'", name, self.pages[name], location=node)
                self.pages[name] = docname
