"""What other programs export becomes records that hold, and what does not fit stays in sight as a remark."""

from __future__ import annotations

import json
import shutil
import string
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import validation
from build_scripts.__main__ import main
from build_scripts.imports import references, tables
from build_scripts.imports.entries import Entry, joined, unique
from build_scripts.model.edition import Edition
from build_scripts.model.fields import ID
from build_scripts.model.records import read_list, read_mapping
from build_scripts.model.references import Reference
from build_scripts.source import Source, load

REPO = Path(__file__).parents[1]
BIBTEX = r"""
@article{Nobody_2001:a, author={Nobody, Jane and {von Nowhere}, Otto},
  title={The {Lamp} at \emph{Cape Nowhere}}, journal={Journal of Nothing}, year={2001}, volume=3, number=2,
  pages={3--24}, doi={10.1234/abc.5}, abstract={Nothing}}
@book{memoir, author={Roe, Otto}, title="Keeping the Lamp", publisher={Nobody}, date={1911/1912}}
@misc{odd, title={Odd}, url={ht!tp:/bad}, year={in press}}
"""
RIS = """TY  - NEWS
TI  - Nothing happened
T2  - The Daily Nothing
DA  - 1997/04/22/
ER  - 

TY  - JOUR
AU  - Doe, Jane
TI  - On nothing
PY  - 1999/03
SP  - 1
EP  - 9
ER  - 
"""  # noqa: W291


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REPO / "build_scripts/template", tmp_path / "mine"))


def by_id(entries: list[Entry]) -> dict[str, dict[str, Any]]:
    return {entry.id: entry.values for entry in entries}


def test_bibtex_becomes_sources_with_their_titles_as_typed(tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_text(BIBTEX)
    found = by_id(references.read(tmp_path / "library.bib", {"memoir"}))

    article = found["nobody-2001-a"]
    assert article["title"] == "The Lamp at Cape Nowhere"
    assert article["author"][1] == {"family": "Nowhere", "given": "Otto", "non-dropping-particle": "von"}
    assert (article["page"], article["issued"], article["DOI"]) == ("3-24", "2001", "10.1234/abc.5")
    assert found["memoir-2"]["title"] == "Keeping the Lamp"
    assert found["memoir-2"]["issued"] == "1911/1912"


def test_ris_becomes_sources_with_their_whole_dates(tmp_path: Path) -> None:
    (tmp_path / "library.ris").write_text(RIS)
    news, journal = references.read(tmp_path / "library.ris", set())

    assert (news.values["issued"], news.values["kind"]) == ("1997-04-22", "news")
    assert (journal.values["issued"], journal.values["page"]) == ("1999-03", "1-9")


def test_csl_json_becomes_sources_without_markup(tmp_path: Path) -> None:
    item = {
        "id": "http://zotero.example/items/AB_C",
        "type": "chapter",
        "title": "On <i>nothing</i> &amp; <span class='nocase'>Nowhere</span>",
        "author": [{"given": "Cher"}, {"family": "Doe", "given": "Jane", "suffix": "Jr."}],
        "issued": {"date-parts": [["1911", 8]], "circa": True},
        "original-date": {"date-parts": [[-43, 3, 15]]},
        "event-date": {"date-parts": [[1911]], "season": 2},
        "number-of-frogs": "3",
    }
    (tmp_path / "library.json").write_text(json.dumps([item]))
    (entry,) = references.read(tmp_path / "library.json", set())

    assert entry.values["title"] == "On nothing & Nowhere"
    assert entry.values["author"][0] == {"literal": "Cher"}
    assert entry.values["issued"] == "1911-08~"
    assert entry.values["original-date"] == "-0042-03-15"
    assert entry.values["event-date"] == "1911-22"
    assert entry.remarks == ["number-of-frogs was left out, a dossier has no such key: 3"]


def test_an_import_stops_no_build_and_keeps_what_was_there(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (dossier / "data/references.yaml").read_text()
    (tmp_path / "library.bib").write_text(BIBTEX)
    (tmp_path / "library.ris").write_text(RIS)
    for name in ("library.bib", "library.ris", "library.bib"):
        assert main(["import", str(tmp_path / name), "--dossier", str(dossier)]) == 0
    assert "of which 1 with remarks above them" in capsys.readouterr().out
    after = (dossier / "data/references.yaml").read_text()

    assert after.startswith(before.rstrip())
    assert "# URL was left out, is not an http or https address: ht!tp:/bad" in after
    assert validation.load(dossier).references


KEYS = ["id", "type", "title", "author", "issued", "URL", "DOI", "page", "language", "frog"]
NAMES = st.dictionaries(st.sampled_from(["family", "given", "literal", "x"]), st.text())
DATES = st.fixed_dictionaries({"date-parts": st.lists(st.lists(st.integers() | st.text(max_size=5)))})
VALUES = st.text(max_size=30) | st.integers() | st.lists(NAMES, max_size=3) | DATES | st.none()


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES), max_size=4))
def test_whatever_an_export_holds_the_records_are_accepted(items: list[dict[str, Any]]) -> None:
    entries: list[Entry] = []
    for item in items:
        entries.append(references.converted(item, {entry.id for entry in entries}))
    read = Source("data/references.yaml", yaml.load(joined(entries), Loader=yaml.BaseLoader))

    assert len(read_list(read, Reference, {})) == len(items)
    assert read.diagnostics == []


def edition() -> Edition:
    found = read_mapping(
        load(REPO / "build_scripts/template/data/edition.yaml", "data/edition.yaml"), Edition, {}
    )
    assert found is not None
    return found


def test_a_table_of_events_becomes_events(tmp_path: Path) -> None:
    head = "date,title,people,places,sources"
    row = "1996-12-17T20:10,It began,vera; otto,Port Nullity; Here,doe | p. 3;roe"
    (tmp_path / "events.csv").write_text(f"{head}\n{row}\n")
    (event,) = tables.events(tmp_path / "events.csv", edition(), set())

    assert event.values == {
        "id": "it-began",
        "date": "1996-12-17",
        "time": "20:10",
        "title": "It began",
        "text": "[No text]",
        "period": edition().periods[0].id,
        "people": ["vera", "otto"],
        "places": ["Port Nullity", "Here"],
        "sources": [{"id": "doe", "locator": "p. 3"}, "roe"],
    }
    assert event.remarks == ["text is missing", "period is missing"]


def test_a_table_divided_by_tabs_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text("date\ttitle\n1911\tOne, two; three\n")
    (event,) = tables.events(tmp_path / "events.csv", edition(), set())

    assert (event.values["date"], event.values["title"]) == ("1911", "One, two; three")


def test_a_table_of_people_from_a_spreadsheet_becomes_people(tmp_path: Path) -> None:
    table = "\ufefffamily;given;born;text;sources\r\nRoe;Otto;about 1800;Kept the lamp.;doe\r\n"
    (tmp_path / "people.csv").write_text(table, "utf-8")
    (person,) = tables.people(tmp_path / "people.csv", edition(), {"otto-roe"})

    assert person.id == "otto-roe-2"
    assert person.values["name"] == {"display": "Otto Roe", "family": "Roe", "given": "Otto"}
    assert "born" not in person.values
    assert any(
        one.startswith("born was left out, ") and one.endswith(": about 1800") for one in person.remarks
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("events.csv", "dat,title\n", "events.csv:1: no record has a key 'dat'; did you mean 'date'?"),
        ("events.csv", "", "events.csv: has no line with names of columns"),
        ("events.csv", "date,title\n\n", "events.csv: has no line below the names of columns"),
        ("events.csv", "title,date, title\na,1,b\n", "events.csv:1: has two columns 'title'"),
        ("events.csv", "date,title\n1,a\n1,a, ,b\n", "events.csv:3: has 4 cells, more than the 2 columns"),
        ("events.csv", 'date,title\n1,a\n1,"a\n', "events.csv:3: has a quotation mark that is not closed"),
        ("events.csv", f"date,title\n1,{'a' * 200_000}\n", "events.csv:2: has a cell of more than 131072"),
        ("events.csv", b"date,title\n1,Jos\xe9\n", "events.csv:2: is not UTF-8 text; save the file as UTF-8"),
        ("library.bib", b"\n@book{a, title={Jos\xe9}}", "library.bib:2: is not UTF-8 text"),
        ("library.bib", "", "library.bib: has no sources"),
        ("library.json", "{", "library.json: is no csljson: "),
        ("library.json", "[1]", "library.json: is not a list of CSL items"),
        (
            "library.doc",
            "",
            "'library.doc' is of no form that can be read; those are .bib, .bibtex, .ris, .json, .csv, "
            ".geojson, .zip",
        ),
        (
            "table.csv",
            "date\n",
            "'table.csv' does not say what it holds; say it by --as events or --as people",
        ),
    ],
)
def test_what_cannot_be_imported_is_said_and_nothing_is_added(
    name: str,
    content: str | bytes,
    message: str,
    dossier: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = {path: path.read_bytes() for path in dossier.rglob("*") if path.is_file()}
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)

    assert main(["import", str(tmp_path / name), "--dossier", str(dossier)]) > 0
    assert message in capsys.readouterr().err
    assert {path: path.read_bytes() for path in dossier.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("issued", "value", "remark"),
    [
        ({"date-parts": [["1964", 2]]}, "1964-02", None),
        ({"date-parts": 1964}, "1964?", "issued was typed: date-parts 1964"),
        ({"date-parts": [1964]}, "1964?", "issued was typed: date-parts [1964]"),
        ({"date-parts": [["x"]]}, None, None),
        ({"date-parts": [["about", 1964]]}, "1964?", 'issued was typed: date-parts [["about", 1964]]'),
        ({"date-parts": [[1964.5]]}, "1964?", "issued was typed: date-parts [[1964.5]]"),
        ({"date-parts": [[""]]}, None, None),
        ({"raw": "spring of 1964 or 1965"}, "1964?", "issued was typed: spring of 1964 or 1965"),
        ({"raw": "1964-02-29"}, "1964-02-29", None),
    ],
)
def test_no_date_of_csl_json_is_made_up_or_lost(
    issued: dict[str, Any], value: str | None, remark: str | None
) -> None:
    entry = references.converted({"id": "a", "type": "book", "title": "A", "issued": issued}, set())

    assert entry.values.get("issued") == value
    assert entry.remarks == ([remark] if remark else [])


@given(st.text(), st.sets(st.text(alphabet=string.ascii_lowercase, max_size=3)))
def test_every_text_makes_an_id_that_is_not_taken(text: str, taken: set[str]) -> None:
    name = unique(text, taken, "source")

    assert ID.fullmatch(name)
    assert name not in taken
