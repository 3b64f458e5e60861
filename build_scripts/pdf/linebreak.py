"""Choose the line ends of a paragraph so that it looks best as a whole.

The method is that of D. E. Knuth and M. F. Plass, "Breaking paragraphs into lines", Software: Practice and
Experience 11 (1981): every way of ending a line gets demerits for stretched or squeezed spaces, for hyphens
and for neighbours that differ, and the way with the least sum wins. This module knows numbers only.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

LINE_PENALTY = 10
TWO_HYPHENS = 10_000
"""Two hyphens one under the other."""
LAST_HYPHEN = 5000
"""A hyphen at the end of the last line but one."""
CONTRAST = 10_000
"""A tight line beside a loose one."""
SHORT_LAST = 8000
"""A last line shorter than `Measure.shortest_last`."""
BADNESS_LIMIT = 10_000.0
HOPELESS = 1e6
EPSILON = 1e-6


class Break(NamedTuple):
    """Describe one place where a line may end.

    Positions run along the paragraph set as one endless line: a line from break a to break b is `b.end -
    a.start` long. `stretch` and `shrink` are sums up to here; the `_after` ones begin the next line. `place`
    means something to the caller only.
    """

    place: Any
    end: float
    start: float
    stretch: float
    shrink: float
    stretch_after: float
    shrink_after: float
    penalty: float = 0
    hyphen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Give the room of a paragraph: width of the first line and of the others.

    `ragged` is how much shorter a line may stay before it is as bad as a space stretched to its limit; 0
    justifies.
    """

    first: float
    rest: float
    ragged: float = 0
    shortest_last: float = 0


class _Node:
    """Remember the best way to end a line at a break."""

    __slots__ = ("at", "demerits", "fitness", "hyphen", "previous", "shrink", "start", "stretch", "width")

    def __init__(
        self, at: Break, width: float, demerits: float, fitness: int, previous: "_Node | None"
    ) -> None:
        self.at = at
        self.start = at.start
        self.stretch = at.stretch_after
        self.shrink = at.shrink_after
        self.hyphen = at.hyphen
        self.width = width
        self.demerits = demerits
        self.fitness = fitness
        self.previous = previous


def choose(
    origin: Break,
    breaks: Sequence[Break],
    finer: Callable[[int], Iterable[Break]],
    measure: Measure,
    tolerance: float,
) -> list[Break] | None:
    """Return the breaks that end the lines, the last of `breaks` among them.

    `finer` gives more breaks between that of an index and the one before it; it is asked only where a line
    might end. A line may stretch its spaces `tolerance` times their stretch. Returns None if no way does,
    unless the tolerance is infinite: then a line that nothing can make fit stays too long.
    """
    active = [_Node(origin, measure.first, 0.0, 1, None)]
    last = len(breaks) - 1
    for index, at in enumerate(breaks):
        # The oldest line is the fullest: if even that would be too loose, no line ends here.
        if _ratio(at, active[0], measure.ragged, final=False) <= tolerance:
            for inner in finer(index):
                active = _extend(active, inner, measure, tolerance, final=False)
            active = _extend(active, at, measure, tolerance, final=index == last)
            if not active:
                return None
        elif index == last:
            active = _extend(active, at, measure, tolerance, final=True)
    return _path(min(active, key=_by_demerits))


def _extend(
    active: list[_Node], at: Break, measure: Measure, tolerance: float, *, final: bool
) -> list[_Node]:
    """Return the nodes from which lines may go on behind this break; behind the last, those that end
    there."""
    best: dict[int, tuple[float, _Node]] = {}
    alive: list[_Node] = []
    for position, node in enumerate(active):
        ratio = _ratio(at, node, measure.ragged, final)
        if ratio < -1:
            # Every later break is farther still.
            continue
        if ratio > tolerance:
            # Nodes are in order of their start, so the others leave still more room.
            alive += active[position:]
            break
        alive.append(node)
        demerits = node.demerits + _demerits(ratio, at, node, measure, final)
        fitness = _fitness(ratio)
        if abs(fitness - node.fitness) > 1 and not measure.ragged:
            demerits += CONTRAST
        if fitness not in best or demerits < best[fitness][0]:
            best[fitness] = demerits, node
    if not alive and tolerance == math.inf:
        best[1] = active[-1].demerits, active[-1]
    made = [_Node(at, measure.rest, best[fitness][0], fitness, best[fitness][1]) for fitness in sorted(best)]
    return made if final else alive + made


def _ratio(at: Break, node: _Node, ragged: float, final: bool) -> float:
    """Say how far the spaces of a line stretch (above 0) or shrink (below 0), 1 being their limit."""
    room = node.width - (at.end - node.start)
    if room >= 0:
        if final or room < EPSILON:
            return 0.0
        stretch = ragged or at.stretch - node.stretch
        return room / stretch if stretch > 0 else HOPELESS
    shrink = 0.0 if ragged else at.shrink - node.shrink
    if room > -EPSILON:
        return 0.0
    return room / shrink if shrink > 0 else -HOPELESS


def _fitness(ratio: float) -> int:
    return 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3


def _demerits(ratio: float, at: Break, node: _Node, measure: Measure, final: bool) -> float:
    badness = min(100 * abs(ratio) ** 3, BADNESS_LIMIT * max(1.0, abs(ratio)))
    demerits = (LINE_PENALTY + badness) ** 2 + at.penalty**2
    if at.hyphen and node.hyphen:
        demerits += TWO_HYPHENS
    if final:
        if node.hyphen:
            demerits += LAST_HYPHEN
        if at.end - node.start < measure.shortest_last and node.previous is not None:
            demerits += SHORT_LAST
    return demerits


def _by_demerits(node: _Node) -> float:
    return node.demerits


def _path(node: _Node) -> list[Break]:
    breaks = []
    while node.previous is not None:
        breaks.append(node.at)
        node = node.previous
    return breaks[::-1]
