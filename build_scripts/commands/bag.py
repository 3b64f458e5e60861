"""Make the deposit package: every product, the dossier itself, and what says that they are whole."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from build_scripts import chapters, files, validation
from build_scripts.commands import progress
from build_scripts.commands.options import add_places, places
from build_scripts.deposit import bag
from build_scripts.deposit.collection import MANIFEST, collection, mime
from build_scripts.deposit.crate import NAME, Product, crate
from build_scripts.diagnostics import WrongUsage
from build_scripts.model import Dossier
from build_scripts.model.links import mentions
from build_scripts.nodes.citations import Citations
from build_scripts.pdf.attachments import Attachment
from build_scripts.places import Places
from build_scripts.words import Words

SITE = "site.zip"
DOSSIER = "dossier"
NEEDED = ("html/index.html", "epub/dossier.epub", "pdf/dossier.pdf", "archive/dossier-a3a.pdf")
PRONOM = {"pdf": "fmt/476", "archive": "fmt/479", "epub": "fmt/483"}
# The data that the parts of the book are made from; everything else is made from all.
PARTS = {
    "pdf/chronology.pdf": "chronology",
    "pdf/biographies.pdf": "biographies",
    "pdf/floor_plan.pdf": "floor_plan",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_places(parser)


def main(options: argparse.Namespace) -> None:
    """Do it for the dossier that the options name."""
    at = places(options)
    with progress.shown("deposit package"):
        run(at)


def run(at: Places) -> None:
    """Write `archive/bag/` from what was built, and validate it."""
    for needed in NEEDED:
        if not (at.build / needed).is_file():
            raise WrongUsage(
                f"'{at.build / needed}' is not there; a deposit is made of everything, build it first"
            )
    dossier = validation.load(at.dossier)
    words = Words(dossier.edition.language)
    citations = Citations.load(files.need(at.citations, "citations"))
    parts = collection(dossier, at.dossier)
    payload = dict(_products(at, dossier)) | {_within(part): part.data for part in parts}
    cited = _cited(at, dossier)
    labels = {name: citations.label_text(name) for name in citations.order()}
    described = list(_described(payload, parts, cited, words))
    payload[NAME] = crate(dossier, described, labels)
    with files.replacing(at.build / "archive" / "bag") as folder:
        bag.write(folder, payload, dossier.edition)


def _products(at: Places, dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    """Yield the files that were built, by their paths in the build; the site is one zip."""
    for pattern in ("pdf/*.pdf", "archive/*.pdf", "epub/*.epub", "handouts/*/*.pdf"):
        for path in sorted(at.build.glob(pattern)):
            yield path.relative_to(at.build).as_posix(), path.read_bytes()
    yield SITE, bag.zipped(at.build / "html", dossier.edition.modified)


def _within(part: Attachment) -> str:
    return f"{DOSSIER}/{part.path}"


def _cited(at: Places, dossier: Dossier) -> dict[str, list[str]]:
    """Return the ids of the sources that each file of the dossier cites, by its path."""
    cited: dict[str, set[str]] = {}
    for mention in mentions(dossier):
        if mention.scheme == "ref" and mention.holder is not None:
            cited.setdefault(mention.holder.location().path, set()).add(mention.target)
    for named in chapters.mentions(at.dossier):
        if named.scheme == "ref":
            cited.setdefault(named.location.path, set()).add(named.target)
    return {path: sorted(names) for path, names in cited.items()}


def _described(
    payload: dict[str, bytes], parts: Sequence[Attachment], cited: dict[str, list[str]], words: Words
) -> Iterator[Product]:
    by_path = {_within(part): part for part in parts}
    sources = [_within(part) for part in parts if part.relationship == "Source"]
    for path, data in payload.items():
        part = by_path.get(path)
        if part is not None:
            yield Product(
                path=path,
                name=part.description,
                mime=part.mime,
                size=len(data),
                cites=cited.get(part.path, ()),
            )
            continue
        made_from = f"data/{PARTS[path]}.yaml" if path in PARTS else ""
        every = sorted({name for names in cited.values() for name in names})
        # An imposed sheet is no archival file; see `pdf.imposition`.
        imposed = path.startswith("handouts/") and path.endswith("/booklet.pdf")
        yield Product(
            path=path,
            name=_name(path, words),
            mime=mime(path),
            size=len(data),
            pronom=None
            if imposed
            else PRONOM.get("pdf" if path.startswith("handouts/") else path.partition("/")[0]),
            cites=cited.get(made_from, ()) if made_from else every,
            based_on=[f"{DOSSIER}/{made_from}"] if made_from else [*sources, f"{DOSSIER}/{MANIFEST}"],
        )


def _name(path: str, words: Words) -> str:
    folder, _, name = path.rpartition("/")
    kind = folder.partition("/")[0] or "site"
    stem = name.partition(".")[0].replace("_", "-")
    if kind == "pdf" and stem != "dossier":
        return words("product-part", title=words(f"part-{stem}"))
    if kind == "handouts":
        return words(
            "product-handout", title=words(f"handout-{stem}"), paper=folder.rpartition("/")[2].upper()
        )
    return words(f"product-{kind}")
