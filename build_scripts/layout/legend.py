"""Make a plan's key from what the plan uses: levels of certainty, openings, signs, numbers, questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import shapely
from babel.lists import format_list

from build_scripts.layout import markers, openings, stairs
from build_scripts.layout.certainty import SWATCH_HEIGHT, SWATCH_WIDTH, area_filling, drawn, swatch
from build_scripts.layout.labels import Label, number_pill
from build_scripts.layout.lettering import Measure, block, cap_height
from build_scripts.layout.letters import Question, sign
from build_scripts.layout.lifts import shaft
from build_scripts.layout.shapes import Group, Item, Text, moved, polyline, rectangle
from build_scripts.layout.sheet import COLUMN, NUMBER_COLUMN, Entry, Part, key
from build_scripts.layout.titles import opening as opening_title
from build_scripts.layout.view import POINTS_PER_METRE, View
from build_scripts.model.floor_plan import MARKER_KINDS, OPENING_KINDS, Lift, Marker, Opening, Stairs, Wall
from build_scripts.words import Words

SAMPLE_WALL = 3.6
SAMPLE_RATIO = 1000
SAMPLE_OPENING = 13.0
SAMPLE_FLIGHT = 8.0
SAMPLE_LIFT = 9.0
EVENT_COLUMN = 33.0
# Numbers more than this stand in columns at least this wide.
MANY, NARROW = 12, 96.0


def certainties(
    groups: Iterable[Group], words: Words, width: float, measure: Measure, *, lines: bool
) -> Part:
    """Return the key of the levels that are drawn; `lines` where the drawing shows walls as single lines."""
    entries = []
    for level in drawn(groups):
        sample = _line(level) if lines else swatch(-SWATCH_WIDTH / 2, -SWATCH_HEIGHT / 2, level)
        text = words(
            "plan-key-level", level=words(f"plan-level-{level}"), meaning=words(f"plan-meaning-{level}")
        )
        entries.append(Entry(id=f"level--{level}", sign=sample, text=text, certainty=level))
    if not entries:
        return Part(groups=(), width=width, height=0.0)
    return key("certainty", words("plan-key-certainty"), entries, width, measure)


def _line(level: str) -> tuple[Item, ...]:
    """Return a level as a line and as an area."""
    half, size = SWATCH_WIDTH / 2, SWATCH_HEIGHT
    start, end = -half, half - size - 3.0
    ground = rectangle(half - size, -size / 2, size, size, "ground-building")
    box = shapely.box(half - size, -size / 2, half, size / 2)
    return (
        polyline([(start, 0.0), (end, 0.0)], f"wall-line-{level}"),
        ground,
        *area_filling(box, level),
        rectangle(half - size, -size / 2, size, size, f"area-{level}"),
    )


def notes(texts: Sequence[str], width: float, measure: Measure, name: str = "notes") -> Part | None:
    """Return remarks on the drawing, one below the other."""
    lines = [block(text, "key", width, measure) for text in texts]
    if not lines:
        return None
    y = 0.0
    items: list[Item] = []
    for one in lines:
        items.extend(moved(line, 0.0, y) for line in one.lines)
        y -= one.height + 3.0
    group = Group(id=f"sheet--{name}", role="key", title=" ".join(texts), items=tuple(items))
    return Part(groups=(group,), width=width, height=-y - 3.0)


def opening_signs(
    holes: Sequence[Opening],
    flights: Sequence[Stairs],
    words: Words,
    width: float,
    measure: Measure,
    *,
    lines: bool,
    lifts: Sequence[Lift] = (),
) -> Part | None:
    """Return the key of openings, stairs and lifts, an entry for each kind with its features."""
    used = {(opening.kind, () if lines else opening.features): opening for opening in reversed(holes)}
    entries = []
    for kind, features in sorted(used, key=lambda pair: (OPENING_KINDS.index(pair[0]), pair[1])):
        name = f"opening--{kind}" + "".join(f"--{feature}" for feature in features)
        sign = _opening_sign(used[kind, features], in_line=lines)
        entries.append(Entry(id=name, sign=sign, text=opening_title(kind, features, words)))
    if flights:
        entries.append(Entry(id="stairs", sign=_stairs_sign(flights[0]), text=words("plan-key-stairs")))
    if lifts:
        entries.append(Entry(id="lifts", sign=_lift_sign(), text=words("plan-lift")))
    ways = "-stairs" * bool(flights) + "-lifts" * bool(lifts)
    heading = words(f"plan-key-openings{ways}")
    return key("openings", heading, entries, width, measure) if entries else None


def _lift_sign() -> tuple[Item, ...]:
    side = SAMPLE_LIFT / 2
    return shaft([(-side, -side), (side, -side), (side, side), (-side, side)], "documented")


def _stairs_sign(sample: Stairs) -> tuple[Item, ...]:
    """Return a flight as wide as the key's column, with its arrow."""
    metre = SAMPLE_RATIO / POINTS_PER_METRE
    half, side = SWATCH_WIDTH / 2 * metre, SAMPLE_FLIGHT / 2 * metre
    flight = sample.model_copy(
        update={
            "polygon": ((-half, -side), (half, -side), (half, side), (-half, side)),
            "up": ((-half, 0.0), (half, 0.0)),
            "certainty": "documented",
        }
    )
    return stairs.flight(flight, View(ratio=SAMPLE_RATIO), below=True).paths


def _opening_sign(opening: Opening, *, in_line: bool) -> tuple[Item, ...]:
    """Return the sign of an opening in a piece of wall, as wide as the key's column."""
    view = View(ratio=SAMPLE_RATIO)
    metre = SAMPLE_RATIO / POINTS_PER_METRE
    reach = SWATCH_WIDTH / 2 * metre
    wall = Wall.model_construct(
        id="sample",
        from_=(-reach, 0.0),
        to=(reach, 0.0),
        thickness_m=SAMPLE_WALL * metre,
        certainty="documented",
    )
    sample = opening.model_copy(
        update={
            "at_m": reach,
            "width_m": SAMPLE_OPENING * metre * (0.62 if opening.kind == "door" else 1.0),
            "certainty": "documented",
            "swing": "left" if opening.swing else None,
        }
    )
    symbol = openings.symbol(sample, wall, view, in_line=in_line)
    gap = SAMPLE_OPENING / 2 * (0.62 if opening.kind == "door" else 1.0)
    half = SWATCH_WIDTH / 2
    side = 0.0 if in_line else SAMPLE_WALL / 2
    faces = tuple(
        polyline(
            [(end, -side), (jamb, -side), (jamb, side), (end, side)],
            "wall-line-documented" if in_line else "edge-key",
        )
        for end, jamb in ((-half, -gap), (half, gap))
    )
    lift = -2.0 if symbol.needs is not None else 0.0
    return tuple(moved(item, 0.0, lift) for item in (*faces, *symbol.paths))


def marker_signs(placed: Sequence[Marker], words: Words, width: float, measure: Measure) -> Part | None:
    """Return the key of the signs of markers."""
    used = {marker.kind for marker in placed}
    entries = []
    for kind in MARKER_KINDS:
        if kind not in used:
            continue
        half = SWATCH_WIDTH / 2 - 4
        sign = (
            markers.trail("route", "documented", [(-half, 0.0), (half, 0.0)])
            if kind == "route"
            else markers.sign(kind, "documented", (0.0, 0.0))
        )
        entries.append(Entry(id=f"marker--{kind}", sign=sign, text=words(f"plan-marker-{kind}")))
    return key("markers", words("plan-key-markers"), entries, width, measure) if entries else None


def events(
    placed: Sequence[Marker], numbers: Mapping[str, str], words: Words, width: float, measure: Measure
) -> Part | None:
    """Return what the numbers of a phase stand for, each with its sign in the line of its certainty."""
    entries = [
        Entry(
            id=f"event--{marker.id}",
            sign=_event_sign(marker, numbers[marker.id]),
            text=marker.title,
            certainty=marker.certainty,
        )
        for marker in placed
    ]
    return (
        key("events", words("plan-key-events"), entries, width, measure, column=EVENT_COLUMN)
        if entries
        else None
    )


def _event_sign(marker: Marker, number: str) -> tuple[Item, ...]:
    baseline = -cap_height("marker-number") / 2
    shape = (
        markers.trail("route", marker.certainty, [(1.0, 0.0), (12.0, 0.0)])
        if marker.kind == "route"
        else markers.sign(marker.kind, marker.certainty, (7.0, 0.0))
    )
    return (Text(x=-2.5, y=baseline, text=number, style="marker-number", anchor="end"), *shape)


def numbers(labels: Sequence[Label], words: Words, width: float, measure: Measure) -> Part | None:
    """Return the names that the drawing had no room for, by number."""
    entries = [
        Entry(
            id=f"number--{label.name.id}",
            sign=number_pill(label.name.number, "number", label.name.pen, measure)[0],
            text=label.name.title,
        )
        for label in labels
        if not label.whole
    ]
    if not entries:
        return None
    least = NARROW if len(entries) > MANY else COLUMN
    return key(
        "numbers", words("plan-key-numbers"), entries, width, measure, column=NUMBER_COLUMN, least=least
    )


def unlisted(labels: Sequence[Label], words: Words, width: float, measure: Measure) -> Part | None:
    """Return what leads to the names of numbers that a brief key leaves out."""
    said = [] if all(label.whole for label in labels) else [words("plan-numbers-listed")]
    return notes(said, width, measure, "unlisted")


def keyed(
    signs: Sequence[Part | None],
    labels: Sequence[Label],
    asked: Sequence[Question],
    words: Words,
    width: float,
    measure: Measure,
) -> tuple[tuple[Part | None, ...], tuple[Part | None, ...]]:
    """Return the keys of a sheet after those of its signs, all of them and the brief ones."""
    whole = (
        numbers(labels, words, width, measure),
        questions(asked, words, width, measure, numbers=numbers_of(labels)),
    )
    brief = (
        unlisted(labels, words, width, measure),
        questions(asked, words, width, measure, numbers={}),
    )
    return (*signs, *whole), (*signs, *brief)


def numbers_of(labels: Sequence[Label]) -> Mapping[str, str]:
    """Return the numbers of things that have their letters in the key alone, by id."""
    return {label.name.id: label.name.number for label in labels if not label.whole and not label.lettered}


def _runs(numbers: Sequence[str], words: Words) -> list[str]:
    """Return numbers with those that follow each other as a range."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and number.isdecimal() and runs[-1][-1].isdecimal() and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        one
        for run in runs
        for one in ((words("number-range", low=run[0], high=run[-1]),) if len(run) > 2 else run)
    ]


def questions(
    asked: Sequence[Question], words: Words, width: float, measure: Measure, *, numbers: Mapping[str, str]
) -> Part | None:
    """Return the questions on which accounts differ, by letter, with the numbers of what they are about."""
    entries = []
    for question in asked:
        about = [numbers[one] for one in question.elements if one in numbers]
        listed = format_list(_runs(about, words), locale=words.locale) if about else ""
        text = (
            words("plan-question-about", question=question.text, numbers=listed) if about else question.text
        )
        entries.append(
            Entry(id=f"question--{question.account}", sign=sign(question.letter, measure)[0], text=text)
        )
    if not entries:
        return None
    return key("questions", words("plan-key-questions"), entries, width, measure, column=NUMBER_COLUMN)
