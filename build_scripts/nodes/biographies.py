"""Turn persons into short lives, by group."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from build_scripts.collation import sort_key
from build_scripts.model.biographies import Person, Relation, Role
from build_scripts.model.edtf import Edtf
from build_scripts.model.records import Cite
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date, inside
from build_scripts.nodes.evidence import boxes, sources, target
from build_scripts.nodes.text import (
    Content,
    as_nodes,
    fill,
    foreign,
    inline,
    join,
    paragraph,
    paragraphs,
    reference,
    section,
)
from build_scripts.nodes.whereabouts import Events, events, whereabouts


def sections(ctx: Context) -> list[nodes.Node]:
    """Return a section for every group that has persons, in the order of their names."""
    whole: list[nodes.Node] = []
    for group in ctx.dossier.edition.groups:
        people = [person for person in ctx.dossier.people if person.group == group.id]
        if people:
            whole.append(
                section(
                    [f"group-{group.id}"],
                    group.title,
                    entries(ctx, in_order(people, ctx.dossier.edition.language)),
                )
            )
    return whole


def in_order(people: Sequence[Person], language: str) -> list[Person]:
    """Return persons in the order of their names."""
    return sorted(people, key=lambda person: (sort_key(person.name.sort_key, language), person.id))


def entries(ctx: Context, people: Sequence[Person]) -> nodes.definition_list:
    """Return persons as a list of names and lives."""
    whole = nodes.definition_list(classes=["biographies"])
    naming = events(ctx)
    whole.extend(_entry(ctx, person, naming) for person in people)
    return whole


def _entry(ctx: Context, person: Person, naming: Events) -> nodes.definition_list_item:
    term = nodes.term("", "", inline(person.name.display, "name"))
    for native in person.native:
        term.extend([nodes.Text(" "), inline(foreign(native), "native")])
    lived = life(ctx, person)
    if lived is not None:
        term.extend([nodes.Text(" "), inline(lived, "life")])
    if person.certainty != "documented":
        term.extend([nodes.Text(" "), inline(ctx.words(f"certainty-{person.certainty}"), "certainty")])
    definition = nodes.definition()
    definition.extend(_facts(ctx, person))
    definition.extend(paragraphs(person.text))
    definition.extend(boxes(ctx, person.accounts))
    definition.extend(whereabouts(ctx, naming, "person", person.id))
    definition += sources(ctx, _cites(person))
    classes = ["minor"] if person.minor else []
    return nodes.definition_list_item("", term, definition, classes=classes, **target("person", person.id))


def _cites(person: Person) -> list[Cite]:
    """Return what an entry rests on, each once: sources of the life, of its roles and of its relations."""
    parts: tuple[Role | Relation, ...] = (*person.roles, *person.relations)
    below = (cite for part in parts for cite in part.sources)
    return list(dict.fromkeys((*person.sources, *below)))


def life(ctx: Context, person: Person) -> str | None:
    """Return when a person was born and died, or None if neither is known."""
    words = ctx.words
    match person.born, person.died:
        case Edtf() as born, None:
            return words("life-born", born=date(born, words))
        case None, Edtf() as died:
            return words("life-died", died=date(died, words))
        case Edtf() as born, Edtf() as died:
            return words("life-both", born=date(born, words), died=date(died, words))
    return None


def _facts(ctx: Context, person: Person) -> list[nodes.Node]:
    """Return the lines between a name and a life: other names, roles, relations."""
    words = ctx.words
    separator = words("list-separator")
    lines: list[nodes.Node] = []
    if person.roles:
        lines.append(paragraph(join([role(ctx, one) for one in person.roles], "; "), "roles"))
    if person.aliases:
        lines.append(paragraph(words("also-known-as", names=separator.join(person.aliases)), "aliases"))
    if person.relations:
        lines.append(
            paragraph(
                join([_relation(ctx, relation) for relation in person.relations], separator), "relations"
            )
        )
    return lines


def role(ctx: Context, one: Role) -> list[nodes.Node]:
    """Return an office or part with its organization and dates."""
    words = ctx.words
    shown: Content = one.title
    if one.organization is not None:
        name = reference("org", one.organization, ctx.dossier.organization(one.organization).name)
        shown = fill(words.template("role-organization"), title=one.title, organization=name)
    match one.from_, one.to:
        case Edtf() as start, None:
            dates = words("role-from", date=inside(start, words))
        case None, Edtf() as end:
            dates = words("role-to", date=inside(end, words))
        case Edtf() as start, Edtf() as end:
            dates = words("role-both", start=date(start, words), end=date(end, words))
        case _:
            return as_nodes(shown)
    return fill(words.template("role-dates"), title=shown, dates=dates)


def _relation(ctx: Context, relation: Relation) -> list[nodes.Node]:
    name = reference("person", relation.person, ctx.dossier.person(relation.person).name.display)
    return fill(ctx.words.template("relation"), kind=relation.kind, person=name)
