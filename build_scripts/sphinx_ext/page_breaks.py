"""Mark in the EPUB where the pages of the printed book begin.

Site, EPUB and PDF are read by a Sphinx run each, from the same sources: the n-th block of a chapter is the
same in all of them. So blocks are named by their numbers when they are read; the PDF notes with which blocks
its pages begin, and the EPUB sets its marks there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx.application import Sphinx

from build_scripts.nodes.drawing import drawing
from build_scripts.pdf.context import BLOCK
from build_scripts.pdf.page_map import Beginning

# Nothing stands inside these: a link has words of its own, and Sphinx shows literal text as it was typed.
WHOLE = (nodes.reference, nodes.footnote_reference, nodes.literal_block)


class page_break(nodes.Inline, nodes.Element):
    """Mark where the page with the number `folio` begins; it has no text."""


def name_blocks(app: Sphinx, doctree: nodes.document) -> None:
    """Name everything that has text or is a picture by its number (Sphinx event `doctree-read`)."""
    for number, node in enumerate(_blocks(doctree)):
        node[BLOCK] = f"{app.env.docname}#{number}"


def place(page: Beginning) -> str:
    """Return the id of the mark of a page; this sign is in the id of no heading and of no record."""
    return f"page_{page.folio}"


def set_marks(
    pages: Iterable[Beginning], doctree: nodes.document, titles: Iterable[str]
) -> Iterator[Beginning]:
    """Set the marks of all pages that begin in a document and yield these.

    Its own title also goes by the names `titles`, which blocks have that only the printed book makes.
    """
    named = {node[BLOCK]: node for node in _blocks(doctree) if BLOCK in node}
    title = doctree.next_node(nodes.title)
    if title is not None:
        named |= dict.fromkeys(titles, title)
    for page in pages:
        mark = page_break(folio=page.folio, ids=[place(page)])
        if page.block in named and _set(mark, named[page.block], page.letters):
            yield page


def _blocks(tree: nodes.Element) -> Iterator[nodes.Element]:
    for node in tree.findall(nodes.Element):
        if isinstance(node, (nodes.image, drawing, nodes.line_block)) or (
            isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline)
        ):
            yield node


def _set(mark: page_break, block: nodes.Element, letters: int) -> bool:
    """Set a mark behind so many letters of a block, before a word, and tell whether it has so many."""
    if not letters or isinstance(block, WHOLE):
        _set_at_start(mark, block)
        return True
    found = _behind(block, letters)
    if found is None:
        return False
    text, index = found
    around: nodes.Node = text
    above: nodes.Element = text.parent
    while above is not block:
        if isinstance(above, WHOLE):
            around, index = above, 1
        above = above.parent
    if isinstance(around, nodes.Text):
        parts = [nodes.Text(str(text)[:index]), mark, nodes.Text(str(text)[index:])]
    else:
        parts = [around, mark]
    parent = around.parent
    at = _index(parent, around)
    parent[at : at + 1] = [part for part in parts if not isinstance(part, nodes.Text) or part]
    return True


def _set_at_start(mark: page_break, block: nodes.Element) -> None:
    """Set a mark before a heading, a picture, a table or kept lines, or else as the first thing inside."""
    outer = _outer(block)
    if outer is not None:
        outer.parent.insert(_index(outer.parent, outer), mark)
    else:
        block.insert(sum(isinstance(child, page_break) for child in block.children), mark)


def _outer(block: nodes.Element) -> nodes.Element | None:
    """Return what begins with a block and may have a mark before it; None if that is only the block."""
    if isinstance(block, nodes.title) and isinstance(block.parent, nodes.section):
        return block
    table = block.parent
    while table is not None and not isinstance(table, nodes.table):
        table = table.parent
    if table is not None and next(_blocks(table)) is block:
        return table
    if not isinstance(block, (nodes.image, drawing, nodes.line_block, nodes.literal_block)):
        return None
    while isinstance(block.parent, (nodes.figure, nodes.reference)):
        block = block.parent
    return block


def _behind(block: nodes.Element, letters: int) -> tuple[nodes.Text, int] | None:
    """Find the place behind so many letters and the rest of their word, if the block has so many."""
    count = 0
    found: tuple[nodes.Text, int] | None = None
    space = False
    for text in block.findall(nodes.Text):
        for index, sign in enumerate(str(text)):
            if space and not sign.isspace():
                return text, index
            count += sign.isalnum()
            if found is None and count == letters:
                found = text, index + 1
            elif found is not None:
                space = sign.isspace()
    return found


def _index(parent: nodes.Element, child: nodes.Node) -> int:
    """Return the place of a child; text nodes of the same words are not the same child."""
    return next(index for index, one in enumerate(parent.children) if one is child)
