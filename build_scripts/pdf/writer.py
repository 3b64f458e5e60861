"""Turn docutils nodes into flowables that know their structure elements.

A table maps names of node classes to handlers, so that nodes of Sphinx and of our own need no import here. A
node without a handler is an error with its place in the source: no text is ever dropped.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column, Label
from build_scripts.pdf.context import BLOCK, Refused, Scope, Setting, UnknownNode
from build_scripts.pdf.drawing import measure
from build_scripts.pdf.flow import Marker
from build_scripts.pdf.fonts import MissingGlyph
from build_scripts.pdf.inline import InlineWriter
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.tags import Dest, Element
from build_scripts.pdf.text import BlockStyle, Run

Handler = Callable[["Writer", nodes.Element, Element | None, Scope], Iterable[Flowable]]
"""Write a node of one class below an element; what may be long comes piece by piece."""

NOTE_INDENT, NOTE_GUTTER = 15.0, 5.0
COMMON_LABEL = "00"
"""Notes with numbers as wide as this or narrower are indented alike; a wider one takes its room."""
WHERE_NO_NOTE_GOES = {"L", "LI", "Table", "THead", "TBody", "TR", "Figure", "TOC", "TOCI"}

BALANCED = {"title", "subtitle", "part", "h1", "h2"}
"""Headings whose lines are made about equally long."""


@dataclass(slots=True, kw_only=True)
class Writer:
    """Write trees of nodes below structure elements; `handlers` is the table of node classes."""

    setting: Setting
    handlers: dict[str, Handler]

    def blocks(self, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
        """Write the children of a node one after the other."""
        flowables: list[Flowable] = []
        for child in node.children:
            flowables += self.block(child, parent, scope)
        return flowables

    def block(self, node: nodes.Node, parent: Element | None, scope: Scope) -> list[Flowable]:
        """Write one node."""
        return list(self.flow(node, parent, scope))

    def flow(self, node: nodes.Node, parent: Element | None, scope: Scope) -> Iterable[Flowable]:
        """Write one node piece by piece, so that a long one never stands in memory as a whole."""
        handler = self.handlers.get(type(node).__name__)
        if handler is None or not isinstance(node, nodes.Element):
            raise UnknownNode(node)
        return handler(self, node, parent, scope)

    def text(
        self, node: nodes.Element, style: str, element: Element | None, parent: Element | None, scope: Scope
    ) -> Paragraph:
        """Set the inline children of a node as one paragraph that belongs to `element`, a child of `parent`.

        Notes cited in it become elements that follow it in `parent`, or stand inside it where no note may
        follow.
        """
        chosen = self.setting.sheet[style]
        takes_notes = element if parent is None or parent.tag in WHERE_NO_NOTE_GOES else parent
        inline = InlineWriter(
            setting=self.setting,
            scope=scope,
            element=None if scope.artifact else element,
            notes=takes_notes,
            make_note=self.note,
            anchors=[],
            holder=node,
        )
        runs = inline.runs(node, chosen.text)
        try:
            paragraph = self.paragraph(runs, style, None if scope.artifact else element)
        except MissingGlyph as problem:
            raise Refused(node, str(problem)) from problem
        if not scope.artifact:
            paragraph.block_name = node.get(BLOCK, "")
        return paragraph

    def paragraph(self, runs: Sequence[Run], style: str, element: Element | None) -> Paragraph:
        """Set runs as a paragraph in the shape of a named style."""
        geometry, block = self.setting.sheet.geometry, self.setting.sheet[style].block

        def made(shape: BlockStyle) -> Paragraph:
            return Paragraph(runs, shape, element, fonts=self.setting.fonts, notes_width=geometry.measure)

        paragraph = made(block)
        if style not in BALANCED or len(paragraph.lines(geometry.measure)) == 1:
            return paragraph
        return made(replace(block, right_indent=_spare(paragraph, geometry.measure)))

    def words(self, text: str, style: str, element: Element | None) -> Paragraph:
        """Set plain words in a named style."""
        return self.paragraph([Run(text=text, style=self.setting.sheet[style].text)], style, element)

    def note(self, footnote: nodes.Element, parent: Element, place: str) -> tuple[Flowable, ...]:
        """Write a footnote and those that it cites for the foot of the page; its number leads to `place`."""
        name = footnote["ids"][0]
        note = parent.add("Note", id=name)
        label = footnote.children[0].astext()
        link = note.add("Lbl").add("Link")
        style = self.setting.sheet["footnote-label"].text
        run = Run(
            text=label,
            style=style,
            element=link,
            link=Dest(place),
            link_element=link,
            contents=self.setting.wording.back.format(label=label),
        )
        wide = max(measure(text, style, self.setting.fonts) for text in (label, COMMON_LABEL))
        indent = max(NOTE_INDENT, wide + NOTE_GUTTER + 0.5)
        width = self.setting.sheet.geometry.measure - indent
        cited: list[Flowable] = []
        scope = Scope(text="footnote", width=width, inside=True, notes=cited)
        children: list[Flowable] = [Marker([name])]
        for child in footnote.children[1:]:
            children += self.block(child, note, scope)
        body = self.paragraph([run], "footnote-label", link)
        return (
            Column(
                children,
                left=indent,
                label=Label(body=body, left=0, width=indent - NOTE_GUTTER),
                space_after=1,
            ),
            *cited,
        )

    def place(self, node: nodes.Element, scope: Scope) -> list[Flowable]:
        """Mark the ids of a node as named destinations, where it has any."""
        if scope.artifact or not node["ids"]:
            return []
        return [Marker(node["ids"])]


TRAILING = frozenset(("sources", "places", "people", "reliability"))
"""Classes of lines that belong to what stands above them and never open a page."""


def is_trailed(node: nodes.Element) -> bool:
    """Check whether a line follows that has to keep with this block."""
    following = node.next_node(descend=False, siblings=True)
    return isinstance(following, nodes.paragraph) and bool(TRAILING & set(following["classes"]))


def _spare(paragraph: Paragraph, width: float) -> float:
    """Find how much narrower a heading may be set without another line: its lines become about equal."""
    count = len(paragraph.lines(width))
    narrow, wide = width / 2, width
    while wide - narrow > 2:
        middle = (narrow + wide) / 2
        if len(paragraph.lines(middle)) > count:
            narrow = middle
        else:
            wide = middle
    return width - wide


def add(parent: Element | None, tag: str, **properties: object) -> Element | None:
    """Add a child element, or none below an artifact."""
    return parent.add(tag, **properties) if parent is not None else None
