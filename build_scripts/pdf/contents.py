"""Make the contents, the list of figures and the outline from the headings of a document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.context import UNLISTED, plain
from build_scripts.pdf.drawing import draw_line
from build_scripts.pdf.palette import MUTED
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.setting import set_line
from build_scripts.pdf.structure import Bookmark
from build_scripts.pdf.tags import Dest, Element
from build_scripts.pdf.text import Run
from build_scripts.pdf.writer import Writer

NUMBER_ROOM = 34.0
DOT_STEP = 6.0
DOT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Describe a heading or caption: `level` counts from 1, `name` is its named destination.

    What is not `listed` stands in the outline, but not in the contents.
    """

    level: int
    title: str
    name: str
    listed: bool = True


def headings(blocks: Sequence[nodes.Node], level: int = 1) -> Iterator[Heading]:
    """Give the headings of sections, at any depth, and the captions of plates, in order."""
    for block in blocks:
        if isinstance(block, nodes.section):
            title = block.next_node(nodes.title)
            if title is not None and block["ids"]:
                listed = not UNLISTED & set(block["classes"])
                yield Heading(level=level, title=plain(title), name=block["ids"][0], listed=listed)
            yield from headings(block.children, level + 1)
        elif isinstance(block, nodes.figure) and "plate" in block["classes"]:
            yield from figures([block], level)
        elif isinstance(block, nodes.Element) and not isinstance(block, nodes.TextElement):
            yield from headings(block.children, level)


def figures(blocks: Sequence[nodes.Node], level: int = 2) -> Iterator[Heading]:
    """Give the captions of figures that have an id."""
    for block in blocks:
        if isinstance(block, nodes.Element):
            for figure in block.findall(nodes.figure):
                caption = figure.next_node(nodes.caption)
                if caption is not None and figure["ids"]:
                    yield Heading(level=level, title=plain(caption), name=figure["ids"][0])


def bookmarks(entries: Sequence[Heading], depth: int) -> list[Bookmark]:
    """Make the lines of the outline; none is more than one level deeper than the last."""
    lines: list[Bookmark] = []
    for entry in entries:
        if entry.level <= depth:
            deepest = lines[-1].level + 1 if lines else 0
            lines.append(Bookmark(level=min(entry.level - 1, deepest), title=entry.title, name=entry.name))
    return lines


def lines(writer: Writer, entries: Sequence[Heading], toc: Element) -> list[Flowable]:
    """Set a line for each entry below a TOC element."""
    made: list[Flowable] = []
    for entry in entries:
        link = toc.add("TOCI").add("Reference").add("Link")
        made.append(ContentsLine(writer, f"toc-{min(entry.level, 3)}", entry, link))
    for line, following in zip(made, entries[1:], strict=False):
        assert isinstance(line, ContentsLine)
        line.keepWithNext = line.entry.level < following.level
    return made


class ContentsLine(Flowable):  # type: ignore[misc]
    """Set a title and, at the end of a row of dots, its page number; the whole line is one link.

    The number is drawn when all pages are composed.
    """

    notes_height = 0.0

    def __init__(self, writer: Writer, style: str, entry: Heading, link: Element) -> None:
        """Make the paragraph of the title."""
        super().__init__()
        chosen = writer.setting.sheet[style]
        self.style = chosen.text
        self.setting = writer.setting
        self.entry = entry
        self.link = link
        run = Run(text=entry.title, style=chosen.text)
        self.title = Paragraph([run], chosen.block, link, fonts=self.setting.fonts)
        self.spaceBefore = chosen.block.space_before
        self.spaceAfter = chosen.block.space_after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Keep room for the number."""
        _, self.height = self.title.wrap(width - NUMBER_ROOM, height)
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw title, dots and number, and lay the link over all of it."""
        canvas = self.canv
        self.title.drawOn(canvas, 0, 0)
        x, baseline = self._end()
        right = self.width
        with canvas.artifact("Layout"):
            canvas.saveState()
            canvas.setFillColor(MUTED)
            dot = right - NUMBER_ROOM + 6
            while dot > x + 5:
                canvas.circle(dot, baseline + DOT, DOT, stroke=0, fill=1)
                dot -= DOT_STEP
            canvas.restoreState()

        def number() -> None:
            run = Run(text=self.setting.folios[self.entry.name], style=self.style)
            draw_line(canvas, right, baseline, [run], self.setting.fonts, "end")

        with canvas.mark(self.link):
            canvas.later(number)
        whole = self.height > self.style.size * 2
        rect = (
            0.0,
            0.0 if whole else baseline - 3,
            right,
            self.height if whole else baseline + self.style.size,
        )
        canvas.link(self.link, rect, Dest(self.entry.name), self.entry.title)

    def _end(self) -> tuple[float, float]:
        """Find where the title ends: x and baseline of its last line."""
        title = self.title
        width = self.width - NUMBER_ROOM
        *above, last = title.lines(width)
        line = set_line(title._text, last, title.block, width)
        return line.x + line.width, self.height - title.first_baseline - len(above) * title.block.leading
