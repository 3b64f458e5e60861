"""Show image files from inside the dossier, in the size they ask for."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docutils import nodes
from PIL import Image
from reportlab.lib.utils import ImageReader

from build_scripts.pdf import svg_files
from build_scripts.pdf.context import Refused
from build_scripts.pdf.picture_files import SVG, picture_problem, read

PIXEL = 0.75
"""Points in a pixel of 1/96 inch, the unit of images without a size of their own."""

UNITS = {"px": PIXEL, "pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "": PIXEL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Name a picture file, the folder that it must lie in, and the size it wants, in points."""

    path: Path
    folder: Path
    width: float
    height: float


def draw_picture(picture: Picture, canvas: Any, x: float, y: float, scale: float) -> None:
    """Draw an image file; transparency is kept, ink colours become those of the screen.

    A file with an sRGB output intent may hold no device colours of ink (ISO 19005-2, 6.2.4.3).
    """
    data = read(picture.path, picture.folder)
    if picture.path.suffix.lower() == SVG:
        svg_files.draw(data, canvas, x, y, picture.width * scale, picture.height * scale)
        return
    with Image.open(BytesIO(data)) as opened:
        inks = opened.convert("RGB") if opened.mode == "CMYK" else None
    # Of a path ReportLab would make the name of the image, and the file would depend on where the dossier
    # lies.
    image = ImageReader(inks or BytesIO(data))
    canvas.drawImage(image, x, y, picture.width * scale, picture.height * scale, mask="auto")


def picture(node: nodes.image, images: Path | None, room: float) -> Picture:
    """Find the file of an image inside the folder of images; anything else is refused.

    A width in percent is a share of `room`, in points.
    """
    if images is None:
        raise Refused(node, "this document has no folder for images")
    folder = images.resolve()
    path = (folder / node["uri"]).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise Refused(node, f"no image {node['uri']!r} inside the dossier")
    problem = picture_problem(path, folder)
    if problem:
        raise Refused(node, f"image {node['uri']!r} {problem}")
    return _sized(node, path, folder, room)


def _sized(node: nodes.image, path: Path, folder: Path, room: float) -> Picture:
    """Return the size that a picture asks for, as a browser has it; `scale` counts for every width given."""
    pixels_wide, pixels_high = _pixels(path, folder)
    scale = float(node.get("scale", 100)) / 100
    width = points(node, "width", room)
    height = points(node, "height", None)
    if width is None and height is None:
        width = pixels_wide * PIXEL
    width, height = (value and value * scale for value in (width, height))
    if width is None:
        assert height is not None
        width = height * pixels_wide / pixels_high
    if height is None:
        height = width * pixels_high / pixels_wide
    return Picture(path=path, folder=folder, width=width, height=height)


def _pixels(path: Path, folder: Path) -> tuple[float, float]:
    """Return width and height of a picture, which comes upright."""
    data = read(path, folder)
    if path.suffix.lower() == SVG:
        return svg_files.size(data)
    with Image.open(BytesIO(data)) as image:
        return image.size


def points(node: nodes.Element, name: str, room: float | None) -> float | None:
    """Return a length that a node gives, in points; a share counts where the room is known."""
    text = str(node.get(name, ""))
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz%")
    unit = text.removeprefix(number)
    if not number or (unit == "%" and room is None):
        return None
    if unit == "%":
        assert room is not None
        return float(number) / 100 * room
    if unit not in UNITS:
        raise Refused(node, f"{name} {text!r} is in an unknown unit")
    return float(number) * UNITS[unit]
