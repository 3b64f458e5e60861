"""Place the sheets of a floor plan: site, storeys and phases, with what a reader needs to judge them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from build_scripts.layout import building, description, grounds, phases, section, site, storey
from build_scripts.layout.lettering import Measure
from build_scripts.layout.picture import BAR_ROOM, EDGE, WIDE, Picture
from build_scripts.layout.shapes import Placed, moved_group
from build_scripts.layout.sheet import Part, beside, north_arrow, scale_bar, stacked, title_block
from build_scripts.layout.view import View, ratios
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import Plan
from build_scripts.words import Words

GAP = 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Hold what a sheet is called, and the words that stand for its picture."""

    id: str
    title: str
    native: str | None
    description: str


def place_site(
    dossier: Dossier, words: Words, measure: Measure, *, width: float, height: float, enlarged: float = 1.0
) -> Placed:
    """Return the sheet of the site, `width` wide and, if any scale allows it, no higher than `height`.

    A drawing to scale that will be shown `enlarged` states the scale that it has then.
    """
    plan = _plan(dossier)
    heading = Heading(
        id="plan-site", title=words("plan-site"), native=None, description=description.site(plan, words)
    )
    scales = ratios(grounds.extent(plan), (width - 2 * EDGE) * enlarged, height * enlarged)

    def draw(ratio: int) -> Picture:
        return site.place(dossier, plan, ratio * enlarged, words, measure, width)

    return _assemble(plan, heading, scales, draw, words, measure, width, height, enlarged=enlarged)


def place_storey(
    dossier: Dossier,
    storey_id: str,
    words: Words,
    measure: Measure,
    *,
    width: float,
    height: float,
    enlarged: float = 1.0,
) -> Placed:
    """Return the sheet of one storey, `width` wide and, if any scale allows it, no higher than `height`."""
    plan = _plan(dossier)
    one = next(one for one in plan.storeys if one.id == storey_id)
    heading = Heading(
        id=f"plan-{one.id}",
        title=one.title,
        native=one.native[0].text if one.native else None,
        description=description.storey(plan, one, words),
    )
    scales = ratios(building.extent(plan, one), (width - 2 * EDGE) * enlarged, height * enlarged)

    def draw(ratio: int) -> Picture:
        return storey.place(dossier, plan, one, ratio * enlarged, words, measure, width)

    return _assemble(plan, heading, scales, draw, words, measure, width, height, enlarged=enlarged)


def place_section(
    dossier: Dossier,
    section_id: str,
    words: Words,
    measure: Measure,
    *,
    width: float,
    height: float,
    enlarged: float = 1.0,
) -> Placed:
    """Return the sheet of a vertical cut, `width` wide and, if a scale allows it, no higher than `height`."""
    plan = _plan(dossier)
    one = next(one for one in plan.sections if one.id == section_id)
    heading = Heading(
        id=f"plan-{one.id}", title=one.title, native=None, description=description.section(plan, one, words)
    )
    scales = ratios(section.extent(plan, one), (width - 2 * EDGE) * enlarged, height * enlarged)

    def draw(ratio: int) -> Picture:
        return section.place(dossier, plan, one, ratio * enlarged, words, measure, width)

    return _assemble(
        plan, heading, scales, draw, words, measure, width, height, north=False, enlarged=enlarged
    )


def place_phase(
    dossier: Dossier, phase_id: str, words: Words, measure: Measure, *, width: float, height: float
) -> Placed:
    """Return the small plans of one phase; every phase shows the same ground, to be compared."""
    plan = _plan(dossier)
    phase = dossier.phase(phase_id)
    markers, tunnels = phases.shown(dossier, plan, phase)
    heading = Heading(
        id=f"plan-phase-{phase.id}",
        title=phase.title,
        native=None,
        description=description.phase(plan, phase, markers, tunnels, words),
    )

    def draw(ratio: int) -> Picture:
        return phases.place(dossier, plan, phase, ratio, words, measure, width)

    return _assemble(plan, heading, phases.HEIGHTS, draw, words, measure, width, height, measured=False)


def _plan(dossier: Dossier) -> Plan:
    if dossier.plan is None:
        raise LookupError("the dossier has no floor plan")
    return dossier.plan


def _assemble(
    plan: Plan,
    heading: Heading,
    scales: tuple[int, ...],
    draw: Callable[[int], Picture],
    words: Words,
    measure: Measure,
    width: float,
    height: float,
    *,
    measured: bool = True,
    north: bool = True,
    enlarged: float = 1.0,
) -> Placed:
    """Return the sheet at the largest scale at which all of it fits, or else at the smallest there is.

    `measured` sheets have one scale, which a bar shows; `north` tells whether they lie flat.
    """
    status = words(f"plan-status-{plan.status}")
    head = title_block(heading.title, heading.native, plan.name, status, width, measure)
    room = math.inf
    for ratio in scales:
        share = 1 / ratio if measured else float(ratio)
        if share > room and ratio != scales[-1]:
            continue
        drawn = draw(ratio)
        foot = _foot(
            plan, drawn, ratio, words, measure, width, enlarged=enlarged, measured=measured, north=north
        )
        total = head.height + GAP + drawn.height + GAP + foot.height
        if total <= height:
            break
        # A key seldom gets shorter at a smaller scale, so that scales which need more room need no trial.
        room = share * max(height - total + drawn.height, 0.0) / drawn.height
    aside = (width - drawn.width) / 2
    groups = (
        *head.at(0.0, total),
        *(moved_group(group, aside, foot.height + GAP) for group in drawn.groups),
        *foot.at(0.0, foot.height),
    )
    return Placed(
        id=heading.id,
        width=width,
        height=total,
        title=heading.title,
        description=heading.description,
        groups=groups,
        to_scale=measured,
    )


def _foot(
    plan: Plan,
    drawn: Picture,
    ratio: int,
    words: Words,
    measure: Measure,
    width: float,
    *,
    enlarged: float,
    measured: bool,
    north: bool,
) -> Part:
    """Return what stands below a drawing: scale bar and keys."""
    parts = list(drawn.keys)
    if measured:
        bar = scale_bar(View(ratio=ratio * enlarged), ratio, words, measure)
        if north:
            bar = beside(north_arrow(plan.north, words), bar, GAP)
        if width >= WIDE:
            bar = stacked([bar, *drawn.aside], GAP)
            parts[0] = beside(bar, parts[0], BAR_ROOM - bar.width)
        else:
            parts = [bar, *drawn.aside, *parts]
    return stacked(parts, GAP)
