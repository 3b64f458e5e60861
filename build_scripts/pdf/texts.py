"""Write sections, paragraphs, quotations, verse, literal text, notes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column, Label, Rule
from build_scripts.pdf.context import BLOCK, UNLISTED, Refused, Scope, plain
from build_scripts.pdf.flow import Marker
from build_scripts.pdf.tags import Element
from build_scripts.pdf.text import LINE_SEPARATOR
from build_scripts.pdf.writer import Handler, Writer, add, is_trailed

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

TITLES = {"closer": "closer", "account-section": "question"}
"""Styles of titles by a class of their section."""

REMARK = 1
"""The level of messages that docutils gives for information."""


def paragraph(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a paragraph: its class chooses the style; running text indents what follows another paragraph."""
    styles = writer.setting.sheet.styles
    style = next((name for name in node["classes"] if name in styles), None)
    if style is None:
        style = scope.text
        following = f"{style}-next"
        if following in styles and _follows_paragraph(node, styles):
            style = following
    if f"{style}-{scope.text}" in styles:
        style = f"{style}-{scope.text}"
    text = writer.text(node, style, add(parent, "P"), parent, scope)
    if is_trailed(node):
        text.keepWithNext = text.gives_lines = True
    return [*writer.place(node, scope), text]


def _follows_paragraph(node: nodes.Element, styles: Mapping[str, object]) -> bool:
    """Check whether a paragraph comes directly after another in plain style."""
    siblings = node.parent.children
    index = siblings.index(node)
    previous = siblings[index - 1] if index else None
    return isinstance(previous, nodes.paragraph) and not any(name in styles for name in previous["classes"])


def section(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> Iterator[Flowable]:
    """Write a section: an element, a heading that keeps with its text, everything below."""
    element = add(parent, "Sect")
    level = scope.level + 1
    title = node.next_node(nodes.title)
    running = None
    if title is not None and 2 <= level - scope.shift <= 3 and not UNLISTED & set(node["classes"]):
        running = plain(title)
    yield Marker(node["ids"], running=running)
    inner = replace(scope, level=level, text="small" if "closer" in node["classes"] else scope.text)
    for child in node.children:
        yield from writer.flow(child, element, inner)


def title(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write the heading of the section around."""
    level = min(max(scope.level, 1), 6)
    style = next(
        (style for name, style in TITLES.items() if name in node.parent["classes"]),
        f"h{max(level - scope.shift, 1)}",
    )
    return [*writer.place(node, scope), writer.text(node, style, add(parent, f"H{level}"), parent, scope)]


def styled(style: str, tag: str = "P") -> Handler:
    """Make a handler that sets a node's text in one style."""

    def write(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
        return [*writer.place(node, scope), writer.text(node, style, add(parent, tag), parent, scope)]

    return write


def passed_through(
    writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope
) -> Iterator[Flowable]:
    """Write what is inside a node that only groups."""
    yield from writer.place(node, scope)
    for child in node.children:
        yield from writer.flow(child, parent, scope)


def skipped(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write nothing for a node without text; its ids stay reachable."""
    return writer.place(node, scope)


def system_message(
    writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope
) -> list[Flowable]:
    """Refuse what docutils found wrong, and pass over what it only remarks."""
    if node["level"] > REMARK:
        raise Refused(node, node.children[0].astext())
    return []


def block_quote(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a quotation; one of class `epigraph` in that style."""
    style = "epigraph" if "epigraph" in node["classes"] else "quote"
    element = add(parent, "BlockQuote")
    flowables = writer.blocks(node, element, replace(scope, text=style))
    if flowables:
        flowables[-1].spaceAfter = writer.setting.sheet[style].block.leading
    return [*writer.place(node, scope), *flowables]


def attribution(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write who is quoted, at the indent of the quotation."""
    style = f"{scope.text}-attribution" if scope.text == "epigraph" else "attribution"
    return [*writer.place(node, scope), writer.text(node, style, add(parent, "P"), parent, scope)]


def line_block(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write verse or an address: one paragraph whose lines end where they do, deeper lines indented."""
    whole = nodes.paragraph(**{BLOCK: node.get(BLOCK, "")})
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
    code = writer.words(text, "code", element)
    code.block_name = node.get(BLOCK, "")
    return [*writer.place(node, scope), code]


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
    label = writer.words(node.children[0].astext(), "footnote-label", add(element, "Lbl"))
    width = 54.0
    inner = replace(scope, text="footnote", width=scope.width - width, inside=True)
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
    "attribution": attribution,
    "block_quote": block_quote,
    "line_block": line_block,
    **dict.fromkeys(("literal_block", "doctest_block"), literal_block),
    "transition": transition,
    "system_message": system_message,
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
