"""Bring to a chapter's end what belongs there: its closing sections and the notes of its citations."""

from __future__ import annotations

from docutils import nodes
from docutils.transforms.references import Footnotes
from sphinx.transforms import SphinxTransform


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
