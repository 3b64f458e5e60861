"""Fill the feet of pages with notes; what of a note has no room goes on at the foot of the next page.

As in TeX (The TeXbook, chapter 15, `\\insert`) a note begins on the page of its number if any of it fits, and
while notes go on no other note is cited before they have room.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlab.platypus import Flowable

from build_scripts.pdf.flow import fill, stack

LEAST = 90.0
"""So much of a note stands on the page of its number; a line whose notes lack that room is moved."""
MOST = 2 / 3
"""Notes that go on leave the rest of a page to its text, as long as any fits there."""


class Laid(NamedTuple):
    """Hold notes with their lower edges above the foot; the first `continued` began on an earlier page."""

    notes: tuple[tuple[Flowable, float], ...] = ()
    continued: int = 0
    height: float = 0.0


@dataclass(slots=True, kw_only=True)
class Foot:
    """Keep the notes of a chapter that wait for a page: `width` is theirs, `gap` the room above the first."""

    width: float
    gap: float
    waiting: list[Flowable] = field(default_factory=list)

    def claim(self, height: float) -> tuple[float, float]:
        """Return how much of a page the waiting notes take, and the gap that the first of others needs.

        It is endless while some will still wait after this page.
        """
        if not self.waiting:
            return 0.0, self.gap
        tall, most = stack(self.waiting, self.width)[1].text, height * MOST - self.gap
        return min(tall, most) + self.gap, 0.0 if tall <= most else math.inf

    def lay(self, notes: Sequence[Flowable], room: float, *, must: bool) -> Laid:
        """Fill the room below the text with the waiting notes and these; what is left waits on.

        With `must` some note is laid, for nothing else stands on the page.
        """
        before = len(self.waiting)
        laid, self.waiting = fill([*self.waiting, *notes], self.width, room - self.gap, must=must)
        placed, whole = stack(laid, self.width)
        edges = tuple((note, whole.text - depth) for note, depth in placed)
        return Laid(notes=edges, continued=min(before, len(laid)), height=whole.text)
