"""Fill a height with flowables: what fits, what is left over.

One rule serves pages, boxes, list items and table cells. A flowable follows ReportLab's protocol (wrap,
split, draw, getSpaceBefore, getSpaceAfter, getKeepWithNext); its attribute `notes_height`, if it has one,
tells how much of its height is wanted at the foot of the page for its notes, and its text stands at the top
of its box. `notes()`, if it has that, returns these notes in the order in which they are read. Where they
lack room, `run_on(width, height, least)` divides it like `split`, but behind a line whose notes have to go on
at the foot of the next page: only `least` of their height fits here.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound

FUZZ = 0.01
ENDLESS = 1e6
SHOWN = 60
"""How many letters name a flowable in a message."""


class Size(NamedTuple):
    """Give the height of a flowable in its column and that of its notes at the foot of the page."""

    text: float
    notes: float


class TooTall(ProblemsFound):
    """Report a flowable that fits on no page and cannot be divided."""

    def __init__(self, flowable: Flowable, measured: float, height: float) -> None:
        """Name it by its first words, if it has any."""
        words = "".join(run.text for run in getattr(flowable, "runs", ()))[:SHOWN].strip()
        begins = f" that begins '{words}…'" if words else ""
        message = (
            f"a {type(flowable).__name__.lower()}{begins} is {measured:.0f} points tall, and "
            f"a page {height:.0f}; divide it"
        )
        super().__init__([Diagnostic(Location("book"), message)])


class Marker(Flowable):  # type: ignore[misc]
    """Mark a place in the flow without taking room: named destinations and the section that starts here.

    A marker keeps with what follows, and spaces are reckoned as if it were not there.
    """

    notes_height = 0.0

    def __init__(self, names: Sequence[str] = (), *, running: str | None = None) -> None:
        """Remember the destinations' names and the text for the running head."""
        super().__init__()
        self.names = tuple(names)
        self.running = running

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take no room."""
        return 0.0, 0.0

    def split(self, width: float, height: float) -> list[Flowable]:
        """Stay whole."""
        return []

    def getKeepWithNext(self) -> bool:
        """Keep with what follows."""
        return True

    def draw(self) -> None:
        """Record the destinations on the canvas, a little above the line that follows."""
        for name in self.names:
            self.canv.destination(name, 0, 12)


def size(flowable: Flowable, width: float) -> Size:
    """Measure a flowable in a column of this width."""
    _, height = flowable.wrap(width, ENDLESS)
    notes = getattr(flowable, "notes_height", 0.0)
    return Size(height - notes, notes)


def gap(previous: Flowable | None, flowable: Flowable) -> float:
    """Give the space between two flowables: the larger of what they ask for, none at the top."""
    if previous is None or isinstance(flowable, Marker):
        return 0.0
    return float(max(previous.getSpaceAfter(), flowable.getSpaceBefore()))


def put(flowable: Flowable, canvas: Canvas, x: float, y: float) -> None:
    """Draw a flowable that was measured, so that its text ends at y; the room for its notes lies below."""
    flowable.drawOn(canvas, x, y - getattr(flowable, "notes_height", 0.0))


def stack(flowables: Sequence[Flowable], width: float) -> tuple[list[tuple[Flowable, float]], Size]:
    """Stand flowables under each other: each with the depth of its lower edge, and the size of the whole."""
    placed: list[tuple[Flowable, float]] = []
    depth = notes = 0.0
    previous = None
    for flowable in flowables:
        measured = size(flowable, width)
        depth += gap(previous, flowable) + measured.text
        notes += measured.notes
        placed.append((flowable, depth))
        if not isinstance(flowable, Marker):
            previous = flowable
    return placed, Size(depth, notes)


def notes_of(flowable: Flowable) -> list[Flowable]:
    """Return the notes of a flowable that was measured."""
    return flowable.notes() if hasattr(flowable, "notes") else []


def fill(
    flowables: Sequence[Flowable],
    width: float,
    height: float,
    *,
    note_gap: float = 0.0,
    must: bool = False,
    run_on: float = math.inf,
) -> tuple[list[Flowable], list[Flowable]]:
    """Divide flowables into those that fit and the rest, dividing the last one where it allows that.

    What keeps with the next is never the last on its page; with the attribute `gives_lines` it is
    divided rather than moved. `note_gap` is needed once, above the first note. Notes of the last line may go
    on elsewhere if `run_on` of their height fits. With `must` something is always placed, if need be without
    any of its notes, or TooTall raised; without, nothing may fit.
    """
    head: list[Flowable] = []
    used = 0.0
    noted = False
    previous: Flowable | None = None
    start = 0
    while start < len(flowables):
        end = start
        while end + 1 < len(flowables) and flowables[end].getKeepWithNext():
            end += 1
        chain: list[Flowable] = []
        for flowable in flowables[start : end + 1]:
            measured = size(flowable, width)
            above = gap(previous, flowable)
            extra = note_gap if measured.notes and not noted else 0.0
            room = height - used - above - extra
            if sum(measured) > room + FUZZ and _shrunk(flowable, width, room):
                measured = size(flowable, width)
            if sum(measured) > room + FUZZ:
                break
            chain.append(flowable)
            used += above + sum(measured) + extra
            noted = noted or bool(measured.notes)
            if not isinstance(flowable, Marker):
                previous = flowable
        else:
            head += chain
            start = end + 1
            continue
        blank = previous is None
        left = height - used - above
        parts = run_on_of(flowable, width, left - extra, run_on) or _divide(flowable, width, left, extra)
        if not parts and must and blank:
            parts = run_on_of(flowable, width, left, 0.0)
        at = start + len(chain)
        if parts and (at == end or getattr(flowable, "gives_lines", False) or (must and not head)):
            return [*head, *chain, parts[0]], [*parts[1:], *flowables[at + 1 :]]
        given, keep = _give(chain, width)
        if given:
            return [*head, *chain[:keep], given[0]], [*given[1:], *chain[keep + 1 :], *flowables[at:]]
        if head or not must:
            return head, list(flowables[start:])
        if not blank:
            return chain, list(flowables[at:])
        raise TooTall(flowable, measured.text, height)
    return head, []


def run_on_of(flowable: Flowable, width: float, height: float, least: float) -> list[Flowable]:
    """Divide a flowable, or leave it whole, so that notes go on elsewhere, if `least` of them fits."""
    if height < least:
        return []
    if hasattr(flowable, "run_on"):
        return list(flowable.run_on(width, height, least))
    return whole(flowable, width, height, least)


def whole(flowable: Flowable, width: float, height: float, least: float) -> list[Flowable]:
    """Return a flowable whose text fits with `least` of its notes."""
    measured = size(flowable, width)
    return [flowable] if measured.notes and measured.text + least <= height + FUZZ else []


def _give(chain: Sequence[Flowable], width: float) -> tuple[list[Flowable], int]:
    """Divide a block of a chain, the last that may be: its end goes on with what has to follow it.

    Gives the two parts, if any, and the place of the block in the chain.
    """
    for index in reversed(range(len(chain))):
        if getattr(chain[index], "gives_lines", False):
            parts = list(chain[index].split(width, sum(size(chain[index], width)) - 1))
            if len(parts) > 1:
                return parts, index
    return [], 0


def _shrunk(flowable: Flowable, width: float, room: float) -> bool:
    """Let a flowable that can make itself a little smaller to fit."""
    return hasattr(flowable, "shrink") and bool(flowable.shrink(width, room))


def _above_notes(flowable: Flowable, width: float, room: float) -> list[Flowable]:
    """Split a flowable above its first note."""
    parts = list(flowable.split(width, room))
    while len(parts) > 1 and size(parts[0], width).notes:
        parts = list(flowable.split(width, size(parts[0], width).text - 1))
    return parts if len(parts) > 1 else []


def _divide(flowable: Flowable, width: float, room: float, note_gap: float) -> list[Flowable]:
    """Split a flowable; the gap above the first note is only given away when the first part needs it."""
    if room <= 0:
        return []
    measured = size(flowable, width)
    if measured.notes and note_gap == math.inf:
        return _above_notes(flowable, width, min(room, measured.text - 1))
    parts = list(flowable.split(width, room))
    if len(parts) > 1 and note_gap:
        measured = size(parts[0], width)
        if measured.notes and sum(measured) + note_gap > room + FUZZ:
            parts = list(flowable.split(width, room - note_gap))
    return parts if len(parts) > 1 else []
