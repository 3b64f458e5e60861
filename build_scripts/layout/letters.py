"""Letter the questions on which accounts differ, so that a drawing can point at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry import Polygon

from build_scripts.layout.lettering import Measure, cap_height
from build_scripts.layout.obstacles import Obstacles
from build_scripts.layout.shapes import Group, Item, Text, Xy, moved, moved_group, pill, polyline
from build_scripts.layout.spots import Spots
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import Element

HEIGHT = 8.6
SIDE = 2.3
REACH = 60.0
LEADER_FROM = 13.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Hold a question, its letter and the ids of its account and of the elements it bears on."""

    letter: str
    account: str
    text: str
    elements: tuple[str, ...]


def questions(elements: Sequence[Element], dossier: Dossier) -> tuple[Question, ...]:
    """Return the questions about some elements, lettered in the order in which they come up."""
    about: dict[str, list[str]] = {}
    for element in elements:
        for account in element.accounts:
            about.setdefault(account, []).append(element.id)
    return tuple(
        Question(
            letter=_letter(index),
            account=account,
            text=dossier.account(account).question,
            elements=tuple(ids),
        )
        for index, (account, ids) in enumerate(about.items())
    )


def by_element(asked: Iterable[Question]) -> Mapping[str, tuple[Question, ...]]:
    """Return the questions by the elements they bear on."""
    found: dict[str, tuple[Question, ...]] = {}
    for question in asked:
        for element in question.elements:
            found[element] = (*found.get(element, ()), question)
    return found


def _letter(index: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    before, last = divmod(index, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)


def sign(letter: str, measure: Measure) -> tuple[tuple[Item, ...], float]:
    """Return a letter on its dark disc about 0, 0, and the width of the disc."""
    width = max(measure(letter, "letter") + 2 * SIDE, HEIGHT)
    text = Text(x=0.0, y=-cap_height("letter") / 2, text=letter, style="letter", anchor="middle")
    return (pill(-width / 2, -HEIGHT / 2, width, HEIGHT, "letter"), text), width


def mark(question: Question, element: str, measure: Measure) -> tuple[Group, float]:
    """Return a question's letter for one element about 0, 0, and its width."""
    items, width = sign(question.letter, measure)
    group = Group(
        id=f"letter--{element}--{question.account}",
        role="letter",
        title=question.text,
        items=items,
        facts=(("for", element), ("account", question.account)),
    )
    return group, width


def place(
    asked: Iterable[Question],
    points: Mapping[str, Xy],
    frame: Polygon,
    blocked: Obstacles,
    spots: Spots,
    measure: Measure,
) -> Iterator[Group]:
    """Yield letters near elements that have no name; one without a place stands in the key alone."""
    for question in asked:
        for element in question.elements:
            if element not in points:
                continue
            group, width = mark(question, element, measure)
            spot = spots.beside(points[element], width + 1.0, HEIGHT + 1.0, frame, blocked, reach=REACH)
            if spot is not None:
                group = moved_group(group, *spot)
                yield Group(
                    id=group.id,
                    role=group.role,
                    title=group.title,
                    items=(*_leader(points[element], spot), *group.items),
                    facts=group.facts,
                )


def _leader(point: Xy, spot: Xy) -> tuple[Item, ...]:
    far = abs(point[0] - spot[0]) + abs(point[1] - spot[1]) > LEADER_FROM
    return (polyline([point, spot], "leader"),) if far else ()


def in_a_row(marks: Sequence[tuple[Item, float]], gap: float) -> tuple[tuple[Item, ...], float]:
    """Return signs side by side about 0, 0, and the width of the row."""
    width = sum(part for _, part in marks) + gap * (len(marks) - 1)
    x = -width / 2
    items = []
    for item, part in marks:
        items.append(moved(item, x + part / 2, 0.0))
        x += part + gap
    return tuple(items), width
