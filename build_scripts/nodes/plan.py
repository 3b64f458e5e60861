"""Turn the plan into its text twin: tables of rooms and areas, phases, what is said and unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from docutils import nodes

from build_scripts.layout.storey import room_numbers
from build_scripts.model.floor_plan import Area, Plan, Room, Section, Statement, Storey
from build_scripts.model.outlines import size_m2
from build_scripts.nodes import figures, phases, plan_parts
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import boxes, citations, sources
from build_scripts.nodes.plan_about import about, tunnels
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import (
    Content,
    fill,
    foreign,
    inline,
    join,
    paragraph,
    paragraphs,
    record_id,
    reference,
    section,
    told_id,
)
from build_scripts.words import Words

SMALL_M2 = 10
"""Below how many square metres the area of a drawing has a decimal."""

ABOUT, SITE, STATEMENTS, UNKNOWNS = "about", "site", "statements", "unknowns"


def views(plan: Plan) -> list[str]:
    """Return the names of the parts that the plan has, in the order in which a reader needs them."""
    names = [ABOUT]
    names += [SITE] if plan.has_grounds else []
    names += [storey.id for storey in plan.storeys]
    names += [one.id for one in plan.sections]
    names += [f"phase-{phase.id}" for phase in plan.phases]
    names += [STATEMENTS] if plan.statements else []
    names += [UNKNOWNS] if plan.unknowns else []
    return names


def sections(ctx: Context, names: Sequence[str]) -> list[nodes.Node]:
    """Return the named parts of the plan.

    Raises KeyError for a name that `views` does not give.
    """
    plan = ctx.dossier.plan
    if plan is None:
        return []
    parts: dict[str, Callable[[], nodes.Node]] = {ABOUT: lambda: about(ctx, plan)}
    if plan.has_grounds:
        parts[SITE] = partial(_site, ctx, plan)
    parts |= {storey.id: partial(_storey, ctx, plan, storey) for storey in plan.storeys}
    parts |= {one.id: partial(_section, ctx, plan, one) for one in plan.sections}
    parts |= {f"phase-{phase.id}": partial(phases.section_of, ctx, plan, phase) for phase in plan.phases}
    if plan.statements:
        parts[STATEMENTS] = partial(_statements, ctx, plan)
    if plan.unknowns:
        parts[UNKNOWNS] = partial(_unknowns, ctx, plan)
    return [parts[name]() for name in names]


def plates(ctx: Context, plan: Plan) -> nodes.section:
    """Return all drawings of the plan as plates, and how to print and fold them."""
    paper = ctx.press.paper
    drawn = figures.plates(ctx, plan)
    text = ctx.words(
        "plan-plates-about",
        n=len(drawn),
        folded=ctx.words(f"paper-{paper}"),
        open=ctx.words(f"plate-{paper}"),
    )
    return section(["plan-plates"], ctx.words("plan-plates"), paragraph(text), *drawn, classes=["plates"])


def _site(ctx: Context, plan: Plan) -> nodes.section:
    name = "plan-site"
    areas = plan.site.areas if plan.site is not None else ()
    drawn = figures.shown(ctx, plan, *figures.site(ctx))
    node = section([name], ctx.words(name), *drawn, *_schedule(ctx, name, areas, {}))
    node.extend(tunnels(ctx, plan))
    node.extend(_details(ctx, areas, {}))
    node.extend(plan_parts.schedule(ctx, plan_parts.of_site(plan)))
    return node


def _section(ctx: Context, plan: Plan, one: Section) -> nodes.section:
    """Return a vertical cut; its rooms are told of with their storeys."""
    return section([f"plan-{one.id}"], one.title, *figures.shown(ctx, plan, figures.section(ctx, one)))


def _storey(ctx: Context, plan: Plan, storey: Storey) -> nodes.section:
    title: list[nodes.Node] = [nodes.Text(storey.title)]
    for native in storey.native:
        title.extend([nodes.Text(" "), inline(foreign(native), "native")])
    drawn = figures.shown(ctx, plan, figures.storey(ctx, storey))
    numbers = room_numbers(storey)
    return section(
        [f"plan-{storey.id}"],
        title,
        *drawn,
        *_schedule(ctx, f"plan-{storey.id}", storey.rooms, numbers),
        *_details(ctx, storey.rooms, numbers),
        *plan_parts.schedule(ctx, plan_parts.of_storey(plan, storey)),
    )


def _schedule(
    ctx: Context, name: str, places: Sequence[Room | Area], numbers: Mapping[str, str]
) -> list[nodes.Node]:
    """Return the table of rooms, with the numbers that their drawing gives them, or of areas."""
    if not places:
        return []
    head = [ctx.words(f"plan-column-{name}") for name in ("room", "area", "use", "certainty", "sources")]
    return [
        table(
            head,
            [_row(ctx, place, numbers) for place in places],
            (26, 10, 30, 14, 20),
            classes=["schedule"],
            data=name,
        )
    ]


def _row(ctx: Context, place: Room | Area, numbers: Mapping[str, str]) -> list[Content]:
    words = ctx.words
    use = place.use or "" if isinstance(place, Room) else words(f"plan-area-{place.kind}")
    return [
        _target(_named(_title(ctx, place, numbers), place), place),
        words("plan-square-metres", area=_area(place, words)),
        use,
        words(f"certainty-{place.certainty}"),
        citations(ctx, place.sources),
    ]


def _area(place: Room | Area, words: Words) -> str:
    """Return the area that a source states, or else that of the drawing, which is no more exact than this."""
    if place.area_m2 is not None:
        return words.number(place.area_m2)
    drawn = size_m2(place)
    return words.number(round(drawn, 0 if drawn >= SMALL_M2 else 1))


def _target(name: list[nodes.Node], place: Room | Area) -> nodes.inline:
    """Return the name as the place where the room is told."""
    node = inline(name, "room-name")
    node["ids"] = [record_id("room", place.id)]
    return node


def _title(ctx: Context, place: Room | Area, numbers: Mapping[str, str]) -> str:
    if place.id in numbers:
        return ctx.words("plan-room", number=numbers[place.id], title=place.title)
    return place.title


def _details(ctx: Context, places: Sequence[Room | Area], numbers: Mapping[str, str]) -> list[nodes.Node]:
    """Return what is said of the places at length: text, people, why drawn so, where accounts differ."""
    whole = nodes.definition_list(classes=["rooms"])
    all_over = phases.happened(ctx)
    for place in places:
        definition = nodes.definition()
        definition.extend(paragraphs(place.text) if place.text else [])
        if isinstance(place, Room) and place.people:
            names = [
                reference("person", name, ctx.dossier.person(name).name.display) for name in place.people
            ]
            people = join(names, ctx.words("list-separator"))
            definition += paragraph(fill(ctx.words.template("people-line"), people=people), "people")
        definition.extend(phases.happened_in(ctx, place, all_over))
        definition.extend(paragraphs(place.basis, "basis") if place.basis else [])
        definition.extend(boxes(ctx, place.accounts))
        if definition.children:
            term = nodes.term("", _title(ctx, place, numbers))
            whole += nodes.definition_list_item("", term, definition, ids=[told_id("room", place.id)])
    return [whole] if whole.children else []


def _named(title: str, place: Room | Area) -> list[nodes.Node]:
    shown: list[nodes.Node] = [nodes.Text(title)]
    for native in place.native:
        shown.extend([nodes.Text(" "), inline(foreign(native), "native")])
    return shown


def _statements(ctx: Context, plan: Plan) -> nodes.section:
    """Return what the sources say, by topic in the order of the file."""
    node = section(["plan-statements"], ctx.words("plan-statements"))
    topics: dict[str, list[Statement]] = {}
    for statement in plan.statements:
        topics.setdefault(statement.topic, []).append(statement)
    for number, (topic, statements) in enumerate(topics.items(), start=1):
        whole = nodes.bullet_list(classes=["statements"])
        whole.extend(_statement(ctx, statement) for statement in statements)
        node += section([f"plan-topic-{number}"], topic[:1].upper() + topic[1:], whole)
    return node


def _statement(ctx: Context, statement: Statement) -> nodes.list_item:
    said = paragraphs(statement.text)
    if statement.certainty != "documented":
        mark = inline(ctx.words(f"certainty-{statement.certainty}"), "certainty")
        said[-1] = paragraph([*said[-1].children, nodes.Text(" "), mark])
    item = nodes.list_item("", *said)
    if statement.note is not None:
        item.extend(paragraphs(statement.note, "note"))
    item.extend(boxes(ctx, statement.accounts))
    item += sources(ctx, statement.sources)
    return item


def _unknowns(ctx: Context, plan: Plan) -> nodes.section:
    whole = nodes.bullet_list(classes=["unknowns"])
    for unknown in plan.unknowns:
        item = nodes.list_item("", *paragraphs(unknown.text))
        if unknown.sources:
            item += sources(ctx, unknown.sources)
        whole += item
    return section(["plan-unknowns"], ctx.words("plan-unknowns"), whole)
