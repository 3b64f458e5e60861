"""Say how the marks of a drawing look: colours, line weights, dashes, typefaces.

Weights are points: what is cut 0.9, edges of openings 0.55, surfaces 0.4, fine detail 0.3. Every colour has a
name, so that a page can change all of them at once; lines reach 3:1 on paper and text 4.5:1, except the
hairlines of scales and the grounds, which say nothing by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from build_scripts.layout.certainty import LOOKS, Look
from build_scripts.layout.lettering import SIZES

COLOURS = {
    "ink": "#1c1a19",
    "muted": "#5a5552",
    "accent": "#6d1a1f",
    "cool": "#3f5b73",
    "rule": "#b9b2aa",
    "tint": "#e9edf0",
    "ground": "#f4f2ee",
    "paper": "#ffffff",
}

DARK_COLOURS = {
    "ink": "#eae6e0",
    "muted": "#b3aca4",
    "accent": "#e59a93",
    "cool": "#9dbad3",
    "rule": "#57514c",
    "tint": "#2b333a",
    "ground": "#262422",
    "paper": "#1b1a19",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Dress a path: names of colours, weight and dash in points, round ends where dots are meant.

    `gap` is the width of what is taken out of the middle of the line, so that it is double.
    """

    stroke: str | None = None
    weight: float = 0.0
    fill: str | None = None
    dash: tuple[float, ...] = ()
    round: bool = False
    gap: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Dress a text: `family` is serif or sans."""

    family: str
    colour: str
    size: float = 0.0
    semibold: bool = False
    italic: bool = False

    @property
    def face(self) -> str:
        """Return the name by which the PDF text engine knows the typeface."""
        weight, slope = "-semibold" if self.semibold else "", "-italic" if self.italic else ""
        return f"{self.family}{weight}{slope}"


def _levels(name: str, pen: Pen) -> dict[str, Pen]:
    """Return a pen in the line of each level of certainty."""
    return {f"{name}-{level}": _sure(pen, look) for level, look in LOOKS.items()}


def _sure(pen: Pen, look: Look) -> Pen:
    """Return a pen in the line of a level."""
    weight = pen.weight * look.weight
    if look.dotted:
        weight = max(weight, LEAST_DOT)
        return replace(pen, weight=weight, dash=(0.0, weight * 2.1), round=True)
    if look.double:
        gap = max(weight * 0.9, LEAST_GAP)
        return replace(pen, weight=gap + 2 * max(weight * 0.6, LEAST_OF_TWO), gap=gap)
    return replace(pen, weight=weight, dash=look.dash or pen.dash)


LEAST_DOT, LEAST_GAP, LEAST_OF_TWO = 0.6, 0.7, 0.35

CUT = Pen(stroke="ink", weight=0.9)
EDGE = Pen(stroke="ink", weight=0.55)
SURFACE = Pen(stroke="ink", weight=0.4)
FINE = Pen(stroke="ink", weight=0.3)
MARK = Pen(stroke="accent", weight=0.8)

PENS: dict[str, Pen] = {
    **_levels("edge", CUT),
    "edge-disputed": EDGE,
    "edge-key": SURFACE,
    "poche-recorded": Pen(fill="ink", stroke="ink", weight=0.1),
    "hatch-documented": Pen(stroke="ink", weight=0.5),
    "hatch-conjectural": FINE,
    **_levels("wall-line", Pen(stroke="ink", weight=1.0)),
    "wall-line-recorded": Pen(stroke="ink", weight=2.0),
    **_levels("area", SURFACE),
    **_levels("boundary", Pen(stroke="muted", weight=0.5)),
    "boundary-dash": Pen(stroke="muted", weight=0.5, dash=(7.0, 2.0, 0.8, 2.0)),
    "ground-garden": Pen(fill="ground"),
    "ground-street": Pen(fill="ground"),
    "ground-building": Pen(fill="tint"),
    "ground-tent": Pen(fill="paper"),
    "ground-court": Pen(fill="paper"),
    "room": Pen(fill="paper"),
    "room-open": Pen(fill="ground"),
    "paper": Pen(fill="paper"),
    **_levels("thin", EDGE),
    **_levels("sill", FINE),
    **_levels("leaf", Pen(stroke="ink", weight=0.8)),
    **_levels("swing", FINE),
    **_levels("above", replace(SURFACE, dash=(2.6, 1.6))),
    "above-inferred": replace(SURFACE, dash=(1.3, 1.6)),
    **{f"dot-{level}": Pen(fill="ink") for level in LOOKS},
    **_levels("tread", FINE),
    "tread-above": Pen(stroke="ink", weight=0.3, dash=(1.8, 1.4)),
    "break": EDGE,
    **_levels("dimension", Pen(stroke="ink", weight=0.4)),
    "dimension-tick": Pen(stroke="ink", weight=0.8),
    "ground-line": Pen(stroke="ink", weight=1.1),
    "arrow": SURFACE,
    "arrow-head": Pen(fill="ink"),
    **_levels("tunnel", Pen(stroke="accent", weight=0.7)),
    **_levels("tag", Pen(stroke="ink", weight=0.5, fill="paper")),
    **_levels("tag-tunnel", Pen(stroke="accent", weight=0.5, fill="paper")),
    "letter": Pen(fill="ink"),
    "leader": Pen(stroke="muted", weight=0.4),
    "leader-marker": Pen(stroke="accent", weight=0.35),
    "leader-dot": Pen(fill="muted"),
    **_levels("sign-open", replace(MARK, fill="paper")),
    **_levels("sign", replace(MARK, fill="accent")),
    **_levels("sign-line", MARK),
    "sign-half": Pen(fill="accent"),
    "ray": Pen(stroke="accent", weight=0.6),
    **_levels("trail", Pen(stroke="accent", weight=0.9)),
    "trail-head": Pen(fill="accent"),
    "detail": Pen(stroke="cool", weight=0.6, dash=(6.0, 2.0, 1.0, 2.0)),
    "rule": Pen(stroke="rule", weight=0.5),
    "frame": Pen(stroke="muted", weight=0.4),
    "scale-line": Pen(stroke="ink", weight=0.5),
    "scale-dark": Pen(fill="ink", stroke="ink", weight=0.3),
    "scale-light": Pen(fill="paper", stroke="ink", weight=0.3),
    **_levels("north", Pen(stroke="ink", weight=0.6, fill="paper")),
    "north-dark": Pen(fill="ink"),
    "axis": Pen(stroke="muted", weight=0.5),
    "grid": Pen(stroke="rule", weight=0.35),
    "curve": Pen(stroke="cool", weight=1.5),
    "curve-unsure": Pen(stroke="cool", weight=1.0, dash=(2.4, 1.8)),
    "band": Pen(fill="tint"),
    "band-edge": Pen(stroke="cool", weight=0.7, dash=(3.0, 1.6)),
    "band-hatch": Pen(stroke="cool", weight=0.3),
    "range-bar": Pen(stroke="cool", weight=1.5),
    "dot": Pen(fill="cool"),
    "dot-differs": Pen(fill="paper", stroke="accent", weight=1.0),
}

LETTERS: dict[str, Letter] = {
    name: replace(look, size=SIZES[name].size)
    for name, look in {
        "title": Letter(family="serif", colour="ink", semibold=True),
        "subtitle": Letter(family="sans", colour="muted"),
        "status": Letter(family="sans", colour="accent", semibold=True),
        "heading": Letter(family="sans", colour="ink", semibold=True),
        "key": Letter(family="sans", colour="ink"),
        "key-number": Letter(family="sans", colour="ink", semibold=True),
        "room": Letter(family="sans", colour="ink"),
        "native": Letter(family="sans", colour="muted", italic=True),
        "number": Letter(family="sans", colour="ink", semibold=True),
        "letter": Letter(family="sans", colour="paper", semibold=True),
        "area": Letter(family="sans", colour="ink", italic=True),
        "street": Letter(family="sans", colour="muted"),
        "tunnel": Letter(family="sans", colour="accent", italic=True),
        "scale": Letter(family="sans", colour="ink"),
        "marker-number": Letter(family="sans", colour="accent", semibold=True),
        "axis": Letter(family="sans", colour="muted"),
        "value": Letter(family="sans", colour="ink", semibold=True),
        "date": Letter(family="sans", colour="muted"),
        "note": Letter(family="sans", colour="muted"),
    }.items()
}

# Figures of one height and one width, as in the tables of the book.
FEATURES = ("lnum", "tnum")
