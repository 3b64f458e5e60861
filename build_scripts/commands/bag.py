"""Make the deposit package: every product, the dossier itself, and what says that they are whole."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import pikepdf

from build_scripts import files, keys, validation
from build_scripts.commands import plan, progress
from build_scripts.commands.options import add_places, places
from build_scripts.commands.part import PARTS
from build_scripts.commands.press import printed
from build_scripts.deposit import bag
from build_scripts.deposit.collection import MANIFEST, collection
from build_scripts.deposit.crate import NAME, Product, crate
from build_scripts.deposit.formats import format_of
from build_scripts.diagnostics import WrongUsage
from build_scripts.handouts import shown
from build_scripts.model import Dossier
from build_scripts.model.links import mentions
from build_scripts.nodes.citations import Citations
from build_scripts.pdf.attachments import Attachment, attachments
from build_scripts.places import Places
from build_scripts.validation import Checked
from build_scripts.words import Words

SITE = "site.zip"
DOSSIER = "dossier"
INDEX = "html/index.html"
PLAN = "floor_plan"


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
    whole = validation.load_whole(at.dossier)
    dossier = whole.dossier
    made = products(dossier)
    for needed in (INDEX, *made):
        if not (at.build / needed).is_file():
            raise WrongUsage(
                f"'{at.build / needed}' is not there; a deposit is made of everything, build it first"
            )
    keys.need(at, *_steps(dossier))
    words = Words(dossier.edition.language)
    citations = Citations.load(files.need(at.citations, "citations"))
    gathered = collection(dossier, at.dossier, printed(at))
    _check_inside(at.build / "archive" / "dossier-a3a.pdf", gathered)
    parts = {f"{DOSSIER}/{part.path}": part for part in gathered}
    payload = {path: (at.build / path).read_bytes() for path in made}
    payload[SITE] = bag.zipped(at.build / "html", dossier.edition.modified)
    payload |= {path: part.data for path, part in parts.items()}
    cited = _cited(whole)
    described = [
        Product(
            path=path,
            name=parts[path].description if path in parts else _name(path, words),
            format=format_of(path),
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            cites=cited.get(parts[path].path, ()) if path in parts else _cites(path, dossier, cited),
            based_on=() if path in parts else _made_from(path, parts),
        )
        for path, data in payload.items()
    ]
    labels = {name: citations.label_text(name) for name in citations.order()}
    payload[NAME] = crate(dossier, described, labels, words("rights-unstated"))
    with files.replacing(at.build / "archive" / "bag") as folder:
        bag.write(folder, payload, dossier.edition)


def products(dossier: Dossier) -> list[str]:
    """Return every file that is built of a dossier, by its path in the build; the site is apart from them.

    What else lies in the build is left of an earlier state of the dossier, and no product of this one.
    """
    edition = dossier.edition
    drawn = (f"pdf/{PLAN}.pdf", "pdf/plan-poster.pdf", *(f"plan/{name}" for name in plan.FILES))
    return [
        "pdf/dossier.pdf",
        *(f"pdf/{name}.pdf" for name in PARTS if name != PLAN),
        *(drawn if dossier.plan is not None else ()),
        "archive/dossier-a3a.pdf",
        "epub/dossier.epub",
        *(f"handouts/{paper}/{name}.pdf" for paper in edition.papers for name in edition.handouts),
    ]


def _steps(dossier: Dossier) -> Iterator[str]:
    """Yield the steps that make what goes into the package."""
    yield from ("book-html", "book-epub", "book-pdf", "archive", "citations")
    yield from (f"part-{name}" for name in PARTS if name != PLAN or dossier.plan is not None)
    yield from (f"handouts-{paper}" for paper in dossier.edition.papers)
    if dossier.plan is not None:
        yield "plan"


def _check_inside(archive: Path, gathered: Sequence[Attachment]) -> None:
    """Raise WrongUsage if the archival PDF has other sources inside than those that go beside it."""
    with pikepdf.open(archive) as pdf:
        inside = {one.path: one.data for one in attachments(pdf)}
    for one in gathered:
        if inside.get(one.path) != one.data:
            raise WrongUsage(
                f"'{archive}' has another '{one.path}' inside than the dossier; run the step 'archive' again"
            )


def _cited(whole: Checked) -> dict[str, list[str]]:
    """Return the ids of the sources that each file of the dossier cites, by its path."""
    cited: dict[str, set[str]] = {}
    for mention in mentions(whole.dossier):
        if mention.scheme == "ref" and mention.holder is not None:
            cited.setdefault(mention.holder.location().path, set()).add(mention.target)
    for named in whole.manuscript.mentions:
        if named.scheme == "ref":
            cited.setdefault(named.location.path, set()).add(named.target)
    return {path: sorted(names) for path, names in cited.items()}


def _cites(path: str, dossier: Dossier, cited: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the ids of the sources that a product names: those of its data, or all."""
    if path.startswith("handouts/"):
        return sorted(shown.cited(dossier, PurePosixPath(path).stem))
    data = _data(path)
    return cited.get(data, ()) if data else sorted({name for names in cited.values() for name in names})


def _made_from(path: str, parts: Mapping[str, Attachment]) -> list[str]:
    """Return the files of the dossier that a product is made from."""
    data = _data(path)
    if data:
        return [f"{DOSSIER}/{data}"]
    if path.startswith("handouts/"):
        return [one for one in parts if one.startswith(f"{DOSSIER}/data/")]
    sources = [one for one, part in parts.items() if part.relationship == "Source"]
    return [*sources, f"{DOSSIER}/{MANIFEST}"]


def _data(path: str) -> str:
    """Return the one file of data that a part of the book or a drawing of the plan shows, if it is one."""
    folder, name = PurePosixPath(path).parts[0], PurePosixPath(path).stem
    if folder == "plan" or name == "plan-poster":
        return f"data/{PLAN}.yaml"
    return f"data/{name}.yaml" if folder == "pdf" and name in PARTS else ""


def _name(path: str, words: Words) -> str:
    """Return what a product is, in words."""
    whole = PurePosixPath(path)
    stem = whole.stem.replace("_", "-")
    match whole.parts[0]:
        case "pdf" if stem != "dossier":
            return words("product-part", title=words(f"part-{stem}"))
        case "handouts":
            paper = whole.parts[1].upper()
            return words("product-handout", title=words(f"handout-{stem}"), paper=paper)
        case "plan" if whole.suffix == ".pdf":
            return words("product-plan-sheets", paper=stem.removeprefix("poster-").upper())
        case "plan":
            return words(f"product-plan-{whole.suffix.removeprefix('.')}")
    return words("product-site" if path == SITE else f"product-{whole.parts[0]}")
