"""Show image files: PNG and JPEG from inside the dossier, in the size they ask for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from build_scripts.pdf.context import Refused

PIXEL = 0.75
"""Points in a pixel of 1/96 inch, the unit of images without a size of their own."""

KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
"""The kinds of pictures by the ends of their files' names."""

UNITS = {"px": PIXEL, "pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "": PIXEL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Name a PNG or JPEG file and the size it wants, in points."""

    path: Path
    width: float
    height: float


def draw_picture(picture: Picture, canvas: Any, x: float, y: float, scale: float) -> None:
    """Draw an image file; transparency is kept, ink colours become those of the screen.

    A file with an sRGB output intent may hold no device colours of ink (ISO 19005-2, 6.2.4.3).
    """
    with Image.open(picture.path) as opened:
        inks = opened.convert("RGB") if opened.mode == "CMYK" else None
    # Of a path ReportLab would make the name of the image, and the file would depend on where the dossier
    # lies.
    image = ImageReader(inks or str(picture.path))
    canvas.drawImage(image, x, y, picture.width * scale, picture.height * scale, mask="auto")


def picture(node: nodes.image, images: Path | None) -> Picture:
    """Find the file of an image inside the folder of images; anything else is refused."""
    if images is None:
        raise Refused(node, "this document has no folder for images")
    folder = images.resolve()
    path = (folder / node["uri"]).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise Refused(node, f"no image {node['uri']!r} inside the dossier")
    problem = picture_problem(path)
    if problem:
        raise Refused(node, f"image {node['uri']!r} {problem}")
    return _sized(node, path)


def picture_problem(path: Path) -> str | None:
    """Return what keeps a file from being shown in every form of the book, as the end of a sentence."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        return "is neither PNG nor JPEG"
    try:
        with Image.open(path, formats=sorted(set(KINDS.values()))) as image:
            found = image.format
            image.load()
    except UnidentifiedImageError:
        return "holds no picture"
    except (OSError, SyntaxError, ValueError) as error:
        return f"holds a broken picture: {error}"
    return None if found == kind else f"is a {found} picture, and its name says {kind}"


def _sized(node: nodes.image, path: Path) -> Picture:
    with Image.open(path) as image:
        pixels_wide, pixels_high = image.size
    width = _length(node, "width")
    height = _length(node, "height")
    if width is None and height is None:
        width = pixels_wide * PIXEL * float(node.get("scale", 100)) / 100
    if width is None:
        assert height is not None
        width = height * pixels_wide / pixels_high
    if height is None:
        height = width * pixels_high / pixels_wide
    return Picture(path=path, width=width, height=height)


def _length(node: nodes.image, name: str) -> float | None:
    text = str(node.get(name, ""))
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz%")
    unit = text.removeprefix(number)
    if not number or unit == "%":
        return None
    if unit not in UNITS:
        raise Refused(node, f"{name} {text!r} is in an unknown unit")
    return float(number) * UNITS[unit]
