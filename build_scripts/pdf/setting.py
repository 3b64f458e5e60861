"""Set a line: say where each piece of it stands."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from build_scripts.pdf.fonts import Face, tracked
from build_scripts.pdf.lines import EXPANSION, Line, room
from build_scripts.pdf.shaping import Shaped
from build_scripts.pdf.text import BlockStyle, Run
from build_scripts.pdf.words import Part, Text

LOOSEST = 6.0
"""Above this multiple of their stretch the spaces of a line are not stretched: better short than full of
holes."""
EPSILON = 1e-6


class Piece(NamedTuple):
    """Hold glyphs of one run and face; `extra` is the room that justification puts behind them."""

    run: int
    face: Face
    shaped: Shaped
    width: float
    extra: float


class SetLine(NamedTuple):
    """Hold a line ready to be drawn; `x` is measured from the left edge of the frame.

    `width` leaves out the space at the end and what hangs in the margins. Glyphs are drawn `scale` times as
    wide as they are, which the widths of the pieces have in them.
    """

    x: float
    width: float
    scale: float
    pieces: tuple[Piece, ...]


def set_line(text: Text, line: Line, block: BlockStyle, width: float) -> SetLine:
    """Place the pieces of a line in a frame of this width."""
    left, measure = room(block, width, line.start)
    atoms = list(_atoms(text, line))
    glues = [text.atoms[index].glue for index in range(line.start.atom, line.end.atom)]
    justified = block.align == "justify"
    before = atoms[0][0].word.hang_start if justified and atoms[0] else 0
    after = atoms[-1][-1].word.hang_end if justified and atoms[-1] else 0
    natural = sum(part.word.width for parts in atoms for part in parts) + sum(
        glue.width for glue in glues if glue
    )
    missing = measure + before + after - natural
    scale, ratio = 1.0, 0.0
    if missing < -EPSILON or (justified and not line.last):
        stretch, shrink = (
            sum(getattr(glue, name) for glue in glues if glue) for name in ("stretch", "shrink")
        )
        scale, ratio = _adjust(missing, natural, stretch, shrink, EXPANSION if justified else 0)
    pieces: list[Piece] = []
    for parts, glue in zip(atoms, [*glues, None], strict=True):
        pieces += pieces_of(parts, text.runs, scale)
        if glue and glue.space:
            pieces += pieces_of((glue.space,), text.runs, scale)
        if glue and pieces:
            pieces[-1] = pieces[-1]._replace(extra=ratio * (glue.stretch if ratio > 0 else glue.shrink))
    set_width = sum(piece.width + piece.extra for piece in pieces) - before - after
    x = left - before + _shift(block, measure - set_width)
    return SetLine(x, set_width, scale, (*pieces, *_end_space(text, line)))


def _adjust(
    missing: float, natural: float, stretch: float, shrink: float, expansion: float
) -> tuple[float, float]:
    """Return the scale of the glyphs, and by how much of its stretch (above 0) or shrink (below 0) each glue
    changes.

    Glyphs and spaces share what is missing until the glyphs have reached their limit.
    """
    spaces = stretch if missing > 0 else shrink
    if missing >= 0 and missing >= LOOSEST * spaces:
        return 1, 0
    if not spaces:
        return 1 + missing / natural, 0
    share = max(-1.0, min(1.0, missing / (spaces + expansion * natural)))
    scale = 1 + share * expansion
    return scale, (missing - (scale - 1) * natural) / spaces


def pieces_of(parts: Sequence[Part], runs: Sequence[Run], scale: float = 1) -> Iterator[Piece]:
    """Yield the pieces of parts."""
    for part in parts:
        style = runs[part.run].style
        for face, shaped in part.word.parts:
            width = shaped.width * style.size * face.source.scale / 1000 + tracked(style, shaped)
            yield Piece(part.run, face, shaped, width * scale, 0)


def _atoms(text: Text, line: Line) -> Iterator[tuple[Part, ...]]:
    for index in range(line.start.atom, line.end.atom + 1):
        start = line.start.offset if index == line.start.atom else 0
        if index == line.end.atom:
            yield text.cut(index, start, line.end.offset, hyphen=line.hyphen)
        else:
            yield text.cut(index, start)


def _end_space(text: Text, line: Line) -> Iterator[Piece]:
    """Yield the space that a line end took the place of: without it words would grow together in extracted
    text."""
    glue = text.atoms[line.end.atom].glue
    if glue and glue.space and not line.last and text.is_whole(line.end):
        yield from pieces_of((glue.space,), text.runs)


def _shift(block: BlockStyle, spare: float) -> float:
    if block.align == "right":
        return spare
    return spare / 2 if block.align == "center" else 0
