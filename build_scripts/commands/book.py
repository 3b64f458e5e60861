"""Run Sphinx over the chapters: the site, the EPUB and the PDF of the whole book."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
from io import StringIO
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from build_scripts import files, validation
from build_scripts.commands import progress
from build_scripts.commands.options import add_places, places
from build_scripts.commands.press import add_press, press
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.model import Dossier
from build_scripts.nodes.context import Press
from build_scripts.places import Places
from build_scripts.sphinx_ext.settings import settings

BUILDERS = {"html": "html", "epub": "dossier-epub", "pdf": "dossier-pdf"}
PROBLEMATIC = "no way to set a problematic node in PDF"
KIND = re.compile(r" \[[a-z]+(\.[a-z_]+)?\]$")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the form, the folders and what the PDF is printed for."""
    parser.add_argument("form", choices=sorted(BUILDERS))
    add_places(parser)
    add_press(parser)


def main(options: argparse.Namespace) -> None:
    """Build the form that the options name."""
    at = places(options)
    with progress.shown(f"book {options.form}"):
        run(at, options.form, press(options, validation.load(at.dossier)))


def run(at: Places, form: str, chosen: Press | None = None) -> None:
    """Build the book as `html`, `epub` or `pdf`; what was there is replaced at the end, whole.

    The PDF is printed for the press that was chosen, or for the first paper that the edition names.

    Raises ProblemsFound for every warning: in a book that is to be trusted each one is an error.
    """
    dossier = validation.load(at.dossier)
    chosen = chosen or Press(paper=dossier.edition.papers[0])
    files.need(at.citations, "citations")
    if form != "pdf":
        files.need(at.fonts / "web" / "fonts.css", "fonts")
    if form == "epub":
        files.need(at.pages, "book pdf")
    with files.alone(at.doctrees(form)):
        if form == "html":
            with files.replacing(at.build / "html") as out:
                _build(dossier, at, form, out, chosen)
        else:
            with tempfile.TemporaryDirectory() as folder:
                _build(dossier, at, form, Path(folder), chosen)
                if form == "pdf":
                    files.write(at.pages, (Path(folder) / at.pages.name).read_bytes())
                name = f"dossier.{form}"
                files.write(at.build / form / name, (Path(folder) / name).read_bytes())


def _build(dossier: Dossier, at: Places, form: str, out: Path, chosen: Press) -> None:
    # Sphinx and docutils take the time of a build from here alone (reproducible-builds.org).
    os.environ["SOURCE_DATE_EPOCH"] = str(dossier.edition.modified_epoch)
    warnings = StringIO()
    found: list[Diagnostic] = []
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            srcdir=at.book,
            confdir=None,
            outdir=out,
            doctreedir=at.doctrees(form),
            buildername=BUILDERS[form],
            confoverrides=settings(dossier, at, form, chosen),
            status=None,
            warning=warnings,
            keep_going=True,
        )
        try:
            app.build()
        except ProblemsFound as problems:
            # The writer stops at the first thing it cannot set; the reader's warnings are said as well.
            found.extend(problems.diagnostics)
        except ExtensionError as error:
            if not isinstance(error.orig_exc, ProblemsFound):
                raise
            found.extend(error.orig_exc.diagnostics)
    warned = _problems(warnings.getvalue(), at)
    # What docutils cannot read it has warned of, and leaves a mark in its place that nothing can set.
    found = [one for one in found if not (warned and one.message.endswith(PROBLEMATIC))] + warned
    if found or app.statuscode:
        # Sphinx warns of a page when it reads it, and would not read it again.
        shutil.rmtree(at.doctrees(form), ignore_errors=True)
        raise ProblemsFound(found)


def _problems(text: str, at: Places) -> list[Diagnostic]:
    """Return Sphinx's warnings as diagnostics; a line without a place belongs to the one before it."""
    problems: list[Diagnostic] = []
    for line in text.splitlines():
        clean = _plain(line)
        if not clean.strip():
            continue
        place, mark, message = clean.partition(": WARNING: ")
        if not mark:
            place, mark, message = clean.partition(": ERROR: ")
        if mark:
            problems.append(Diagnostic(_location(place, at), message))
        elif clean.startswith(("WARNING: ", "ERROR: ")):
            problems.append(Diagnostic(Location("book"), clean.partition(": ")[2]))
        elif problems:
            last = problems.pop()
            problems.append(Diagnostic(last.location, f"{last.message} {clean.strip()}"))
        else:
            problems.append(Diagnostic(Location("book"), clean))
    return [Diagnostic(one.location, KIND.sub("", one.message)) for one in problems]


def _plain(line: str) -> str:
    """Return a line without the colours of a terminal."""
    while "\x1b[" in line:
        before, _, rest = line.partition("\x1b[")
        line = before + rest.partition("m")[2]
    return line


def _location(place: str, at: Places) -> Location:
    path, _, line = place.rpartition(":")
    if not line.isdigit():
        path, line = place, "0"
    book = f"{at.book.resolve()}{os.sep}"
    shown = f"book/{path.removeprefix(book)}" if path.startswith(book) else path
    return Location(shown, int(line))
