"""Draw on a ReportLab canvas (ISO 32000-1, 8.5): paths and text at a place and scale, no tags.

The caller marks the whole drawing as one figure. Nothing is transparent; the state is saved at most three
deep.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from build_scripts.draw import draw
from build_scripts.draw.style import COLOURS, FEATURES, LETTERS, PENS
from build_scripts.layout.lettering import Measure
from build_scripts.layout.shapes import Group, Path, Placed, Text
from build_scripts.pdf.drawing import draw_line, measure
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.text import Run, TextStyle

ROUND, BUTT, MITRE = 1, 0, 0

DrawLine = Callable[[Canvas, float, float, Text], None]

TEXT_STYLES = {
    name: TextStyle(face=letter.face, size=letter.size, colour=COLOURS[letter.colour], features=FEATURES)
    for name, letter in LETTERS.items()
}


def measure_with(fonts: FontBook) -> Measure:
    """Return the function by which layouts learn the width of a text in a style."""

    @cache
    def width(text: str, style: str) -> float:
        return measure(text, TEXT_STYLES[style], fonts)

    return width


def draw_on(placed: Placed, canvas: Canvas, x: float, y: float, scale: float, fonts: FontBook) -> None:
    """Draw with the lower left corner at x, y of the canvas."""

    def line(canvas: Canvas, x: float, y: float, text: Text) -> None:
        run = Run(text=text.text, style=TEXT_STYLES[text.style], lang=text.lang)
        draw_line(canvas, x, y, [run], fonts, text.anchor)

    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(scale, scale)
    draw(placed, PdfSurface(canvas, line))
    canvas.restoreState()


class PdfSurface:
    """Draw in the canvas's current coordinates; `draw_line` sets text."""

    def __init__(self, canvas: Canvas, draw_line: DrawLine) -> None:
        """Take the canvas and the text engine."""
        self.canvas = canvas
        self.draw_line = draw_line

    def begin(self, placed: Placed) -> None:
        """Start a drawing; the clip of the page is left as it is."""

    def open(self, group: Group) -> None:
        """Start a group, which leaves no trace on the page."""

    def path(self, path: Path) -> None:
        """Draw a path in its pen."""
        pen, canvas = PENS[path.pen], self.canvas
        canvas.saveState()
        if pen.stroke is not None:
            canvas.setStrokeColor(HexColor(COLOURS[pen.stroke]))
            canvas.setLineWidth(pen.weight)
            canvas.setDash(*((list(pen.dash), 0) if pen.dash else ()))
            canvas.setLineCap(ROUND if pen.round else BUTT)
            canvas.setLineJoin(ROUND if pen.round else MITRE)
        if pen.fill is not None:
            canvas.setFillColor(HexColor(COLOURS[pen.fill]))
        stroke, fill = pen.stroke is not None, pen.fill is not None
        canvas.drawPath(_pdf_path(path, canvas), stroke=stroke, fill=fill, fillMode=FILL_EVEN_ODD)
        if pen.gap:
            canvas.setStrokeColor(HexColor(COLOURS["paper"]))
            canvas.setLineWidth(pen.gap)
            canvas.drawPath(_pdf_path(path, canvas), stroke=1, fill=0)
        canvas.restoreState()

    def text(self, text: Text) -> None:
        """Draw a line of text in its style."""
        canvas = self.canvas
        if not text.angle:
            self.draw_line(canvas, text.x, text.y, text)
            return
        canvas.saveState()
        canvas.translate(text.x, text.y)
        canvas.rotate(text.angle)
        self.draw_line(canvas, 0.0, 0.0, text)
        canvas.restoreState()

    def close(self, group: Group) -> None:
        """End a group."""

    def end(self) -> None:
        """End a drawing."""


def _pdf_path(path: Path, canvas: Canvas) -> PDFPathObject:
    pdf_path = canvas.beginPath()
    for segment in path.segments:
        match segment.op:
            case "M":
                pdf_path.moveTo(*segment.points[0])
            case "L":
                pdf_path.lineTo(*segment.points[0])
            case "C":
                first, second, end = segment.points
                pdf_path.curveTo(*first, *second, *end)
            case "Z":
                pdf_path.close()
    return pdf_path
