"""Say how text looks and what it is: style of a run, shape of a block.

All lengths are points; colours are `#rrggbb`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from reportlab.platypus import Flowable

from build_scripts.pdf.tags import Element, Target

Align = Literal["justify", "left", "center", "right"]

LINE_SEPARATOR = "\N{LINE SEPARATOR}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """Dress a run of text.

    `face` is a name of `fonts.FACES`. A feature is an OpenType tag, with `-` before it to switch it off.
    Tracking widens every glyph; a positive rise lifts the baseline.
    """

    face: str
    size: float
    colour: str = "#1c1a19"
    features: tuple[str, ...] = ()
    tracking: float = 0
    rise: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """Put a picture into a line in the place of one character: `draw(placed, canvas, x, y, scale)`."""

    placed: Any
    draw: Callable[[Any, Any, float, float, float], None]
    scale: float
    drop: float

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height as drawn, in points."""
        return self.placed.width * self.scale, self.placed.height * self.scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Hold text of one look and one meaning.

    White space collapses as in HTML; U+2028 forces a line end. Without an `element` the run belongs to the
    element of its paragraph, without a `lang` it is in the language of the fonts. A `link` lies over the run
    and belongs to `link_element`, or else to `element`; equal links of neighbouring runs become one rectangle
    a line. `note` is set at the foot of the page where the run ends, `anchor` names a destination where it
    begins. An `inset` is drawn instead of the text, which is one character that takes its room. What is
    `added` stands on paper alone, not in other bodies of the book.
    """

    text: str
    style: TextStyle
    lang: str | None = None
    element: Element | None = None
    link: Target | None = None
    link_element: Element | None = None
    contents: str = ""
    note: tuple[Flowable, ...] | None = None
    anchor: str | None = None
    inset: Inset | None = None
    added: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockStyle:
    """Shape a paragraph; `leading` is the distance between baselines, indents are measured from the frame.

    Balanced lines are as many as are needed but as equal as can be: for headings, not for justified text.
    """

    leading: float
    align: Align = "justify"
    first_indent: float = 0
    left_indent: float = 0
    right_indent: float = 0
    space_before: float = 0
    space_after: float = 0
    hyphenate: bool = True
    balance: bool = False
    widows: int = 2
    orphans: int = 2
    keep_with_next: bool = False
