"""Sort features of plans by kind: words of our own export, of IMDF and of OSM's Simple Indoor Tagging."""

from __future__ import annotations

from typing import Literal

from pydantic import TypeAdapter

from build_scripts.imports.features import Feature
from build_scripts.model.floor_plan import OPENING_KINDS, OpeningKind

Role = Literal["level", "room", "wall", "opening", "outline", "boundary", "name", "none"]

WORDS: dict[str, Role] = {
    "level": "level", "storey": "level", "floor": "level",
    "unit": "room", "room": "room", "space": "room", "corridor": "room", "area": "room",
    "wall": "wall", "walls": "wall",
    "opening": "opening", "door": "opening", "window": "opening", "gate": "opening", "arch": "opening",
    "entrance": "opening", "double-door": "opening", "french-window": "opening",
    "footprint": "outline", "venue": "boundary", "boundary": "boundary", "plot": "boundary",
    "site": "boundary", "building": "name",
}  # fmt: skip
KEYS = ("element", "feature_type", "indoor", "type", "kind", "class", "layer", "category")
# A door of which nothing else is known.
DOOR_M, DOUBLE_M = 0.9, 1.4


def role(feature: Feature) -> Role | None:
    """Return what a feature is; None if it does not say so."""
    stated = False
    for key in KEYS:
        word = feature.text(key).lower()
        if word in WORDS:
            return _shaped(WORDS[word], feature)
        stated = stated or (bool(word) and key in ("element", "feature_type", "indoor"))
    if stated:
        return "none"
    if feature.text("door") not in ("", "no"):
        return "opening"
    if feature.text("building") not in ("", "no"):
        return _shaped("name", feature)
    return WORDS.get(feature.file.removesuffix(".geojson").lower())


def opening_kind(feature: Feature, width: float) -> tuple[OpeningKind, bool]:
    """Return the kind of an opening, and whether it is a guess."""
    for key in ("kind", *KEYS, "door"):
        word = feature.text(key).lower()
        if word in OPENING_KINDS:
            return TypeAdapter(OpeningKind).validate_python(word), False
    return ("double-door" if width >= DOUBLE_M else "door"), True


def _shaped(found: Role, feature: Feature) -> Role:
    """Return a role; a building with an outline of its own gives more than its name."""
    has_outline = feature.shape is not None and feature.shape.area > 0
    return "outline" if found == "name" and has_outline else found
