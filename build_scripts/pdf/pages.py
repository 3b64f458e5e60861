"""Compose pages: type area, notes at the foot, running heads, folios; then draw them.

Composing decides everything, drawing happens once. So the page of every named destination is known before the
contents are set.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column
from build_scripts.pdf.drawing import draw_line
from build_scripts.pdf.flow import Marker, fill, gap, put, size, stack
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.palette import MUTED
from build_scripts.pdf.style import Sheet
from build_scripts.pdf.tables import Table
from build_scripts.pdf.tags import TaggedCanvas
from build_scripts.pdf.text import Run

NOTE_RULE = 48.0

Side = Literal["start", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Begin a new page in the story.

    Kinds: `opening` sinks the text and shows only a folio at the foot, `plain` is any page, `bare` shows no
    furniture. `head` is the text of the running head on versos, until the next start; with `recto` a page is
    left empty where the new one would be a verso.
    """

    kind: str = "opening"
    head: str = ""
    recto: bool = False


Story = list[Flowable | Start]


class Landscape(Marker):
    """Carry flowables for a turned page of their own, next after the page where this stands in the text."""

    def __init__(self, content: Sequence[Flowable]) -> None:
        """Hold the content."""
        super().__init__()
        self.content = list(content)


@dataclass(slots=True, kw_only=True)
class Page:
    """Hold what stands on one page; `verso` and `recto` are the running heads it would have."""

    kind: str
    placed: list[tuple[Flowable, float, float]] = field(default_factory=list)
    verso: str = ""
    recto: str = ""
    turned: bool = False


def compose(story: Iterable[Flowable | Start], sheet: Sheet) -> list[Page]:
    """Divide a story into pages."""
    pages: list[Page] = []
    running = ""
    for start, flowables in _chunks(story):
        if start.recto and len(pages) % 2:
            pages.append(Page(kind="bare"))
        rest = flowables
        kind = start.kind
        running = ""
        while rest or kind != "plain":
            sunk = sheet.sinkage if kind == "opening" else 0.0
            geometry = sheet.geometry
            head, rest = fill(
                rest, geometry.measure, geometry.depth - sunk, note_gap=sheet.note_gap, must=True
            )
            first = running
            for flowable in head:
                if isinstance(flowable, Marker) and flowable.running is not None:
                    first = first or flowable.running
                    running = flowable.running
            page = Page(kind=kind, verso=start.head, recto=first or start.head)
            page.placed = _place(head, sheet, sunk)
            pages.append(page)
            pages += [_turned(turned.content, sheet) for turned in head if isinstance(turned, Landscape)]
            kind = "bare" if kind == "bare" and rest else "plain"
    return pages


def names(page: Page) -> Iterator[str]:
    """Give the named destinations that lie on a page."""
    yield from _names(flowable for flowable, _, _ in page.placed)


def _names(flowables: Iterable[Flowable]) -> Iterator[str]:
    for flowable in flowables:
        if isinstance(flowable, Marker):
            yield from flowable.names
        elif isinstance(flowable, Column):
            yield from _names(flowable.children)
        elif isinstance(flowable, Table):
            yield from _names(cell.content for row in flowable.rows for cell in row)


def _chunks(story: Iterable[Flowable | Start]) -> Iterator[tuple[Start, list[Flowable]]]:
    start = Start(kind="plain")
    flowables: list[Flowable] = []
    for item in story:
        if isinstance(item, Start):
            if flowables or start.kind == "bare":
                yield start, flowables
            start, flowables = item, []
        else:
            flowables.append(item)
    if flowables or start.kind == "bare":
        yield start, flowables


def _place(flowables: Sequence[Flowable], sheet: Sheet, sunk: float) -> list[tuple[Flowable, float, float]]:
    geometry = sheet.geometry
    top = geometry.height - geometry.top - sunk
    placed = []
    previous = None
    for flowable in flowables:
        top -= gap(previous, flowable) + size(flowable, geometry.measure).text
        placed.append((flowable, geometry.left, top))
        if not isinstance(flowable, Marker):
            previous = flowable
    return placed


def _turned(content: Sequence[Flowable], sheet: Sheet) -> Page:
    """Stand content in the middle of a landscape page."""
    geometry = sheet.geometry
    side = geometry.left - geometry.hang
    width = geometry.height - 2 * side
    placed, whole = stack(content, width)
    top = (geometry.width + whole.text) / 2
    page = Page(kind="plain", turned=True)
    page.placed = [(flowable, side, top - depth) for flowable, depth in placed]
    return page


@dataclass(frozen=True, slots=True, kw_only=True)
class Artist:
    """Draw composed pages on a canvas."""

    canvas: TaggedCanvas
    sheet: Sheet
    fonts: FontBook

    def draw(self, pages: Sequence[Page], folios: Iterable[str]) -> None:
        """Draw pages in order, after those drawn before; `folios` are the printed page numbers."""
        geometry = self.sheet.geometry
        for page, folio in zip(pages, folios, strict=False):
            width, height = geometry.width, geometry.height
            self.canvas.setPageSize((height, width) if page.turned else (width, height))
            if page.kind != "bare":
                self._draw_furniture(page, folio, verso=self.canvas.page % 2 == 1)
            self._draw_text(page)
            self.canvas.showPage()

    def _draw_furniture(self, page: Page, folio: str, *, verso: bool) -> None:
        geometry = self.sheet.geometry
        left = geometry.left - geometry.hang
        right = geometry.left + geometry.measure
        folio_style, head_style = self.sheet["folio"].text, self.sheet["running-head"].text
        if page.turned:
            with self.canvas.artifact("Pagination", "Footer"):
                self._line(geometry.height - left, geometry.foot, folio, folio_style, "end")
            return
        outer, inner = (left, right) if verso else (right, left)
        toward_outer: Side = "start" if verso else "end"
        toward_inner: Side = "end" if verso else "start"
        if page.kind == "opening":
            with self.canvas.artifact("Pagination", "Footer"):
                self._line(outer, geometry.foot, folio, folio_style, toward_outer)
            return
        head = page.verso if verso else page.recto
        y = geometry.height - geometry.head
        with self.canvas.artifact("Pagination", "Header"):
            self._line(outer, y, folio, folio_style, toward_outer)
            if head:
                self._line(inner, y, head, head_style, toward_inner)

    def _line(self, x: float, y: float, text: str, style: Any, anchor: Side) -> None:
        if text:
            draw_line(self.canvas, x, y, [Run(text=text, style=style)], self.fonts, anchor)

    def _draw_text(self, page: Page) -> None:
        """Draw the text, and each note as soon as the block that cites it is drawn, as it is read."""
        geometry = self.sheet.geometry
        top = geometry.bottom + sum(getattr(flowable, "notes_height", 0.0) for flowable, _, _ in page.placed)
        if top > geometry.bottom:
            self._draw_note_rule(top + self.sheet.note_gap * 0.35)
        self.canvas.notes = []
        for flowable, x, y in page.placed:
            put(flowable, self.canvas, x, y)
            for note in (part for parts in self.canvas.notes for part in parts):
                top -= note.getSpaceBefore() + size(note, geometry.measure).text
                note.drawOn(self.canvas, geometry.left, top)
                top -= note.getSpaceAfter()
            self.canvas.notes = []

    def _draw_note_rule(self, y: float) -> None:
        geometry = self.sheet.geometry
        with self.canvas.artifact("Layout"):
            self.canvas.saveState()
            self.canvas.setStrokeColor(MUTED)
            self.canvas.setLineWidth(0.4)
            self.canvas.line(geometry.left, y, geometry.left + NOTE_RULE, y)
            self.canvas.restoreState()
