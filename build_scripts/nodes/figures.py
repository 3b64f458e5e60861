"""Put placed drawings into the flow as figures with a caption and words that stand for the picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from docutils import nodes

from build_scripts.layout import floor_plan
from build_scripts.layout import series as series_layout
from build_scripts.layout.shapes import Placed
from build_scripts.model.series import Series
from build_scripts.nodes.context import Context
from build_scripts.nodes.drawing import drawing

# Points; as wide as the type area of an A4 or Letter page with its margin column, and as high as one page
# holds with a caption, so that no drawing is scaled.
WIDTH = 439.0
HEIGHTS = {"a4": 600.0, "letter": 545.0}
CHART_HEIGHT = 260.0
# What a phone of 360 pixels shows beside its margins, at full size; its page is as long as it need be.
NARROW_WIDTH, NARROW_HEIGHT = 246.0, 1200.0

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


def site(ctx: Context) -> nodes.figure:
    """Return the plan of the site."""
    return _plan(ctx, partial(floor_plan.place_site, ctx.dossier), ctx.words("figure-site"))


def storey(ctx: Context, name: str, title: str) -> nodes.figure:
    """Return the plan of a storey."""
    return _plan(
        ctx, partial(floor_plan.place_storey, ctx.dossier, name), ctx.words("figure-storey", title=title)
    )


def section(ctx: Context, name: str, title: str) -> nodes.figure:
    """Return a vertical cut."""
    return _plan(ctx, partial(floor_plan.place_section, ctx.dossier, name), title)


def phase(ctx: Context, name: str, title: str) -> nodes.figure:
    """Return the small plans of a phase."""
    return _plan(
        ctx, partial(floor_plan.place_phase, ctx.dossier, name), ctx.words("figure-phase", title=title)
    )


def _plan(ctx: Context, place: Place, caption: str) -> nodes.figure:
    height = HEIGHTS[ctx.dossier.edition.papers[0]]
    wide = place(ctx.words, ctx.measure, width=WIDTH, height=height)
    narrow = place(ctx.words, ctx.measure, width=NARROW_WIDTH, height=NARROW_HEIGHT) if ctx.narrow else None
    return figure(wide, caption, narrow)
