"""Put placed drawings into the flow as figures with a caption and words that stand for the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from docutils import nodes

from build_scripts.layout import floor_plan
from build_scripts.layout import series as series_layout
from build_scripts.layout.arrangement import Format
from build_scripts.layout.shapes import Placed
from build_scripts.model.floor_plan import Phase, Plan, Section, Storey
from build_scripts.model.series import Series
from build_scripts.nodes.context import Context
from build_scripts.nodes.drawing import drawing
from build_scripts.nodes.text import fill, join, paragraph, reference

# Points; as wide as the type area of an A4 or Letter page with its margin column, and as high as one page
# holds with a caption, so that no drawing is scaled.
WIDTH = 439.0
HEIGHTS = {"a4": 600.0, "letter": 545.0}
CHART_HEIGHT = 260.0
# What a phone of 360 pixels shows beside its margins, at full size; its page is as long as it need be.
NARROW_WIDTH, NARROW_HEIGHT = 246.0, 1200.0
# The type area of a plate without the line of its caption: A3 beside A4, Tabloid beside Letter.
MM = 72 / 25.4
PLATES = {"a4": (388 * MM, 262 * MM), "letter": (399.8 * MM, 244.4 * MM)}
# A plate is read unfolded on a table, and may have to be printed at half its size.
PLATE_ENLARGED = 1.2

Place = Callable[..., Placed]


def figure(placed: Placed, caption: str, narrow: Placed | None = None) -> nodes.figure:
    """Return a drawing as a figure; `narrow` is the same drawing for a narrow page."""
    whole = nodes.figure(ids=[f"figure-{placed.id}"], classes=["drawing", "wide"])
    shown = drawing(placed=placed, alt=placed.description, data=placed.id)
    if narrow is not None:
        shown["narrow"] = narrow
    whole += shown
    whole += nodes.caption("", caption)
    return whole


def curve(ctx: Context, series: Series) -> nodes.figure:
    """Return the step curve of a series."""
    placed = series_layout.place(series, ctx.words, ctx.measure, width=WIDTH, height=CHART_HEIGHT)
    return figure(placed, ctx.words("figure-series", title=series.title))


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Hold a drawing of the plan before it has a size: the id it will have, its caption, how it is placed."""

    id: str
    caption: str
    place: Place


def site(ctx: Context) -> list[View]:
    """Return the plan of the site and, where the house is small on it, that of the house and its grounds."""
    words, dossier = ctx.words, ctx.dossier
    views = [
        View(id="plan-site", caption=words("figure-site"), place=partial(floor_plan.place_site, dossier))
    ]
    if floor_plan.has_detail(dossier):
        place = partial(floor_plan.place_detail, dossier)
        views.append(View(id="plan-detail", caption=words("figure-detail"), place=place))
    return views


def storey(ctx: Context, one: Storey) -> View:
    """Return the plan of a storey."""
    return View(
        id=f"plan-{one.id}",
        caption=ctx.words("figure-storey", title=one.title),
        place=partial(floor_plan.place_storey, ctx.dossier, one.id),
    )


def section(ctx: Context, one: Section) -> View:
    """Return a vertical cut."""
    return View(
        id=f"plan-{one.id}",
        caption=one.title,
        place=partial(floor_plan.place_section, ctx.dossier, one.id),
    )


def phase(ctx: Context, one: Phase) -> View:
    """Return the small plans of a phase."""
    return View(
        id=f"plan-phase-{one.id}",
        caption=ctx.words("figure-phase", title=one.title),
        place=partial(floor_plan.place_phase, ctx.dossier, one.id),
    )


def views(ctx: Context, plan: Plan) -> list[View]:
    """Return all drawings of a plan in the order in which a reader needs them."""
    return [
        *(site(ctx) if plan.has_grounds else ()),
        *(storey(ctx, one) for one in plan.storeys),
        *(section(ctx, one) for one in plan.sections),
        *(phase(ctx, one) for one in plan.phases),
    ]


def shown(ctx: Context, plan: Plan, *some: View) -> list[nodes.Element]:
    """Return drawings as figures or, where drawings have plates of their own, what leads to those."""
    if ctx.plates:
        numbers = {view.id: number for number, view in enumerate(views(ctx, plan), start=1)}
        leads = [reference("figure", one.id, _plate_title(ctx, one, numbers[one.id])) for one in some]
        lead = fill(ctx.words.template("plan-see-plate"), plates=join(leads, ctx.words("cite-separator")))
        return [paragraph(lead, "see-plate")]
    return [_figure(ctx, view) for view in some]


def _figure(ctx: Context, view: View) -> nodes.figure:
    height = HEIGHTS[ctx.press.paper]
    wide = Format(width=WIDTH, height=height, printed=not ctx.narrow)
    narrow = None
    if ctx.narrow:
        sheet = Format(width=NARROW_WIDTH, height=NARROW_HEIGHT, printed=False)
        narrow = view.place(ctx.words, ctx.measure, sheet)
    return figure(view.place(ctx.words, ctx.measure, wide), view.caption, narrow)


def plates(ctx: Context, plan: Plan) -> list[nodes.figure]:
    """Return all drawings of a plan, each for a plate: a leaf of twice the width of a page, to be folded."""
    width, height = PLATES[ctx.press.paper]
    sheet = Format(
        width=width / PLATE_ENLARGED,
        height=height / PLATE_ENLARGED,
        enlarged=PLATE_ENLARGED,
        landscape=True,
    )
    made = []
    for number, view in enumerate(views(ctx, plan), start=1):
        whole = figure(view.place(ctx.words, ctx.measure, sheet), _plate_title(ctx, view, number))
        whole["classes"] = ["drawing", "plate"]
        made.append(whole)
    return made


def _plate_title(ctx: Context, view: View, number: int) -> str:
    return ctx.words("figure-plate", number=number, title=view.caption)
