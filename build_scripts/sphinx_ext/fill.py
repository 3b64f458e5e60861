"""Put the dossier in the place of what a chapter only names: records, citations and whole parts."""

from __future__ import annotations

from collections.abc import Collection

from docutils import nodes

from build_scripts.manuscript.placeholders import cite, part, record
from build_scripts.model.dossier import Dossier, label
from build_scripts.model.records import Cite
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import citations
from build_scripts.nodes.text import inline, paragraph, record_id, reference
from build_scripts.sphinx_ext.parts import nodes_of


def fill(document: nodes.document, ctx: Context) -> None:
    """Fill a document that has just been parsed, before its notes are numbered.

    No heading keeps an id that a record of the dossier has or a part that was put in.
    """
    taken = record_ids(ctx.dossier)
    for node in list(document.findall(lambda one: isinstance(one, record | cite | part))):
        if isinstance(node, record):
            node.replace_self(_reference(ctx, node))
        elif isinstance(node, cite):
            node.replace_self(_note(ctx, document, node))
        elif isinstance(node, part):
            made = nodes_of(ctx, node)
            for one in made:
                one.source, one.line = node.source, node.line
            taken |= {name for one in made for inner in one.findall(nodes.Element) for name in inner["ids"]}
            _replace(node, made)
            if node["name"] == "index":
                document["has_index"] = True
    _rename(document, taken)


def record_ids(dossier: Dossier) -> set[str]:
    """Return the ids under which the records of a dossier are found in documents."""
    return {record_id(scheme, name) for scheme, records in dossier.by_scheme.items() for name in records}


def _reference(ctx: Context, node: record) -> nodes.Node:
    scheme, name = node["scheme"], node["target"]
    made = reference(scheme, name, node.astext() or label(ctx.dossier.by_scheme[scheme][name]))
    if scheme != "account":
        return made
    mark = inline(ctx.words("accounts-differ-mark"), "accounts-differ")
    return inline([made, nodes.Text("\u00a0"), mark], "disputed")


def _note(ctx: Context, document: nodes.document, node: cite) -> list[nodes.Node]:
    """Return the mark and behind it the note, which `transforms.Gather` moves to the end."""
    name = f"cite-{len(document.autofootnotes) + 1}"
    mark = nodes.footnote_reference(f"[#{name}]_", auto=1, refname=name)
    document.set_id(mark)
    document.note_footnote_ref(mark)
    cites = [Cite(id=target, locator=locator) for target, locator in node["places"]]
    note = nodes.footnote(
        "", paragraph(citations(ctx, cites), "citation"), auto=1, names=[name], classes=["cite"]
    )
    document.note_explicit_target(note)
    document.note_autofootnote(note)
    return [mark, note]


def _replace(node: nodes.Element, made: list[nodes.Node]) -> None:
    holder = node.parent
    position = holder.index(node)
    del holder[position]
    for offset, one in enumerate(made):
        holder.insert(position + offset, one)


def _rename(document: nodes.document, taken: Collection[str]) -> None:
    """Give the places of the author's other ids where they have those of the dossier's."""
    for name in [name for name in document.ids if name in taken]:
        node = document.ids.pop(name)
        number = 1
        while (new := f"{name}-{number}") in taken or new in document.ids:
            number += 1
        node["ids"] = [new if one == name else one for one in node["ids"]]
        document.ids[new] = node
        for known, place in document.nameids.items():
            if place == name:
                document.nameids[known] = new
