"""Draw composed pages: running heads, folios, text, and notes at the foot."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from reportlab.platypus import Flowable

from build_scripts.pdf.drawing import draw_line
from build_scripts.pdf.flow import notes_of, put
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.pages import Page
from build_scripts.pdf.palette import MUTED
from build_scripts.pdf.style import Plate, Sheet
from build_scripts.pdf.tags import TaggedCanvas
from build_scripts.pdf.text import Run

NOTE_RULE = 48.0
# Ticks of folds begin where home printers begin to print.
TICK_FROM, TICK = 12.0, 10.0

Side = Literal["start", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Artist:
    """Draw composed pages on a canvas."""

    canvas: TaggedCanvas
    sheet: Sheet
    fonts: FontBook

    def draw(self, page: Page, folio: str) -> None:
        """Draw a page after those drawn before; `folio` is its printed number."""
        geometry = self.sheet.geometry
        sizes = {
            "upright": (geometry.width, geometry.height),
            "turned": (geometry.height, geometry.width),
            "plate": (geometry.plate.width, geometry.plate.height),
        }
        self.canvas.setPageSize(sizes[page.shape])
        if page.kind != "bare":
            self._draw_furniture(page, folio, verso=self.canvas.page % 2 == 1)
        self._draw_text(page)
        self.canvas.showPage()

    def _draw_furniture(self, page: Page, folio: str, *, verso: bool) -> None:
        geometry = self.sheet.geometry
        left = geometry.left - geometry.hang
        right = geometry.left + geometry.measure
        folio_style, head_style = self.sheet["folio"].text, self.sheet["running-head"].text
        if page.shape == "plate":
            self._draw_folds(geometry.plate)
            with self.canvas.artifact("Pagination", "Footer"):
                right = geometry.plate.left + geometry.plate.measure
                self._line(right, geometry.plate.foot, folio, folio_style, "end")
            return
        if page.shape == "turned":
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

    def _draw_folds(self, plate: Plate) -> None:
        """Tick where the leaf is folded, at its upper and lower edge."""
        with self.canvas.artifact("Layout"):
            self.canvas.saveState()
            self.canvas.setStrokeColor(MUTED)
            self.canvas.setLineWidth(0.4)
            for x in plate.folds:
                for y in (TICK_FROM, plate.height - TICK_FROM - TICK):
                    self.canvas.line(x, y, x, y + TICK)
            self.canvas.restoreState()

    def _line(self, x: float, y: float, text: str, style: Any, anchor: Side) -> None:
        if text:
            draw_line(self.canvas, x, y, [Run(text=text, style=style)], self.fonts, anchor)

    def _draw_text(self, page: Page) -> None:
        """Draw the text, and each note as soon as the block that cites it is drawn, as it is read.

        Notes that go on from an earlier page come first, below a rule as wide as they are.
        """
        foot = page.foot
        if foot.notes:
            length = self.sheet.geometry.measure if foot.continued else NOTE_RULE
            self._draw_note_rule(page.bottom + foot.height + self.sheet.note_gap * 0.35, length)
        notes = iter(foot.notes)
        self._draw_notes(islice(notes, foot.continued), page.bottom)
        for flowable, x, y in page.placed:
            put(flowable, self.canvas, x, y)
            self._draw_notes(islice(notes, len(notes_of(flowable))), page.bottom)

    def _draw_notes(self, notes: Iterable[tuple[Flowable, float]], bottom: float) -> None:
        for note, edge in notes:
            note.drawOn(self.canvas, self.sheet.geometry.left, bottom + edge)

    def _draw_note_rule(self, y: float, length: float) -> None:
        geometry = self.sheet.geometry
        with self.canvas.artifact("Layout"):
            self.canvas.saveState()
            self.canvas.setStrokeColor(MUTED)
            self.canvas.setLineWidth(0.4)
            self.canvas.line(geometry.left, y, geometry.left + length, y)
            self.canvas.restoreState()
