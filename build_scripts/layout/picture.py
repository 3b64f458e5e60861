"""Hold the drawn part of a sheet before title and key are put round it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon

from build_scripts.layout.labels import Label
from build_scripts.layout.shapes import Group
from build_scripts.layout.sheet import Part
from build_scripts.layout.view import Bounds, View
from build_scripts.words import Words

EDGE = 9.0
# On sheets this wide the first key stands to the right of the scale bar.
WIDE = 400.0
BAR_ROOM = 190.0
BAR_GUTTER = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Hold a drawing, its lower left corner at 0, 0, with its keys; `aside` go below the scale bar.

    `brief` are the keys for a sheet on which they would leave the drawing no room: what they would name by
    number is left to the tables of the text.
    """

    groups: tuple[Group, ...]
    width: float
    height: float
    keys: tuple[Part, ...]
    brief: tuple[Part, ...]
    aside: tuple[Part, ...] = ()


def picture(
    groups: Sequence[Group],
    frame: Polygon,
    keys: Sequence[Part | None],
    brief: Sequence[Part | None],
    aside: Sequence[Part | None] = (),
) -> Picture:
    """Return what is drawn inside a frame."""
    _, _, right, top = frame.bounds
    return Picture(
        groups=tuple(groups),
        width=right,
        height=top,
        keys=tuple(part for part in keys if part is not None),
        brief=tuple(part for part in brief if part is not None),
        aside=tuple(part for part in aside if part is not None),
    )


def beside_bar(width: float) -> float:
    """Return the width that the first key of a sheet may take."""
    return width - BAR_ROOM if width >= WIDE else width


def under_bar(width: float) -> float:
    """Return the width of what stands below the scale bar."""
    return BAR_ROOM - BAR_GUTTER if width >= WIDE else width


def view_of(extent: Bounds, ratio: float) -> View:
    """Return the view that has the lower left corner of the extent just inside the frame."""
    view = View(ratio=ratio)
    return View(ratio=ratio, left=EDGE - extent[0] * view.scale, bottom=EDGE - extent[1] * view.scale)


def frame_of(extent: Bounds, view: View) -> Polygon:
    """Return the edge of a drawing in points, with room around what it shows."""
    right, top = view.point((extent[2], extent[3]))
    return shapely.box(0.0, 0.0, right + EDGE, top + EDGE)


def clip_of(extent: Bounds, view: View) -> Polygon:
    """Return the extent itself in points."""
    return shapely.box(*view.point((extent[0], extent[1])), *view.point((extent[2], extent[3])))


def layer(name: str, title: str, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return groups as one layer, or none if there are none."""
    return (Group(id=f"layer--{name}", role="layer", title=title, items=tuple(groups)),) if groups else ()


def label_layer(placed: Sequence[Label], words: Words) -> tuple[Group, ...]:
    """Return labels as a layer; each says what it belongs to."""
    groups = [
        Group(
            id=f"label--{label.name.id}",
            role="label",
            title=label.name.title,
            items=label.items,
            facts=(("for", label.name.id),),
        )
        for label in placed
        if label.items
    ]
    return layer("labels", words("plan-layer-labels"), groups)
