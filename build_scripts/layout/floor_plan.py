"""Place the sheets of a floor plan: site, house, storeys, sections and phases."""

from __future__ import annotations

from build_scripts.layout import building, description, detail, grounds, phases, section, site, storey
from build_scripts.layout.arrangement import Format, Heading, Subject, arrange
from build_scripts.layout.lettering import Measure
from build_scripts.layout.picture import Picture
from build_scripts.layout.shapes import Placed
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import Plan
from build_scripts.words import Words


def place_site(
    dossier: Dossier, words: Words, measure: Measure, sheet: Format, *, alone: bool = False
) -> Placed:
    """Return the sheet of the site, as wide as its format and, if any scale allows it, no higher.

    `alone` it names everything, and leaves nothing to the sheet on which the house is enlarged.
    """
    plan = _plan(dossier)
    enlarged = None if alone else detail.bounds(plan)
    heading = Heading(
        id="plan-site", title=words("plan-site"), native=None, description=description.site(plan, words)
    )

    def draw(ratio: float, field: float, key_width: float) -> Picture:
        return site.place(dossier, plan, ratio, words, measure, key_width, enlarged=enlarged)

    subject = Subject(heading=heading, draw=draw, extent=grounds.extent(plan))
    return arrange(plan, subject, words, measure, sheet)


def has_detail(dossier: Dossier) -> bool:
    """Check whether the house is so small a part of its site that it wants a sheet of its own."""
    return dossier.plan is not None and detail.bounds(dossier.plan) is not None


def place_detail(dossier: Dossier, words: Words, measure: Measure, sheet: Format) -> Placed:
    """Return the sheet of the house and what lies round it; there is one if `has_detail` says so."""
    plan = _plan(dossier)
    extent = detail.bounds(plan)
    if extent is None:
        raise LookupError("the site shows its house well enough")
    shown = detail.cropped(plan, extent)
    heading = Heading(
        id="plan-detail",
        title=words("plan-detail"),
        native=None,
        description=description.site(shown, words, "describe-detail"),
    )

    def draw(ratio: float, field: float, key_width: float) -> Picture:
        return site.place(dossier, shown, ratio, words, measure, key_width, extent=extent)

    subject = Subject(heading=heading, draw=draw, extent=extent)
    return arrange(plan, subject, words, measure, sheet)


def place_storey(dossier: Dossier, storey_id: str, words: Words, measure: Measure, sheet: Format) -> Placed:
    """Return the sheet of one storey."""
    plan = _plan(dossier)
    one = next(one for one in plan.storeys if one.id == storey_id)
    heading = Heading(
        id=f"plan-{one.id}",
        title=one.title,
        native=one.native[0].text if one.native else None,
        description=description.storey(plan, one, words),
    )

    def draw(ratio: float, field: float, key_width: float) -> Picture:
        return storey.place(dossier, plan, one, ratio, words, measure, key_width)

    subject = Subject(heading=heading, draw=draw, extent=building.extent(plan, one))
    return arrange(plan, subject, words, measure, sheet)


def place_section(dossier: Dossier, section_id: str, words: Words, measure: Measure, sheet: Format) -> Placed:
    """Return the sheet of a vertical cut."""
    plan = _plan(dossier)
    one = next(one for one in plan.sections if one.id == section_id)
    heading = Heading(
        id=f"plan-{one.id}", title=one.title, native=None, description=description.section(plan, one, words)
    )

    def draw(ratio: float, field: float, key_width: float) -> Picture:
        return section.place(dossier, plan, one, ratio, words, measure, key_width)

    subject = Subject(heading=heading, draw=draw, extent=section.extent(plan, one), flat=False)
    return arrange(plan, subject, words, measure, sheet)


def place_phase(dossier: Dossier, phase_id: str, words: Words, measure: Measure, sheet: Format) -> Placed:
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

    def draw(percent: float, field: float, key_width: float) -> Picture:
        return phases.place(dossier, plan, phase, percent, words, measure, field, key_width)

    subject = Subject(heading=heading, draw=draw, steps=phases.HEIGHTS)
    return arrange(plan, subject, words, measure, sheet)


def _plan(dossier: Dossier) -> Plan:
    if dossier.plan is None:
        raise LookupError("the dossier has no floor plan")
    return dossier.plan
