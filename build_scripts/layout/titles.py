"""Say in words what an element of a plan is and how sure: the titles that a reader hears or hovers over."""

from __future__ import annotations

from build_scripts.model.floor_plan import (
    Area,
    Dimension,
    Element,
    Lift,
    Marker,
    Opening,
    Room,
    Stairs,
    Tunnel,
    Wall,
)
from build_scripts.words import Words


def title(element: Element, words: Words) -> str:
    """Return what an element is, with its level of certainty."""
    return words(
        "plan-element", what=what(element, words), certainty=words(f"plan-level-{element.certainty}")
    )


def what(element: Element, words: Words) -> str:
    """Return what an element is."""
    match element:
        case Room():
            return (
                words("plan-numbered", number=element.number, title=element.title)
                if element.number
                else element.title
            )
        case Area() | Tunnel() | Marker():
            return element.title
        case Wall():
            return words("plan-wall")
        case Stairs():
            return words("plan-stairs")
        case Lift():
            return words("plan-lift")
        case Dimension():
            return words("plan-dimension", length=words.number(element.length_m))
        case Opening():
            return opening(element.kind, element.features, words)
        case _:
            return words("plan-boundary")


def opening(kind: str, features: tuple[str, ...], words: Words) -> str:
    """Return the name of a kind of opening with what it is armed with."""
    name = words(f"plan-opening-{kind}")
    if not features:
        return name
    listed = words(f"plan-feature-{features[0]}")
    for feature in features[1:]:
        listed = words("plan-feature-and", first=listed, second=words(f"plan-feature-{feature}"))
    return words("plan-opening-with", opening=name, features=listed)
