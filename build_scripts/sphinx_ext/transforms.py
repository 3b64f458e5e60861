"""Give the first page its title, and each chapter its closing sections and notes at its end."""

from __future__ import annotations

from docutils import nodes
from docutils.transforms.references import Footnotes
from sphinx.transforms import SphinxTransform

from build_scripts.nodes.context import Context
from build_scripts.nodes.text import page_id, section


class Title(SphinxTransform):
    """Put a first page without a heading below the title of the edition."""

    default_priority = Footnotes.default_priority - 20

    def apply(self, **kwargs: object) -> None:
        """Wrap the page (docutils transform interface)."""
        if self.env.docname != self.config.root_doc or self.document.next_node(nodes.section) is not None:
            return
        ctx: Context = self.env.get_domain("dossier").context  # type: ignore[attr-defined]
        whole = section([page_id(self.env.docname)], ctx.dossier.edition.title, *self.document.children)
        self.document.children = []
        self.document += whole


class Gather(SphinxTransform):
    """Move closing sections up to the chapter and notes behind everything, before docutils numbers them."""

    default_priority = Footnotes.default_priority - 10

    def apply(self, **kwargs: object) -> None:
        """Move them (docutils transform interface)."""
        sections = [child for child in self.document.children if isinstance(child, nodes.section)]
        chapter: nodes.Element = sections[-1] if sections else self.document
        for closer in [node for node in self.document.findall(nodes.section) if "closer" in node["classes"]]:
            closer.parent.remove(closer)
            chapter += closer
        notes = [note for note in self.document.findall(nodes.footnote) if "cite" in note["classes"]]
        if notes:
            gathered = nodes.container(classes=["notes"])
            for note in notes:
                note.parent.remove(note)
                gathered += note
            chapter += gathered
