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
    """Move closing sections up to the chapter and notes behind everything, before docutils numbers them.

    Notes that have no number of their own are counted in the order in which a reader comes upon their marks.
    """

    default_priority = Footnotes.default_priority - 10

    def apply(self, **kwargs: object) -> None:
        """Move them (docutils transform interface)."""
        sections = [child for child in self.document.children if isinstance(child, nodes.section)]
        chapter: nodes.Element = sections[-1] if sections else self.document
        for closer in [node for node in self.document.findall(nodes.section) if "closer" in node["classes"]]:
            closer.parent.remove(closer)
            chapter += closer
        notes = _in_order(self.document)
        order = {note: index for index, note in enumerate(notes)}
        self.document.autofootnotes.sort(key=lambda note: order.get(note, len(order)))
        if notes:
            gathered = nodes.container(classes=["notes"])
            for note in notes:
                note.parent.remove(note)
                gathered += note
            chapter += gathered


def _in_order(document: nodes.document) -> list[nodes.footnote]:
    """Return the notes in the order of their marks, behind each those of its own text."""
    marks: dict[nodes.Node | None, list[nodes.footnote_reference]] = {}
    for mark in document.findall(nodes.footnote_reference):
        marks.setdefault(_note_around(mark), []).append(mark)
    named = {name: note for note in document.findall(nodes.footnote) for name in note["names"]}
    unnamed = (note for note in document.autofootnotes if not note["names"])
    signed = iter(document.symbol_footnotes)
    found: dict[nodes.footnote, None] = {}
    waiting = marks.get(None, [])[::-1]
    while waiting:
        mark = waiting.pop()
        note = named.get(mark.get("refname", ""))
        if note is None and "auto" in mark:
            note = next(unnamed if mark["auto"] == 1 else signed, None)
        if note is not None and note not in found:
            found[note] = None
            waiting += marks.get(note, [])[::-1]
    return list(found)


def _note_around(node: nodes.Node) -> nodes.Node | None:
    while node.parent is not None and not isinstance(node, nodes.footnote):
        node = node.parent
    return node if isinstance(node, nodes.footnote) else None
