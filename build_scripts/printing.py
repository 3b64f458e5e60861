"""Bring a dossier to the PDF writer: what it is, on what paper, in which words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.draw.pdf import draw_on, measure_with
from build_scripts.model import Dossier
from build_scripts.nodes import context
from build_scripts.nodes.citations import Citations
from build_scripts.nodes.context import Context, Named, Press
from build_scripts.pdf.archival import Info
from build_scripts.pdf.book import Kit
from build_scripts.pdf.context import Refused, UnknownNode, Wording
from build_scripts.pdf.fonts import FontBook, MissingGlyph
from build_scripts.pdf.style import sheet
from build_scripts.words import Words

ADMONITIONS = (
    "attention",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "note",
    "seealso",
    "tip",
    "warning",
)


def info(dossier: Dossier, title: str | None = None) -> Info:
    """Return what a file says of itself; a part of the book has its own title above that of the dossier."""
    edition, words = dossier.edition, Words(dossier.edition.language)
    return Info(
        title=words("part-in-book", book=edition.title, part=title) if title else edition.title,
        heading=title or "",
        subtitle=(edition.title if title else edition.subtitle) or "",
        language=edition.language,
        identifier=edition.identifier,
        modified=edition.modified,
        creators=[creator.name for creator in edition.creators],
        rights=edition.rights.text,
        publisher=edition.publisher or "",
    )


def kit(ctx: Context, *, images: Path | None = None) -> Kit:
    """Return what a document is set with for the press of its context."""
    return Kit(
        sheet=sheet(ctx.press.paper, ctx.press.edition),
        wording=wording(ctx.words),
        draw=draw_on,
        images=images,
    )


def wording(words: Words) -> Wording:
    """Return the words that the writer needs."""
    return Wording(
        contents=words("book-contents"),
        figures=words("book-figures"),
        index=words("book-index"),
        note=words.template("note-link"),
        back=words.template("note-back"),
        page=words.template("page-pointer"),
        admonitions={name: words(f"admonition-{name}") for name in ADMONITIONS},
    )


def context_of(
    dossier: Dossier, citations: Citations, named: Named | None = None, press: Press | None = None
) -> Context:
    """Return the context of a dossier, with words measured in the book's typefaces."""
    return context.make(dossier, citations, measure_with(FontBook(dossier.edition.language)), named, press)


@contextmanager
def reporting(shown: Path) -> Iterator[None]:
    """Turn what the writer refuses into problems at the author's file and line, below the folder `shown`."""
    try:
        yield
    except (UnknownNode, Refused, MissingGlyph) as problem:
        place, _, message = str(problem).partition(": ")
        path, _, line = place.rpartition(":")
        path = path.removeprefix(f"{shown.resolve()}/")
        location = Location(path, int(line)) if path and line.isdigit() else Location("book")
        raise ProblemsFound(
            [Diagnostic(location, message if path and line.isdigit() else str(problem))]
        ) from problem


def document(content: list[nodes.Node], source: str) -> nodes.document:
    """Return nodes as a document of their own."""
    whole = new_document(source, get_default_settings())
    whole.extend(content)
    return whole
