"""Run one step of a build: `python -m build_scripts STEP ...`; the Makefile knows their order."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from build_scripts.commands import citations, files, fonts, new, parts, report, serve, sphinx_book
from build_scripts.commands.new import FolderInUse
from build_scripts.diagnostics import ProblemsFound
from build_scripts.model.schema import schemas
from build_scripts.nodes.citations import UnknownStyle
from build_scripts.pdf.context import Refused, UnknownNode
from build_scripts.pdf.fonts import MissingGlyph
from build_scripts.places import Places


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the step that the arguments name and return the exit code.

    0 for done, 1 for problems in the dossier, 2 for wrong usage.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        _run(options)
    except ProblemsFound as problems:
        print(problems, file=sys.stderr)
        return 1
    except (UnknownStyle, UnknownNode, Refused, MissingGlyph) as problem:
        print(f"{problem}; nothing was built", file=sys.stderr)
        return 1
    except FolderInUse as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m build_scripts", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")

    def step(name: str, text: str) -> argparse.ArgumentParser:
        return steps.add_parser(name, help=text, description=text)

    def on_dossier(name: str, text: str) -> argparse.ArgumentParser:
        one = step(name, text)
        one.add_argument("--dossier", type=Path, default=Path(), help="the folder with data/ and book/ (this one)")
        one.add_argument("--build", type=Path, help="the folder for what is made (build/ in the dossier)")
        return one

    on_dossier("validate", "check data and chapters and print every problem with its line")
    on_dossier("citations", "render the citations for all products")
    on_dossier("fonts", "make the fonts for PDF, site and EPUB")
    book = on_dossier("book", "build the whole book by Sphinx")
    book.add_argument("form", choices=sorted(sphinx_book.BUILDERS))
    part = on_dossier("part", "write one part of the book as a PDF")
    part.add_argument("name", choices=sorted(parts.PARTS))
    watched = on_dossier("serve", "show the site and build it anew whenever a file changes")
    watched.add_argument("--port", type=int, default=8000)
    schema = step("schema", "write a JSON Schema for every data file, for editors that complete and check")
    schema.add_argument("folder", type=Path)
    create = step("new", "lay out a small dossier of one's own that builds at once")
    create.add_argument("folder", type=Path)
    return parser


def _run(options: argparse.Namespace) -> None:
    if options.step == "new":
        new.run(options.folder)
        print(f"{options.folder} is ready; build it by: make DOSSIER={options.folder}")
        return
    if options.step == "schema":
        for name, schema in schemas().items():
            files.write(options.folder / f"{name}.json", f"{json.dumps(schema, indent=1)}\n".encode())
        return
    places = Places(options.dossier, options.build or options.dossier / "build")
    if options.step == "validate":
        report.run(places)
    elif options.step == "citations":
        citations.run(places)
    elif options.step == "fonts":
        fonts.run(places)
    elif options.step == "book":
        sphinx_book.run(places, options.form)
    elif options.step == "part":
        parts.run(places, options.name, places.build / "pdf" / f"{options.name}.pdf")
    elif options.step == "serve":
        serve.run(places, options.port)


if __name__ == "__main__":
    sys.exit(main())
