"""Cases that dossiers of others brought up, each laid out in the template and read as a reader reads it."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
import yaml
from bs4 import BeautifulSoup

from build_scripts import validation
from build_scripts.commands import book, citations, fonts
from build_scripts.diagnostics import ProblemsFound, warnings_report
from build_scripts.nodes.citing import pandoc
from build_scripts.nodes.citing.marks import plain
from build_scripts.nodes.dates import date
from build_scripts.places import Places
from build_scripts.words import Words

TEMPLATE = Path(__file__).parents[1] / "build_scripts/template"
CHAPTER = "book/chapters/01-first-chapter.rst"
AMERICAN = {"citation_style": "chicago-author-date-16th-edition"}
SEVENTEENTH = {"citation_style": "chicago-author-date-17th-edition"}
NOTES = {"citation_style": "chicago-notes-bibliography"}
MLA = {"citation_style": "modern-language-association"}
ELM, FIR = {"family": "Elm", "given": "Eve"}, {"family": "Fir", "given": "Max Otto"}

Record = dict[str, object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the template dossier into a temporary folder."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "dossier"))


def add(folder: Path, name: str, *records: Record) -> None:
    """Put records at the end of a data file."""
    path = folder / f"data/{name}.yaml"
    path.write_text(f"{path.read_text('utf-8')}\n{yaml.safe_dump(list(records))}", "utf-8")


def edit(folder: Path, **keys: object) -> None:
    """Put keys into the edition."""
    path = folder / "data/edition.yaml"
    if keys:
        path.write_text(f"{path.read_text('utf-8')}\n{yaml.safe_dump(keys)}", "utf-8")


def write(folder: Path, text: str) -> int:
    """Put text at the end of the chapter and return the number of its first line."""
    path = folder / CHAPTER
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{text}\n", "utf-8")
    return before.count("\n") + 2


def source(**keys: object) -> Record:
    """Return a source that a chapter can cite."""
    return {"id": "the-source", "kind": "book", "read": "part", **keys}


def cited(folder: Path, *sources: Record, **edition: object) -> dict[str, tuple[str, str]]:
    """Return the label and the entry of sources of a dossier that cites them, as the command makes them."""
    add(folder, "references", *sources)
    edit(folder, **edition)
    write(folder, "\n\n".join(f"Said.\\ :cite:`{one['id']}`" for one in sources))
    places = Places(folder, folder / "build")
    citations.run(places)
    found = json.loads(places.citations.read_text("utf-8"))
    return {name: (plain(one["label"]), plain(one["entry"])) for name, one in found.items()}


def said(folder: Path) -> list[str]:
    """Return what the check says of a dossier."""
    try:
        validation.check(folder)
    except ProblemsFound as problems:
        return str(problems).splitlines()[:-1]
    return []


# --- sources ---

PAGES = {"type": "article-journal", "title": "Fog", "author": [ELM], "container-title": "Rain", "volume": "4"}


@pytest.mark.parametrize(
    ("keys", "edition", "label", "entry"),
    [
        (
            PAGES | {"issued": "1998", "page": "8-41"},
            MLA,
            "Elm",
            "Elm, Eve. “Fog.” Rain, vol. 4, 1998, pp. 8–41.",
        ),
        (
            PAGES | {"issued": "1998", "page": "96-113"},
            MLA,
            "Elm",
            "Elm, Eve. “Fog.” Rain, vol. 4, 1998, pp. 96–113.",
        ),
        (
            PAGES | {"issued": "1998", "page": "481-83"},
            MLA,
            "Elm",
            "Elm, Eve. “Fog.” Rain, vol. 4, 1998, pp. 481–83.",
        ),
        (
            {
                "type": "post",
                "title": "Hail",
                "author": [ELM],
                "container-title": "Talk",
                "issued": "1999-05-31",
            },
            NOTES,
            "Elm, “Hail.”",
            "Elm, Eve. “Hail.” In Talk. May 31, 1999.",
        ),
        (
            {"type": "book", "title": "Storms", "editor": [ELM, FIR], "publisher": "Quay", "issued": "1950"},
            AMERICAN,
            "Elm and Fir 1950",
            "Elm, Eve, and Max Otto Fir, eds. 1950. Storms. Quay.",
        ),
        (
            {"type": "webpage", "title": "About Hail", "issued": "2024", "URL": "https://example.org/hail"},
            AMERICAN,
            "“About Hail” 2024",
            "“About Hail.” 2024. https://example.org/hail.",
        ),
        (
            {"type": "legal_case", "title": "Rain v. Snow", "authority": "Court of Fog", "issued": "1972"},
            AMERICAN,
            "Rain v. Snow 1972",
            "Rain v. Snow. 1972. Court of Fog.",
        ),
        (
            {"type": "legislation", "title": "Hail Act", "container-title": "Code of Fog", "issued": "2002"},
            AMERICAN,
            "Hail Act 2002",
            "Hail Act. 2002. Code of Fog.",
        ),
        (PAGES | {"issued": "1953"}, AMERICAN, "Elm 1953", "Elm, Eve. 1953. “Fog.” Rain 4."),
        (
            PAGES | {"title": "Whose Fog?", "issued": "1954"},
            AMERICAN,
            "Elm 1954",
            "Elm, Eve. 1954. “Whose Fog?” Rain 4.",
        ),
        (
            {"type": "book", "title": "Clouds", "author": [{"literal": "Nephele"}], "issued": "-0209"},
            AMERICAN,
            "Nephele 210 BC",
            "Nephele. 210 BC. Clouds.",
        ),
        (
            {"type": "book", "title": "Sleet", "author": [ELM, FIR], "publisher": "Quay", "issued": "2023"},
            SEVENTEENTH,
            "Elm and Fir 2023",
            "Elm, Eve, and Max Otto Fir. 2023. Sleet. Quay.",
        ),
        (
            PAGES | {"issued": "1953", "DOI": "10.1234/fog", "URL": "https://doi.org/10.1234/fog"},
            AMERICAN,
            "Elm 1953",
            "Elm, Eve. 1953. “Fog.” Rain 4. https://doi.org/10.1234/fog.",
        ),
        (
            {
                "type": "book",
                "title": "Dew",
                "author": [
                    ELM | {"suffix": "Jr.", "comma-suffix": "true"},
                    {"family": "Gale", "given": "Ivo", "non-dropping-particle": "de"},
                    {"family": "Hoar", "given": "Una", "dropping-particle": "van"},
                ],
                "issued": "1962",
            },
            AMERICAN,
            "Elm, de Gale, and Hoar 1962",
            "Elm, Eve, Jr., Ivo de Gale, and Una van Hoar. 1962. Dew.",
        ),
    ],
)
def test_a_source_is_cited_and_listed_as_its_style_has_it(
    folder: Path, keys: Record, edition: dict[str, str], label: str, entry: str
) -> None:
    assert cited(folder, source(**keys), **edition)["the-source"] == (label, entry)


def test_judgments_of_a_court_in_a_year_need_no_letters(folder: Path) -> None:
    court = {"type": "legal_case", "authority": "Court of Fog", "issued": "1972", "kind": "court"}
    names = {"one": "Rain v. Snow", "two": "Sleet v. Hail"}
    found = cited(folder, *(source(**court | {"id": id, "title": title}) for id, title in names.items()))

    assert [found[id][0] for id in names] == ["Rain v. Snow 1972", "Sleet v. Hail 1972"]


def test_a_dropping_particle_is_not_sorted_by(folder: Path) -> None:
    hoar = {"family": "Hoar", "given": "Una", "dropping-particle": "van"}
    fir = {"family": "Thaw", "given": "Ole"}
    book = {"type": "book", "title": "Dew", "issued": "1962"}
    found = cited(
        folder, source(id="thaw", author=[fir], **book), source(id="hoar", author=[hoar], **book), **AMERICAN
    )

    assert [name for name in found if name in {"thaw", "hoar"}] == ["hoar", "thaw"]
    assert found["hoar"][1].startswith("Hoar, Una van.")


def test_the_letter_of_a_doubtful_year_stands_beside_the_year(folder: Path) -> None:
    page = {"type": "webpage", "container-title": "A Site", "issued": "1997~", "kind": "web"}
    found = cited(folder, source(id="one", title="Fog", **page), source(id="two", title="Hail", **page))

    assert [found[name][0] for name in ("one", "two")] == ["A Site [c. 1997a]", "A Site [c. 1997b]"]
    assert found["two"][1].startswith("A Site. [c. 1997b]. “Hail.”")


def test_a_style_that_prints_nothing_of_a_source_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pandoc.run

    def mute(*arguments: object) -> pandoc.Run:
        run = whole(*arguments)  # type: ignore[arg-type]
        return replace(run, first={**run.first, "second-source": "()"})

    monkeypatch.setattr(pandoc, "run", mute)
    with pytest.raises(ProblemsFound) as problems:
        citations.run(Places(folder, folder / "build"))

    assert re.match(
        r"data/references\.yaml:[0-9]+: reference 'second-source': citation_style '.+' prints nothing of it",
        str(problems.value),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
        ("modern-humanities-research-association", "mhra-notes"),
        ("mla", "modern-language-association"),
        ("iso-690", "iso690-author-date-en"),
    ],
)
def test_an_old_name_of_a_style_leads_to_the_new_one(folder: Path, old: str, new: str) -> None:
    edit(folder, citation_style=old)

    assert any(line.endswith(f"did you mean '{new}'?") for line in said(folder))


# --- dates and names ---


def event(id: str, date: str, **keys: object) -> Record:
    return {"id": id, "date": date, "title": "It rains", "text": "It rained.", "period": "first-period",
            "sources": ["first-source"], **keys}  # fmt: skip


def test_an_event_before_a_date_stands_at_that_date_and_one_without_a_year_last(folder: Path) -> None:
    dates = ["[..1797]", "../1797", "1743-04-05", "1768", "[1801..]", "XXXX-12-XX", "156X-12-25"]
    add(folder, "chronology", *(event(f"e{number}", text) for number, text in enumerate(dates)))
    dossier = validation.load(folder)
    english = Words("en-GB")

    told = [date(one.date, english) for one in dossier.events if re.fullmatch(r"e[0-9]", one.id)]

    assert told[0] == "25 December of an unknown year in the 1560s"
    assert told[1:3] == ["5 April 1743", "1768"]
    assert sorted(told[3:5]) == ["1797 or earlier", "until 1797"]
    assert told[5:] == ["1801 or later", "December of an unknown year"]


def test_two_families_a_letter_apart_are_warned_of_until_they_are_declared_different(folder: Path) -> None:
    name = {"display": "Eve Green", "family": "Green", "given": "Eve"}
    person = {
        "id": "eve-green",
        "name": name,
        "group": "others",
        "minor": "true",
        "text": "She measured rain.",
    }
    add(folder, "biographies", person | {"sources": ["first-source"]})
    add(folder, "chronology", event("hail", "1900-02-01", text="Hail fell on Greene."))

    assert "different_names: [[Greene, Green]]" in warnings_report(validation.check(folder).warnings)

    edit(folder, different_names=[["Greene", "Green"]])
    assert "Greene" not in warnings_report(validation.check(folder).warnings)


# --- plans ---

SIDES = {"south": [0, 0, 9, 0], "east": [9, 0, 9, 9], "north": [9, 9, 0, 9], "west": [0, 9, 0, 0]}


def square(low: int, high: int) -> list[list[int]]:
    return [[low, low], [high, low], [high, high], [low, high]]


def plan(**holes: object) -> Record:
    """Return the plan of a hall around a core."""
    seen = {"certainty": "documented", "sources": ["first-source"]}
    walls = [
        {"id": id, "from": [x, y], "to": [to_x, to_y], "thickness_m": 0.3, **seen}
        for id, (x, y, to_x, to_y) in SIDES.items()
    ]
    door = {"id": "gate", "wall": "south", "at_m": 4, "width_m": 1, "kind": "door", "hinge": "from", **seen}
    rooms = [
        {"id": "hall", "title": "Hall", "polygon": square(0, 9), **seen, **holes},
        {"id": "core", "title": "Core", "open": "true", "polygon": square(3, 6), **seen},
    ]
    storey = {"id": "ground", "title": "Ground", "level_m": 0, "height_m": 3}
    return {
        "name": "The hall",
        "status": "reconstruction",
        "location": {"lat": 51.5, "lon": -5.1, "accuracy_m": 20, "sources": ["first-source"]},
        "storeys": [storey | {"walls": walls, "openings": [door], "rooms": rooms}],
    }


def test_a_room_around_a_core_leaves_it_out_by_holes(folder: Path) -> None:
    path = folder / "data/floor_plan.yaml"
    path.write_text(json.dumps(plan()), "utf-8")
    assert any(
        "room 'core': lies in room 'hall'; leave it out of that one by 'holes'" in one for one in said(folder)
    )

    path.write_text(json.dumps(plan(holes=[square(3, 6)])), "utf-8")
    assert not any("room '" in one for one in said(folder))


# --- chapters ---


def test_entries_for_the_index_are_in_every_form_of_the_book(folder: Path) -> None:
    write(
        folder,
        ".. index:: single: hail; large\n\nIt :index:`thawed <single: thaw; late>`.\\ :cite:`first-source`",
    )
    page = folder / "book/index-of-all.rst"
    page.write_text("Index\n=====\n\n.. dossier:index::\n", "utf-8")
    order = folder / "book/index.rst"
    order.write_text(order.read_text("utf-8").rstrip() + "\n   index-of-all\n", "utf-8")
    places = Places(folder, folder / "build")
    citations.run(places)
    fonts.run(places)
    for form in ("pdf", "html", "epub"):
        book.run(places, form)

    site = BeautifulSoup((places.build / "html/index-of-all.html").read_text("utf-8"), "lxml").get_text(" ")
    with zipfile.ZipFile(next(places.build.rglob("*.epub"))) as epub:
        leaf = BeautifulSoup(
            epub.read(next(n for n in epub.namelist() if n.endswith("index-of-all.xhtml"))), "xml"
        )
    with pdfplumber.open(places.build / "pdf/dossier.pdf") as pdf:
        paper = pdf.pages[-1].extract_text() + pdf.pages[-2].extract_text()
    for text in (site, leaf.get_text(" "), paper):
        assert re.search(r"hail, large", text)
        assert re.search(r"thaw, late", text)


def test_what_no_form_can_set_is_refused_with_file_and_line(folder: Path) -> None:
    lines = [
        ".. todo:: Ask.",
        "It :odd:`rained`.\\ :cite:`first-source`",
        "See :ref:`nowhere` and :doc:`missing`.\\ :cite:`first-source`",
        ".. image:: gone.png\n   :alt: Rain",
        ".. glossary::\n\n   rain\n      Water.",
        ".. math:: a = b",
    ]
    first = write(folder, "\n\n".join(lines))
    starts = [first + "\n\n".join([*lines[:number], ""]).count("\n") for number in range(len(lines))]
    said_of = {
        0: ["'todo' cannot be used"],
        1: ["there is no role 'odd'"],
        2: ["there is no label 'nowhere'", "there is no page 'missing'"],
        3: ["there is no image 'chapters/gone.png'"],
        4: ["terms go into data/glossary.yaml"],
        5: ["'math' cannot be used"],
    }

    found = [one for one in said(folder) if one.startswith("book/")]

    expected = [f"{CHAPTER}:{starts[number]}: {text}" for number, texts in said_of.items() for text in texts]
    assert len(found) == len(expected)
    assert all(one.startswith(text) for one, text in zip(found, expected, strict=True))
