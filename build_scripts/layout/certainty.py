"""Show how sure a thing is by line and by hatch, never by colour alone.

Recorded is filled, documented darkly hatched, inferred an open dashed outline, conjectural a dotted outline
with a light hatch the other way, disputed a double outline with a letter. Hatches are cut to shape here, so
that every surface draws the same lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from build_scripts.layout.shapes import Path, corners, outline, polygon
from build_scripts.model.floor_plan import CERTAINTIES, Element

# Where walls of two levels meet, the surer one goes through.
STRENGTH = ("recorded", "documented", "inferred", "disputed", "conjectural")

SWATCH_WIDTH = 26.0
SWATCH_HEIGHT = 7.5
DOUBLE_GAP = 1.15


@dataclass(frozen=True, slots=True)
class Hatch:
    """Hold the angle of parallel lines in degrees and the distance between them."""

    angle: float
    spacing: float


HATCHES = {"documented": Hatch(45.0, 1.35), "conjectural": Hatch(135.0, 2.6)}


def in_use(elements: Iterable[Element]) -> tuple[str, ...]:
    """Return the levels that some element has, surest first as the contract orders them."""
    used = {element.certainty for element in elements}
    return tuple(level for level in CERTAINTIES if level in used)


def filling(shape: BaseGeometry, level: str) -> Iterator[Path]:
    """Yield what lies inside a cut shape: a fill, a hatch, a second outline, or nothing."""
    if level == "recorded":
        path = outline(shape, "poche-recorded")
    elif level == "disputed":
        path = outline(shape.buffer(-DOUBLE_GAP, join_style="mitre").boundary, "edge-disputed")
    elif level in HATCHES:
        path = outline(hatched(shape, HATCHES[level]), f"hatch-{level}")
    else:
        path = None
    if path is not None:
        yield path


def area_filling(shape: BaseGeometry, level: str) -> Iterator[Path]:
    """Yield what lies inside a thing seen from above: a hatch, a second outline, or nothing."""
    if level == "disputed":
        path = outline(shape.buffer(-DOUBLE_GAP, join_style="mitre").boundary, "area-disputed")
    elif level in HATCHES:
        path = outline(hatched(shape, HATCHES[level]), f"hatch-{level}")
    else:
        path = None
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
