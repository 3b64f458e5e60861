"""Lead from a line of text to the page where a thing is told at length, by a number set when it is known."""

from reportlab.platypus import Flowable

from build_scripts.pdf.context import Setting
from build_scripts.pdf.drawing import draw_line, measure
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.tags import Dest, Element
from build_scripts.pdf.text import Run

ROOM = 60.0


class Pointer(Flowable):  # type: ignore[misc]
    """Set a paragraph and, at the right end of its first line, the page of a named destination.

    The number is looked up when the line is drawn; the room for it is kept in any case.
    """

    notes_height = 0.0

    def __init__(self, body: Paragraph, name: str, link: Element, setting: Setting) -> None:
        """Hold the paragraph, the destination, and the element of the link."""
        super().__init__()
        self.body = body
        self.name = name
        self.link = link
        self.setting = setting
        self.spaceBefore = body.spaceBefore
        self.spaceAfter = body.spaceAfter
        self.keepWithNext = body.keepWithNext

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the height of the paragraph."""
        _, self.height = self.body.wrap(width - ROOM, height)
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the paragraph, then the number as a link."""
        canvas = self.canv
        self.body.drawOn(canvas, 0, 0)
        folio = self.setting.folios.get(self.name)
        if folio is None:
            return
        style = self.setting.sheet["account-page"].text
        words = self.setting.wording.page.format(page=folio)
        baseline = self.height - self.body.first_baseline
        with canvas.mark(self.link):
            run = Run(text=words, style=style)
            draw_line(canvas, self.width, baseline, [run], self.setting.fonts, "end")
        left = self.width - measure(words, style, self.setting.fonts)
        canvas.link(self.link, (left, baseline - 2, self.width, baseline + style.size), Dest(self.name), words)
