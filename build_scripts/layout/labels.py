"""Write names into rooms and areas: number, title and native name if there is room, else the number alone.

What finds no room inside gets its number outside on a leader; what is not named on the drawing is in its key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from build_scripts.layout import letters
from build_scripts.layout.lettering import FALL, SIZES, Measure, cap_height, wrap
from build_scripts.layout.letters import Question
from build_scripts.layout.obstacles import Obstacles
from build_scripts.layout.shapes import Group, Item, Text, Xy, circle, moved, pill, polyline, rectangle
from build_scripts.layout.spots import Spots

PILL_HEIGHT = 9.6
PILL_SIDE = 3.2
PADDING = 1.6
LINES = 4
GAP = 2.0
REACH = 90.0
DOT = 0.9
LETTER_GAP = 1.8
GROUND = 0.7
NATIVE_WIDTH = 36.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Hold what may be written of a thing.

    `style` is that of the title, `pen` that of the pill round the number; `questions` are those on which
    accounts of it differ; `turned` lets the title read upwards; `ground` clears a hatch below the title.
    """

    id: str
    number: str
    title: str
    native: tuple[tuple[str, str], ...] = ()
    style: str = "room"
    pen: str = "tag-documented"
    numbered: bool = True
    turned: bool = False
    questions: tuple[Question, ...] = ()
    ground: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Hold a label where it stands.

    `whole` tells whether it names its thing, `lettered` whether it has the letters of its questions, so that
    the key need not.
    """

    name: Name
    items: tuple[Item, ...]
    whole: bool
    lettered: bool


def place(
    names: Sequence[tuple[Name, BaseGeometry]],
    obstacles: Sequence[BaseGeometry],
    frame: Polygon,
    spots: Spots,
    measure: Measure,
) -> tuple[Label, ...]:
    """Return the labels of some shapes (in points), in their order; the smallest choose first.

    `frame` is where labels on leaders may go. What has neither number nor room for its title is numbered.
    A name whose number finds no place either has a label without items.
    """
    tree = STRtree(list(obstacles))
    labels: dict[int, Label] = {}
    free: dict[int, BaseGeometry] = {}
    left_over = []
    by_need = sorted(range(len(names)), key=lambda index: (names[index][1].area, index))
    for index in by_need:
        name, shape = names[index]
        left = shape
        # One by one is many times faster than less the union of all.
        for other in sorted(tree.query(shape, predicate="intersects")):
            left = left.difference(obstacles[int(other)])
        free[index] = _largest(left)
        label = _inside(name, free[index], spots, measure)
        if label is None:
            left_over.append(index)
        else:
            labels[index] = label
    blocked = Obstacles([*obstacles, *(names[index][1].buffer(-0.5) for index in left_over)])
    taken = {name.number for name, _ in names}
    numbers = (str(number) for number in count(1) if str(number) not in taken)
    for index in sorted(left_over):
        name, shape = names[index]
        if not name.number:
            name = replace(name, number=next(numbers), numbered=True)
        labels[index] = _inside(name, free[index], spots, measure) or _outside(
            name, shape, blocked, frame, spots, measure
        )
    return tuple(labels[index] for index in range(len(names)))


def _largest(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in getattr(shape, "geoms", (shape,)) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area) if parts else shapely.Polygon()


def number_pill(number: str, style: str, pen: str, measure: Measure) -> tuple[tuple[Item, ...], float]:
    """Return a number in a pill about 0, 0, and the width of the pill."""
    width = max(measure(number, style) + 2 * PILL_SIDE, PILL_HEIGHT)
    frame = pill(-width / 2, -PILL_HEIGHT / 2, width, PILL_HEIGHT, pen)
    baseline = -cap_height(style) / 2
    return (frame, Text(x=0.0, y=baseline, text=number, style=style, anchor="middle")), width


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variant:
    """Hold one way of writing a label, about its middle."""

    items: tuple[Item, ...]
    width: float
    height: float
    whole: bool
    lettered: bool


def _inside(name: Name, free: BaseGeometry, spots: Spots, measure: Measure) -> Label | None:
    for variant in _variants(name, measure):
        for turned in (False, True) if name.turned and variant.whole else (False,):
            box = (variant.height, variant.width) if turned else (variant.width, variant.height)
            spot = spots.inside(free, box[0] + PADDING, box[1] + PADDING)
            if spot is not None:
                items = tuple(moved(_turned(item) if turned else item, *spot) for item in variant.items)
                return Label(name=name, items=items, whole=variant.whole, lettered=variant.lettered)
    return None


def _turned(item: Item) -> Item:
    """Return a text turned to read upwards; signs stay upright and go where the text goes."""
    if isinstance(item, Text):
        return replace(item, x=-item.y, y=item.x, angle=90.0)
    if isinstance(item, Group):
        x, y = _middle(item)
        return moved(item, -y - x, x - y)
    return item


def _middle(group: Group) -> Xy:
    points = [
        point for item in group.items for segment in getattr(item, "segments", ()) for point in segment.points
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _variants(name: Name, measure: Measure) -> Iterator[_Variant]:
    """Yield what can be written, fullest first."""
    seen = set()
    for native in dict.fromkeys((name.native, ())):
        for rows in range(1, LINES + 1):
            lines = _lines(name, native, rows, measure)
            if lines not in seen:
                seen.add(lines)
                yield _stack(name, lines, measure)
    if not name.numbered:
        return
    for questions in dict.fromkeys((name.questions, ())):
        items, width = _head(name, questions, measure)
        yield _Variant(
            items=items, width=width, height=PILL_HEIGHT, whole=False, lettered=questions == name.questions
        )


Line = tuple[str, str, str | None]


def _lines(name: Name, native: Sequence[tuple[str, str]], rows: int, measure: Measure) -> tuple[Line, ...]:
    """Return the lines of title and native names when the title takes about `rows` of them."""
    whole = measure(name.title, name.style)
    words = max(measure(word, name.style) for word in name.title.split())
    width = max(words, whole / rows * (1.0 if rows == 1 else 1.12)) + 0.01
    lines: list[Line] = [(line, name.style, None) for line in wrap(name.title, name.style, width, measure)]
    for text, lang in native:
        room = max(width, NATIVE_WIDTH, *(measure(word, "native") + 0.01 for word in text.split()))
        lines.extend((line, "native", lang) for line in wrap(text, "native", room, measure))
    return tuple(lines)


def _head(name: Name, questions: Sequence[Question], measure: Measure) -> tuple[tuple[Item, ...], float]:
    """Return number and letters in a row about 0, 0, and its width."""
    marks: list[tuple[Item, float]] = []
    if name.numbered:
        items, width = number_pill(name.number, "number", name.pen, measure)
        marks.append((Group(id=f"number--{name.id}", role="number", title=name.title, items=items), width))
    marks.extend(letters.mark(question, name.id, measure) for question in questions)
    return letters.in_a_row(marks, LETTER_GAP)


def _stack(name: Name, lines: Sequence[Line], measure: Measure) -> _Variant:
    """Return number, letters and lines one below the other, about their common middle."""
    items: list[Item] = []
    width = max(measure(text, style) for text, style, _ in lines)
    y = 0.0
    if name.numbered or name.questions:
        head, head_width = _head(name, name.questions, measure)
        items.extend(moved(item, 0.0, -PILL_HEIGHT / 2) for item in head)
        width = max(width, head_width)
        y = -PILL_HEIGHT - GAP
    for index, (text, style, lang) in enumerate(lines):
        y -= cap_height(style) if index == 0 else SIZES[style].leading
        items.append(Text(x=0.0, y=y, text=text, style=style, anchor="middle", lang=lang))
    height = -y + SIZES[lines[-1][1]].size * FALL
    if name.ground:
        items.insert(
            0,
            rectangle(
                -width / 2 - GROUND, -height - GROUND, width + 2 * GROUND, height + 2 * GROUND, "paper"
            ),
        )
    centred = tuple(moved(item, 0.0, height / 2) for item in items)
    return _Variant(items=centred, width=width, height=height, whole=True, lettered=True)


def _outside(
    name: Name, shape: BaseGeometry, blocked: Obstacles, frame: Polygon, spots: Spots, measure: Measure
) -> Label:
    """Return the number on a leader that ends in the shape with a dot."""
    if shape.is_empty:
        return Label(name=name, items=(), whole=False, lettered=False)
    items, width = _head(name, (), measure)
    inner = shape.representative_point()
    target: Xy = (inner.x, inner.y)
    spot = spots.beside(target, width + PADDING, PILL_HEIGHT + PADDING, frame, blocked, reach=REACH)
    if spot is None:
        return Label(name=name, items=(), whole=False, lettered=False)
    pointer: tuple[Item, ...] = ()
    if abs(target[0] - spot[0]) > width / 2 or abs(target[1] - spot[1]) > PILL_HEIGHT / 2:
        pointer = (polyline([target, spot], "leader"), circle(*target, DOT, "leader-dot"))
    placed = (*pointer, *(moved(item, *spot) for item in items))
    return Label(name=name, items=placed, whole=False, lettered=not name.questions)
