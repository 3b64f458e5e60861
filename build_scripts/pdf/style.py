"""Say how every part of a page looks: papers, margins, faces, sizes, colours, spaces.

All lengths are points unless a name says otherwise. A sheet is made for a paper and an edition; nothing else
in the PDF packages knows a size or a colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from build_scripts.pdf.looks import ACCENTS, TABLE_FEATURES, Accent, Style, standard_styles

MM = 72 / 25.4

PAPERS_MM = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}

# The margin for filing and the border of the other sides (ISO 5457, DIN 824), and room for the folio.
PLATE_LEFT, PLATE_RIGHT, PLATE_TOP, PLATE_BOTTOM, PLATE_FOOT = 20 * MM, 12 * MM, 10 * MM, 17 * MM, 9 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """Place the type area on a leaf that is folded; `folds` are distances from its left edge.

    Its left edge and its foot are those of all plates.
    """

    width: float
    height: float
    measure: float
    depth: float
    folds: tuple[float, float]
    left: float = PLATE_LEFT
    bottom: float = PLATE_BOTTOM
    foot: float = PLATE_FOOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """Place the type area on the page.

    `hang` is the width of the column left of the measure, its gutter included.
    """

    width: float
    height: float
    left: float
    top: float
    bottom: float
    measure: float
    hang: float
    hang_gutter: float
    head: float
    foot: float

    @property
    def depth(self) -> float:
        """Give the height of the type area."""
        return self.height - self.top - self.bottom

    @property
    def plate(self) -> Plate:
        """Give the leaf of twice the width that is folded to the size of the page."""
        return Plate(
            width=2 * self.width,
            height=self.height,
            measure=2 * self.width - PLATE_LEFT - PLATE_RIGHT,
            depth=self.height - PLATE_TOP - PLATE_BOTTOM,
            # Form A of DIN 824: the right part, narrower than the page by the margin, comes to lie on top and
            # ends at the right edge of the page.
            folds=(self.width / 2 + PLATE_LEFT, self.width + PLATE_LEFT),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold everything that decides the look of one document.

    `sinkage` lowers the text of a chapter's first page; `hangs` tells whether labels hang left of the
    measure; `accents` change the look of words of a class; no table is set in type below `least_type`.
    """

    geometry: Geometry
    styles: Mapping[str, Style]
    accents: Mapping[str, Accent]
    note_gap: float
    sinkage: float
    hangs: bool
    least_type: float

    @property
    def line(self) -> float:
        """Return the distance of the baselines of running text."""
        return self["body"].block.leading

    def __getitem__(self, name: str) -> Style:
        """Give a style by name."""
        return self.styles[name]


def sheet(paper: str = "a4", edition: str = "standard") -> Sheet:
    """Make the sheet for a paper (`a4`, `letter`) and an edition (`standard`, `large-print`)."""
    if edition == "large-print":
        return _large_print(paper)
    if edition != "standard":
        raise ValueError(f"no edition {edition!r}; there are standard and large-print")
    return _standard(paper)


def _standard(paper: str) -> Sheet:
    width, height = (side * MM for side in PAPERS_MM[paper])
    lines = 46 if paper == "a4" else 42
    top = 26 * MM
    geometry = Geometry(
        width=width,
        height=height,
        left=61 * MM,
        top=top,
        bottom=height - top - lines * 14.5,
        measure=117 * MM,
        hang=38 * MM,
        hang_gutter=5 * MM,
        head=15.5 * MM,
        foot=15 * MM,
    )
    return Sheet(
        geometry=geometry,
        styles=standard_styles(),
        accents=ACCENTS,
        note_gap=13.0,
        sinkage=5 * 14.5,
        hangs=True,
        least_type=8.2,
    )


def _large_print(paper: str) -> Sheet:
    """Set everything ragged in sans at 18 points or more, dates above their text, on one wide measure."""
    width, height = (side * MM for side in PAPERS_MM[paper])
    top, side = 26 * MM, 22 * MM
    geometry = Geometry(
        width=width,
        height=height,
        left=side,
        top=top,
        bottom=24 * MM,
        measure=width - 2 * side,
        hang=0.0,
        hang_gutter=0.0,
        head=12 * MM,
        foot=12 * MM,
    )
    styles = {name: _enlarged(style) for name, style in standard_styles().items()}
    accents = {name: replace(accent, family="sans", size=1.0) for name, accent in ACCENTS.items()}
    return Sheet(
        geometry=geometry,
        styles=styles,
        accents=accents,
        note_gap=20.0,
        sinkage=0.0,
        hangs=False,
        # The size of clear print, in which a table of many columns keeps its words whole.
        least_type=12.0,
    )


def _enlarged(style: Style) -> Style:
    text, block = style.text, style.block
    size = 18.0 if text.size <= 11 else min(36.0, 18 + (text.size - 11) * 0.75)
    ratio = size / text.size
    face = text.face if text.face.startswith("sans") else _sans(text.face)
    return Style(
        text=replace(text, face=face, size=size, features=TABLE_FEATURES),
        block=replace(
            block,
            leading=size * 1.36 if size < 26 else size * 1.2,
            align="left" if block.align == "justify" else block.align,
            hyphenate=False,
            first_indent=0.0 if block.first_indent > 0 else block.first_indent * ratio,
            left_indent=block.left_indent * 1.2,
            right_indent=0.0,
            space_before=max(block.space_before * 1.4, 9.0 if block.first_indent > 0 else 0.0),
            space_after=block.space_after * 1.4,
        ),
    )


def _sans(face: str) -> str:
    if "-display" in face:
        return "sans-semibold"
    return face.replace("-small", "").replace("serif", "sans")
