"""Turn a measure over time into its table, the twin of its drawing."""

from __future__ import annotations

from docutils import nodes

from build_scripts.model.series import Point, Series
from build_scripts.nodes import figures
from build_scripts.nodes.context import Context
from build_scripts.nodes.dates import date, time_of_day
from build_scripts.nodes.evidence import boxes, citations, measure
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import Content, inlines, join, paragraphs, record_id, reference, section


def parts(ctx: Context, series: Series) -> list[nodes.Node]:
    """Return a series whole: what is said of it, its drawing and its table."""
    node = section([record_id("series", series.id)], series.title)
    if series.text is not None:
        node.extend(paragraphs(series.text))
    node += figures.curve(ctx, series)
    node += points(ctx, series)
    names = dict.fromkeys(name for point in series.points for name in point.accounts)
    node.extend(boxes(ctx, list(names)))
    return [node]


def points(ctx: Context, series: Series) -> nodes.table:
    """Return the points of a series as a table."""
    words = ctx.words
    head = [
        words("series-column-date"),
        words("series-column-value", unit=series.unit),
        words("series-column-note"),
        words("series-column-sources"),
    ]
    rows = [_row(ctx, point) for point in series.points]
    return table(
        head, rows, (18, 14, 42, 26), caption=series.title, classes=["series"], data=f"series-{series.id}"
    )


def _row(ctx: Context, point: Point) -> list[Content]:
    words = ctx.words
    day = date(point.date, words)
    if point.time is not None:
        day = words("list-separator").join((day, time_of_day(point.time, words)))
    shown: Content = day if point.event is None else reference("event", point.event, day)
    note = join([inlines(content) for content in point.note.paragraphs], " ") if point.note else []
    return [shown, measure(point, words) or words("series-not-stated"), note, citations(ctx, point.sources)]
