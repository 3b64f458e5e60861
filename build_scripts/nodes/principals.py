"""Turn the principal persons into a table for each group: who they were, in a line."""

from __future__ import annotations

from docutils import nodes

from build_scripts.nodes.biographies import in_order, life
from build_scripts.nodes.context import Context
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import Content, reference


def tables(ctx: Context) -> list[nodes.Node]:
    """Return a table for every group that has persons with more than a short entry."""
    words = ctx.words
    head = [words("principals-name"), words("principals-who"), words("principals-life")]
    whole: list[nodes.Node] = []
    for group in ctx.dossier.edition.groups:
        people = [
            person
            for person in in_order(ctx.dossier.people, ctx.dossier.edition.language)
            if person.group == group.id and not person.minor
        ]
        rows: list[list[Content]] = [
            [
                reference("person", person.id, person.name.display),
                person.roles[0].title if person.roles else "",
                life(ctx, person) or "",
            ]
            for person in people
        ]
        if rows:
            whole.append(
                table(
                    head, rows, (28, 46, 26), caption=group.title, classes=["principals", "colwidths-given"]
                )
            )
    return whole
