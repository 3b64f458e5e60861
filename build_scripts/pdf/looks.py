"""List the styles of text of the standard edition by name: faces, sizes, colours, spaces, in points."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from build_scripts.pdf.palette import ACCENT, INK, MUTED
from build_scripts.pdf.text import Align, BlockStyle, TextStyle

TEXT_FEATURES = ("onum", "pnum")
TABLE_FEATURES = ("lnum", "tnum")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Pair the look of characters with that of the block they stand in."""

    text: TextStyle
    block: BlockStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Accent:
    """Change the look of a few words inside a paragraph.

    `family` is `serif` or `sans`, `weight` `regular` or `semibold`; `size` multiplies the size around. What
    is empty stays.
    """

    family: str = ""
    weight: str = ""
    size: float = 1.0
    colour: str = ""

    def on(self, text: TextStyle) -> TextStyle:
        """Give the style of words that stand in a text of this style."""
        face = text.face
        if self.family:
            slope = "-italic" if face.endswith("-italic") else ""
            weight = "-semibold" if "-semibold" in face else ""
            face = f"{self.family}{weight}{slope}"
        if self.weight:
            face = face.replace("-semibold", "")
        if self.weight == "semibold":
            face = bold(face)
        features = TABLE_FEATURES if self.family == "sans" else text.features
        return replace(
            text, face=face, size=text.size * self.size, colour=self.colour or text.colour, features=features
        )


ACCENTS: Mapping[str, Accent] = {
    "certainty": Accent(family="sans", weight="semibold", size=0.82),
    "accounts-differ": Accent(family="sans", weight="semibold", size=0.76, colour=ACCENT),
    "adopted": Accent(family="sans", weight="semibold", size=0.86, colour=ACCENT),
    "marker-kind": Accent(family="sans", weight="semibold", size=0.86, colour=MUTED),
    "native": Accent(weight="regular", size=0.88, colour=MUTED),
    "abbreviation": Accent(weight="regular", colour=MUTED),
    "life": Accent(family="sans", weight="regular", size=0.84, colour=MUTED),
    "time": Accent(family="sans", weight="regular", colour=MUTED),
    "said-by": Accent(colour=MUTED),
    "sources": Accent(family="sans", size=0.8, colour=MUTED),
}
"""How words of a class differ from the text around them."""


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


def standard_styles() -> dict[str, Style]:
    """Make the styles by name."""
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
        "question": _heading("serif-semibold", 11.5, 15, 20, 5),
        "closer": _heading("sans-semibold", 9.4, 14.5, 16, 2),
        "h4": _heading("sans-semibold", 9.4, 14.5, 14, 2),
        "h5": _heading("sans-semibold", 8.8, 14.5, 11, 1, colour=MUTED),
        "h6": _heading("sans", 8.8, 14.5, 9, 1, colour=MUTED),
        "part": _heading("serif-display", 36, 42, 0, 0),
        "overline": _heading("sans-semibold", 8.6, 12, 0, 8, colour=ACCENT, tracking=0.5),
        "rubric": _heading("sans-semibold", 9.4, 14.5, 14, 2),
        "term": _heading("serif-semibold", 10.5, 14.5, 8, 0),
        "term-small": _heading("sans-semibold", 8.8, 13.4, 4, 0),
        "term-native": Style(text=_text("serif", 9.2, MUTED), block=_block(12.4, "left")),
        "term-life": Style(
            text=_text("sans", 8.2, MUTED, TABLE_FEATURES), block=_block(11.2, "left", space_before=1)
        ),
        "term-certainty": Style(
            text=_text("sans-semibold", 8, INK, TABLE_FEATURES), block=_block(11.2, "left")
        ),
        "term-hung": Style(text=_text("serif-semibold", 10), block=_block(13, "left")),
        "field": Style(text=_text("sans-semibold", 8.7, features=TABLE_FEATURES), block=_block(12, "left")),
        "field-small": Style(
            text=_text("sans-semibold", 8.2, features=TABLE_FEATURES), block=_block(12, "left")
        ),
        "item": Style(text=body, block=_block(14.5, "justify", space_before=4)),
        "label-small": Style(text=_text("serif-small", 8.7), block=_block(11, "right")),
        "label": Style(text=body, block=_block(14.5, "right")),
        "date": Style(
            text=_text("sans-semibold", 8.7, features=TABLE_FEATURES), block=_block(14.5 * 0.83, "left")
        ),
        "time": Style(
            text=_text("sans", 8.2, MUTED, TABLE_FEATURES), block=_block(14.5 * 0.8, "left", space_before=1)
        ),
        "event-title-short": Style(text=_text("serif", 9.6), block=_block(11.8, "left")),
        "date-short": Style(text=_text("sans", 8.2, features=TABLE_FEATURES), block=_block(10, "left")),
        "event-title": _heading("serif-semibold", 10.5, 14.5, 0, 0),
        "event-text": Style(text=body, block=_block(14.5, "justify")),
        "event-text-next": Style(text=body, block=_block(14.5, "justify", first_indent=14.5)),
        "sources": Style(
            text=_text("sans", 7.9, MUTED, TABLE_FEATURES), block=_block(10.8, "left", space_before=2.5)
        ),
        "places": Style(
            text=_text("sans", 8.2, MUTED, TABLE_FEATURES), block=_block(11, "left", space_before=2)
        ),
        "people": Style(
            text=_text("sans", 8.2, MUTED, TABLE_FEATURES), block=_block(11, "left", space_before=2)
        ),
        "roles": Style(text=_text("sans", 8.6, INK, TABLE_FEATURES), block=_block(12, "left", space_after=3)),
        "aliases": Style(
            text=_text("sans", 8.2, MUTED, TABLE_FEATURES), block=_block(11.2, "left", space_after=3)
        ),
        "relations": Style(
            text=_text("sans", 8.2, MUTED, TABLE_FEATURES), block=_block(11.2, "left", space_after=3)
        ),
        "whereabouts": Style(
            text=_text("sans", 8.2, MUTED, TABLE_FEATURES), block=_block(11.2, "left", space_before=2)
        ),
        "dates": Style(
            text=_text("sans-semibold", 8.7, MUTED, TABLE_FEATURES),
            block=_block(12, "left", space_after=6, keep_with_next=True),
        ),
        "basis": Style(text=_text("serif-small-italic", 9, MUTED), block=_block(12, "left", space_before=2)),
        "note": Style(text=_text("serif-small", 9, MUTED), block=_block(12, "left", space_before=2)),
        "choice": Style(text=_text("serif", 9.8), block=_block(13.4, "left", space_before=2, space_after=4)),
        "reliability": Style(
            text=_text("sans", 7.9, MUTED, TABLE_FEATURES),
            block=_block(10.6, "left", left_indent=18, space_before=0.5),
        ),
        "account-title": _heading("sans-semibold", 7.6, 10, 0, 1, colour=ACCENT, tracking=0.3),
        "account-page": Style(text=_text("sans", 7.6, MUTED, TABLE_FEATURES), block=_block(10, "right")),
        "account-question": _heading("sans-semibold", 8.7, 11.2, 0, 2),
        "answer": Style(text=_text("serif-small", 8.7), block=_block(11, "left", space_before=1)),
        "small": Style(text=_text("serif-small", 9), block=_block(12, "left", space_before=1)),
        "box": Style(text=_text("serif", 9.8), block=_block(13.4, "left", space_before=3, space_after=3)),
        "box-title": _heading("sans-semibold", 8.8, 12, 0, 3),
        "caption": Style(
            text=_text("sans", 8.4, MUTED, TABLE_FEATURES), block=_block(11.6, "left", space_before=5)
        ),
        "table-caption": _heading("sans-semibold", 8.8, 12, 12, 5),
        "cell": Style(text=sans, block=_block(11.6, "left", hyphenate=True, space_before=0, space_after=3)),
        "cell-head": Style(text=replace(sans, face="sans-semibold", size=8.2), block=_block(11, "left")),
        "bibliography": Style(
            text=_text("serif-small", 9.1),
            block=_block(12, "left", left_indent=18, first_indent=-18),
        ),
        "footnote": Style(text=_text("serif-small", 8.5), block=_block(11.4, "justify", space_after=1.5)),
        "footnote-label": Style(text=_text("serif-small", 8.5), block=_block(11.4, "right")),
        "index": Style(
            text=_text("serif-small", 8.7), block=_block(11.2, "left", left_indent=9, first_indent=-9)
        ),
        "colophon": Style(text=_text("serif", 9.8), block=_block(13.4, "left", space_after=6)),
        "toc-1": Style(text=_text("serif-semibold", 10.5), block=_block(14, "left", space_before=9)),
        "toc-2": Style(text=_text("serif", 10), block=_block(13.2, "left", left_indent=14, space_before=2.5)),
        "toc-3": Style(text=_text("serif-small", 8.9, MUTED), block=_block(11.4, "left", left_indent=28)),
        "running-head": Style(text=_text("sans", 8, MUTED, TABLE_FEATURES), block=_block(10)),
        "folio": Style(text=_text("sans-semibold", 8.4, INK, TABLE_FEATURES), block=_block(10)),
        "half-title": Style(text=_text("serif", 13), block=_block(18, "left")),
        "title": _heading("serif-display", 40, 45, 0, 12),
        "subtitle": _heading("serif-italic", 16, 22, 0, 22),
        "creators": Style(text=_text("sans", 10.5), block=_block(15, "left")),
        "imprint": Style(text=_text("sans", 8.4, MUTED), block=_block(12, "left", space_after=6)),
    }
