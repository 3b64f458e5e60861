"""Find what a chapter says without saying who says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from docutils import nodes

from build_scripts.diagnostics import Diagnostic, Location
from build_scripts.manuscript.placeholders import CLOSERS, cite, part

# Notes belong to the paragraph that carries their mark; the rest shows nothing or is shown as typed.
EXEMPT = (
    nodes.Titular
    | nodes.Invisible
    | nodes.footnote
    | nodes.literal_block
    | nodes.image
    | nodes.transition
    | nodes.system_message
    | part
)
SHOWN_LENGTH = 40


def check(document: nodes.document, path: str) -> Iterator[Diagnostic]:
    """Yield the paragraphs without a citation, and lists, tables and quotations that none covers.

    A paragraph covers what stands beside it, and is covered by what follows if it ends in a colon. One that
    stands right above a part of the dossier tells of that part, which has its own sources.
    """
    for holder in (document, *document.findall(nodes.section)):
        blocks = [node for node in holder.children if _is_block(node) and not _introduces(node)]
        for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
            if not cited(block) and not _covered(before, block, after):
                words = " ".join((block.astext().replace("\x00", "").strip() or block.rawsource).split())
                shown = words if len(words) <= SHOWN_LENGTH else f"{words[:SHOWN_LENGTH].rstrip()}…"
                location = Location(path, _line(block))
                yield Diagnostic(location, f"{_noun(block)} '{shown}' cites no source")


def cited(node: nodes.Element) -> bool:
    """Check whether a source is cited anywhere in a part of a chapter."""
    return next(node.findall(cite), None) is not None


def _is_block(node: nodes.Node) -> TypeGuard[nodes.Element]:
    return isinstance(node, nodes.Element) and not isinstance(node, nodes.section | EXEMPT)


def _introduces(block: nodes.Element) -> bool:
    """Check whether a paragraph stands right above a part that is not the end of a chapter."""
    following = block.next_node(descend=False, siblings=True)
    is_part = isinstance(following, part) and following["name"] not in CLOSERS
    return is_part and isinstance(block, nodes.paragraph)


def _covered(before: nodes.Node | None, block: nodes.Element, after: nodes.Node | None) -> bool:
    if isinstance(block, nodes.paragraph):
        leads = block.astext().rstrip().endswith(":")
        return (
            leads
            and isinstance(after, nodes.Element)
            and not isinstance(after, nodes.paragraph)
            and cited(after)
        )
    beside = (one for one in (before, after) if isinstance(one, nodes.paragraph))
    return not block.astext().strip() or any(map(cited, beside))


def _noun(block: nodes.Element) -> str:
    if isinstance(block, nodes.paragraph):
        return "paragraph"
    if isinstance(block, nodes.table):
        return "table"
    return "quotation" if isinstance(block, nodes.block_quote) else "passage"


def _line(block: nodes.Element) -> int:
    return next((node.line for node in block.findall(nodes.Element) if node.line), None) or 1
