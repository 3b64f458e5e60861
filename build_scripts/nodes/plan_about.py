"""Say what a plan is and is not, where it lies, and how sure its parts are; list its tunnels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from docutils import nodes
from shapely.geometry import LineString

from build_scripts.model.floor_plan import CERTAINTIES, GeoLocation, Orientation, Plan, Tunnel
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import boxes, citations, sources
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import (
    Content,
    fill,
    inline,
    paragraph,
    paragraphs,
    record_id,
    reference,
    section,
    told_id,
)


def about(ctx: Context, plan: Plan) -> nodes.section:
    """Return what a reader has to know before looking."""
    words = ctx.words
    levels: Counter[str] = Counter(element.certainty for element in plan.elements())
    whole = sum(levels.values())
    guessed = levels["conjectural"]
    node = section(["plan-about"], words("plan-about"))
    node += paragraph(words(f"plan-about-{plan.status}", name=plan.name))
    if guessed:
        node += paragraph(words("plan-about-guessed", n=guessed, whole=whole))
    rows: list[Sequence[Content]] = [
        (
            words(f"plan-level-{level}"),
            words(f"plan-drawn-{level}"),
            words(f"plan-meaning-{level}"),
            str(levels[level]),
        )
        for level in CERTAINTIES
        if levels[level]
    ]
    head = [words(f"plan-about-{name}") for name in ("level", "drawn", "meaning", "parts")]
    node += table(head, rows, (18, 34, 36, 12), classes=["levels"])
    if plan.location is not None:
        node.extend(_location(ctx, plan.location))
    if plan.orientation is not None:
        node.extend(_orientation(ctx, plan.orientation))
    return node


def _orientation(ctx: Context, orientation: Orientation) -> list[nodes.Node]:
    certainty = ctx.words(f"certainty-{orientation.certainty}")
    found: list[nodes.Node] = [paragraph(ctx.words("plan-about-north", certainty=certainty))]
    found += paragraphs(orientation.basis, "basis") if orientation.basis else []
    return [*found, sources(ctx, orientation.sources)] if orientation.sources else found


def _location(ctx: Context, location: GeoLocation) -> list[nodes.Node]:
    words = ctx.words
    text = words(
        "plan-about-location",
        lat=words.number(location.lat),
        lon=words.number(location.lon),
        accuracy=words.number(location.accuracy_m),
    )
    return [paragraph(text), sources(ctx, location.sources)]


def tunnels(ctx: Context, plan: Plan) -> list[nodes.Node]:
    """Return the table of tunnels, and why each is drawn so."""
    if not plan.tunnels:
        return []
    words = ctx.words
    head = [words(f"plan-tunnel-{name}") for name in ("name", "length", "section", "certainty", "sources")]
    rows = [_row(ctx, plan, tunnel) for tunnel in plan.tunnels]
    found: list[nodes.Node] = [
        table(head, rows, (28, 12, 22, 14, 24), caption=words("plan-layer-tunnels"), classes=["schedule"])
    ]
    listed = nodes.definition_list(classes=["rooms"])
    for tunnel in plan.tunnels:
        if tunnel.basis is not None:
            definition = nodes.definition("", *paragraphs(tunnel.basis, "basis"))
            term = nodes.term("", tunnel.title)
            listed += nodes.definition_list_item("", term, definition, ids=[told_id("tunnel", tunnel.id)])
    found += [listed] if listed.children else []
    return [
        *found,
        *boxes(ctx, list(dict.fromkeys(name for tunnel in plan.tunnels for name in tunnel.accounts))),
    ]


def _row(ctx: Context, plan: Plan, tunnel: Tunnel) -> list[Content]:
    words = ctx.words
    name = inline(tunnel.title, "room-name")
    name["ids"] = [record_id("tunnel", tunnel.id)]
    measured = (("width", tunnel.width_m), ("height", tunnel.height_m), ("depth", tunnel.depth_m))
    sizes = [
        words(f"plan-tunnel-{side}", **{side: words.number(metres)})
        for side, metres in measured
        if metres is not None
    ]
    return [
        [name, *_ends(ctx, plan, tunnel)],
        words("plan-metres", n=f"{LineString(tunnel.path).length:.0f}"),
        words("list-separator").join(sizes),
        words(f"certainty-{tunnel.certainty}"),
        citations(ctx, tunnel.sources),
    ]


def _ends(ctx: Context, plan: Plan, tunnel: Tunnel) -> list[nodes.Node]:
    """Return in which rooms, areas or tunnels a tunnel begins and ends, as far as it is known."""
    if tunnel.from_ is None and tunnel.to is None:
        return []
    ends = "-".join(key for key, name in (("from", tunnel.from_), ("to", tunnel.to)) if name is not None)
    template = ctx.words.template(f"plan-tunnel-{ends}")
    start, end = _place(plan, tunnel.from_), _place(plan, tunnel.to)
    return [nodes.Text(" "), *fill(template, start=start, end=end)]


def _place(plan: Plan, name: str | None) -> Content:
    """Return a link to a room or area, or the name of a tunnel, which stands in the same table."""
    if name is None:
        return ""
    others = {one.id: one.title for one in plan.tunnels}
    rooms = {one.id: one.title for one in plan.rooms()}
    return reference("room", name, rooms[name]) if name in rooms else others[name]
