"""Turn the edition into the pages that say what a book is: the title page and the colophon."""

from __future__ import annotations

from docutils import nodes

from build_scripts.model.edtf_parser import parse
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date
from build_scripts.nodes.text import paragraph


def title_page(ctx: Context) -> nodes.container:
    """Return what stands below the title: subtitle, who made it, who published it and when."""
    edition, words = ctx.dossier.edition, ctx.words
    page = nodes.container(classes=["title-page"])
    if edition.subtitle is not None:
        page += paragraph(edition.subtitle, "subtitle")
    page += paragraph(creators(ctx), "creators")
    published = [edition.publisher] if edition.publisher not in (None, creators(ctx)) else []
    identifier = words("imprint-identifier", identifier=edition.identifier)
    lines = [*published, modified(ctx), _licences(ctx), identifier]
    page.extend(paragraph(line, "imprint-line") for line in lines if line)
    return page


def colophon(ctx: Context) -> list[str]:
    """Return the lines of the colophon."""
    edition, words = ctx.dossier.edition, ctx.words
    lines = [words("imprint-by", names=creators(ctx))]
    if edition.publisher is not None:
        lines.append(words("imprint-publisher", publisher=edition.publisher))
    return [
        *lines,
        words("imprint-date", date=modified(ctx)),
        _licences(ctx),
        words("imprint-identifier", identifier=edition.identifier),
    ]


def creators(ctx: Context) -> str:
    """Return the names of those who made the dossier."""
    return ctx.words("list-separator").join(creator.name for creator in ctx.dossier.edition.creators)


def modified(ctx: Context) -> str:
    """Return the day of the last change in words."""
    return date(parse(ctx.dossier.edition.modified), ctx.words)


def rights(ctx: Context) -> str:
    """Return under which licence the text stands."""
    return ctx.words("title-rights", text=ctx.dossier.edition.rights.text)


def _licences(ctx: Context) -> str:
    licences = ctx.dossier.edition.rights
    return ctx.words("imprint-rights", text=licences.text, code=licences.code)
