"""Lead from a line of text to the page where a thing is told at length, by a number set when it is known."""

from reportlab.platypus import Flowable

from build_scripts.pdf.context import Setting
from build_scripts.pdf.drawing import draw_line
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.tags import Dest, Element
from build_scripts.pdf.text import Run

ROOM = 60.0


class Pointer(Flowable):  # type: ignore[misc]
    """Set a paragraph and, at the right end of its first line, the page of a named destination.

    The number is drawn when all pages are composed; the room for it is kept.
    """

    notes_height = 0.0

    def __init__(self, body: Paragraph, name: str, link: Element, setting: Setting, contents: str) -> None:
        """Hold the paragraph, the destination, the element of the link and what it says of itself."""
        super().__init__()
        self.body = body
        self.name = name
        self.link = link
        self.setting = setting
        self.contents = contents
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
        baseline = self.height - self.body.first_baseline
        style = self.setting.sheet["account-page"].text
        right = self.width

        def number() -> None:
            page = self.setting.wording.page.format(page=self.setting.folios[self.name])
            draw_line(canvas, right, baseline, [Run(text=page, style=style)], self.setting.fonts, "end")

        with canvas.mark(self.link):
            canvas.later(number)
        rect = (right - ROOM / 2, baseline - 2, right, baseline + style.size)
        canvas.link(self.link, rect, Dest(self.name), self.contents)
