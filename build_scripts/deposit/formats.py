"""Say in what format a file of a deposit is: its media type, PRONOM's name for it, the standards it claims.

PRONOM is the registry of formats that archives use. What is made for the press alone claims no standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

OTHER = "application/octet-stream"

MIMES = {
    ".csv": "text/csv",
    ".dxf": "image/vnd.dxf",
    ".epub": "application/epub+zip",
    ".geojson": "application/geo+json",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webp": "image/webp",
    ".py": "text/x-python",
    ".rst": "text/x-rst",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a format or a standard that is told at an address."""

    address: str
    name: str


PRONOM = "https://www.nationalarchives.gov.uk/PRONOM/"
PDF = Named(f"{PRONOM}fmt/276", "Acrobat PDF 1.7 - Portable Document Format")
PDF_A_2A = Named(f"{PRONOM}fmt/476", "Acrobat PDF/A - Portable Document Format 2a")
PDF_A_3A = Named(f"{PRONOM}fmt/479", "Acrobat PDF/A - Portable Document Format 3a")
EPUB = Named(f"{PRONOM}fmt/483", "ePub format")

ISO = "https://www.iso.org/standard/"
PDF_A_2 = Named(f"{ISO}50655.html", "PDF/A-2 (ISO 19005-2:2011), level A")
PDF_A_3 = Named(f"{ISO}57229.html", "PDF/A-3 (ISO 19005-3:2012), level A")
PDF_UA_1 = Named(f"{ISO}64599.html", "PDF/UA-1 (ISO 14289-1:2014)")
EPUB_3_3 = Named("https://www.w3.org/TR/epub-33/", "EPUB 3.3")
GEOJSON = Named("https://www.rfc-editor.org/rfc/rfc7946", "GeoJSON (RFC 7946)")
CSV = Named("https://www.rfc-editor.org/rfc/rfc4180", "CSV (RFC 4180)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Say what a file is; without `pronom` the registry has no entry that is sure to fit."""

    mime: str
    pronom: Named | None = None
    standards: tuple[Named, ...] = ()


# The first pattern that fits a path decides.
CLAIMS: tuple[tuple[str, Named | None, tuple[Named, ...]], ...] = (
    # An imposed sheet and the sheets of a poster have no structure; see `pdf.imposition`, `drawings.tiles`.
    ("handouts/*/booklet.pdf", PDF, ()),
    ("plan/*.pdf", PDF, ()),
    ("handouts/*/*.pdf", PDF_A_2A, (PDF_A_2, PDF_UA_1)),
    ("pdf/*.pdf", PDF_A_2A, (PDF_A_2, PDF_UA_1)),
    ("archive/*.pdf", PDF_A_3A, (PDF_A_3, PDF_UA_1)),
    ("epub/*.epub", EPUB, (EPUB_3_3,)),
    ("plan/*.geojson", None, (GEOJSON,)),
    ("dossier/csv/*.csv", None, (CSV,)),
)


def format_of(path: str) -> Format:
    """Return the format of a file by its path in the deposit."""
    for pattern, pronom, standards in CLAIMS:
        if fnmatchcase(path, pattern):
            return Format(mime=mime(path), pronom=pronom, standards=standards)
    return Format(mime=mime(path))


def mime(name: str) -> str:
    """Return the media type of a file by the end of its name."""
    return MIMES.get(PurePosixPath(name).suffix.lower(), OTHER)
