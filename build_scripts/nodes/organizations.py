"""Turn organizations into a list of names and what they were."""

from __future__ import annotations

from docutils import nodes

from build_scripts.collation import sort_key
from build_scripts.model.organizations import Organization
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import boxes, sources, target
from build_scripts.nodes.text import fill, foreign, inline, join, paragraph, paragraphs, reference
from build_scripts.nodes.whereabouts import Events, events, whereabouts


def entries(ctx: Context) -> list[nodes.Node]:
    """Return the organizations in the order of their names."""
    whole = nodes.definition_list(classes=["organizations"])
    ordered = sorted(
        ctx.dossier.organizations, key=lambda one: (sort_key(one.name, ctx.dossier.edition.language), one.id)
    )
    naming = events(ctx)
    whole.extend(_entry(ctx, one, naming) for one in ordered)
    return [whole] if ordered else []


def _entry(ctx: Context, one: Organization, naming: Events) -> nodes.definition_list_item:
    term = nodes.term("", "", inline(one.name, "name"))
    for native in one.native:
        term.extend([nodes.Text(" "), inline(foreign(native), "native")])
    if one.abbreviation is not None:
        term.extend([nodes.Text(" "), inline(one.abbreviation, "abbreviation")])
    definition = nodes.definition("", paragraph(one.kind, "roles"))
    definition.extend(paragraphs(one.text))
    if one.people:
        names = [reference("person", name, ctx.dossier.person(name).name.display) for name in one.people]
        people = join(names, ctx.words("list-separator"))
        definition += paragraph(fill(ctx.words.template("people-line"), people=people), "people")
    definition.extend(boxes(ctx, one.accounts))
    definition.extend(whereabouts(ctx, naming, "org", one.id))
    definition += sources(ctx, one.sources)
    return nodes.definition_list_item("", term, definition, **target("org", one.id))
