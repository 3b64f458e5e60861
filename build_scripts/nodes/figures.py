"""Put placed drawings into the flow as figures with a caption and words that stand for the picture."""

from __future__ import annotations

from docutils import nodes

from build_scripts.layout import floor_plan
from build_scripts.layout import series as series_layout
from build_scripts.layout.shapes import Placed
from build_scripts.model.series import Series
from build_scripts.nodes.context import Context
from build_scripts.nodes.drawing import drawing

# Points; as wide as the type area of an A4 or Letter page with its margin column, so that no drawing is scaled.
WIDTH = 470.0
PLAN_HEIGHT = 620.0
CHART_HEIGHT = 260.0


def figure(placed: Placed, caption: str) -> nodes.figure:
    """Return a drawing as a figure."""
    whole = nodes.figure(ids=[f"figure-{placed.id}"], classes=["drawing", "wide"])
    whole += drawing(placed=placed, alt=placed.description, data=placed.id)
    whole += nodes.caption("", caption)
    return whole


def curve(ctx: Context, series: Series) -> nodes.figure:
    """Return the step curve of a series."""
    placed = series_layout.place(series, ctx.words, ctx.measure, width=WIDTH, height=CHART_HEIGHT)
    return figure(placed, ctx.words("figure-series", title=series.title))


def site(ctx: Context) -> nodes.figure:
    """Return the plan of the site."""
    placed = floor_plan.place_site(ctx.dossier, ctx.words, ctx.measure, width=WIDTH, height=PLAN_HEIGHT)
    return figure(placed, ctx.words("figure-site"))


def storey(ctx: Context, name: str, title: str) -> nodes.figure:
    """Return the plan of a storey."""
    placed = floor_plan.place_storey(ctx.dossier, name, ctx.words, ctx.measure, width=WIDTH, height=PLAN_HEIGHT)
    return figure(placed, ctx.words("figure-storey", title=title))


def phase(ctx: Context, name: str, title: str) -> nodes.figure:
    """Return the small plans of a phase."""
    placed = floor_plan.place_phase(ctx.dossier, name, ctx.words, ctx.measure, width=WIDTH, height=PLAN_HEIGHT)
    return figure(placed, ctx.words("figure-phase", title=title))
