"""Build the schedule of a drawing's parts without a name: how sure each is, why it is drawn so, who says so.

Parts whose evidence is the same share a row. Rooms, areas, tunnels and markers are told of elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes

from build_scripts.layout.titles import what
from build_scripts.model.floor_plan import Element, Plan, Storey
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import citations
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import Content, fill, join, paragraph, paragraphs, reference


def of_storey(plan: Plan, storey: Storey) -> Iterator[Element]:
    """Yield the parts of a storey without a name; stairs and lifts belong to the first they name."""
    yield from (*storey.walls, *storey.openings)
    yield from (one for one in plan.stairs if one.from_ == storey.id)
    yield from (one for one in plan.lifts if one.storeys[0] == storey.id)
    yield from (one for one in plan.dimensions if one.storey == storey.id)


def of_site(plan: Plan) -> Iterator[Element]:
    """Yield the parts of the site without a name."""
    if plan.site is not None:
        yield plan.site.boundary
        yield from (*plan.site.walls, *plan.site.openings)
    yield from (one for one in plan.dimensions if one.storey is None)


def schedule(ctx: Context, parts: Iterable[Element]) -> list[nodes.Node]:
    """Return the table of some parts, in the order in which their evidence first comes up."""
    groups: dict[tuple[object, ...], list[Element]] = {}
    for part in parts:
        groups.setdefault((part.certainty, part.basis, part.accounts, part.sources), []).append(part)
    if not groups:
        return []
    words = ctx.words
    head = [words(f"plan-column-{name}") for name in ("part", "certainty", "basis", "sources")]
    rows = [_row(ctx, alike) for alike in groups.values()]
    caption = words("plan-parts")
    return [table(head, rows, (28, 14, 38, 20), caption=caption, classes=["schedule", "parts"])]


def _row(ctx: Context, alike: Sequence[Element]) -> list[Content]:
    one = alike[0]
    return [
        _names(ctx, alike),
        ctx.words(f"certainty-{one.certainty}"),
        basis(ctx, one),
        citations(ctx, one.sources),
    ]


def _names(ctx: Context, alike: Sequence[Element]) -> str:
    """Return what some elements are, each kind followed by its ids, which other programs know them by."""
    kinds: dict[str, list[str]] = {}
    for one in alike:
        kinds.setdefault(what(one, ctx.words), []).append(one.id)
    comma, semicolon = ctx.words("list-separator"), ctx.words("cite-separator")
    return semicolon.join(
        ctx.words("plan-part", what=kind, names=comma.join(ids)) for kind, ids in kinds.items()
    )


def basis(ctx: Context, element: Element) -> list[nodes.Node]:
    """Return why an element is drawn as it is, and the questions on which accounts of it differ."""
    found = list(paragraphs(element.basis, "basis")) if element.basis is not None else []
    if element.accounts:
        asked = [reference("account", name, ctx.dossier.account(name).question) for name in element.accounts]
        line = fill(
            ctx.words.template("plan-part-accounts"), questions=join(asked, ctx.words("cite-separator"))
        )
        found.append(paragraph(line, "basis"))
    return found
