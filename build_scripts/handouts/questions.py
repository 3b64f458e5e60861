"""Lay out a worksheet to read a source with: observe, reflect, question; behind it the sources to choose.

The three columns are the habit of the Library of Congress's primary source analysis.
"""

from __future__ import annotations

from build_scripts.handouts import shown
from build_scripts.handouts.blanks import WRITING, Blanks, Inset, Ruled
from build_scripts.handouts.leaves import TITLE, Leaves, leaf_sheet, place, write
from build_scripts.nodes import bibliography
from build_scripts.nodes.context import Context
from build_scripts.pdf.pages import Page
from build_scripts.pdf.structure import Bookmark
from build_scripts.pdf.tags import Element

PARTS = ("observe", "reflect", "question")
PROMPTS = 3
GAP, PAD = 7.0, 7.0
FURTHER_ROWS = 3
HEADING = 26.0


def make(ctx: Context, paper: str) -> bytes:
    """Return the worksheet and the list of sources of the principal events."""
    return write(ctx, ctx.words("handout-questions"), leaf_sheet(paper), _sheet).data


def _sheet(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    return [_worksheet(leaves), *_sources(leaves)], []


def _worksheet(leaves: Leaves) -> Page:
    words, root = leaves.ctx.words, leaves.root
    head = [
        leaves.words(words("handout-questions"), TITLE, root.add("H1")),
        *(
            Blanks([leaves.words(words(f"handout-{name}"), "box", root.add("P")) for name in names])
            for names in (("name", "date"), ("which-source",))
        ),
    ]
    placed, top = place(head, leaves.left, leaves.top, leaves.width)
    width = (leaves.width - GAP * (len(PARTS) - 1)) / len(PARTS)
    room = Ruled(FURTHER_ROWS * WRITING)
    lowest = leaves.bottom + FURTHER_ROWS * WRITING + HEADING
    height = top - HEADING / 2 - lowest
    boxes = [_box(leaves, part, root.add("Sect"), width, height) for part in PARTS]
    lines = min(box.spare for box in boxes) - PAD
    for index, box in enumerate(boxes):
        x = leaves.left + index * (width + GAP)
        rows = Ruled(lines)
        rows.wrap(width - 2 * PAD, lines)
        placed += [(box, x, lowest), (rows, x + PAD, lowest + 2 * PAD)]
    further = leaves.words(words("handout-further"), "event-title", root.add("P"))
    foot, _ = place([further, room], leaves.left, lowest - PAD, leaves.width)
    return leaves.page(*placed, *foot)


def _box(leaves: Leaves, part: str, sect: Element, width: float, height: float) -> Inset:
    """Return the frame of a column with its prompts; the lines to write on are alike in all columns."""
    words = leaves.ctx.words
    heading = leaves.words(words(f"handout-{part}"), "h4", sect.add("H2"))
    prompts = [
        leaves.words(words(f"handout-{part}-{number}"), "cell", sect.add("P"))
        for number in range(1, PROMPTS + 1)
    ]
    return Inset([heading, *prompts], width, height, pad=PAD, ruled=True)


def _sources(leaves: Leaves) -> list[Page]:
    ctx = leaves.ctx
    cited = shown.cited(ctx.dossier, "questions")
    references = [ctx.dossier.reference(name) for name in ctx.citations.order() if name in cited]
    if not references:
        return []
    sect = leaves.root.add("Sect")
    title = leaves.words(ctx.words("handout-sources"), TITLE, sect.add("H2"))
    return leaves.pages([title, *leaves.blocks([bibliography.entries(ctx, references)], sect, "body")])
