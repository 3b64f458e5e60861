"""Gather the notes of citations at the end of a page, where docutils numbers them."""

from __future__ import annotations

from docutils import nodes
from docutils.transforms.references import Footnotes
from sphinx.transforms import SphinxTransform


class CollectNotes(SphinxTransform):
    """Move notes from the sentences that cite to the end of the page."""

    default_priority = Footnotes.default_priority - 10

    def apply(self, **kwargs: object) -> None:
        """Move the notes (docutils transform interface)."""
        notes = [note for note in self.document.findall(nodes.footnote) if "cite" in note["classes"]]
        if not notes:
            return
        sections = [child for child in self.document.children if isinstance(child, nodes.section)]
        holder = sections[-1] if sections else self.document
        gathered = nodes.container(classes=["notes"])
        for note in notes:
            note.parent.remove(note)
            gathered += note
        holder += gathered
