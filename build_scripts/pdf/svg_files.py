"""Check, clean and draw SVG pictures (SVG 2): shapes and looks, nothing that runs, loads or needs a font.

What other programs leave in a file (their names, their users, layers, metadata) is taken out; what would be
shown in one form of the book and not in another is refused.
"""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF
from svglib.svglib import svg2rlg

SVG = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use"))
ELEMENTS = SHAPES | {"svg", "g", "defs", "title", "desc"}
ATTRIBUTES = frozenset((
    "id", "transform", "d", "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2",
    "points", "viewBox", "preserveAspectRatio", "color", "display", "visibility", "fill", "fill-opacity",
    "fill-rule", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity", "style", "href", HREF,
))  # fmt: skip
WORDS = {
    "text": "has text in letters; turn it into paths, so that it needs no font",
    "image": "holds another picture; show that by itself",
    "script": "holds a program; take it out",
    "style": "has a style sheet; write the looks into its shapes",
}
MOST_SHAPES = 20_000
MOST_LEVELS = 50
OPACITY = re.compile(r"(?<![-\w])opacity\s*:(?!\s*1(?:\.0*)?\s*(?:;|$))")
LENGTH = re.compile(r"\s*([\d.]+)\s*(px|pt|mm|cm|in|)\s*")
PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 960 / 25.4, "in": 96.0}

ET.register_namespace("", SVG)


def problem(data: bytes) -> str | None:
    """Return what keeps an SVG file from being shown in every form of the book, as the end of a sentence."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return "has a DOCTYPE; save it as plain SVG"
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        return f"holds a broken picture: line {error.position[0]} is not well-formed XML"
    if root.tag != f"{{{SVG}}}svg":
        return "holds no picture"
    if _depth(root) > MOST_LEVELS:
        return f"has more than {MOST_LEVELS} levels of groups in each other; make it simpler"
    for number, node in enumerate(_own(root)):
        kind = node.tag.removeprefix(f"{{{SVG}}}")
        if kind in WORDS:
            return WORDS[kind]
        if kind not in ELEMENTS:
            return f"uses '{kind}', which not every form of the book can show"
        if any("url(" in value for value in node.attrib.values()):
            return "has gradients, patterns, clips or filters, which not every form of the book can show"
        if not (node.get("href") or node.get(HREF) or "#").startswith("#"):
            return "leads out of its file"
        if OPACITY.search(f"opacity:{node.get('opacity', '1')};{node.get('style', '')}"):
            return "uses 'opacity', which not every form of the book can show; use fill-opacity"
        if number > MOST_SHAPES:
            return f"has more than {MOST_SHAPES} shapes; make it simpler"
    try:
        size(data)
    except ValueError:
        return "has no size; give it a viewBox"
    try:
        _shapes(clean(data))
    except ValueError as error:
        return f"holds a broken picture: {error}"
    return None


def clean(data: bytes) -> bytes:
    """Return the picture without what does not draw it."""
    root = ET.fromstring(data)
    for node in list(root.iter()):
        for child in list(node):
            if not isinstance(child.tag, str) or child.tag.removeprefix(f"{{{SVG}}}") not in ELEMENTS:
                node.remove(child)
        node.attrib = {name: value for name, value in node.attrib.items() if name in ATTRIBUTES}
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def size(data: bytes) -> tuple[float, float]:
    """Return width and height in pixels of 1/96 inch; raise ValueError if the file states none."""
    root = ET.fromstring(data)
    lengths = [LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if all(lengths):
        width, height = (float(found[1]) * PIXELS[found[2]] for found in lengths if found)
    else:
        numbers = re.split(r"[\s,]+", root.get("viewBox", "").strip())
        _, _, width, height = (float(number) for number in numbers)
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise ValueError("no size")
    return width, height


def draw(data: bytes, canvas: Any, x: float, y: float, width: float, height: float) -> None:
    """Draw a clean picture into a rectangle, as paths."""
    drawing = _shapes(data)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(width / drawing.width, height / drawing.height)
    renderPDF.draw(drawing, _WithoutFonts(canvas), 0, 0)
    canvas.restoreState()


class _WithoutFonts:
    """Pass everything to a canvas but the choice of a font, which ReportLab makes before it draws a shape."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def __getattr__(self, name: str) -> Any:
        return getattr(self._canvas, name)

    def setFont(self, *_: object) -> None:
        """Choose nothing: there are no letters, and the file would name a font that it does not have."""


def _shapes(data: bytes) -> Any:
    """Convert a picture to ReportLab's shapes; raise ValueError where that cannot be done."""
    try:
        drawing = svg2rlg(BytesIO(data))
    except (ArithmeticError, AttributeError, LookupError, TypeError) as error:
        raise ValueError(str(error)) from error
    if drawing is None or not drawing.width or not drawing.height:
        raise ValueError("it has no shapes")
    return drawing


def _own(root: ET.Element) -> Iterator[ET.Element]:
    """Yield the elements of SVG itself; those of other programs are taken out with all below them."""
    left = [root]
    while left:
        node = left.pop()
        yield node
        left += (
            child
            for child in reversed(node)
            if child.tag.startswith(f"{{{SVG}}}") and child.tag != f"{{{SVG}}}metadata"
        )


def _depth(root: ET.Element) -> int:
    """Return how many levels of elements a picture has."""
    level, depth = [root], 0
    while level:
        level, depth = [child for node in level for child in node], depth + 1
    return depth
