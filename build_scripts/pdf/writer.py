"""Turn docutils nodes into flowables that know their structure elements.

A table maps names of node classes to handlers, so that nodes of Sphinx and of our own need no import here. A node
without a handler is an error with its place in the source: no text is ever dropped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column, Label, Rule
from build_scripts.pdf.context import Scope, Setting, UnknownNode
from build_scripts.pdf.flow import Marker
from build_scripts.pdf.inline import InlineWriter
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.tags import Dest, Element
from build_scripts.pdf.text import LINE_SEPARATOR, Run

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

Handler = Callable[["Writer", nodes.Element, Element | None, Scope], list[Flowable]]

NOTE_INDENT = 15.0
WHERE_NO_NOTE_GOES = {"L", "LI", "Table", "THead", "TBody", "TR", "Figure", "TOC", "TOCI"}


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
        handler = self.handlers.get(type(node).__name__)
        if handler is None or not isinstance(node, nodes.Element):
            raise UnknownNode(node)
        return handler(self, node, parent, scope)

    def text(
        self, node: nodes.Element, style: str, element: Element | None, parent: Element | None, scope: Scope
    ) -> Paragraph:
        """Set the inline children of a node as one paragraph that belongs to `element`, a child of `parent`.

        Notes cited in it become elements that follow it in `parent`, or stand inside it where no note may follow.
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
        )
        return self.paragraph(inline.runs(node, chosen.text), style, None if scope.artifact else element)

    def paragraph(self, runs: Sequence[Run], style: str, element: Element | None) -> Paragraph:
        """Set runs as a paragraph in the shape of a named style."""
        sheet = self.setting.sheet
        return Paragraph(
            runs, sheet[style].block, element, fonts=self.setting.fonts, notes_width=sheet.geometry.measure
        )

    def words(self, text: str, style: str, element: Element | None) -> Paragraph:
        """Set plain words in a named style."""
        return self.paragraph([Run(text=text, style=self.setting.sheet[style].text)], style, element)

    def note(self, footnote: nodes.Element, parent: Element, place: str) -> tuple[Flowable, ...]:
        """Write a footnote for the foot of the page; its number leads back to `place`."""
        name = footnote["ids"][0]
        note = parent.add("Note", id=name)
        label = footnote.children[0].astext()
        link = note.add("Lbl").add("Link")
        style = self.setting.sheet["note-label"].text
        run = Run(
            text=label,
            style=style,
            element=link,
            link=Dest(place),
            link_element=link,
            contents=self.setting.wording.back.format(label=label),
        )
        scope = Scope(text="note", width=self.setting.sheet.geometry.measure - NOTE_INDENT, inside=True)
        children: list[Flowable] = [Marker([name])]
        for child in footnote.children[1:]:
            children += self.block(child, note, scope)
        body = self.paragraph([run], "note-label", link)
        return (
            Column(
                children,
                left=NOTE_INDENT,
                label=Label(body=body, left=0, width=NOTE_INDENT - 5),
                space_after=1,
            ),
        )

    def place(self, node: nodes.Element, scope: Scope) -> list[Flowable]:
        """Mark the ids of a node as named destinations, where it has any."""
        if scope.artifact or not node["ids"]:
            return []
        return [Marker(node["ids"])]


def add(parent: Element | None, tag: str, **properties: object) -> Element | None:
    """Add a child element, or none below an artifact."""
    return parent.add(tag, **properties) if parent is not None else None


def paragraph(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a paragraph: its class chooses the style; running text indents what follows another paragraph."""
    styles = writer.setting.sheet.styles
    style = next((name for name in node["classes"] if name in styles), None)
    if style is None:
        style = scope.text
        following = f"{style}-next"
        if following in styles and _follows_paragraph(node):
            style = following
    return [*writer.place(node, scope), writer.text(node, style, add(parent, "P"), parent, scope)]


def _follows_paragraph(node: nodes.Element) -> bool:
    siblings = node.parent.children
    index = siblings.index(node)
    previous = siblings[index - 1] if index else None
    return isinstance(previous, nodes.paragraph) and "lead" not in previous["classes"]


def section(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a section: an element, a heading that keeps with its text, everything below."""
    element = add(parent, "Sect")
    level = scope.level + 1
    title = node.next_node(nodes.title)
    running = " ".join(title.astext().split()) if title is not None and level - scope.shift == 2 else None
    flowables: list[Flowable] = [Marker(node["ids"], running=running)]
    inner = replace(scope, level=level)
    for child in node.children:
        flowables += writer.block(child, element, inner)
    return flowables


def title(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write the heading of the section around."""
    level = min(max(scope.level, 1), 6)
    style = f"h{max(level - scope.shift, 1)}"
    return [*writer.place(node, scope), writer.text(node, style, add(parent, f"H{level}"), parent, scope)]


def styled(style: str, tag: str = "P") -> Handler:
    """Make a handler that sets a node's text in one style."""

    def write(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
        return [*writer.place(node, scope), writer.text(node, style, add(parent, tag), parent, scope)]

    return write


def passed_through(
    writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope
) -> list[Flowable]:
    """Write what is inside a node that only groups."""
    return [*writer.place(node, scope), *writer.blocks(node, parent, scope)]


def skipped(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write nothing for a node without text; its ids stay reachable."""
    return writer.place(node, scope)


def block_quote(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a quotation; one of class `epigraph` in that style."""
    style = "epigraph" if "epigraph" in node["classes"] else "quote"
    element = add(parent, "BlockQuote")
    return [*writer.place(node, scope), *writer.blocks(node, element, replace(scope, text=style))]


def line_block(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write verse or an address: one paragraph whose lines end where they do, deeper lines indented."""
    whole = nodes.paragraph()
    whole.parent = node.parent
    for depth, line in _lines(node, 0):
        if whole.children:
            whole += nodes.Text(LINE_SEPARATOR)
        whole += nodes.Text(NO_BREAK_SPACE * 3 * depth)
        whole += [child.deepcopy() for child in line.children]
    return [*writer.place(node, scope), writer.text(whole, "verse", add(parent, "P"), parent, scope)]


def _lines(block: nodes.Element, depth: int) -> list[tuple[int, nodes.Element]]:
    lines: list[tuple[int, nodes.Element]] = []
    for child in block.children:
        assert isinstance(child, nodes.Element)
        lines += _lines(child, depth + 1) if isinstance(child, nodes.line_block) else [(depth, child)]
    return lines


def literal_block(
    writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope
) -> list[Flowable]:
    """Write text whose lines and spaces count."""
    text = node.astext().expandtabs().replace(" ", NO_BREAK_SPACE).replace("\n", LINE_SEPARATOR)
    outer = add(parent, "P")
    element = add(outer, "Code")
    return [*writer.place(node, scope), writer.words(text, "code", element)]


def transition(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a short rule."""
    return [Rule(48.0)]


def footnote(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write nothing here for a note that is cited somewhere; its text stands at the foot of that page."""
    if any(name in writer.setting.referenced for name in node["ids"]) or parent is None:
        return []
    return _labelled(writer, node, parent.add("Note", id=node["ids"][0]), scope)


def citation(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a docutils citation where it stands: its label hangs before the text."""
    return _labelled(writer, node, add(parent, "BibEntry"), scope)


def _labelled(writer: Writer, node: nodes.Element, element: Element | None, scope: Scope) -> list[Flowable]:
    label = writer.words(node.children[0].astext(), "note-label", add(element, "Lbl"))
    width = 54.0
    inner = replace(scope, text="note", width=scope.width - width, inside=True)
    children: list[Flowable] = [Marker(node["ids"])]
    for child in node.children[1:]:
        children += writer.block(child, element, inner)
    return [Column(children, left=width, label=Label(body=label, left=0, width=width - 8), space_after=3)]


HANDLERS: dict[str, Handler] = {
    "paragraph": paragraph,
    "compact_paragraph": paragraph,
    "section": section,
    "title": title,
    "rubric": styled("rubric"),
    "centered": styled("rubric"),
    "attribution": styled("attribution"),
    "block_quote": block_quote,
    "line_block": line_block,
    **dict.fromkeys(("literal_block", "doctest_block"), literal_block),
    "transition": transition,
    "footnote": footnote,
    "citation": citation,
    **dict.fromkeys(("document", "compound", "start_of_file", "glossary"), passed_through),
    **dict.fromkeys(
        (
            "comment",
            "substitution_definition",
            "target",
            "index",
            "highlightlang",
            "tabular_col_spec",
            "meta",
        ),
        skipped,
    ),
}
