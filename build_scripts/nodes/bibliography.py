"""Turn sources into a bibliography by kind, with how much of each was read and how reliable it is."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from build_scripts.model.references import KINDS, Reference
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import target
from build_scripts.nodes.text import inline, paragraph, section


def sections(ctx: Context) -> list[nodes.Node]:
    """Return a section for every kind of source that there is, in the order of the contract."""
    ordered = [ctx.dossier.reference(name) for name in ctx.citations.order()]
    whole: list[nodes.Node] = []
    for kind in KINDS:
        of_kind = [reference for reference in ordered if reference.kind == kind]
        if of_kind:
            title = ctx.words(f"reference-kind-{kind}")
            whole.append(section([f"sources-{kind}"], title, entries(ctx, of_kind)))
    return whole


def entries(ctx: Context, references: Sequence[Reference]) -> nodes.bullet_list:
    """Return sources as a list of entries."""
    whole = nodes.bullet_list(classes=["bibliography"])
    whole.extend(_entry(ctx, reference) for reference in references)
    return whole


def _entry(ctx: Context, reference: Reference) -> nodes.list_item:
    item = nodes.list_item(
        "", paragraph(ctx.citations.entry(reference.id), "entry"), **target("ref", reference.id)
    )
    note = paragraph(inline(ctx.words(f"reference-read-{reference.read}"), "read"), "reliability")
    if reference.reliability is not None:
        note.extend([nodes.Text(" "), nodes.Text(reference.reliability)])
    item += note
    return item
