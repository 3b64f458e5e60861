"""Set a paragraph as a ReportLab flowable: justified by optimum fit, tagged, with its footnotes in mind."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace

from reportlab.platypus import Flowable

from build_scripts.pdf.drawing import Stroke, draw_lines, strokes
from build_scripts.pdf.flow import ENDLESS, FUZZ
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.hyphenation import divisions
from build_scripts.pdf.lines import Line, break_lines, least_width, natural_width
from build_scripts.pdf.setting import set_line
from build_scripts.pdf.tags import Element
from build_scripts.pdf.text import BlockStyle, Run
from build_scripts.pdf.words import START, Place, Text

MIDDLE = 0.24
"""How far above the baseline the middle of the letters lies, in em: half way from descender to ascender."""


class Paragraph(Flowable):  # type: ignore[misc]
    """Flow runs of text; without an element the whole is an artifact.

    `wrap` asks for room for the footnotes of the lines too and says in `notes_height` how much of the height
    that is: the text stands at the top of the box, the frame takes the rest back and sets the `notes()` at
    the foot, where they are `notes_width` wide (as wide as the frame if None). `block_name` tells which block
    of the document it is, also of its parts. Raises MissingGlyph if no face has a character.
    """

    def __init__(
        self,
        runs: Sequence[Run],
        block: BlockStyle,
        element: Element | None,
        *,
        fonts: FontBook,
        notes_width: float | None = None,
    ) -> None:
        """Shape the text."""
        super().__init__()
        self.runs = tuple(runs)
        self.block = block
        self.element = element
        self.notes_width = notes_width
        self.notes_height = 0.0
        self.block_name = ""
        self.spaceBefore = block.space_before
        self.spaceAfter = block.space_after
        self.keepWithNext = block.keep_with_next
        self.first_baseline = self._first_baseline()
        self._text = Text(self.runs, fonts)
        self._notes = _note_places(self._text)
        self._start, self._stop = START, self._text.stop
        self._lines: dict[float, list[Line]] = {}

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Return the size in a frame `aW` wide, notes included."""
        lines = self.lines(aW)
        self.width = aW
        self.notes_height = self._notes_height(lines, aW)
        self.height = len(lines) * self.block.leading + self.notes_height
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """Return the part that fits and the rest; nothing if too few lines would stand alone."""
        lines = self.lines(aW)
        count = self._fitting(lines, aW, aH)
        if count >= len(lines):
            return [self]
        count = min(count, len(lines) - self.block.widows)
        if count < max(1, self.block.orphans):
            return []
        return [self._part(lines[:count], aW), self._part(lines[count:], aW)]

    def run_on(self, aW: float, aH: float, least: float) -> list[Flowable]:
        """Return the lines up to the first whose notes lack room, and the rest; nothing if no text fits."""
        lines = self.lines(aW)
        count = self._fitting(lines, aW, aH)
        end = max(count + 1, self.block.orphans)
        if len(lines) - end < self.block.widows:
            end = len(lines)
        text = end * self.block.leading
        if count >= len(lines) or text + self._notes_height(lines[:count], aW) + least > aH + FUZZ:
            return []
        return [self] if end == len(lines) else [self._part(lines[:end], aW), self._part(lines[end:], aW)]

    def notes(self) -> list[Flowable]:
        """Return the notes of its lines."""
        return self._notes_of(self.lines(self.width))

    def draw(self) -> None:
        """Draw the text at the top of the box."""
        lines = self.lines(self.width)
        baseline = self.height - self.first_baseline
        drawn: list[Stroke] = []
        for index, line in enumerate(lines):
            set_ = set_line(self._text, line, self.block, self.width)
            drawn += strokes(set_, 0, baseline - index * self.block.leading, self.runs)
        draw_lines(self.canv, drawn, self.runs, self.element)

    def before(self) -> str:
        """Return what the parts before this one hold of the text, without spaces."""
        return self._text.before(self._start)

    def lines(self, width: float) -> list[Line]:
        """Return the lines in a frame of this width; they are found once."""
        lines = self._lines.get(width)
        if lines is None:
            lines = self._lines[width] = break_lines(self._text, self._start, self._stop, self.block, width)
        return lines

    def natural_width(self) -> float:
        """Return the width of the frame in which no line has to be broken."""
        return natural_width(self._text, self.block)

    def least_width(self) -> float:
        """Return the width of the frame below which words would be cut."""
        return least_width(self._text, self.block)

    def floor_width(self) -> float:
        """Return the width of the frame below which parts of words would be cut where no hyphen may stand."""
        block = self.block
        indents = block.left_indent + block.right_indent + max(0.0, block.first_indent)
        return max(self._syllables(), default=0.0) + indents

    def allow_hyphens(self) -> None:
        """Let words be hyphenated where they would have to be cut."""
        self.block = replace(self.block, hyphenate=True)
        self._lines = {}

    def scale(self, factor: float) -> None:
        """Set the text in larger or smaller type, with the space between its lines."""
        self.runs = tuple(
            replace(run, style=replace(run.style, size=run.style.size * factor)) for run in self.runs
        )
        self.block = replace(self.block, leading=self.block.leading * factor)
        self.first_baseline = self._first_baseline()
        self._text = Text(self.runs, self._text.fonts)
        self._notes = _note_places(self._text)
        self._stop = self._text.stop
        self._lines = {}

    def _syllables(self) -> Iterator[float]:
        """Yield the widths of the parts into which words may be divided, hyphens included."""
        text = self._text
        for index, atom in enumerate(text.atoms):
            lang = text.runs[atom.parts[0].run].lang if atom.parts else None
            start = 0
            for division in divisions(atom.text, lang or text.fonts.language):
                yield text.width(index, start, division.offset, hyphen=division.hyphen)
                start = division.offset
            yield text.width(index, start)

    def end_of_last_line(self, width: float) -> float:
        """Return where the last line ends in a frame of this width, from its left edge: leaders begin
        there."""
        lines = self.lines(width)
        if not lines:
            return self.block.left_indent
        line = set_line(self._text, lines[-1], self.block, width)
        return line.x + line.width

    def identity(self, maxLen: int | None = None) -> str:
        """Show the text in ReportLab's messages."""
        return f"<Paragraph {''.join(run.text for run in self.runs)[:maxLen]!r}>"

    def _first_baseline(self) -> float:
        """Return how far below the top the first baseline lies, so that the letters stand mid-way in their
        leading."""
        size = max((run.style.size for run in self.runs), default=0)
        return self.block.leading / 2 + MIDDLE * size

    def _fitting(self, lines: Sequence[Line], width: float, height: float) -> int:
        """Count the lines that fit with their notes."""
        used = 0.0
        for count, line in enumerate(lines):
            used += self.block.leading + self._notes_height([line], width)
            if used > height + FUZZ:
                return count
        return len(lines)

    def _notes_of(self, lines: Sequence[Line]) -> list[Flowable]:
        if not lines:
            return []
        return [
            flowable
            for place, note in self._notes
            if lines[0].start < place <= lines[-1].end
            for flowable in note
        ]

    def _notes_height(self, lines: Sequence[Line], width: float) -> float:
        room = width if self.notes_width is None else self.notes_width
        heights: list[float] = [
            flowable.getSpaceBefore() + flowable.wrap(room, ENDLESS)[1] + flowable.getSpaceAfter()
            for flowable in self._notes_of(lines)
        ]
        return sum(heights)

    def _part(self, lines: list[Line], width: float) -> "Paragraph":
        """Return some of the lines as a paragraph of the same element."""
        part = copy(self)
        # ReportLab marks what it moved to a new page and refuses to move it again; the parts have not been
        # moved.
        part.__dict__.pop("_postponed", None)
        part._start, part._stop = lines[0].start, lines[-1].end
        part._lines = {width: lines}
        if part._start != self._start:
            part.spaceBefore = 0
        if part._stop != self._stop:
            part.spaceAfter = 0
            part.keepWithNext = False
        return part


def _note_places(text: Text) -> list[tuple[Place, tuple[Flowable, ...]]]:
    """Say after which character each note is called."""
    ends: dict[int, Place] = {}
    for index, atom in enumerate(text.atoms):
        offset = 0
        for part in atom.parts:
            offset += len(part.word.text)
            ends[part.run] = Place(index, offset)
    notes = []
    place = Place(0, 1)
    for index, run in enumerate(text.runs):
        # A run without text calls its note where the one before it ends.
        place = ends.get(index, place)
        if run.note:
            notes.append((place, run.note))
    return notes
