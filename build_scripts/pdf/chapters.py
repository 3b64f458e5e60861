"""Set the body of a book: parts, chapters on pages of their own, and figures that a list can lead to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Space
from build_scripts.pdf.context import BLOCK, Scope, plain
from build_scripts.pdf.flow import Marker
from build_scripts.pdf.pages import Start
from build_scripts.pdf.tags import Element
from build_scripts.pdf.writer import Writer

SINK = 0.3
"""The title of a part stands so far down its page, as a share of the type area."""


def chapters(node: nodes.Element) -> Iterator[nodes.Element]:
    """Give the outermost blocks of a book, through what only wraps them: a lone section, toctrees, files."""
    blocks = [child for child in node.children if isinstance(child, nodes.Element)]
    if isinstance(node, (nodes.document, nodes.section)):
        blocks = [child for child in blocks if not isinstance(child, (nodes.title, nodes.subtitle))]
    sections = [child for child in blocks if isinstance(child, nodes.section)]
    if isinstance(node, nodes.document) and len(sections) == 1 and len(blocks) == 1:
        yield from chapters(sections[0])
        return
    for child in blocks:
        if type(child).__name__ == "start_of_file" or "toctree-wrapper" in child["classes"]:
            yield from chapters(child)
        else:
            yield child


def is_part(block: nodes.Element) -> bool:
    """Check whether a block is a section that holds chapters."""
    return isinstance(block, nodes.section) and "part" in block["classes"]


def body(
    scribe: Writer, blocks: Sequence[nodes.Element], parent: Element, scope: Scope
) -> Iterator[Flowable | Start]:
    """Set parts and chapters, piece by piece."""
    for index, block in enumerate(blocks):
        if is_part(block):
            yield from _part(scribe, block, parent.add("Part"), scope)
            continue
        if isinstance(block, nodes.section) or not index:
            yield Start(head=_title_of(block))
        yield from scribe.flow(block, parent, scope)


def _part(scribe: Writer, part: nodes.Element, element: Element, scope: Scope) -> Iterator[Flowable | Start]:
    """Open a part on a recto of its own; its chapters look like chapters, one heading level deeper."""
    title = part.next_node(nodes.title)
    assert title is not None
    yield Start(kind="bare", recto=True)
    yield Marker(part["ids"])
    yield Space(scribe.setting.sheet.geometry.depth * SINK)
    named = scribe.text(title, "part", element.add("H1"), element, scope)
    # On paper alone a part has a page of its own; elsewhere it begins where its first chapter does.
    named.block_name = next((node[BLOCK] for node in part.findall(nodes.title) if node.get(BLOCK)), "")
    yield named
    inner = replace(scope, level=1, shift=1)
    for block in part.children:
        if block is not title and not isinstance(block, nodes.section):
            yield from scribe.flow(block, element, inner)
    for block in part.children:
        if isinstance(block, nodes.section):
            yield Start(head=_title_of(block))
            yield from scribe.flow(block, element, inner)


def _title_of(block: nodes.Element) -> str:
    title = block.next_node(nodes.title) if isinstance(block, nodes.section) else None
    return plain(title) if title is not None else ""


def name_figures(blocks: Sequence[nodes.Node], ids: set[str]) -> None:
    """Give figures with a caption an id, so that the list of figures can lead to them."""
    count = 0
    for block in blocks:
        for figure in block.findall(nodes.figure):
            if figure["ids"] or figure.next_node(nodes.caption) is None:
                continue
            count += 1
            while f"figure-{count}" in ids:
                count += 1
            figure["ids"].append(f"figure-{count}")
            ids.add(f"figure-{count}")
