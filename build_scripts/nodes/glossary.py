"""Turn terms into a list of words and what they mean."""

from __future__ import annotations

from docutils import nodes

from build_scripts.collation import sort_key
from build_scripts.model.glossary import Term
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import sources, target
from build_scripts.nodes.text import foreign, inline, paragraphs


def entries(ctx: Context) -> list[nodes.Node]:
    """Return the terms in the order of the alphabet."""
    whole = nodes.definition_list(classes=["glossary"])
    ordered = sorted(
        ctx.dossier.glossary, key=lambda term: (sort_key(term.term, ctx.dossier.edition.language), term.id)
    )
    whole.extend(_entry(ctx, term) for term in ordered)
    return [whole] if ordered else []


def _entry(ctx: Context, term: Term) -> nodes.definition_list_item:
    own = next((native for native in term.native if native.text == term.term), None)
    heading = nodes.term("", "", inline(foreign(own) if own else term.term, "name"))
    for native in term.native:
        if native is not own:
            heading.extend([nodes.Text(" "), inline(foreign(native), "native")])
    definition = nodes.definition("", *paragraphs(term.text), sources(ctx, term.sources))
    return nodes.definition_list_item("", heading, definition, **target("term", term.id))
