"""Test where things stand: poche, labels, keys, steps; laws by hypothesis, details by example."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from build_scripts.layout import axes, description, floor_plan, poche, series, timescale
from build_scripts.layout.arrangement import Format
from build_scripts.layout.labels import Name
from build_scripts.layout.labels import place as place_labels
from build_scripts.layout.lettering import FALL, SIZES, cap_height, wrap
from build_scripts.layout.shapes import Group, Path, Placed, Text, texts
from build_scripts.layout.spots import Spots
from build_scripts.layout.view import View, ratios
from build_scripts.model import edtf_parser
from build_scripts.model.accounts import Account
from build_scripts.model.days import Day, days
from build_scripts.model.dossier import Dossier
from build_scripts.model.edition import Edition
from build_scripts.model.floor_plan import Plan
from build_scripts.model.series import Series
from build_scripts.words import Words

WORDS = Words("en")
LEVELS = ("recorded", "documented", "inferred", "conjectural", "disputed")


def measure(text: str, style: str) -> float:
    """Measure as if every letter were half as wide as high."""
    return len(text) * SIZES[style].size * 0.5


def element(id: str, certainty: str = "documented", **more: object) -> dict[str, object]:
    """Return the keys that every element has."""
    evidence: dict[str, object] = {"sources": ["letter"]}
    if certainty == "conjectural":
        evidence = {"basis": "assumed"}
    if certainty == "disputed":
        evidence["accounts"] = ["where"]
    return {"id": id, "certainty": certainty, **evidence, **more}


def wall(
    id: str, start: Iterable[float], end: Iterable[float], thickness: float, **more: str
) -> dict[str, object]:
    """Return a wall."""
    ends: dict[str, object] = {"from": [str(n) for n in start], "to": [str(n) for n in end]}
    return {**element(id, thickness_m=str(thickness), **more), **ends}


def house(walls: list[dict[str, object]]) -> dict[str, object]:
    """Return a plan of one storey that has nothing but walls."""
    storey = {"id": "ground", "title": "Ground floor", "level_m": "0", "height_m": "3", "walls": walls}
    return {"name": "House", "status": "reconstruction", "storeys": [storey]}


def dossier(plan: dict[str, object], *more: Series) -> Dossier:
    """Return a dossier of one plan."""
    account = Account.model_construct(id="where", question="Where did the wall stand?", answers=())
    return Dossier(
        edition=Edition.model_construct(), plan=Plan.model_validate(plan), series=more, accounts=(account,)
    )


@st.composite
def plans(draw: st.DrawFn) -> dict[str, object]:
    """Draw a house of one storey whose rooms fill a grid, every wall with its own thickness and certainty."""
    xs = list(itertools.accumulate(draw(st.lists(st.integers(2, 9), min_size=1, max_size=4)), initial=0))
    ys = list(itertools.accumulate(draw(st.lists(st.integers(2, 9), min_size=1, max_size=4)), initial=0))
    thickness = st.sampled_from([0.1, 0.2, 0.35, 0.6])
    level = st.sampled_from(LEVELS)
    walls = [wall(f"h-{y}", (0, y), (xs[-1], y), draw(thickness), certainty=draw(level)) for y in ys]
    walls += [wall(f"v-{x}", (x, 0), (x, ys[-1]), draw(thickness), certainty=draw(level)) for x in xs]
    openings = []
    for index, y in enumerate(ys):
        left, right = xs[0], xs[1]
        if draw(st.booleans()):
            kind = draw(st.sampled_from(["door", "double-door", "arch", "window", "french-window", "gate"]))
            swing = (
                {"hinge": "from", "swing": draw(st.sampled_from(["left", "right"]))} if kind == "door" else {}
            )
            openings.append(
                element(
                    f"o-{index}",
                    draw(level),
                    wall=f"h-{y}",
                    at_m=str((left + right) / 2),
                    width_m="0.9",
                    kind=kind,
                    **swing,
                )
            )
    rooms = []
    for (left, right), (bottom, top) in itertools.product(itertools.pairwise(xs), itertools.pairwise(ys)):
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        title = draw(st.sampled_from(["Hall", "Kitchen and larder", "Room of the three portraits", "Stanza"]))
        rooms.append(
            element(
                f"r-{left}-{bottom}",
                draw(level),
                title=title,
                polygon=[[str(x), str(y)] for x, y in corners],
                native=[{"text": "Sala de estar", "lang": "es"}],
            )
        )
    storey = {
        "id": "ground",
        "title": "Ground floor",
        "level_m": "0",
        "height_m": "3",
        "walls": walls,
        "openings": openings,
        "rooms": rooms,
    }
    return {"name": "House", "status": "reconstruction", "storeys": [storey]}


def placed_storey(plan: dict[str, object], width: float = 420.0) -> tuple[Dossier, Placed]:
    """Place the only storey of a plan."""
    built = dossier(plan)
    return built, floor_plan.place_storey(built, "ground", WORDS, measure, Format(width=width, height=650.0))


def box(text: Text) -> BaseGeometry:
    """Return the rectangle that a text covers."""
    width = measure(text.text, text.style)
    left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    low, high = text.y - SIZES[text.style].size * FALL, text.y + cap_height(text.style)
    return shapely.box(left, low, left + width, high)


def extent(group: Group) -> BaseGeometry:
    """Return the rectangle about a label: its texts, its number and its letters, not its leader."""
    shapes = [box(text) for text in texts(group.items)]
    for part in walk(group):
        for path in part.items:
            if isinstance(path, Path) and path.pen.startswith(("tag", "letter")):
                shapes.append(shapely.MultiPoint([xy for segment in path.segments for xy in segment.points]))
    return shapely.box(*shapely.total_bounds(shapes))


def walk(group: Group) -> Iterator[Group]:
    """Yield a group and those in it."""
    yield group
    for item in group.items:
        if isinstance(item, Group):
            yield from walk(item)


def labels(placed: Placed, *roles: str) -> list[Group]:
    """Return the groups of some roles."""
    return [group for group in placed.walk() if group.role in roles]


@given(plan=plans())
@settings(max_examples=40, deadline=None)
def test_the_area_of_poche_is_that_of_all_walls_together_less_the_openings(plan: dict[str, object]) -> None:
    storey = Plan.model_validate(plan).storeys[0]
    by_id = {wall.id: wall for wall in storey.walls}
    whole = shapely.union_all(poche.bodies(storey.walls))
    holes = shapely.union_all([poche.hole(by_id[one.wall], one) for one in storey.openings])

    pieces = poche.pieces(storey.walls, storey.openings)

    expected = whole.difference(holes).area
    assert poche.union(pieces).area == pytest.approx(expected)
    assert sum(piece.shape.area for piece in pieces) == pytest.approx(expected)


@given(plan=plans())
@settings(max_examples=30, deadline=None)
def test_no_two_labels_of_a_plan_overlap(plan: dict[str, object]) -> None:
    _, placed = placed_storey(plan)
    inside = {part.id for label in labels(placed, "label") for part in walk(label) if part is not label}
    boxes = [
        (group.id, extent(group)) for group in labels(placed, "label", "letter") if group.id not in inside
    ]

    pairs = itertools.combinations(boxes, 2)
    assert [(a, b) for (a, first), (b, second) in pairs if first.intersection(second).area > 1e-6] == []


@given(plan=plans())
@settings(max_examples=30, deadline=None)
def test_names_of_rooms_stay_off_the_walls(plan: dict[str, object]) -> None:
    view = View(ratio=100)
    storey = Plan.model_validate(plan).storeys[0]
    walls = view.shape(poche.union(poche.pieces(storey.walls, storey.openings)))
    shapes = [Polygon(view.points(room.polygon)) for room in storey.rooms]
    names = [
        Name(id=room.id, number=str(index), title=room.title)
        for index, room in enumerate(storey.rooms, start=1)
    ]
    frame = shapely.box(*walls.bounds).buffer(60.0)

    placed = place_labels(list(zip(names, shapes, strict=True)), [walls], frame, Spots(), measure)

    groups = [
        Group(id=label.name.id, role="label", title="", items=label.items) for label in placed if label.items
    ]
    assert [group.id for group in groups if extent(group).intersects(walls)] == []


@given(plan=plans())
@settings(max_examples=30, deadline=None)
def test_every_element_is_drawn_exactly_once(plan: dict[str, object]) -> None:
    built, placed = placed_storey(plan)
    counts = Counter(group.id for group in placed.walk())

    assert built.plan is not None
    assert {element.id: counts[element.id] for element in built.plan.elements()} == {
        element.id: 1 for element in built.plan.elements()
    }
    assert set(counts.values()) == {1}
    assert all(group.title and group.role for group in placed.walk())


def test_a_surer_wall_goes_through_where_walls_meet() -> None:
    plan = house(
        [
            wall("guessed", (0, 5), (10, 5), 0.5, certainty="conjectural"),
            wall("measured", (5, 0), (5, 10), 0.5, certainty="recorded"),
        ]
    )
    guessed, measured = poche.pieces(Plan.model_validate(plan).storeys[0].walls, ())

    assert measured.shape.area == pytest.approx(5.0)
    assert guessed.shape.area == pytest.approx(4.75)
    assert guessed.edges.intersection(shapely.box(4.6, 4.9, 5.4, 5.1)).length == 0


def test_corners_of_walls_that_end_together_are_closed() -> None:
    plan = house([wall("a", (0, 0), (4, 0), 0.4), wall("b", (4, 0), (4, 3), 0.2)])
    pieces = poche.pieces(Plan.model_validate(plan).storeys[0].walls, ())

    assert poche.union(pieces).covers(shapely.box(3.9, -0.2, 4.1, 0.2))


def test_the_key_names_only_the_levels_in_use() -> None:
    plan = house([wall("a", (0, 0), (9, 0), 0.4, certainty="inferred"), wall("b", (9, 0), (9, 7), 0.4)])
    _, placed = placed_storey(plan)

    assert [group.certainty for group in placed.walk() if group.role == "key-entry" and group.certainty] == [
        "documented",
        "inferred",
    ]


def test_a_disputed_element_carries_the_letter_of_its_question() -> None:
    plan = house([wall("a", (0, 0), (9, 0), 0.4, certainty="disputed"), wall("b", (9, 0), (9, 7), 0.4)])
    _, placed = placed_storey(plan)

    assert [text.text for group in labels(placed, "letter") for text in texts(group.items)] == ["A"]
    assert "Where did the wall stand?" in {text.text for text in texts(placed.groups)}


def test_scales_are_round_and_fit() -> None:
    found = ratios((0.0, 0.0, 20.0, 10.0), 300.0, 300.0)

    assert found[0] == 200
    assert View(ratio=100).scale == pytest.approx(28.346, abs=0.001)


def test_text_breaks_between_words() -> None:
    assert wrap("the room of the three portraits", "room", 40.0, measure) == (
        "the room",
        "of the",
        "three",
        "portraits",
    )


@st.composite
def measures(draw: st.DrawFn) -> Series:
    """Draw a series of numbers and ranges on days in order."""
    start = dt.date(1911, 8, 21)
    gaps = draw(st.lists(st.integers(1, 60), min_size=1, max_size=14))
    points = []
    for after in itertools.accumulate(gaps):
        point: dict[str, object] = {
            "date": (start + dt.timedelta(days=after)).isoformat(),
            "sources": ["letter"],
        }
        number = draw(st.integers(0, 900))
        match draw(st.sampled_from(["value", "range", "low", "none"])):
            case "value":
                point["value"] = str(number)
            case "range":
                point |= {"low": str(number), "high": str(number + draw(st.integers(1, 300)))}
            case "low":
                point["low"] = str(number)
            case _:
                point["note"] = "Nobody counted."
        points.append(point)
    return Series.model_validate({"id": "visitors", "title": "Visitors", "unit": "people", "points": points})


@given(measured=measures())
@settings(max_examples=60, deadline=None)
def test_labels_of_a_curve_do_not_overlap_and_steps_go_to_the_right(measured: Series) -> None:
    placed = series.place(measured, WORDS, measure, width=360.0, height=220.0)
    boxes = [extent(group) for group in labels(placed, "label")]
    curve = [path for group in labels(placed, "curve") for path in group.items if isinstance(path, Path)]
    xs = [x for path in curve for segment in path.segments for x, _ in segment.points]

    assert [1 for a, b in itertools.combinations(boxes, 2) if a.intersects(b)] == []
    assert xs == sorted(xs)
    assert Counter(group.id for group in placed.walk()).most_common(1)[0][1] == 1


@given(measured=measures())
@settings(max_examples=30, deadline=None)
def test_every_number_has_a_point_and_every_range_a_band(measured: Series) -> None:
    placed = series.place(measured, WORDS, measure, width=360.0, height=220.0)
    known = [point for point in measured.points if point.has_number]

    assert len(labels(placed, "point")) == len(known)
    assert len(labels(placed, "range")) >= sum(point.value is None for point in known[:-1])


def test_an_uncertain_day_makes_a_slanting_dashed_step() -> None:
    points = [
        {"date": "1911-08-01", "value": "10", "sources": ["a"]},
        {"date": "1911-09", "value": "20", "sources": ["a"]},
        {"date": "1911-12-01", "value": "30", "sources": ["a"]},
    ]
    one = Series.model_validate({"id": "s", "title": "S", "unit": "people", "points": points})
    placed = series.place(one, WORDS, measure, width=360.0, height=220.0)
    paths = [path for group in labels(placed, "curve") for path in group.items if isinstance(path, Path)]

    assert [path.pen for path in paths] == ["curve", "curve-unsure", "curve"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (Day(1996, 12, 17), Day(1997, 3, 2), ["December 1996", "January 1997", "February", "March"]),
        (Day(1911, 8, 20), Day(1911, 8, 24), ["20 Aug", "21 Aug", "22 Aug", "23 Aug", "24 Aug"]),
        (Day(1900, 1, 1), Day(1950, 1, 1), [str(year) for year in range(1900, 1951, 5)]),
        (Day(-100, 1, 1), Day(50, 1, 1), ["100 BC", "80 BC", "60 BC", "40 BC", "20 BC", "AD 20", "AD 40"]),
        (
            Day(-20000, 1, 1),
            Day(1, 1, 1),
            [f"{year},000 BC" for year in range(20, 9, -2)] + ["8000 BC", "6000 BC", "4000 BC", "2000 BC"],
        ),
    ],
)
def test_the_axis_of_time_is_divided_by_its_length(start: Day, end: Day, expected: list[str]) -> None:
    found = timescale.ticks(days(start), days(end), Words("en-GB"))

    assert [tick.names[0] for tick in found] == expected


@given(day=st.dates())
def test_days_are_counted_as_the_library_counts_them(day: dt.date) -> None:
    assert days(Day(day.year, day.month, day.day)) == day.toordinal() + 365
    assert days(Day(-4, 3, 1)) - days(Day(-4, 2, 28)) == 2


def test_a_description_says_what_the_curve_shows() -> None:
    points = [
        {"date": "1911-08-01", "value": "10", "sources": ["a"], "accounts": ["where"]},
        {"date": "1911-09-01", "low": "4", "high": "6", "sources": ["a"]},
        {"date": "1911-12-01", "value": "0", "sources": ["a"]},
    ]
    one = Series.model_validate({"id": "s", "title": "visitors", "unit": "people", "points": points})

    assert description.series(one, WORDS) == (
        "A step curve of visitors (people) from 1 August 1911 to 1 December 1911; "
        "each number holds until the next. "
        "It begins at 10 on 1 August 1911. The greatest changes lead to 4–6 on 1 September 1911. "
        "It ends at 0 on 1 December 1911. At one point the sources give a range, drawn as a band. "
        "At one point accounts differ; its dot is open."
    )


def test_a_phase_shows_stairs_on_both_storeys_and_no_id_twice() -> None:
    storeys = [
        {
            "id": name,
            "title": name,
            "level_m": level,
            "height_m": "3",
            "walls": [wall(f"{name}-a", (0, 0), (9, 0), 0.4), wall(f"{name}-b", (9, 0), (9, 7), 0.4)],
        }
        for name, level in (("ground", "0"), ("upper", "3"))
    ]
    square = [["1", "1"], ["4", "1"], ["4", "2"], ["1", "2"]]
    flight = element(
        "flight", polygon=square, up=[["1", "1.5"], ["4", "1.5"]], to="upper", **{"from": "ground"}
    )
    markers = [
        element(
            f"m-{name}", phases=["fire"], kind="event", storey=name, at=["5", "5"], title=f"Fire on {name}"
        )
        for name in ("ground", "upper")
    ]
    phase = {"id": "fire", "title": "The fire", "from": "1911-08-21", "to": "1911-08-22"}
    built = dossier(
        {
            "name": "House",
            "status": "reconstruction",
            "storeys": storeys,
            "stairs": [flight],
            "phases": [phase],
            "markers": markers,
        }
    )

    placed = floor_plan.place_phase(built, "fire", WORDS, measure, Format(width=420.0, height=650.0))

    counts = Counter(group.id for group in placed.walk())
    assert set(counts.values()) == {1}
    assert [text.text for group in labels(placed, "marker event") for text in texts(group.items)] == [
        "1",
        "2",
    ]
    assert len(labels(placed, "stairs")) == 2


def test_a_curve_has_a_place_for_dates_that_are_open_at_one_end() -> None:
    dates = ["[..1880]", "1881/", "1883-34", "1885S3", "1890/.."]
    points = [{"date": date, "value": "3", "sources": ["a"]} for date in dates]
    one = Series.model_validate({"id": "s", "title": "lamps", "unit": "lamps", "points": points})

    span = axes.span(one.points)
    assert days(Day(1879, 1, 1)) < span["start"] < span["end"] < days(Day(1892, 1, 1))
    assert "until 31 December 1880" in description.series(one, WORDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1911", "1911"),
        ("1911-08", "August 1911"),
        ("1911-08-21", "21 August 1911"),
        ("1911-08-21~", "about 21 August 1911"),
        ("1911/1913", "1911–1913"),
        ("1911-08-2X", "20 August 1911 – 29 August 1911"),
        ("-0140", "141 BC"),
        ("-0140-07", "July 141 BC"),
        ("0079-08-24", "24 August AD 79"),
        ("../1797", "until 31 December 1797"),
        ("1801/", "from 1 January 1801"),
        ("1911/1911", "1911"),
    ],
)
def test_a_date_is_named_no_more_precisely_than_it_is_known(text: str, expected: str) -> None:
    assert timescale.name(edtf_parser.parse(text), Words("en-GB")) == expected
