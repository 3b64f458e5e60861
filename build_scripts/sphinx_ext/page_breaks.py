"""Mark in the EPUB where the pages of the printed book begin.

Site, EPUB and PDF are read by a Sphinx run each, from the same sources: the n-th block of a chapter is the
same in all of them. So blocks are named by their numbers when they are read; the PDF notes with which blocks
its pages begin, and the EPUB sets its marks there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from docutils import nodes
from sphinx.application import Sphinx

from build_scripts.nodes.drawing import drawing
from build_scripts.pdf.context import BLOCK
from build_scripts.pdf.page_map import Beginning, letters

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
        if page.block in named:
            if _set(mark, named[page.block], page.letters):
                yield page
        elif (following := _following(page.block, named)) is not None:
            _set_at_start(mark, following)
            yield page


def _blocks(tree: nodes.Element) -> Iterator[nodes.Element]:
    for node in tree.findall(nodes.Element):
        if isinstance(node, (nodes.image, drawing, nodes.line_block)) or (
            isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline)
        ):
            yield node


def _following(block: str, named: Mapping[str, nodes.Element]) -> nodes.Element | None:
    """Find what follows a block that is for paper alone (`.. only:: pdf`)."""
    docname, _, number = block.rpartition("#")
    if not docname:
        return None
    numbers = (int(name.rpartition("#")[2]) for name in named if name.startswith(f"{docname}#"))
    later = min((one for one in numbers if one > int(number)), default=None)
    return None if later is None else named[f"{docname}#{later}"]


def _set(mark: page_break, block: nodes.Element, before: int) -> bool:
    """Set a mark behind so many letters of a block, where a word begins, and tell whether it has so many."""
    if not before or isinstance(block, WHOLE):
        _set_at_start(mark, block)
        return True
    if letters(block.astext()) < before:
        return False
    found = _word_behind(block, before)
    if found is None:
        block += mark
        return True
    node, index = found
    parent, at = node.parent, _index(node.parent, node)
    if index:
        parent[at : at + 1] = [nodes.Text(str(node)[:index]), mark, nodes.Text(str(node)[index:])]
    else:
        parent.insert(at, mark)
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


def _word_behind(block: nodes.Element, before: int) -> tuple[nodes.Node, int] | None:
    """Find the first whole word behind so many letters: a text or a link, and the place in it.

    Every ideograph is a word.
    """
    count, space = 0, False
    for text in block.findall(nodes.Text):
        whole = _whole(text, block)
        link = whole if isinstance(whole, nodes.reference) and whole.next_node(nodes.Text) is text else None
        for index, sign in enumerate(str(text)):
            ideograph = sign.isalnum() and unicodedata.east_asian_width(sign) == "W"
            if count >= before and not sign.isspace() and (space or ideograph):
                if whole is None:
                    return text, index
                if link is not None and not index:
                    return link, 0
            count += sign.isalnum()
            space = count >= before and sign.isspace()
    return None


def _whole(text: nodes.Text, block: nodes.Element) -> nodes.Element | None:
    """Return the link or note that a text belongs to."""
    above: nodes.Element = text.parent
    while above is not block:
        if isinstance(above, WHOLE):
            return above
        above = above.parent
    return None


def _index(parent: nodes.Element, child: nodes.Node) -> int:
    """Return the place of a child; text nodes of the same words are not the same child."""
    return next(index for index, one in enumerate(parent.children) if one is child)
