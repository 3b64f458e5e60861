"""Turn the plan into its text twin: tables of rooms and areas, what happened in each phase, what is said and unknown."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from build_scripts.model.floor_plan import Area, Element, Marker, Phase, Plan, Room, Statement, Storey, area_m2
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date, time_of_day
from build_scripts.nodes.evidence import boxes, citations, sources
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import (
    Content,
    as_nodes,
    foreign,
    inline,
    join,
    paragraph,
    paragraphs,
    record_id,
    reference,
    section,
)

SITE, STATEMENTS, UNKNOWNS = "site", "statements", "unknowns"


def views(plan: Plan) -> list[str]:
    """Return the names of the parts that the plan has: site, each storey, each phase, statements, unknowns."""
    names = [SITE] if plan.site is not None else []
    names += [storey.id for storey in plan.storeys]
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
    parts: dict[str, nodes.Node] = {}
    if plan.site is not None:
        areas = [_area_row(ctx, area) for area in plan.site.areas]
        parts[SITE] = section(["plan-site"], ctx.words("plan-site"), *_schedule(ctx, areas))
    for storey in plan.storeys:
        parts[storey.id] = _storey(ctx, storey)
    for phase in plan.phases:
        parts[f"phase-{phase.id}"] = _phase(ctx, plan, phase)
    if plan.statements:
        parts[STATEMENTS] = _statements(ctx, plan)
    if plan.unknowns:
        parts[UNKNOWNS] = _unknowns(ctx, plan)
    return [parts[name] for name in names]


def _storey(ctx: Context, storey: Storey) -> nodes.section:
    rooms = [_room_row(ctx, room) for room in storey.rooms]
    title: list[nodes.Node] = [nodes.Text(storey.title)]
    for native in storey.native:
        title.extend([nodes.Text(" "), inline(foreign(native), "native")])
    return section([f"plan-{storey.id}"], title, *_schedule(ctx, rooms))


def _schedule(ctx: Context, rows: list[tuple[str, list[Content]]]) -> list[nodes.Node]:
    """Return the table of rooms, whose rows are the places where the rooms are told."""
    if not rows:
        return []
    words = ctx.words
    head = [
        words(f"plan-column-{name}") for name in ("room", "area", "use", "certainty", "sources")
    ]
    schedule = table(head, [cells for _, cells in rows], (24, 9, 31, 13, 23), classes=["schedule"])
    for row, (name, _) in zip(schedule.findall(nodes.row), [("", []), *rows], strict=True):
        if name:
            row["ids"] = [record_id("room", name)]
    return [schedule]


def _room_row(ctx: Context, room: Room) -> tuple[str, list[Content]]:
    title = room.title if room.number is None else ctx.words("plan-room", number=room.number, title=room.title)
    use: list[nodes.Node] = [paragraph(room.use)] if room.use else []
    use += paragraphs(room.text) if room.text else []
    if room.people:
        names = [reference("person", name, ctx.dossier.person(name).name.display) for name in room.people]
        use.append(paragraph(join(names, ctx.words("list-separator"))))
    use += boxes(ctx, room.accounts)
    return room.id, [_named(title, room), _square_metres(ctx, room), use, *_evidence(ctx, room)]


def _area_row(ctx: Context, area: Area) -> tuple[str, list[Content]]:
    text: list[nodes.Node] = [*paragraphs(area.text)] if area.text else []
    text += boxes(ctx, area.accounts)
    kind = text or [paragraph(ctx.words(f"plan-area-{area.kind}"))]
    return area.id, [_named(area.title, area), _square_metres(ctx, area), kind, *_evidence(ctx, area)]


def _named(title: str, place: Room | Area) -> list[nodes.Node]:
    shown: list[nodes.Node] = [nodes.Text(title)]
    for native in place.native:
        shown.extend([nodes.Text(" "), inline(foreign(native), "native")])
    return shown


def _square_metres(ctx: Context, place: Room | Area) -> str:
    return ctx.words("plan-square-metres", area=f"{area_m2(place.polygon):.0f}")


def _evidence(ctx: Context, element: Element) -> list[Content]:
    """Return how sure an element is, and its sources or the basis on which it is drawn."""
    backing: list[nodes.Node] = []
    if element.sources:
        backing.append(paragraph(citations(ctx, element.sources)))
    if element.basis is not None:
        backing.extend(paragraphs(element.basis, "basis"))
    return [ctx.words(f"certainty-{element.certainty}"), backing]


def _phase(ctx: Context, plan: Plan, phase: Phase) -> nodes.section:
    node = section([record_id("phase", phase.id)], phase.title, paragraph(_phase_dates(ctx, phase), "dates"))
    if phase.text is not None:
        node.extend(paragraphs(phase.text))
    markers = [marker for marker in plan.markers if phase.id in marker.phases]
    if markers:
        whole = nodes.bullet_list(classes=["markers"])
        whole.extend(nodes.list_item("", paragraph(_marker(ctx, marker))) for marker in markers)
        node += whole
    return node


def _phase_dates(ctx: Context, phase: Phase) -> str:
    words = ctx.words
    ends = []
    for day, time in ((phase.from_, phase.from_time), (phase.to, phase.to_time)):
        shown = date(day, words)
        ends.append(words("list-separator").join((shown, time_of_day(time, words))) if time else shown)
    return ends[0] if ends[0] == ends[1] else words("date-span", start=ends[0], end=ends[1])


def _marker(ctx: Context, marker: Marker) -> list[nodes.Node]:
    words = ctx.words
    shown: Content = marker.title if marker.event is None else reference("event", marker.event, marker.title)
    line = [inline(words(f"marker-{marker.kind}"), "marker-kind"), nodes.Text(" "), *as_nodes(shown)]
    line += [nodes.Text(" "), inline(words(f"certainty-{marker.certainty}"), "certainty")]
    if marker.sources:
        line += [nodes.Text(" "), inline(citations(ctx, marker.sources), "sources")]
    return line


def _statements(ctx: Context, plan: Plan) -> nodes.section:
    """Return what the sources say, by topic in the order of the file."""
    node = section(["plan-statements"], ctx.words("plan-statements"))
    topics: dict[str, list[Statement]] = {}
    for statement in plan.statements:
        topics.setdefault(statement.topic, []).append(statement)
    for topic, statements in topics.items():
        whole = nodes.bullet_list(classes=["statements"])
        whole.extend(_statement(ctx, statement) for statement in statements)
        name = "-".join(topic.casefold().split())
        node += section([f"plan-topic-{name}"], topic[:1].upper() + topic[1:], whole)
    return node


def _statement(ctx: Context, statement: Statement) -> nodes.list_item:
    item = nodes.list_item("", *paragraphs(statement.text))
    if statement.certainty != "documented":
        last = item.children[-1]
        last.extend([nodes.Text(" "), inline(ctx.words(f"certainty-{statement.certainty}"), "certainty")])
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
