"""Write the parts of the book that stand alone as PDFs, without Sphinx: chronology, biographies, plan."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from docutils import nodes

from build_scripts import files, validation
from build_scripts.commands import progress
from build_scripts.commands.options import add_places, places
from build_scripts.commands.press import add_press, press
from build_scripts.nodes import bibliography, biographies, chronology, plan
from build_scripts.nodes.citations import Citations
from build_scripts.nodes.context import Context, Press
from build_scripts.nodes.text import section
from build_scripts.pdf.book import write_document
from build_scripts.places import Places
from build_scripts.printing import context_of, document, info, kit, reporting


def _chronology(ctx: Context) -> list[nodes.Node]:
    return chronology.sections(ctx)


def _biographies(ctx: Context) -> list[nodes.Node]:
    return biographies.sections(ctx)


def _floor_plan(ctx: Context) -> list[nodes.Node]:
    """Return the plan as a set of plates between what it is and what is said of it."""
    whole = ctx.dossier.plan
    if whole is None:
        return []
    about, *rest = plan.views(whole)
    text = replace(ctx, plates=True)
    return [*plan.sections(text, [about]), plan.plates(ctx, whole), *plan.sections(text, rest)]


PARTS: dict[str, Callable[[Context], list[nodes.Node]]] = {
    "chronology": _chronology,
    "biographies": _biographies,
    "floor_plan": _floor_plan,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the name of the part, the folders and what it is printed for."""
    parser.add_argument("name", choices=sorted(PARTS))
    add_places(parser)
    add_press(parser)


def main(options: argparse.Namespace) -> None:
    """Write the part that the options name."""
    at = places(options)
    with progress.shown(f"part {options.name}"):
        out = at.build / "pdf" / f"{options.name}.pdf"
        run(at, options.name, out, press(options, validation.load(at.dossier)))


def run(at: Places, name: str, out: Path, chosen: Press | None = None) -> None:
    """Write one part; its sources follow at its end, so that it stands alone.

    It is printed for the press that was chosen, or for the first paper that the edition names.
    """
    dossier = validation.load(at.dossier)
    ctx = context_of(dossier, Citations.load(files.need(at.citations, "citations")), press=chosen)
    content = PARTS[name](ctx)
    cited = {
        node["refid"].removeprefix("ref-")
        for node in _references(content)
        if node["refid"].startswith("ref-")
    }
    sources = [dossier.reference(one) for one in ctx.citations.order() if one in cited]
    if sources:
        content.append(section(["sources"], ctx.words("part-sources"), bibliography.entries(ctx, sources)))
    title = ctx.words(f"part-{name.replace('_', '-')}")
    whole = document(content, f"{name}.pdf")
    with reporting(at.dossier):
        written = write_document(whole, info(dossier, title), kit(ctx), contents=True)
    files.write(out, written.data)


def _references(content: list[nodes.Node]) -> list[nodes.reference]:
    return [node for top in content for node in top.findall(nodes.reference) if "refid" in node]
