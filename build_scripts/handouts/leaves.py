"""Lay out leaves to be given away: narrow margins, a foot that says where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.nodes.context import Context
from build_scripts.nodes.title_page import modified
from build_scripts.pdf.book import Written, write_leaves
from build_scripts.pdf.context import Scope
from build_scripts.pdf.flow import stack
from build_scripts.pdf.looks import Style
from build_scripts.pdf.pages import Page, Start, compose
from build_scripts.pdf.palette import INK
from build_scripts.pdf.structure import Bookmark
from build_scripts.pdf.style import Sheet, sheet
from build_scripts.pdf.tags import Element
from build_scripts.pdf.writer import Writer
from build_scripts.printing import info, kit

MM = 72 / 25.4
# The left margin leaves room for a punch.
LEFT, RIGHT, TOP, BOTTOM, FOOT = 22 * MM, 16 * MM, 16 * MM, 22 * MM, 9 * MM

TITLE, FOOT_LINE = "leaf-title", "leaf-foot"
NOTE_SOURCE, NOTE_QUESTION, NOTE_ANSWER = "note-source", "note-question", "note-answer"
LARGE = 16.0
LEAST = 7.5
"""No type on a sheet that is handed out is smaller, so that it can be read from a copy of a copy."""
NOTES = {
    NOTE_SOURCE: ("sources", 7.5, 9.2),
    NOTE_QUESTION: ("account-question", 8.2, 10.4),
    NOTE_ANSWER: ("answer", 8.1, 10.2),
}
"""What notes at the end look like, and their size and leading where print is not large."""
CLASSROOM = {"cell": 1.22, "cell-head": 1.16, "caption": 1.15}
"""Styles that are larger on a sheet handed out than in the book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """Hold what the pages of a handout are made with."""

    ctx: Context
    writer: Writer
    root: Element
    sheet: Sheet

    @property
    def width(self) -> float:
        """Return the width of the text."""
        return self.sheet.geometry.measure

    @property
    def left(self) -> float:
        """Return the left edge of the text."""
        return self.sheet.geometry.left

    @property
    def is_large(self) -> bool:
        """Check whether everything is in large print."""
        return self.sheet[FOOT_LINE].text.size >= LARGE

    @property
    def top(self) -> float:
        """Return the upper edge of the text, from the foot of the page."""
        return self.sheet.geometry.height - self.sheet.geometry.top

    @property
    def bottom(self) -> float:
        """Return the lower edge of the text."""
        return self.sheet.geometry.bottom

    def words(self, text: str, style: str, element: Element | None) -> Flowable:
        """Return a paragraph; without an element it is an artifact."""
        return self.writer.words(text, style, element)

    def text(self, node: nodes.Element, style: str, element: Element) -> Flowable:
        """Return the inline nodes of a paragraph."""
        return self.writer.text(node, style, element, None, Scope(width=self.width, level=1))

    def blocks(self, content: Sequence[nodes.Node], parent: Element, style: str) -> list[Flowable]:
        """Return what nodes become, plain paragraphs in the style named."""
        scope = Scope(text=style, width=self.width, level=1)
        return [flowable for node in content for flowable in self.writer.block(node, parent, scope)]

    def pages(self, flowables: Sequence[Flowable]) -> list[Page]:
        """Return pages that the flowables run through."""
        return list(compose([Start(kind="bare"), *flowables], self.sheet))

    def page(self, *placed: tuple[Flowable, float, float]) -> Page:
        """Return a page of what was placed on it."""
        return Page(kind="bare", placed=list(placed))


Make = Callable[[Leaves], tuple[list[Page], list[Bookmark]]]


def leaf_sheet(paper: str, edition: str = "standard", ratio: float = 1.0) -> Sheet:
    """Return the sheet of a handout, its type made smaller or larger by `ratio`."""
    base = sheet(paper, edition)
    geometry = replace(
        base.geometry,
        left=LEFT,
        top=TOP,
        bottom=BOTTOM if edition == "standard" else 42 * MM,
        measure=base.geometry.width - LEFT - RIGHT,
        hang=0.0,
        hang_gutter=0.0,
        foot=FOOT,
    )
    styles = {name: reduced(style, ratio) for name, style in base.styles.items()}
    title, imprint = base.styles["h1"], base.styles["imprint"]
    size = 22.0 if edition == "standard" else 30.0
    styles[TITLE] = scaled(title, ratio * size / title.text.size)
    styles[TITLE] = replace(styles[TITLE], block=replace(styles[TITLE].block, space_after=6 * ratio))
    for name, share in CLASSROOM.items() if edition == "standard" else ():
        styles[name] = scaled(styles[name], share)
    styles[FOOT_LINE] = imprint if edition != "standard" else scaled(imprint, LEAST / imprint.text.size)
    styles |= {name: _note(base, *look, edition) for name, look in NOTES.items()}
    return replace(base, geometry=geometry, styles=styles, sinkage=0.0, hangs=False)


def _note(base: Sheet, like: str, size: float, leading: float, edition: str) -> Style:
    """Return the style of a note at the end, the same on every sheet but those in large print."""
    text, block = base[like].text, base[like].block
    if edition == "standard":
        text, block = replace(text, size=size), replace(block, leading=leading)
    return Style(
        text=replace(text, colour=INK),
        block=replace(block, space_before=text.size * 0.16, space_after=0.0),
    )


def reduced(style: Style, ratio: float) -> Style:
    """Return a style made smaller by `ratio`, but no smaller than can be read."""
    return scaled(style, max(ratio, min(1.0, LEAST / style.text.size)))


def scaled(style: Style, ratio: float) -> Style:
    """Return a style with everything in it made larger or smaller."""
    text, block = style.text, style.block
    return replace(
        style,
        text=replace(text, size=text.size * ratio),
        block=replace(
            block,
            leading=block.leading * ratio,
            first_indent=block.first_indent * ratio,
            left_indent=block.left_indent * ratio,
            right_indent=block.right_indent * ratio,
            space_before=block.space_before * ratio,
            space_after=block.space_after * ratio,
        ),
    )


def write(ctx: Context, title: str, look: Sheet, make: Make) -> Written:
    """Write a handout: the pages that `make` gives, each with the foot that says where it comes from.

    The foot is read once, on the last page; on the others it is an artifact.
    """

    def leaves(writer: Writer, root: Element) -> tuple[list[Page], list[Bookmark]]:
        made = Leaves(ctx=ctx, writer=writer, root=root, sheet=look)
        pages, outline = make(made)
        for index, page in enumerate(pages):
            if page.placed:
                last = not any(later.placed for later in pages[index + 1 :])
                page.placed.append(_foot(made, root.add("P") if last else None))
        return pages, outline

    return write_leaves(leaves, info(ctx.dossier, title), replace(kit(ctx), sheet=look))


def _foot(leaves: Leaves, element: Element | None) -> tuple[Flowable, float, float]:
    edition = leaves.ctx.dossier.edition
    text = leaves.ctx.words(
        "handout-foot",
        title=edition.title,
        date=modified(leaves.ctx),
        licence=edition.rights.text,
        id=edition.identifier,
    )
    line = leaves.words(text, FOOT_LINE, element)
    _, height = line.wrap(leaves.width, leaves.bottom)
    return line, leaves.left, max(leaves.sheet.geometry.foot, leaves.bottom - height - 8 * MM)


def place(
    flowables: Sequence[Flowable], x: float, top: float, width: float
) -> tuple[list[tuple[Flowable, float, float]], float]:
    """Stand flowables below each other and return them with their places, and the lower edge of the last."""
    placed, whole = stack(flowables, width)
    return [(flowable, x, top - depth) for flowable, depth in placed], top - whole.text
