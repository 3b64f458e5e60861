"""Turn the parts of a dossier that a chapter asks for into nodes of `build_scripts.nodes`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docutils import nodes

from build_scripts.manuscript.placeholders import part
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
    series,
)
from build_scripts.nodes.context import Context
from build_scripts.nodes.text import paragraph, reference, section

Nodes = list[nodes.Node]
MOST_FURTHER = 8

# These tell where the book names their records, and so depend on all its pages.
LISTING = frozenset(("biographies", "organizations", "evidence", "index"))


def nodes_of(ctx: Context, node: part) -> Nodes:
    """Return what stands in the place of a part."""
    return PARTS[node["name"]](ctx, node)


def _whole(function: Callable[[Context], Nodes]) -> Callable[[Context, part], Nodes]:
    def made(ctx: Context, node: part) -> Nodes:
        return function(ctx)

    return made


def _series(ctx: Context, node: part) -> Nodes:
    names = node["arguments"] or tuple(ctx.dossier.by_scheme["series"])
    return [one for name in names for one in series.parts(ctx, ctx.dossier.one_series(name))]


def _plan(ctx: Context, node: part) -> Nodes:
    whole = ctx.dossier.plan
    return plan.sections(ctx, node["arguments"] or plan.views(whole)) if whole is not None else []


def _one_page(ctx: Context, node: part) -> Nodes:
    return [section(["one-page"], node.astext(), chronology.crisis_on_one_page(ctx))]


def _principals(ctx: Context, node: part) -> Nodes:
    return [section(["principals"], node.astext(), *principals.tables(ctx))]


def _disputed(ctx: Context, node: part) -> Nodes:
    """List the accounts that the page above has named."""
    names = dict.fromkeys(_named_above(node, "account-"))
    items = [paragraph(reference("account", name, ctx.dossier.account(name).question)) for name in names]
    return [_closer(ctx, "chapter-disputed", "chapter-nothing-disputed", items)]


def _further(ctx: Context, node: part) -> Nodes:
    """List the sources that the page above cites most, those read in whole first."""
    counts: dict[str, int] = {}
    for name in _named_above(node, "ref-"):
        counts[name] = counts.get(name, 0) + 1
    ranked = sorted(
        counts, key=lambda name: (-counts[name], ctx.dossier.reference(name).read != "whole", name)
    )
    items = [paragraph(ctx.citations.entry(name)) for name in ranked[:MOST_FURTHER]]
    return [_closer(ctx, "chapter-further", "chapter-no-further", items)]


def _named_above(node: part, prefix: str) -> Iterator[str]:
    assert node.document is not None
    for one in node.document.findall():
        if one is node:
            return
        if isinstance(one, nodes.reference) and one.get("internal"):
            name = one.get("refid", "")
            if name.startswith(prefix):
                yield name.removeprefix(prefix)


def _closer(ctx: Context, title: str, empty: str, items: list[nodes.paragraph]) -> nodes.section:
    """Return a closing section of a chapter, or its sentence for having nothing to list."""
    body: nodes.Node = paragraph(ctx.words(empty))
    if items:
        body = nodes.bullet_list("", *(nodes.list_item("", item) for item in items))
    return section([title], ctx.words(title), body, classes=["closer"])


PARTS: dict[str, Callable[[Context, part], Nodes]] = {
    "chronology": _whole(chronology.sections),
    "one-page": _one_page,
    "biographies": _whole(biographies.sections),
    "principals": _principals,
    "organizations": _whole(organizations.entries),
    "accounts": _whole(accounts.sections),
    "glossary": _whole(glossary.entries),
    "bibliography": _whole(bibliography.sections),
    "evidence": _whole(report.sections),
    "index": _whole(index.sections),
    "preface": _whole(preface.paragraphs_of),
    "series": _series,
    "plan": _plan,
    "disputed": _disputed,
    "further": _further,
}
