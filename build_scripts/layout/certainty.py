"""Show how sure a thing is by line and by hatch, never by colour alone.

One table, `LOOKS`, says how each level looks: pens, hatches, signs and keys are made from it. Hatches are cut
to shape here, so that every surface draws the same lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from build_scripts.layout.shapes import Group, Path, corners, outline, polygon
from build_scripts.model.floor_plan import CERTAINTIES, Element

SWATCH_WIDTH = 26.0
SWATCH_HEIGHT = 7.5
DOUBLE_GAP = 1.15


@dataclass(frozen=True, slots=True)
class Hatch:
    """Hold the angle of parallel lines in degrees and the distance between them."""

    angle: float
    spacing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Hold how a level of certainty is drawn.

    `weight` is a factor for lines, `dash` in points; `dotted` lines are of round dots, `double` ones have a
    gap in the middle. `solid` fills what is cut, `hatch` what is cut or stands. Signs are `filled` or open.
    """

    weight: float = 1.0
    dash: tuple[float, ...] = ()
    dotted: bool = False
    double: bool = False
    solid: bool = False
    hatch: Hatch | None = None
    filled: bool = False


# Surest first: where walls of two levels meet, the surer one goes through.
LOOKS: dict[str, Look] = {
    "recorded": Look(weight=1.25, solid=True, filled=True),
    "documented": Look(hatch=Hatch(45.0, 1.35), filled=True),
    "inferred": Look(dash=(3.4, 1.7)),
    "disputed": Look(double=True),
    "conjectural": Look(weight=1.2, dotted=True, hatch=Hatch(135.0, 2.6)),
}
STRENGTH = tuple(LOOKS)


def in_use(elements: Iterable[Element]) -> tuple[str, ...]:
    """Return the levels that some element has, surest first as the contract orders them."""
    used = {element.certainty for element in elements}
    return tuple(level for level in CERTAINTIES if level in used)


def drawn(groups: Iterable[Group]) -> tuple[str, ...]:
    """Return the levels of the groups that have lines, in the order of the contract."""
    used = set(_drawn(groups))
    return tuple(level for level in CERTAINTIES if level in used)


def _drawn(groups: Iterable[Group]) -> Iterator[str]:
    for group in groups:
        if group.certainty is not None and any(isinstance(item, Path) for item in group.items):
            yield group.certainty
        yield from _drawn(item for item in group.items if isinstance(item, Group))


def filling(shape: BaseGeometry, level: str) -> Iterator[Path]:
    """Yield what lies inside a cut shape: a fill, a hatch, a second outline, or nothing."""
    look = LOOKS[level]
    if look.solid:
        path = outline(shape, f"poche-{level}")
    elif look.double:
        path = outline(shape.buffer(-DOUBLE_GAP, join_style="mitre").boundary, f"edge-{level}")
    elif look.hatch is not None:
        path = outline(hatched(shape, look.hatch), f"hatch-{level}")
    else:
        path = None
    if path is not None:
        yield path


def area_filling(shape: BaseGeometry, level: str) -> Iterator[Path]:
    """Yield what lies inside a thing seen from above: a hatch or nothing."""
    hatch = LOOKS[level].hatch
    path = outline(hatched(shape, hatch), f"hatch-{level}") if hatch is not None else None
    if path is not None:
        yield path


def hatched(shape: BaseGeometry, hatch: Hatch) -> BaseGeometry:
    """Return the lines of a hatch inside a shape; equal hatches of neighbouring shapes run through."""
    if shape.is_empty:
        return shape
    left, bottom, right, top = shape.bounds
    turn = math.radians(hatch.angle)
    along = np.array([math.cos(turn), math.sin(turn)])
    across = np.array([-along[1], along[0]])
    box = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
    near, far = (box @ across).min(), (box @ across).max()
    steps = np.arange(math.ceil(near / hatch.spacing), math.floor(far / hatch.spacing) + 1) * hatch.spacing
    if not len(steps):
        return shapely.MultiLineString()
    start, end = (box @ along).min() - 1, (box @ along).max() + 1
    lines = np.stack([steps[:, None] * across + start * along, steps[:, None] * across + end * along], axis=1)
    return shapely.intersection(shape, shapely.MultiLineString(list(lines)))


def swatch(x: float, y: float, level: str) -> tuple[Path, ...]:
    """Return a sample of a level as a piece of wall, its lower left corner at x, y."""
    shape = shapely.box(x, y, x + SWATCH_WIDTH, y + SWATCH_HEIGHT)
    return (*filling(shape, level), polygon(corners(shape.exterior), f"edge-{level}"))
