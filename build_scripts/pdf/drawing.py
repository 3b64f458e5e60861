"""Draw set lines as glyph codes (ISO 32000-1, 9.4), tagged, with the places of links and anchors."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from build_scripts.pdf.bidi import levels, visual_order
from build_scripts.pdf.fonts import Face, FontBook
from build_scripts.pdf.setting import Piece, SetLine, pieces_of
from build_scripts.pdf.tags import Element, TaggedCanvas, Target
from build_scripts.pdf.text import Inset, Run, TextStyle
from build_scripts.pdf.words import Text

ASCENT = 0.75
DESCENT = 0.25
"""Which part of the size a link reaches above and below the baseline."""
CONTINUOUS = 0.005
"""How far apart two pieces may be and still be one string."""


class Stroke(NamedTuple):
    """Put a piece at a point of the canvas."""

    x: float
    y: float
    width: float
    piece: Piece
    run: Run
    scale: float


def draw_line(
    canvas: Canvas,
    x: float,
    y: float,
    runs: Sequence[Run],
    fonts: FontBook,
    anchor: Literal["start", "middle", "end"] = "start",
) -> float:
    """Draw one line of text on its baseline and return its width.

    Nothing is marked: the caller says what a label or a running head is part of.
    """
    line = one_line(runs, fonts)
    left = x - line.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    canvas.saveState()
    _draw_strokes(canvas, strokes(line, left, y, runs), _State())
    canvas.restoreState()
    return line.width


def measure(text: str, style: TextStyle, fonts: FontBook, lang: str | None = None) -> float:
    """Return the width of text on one line."""
    return one_line([Run(text=text, style=style, lang=lang)], fonts).width


def draw_lines(
    canvas: TaggedCanvas, drawn: Sequence[Stroke], runs: Sequence[Run], element: Element | None
) -> None:
    """Draw the strokes of a paragraph; what belongs to no element is an artifact."""
    state = _State()
    for (owner, inset), group in groupby(drawn, key=lambda one: (one.run.element or element, one.run.inset)):
        with canvas.mark(owner) if owner else canvas.artifact():
            if inset is None:
                _draw_strokes(canvas, group, state)
            else:
                _draw_inset(canvas, next(group), inset, owner)
    for index, run in enumerate(runs):
        if not run.anchor:
            continue
        # A run without text has no stroke: its place is before the next one.
        at = next((stroke for stroke in drawn if stroke.piece.run >= index), None)
        if at:
            canvas.destination(run.anchor, at.x, at.y + at.run.style.size)
        elif not drawn:
            canvas.destination(run.anchor, 0, 0)
    _draw_links(canvas, drawn, element)


def _draw_inset(canvas: TaggedCanvas, at: Stroke, inset: Inset, owner: Element | None) -> None:
    """Draw a picture in its line; its Figure learns where it stands (ISO 32000-1, 14.8.5.4.3)."""
    width, height = inset.size
    x, y = at.x, at.y - inset.drop
    if owner is not None:
        corners = (*canvas.absolutePosition(x, y), *canvas.absolutePosition(x + width, y + height))
        box = [round(value, 2) for value in corners]
        owner.attributes["Layout"] = {"Placement": "Inline", "BBox": box}
    canvas.saveState()
    inset.draw(inset.placed, canvas, x, y, inset.scale)
    canvas.restoreState()


def strokes(line: SetLine, x: float, y: float, runs: Sequence[Run]) -> Iterator[Stroke]:
    """Place the pieces of a line whose frame begins at `x`, on the baseline `y`."""
    x += line.x
    if any(piece.shaped.rtl for piece in line.pieces):
        yield from _strokes_both_ways(line, x, y, runs)
        return
    for piece in line.pieces:
        width = piece.width + piece.extra
        yield Stroke(x, y, width, piece, runs[piece.run], line.scale)
        x += width


def _strokes_both_ways(line: SetLine, x: float, y: float, runs: Sequence[Run]) -> Iterator[Stroke]:
    """Place the pieces of a line that is partly read from right to left, in the order of reading."""
    lefts: dict[int, float] = {}
    pieces, found = _of_one_level(line, runs)
    for index in visual_order(found):
        lefts[index] = x
        x += pieces[index].width + pieces[index].extra
    for index, piece in enumerate(pieces):
        yield Stroke(lefts[index], y, piece.width + piece.extra, piece, runs[piece.run], line.scale)


def _of_one_level(line: SetLine, runs: Sequence[Run]) -> tuple[list[Piece], list[int]]:
    """Cut the pieces of a line where the level changes; brackets that run from the right are turned round."""
    parts = [(_text(piece), runs[piece.run].lang or "") for piece in line.pieces]
    of_characters = iter(levels(parts))
    pieces: list[Piece] = []
    found: list[int] = []
    for piece, (text, lang) in zip(line.pieces, parts, strict=True):
        groups = [
            (level, "".join(character for character, _ in group))
            for level, group in groupby(
                [(character, next(of_characters)) for character in text], key=lambda one: one[1]
            )
        ]
        if len(groups) < 2 and piece.shaped.rtl is (groups[:1] and groups[0][0] == 1):
            pieces.append(piece)
            found += [level for level, _ in groups] or [0]
            continue
        style = runs[piece.run].style
        em = style.size * piece.face.source.scale * line.scale / 1000
        missing = piece.width
        for level, part in groups:
            shaped = piece.face.shape(part, style.features, lang, rtl=level == 1)
            width = shaped.width * em
            missing -= width
            pieces.append(piece._replace(shaped=shaped, width=width, extra=0))
            found.append(level)
        pieces[-1] = pieces[-1]._replace(extra=piece.extra + missing)
    return pieces, found


def _text(piece: Piece) -> str:
    return "".join(glyph.text for glyph in piece.shaped.glyphs)


def one_line(runs: Sequence[Run], fonts: FontBook) -> SetLine:
    """Set text on one line, however long it is."""
    text = Text(runs, fonts)
    parts = [
        part
        for index, atom in enumerate(text.atoms)
        for part in (*text.cut(index, 0), *((atom.glue.space,) if atom.glue and atom.glue.space else ()))
    ]
    pieces = tuple(pieces_of(parts, runs))
    return SetLine(0, sum(piece.width for piece in pieces), 1, pieces)


def _draw_links(canvas: TaggedCanvas, drawn: Iterable[Stroke], element: Element | None) -> None:
    """Lay one rectangle over each stretch of a line that has the same link."""
    for _, group in groupby(drawn, key=_link):
        linked = [stroke for stroke in group if stroke.run.link]
        while linked and _is_space(linked[-1]):
            linked.pop()
        while linked and _is_space(linked[0]):
            linked.pop(0)
        if not linked:
            continue
        run, y = linked[0].run, linked[0].y
        owner = run.link_element or run.element or element
        if run.link is None or owner is None:
            continue
        size = max(stroke.run.style.size for stroke in linked)
        left = min(stroke.x for stroke in linked)
        last = max(linked, key=lambda stroke: stroke.x)
        right = last.x + last.width - last.piece.extra
        canvas.link(owner, (left, y - DESCENT * size, right, y + ASCENT * size), run.link, run.contents)


def _link(stroke: Stroke) -> tuple[Target | None, Element | None, str, float]:
    run = stroke.run
    return run.link, run.link_element or run.element, run.contents, stroke.y


def _is_space(stroke: Stroke) -> bool:
    return all(glyph.text.isspace() for glyph in stroke.piece.shaped.glyphs)


class _State:
    """Hold the text operators in force: font, colour, tracking, scale and rise outlive a text object
    (9.3)."""

    __slots__ = ("_last", "_operators")

    def __init__(self) -> None:
        self._last: tuple[TextStyle, Face, int, float, float] | None = None
        self._operators = {"Tc": "0 Tc", "Tz": "100 Tz", "Ts": "0 Ts"}

    def changes(self, style: TextStyle, face: Face, height: int, scale: float, tracking: float) -> list[str]:
        """Return the operators that bring a style into force."""
        wanted = style, face, height, scale, tracking
        # Nearly every piece has the style of the one before.
        if self._last and self._last[0] is style and self._last[1:] == wanted[1:]:
            return []
        self._last = wanted
        size = style.size * face.source.scale
        red, green, blue = (int(style.colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        operators = {
            "Tf": f"/{face.name} {_number(size)} Tf",
            "rg": f"{_number(red)} {_number(green)} {_number(blue)} rg",
            "Tc": f"{_number(tracking)} Tc",
            "Tz": f"{_number(100 * scale)} Tz",
            "Ts": f"{_number(style.rise + height * size / 1000)} Ts",
        }
        changed = [operator for name, operator in operators.items() if self._operators.get(name) != operator]
        self._operators = operators
        return changed


def _draw_strokes(canvas: Canvas, group: Iterable[Stroke], state: _State) -> None:
    """Write one text object."""
    code = ["BT"]
    array: list[str] = []
    origin_x = origin_y = x = y = 0.0
    for stroke in group:
        if stroke.y != y or abs(stroke.x - x) > CONTINUOUS or len(code) == 1:
            _show(array, code)
            code.append(f"{_number(stroke.x - origin_x)} {_number(stroke.y - origin_y)} Td")
            origin_x, origin_y = stroke.x, stroke.y
        style, piece = stroke.run.style, stroke.piece
        tracking = 0 if piece.shaped.rtl else style.tracking
        for height, operands, silent in piece.face.encode(piece.shaped):
            changed = state.changes(style, piece.face, height, stroke.scale, tracking)
            if changed or silent:
                _show(array, code)
                code += changed
            array.append(operands)
            if silent:
                # Nothing is to be read here (ISO 32000-1, 14.9.4).
                code.append("/Span <</ActualText ()>> BDC")
                _show(array, code)
                code.append("EMC")
        if piece.extra:
            size = style.size * piece.face.source.scale * stroke.scale
            array.append(f"{-1000 * piece.extra / size:.1f}")
        x, y = stroke.x + stroke.width, stroke.y
    _show(array, code)
    code.append("ET")
    canvas.addLiteral("\n".join(code))


def _show(array: list[str], code: list[str]) -> None:
    if array:
        code.append(f"[{' '.join(array)}] TJ".replace("> <", ""))
        array.clear()


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
