"""Cut runs of text into atoms: shaped words, with the space or the bare break that follows each.

White space collapses across runs, so that a word may begin in one run and end in another.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from build_scripts.pdf.fonts import DROPPED, FontBook, Word, Words, is_chinese
from build_scripts.pdf.hyphenation import DISCRETIONARY
from build_scripts.pdf.ideographs import ideograph_breaks
from build_scripts.pdf.shaping import SOFT_HYPHEN, ZERO_WIDTH_SPACE
from build_scripts.pdf.text import LINE_SEPARATOR, Run

SPACE_STRETCH = 0.5
SPACE_SHRINK = 0.25
"""How much of itself a space may gain and lose; TeX's spaces shrink a little more, but are wider to begin
with."""
IDEOGRAPH_STRETCH = 0.06
"""How much room, in em, may come between two ideographs of a justified line."""

LONGEST = 200
"""From how many characters on a word is none that was written to be read, and is cut beforehand: looking for
the best place to cut it in a line would take time by the square of its length."""
_STRETCHES = re.compile(r"[^/._&=?#%+:;,-]{1,24}[/._&=?#%+:;,-]*|[/._&=?#%+:;,-]{1,24}")
"""The stretches of such a word, an address or a number: up to its next sign, or so long."""

_COLLAPSIBLE = re.compile(r"[ \t\n\r\f\v]+")
_CHANGED = dict.fromkeys(map(ord, DROPPED), "")
_CHANGED[ord(SOFT_HYPHEN)] = DISCRETIONARY
# Joiners shape the letters of some scripts; elsewhere they do nothing.
_JOINED = "\u0600-\u07ff\u0840-\u109f\u1700-\u18af\u1900-\u1cff\ua800-\uabff"
_IDLE_JOINERS = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]+")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_WITHOUT_GLYPH = f"{ZERO_WIDTH_SPACE}{LINE_SEPARATOR}"
_SEPARATORS = f" {_NO_BREAK_SPACE}{_WITHOUT_GLYPH}"
_TOKEN = re.compile(f"[^{_SEPARATORS}]+|[{_SEPARATORS}]")


class Part(NamedTuple):
    """Hold the share of one run in an atom."""

    run: int
    word: Word


class Glue(NamedTuple):
    """Hold what stands between two atoms of a line: a space glyph, or nothing where a line may end.

    A space at the end of a line is drawn but takes no room, so that words stay apart when the text is read
    out of the file.
    """

    space: Part | None
    width: float
    stretch: float
    shrink: float
    breaks: bool = True
    forced: bool = False


class Atom(NamedTuple):
    """Hold a word, or a single ideograph, with the glue behind it."""

    text: str
    parts: tuple[Part, ...]
    width: float
    glue: Glue | None


class Place(NamedTuple):
    """Point between two characters: so many characters into an atom."""

    atom: int
    offset: int


START = Place(0, 0)


class Text:
    """Hold the atoms of a paragraph and cut them."""

    __slots__ = ("_words", "atoms", "fonts", "runs", "stop")

    def __init__(self, runs: Sequence[Run], fonts: FontBook) -> None:
        """Shape the runs."""
        self.runs = runs
        self.fonts = fonts
        self._words = [fonts.words(run.style, run.lang, is_chinese(run.text)) for run in runs]
        self.atoms = list(_atoms(runs, self._words))
        self.stop = Place(len(self.atoms) - 1, len(self.atoms[-1].text)) if self.atoms else START

    def is_whole(self, end: Place) -> bool:
        """Say whether a place lies behind the last character of its atom."""
        return end.offset == len(self.atoms[end.atom].text)

    def after(self, end: Place) -> Place:
        """Return where the line after one that ends here begins."""
        return Place(end.atom + 1, 0) if self.is_whole(end) else end

    def before(self, end: Place) -> str:
        """Return the text up to a place, without the spaces between its atoms and what is set here alone."""
        texts = []
        for index, atom in enumerate(self.atoms[: end.atom + 1]):
            left = len(atom.text) if index < end.atom else end.offset
            for part in atom.parts:
                if not self.runs[part.run].added:
                    texts.append(part.word.text[:left])
                left = max(0, left - len(part.word.text))
        return "".join(texts)

    def cut(
        self, index: int, start: int, end: int | None = None, *, hyphen: bool = False
    ) -> tuple[Part, ...]:
        """Return part of an atom, shaped on its own, with a hyphen added or not."""
        atom = self.atoms[index]
        stop = len(atom.text) if end is None else end
        if start == 0 and stop == len(atom.text) and not hyphen:
            return atom.parts
        parts = []
        place = 0
        for part in atom.parts:
            text = part.word.text
            piece = text[max(0, start - place) : max(0, stop - place)]
            place += len(text)
            if hyphen and piece and place >= stop:
                piece += SOFT_HYPHEN
            if piece:
                parts.append(Part(part.run, self._words[part.run][piece]))
        return tuple(parts)

    def width(self, index: int, start: int, end: int | None = None, *, hyphen: bool = False) -> float:
        """Return the width of part of an atom."""
        return sum(part.word.width for part in self.cut(index, start, end, hyphen=hyphen))

    def length(self, start: Place, end: Place) -> float:
        """Return the natural width of the text between two places as one line."""
        atoms = self.atoms[start.atom : end.atom + 1]
        whole = sum(atom.width for atom in atoms) + sum(atom.glue.width for atom in atoms[:-1] if atom.glue)
        head = self.width(start.atom, 0, start.offset) if start.offset else 0
        tail = 0 if self.is_whole(end) else self.width(end.atom, end.offset)
        return whole - head - tail

    def stanzas(self, start: Place, stop: Place) -> Iterator[tuple[Place, Place]]:
        """Cut the text at its forced line ends."""
        for index in range(start.atom, stop.atom):
            glue = self.atoms[index].glue
            if glue and glue.forced:
                yield start, Place(index, len(self.atoms[index].text))
                start = Place(index + 1, 0)
        yield start, stop


class _Span(NamedTuple):
    """Say which run a stretch of the collapsed text comes from."""

    end: int
    run: int


def _atoms(runs: Sequence[Run], words: Sequence[Words]) -> Iterator[Atom]:
    """Cut the runs into atoms; only the last has no glue."""
    text, spans = _collapse(runs)
    position = current = 0
    word: tuple[str, tuple[Part, ...], float] = "", (), 0.0
    for token in _TOKEN.findall(text):
        while spans[current].end <= position:
            current += 1
        if token in _SEPARATORS:
            yield Atom(*word, _glue(token, spans[current].run, words))
            word = "", (), 0.0
            position += 1
            continue
        ideographs = ideograph_breaks(token)
        ends = sorted({*ideographs, *_joints(token, ideographs)})
        between = IDEOGRAPH_STRETCH if ideographs else 0
        for start, end in pairwise([0, *ends, len(token)]):
            while spans[current].end <= position + start:
                current += 1
            word = _piece(text, position + start, position + end, spans, current, words)
            if end < len(token):
                yield Atom(*word, Glue(None, 0, between * runs[word[1][-1].run].style.size, 0))
        position += len(token)
    if text:
        yield Atom(*word, None)


def _joints(token: str, breaks: Sequence[int]) -> Iterator[int]:
    """Yield where a word that is too long to be read, between breaks, may end a line as well.

    No mark leaves its letter.
    """
    if len(token) < LONGEST:
        return
    for start, end in pairwise([0, *breaks, len(token)]):
        if end - start >= LONGEST:
            place = start
            for stretch in _STRETCHES.findall(token[start:end])[:-1]:
                place += len(stretch)
                if not unicodedata.category(token[place]).startswith("M"):
                    yield place


def _collapse(runs: Sequence[Run]) -> tuple[str, list[_Span]]:
    """Join the text of all runs, with one space where there was any white space, and none at ends of
    lines."""
    texts: list[str] = []
    spans: list[_Span] = []
    length = 0
    last = LINE_SEPARATOR
    for index, run in enumerate(runs):
        text = _IDLE_JOINERS.sub("", _COLLAPSIBLE.sub(" ", run.text).translate(_CHANGED))
        if LINE_SEPARATOR in text:
            text = text.replace(f" {LINE_SEPARATOR}", LINE_SEPARATOR).replace(
                f"{LINE_SEPARATOR} ", LINE_SEPARATOR
            )
        if last in f" {LINE_SEPARATOR}":
            text = text.removeprefix(" ")
        if text:
            length += len(text)
            last = text[-1]
            texts.append(text)
            spans.append(_Span(length, index))
    return "".join(texts).rstrip(f" {LINE_SEPARATOR}"), spans


def _piece(
    text: str, start: int, end: int, spans: Sequence[_Span], current: int, words: Sequence[Words]
) -> tuple[str, tuple[Part, ...], float]:
    """Return a stretch of the text, its parts by run, and its width."""
    piece = text[start:end]
    if end <= spans[current].end:
        word = words[spans[current].run][piece]
        return piece, (Part(spans[current].run, word),), word.width
    parts = []
    while start < end:
        span = spans[current]
        stop = min(end, span.end)
        if stop > start:
            parts.append(Part(span.run, words[span.run][text[start:stop]]))
            start = stop
        current += 1
    return piece, tuple(parts), sum(part.word.width for part in parts)


def _glue(separator: str, run: int, words: Sequence[Words]) -> Glue:
    if separator in _WITHOUT_GLYPH:
        return Glue(None, 0, 0, 0, forced=separator == LINE_SEPARATOR)
    space = words[run][separator]
    breaks = separator == " "
    return Glue(
        Part(run, space), space.width, space.width * SPACE_STRETCH, space.width * SPACE_SHRINK, breaks
    )
