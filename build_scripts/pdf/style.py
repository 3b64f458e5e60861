"""Say how every part of a page looks: papers, margins, faces, sizes, colours, spaces.

All lengths are points unless a name says otherwise. A sheet is made for a paper and an edition; nothing else
in the PDF packages knows a size or a colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from build_scripts.pdf.text import Align, BlockStyle, TextStyle

MM = 72 / 25.4

INK = "#1c1a19"
MUTED = "#5a5552"
ACCENT = "#6d1a1f"
COOL = "#3f5b73"
RULE = "#b9b2aa"
TINT = "#f6f3ee"

PAPERS_MM = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}

TEXT_FEATURES = ("onum", "pnum")
TABLE_FEATURES = ("lnum", "tnum")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Pair the look of characters with that of the block they stand in."""

    text: TextStyle
    block: BlockStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold everything that decides the look of one document.

    `sinkage` lowers the text of a chapter's first page; `hangs` tells whether labels hang left of the
    measure.
    """

    geometry: Geometry
    styles: Mapping[str, Style]
    note_gap: float
    sinkage: float
    hangs: bool

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


def slanted(face: str) -> str:
    """Give the italic of a face, or its upright when it is italic already, as in emphasis within emphasis."""
    return face.removesuffix("-italic") if face.endswith("-italic") else f"{face}-italic"


def bold(face: str) -> str:
    """Give the semibold of a face."""
    if "-semibold" in face:
        return face
    slope = "-italic" if face.endswith("-italic") else ""
    return f"{face.removesuffix('-italic')}-semibold{slope}"


def _text(
    face: str,
    size: float,
    colour: str = INK,
    features: tuple[str, ...] = TEXT_FEATURES,
    *,
    tracking: float = 0,
) -> TextStyle:
    return TextStyle(face=face, size=size, colour=colour, features=features, tracking=tracking)


def _block(
    leading: float,
    align: Align = "left",
    *,
    hyphenate: bool | None = None,
    first_indent: float = 0,
    left_indent: float = 0,
    right_indent: float = 0,
    space_before: float = 0,
    space_after: float = 0,
    keep_with_next: bool = False,
) -> BlockStyle:
    return BlockStyle(
        leading=leading,
        align=align,
        hyphenate=align == "justify" if hyphenate is None else hyphenate,
        first_indent=first_indent,
        left_indent=left_indent,
        right_indent=right_indent,
        space_before=space_before,
        space_after=space_after,
        keep_with_next=keep_with_next,
    )


def _heading(
    face: str,
    size: float,
    leading: float,
    before: float,
    after: float,
    *,
    colour: str = INK,
    tracking: float = 0,
) -> Style:
    text = _text(face, size, colour, tracking=tracking)
    return Style(
        text=text, block=_block(leading, space_before=before, space_after=after, keep_with_next=True)
    )


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
    return Sheet(geometry=geometry, styles=_standard_styles(), note_gap=13.0, sinkage=5 * 14.5, hangs=True)


def _standard_styles() -> dict[str, Style]:
    body = _text("serif", 10.5)
    sans = _text("sans", 8.6, features=TABLE_FEATURES)
    return {
        "body": Style(text=body, block=_block(14.5, "justify", space_after=0)),
        "body-next": Style(text=body, block=_block(14.5, "justify", first_indent=14.5)),
        "body-spaced": Style(text=body, block=_block(14.5, "justify", space_before=5, space_after=5)),
        "lead": Style(text=_text("serif", 13), block=_block(18.5, "left", space_after=14.5)),
        "epigraph": Style(
            text=_text("serif-italic", 11),
            block=_block(15.5, "left", left_indent=58, space_before=4, space_after=2),
        ),
        "quote": Style(
            text=_text("serif", 9.8),
            block=_block(13.6, "justify", left_indent=18, right_indent=18, space_before=7, space_after=7),
        ),
        "attribution": Style(
            text=_text("sans", 8.4, MUTED), block=_block(12, "left", left_indent=18, space_before=1)
        ),
        "epigraph-attribution": Style(
            text=_text("sans", 8.4, MUTED), block=_block(12, "left", left_indent=58, space_before=1)
        ),
        "verse": Style(text=body, block=_block(14.5, "left", left_indent=18, space_before=7, space_after=8)),
        "code": Style(
            text=_text("sans", 9, features=TABLE_FEATURES),
            block=_block(12.5, "left", left_indent=18, space_before=7, space_after=8),
        ),
        "h1": _heading("serif-display", 29, 34, 0, 26),
        "h2": _heading("serif-semibold", 15, 19, 27, 8),
        "h3": _heading("serif-semibold", 11.5, 14.5, 16, 4),
        "h4": _heading("sans-semibold", 9.4, 14.5, 14, 2),
        "h5": _heading("sans-semibold", 8.8, 14.5, 11, 1, colour=MUTED),
        "h6": _heading("sans", 8.8, 14.5, 9, 1, colour=MUTED),
        "part": _heading("serif-display", 36, 42, 0, 0),
        "overline": _heading("sans-semibold", 8.6, 12, 0, 8, colour=ACCENT, tracking=0.5),
        "rubric": _heading("sans-semibold", 9.4, 14.5, 14, 2),
        "term": _heading("serif-semibold", 10.5, 14.5, 8, 0),
        "term-small": _heading("sans-semibold", 8.8, 13.4, 4, 0),
        "term-hung": Style(text=_text("serif-semibold", 10), block=_block(13, "left")),
        "field": Style(text=_text("sans-semibold", 8.7, features=TABLE_FEATURES), block=_block(12, "left")),
        "field-small": Style(
            text=_text("sans-semibold", 8.2, features=TABLE_FEATURES), block=_block(12, "left")
        ),
        "item": Style(text=body, block=_block(14.5, "justify", space_before=4)),
        "label-small": Style(text=_text("serif", 9.4), block=_block(13.4, "right")),
        "label": Style(text=body, block=_block(14.5, "right")),
        "date": Style(
            text=_text("sans-semibold", 8.7, features=TABLE_FEATURES), block=_block(14.5 * 0.83, "left")
        ),
        "time": Style(
            text=_text("sans", 8.2, MUTED, TABLE_FEATURES), block=_block(14.5 * 0.8, "left", space_before=1)
        ),
        "event-title": _heading("serif-semibold", 10.5, 14.5, 0, 0),
        "event-text": Style(text=body, block=_block(14.5, "justify")),
        "event-text-next": Style(text=body, block=_block(14.5, "justify", first_indent=14.5)),
        "sources": Style(
            text=_text("sans", 7.9, MUTED, TABLE_FEATURES),
            block=_block(10.8, "left", space_before=2.5, space_after=0),
        ),
        "account-title": _heading("sans-semibold", 8.2, 11, 0, 3, colour=ACCENT, tracking=0.35),
        "account-question": _heading("serif-semibold", 10.5, 14, 0, 4),
        "box": Style(text=_text("serif", 9.8), block=_block(13.4, "left", space_before=3, space_after=3)),
        "box-title": _heading("sans-semibold", 8.8, 12, 0, 3),
        "caption": Style(
            text=_text("sans", 8.4, MUTED, TABLE_FEATURES), block=_block(11.6, "left", space_before=5)
        ),
        "table-caption": _heading("sans-semibold", 8.8, 12, 12, 5),
        "cell": Style(text=sans, block=_block(11.6, "left", hyphenate=True, space_before=0, space_after=3)),
        "cell-head": Style(text=replace(sans, face="sans-semibold", size=8.2), block=_block(11, "left")),
        "bibliography": Style(
            text=_text("serif", 9.4),
            block=_block(12.8, "left", left_indent=18, first_indent=-18, space_after=5),
        ),
        "note": Style(text=_text("serif-small", 8.5), block=_block(11.4, "justify", space_after=1.5)),
        "note-label": Style(text=_text("serif-small", 8.5), block=_block(11.4, "right")),
        "toc-1": Style(text=_text("serif-semibold", 10.5), block=_block(14.5, "left", space_before=8)),
        "toc-2": Style(text=_text("serif", 10), block=_block(14, "left", left_indent=14)),
        "toc-3": Style(text=_text("serif", 9.2, MUTED), block=_block(13, "left", left_indent=28)),
        "running-head": Style(text=_text("sans", 8, MUTED, TABLE_FEATURES), block=_block(10)),
        "folio": Style(text=_text("sans-semibold", 8.4, INK, TABLE_FEATURES), block=_block(10)),
        "half-title": Style(text=_text("serif", 13), block=_block(18, "left")),
        "title": _heading("serif-display", 40, 45, 0, 12),
        "subtitle": _heading("serif-italic", 16, 22, 0, 22),
        "creators": Style(text=_text("sans", 10.5), block=_block(15, "left")),
        "imprint": Style(text=_text("sans", 8.4, MUTED), block=_block(12, "left", space_after=6)),
    }


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
    styles = {name: _enlarged(style) for name, style in _standard_styles().items()}
    return Sheet(geometry=geometry, styles=styles, note_gap=20.0, sinkage=0.0, hangs=False)


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
