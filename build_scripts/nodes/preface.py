"""Turn the edition's preface into paragraphs."""

from __future__ import annotations

from docutils import nodes

from build_scripts.nodes.context import Context
from build_scripts.nodes.text import paragraphs


def paragraphs_of(ctx: Context) -> list[nodes.Node]:
    """Return the preface, or nothing if there is none."""
    preface = ctx.dossier.edition.preface
    return paragraphs(preface) if preface else []
