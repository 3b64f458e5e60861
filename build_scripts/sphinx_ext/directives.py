"""Offer the parts of the dossier as directives; each puts the nodes of `build_scripts.nodes` into a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from build_scripts.diagnostics import suggest
from build_scripts.nodes import (
    accounts,
    bibliography,
    biographies,
    chronology,
    glossary,
    index,
    organizations,
    plan,
    preface,
    principals,
    report,
)
from build_scripts.nodes import series as series_nodes
from build_scripts.nodes.context import Context
from build_scripts.nodes.text import paragraph, reference, section


class DossierDirective(SphinxDirective):
    """Put generated nodes into a page, which then depends on all data: records name each other across files.

    With `lists_pages` it depends on all pages as well, since it tells what they name.
    """

    lists_pages: ClassVar[bool] = False

    def context(self) -> Context:
        """Return the loaded dossier; the page is read anew when a data file changes."""
        ctx: Any = self.env.get_domain("dossier").context  # type: ignore[attr-defined]
        if not isinstance(ctx, Context):
            raise RuntimeError("the dossier is loaded when the builder starts, before any page is read")
        folder = Path(self.config.dossier_folder)
        chapters = (folder / "book").rglob("*.rst") if self.lists_pages else ()
        for path in sorted([*(folder / "data").glob("*.yaml"), *chapters]):
            self.env.note_dependency(str(path))
        self.env.note_dependency(self.config.dossier_citations)
        return ctx


def whole(function: Callable[[Context], list[nodes.Node]], *, pages: bool = False) -> type[DossierDirective]:
    """Return a directive that puts all of one kind into the page; `pages` says where the book names it."""

    class Whole(DossierDirective):
        """Put all records of one kind into the page."""

        lists_pages = pages

        def run(self) -> list[nodes.Node]:
            """Return the nodes (docutils directive interface)."""
            return function(self.context())

    return Whole


class SeriesDirective(DossierDirective):
    """Put the named series, or all, into the page: a drawing and its table."""

    optional_arguments = 100

    def run(self) -> list[nodes.Node]:
        """Return the nodes (docutils directive interface)."""
        ctx = self.context()
        known = ctx.dossier.by_scheme["series"]
        for name in self.arguments:
            if name not in known:
                raise self.error(f"no series '{name}'{suggest(name, known)}")
        names = self.arguments or list(known)
        return [node for name in names for node in series_nodes.parts(ctx, ctx.dossier.one_series(name))]


class PlanDirective(DossierDirective):
    """Put the named views of the plan, or all, into the page: drawings, the table of rooms, what is said."""

    optional_arguments = 100

    def run(self) -> list[nodes.Node]:
        """Return the nodes (docutils directive interface)."""
        ctx = self.context()
        if ctx.dossier.plan is None:
            raise self.error("the dossier has no data/floor_plan.yaml")
        known = plan.views(ctx.dossier.plan)
        for name in self.arguments:
            if name not in known:
                raise self.error(f"no view '{name}'{suggest(name, known)}")
        return plan.sections(ctx, self.arguments or known)


class OnePageDirective(DossierDirective):
    """Put the greatest events into the page by date and title, under the heading that is its argument."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the nodes (docutils directive interface)."""
        listed = chronology.crisis_on_one_page(self.context())
        node = section(["one-page"], self.arguments[0], listed)
        return [node]


class PrincipalsDirective(DossierDirective):
    """Put tables of the principal persons into the page, under the heading that is its argument."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the nodes (docutils directive interface)."""
        return [section(["principals"], self.arguments[0], *principals.tables(self.context()))]


class DisputedDirective(DossierDirective):
    """List the accounts that the page above has named."""

    def run(self) -> list[nodes.Node]:
        """Return the nodes (docutils directive interface)."""
        ctx = self.context()
        names = _named(self.state.document, "account-")
        items = [paragraph(reference("account", name, ctx.dossier.account(name).question)) for name in names]
        return _closer(ctx, self.state.document, "chapter-disputed", "chapter-nothing-disputed", items)


class FurtherDirective(DossierDirective):
    """List the sources that the page above cites most, those read in whole first."""

    longest: ClassVar[int] = 8

    def run(self) -> list[nodes.Node]:
        """Return the nodes (docutils directive interface)."""
        ctx = self.context()
        counts: dict[str, int] = {}
        for name in _all_named(self.state.document, "ref-"):
            counts[name] = counts.get(name, 0) + 1
        ranked = sorted(
            counts, key=lambda name: (-counts[name], ctx.dossier.reference(name).read != "whole", name)
        )
        items = [paragraph(ctx.citations.entry(name)) for name in ranked[: self.longest]]
        return _closer(ctx, self.state.document, "chapter-further", "chapter-no-further", items)


def _all_named(document: nodes.document, prefix: str) -> Iterator[str]:
    for node in document.findall(nodes.reference):
        name = node.get("refid", "")
        if node.get("internal") and name.startswith(prefix):
            yield name.removeprefix(prefix)


def _named(document: nodes.document, prefix: str) -> list[str]:
    return list(dict.fromkeys(_all_named(document, prefix)))


def _closer(
    ctx: Context, document: nodes.document, title: str, empty: str, items: list[nodes.paragraph]
) -> list[nodes.Node]:
    """Return a closing section of a chapter, or its sentence for having nothing to list."""
    body: nodes.Node = paragraph(ctx.words(empty))
    if items:
        body = nodes.bullet_list("", *(nodes.list_item("", item) for item in items))
    node = section([title], ctx.words(title), body, classes=["closer"])
    document.set_id(node)
    return [node]


DIRECTIVES = {
    "chronology": whole(chronology.sections),
    "one-page": OnePageDirective,
    "biographies": whole(biographies.sections, pages=True),
    "principals": PrincipalsDirective,
    "organizations": whole(organizations.entries, pages=True),
    "accounts": whole(accounts.sections),
    "glossary": whole(glossary.entries),
    "bibliography": whole(bibliography.sections),
    "evidence": whole(report.sections, pages=True),
    "index": whole(index.sections, pages=True),
    "preface": whole(preface.paragraphs_of),
    "series": SeriesDirective,
    "plan": PlanDirective,
    "disputed": DisputedDirective,
    "further": FurtherDirective,
}
