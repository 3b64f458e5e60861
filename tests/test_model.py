"""The model: order of events, what keys mean when they are left out, and no traceback whatever the data."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts import model, validation
from build_scripts.diagnostics import suggest
from build_scripts.model import Dossier
from build_scripts.model.biographies import Name
from build_scripts.model.chronology import Event, in_order, undated
from build_scripts.model.dossier import label
from build_scripts.model.edtf_parser import parse as parse_date
from build_scripts.model.references import Reference, csl_date

GOOD = Path(__file__).parent / "bad" / "_good"
PLAIN = {path.stem: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in GOOD.glob("*.yaml")}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    folder = tmp_path_factory.mktemp("good")
    shutil.copytree(GOOD, folder / "data")
    return model.load(folder)


def event(name: str, date: str, **keys: str) -> Event:
    given = {"id": name, "date": date, "title": name, "text": name, "period": "p", "sources": ["s"], **keys}
    return Event.model_validate(given)


def told(*events: Event) -> list[str]:
    return [one.id for one in in_order(events)]


def test_events_are_told_by_their_first_day_then_time_then_last_day_then_place_in_the_file() -> None:
    assert told(
        event("no-year", "XXXX-08-21"),
        event("open-end", "1911-08-21/.."),
        event("second-of-equals", "1911-08"),
        event("month", "1911-08"),
        event("noon", "1911-08-21", time="12:00"),
        event("morning", "1911-08-21", time="08:00/13:00"),
        event("some-time-that-day", "1911-08-21"),
        event("the-day-after", "1911-08-22"),
        event("twenties", "1911-08-2X"),
        event("until", "../1911-09"),
    ) == [
        "second-of-equals", "month", "twenties", "some-time-that-day", "open-end", "morning", "noon",
        "the-day-after", "until", "no-year",
    ]  # fmt: skip


def test_what_happened_at_the_latest_on_a_day_is_told_at_its_end() -> None:
    assert told(
        event("death", "[..1797]"),
        event("rent", "{..1797}"),
        event("will", "/1797"),
        event("birth", "1743-04-05"),
        event("last-evening", "1797-12-31", time="23:59"),
        event("burial", "1798"),
        event("before-our-era", "-XXXX"),
    ) == ["before-our-era", "birth", "last-evening", "death", "rent", "will", "burial"]


def test_events_of_an_unknown_year_are_last_but_where_after_puts_them() -> None:
    ordered = in_order(
        [
            event("undated", "XXXX"),
            event("reply", "XXXX-05", after="letter"),
            event("its-sequel", "1911", after="undated"),
            event("letter", "1911"),
            event("end", "1912"),
        ]
    )
    assert [one.id for one in ordered] == ["letter", "reply", "end", "undated", "its-sequel"]
    assert [one.id for one in undated(ordered)] == ["undated", "its-sequel"]


@given(st.lists(st.sampled_from(
    ["[..1911]", "../1912-05", "/1910", "{..1911-06-05}", "[1911..]", "1911/..", "1910", "1911-06-05",
     "1912-05", "-XXXX", "-0003", "191X", "Y-17E7", "1905S3", "1911-08-2X", "[1910,1912]", "1911-34"]
), max_size=9))  # fmt: skip
def test_what_ended_before_another_began_is_told_before_it(dates: list[str]) -> None:
    ordered = in_order([event(f"e{number}", date) for number, date in enumerate(dates)])
    for index, later in enumerate(ordered):
        for earlier in ordered[:index]:
            assert not later.date.latest < earlier.date.earliest


def test_qualifiers_do_not_sort() -> None:
    assert told(event("b", "1911?"), event("a", "1911"), event("d", "1911~"), event("c", "1911%")) == list(
        "badc"
    )


def test_an_event_can_follow_directly_on_another() -> None:
    assert told(
        event("reward", "1911-08-2X", after="theft"),
        event("closed", "1911-08-21", time="18:00"),
        event("theft", "1911-08-21", time="07:00"),
        event("letter", "1911-08-2X", after="reward"),
        event("alarm", "1911-08-21", after="theft"),
    ) == ["theft", "reward", "letter", "alarm", "closed"]


@given(st.lists(st.tuples(st.sampled_from(["1911", "1911-08", "1911-08-2X", "1911-08-21", "1911/1912"]),
                          st.sampled_from([None, "07:00", "07:00~", "07:00/09:00"])), max_size=8),
       st.randoms(use_true_random=False))  # fmt: skip
def test_order_loses_nothing_and_does_not_depend_on_it(
    dates: list[tuple[str, str | None]], rng: random.Random
) -> None:
    events = [
        event(f"e{index}", date, **({"time": time} if time else {}))
        for index, (date, time) in enumerate(dates)
    ]
    ordered = in_order(events)
    assert sorted(one.id for one in ordered) == sorted(one.id for one in events)
    assert in_order(ordered) == ordered
    assert [one.date.earliest for one in ordered] == sorted(one.date.earliest for one in events)
    shuffled = rng.sample(events, len(events))
    keys = [(one.date.text, one.time) for one in in_order(shuffled)]
    assert [date for date, _ in keys] == [one.date.text for one in ordered]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ({"display": "Ada Roe", "family": "Roe", "given": "Ada"}, "Roe, Ada"),
        ({"display": "Ada Roe", "family": "Roe"}, "Roe"),
        ({"display": "Ada", "given": "Ada"}, "Ada"),
        ({"display": "The keeper"}, "The keeper"),
        (
            {"display": "Ada van Roe", "family": "van Roe", "given": "Ada", "sort": "Roe, Ada van"},
            "Roe, Ada van",
        ),
    ],
)
def test_a_person_is_sorted_by_what_is_stated(name: dict[str, str], key: str) -> None:
    assert Name.model_validate(name).sort_key == key


@pytest.mark.parametrize(
    ("text", "csl"),
    [
        ("1911-08-21", {"date-parts": [[1911, 8, 21]]}),
        ("1911-08", {"date-parts": [[1911, 8]]}),
        ("1911", {"date-parts": [[1911]]}),
        ("-0044", {"date-parts": [[-45]]}),
        ("0000", {"date-parts": [[-1]]}),
        ("1911~", {"date-parts": [[1911]], "circa": True}),
        ("1911-23", {"date-parts": [[1911]], "season": 3}),
        ("1911/1912-05", {"date-parts": [[1911], [1912, 5]]}),
        ("1911/1912?", {"date-parts": [[1911], [1912]], "circa": True}),
        ("1985-04-XX", {"date-parts": [[1985, 4]]}),
        ("1985-XX-XX/1986-XX", {"date-parts": [[1985], [1986]]}),
        ("1985-XX-12", {"literal": "1985-XX-12"}),
        ("191X", {"literal": "191X"}),
        ("1911/..", {"literal": "1911/.."}),
        ("[1911,1912]", {"literal": "[1911,1912]"}),
    ],
)
def test_a_date_becomes_what_csl_can_say(text: str, csl: dict[str, Any]) -> None:
    assert csl_date(parse_date(text)) == csl


def test_a_reference_becomes_a_csl_item_with_the_keys_of_csl(good: Dossier) -> None:
    assert good.reference("log").item() == {
        "id": "log",
        "type": "manuscript",
        "title": "Log of the light",
        "author": [{"family": "Roe", "given": "Ada"}],
        "issued": {"date-parts": [[1900]]},
    }


def test_the_lighthouse_has_a_source_with_every_key_of_the_model() -> None:
    references = validation.load(Path(__file__).parent / "dossiers" / "lighthouse").references
    used = set().union(*(one.model_fields_set for one in references))

    assert Reference.model_fields.keys() - used == set()


def test_what_is_left_out_has_its_default(good: Dossier) -> None:
    (one,) = good.events
    (person,) = good.people
    assert (one.weight, one.after, one.places) == ("1", None, ())
    assert (person.certainty, person.minor, person.aliases) == ("documented", False, ())
    assert (good.edition.hemisphere.value, good.edition.papers) == ("north", ("a4", "letter"))


def test_records_are_found_by_the_scheme_of_links(good: Dossier) -> None:
    labels = {scheme: [label(one) for one in found.values()] for scheme, found in good.by_scheme.items()}
    assert labels == {
        "event": ["The lamp goes out"],
        "person": ["Ada Roe"],
        "org": ["Board of Lights"],
        "account": ["How much oil was left?"],
        "series": ["Oil in the tank"],
        "term": ["wick"],
        "ref": ["Log of the light"],
        "room": ["Lantern"],
        "phase": ["The night"],
    }


def test_seasons_are_those_of_the_edition_s_hemisphere(tmp_path: Path) -> None:
    broken = {**PLAIN, "edition": {**PLAIN["edition"], "hemisphere": "south"}}
    broken["biographies"] = [{**PLAIN["biographies"][0], "born": "1850-22"}]
    assert written(tmp_path, broken).dossier.person("keeper").born.earliest == (1850, 12, 1)  # type: ignore[union-attr]


ACCOUNTS = [*PLAIN["accounts"], {**PLAIN["accounts"][0], "id": "lonely"}]
REFERENCES = [*PLAIN["references"], {**PLAIN["references"][0], "id": "lonely"}]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("chronology", (0, "accounts")),
        ("biographies", (0, "accounts")),
        ("organizations", (0, "accounts")),
        ("series", (0, "points", 1, "accounts")),
        ("floor_plan", ("storeys", 0, "walls", 0, "accounts")),
        ("floor_plan", ("markers", 0, "accounts")),
    ],
)
def test_an_account_is_named_wherever_accounts_are_listed(
    tmp_path: Path, name: str, path: tuple[str | int, ...]
) -> None:
    files = {**PLAIN, "accounts": ACCOUNTS, name: replaced(PLAIN[name], path, ["why", "lonely"])}
    assert written(tmp_path, files).diagnostics == ()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("edition", ("preface",)),
        ("chronology", (0, "text")),
        ("biographies", (0, "text")),
        ("organizations", (0, "text")),
        ("accounts", (0, "reason")),
        ("accounts", (0, "answers", 0, "text")),
        ("series", (0, "text")),
        ("series", (0, "points", 0, "note")),
        ("glossary", (0, "text")),
        ("floor_plan", ("storeys", 0, "rooms", 0, "text")),
        ("floor_plan", ("storeys", 0, "rooms", 0, "basis")),
        ("floor_plan", ("phases", 0, "text")),
    ],
)
def test_a_link_cites_wherever_text_is_marked(tmp_path: Path, name: str, path: tuple[str | int, ...]) -> None:
    files = {**PLAIN, "references": REFERENCES, name: replaced(PLAIN[name], path, "See [it](ref:lonely).")}
    assert written(tmp_path, files).diagnostics == ()
    assert written(tmp_path, {**files, name: PLAIN[name]}).diagnostics != ()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("chronology", (0, "sources")),
        ("biographies", (0, "sources")),
        ("biographies", (0, "roles")),
        ("biographies", (0, "relations")),
        ("organizations", (0, "sources")),
        ("accounts", (0, "answers", 0, "sources")),
        ("series", (0, "points", 0, "sources")),
        ("glossary", (0, "sources")),
        ("floor_plan", ("location", "sources")),
        ("floor_plan", ("storeys", 0, "walls", 0, "sources")),
        ("floor_plan", ("unknowns",)),
    ],
)
def test_a_source_is_cited_wherever_sources_are_listed(
    tmp_path: Path, name: str, path: tuple[str | int, ...]
) -> None:
    sources = ["log", {"id": "lonely", "locator": "p. 1"}]
    value = {
        "roles": [{"title": "Keeper", "sources": sources}],
        "relations": [{"person": "helper", "kind": "sister", "sources": sources}],
        "unknowns": [{"id": "colour", "text": "What colour it had.", "sources": sources}],
    }.get(str(path[-1]), sources)
    keeper = PLAIN["biographies"][0]
    plain = {**PLAIN, "biographies": [keeper, {**keeper, "id": "helper"}]}
    files = {**plain, "references": REFERENCES, name: replaced(plain[name], path, value)}
    assert written(tmp_path, files).diagnostics == ()


def test_line_breaks_in_plain_text_are_spaces(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "data")
    for title in (
        "|\n    The lamp\n    goes out",
        ">\n    The lamp\n\n    goes out",
        "The lamp\n    goes out",
    ):
        path = tmp_path / "data" / "chronology.yaml"
        path.write_text((GOOD / "chronology.yaml").read_text().replace("The lamp goes out", title))
        assert model.load(tmp_path).events[0].title == "The lamp goes out"


def test_a_record_that_cannot_be_read_is_not_also_called_unknown(tmp_path: Path) -> None:
    broken = {**PLAIN, "biographies": [{**PLAIN["biographies"][0], "born": "1850-13"}]}
    assert [str(one) for one in written(tmp_path, broken).diagnostics] == [
        "data/biographies.yaml:6: person 'keeper': born '1850-13' has month 13; "
        "months are 01 to 12, seasons and other parts of a year 21 to 41"
    ]


@pytest.mark.parametrize("name", sorted(set(PLAIN) - {"edition"}))
def test_a_file_that_cannot_be_read_leaves_no_other_message(tmp_path: Path, name: str) -> None:
    shutil.copytree(GOOD, tmp_path / "data")
    (tmp_path / "data" / f"{name}.yaml").write_text("- 'open\n")
    assert {one.location.path for one in model.read(tmp_path).diagnostics} == {f"data/{name}.yaml"}


def test_without_its_edition_a_dossier_is_checked_all_the_same(tmp_path: Path) -> None:
    broken = {**PLAIN, "edition": {"title": "The Lamp"}}
    broken["chronology"] = [{**PLAIN["chronology"][0], "people": ["keper"]}]
    loaded = written(tmp_path, broken)
    assert loaded.dossier is None
    messages = [one.message for one in loaded.diagnostics]
    assert "event 'lamp-out': no person 'keper'; did you mean 'keeper'?" in messages


def test_messages_come_in_the_order_of_files_and_lines_and_none_twice(tmp_path: Path) -> None:
    events = [{**PLAIN["chronology"][0], "id": f"e{number}", "people": ["x", "y"]} for number in range(12)]
    found = written(tmp_path, {**PLAIN, "chronology": events}).diagnostics
    assert list(found) == sorted(set(found))
    lines = [one.location.line for one in found if one.location.path == "data/chronology.yaml"]
    assert lines == sorted(lines)
    assert len(lines) == 24


def test_the_nearest_name_is_suggested_and_nothing_far_off() -> None:
    known = ["keeper", "keepers", "board"]
    assert suggest("kepeer", known) == "; did you mean 'keeper'?"
    assert suggest("keeperss", known) == "; did you mean 'keepers'?"
    assert suggest("lantern", known) == ""
    assert suggest("x", ()) == ""
    assert suggest("lamp-1", {"lamp-3", "lamp-2"}) == "; did you mean 'lamp-2'?"


class Dumper(yaml.SafeDumper):
    """Write a value that stands twice out twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(folder: Path, files: dict[str, Any]) -> model.Loaded:
    """Write plain values as a dossier and read it."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    for name, value in files.items():
        text = yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False)
        (data / f"{name}.yaml").write_text(text, "utf-8")
    return model.read(folder)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List the paths of all values below one."""
    children: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    return [path, *(found for key, child in children for found in places(child, (*path, key)))]


def replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """Return a copy with another value at a path."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new) if path[1:] else new
    return copy


ODD_SCALARS = st.sampled_from(
    [
        "", " ", "~", "null", "true", "0", "-1", "1e9", "9" * 400, "NaN", "1900", "1900-13", "[1900,1901]",
        "../..", "/", "24:00", "keeper", "log", "why", "lamp-out", "top", "south", "x" * 70, "É", "a\nb", "*",
        "[a](b)", "[a](person:x)", "http://", "../../etc/passwd", "{}", "%s", "{0}", "\u202e", "\x07", "a4",
        "en-GB", "route", "conjectural",
    ]
)  # fmt: skip
ODD_VALUES = st.recursive(
    ODD_SCALARS | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "lang", "from", "to", "x", ""]), inner, max_size=3)
    ),
    max_leaves=4,
)


@settings(max_examples=120)
@given(st.data())
def test_whatever_stands_in_the_place_of_a_value_there_is_no_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    broken = dict(PLAIN)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(PLAIN)))
        path = data.draw(st.sampled_from(places(broken[name])))
        broken[name] = replaced(broken[name], path, data.draw(ODD_VALUES))
    loaded = written(tmp_path_factory.getbasetemp(), broken)
    assert loaded.dossier is not None or loaded.diagnostics
    for one in loaded.diagnostics:
        assert one.location.path.startswith("data/")
        assert "\n" not in one.message
        assert not one.message.startswith((" ", ":"))


def test_ten_thousand_events_are_read_in_seconds(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "data")
    one = (GOOD / "chronology.yaml").read_text()
    text = (
        "The *lamp* of the [keeper](person:keeper) went **out**, and no boat saw the rocks below the tower."
    )
    record = one.replace("The lamp went out.", f"{text} {text}")
    many = "".join(record.replace("id: lamp-out", f"id: event-{number}") for number in range(10_000))
    (tmp_path / "data" / "chronology.yaml").write_text(many)
    start = time.process_time()
    assert len(model.load(tmp_path).events) == 10_000
    assert time.process_time() - start < 15
