"""Put finished products into a bag with checksums: BagIt (RFC 8493) as the bagit library writes it, 0.97.

The payload is an RO-Crate: its metadata file lies at the top of the payload and describes the rest.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import bagit

from build_scripts.model.edition import Edition

ALGORITHM = "sha512"
AGENT = "bagit-python <https://github.com/LibraryOfCongress/bagit-python>"
EARLIEST_ZIP = 1980


def write(folder: Path, files: Mapping[str, bytes], edition: Edition) -> None:
    """Write a bag into an empty folder and validate it.

    `files` are the payload by path. Raises bagit.BagError.
    """
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    bagit.make_bag(str(folder), bag_info=information(edition), checksums=[ALGORITHM])
    _sort_lines(folder / f"tagmanifest-{ALGORITHM}.txt")
    bagit.Bag(str(folder)).validate()


def information(edition: Edition) -> dict[str, str | list[str]]:
    """Return what bag-info.txt says; nothing in it comes from the clock or the machine."""
    return {
        "Source-Organization": edition.publisher or edition.creators[0].name,
        "Contact-Name": [creator.name for creator in edition.creators],
        "External-Identifier": edition.identifier,
        "External-Description": " ".join(f"{edition.title}. {edition.subtitle or ''}".split()),
        "Bagging-Date": edition.modified,
        "Bag-Software-Agent": AGENT,
    }


def zipped(folder: Path, modified: str) -> bytes:
    """Return a folder as a zip whose bytes depend on its files alone; hidden files stay out.

    Every file bears the date `modified`, `YYYY-MM-DD`, or the first day of 1980, before which zip knows none.
    """
    year, month, day = (int(part) for part in modified.split("-"))
    date = (year, month, day, 0, 0, 0) if year >= EARLIEST_ZIP else (EARLIEST_ZIP, 1, 1, 0, 0, 0)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).as_posix()):
            name = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in name.parts):
                entry = zipfile.ZipInfo(name.as_posix(), date)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o100644 << 16
                archive.writestr(entry, path.read_bytes(), compresslevel=9)
    return out.getvalue()


def _sort_lines(path: Path) -> None:
    """Sort a manifest: the library writes it in the order in which the file system lists the folder."""
    path.write_text("".join(sorted(path.read_text("utf-8").splitlines(keepends=True))), "utf-8")
