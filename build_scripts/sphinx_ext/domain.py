"""Know where each record and page of the dossier is told: the domain `dossier`."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from build_scripts.nodes.context import Context
from build_scripts.nodes.text import page_id
from build_scripts.sphinx_ext.fill import record_ids


class DossierDomain(Domain):
    """Hold in `data` the page of every record by its id in documents."""

    name = "dossier"
    label = "Dossier"
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}}
    data_version = 2
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
        assert self.context is not None
        records = record_ids(self.context.dossier)
        self.pages[page_id(docname)] = docname
        for node in document.findall(nodes.Element):
            self.pages.update({name: docname for name in node["ids"] if name in records})
