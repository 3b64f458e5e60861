"""Divide the text of a paragraph into lines of a given measure."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from build_scripts.pdf.hyphenation import Division, divisions, plain_divisions
from build_scripts.pdf.linebreak import Break, Measure, choose
from build_scripts.pdf.text import BlockStyle
from build_scripts.pdf.words import START, Atom, Place, Text

FIRST_TOLERANCE = 1.0
"""How far spaces may stretch before hyphens are tried, in multiples of their stretch."""
TOLERANCES = (1.7, 3.5)
EXPANSION = 0.015
"""By which part glyphs of justified text may be drawn wider or narrower: too little to be seen (H. T. Thanh,
2000)."""
RAGGED = 3.0
"""By how many leadings a ragged line may stay short before that is as bad as a space at its limit."""
SHORT_LAST = 2.0
"""Below how many leadings the last line of a paragraph looks lost."""
NEVER_FIRST = frozenset(("\N{EN DASH}", "\N{EM DASH}", "\N{HORIZONTAL ELLIPSIS}", "/"))
"""What standing free between two words keeps to the first of them."""
BALANCE_STEPS = 8
"""How often the search for the narrowest measure of balanced lines is halved: to a 256th of it."""
AFTER_START = Place(0, 1)
EMERGENCY_PENALTY = 5000
"""Cutting a word where nothing allows it, because no line can hold it."""
PARTING_PENALTY = 4000
"""Parting words that a space without a break holds together, because no line can hold them all."""


class Line(NamedTuple):
    """Hold the ends of a line; a `last` one ends a paragraph or stands before a forced line end."""

    start: Place
    end: Place
    hyphen: bool
    last: bool


def room(block: BlockStyle, width: float, start: Place) -> tuple[float, float]:
    """Return left edge and measure of the line that starts here, in a frame of this width."""
    left = block.left_indent + (block.first_indent if start == START else 0)
    return left, width - left - block.right_indent


def break_lines(text: Text, start: Place, stop: Place, block: BlockStyle, width: float) -> list[Line]:
    """Divide the text from `start` to `stop` into lines for a frame of this width."""
    if not text.atoms:
        return []
    lines: list[Line] = []
    for begin, end in text.stanzas(start, stop):
        lines += _break_stanza(text, begin, end, block, width)
    return lines


def natural_width(text: Text, block: BlockStyle) -> float:
    """Return the width of the text in as few lines as it can have, indents included."""
    if not text.atoms:
        return 0
    return max(text.length(start, end) for start, end in text.stanzas(START, text.stop)) + _indents(block)


def least_width(text: Text, block: BlockStyle) -> float:
    """Return the width below which words would have to be hyphenated or cut, indents included."""
    widths = [
        text.width(index, start, end)
        for index, atom in enumerate(text.atoms)
        for start, end in _fragments(0, len(atom.text), plain_divisions(atom.text))
    ]
    return max(widths, default=0) + _indents(block)


def _indents(block: BlockStyle) -> float:
    return block.left_indent + block.right_indent + max(0, block.first_indent)


def _break_stanza(text: Text, start: Place, stop: Place, block: BlockStyle, width: float) -> list[Line]:
    first, rest = room(block, width, start)[1], room(block, width, AFTER_START)[1]
    if text.length(start, stop) <= first:
        return [Line(start, stop, hyphen=False, last=True)]
    lines = _divide(text, start, stop, block, first, rest)
    if not block.balance:
        return lines
    spare = 0.0
    for step in range(1, BALANCE_STEPS + 1):
        # Halving: take room away as long as that costs no line.
        less = spare + min(first, rest) / 2**step
        narrower = _divide(text, start, stop, block, first - less, rest - less)
        if len(narrower) == len(lines):
            lines, spare = narrower, less
    return lines


def _divide(
    text: Text, start: Place, stop: Place, block: BlockStyle, first: float, rest: float
) -> list[Line]:
    """Divide text into lines, the first `first` wide, the others `rest`."""
    justified = block.align == "justify"
    measure = Measure(
        first=first,
        rest=rest,
        ragged=0 if justified else RAGGED * block.leading,
        shortest_last=SHORT_LAST * block.leading,
    )
    candidates = _Candidates(text, start, stop, justified=justified)
    ends = candidates.choose(measure, FIRST_TOLERANCE)
    candidates.hyphenate = block.hyphenate
    for tolerance in TOLERANCES:
        ends = ends or candidates.choose(measure, tolerance)
    candidates.narrowest = min(first, rest)
    lines = []
    for end in ends or candidates.choose(measure, math.inf) or ():
        lines.append(Line(start, end.place, end.hyphen, end.place == stop))
        start = text.after(end.place)
    return lines


class _Candidates:
    """List the places where lines may end, with what `linebreak.choose` needs to know of each.

    With `narrowest` a word of which a part is wider than that may be cut anywhere, and words that belong
    together may be parted where they are wider than that.
    """

    def __init__(self, text: Text, start: Place, stop: Place, *, justified: bool) -> None:
        self.hyphenate = False
        self.narrowest = math.inf
        self._text = text
        self._start, self._stop = start, stop
        self._justified = justified
        self._breaks: list[Break] = []
        self._sums: list[tuple[float, float, float]] = []
        first = text.cut(start.atom, start.offset)
        self._origin = Break(start, 0, first[0].word.hang_start if justified and first else 0, 0, 0, 0, 0)
        self._fill(sum(part.word.width for part in first) - text.atoms[start.atom].width)

    def choose(self, measure: Measure, tolerance: float) -> list[Break] | None:
        """Return where the lines end."""
        return choose(self._origin, self._breaks, self._inner, measure, tolerance)

    def _fill(self, position: float) -> None:
        """Note a break behind every atom that allows it; `position` is where the first atom begins."""
        stretch = shrink = 0.0
        atoms, justified = self._text.atoms, self._justified
        for index in range(self._start.atom, self._stop.atom):
            _, parts, width, glue = atoms[index]
            self._sums.append((position, stretch, shrink))
            end = position + width
            if glue is None:
                position = end
                continue
            position = end + glue.width
            start = position
            if justified:
                stretch += EXPANSION * width
                shrink += EXPANSION * width
            before = stretch, shrink
            stretch += glue.stretch
            shrink += glue.shrink
            if justified:
                following = atoms[index + 1].parts
                end -= parts[-1].word.hang_end if parts else 0
                start += following[0].word.hang_start if following else 0
            if glue.breaks and atoms[index + 1].text not in NEVER_FIRST:
                place = Place(index, len(atoms[index].text))
                self._breaks.append(Break(place, end, start, *before, stretch, shrink))
        self._sums.append((position, stretch, shrink))
        last = self._text.cut(self._stop.atom, 0, self._stop.offset)
        end = position + sum(part.word.width for part in last)
        self._breaks.append(Break(self._stop, end, end, stretch, shrink, stretch, shrink))

    def _inner(self, index: int) -> Iterator[Break]:
        """Yield the breaks inside the atoms between a break and the one before it."""
        first = self._breaks[index - 1].place.atom + 1 if index else self._start.atom
        final = self._breaks[index].place.atom
        apart = self._breaks[index].end - self._sums[first - self._start.atom][0] > self.narrowest
        for atom in range(first, final + 1):
            begin = self._start.offset if atom == self._start.atom else 0
            end = self._stop.offset if atom == self._stop.atom else len(self._text.atoms[atom].text)
            for division in self._divisions(atom, begin, end):
                yield self._divide(atom, division)
            if apart and atom < final:
                yield self._part(atom)

    def _part(self, index: int) -> Break:
        """Return a break behind an atom of which the glue allows none."""
        place = Place(index, len(self._text.atoms[index].text))
        before, after = self._sums[index - self._start.atom], self._sums[index + 1 - self._start.atom]
        end = before[0] + self._text.atoms[index].width
        return Break(place, end, after[0], *before[1:], *after[1:], PARTING_PENALTY)

    def _divide(self, index: int, division: Division) -> Break:
        text = self._text
        position, stretch, shrink = self._sums[index - self._start.atom]
        head = text.cut(index, 0, division.offset, hyphen=division.hyphen)
        tail = text.cut(index, division.offset)
        end = position + sum(part.word.width for part in head)
        start = position + text.atoms[index].width - sum(part.word.width for part in tail)
        if self._justified:
            end -= head[-1].word.hang_end
            start += tail[0].word.hang_start
        place = Place(index, division.offset)
        return Break(place, end, start, stretch, shrink, stretch, shrink, division.penalty, division.hyphen)

    def _divisions(self, index: int, begin: int, end: int) -> Iterator[Division]:
        """Yield where an atom may be divided between two offsets, in order."""
        text, atom = self._text, self._text.atoms[index]
        if len(atom.text) < 2:
            return
        if self.hyphenate:
            found = divisions(atom.text, text.runs[atom.parts[0].run].lang or text.fonts.language)
        else:
            found = plain_divisions(atom.text)
        found = tuple(division for division in found if begin < division.offset < end)
        if atom.width <= self.narrowest:
            yield from found
            return
        for start, stop in _fragments(begin, end, found):
            if text.width(index, start, stop) > self.narrowest:
                yield from (Division(place, False, EMERGENCY_PENALTY) for place in _joints(atom, start, stop))
            yield from (division for division in found if division.offset == stop)


def _fragments(begin: int, end: int, found: Sequence[Division]) -> Iterator[tuple[int, int]]:
    return pairwise([begin, *(division.offset for division in found), end])


def _joints(atom: Atom, start: int, stop: int) -> Iterator[int]:
    """Yield every offset between two glyphs, so that no letter loses its mark."""
    place = 0
    for part in atom.parts:
        for _, shaped in part.word.parts:
            for glyph in shaped.glyphs:
                if start < place < stop and glyph.advance:
                    yield place
                place += len(glyph.text)
