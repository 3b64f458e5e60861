"""Nothing is lost: every text and every link of the data stands in each format that claims the whole."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from build_scripts import validation
from build_scripts.model import Dossier
from build_scripts.model.fields import Id
from build_scripts.model.links import mentions
from build_scripts.nodes.text import record_id
from tests import inventions
from tests.conftest import REPO
from tests.leaves import (
    CHECKED_ELSEWHERE,
    NOT_CERTAIN,
    NOT_PRINTED,
    NOT_WANTED,
    index_lines,
    led_to,
    letters,
    of_dossier,
    passages,
    texts,
)

DOSSIERS = {
    path.parent.name: path.parent for path in sorted((Path(__file__).parent / "dossiers").glob("*/data"))
}
LIGHTHOUSE = DOSSIERS["lighthouse"]
PAGED = ("site", "epub")
FORMS = (*PAGED, "pdf")
# A destination lies so far above its line, in points.
ABOVE = 12.0
PLAIN_ID = re.compile(r"[A-Za-z0-9_.:-]+")
# Dossiers by their folders, invented ones by the seeds that they are made from. That of this project takes
# minutes to build and read.
SEARCHED = [
    *(pytest.param(path, id=name) for name, path in DOSSIERS.items()),
    pytest.param(0, id="invented-0"),
    pytest.param(REPO, id="bundled", marks=pytest.mark.whole),
    *(pytest.param(seed, id=f"invented-{seed}", marks=pytest.mark.whole) for seed in range(1, 2)),
    *(pytest.param(seed, id=f"invented-{seed}", marks=pytest.mark.fuzz) for seed in range(4, 6)),
]


@pytest.fixture(scope="module", params=SEARCHED)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if isinstance(request.param, int):
        return inventions.lay_out(tmp_path_factory.mktemp("invented") / "dossier", request.param)
    return Path(request.param)


@pytest.fixture(scope="module")
def left_out(folder: Path) -> frozenset[tuple[str, str]]:
    """Return the keys that the texts of this dossier may lack."""
    return NOT_WANTED if folder in (*DOSSIERS.values(), REPO) else NOT_WANTED | NOT_CERTAIN


@pytest.fixture(scope="module")
def dossier(folder: Path) -> Dossier:
    return validation.load(folder)


@pytest.fixture(scope="module")
def pages(build: Callable[..., Path], folder: Path) -> Callable[[str], list[BeautifulSoup]]:
    """Return a function that gives the documents of the site or of the EPUB."""

    @cache
    def opened(form: str) -> list[BeautifulSoup]:
        if form == "site":
            files = [path.read_bytes() for path in sorted((build("html", folder) / "html").rglob("*.html"))]
        else:
            with zipfile.ZipFile(build("epub", folder) / "epub" / "dossier.epub") as book:
                files = [book.read(name) for name in sorted(book.namelist()) if name.endswith(".xhtml")]
        return [BeautifulSoup(file, "html.parser") for file in files]

    return opened


@pytest.fixture(scope="module")
def shown(
    build: Callable[..., Path], folder: Path, pages: Callable[[str], list[BeautifulSoup]]
) -> Callable[[str], str]:
    """Return a function that gives the letters that a reader of a format meets, passage by passage."""

    @cache
    def read(form: str) -> str:
        if form == "pdf":
            return "\n".join(map(letters, passages(build("pdf", folder) / "pdf" / "dossier.pdf")))
        return "\n".join(letters(page.get_text()) for page in pages(form))

    return read


@pytest.mark.parametrize("form", FORMS)
def test_every_text_of_the_data_stands_in_the_format(
    form: str, dossier: Dossier, shown: Callable[[str], str], left_out: frozenset[tuple[str, str]]
) -> None:
    whole = shown(form)
    lost = [
        f"{leaf.holder} {leaf.path}: {text}"
        for leaf, text in texts(dossier)
        if not leaf.is_among(left_out) and letters(text) not in whole
    ]

    assert not lost, "\n".join(lost)


@pytest.mark.parametrize("form", PAGED)
def test_every_link_of_a_record_stands_in_its_entry(
    form: str, dossier: Dossier, pages: Callable[[str], list[BeautifulSoup]]
) -> None:
    schemes = {id(one): scheme for scheme, found in dossier.by_scheme.items() for one in found.values()}
    entries: dict[str, list[Tag]] = {}
    for page in pages(form):
        for element in page.find_all(id=True):
            # The id of an item in a list of terms stands at its term.
            below = element.find_next_siblings("dd", limit=1) if element.name == "dt" else []
            entries.setdefault(str(element["id"]), []).extend([element, *below])
    lost = []
    for one in mentions(dossier):
        scheme = schemes.get(id(one.holder)) if one.holder is not None else None
        if scheme is None or scheme in ("room", "phase"):
            continue
        name = record_id(scheme, one.holder.id)  # type: ignore[union-attr]
        target = record_id(one.scheme, one.target)
        found = {
            str(link.get("href")).rpartition("#")[2]
            for entry in entries[name]
            for link in entry.find_all("a")
        }
        if target not in found and (type(one.holder).__name__, one.where[0]) not in NOT_PRINTED:
            lost.append(f"{name} {one.where}: {target}")

    assert not lost, "\n".join(lost)


def test_every_link_of_a_record_stands_in_its_entry_on_paper(
    dossier: Dossier, build: Callable[..., Path], folder: Path
) -> None:
    places, links = led_to(build("pdf", folder) / "pdf/dossier.pdf")
    schemes = {id(one): scheme for scheme, found in dossier.by_scheme.items() for one in found.values()}
    begins = sorted(
        places[record_id(scheme, name)]
        for scheme, found in dossier.by_scheme.items()
        for name in found
        if scheme not in ("room", "phase")
    )
    lost = []
    for one in mentions(dossier):
        scheme = schemes.get(id(one.holder)) if one.holder is not None else None
        if scheme is None or scheme in ("room", "phase"):
            continue
        name, target = record_id(scheme, one.holder.id), record_id(one.scheme, one.target)  # type: ignore[union-attr]
        start = places[name]
        page, down = next((place for place in begins if place > start), (math.inf, 0.0))
        found_here = {to for place, to in links if start <= place < (page, down + ABOVE)}
        if target not in found_here and (type(one.holder).__name__, one.where[0]) not in NOT_PRINTED:
            lost.append(f"{name} {one.where}: {target}")

    assert not lost, "\n".join(lost)


def test_site_epub_and_paper_have_the_same_index(
    pages: Callable[[str], list[BeautifulSoup]], build: Callable[..., Path], folder: Path
) -> None:
    """What stands on no page has no number, and no line on paper; every record stands on one."""
    site, epub = (
        [one.get_text() for page in pages(form) for one in page.select(".index-heading")] for form in PAGED
    )
    printed = [letters(line) for line in index_lines(build("pdf", folder) / "pdf/dossier.pdf")]

    assert sorted(site) == sorted(epub)
    assert [one for one in site if not any(line.startswith(letters(one)) for line in printed)] == []
    assert len(printed) == len(site) or not site


def test_the_names_in_the_entry_of_an_event_are_the_same_on_paper(
    pages: Callable[[str], list[BeautifulSoup]], shown: Callable[[str], str]
) -> None:
    lines = [letters(line.get_text()) for page in pages("site") for line in page.select("p.places")]

    assert [line for line in lines if line not in shown("pdf")] == []
    assert [line for line in lines if line not in shown("epub")] == []


def test_every_key_that_names_a_record_is_among_the_mentions(dossier: Dossier) -> None:
    """What `mentions` overlooks is neither checked nor indexed."""
    named = {(one.holder.id if one.holder else "", one.target) for one in mentions(dossier)}
    known = {target for found in dossier.by_scheme.values() for target in found}
    overlooked = {
        leaf.key
        for leaf in of_dossier(dossier)
        if leaf.kind is Id and leaf.value in known and (leaf.holder, leaf.value) not in named
        # An id of one's own names nobody else.
        if leaf.key[1] != "id" or leaf.key[0] == "Cite"
    }

    assert overlooked - CHECKED_ELSEWHERE.keys() == set()


@pytest.mark.parametrize("form", PAGED)
def test_every_id_can_stand_in_an_address_as_it_is(
    form: str, pages: Callable[[str], list[BeautifulSoup]]
) -> None:
    """Words of an author are no id: a percent sign, a space or a quotation mark breaks the link."""
    ids = {str(element["id"]) for page in pages(form) for element in page.find_all(id=True)}

    assert [name for name in ids if not PLAIN_ID.fullmatch(name)] == []


def test_the_lighthouse_has_every_key_that_is_left_out_here() -> None:
    known = {key for leaf in of_dossier(validation.load(LIGHTHOUSE)) for key in leaf.path}

    assert {*NOT_WANTED, *CHECKED_ELSEWHERE} - known == set()
