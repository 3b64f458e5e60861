"""Set a line: say where each piece of it stands."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from build_scripts.pdf.fonts import Face
from build_scripts.pdf.lines import Line, room
from build_scripts.pdf.shaping import Shaped
from build_scripts.pdf.text import BlockStyle, Run
from build_scripts.pdf.words import Part, Text

LOOSEST = 5.0
"""Above this multiple of their stretch the spaces of a line are not stretched: better short than full of holes."""


class Piece(NamedTuple):
    """Hold glyphs of one run and face; `extra` is the room that justification puts behind them."""

    run: int
    face: Face
    shaped: Shaped
    width: float
    extra: float


class SetLine(NamedTuple):
    """Hold a line ready to be drawn; `x` is measured from the left edge of the frame.

    `width` leaves out the space at the end and what hangs in the margins. `tracking` is 0 unless only squeezing the
    letters themselves keeps the line in its measure.
    """

    x: float
    width: float
    tracking: float
    pieces: tuple[Piece, ...]


def set_line(text: Text, line: Line, block: BlockStyle, width: float) -> SetLine:
    """Place the pieces of a line in a frame of this width."""
    left, measure = room(block, width, line.start)
    atoms = list(_atoms(text, line))
    glues = [text.atoms[index].glue for index in range(line.start.atom, line.end.atom)]
    hangs = block.align == "justify"
    before = atoms[0][0].word.hang_start if hangs and atoms[0] else 0
    after = atoms[-1][-1].word.hang_end if hangs and atoms[-1] else 0
    natural = sum(part.word.width for parts in atoms for part in parts) + sum(glue.width for glue in glues if glue)
    missing = measure + before + after - natural
    stretch, shrink = (sum(getattr(glue, name) for glue in glues if glue) for name in ("stretch", "shrink"))
    grow = block.align == "justify" and not line.last and 0 < missing <= stretch * LOOSEST
    ratio = missing / stretch if grow else missing / shrink if missing < 0 < shrink else 0
    pieces: list[Piece] = []
    for parts, glue in zip(atoms, [*glues, None], strict=True):
        pieces += pieces_of(parts, text.runs)
        if glue and glue.space:
            pieces += pieces_of((glue.space,), text.runs)
        if glue and pieces:
            pieces[-1] = pieces[-1]._replace(extra=ratio * (glue.stretch if ratio > 0 else glue.shrink))
    set_width = natural + sum(piece.extra for piece in pieces) - before - after
    tracking = 0.0
    if set_width > measure + 1e-6:
        tracking = (measure - set_width) / max(1, sum(len(piece.shaped.glyphs) for piece in pieces))
        set_width = measure
    return SetLine(
        left - before + _shift(block, measure - set_width), set_width, tracking, (*pieces, *_end_space(text, line))
    )


def pieces_of(parts: Sequence[Part], runs: Sequence[Run]) -> Iterator[Piece]:
    """Yield the pieces of parts, at their natural width."""
    for part in parts:
        style = runs[part.run].style
        for face, shaped in part.word.parts:
            width = shaped.width * style.size / 1000 + style.tracking * len(shaped.glyphs)
            yield Piece(part.run, face, shaped, width, 0)


def _atoms(text: Text, line: Line) -> Iterator[tuple[Part, ...]]:
    for index in range(line.start.atom, line.end.atom + 1):
        start = line.start.offset if index == line.start.atom else 0
        if index == line.end.atom:
            yield text.cut(index, start, line.end.offset, hyphen=line.hyphen)
        else:
            yield text.cut(index, start)


def _end_space(text: Text, line: Line) -> Iterator[Piece]:
    """Yield the space that a line end took the place of: without it words would grow together in extracted text."""
    glue = text.atoms[line.end.atom].glue
    if glue and glue.space and not line.last and text.is_whole(line.end):
        yield from pieces_of((glue.space,), text.runs)


def _shift(block: BlockStyle, spare: float) -> float:
    if block.align == "right":
        return spare
    return spare / 2 if block.align == "center" else 0
