"""Gather what a dossier is made of: data, chapters with their images, tables as CSV, a manifest of all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from build_scripts import __version__, files, libraries
from build_scripts.deposit.formats import mime
from build_scripts.deposit.tables import CHRONOLOGY, tables
from build_scripts.model import Dossier
from build_scripts.model.dossier import label
from build_scripts.pdf import picture_files
from build_scripts.pdf.attachments import Attachment
from build_scripts.pdf.page_map import PageMap
from build_scripts.words import Words

MANIFEST = "manifest.json"
FORMAT = "dossier-manifest-1"


def collection(dossier: Dossier, folder: Path, printed: PageMap) -> list[Attachment]:
    """Return everything that a dossier can be built from again as it was printed, the manifest last."""
    words = Words(dossier.edition.language)
    gathered = [*sources(folder, words), *table_files(dossier, words)]
    return [*gathered, _manifest(dossier, gathered, printed, words)]


def sources(folder: Path, words: Words) -> Iterator[Attachment]:
    """Yield the files of `folder`/data and `folder`/book that a build reads, in the order of their paths.

    What chapters do not name is left out: pictures of no page, notes and what editors leave behind.
    """
    data = [path for path in files.walk(folder / "data") if path.suffix == ".yaml"]
    book = list(files.walk(folder / "book"))
    chapters = {path: files.read_inside(folder, path) for path in book if path.suffix == ".rst"}
    named = b"\n".join(chapters.values())
    shown = [path for path in book if path not in chapters and path.name.encode() in named]
    for path in sorted([*data, *chapters, *shown], key=lambda one: one.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        kind = "data" if name.startswith("data/") else "chapter" if path in chapters else "material"
        yield Attachment(
            path=name,
            data=chapters.get(path)
            or picture_files.cleaned(path, files.read_inside(folder, path, files.PICTURE_LIMIT)),
            mime=mime(name),
            description=words(f"attached-{kind}", name=path.name),
            relationship="Source",
        )


def table_files(dossier: Dossier, words: Words) -> Iterator[Attachment]:
    """Yield the tables of a dossier as CSV."""
    for name, data in sorted(tables(dossier).items()):
        yield Attachment(
            path=table_path(name),
            data=data,
            mime="text/csv",
            description=words("attached-table", title=_title(dossier, name, words)),
            relationship="Data",
        )


def table_path(name: str) -> str:
    """Return the path of a table's CSV in the collection."""
    return f"csv/{name}.csv"


def builder() -> dict[str, Any]:
    """Return what identifies the program: its name, version, and the checksum of its lock file.

    Libraries that are installed in another version than the lock has are named with theirs.
    """
    lock = hashlib.sha512(libraries.LOCK.read_bytes()).hexdigest()
    found = {"name": "dossier", "version": __version__, "lock_sha512": lock}
    unlike = libraries.unlike_the_lock()
    return {**found, "other_libraries": unlike} if unlike else found


def _title(dossier: Dossier, name: str, words: Words) -> str:
    scheme, _, record = name.partition("-")
    if name == CHRONOLOGY:
        return words("part-chronology")
    if scheme in ("series", "account"):
        return label(dossier.by_scheme[scheme][record])
    plan = dossier.plan
    titles = {storey.id: storey.title for storey in plan.storeys} if plan is not None else {}
    return titles.get(record, words("plan-site"))


def _manifest(dossier: Dossier, gathered: Sequence[Attachment], printed: PageMap, words: Words) -> Attachment:
    edition = dossier.edition
    content: dict[str, Any] = {
        "format": FORMAT,
        "title": edition.title,
        "identifier": edition.identifier,
        "modified": edition.modified,
        "builder": builder(),
        "paper": printed.paper,
        "edition": printed.edition,
        "files": [
            {
                "path": one.path,
                "size": len(one.data),
                "sha512": hashlib.sha512(one.data).hexdigest(),
                "mime": one.mime,
                "relationship": one.relationship,
            }
            for one in gathered
        ],
    }
    return Attachment(
        path=MANIFEST,
        data=f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode(),
        mime="application/json",
        description=words("attached-manifest"),
        relationship="Data",
    )
