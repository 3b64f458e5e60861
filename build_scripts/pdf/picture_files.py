"""Check and clean picture files: PNG (ISO/IEC 15948), JPEG (ITU-T T.81), WebP (RFC 9649), SVG.

A clean picture stands upright and says nothing of where, when, with what and by whom it was taken: all that
is kept beside the picture itself are its colour profile and a statement of rights. Cleaning changes no pixel
unless the picture has to be turned; cleaning twice is cleaning once.
"""

import struct
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from build_scripts import files
from build_scripts.pdf import svg_files

KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
"""The kinds of pictures by the ends of their files' names."""

SVG = ".svg"
MOST_BYTES = 50_000_000
MOST_PIXELS = 100_000_000
TOO_MANY_PIXELS = f"has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller"

ORIENTATION, COPYRIGHT = 0x0112, 0x8298
"""Tags of EXIF (CIPA DC-008, 4.6.4 and 4.6.5)."""
QUALITY = 95

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    (b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs", b"hIST")
)
PNG_TEXT = frozenset((b"tEXt", b"iTXt", b"zTXt"))
JPEG_KEPT = frozenset((0xE0, 0xE2, 0xEE))
"""JFIF, ICC profiles, and what Adobe says of the colours."""
SCAN, END = 0xDA, 0xD9
WEBP_DROPPED = frozenset((b"EXIF", b"XMP "))
WEBP_FLAGS = 0x08 | 0x04
"""The bits of VP8X that announce EXIF and XMP."""


def picture_problem(path: Path, folder: Path | None = None) -> str | None:
    """Return what keeps a file from being shown in every form of the book, as the end of a sentence.

    Only a file inside `folder` is opened, by default its own.
    """
    try:
        return _problem(path, files.read_inside(folder or path.parent, path, files.PICTURE_LIMIT))
    except files.Unreadable as unreadable:
        return str(unreadable)


def read(path: Path, folder: Path | None = None) -> bytes:
    """Read a file inside a folder, by default its own; a picture comes clean, anything else as it is."""
    return cleaned(path, files.read_inside(folder or path.parent, path, files.PICTURE_LIMIT))


def cleaned(path: Path, data: bytes) -> bytes:
    """Return the data of a file; those of a picture clean, anything else as they are."""
    if _problem(path, data) is not None:
        return data
    return svg_files.clean(data) if path.suffix.lower() == SVG else clean(data)


def _problem(path: Path, data: bytes) -> str | None:
    ending = path.suffix.lower()
    kind = KINDS.get(ending)
    if kind is None and ending != SVG:
        return "is neither PNG, JPEG, WebP nor SVG; save it as one of them"
    if len(data) > MOST_BYTES:
        return f"has more than {MOST_BYTES // 1_000_000} MB; make it smaller"
    if kind is None:
        return svg_files.problem(data)
    try:
        with _opened(data) as image:
            found, moving = image.format, getattr(image, "n_frames", 1) > 1
            if image.width * image.height > MOST_PIXELS:
                return TOO_MANY_PIXELS
            image.load()
    except Image.DecompressionBombError:
        return TOO_MANY_PIXELS
    except UnidentifiedImageError:
        return "holds no picture"
    except (OSError, SyntaxError, ValueError):
        return "holds a broken picture; save it anew"
    if found != kind:
        return f"is a {found} picture, and its name says {kind}"
    return "moves; a book shows pictures that stand still" if moving else None


def _opened(data: bytes) -> Image.Image:
    """Open a picture of a kind that is known; its size is judged here and not warned of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(BytesIO(data), formats=sorted(set(KINDS.values())))


def clean(data: bytes) -> bytes:
    """Return a picture upright and without what it says of its making, but with its colours and rights."""
    with Image.open(BytesIO(data)) as image:
        kind, exif = image.format, image.getexif()
        if exif.get(ORIENTATION, 1) in range(2, 9):
            data = _turned(image)
        rights = str(exif.get(COPYRIGHT, "")).strip("\0 ")
    match kind:
        case "JPEG":
            return b"".join(_jpeg(data, rights))
        case "PNG":
            return b"".join(_png(data))
        case _:
            return _webp(data)


def _turned(image: Any) -> bytes:
    """Return the picture upright, encoded anew."""
    upright = ImageOps.exif_transpose(image)
    out = BytesIO()
    options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if image.format == "JPEG":
        options |= {"quality": QUALITY, "subsampling": 0}
    elif image.format == "WEBP":
        options |= {"lossless": True}
    upright.save(out, image.format, exif=upright.getexif(), **options)
    return out.getvalue()


def _jpeg(data: bytes, rights: str) -> Iterator[bytes]:
    """Yield the segments that stay, the rights in an EXIF of their own, up to the end of the picture."""
    yield data[:2]
    told, at = not rights, 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        marker = data[at + 1]
        if marker in (0xFF, 0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == END:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker != 0xE0 and not told:
            told = True
            yield _rights_segment(rights)
        if marker == SCAN:
            end = _end_of_scan(data, end)
        if _is_kept(marker, data[at + 4 : at + 16]):
            yield data[at:end]
        at = end
    yield bytes((0xFF, END))


def _is_kept(marker: int, head: bytes) -> bool:
    """Check whether a segment draws the picture or gives its colours."""
    if marker == 0xE2:
        return head.startswith(b"ICC_PROFILE")
    return marker in JPEG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _rights_segment(rights: str) -> bytes:
    exif = Image.Exif()
    exif[COPYRIGHT] = rights
    packed = exif.tobytes()
    return b"\xff\xe1" + (len(packed) + 2).to_bytes(2) + packed


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the coded picture ends: at a marker that neither restarts it nor stands for data."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _png(data: bytes) -> Iterator[bytes]:
    """Yield the chunks that draw the picture, give its colours, and state rights."""
    yield PNG_HEAD
    at = len(PNG_HEAD)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind[0:1].isupper() or kind in PNG_KEPT or (kind in PNG_TEXT and body.startswith(b"Copyright\0")):
            yield data[at : at + 12 + length]
        if kind == b"IEND":
            return
        at += 12 + length


def _webp(data: bytes) -> bytes:
    """Return the container without the chunks that describe; rights stand in these, and go with them."""
    kept, at = [], 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        end = at + 8 + length + length % 2
        chunk = data[at:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~WEBP_FLAGS,)) + chunk[9:]
        if kind not in WEBP_DROPPED:
            kept.append(chunk)
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
