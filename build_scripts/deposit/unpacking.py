"""Take a collection out of a file that anybody may have made; trust nothing in it before it is checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from build_scripts.deposit.collection import FORMAT, MANIFEST
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.pdf.attachments import Attachment

# Windows, too, should put every file where it belongs: no drives, no devices, no streams, no trailing dots.
PART = re.compile(r"(?!\.)[^\x00-\x1f\x7f<>:\"/\\|?*]{1,255}(?<![. ])")
DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def check(attached: Sequence[Attachment]) -> list[Attachment]:
    """Return the files of a collection if their names stay inside a folder and the manifest agrees with each.

    Raises ProblemsFound.
    """
    problems = list(_check(attached))
    if problems:
        raise ProblemsFound(Diagnostic(Location(path), message) for path, message in problems)
    return list(attached)


def write(files: Sequence[Attachment], folder: Path) -> None:
    """Write checked files below a folder that is new or empty."""
    for one in files:
        path = folder / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(one.data)


def _check(attached: Sequence[Attachment]) -> Iterator[tuple[str, str]]:
    if not attached:
        yield MANIFEST, "is missing; nothing is attached to the file"
        return
    yield from _check_names([one.path for one in attached])
    by_path = {one.path: one for one in attached}
    listed = _listed(by_path.get(MANIFEST))
    if listed is None:
        yield MANIFEST, f"is missing or not a manifest of the form {FORMAT}"
        return
    for path in sorted(by_path.keys() - listed.keys() - {MANIFEST}):
        yield path, "is attached, but not in the manifest"
    for path, entry in sorted(listed.items()):
        if path not in by_path:
            yield path, "is in the manifest, but not attached"
        elif entry.get("size") != len(by_path[path].data):
            yield path, f"has {len(by_path[path].data)} bytes; the manifest says {entry.get('size')}"
        elif entry.get("sha512") != hashlib.sha512(by_path[path].data).hexdigest():
            yield path, "has another SHA-512 checksum than in the manifest"


def _check_names(paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield names that would leave the folder or meet each other in it."""
    seen: set[str] = set()
    folders = {
        path.casefold().rsplit("/", depth)[0] for path in paths for depth in range(1, path.count("/") + 1)
    }
    for path in paths:
        parts = path.split("/")
        if not all(PART.fullmatch(part) and not DEVICE.fullmatch(part) for part in parts):
            yield repr(path), "is no path inside a folder"
        if path.casefold() in seen:
            yield repr(path), "is attached twice"
        elif path.casefold() in folders:
            yield repr(path), "is a file and a folder"
        seen.add(path.casefold())


def _listed(manifest: Attachment | None) -> dict[str, dict[str, Any]] | None:
    """Return the entries of a manifest by path, or None if it is none."""
    try:
        content = json.loads(manifest.data) if manifest is not None else None
    except ValueError:
        return None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return None
    if not all(isinstance(content.get(key), str) for key in ("paper", "edition")):
        return None
    entries = content.get("files")
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        return None
    if not all(isinstance(one.get("path"), str) for one in entries):
        return None
    return {one["path"]: one for one in entries}
