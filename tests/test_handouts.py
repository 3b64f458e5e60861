"""What is printed and given away: each sheet on both papers, and the order of the pages of a booklet."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import get_args

import pdfplumber
import pikepdf
import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import validation
from build_scripts.commands import citations
from build_scripts.handouts import HANDOUTS, shown
from build_scripts.judges import IMPOSED, TAGGED
from build_scripts.model.biographies import Person
from build_scripts.model.edition import HANDOUTS as NAMES
from build_scripts.model.edition import Paper
from build_scripts.nodes.citations import Citations
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import answer_text
from build_scripts.pdf.imposition import Side, sides
from build_scripts.pdf.style import PAPERS_MM
from build_scripts.pdf.tree import tree_text
from build_scripts.places import Places
from build_scripts.printing import context_of

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests" / "dossiers" / "lighthouse"
PAPERS = get_args(Paper)
MM = 72 / 25.4


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """Give the context of the second dossier."""
    at = Places(LIGHTHOUSE, tmp_path_factory.mktemp("handouts"))
    citations.run(at)
    return context_of(validation.load(LIGHTHOUSE), Citations.load(at.citations))


@pytest.fixture(scope="module")
def made(ctx: Context) -> dict[tuple[str, str], bytes]:
    """Give every handout by name and paper."""
    return {(name, paper): make(ctx, paper) for name, make in HANDOUTS.items() for paper in PAPERS}


def texts(data: bytes) -> list[str]:
    """Return the text of each page."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        return [" ".join((page.extract_text() or "").split()) for page in pdf.pages]


def test_the_edition_may_name_every_handout_that_there_is() -> None:
    assert set(NAMES) == HANDOUTS.keys()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_handout_stands_before_every_judge(
    name: str, paper: str, made: dict[tuple[str, str], bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(made[name, paper])
    judges = IMPOSED if name == "booklet" else TAGGED

    assert [fault for judge in judges if judge.is_installed for fault in judge.faults(path)] == []


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_handout_is_as_large_as_its_paper(
    name: str, paper: str, made: dict[tuple[str, str], bytes]
) -> None:
    width, height = (side * MM for side in PAPERS_MM[paper])
    expected = (height, width) if name == "booklet" else (width, height)

    with pikepdf.open(BytesIO(made[name, paper])) as pdf:
        boxes = {tuple(round(float(value)) for value in page.mediabox[2:]) for page in pdf.pages}
    assert boxes == {tuple(round(value) for value in expected)}


def test_a_handout_made_twice_has_the_same_bytes(ctx: Context, made: dict[tuple[str, str], bytes]) -> None:
    assert [name for name in NAMES if HANDOUTS[name](ctx, "a4") != made[name, "a4"]] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "booklet"])
def test_every_printed_page_says_where_it_comes_from_and_is_read_out_once(
    name: str, made: dict[tuple[str, str], bytes]
) -> None:
    pages = [text for text in texts(made[name, "a4"]) if text]
    with pikepdf.open(BytesIO(made[name, "a4"])) as pdf:
        last = tree_text(pdf).splitlines()[-1]

    assert all("From “The Lamp at Cape Nowhere”" in text and "CC0-1.0" in text for text in pages)
    assert last.startswith("  P ")


def said(data: bytes) -> str:
    """Return the text of a file in the order in which it is drawn, without the foot of each page."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"From “[^”]+”, edition of .*?c0de ?", "", " ".join(done.stdout.decode().split()))


def wrapped(text: str) -> str:
    """Return a pattern of a text, wherever its lines end."""
    return r"\s*".join(map(re.escape, "".join(text.split())))


RESTING = ("one-page", "one-page-large-print", "people", "people-large-print", "booklet")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", RESTING)
def test_every_source_of_what_a_handout_shows_can_be_found_on_it(
    name: str, paper: str, ctx: Context, made: dict[tuple[str, str], bytes]
) -> None:
    text = said(made[name, paper])
    records = shown.RECORDS[name.removesuffix("-large-print")](ctx.dossier)
    titles = [one.name.display if isinstance(one, Person) else one.title for one in records]

    assert records
    for title, record in zip(titles, records, strict=True):
        expected = {cite.id for cite in record.sources}
        led = re.search(rf"{wrapped(title)}(?:(?!Sources?\s\d).)*Sources?\s([\d,\s]+)\.", text)
        assert led, title
        for number, cited in zip(led[1].split(","), numbered(ctx, expected, text), strict=True):
            assert int(number) == cited


def numbered(ctx: Context, ids: set[str], text: str) -> list[int]:
    """Return the numbers under which sources are listed with their titles."""
    found = []
    for one in ids:
        entry = wrapped(f"{ctx.citations.label_text(one)}: {ctx.dossier.reference(one).title}")
        match = re.search(rf"(?<!\d)(\d+)\s+{entry}", text)
        assert match, one
        found.append(int(match[1]))
    return sorted(found)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", RESTING)
def test_every_question_that_is_open_is_shown_with_each_answer_and_who_gives_it(
    name: str, paper: str, ctx: Context, made: dict[tuple[str, str], bytes]
) -> None:
    text = said(made[name, paper])
    records = shown.RECORDS[name.removesuffix("-large-print")](ctx.dossier)
    asked = shown.questions(ctx.dossier, records)

    assert asked
    for number, account in enumerate(asked, start=1):
        answers = "".join(
            rf"\s*–\s*{wrapped(inlined(answer_text(ctx, account, one)))}\s*{wrapped(f'({one.said_by})')}"
            rf"\s*\[{', '.join(map(str, numbered(ctx, {cite.id for cite in one.sources}, text)))}\]"
            + (rf"\s*{wrapped(ctx.words('account-adopted'))}" if one.id == account.adopted else "")
            for one in account.answers
        )
        assert re.search(rf"(?<!\d){number}\s+{wrapped(account.question)}{answers}", text), account.id


def inlined(content: list[nodes.Node]) -> str:
    return "".join(node.astext() for node in content)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_story_stands_on_one_page_and_its_sources_begin_on_the_back(
    paper: str, ctx: Context, made: dict[tuple[str, str], bytes]
) -> None:
    principal = [event for event in ctx.dossier.events if event.weight == "3"]
    front, back, *_ = texts(made["one-page", paper])

    assert len(re.findall(r"Sources? \d", front)) == len(principal)
    assert "Accounts differ on questions 1, 2." in front
    assert all(" ".join(event.title.split()) in front for event in principal)
    assert back.startswith("Sources 1 ")


def test_a_sheet_on_accounts_has_its_question_in_front_and_the_answer_behind(
    ctx: Context, made: dict[tuple[str, str], bytes]
) -> None:
    pages = texts(made["accounts", "a4"])
    accounts = ctx.dossier.accounts

    assert len(pages) == 2 * len(accounts)
    for account, front, back in zip(accounts, pages[::2], pages[1::2], strict=True):
        assert front.startswith(f"Accounts differ {' '.join(account.question.split())}")
        assert all(" ".join(answer.said_by.split())[:12] in front for answer in account.answers)
        assert ("This dossier goes by none" in back) == (account.adopted is None)
        assert "goes by" not in front


def test_the_cards_are_of_those_who_have_more_than_a_short_entry(
    ctx: Context, made: dict[tuple[str, str], bytes]
) -> None:
    text = " ".join(texts(made["people", "a4"]))

    for person in ctx.dossier.people:
        assert (person.name.display in text) == (not person.minor)


def middles(page: pdfplumber.page.Page, people: Sequence[Person]) -> dict[str, tuple[int, int]]:
    """Return in which row and column of a page of cards each person is named first."""
    found = {}
    for person in people:
        for match in page.search(re.escape(person.name.display))[:1]:
            found[person.id] = (int(match["top"] * 4 // page.height), int(match["x0"] * 2 // page.width))
    return found


@pytest.mark.parametrize("paper", PAPERS)
def test_the_back_of_a_card_lies_behind_it_and_names_every_source(
    paper: str, ctx: Context, made: dict[tuple[str, str], bytes]
) -> None:
    people = shown.people(ctx.dossier)
    with pdfplumber.open(BytesIO(made["people", paper])) as pdf:
        leaves = -(-len(people) // 8)
        for leaf in range(leaves):
            front, back = pdf.pages[2 * leaf : 2 * leaf + 2]
            there = middles(front, people)
            assert there
            assert middles(back, people) == {one: (row, 1 - column) for one, (row, column) in there.items()}
            text = squeezed(back.extract_text())
            for name in there:
                person = ctx.dossier.person(name)
                half = back.width / 2 * (1 - there[name][1])
                text = squeezed(back.crop((half, 0, half + back.width / 2, back.height)).extract_text())
                for cite in person.sources:
                    assert squeezed(ctx.citations.label_text(cite.id)) in text
                for account in person.accounts:
                    assert squeezed(ctx.dossier.account(account).question) in text


def test_the_back_of_a_card_names_its_person_however_much_stands_on_it(ctx: Context) -> None:
    dossier = ctx.dossier
    person = shown.people(dossier)[0]
    long = {"question": "Who was it, " + "and if not, who else, " * 30 + "who?"}
    asked = {"accounts": tuple(one.id for one in dossier.accounts)}
    crowded = replace(
        dossier,
        accounts=tuple(one.model_copy(update=long) for one in dossier.accounts),
        people=tuple(one.model_copy(update=asked) if one == person else one for one in dossier.people),
    )

    with pdfplumber.open(BytesIO(HANDOUTS["people"](replace(ctx, dossier=crowded), "a4"))) as pdf:
        assert person.name.display in pdf.pages[1].extract_text()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("paper", PAPERS)
def test_the_marks_to_cut_at_hold_on_both_sides_of_a_leaf(
    paper: str, made: dict[tuple[str, str], bytes]
) -> None:
    def marks(page: pdfplumber.page.Page, *, turned: bool) -> set[tuple[float, ...]]:
        ends = ((line["x0"], line["x1"], line["top"], line["bottom"]) for line in page.lines)
        if turned:
            ends = ((page.width - right, page.width - left, *rest) for left, right, *rest in ends)
        return {tuple(round(float(one), 1) for one in end) for end in ends}

    with pdfplumber.open(BytesIO(made["people", paper])) as pdf:
        front, back = pdf.pages[:2]
        assert marks(front, turned=False)
        assert marks(front, turned=False) == marks(back, turned=True)


@pytest.mark.parametrize("name", ["one-page", "people", "booklet", "accounts", "questions"])
def test_nothing_on_a_handout_is_too_small_to_be_read_from_a_copy(
    name: str, made: dict[tuple[str, str], bytes]
) -> None:
    with pdfplumber.open(BytesIO(made[name, "letter"])) as pdf:
        # Ideographs fill more of their size than letters do and are set a little smaller beside them.
        sizes = [char["size"] for page in pdf.pages for char in page.chars if char["text"] < "\u2e80"]
    assert min(sizes) > 7.45


def test_a_plan_has_a_page_for_every_storey_with_its_description(
    ctx: Context, made: dict[tuple[str, str], bytes]
) -> None:
    assert ctx.dossier.plan is not None
    with pikepdf.open(BytesIO(made["plan", "letter"])) as pdf:
        tree = tree_text(pdf)
        assert len(pdf.pages) == len(ctx.dossier.plan.storeys) == tree.count("Figure ")


@pytest.mark.parametrize("name", ["one-page-large-print", "people-large-print"])
def test_nothing_in_large_print_is_smaller_than_18_points(
    name: str, made: dict[tuple[str, str], bytes]
) -> None:
    with pdfplumber.open(BytesIO(made[name, "a4"])) as pdf:
        sizes = {round(char["size"], 1) for page in pdf.pages for char in page.chars}

    assert min(sizes) >= 17.9


def test_an_imposed_file_claims_no_standard_and_says_what_it_is_for(
    made: dict[tuple[str, str], bytes],
) -> None:
    with pikepdf.open(BytesIO(made["booklet", "a4"])) as pdf:
        assert "/Metadata" not in pdf.Root
        assert "/StructTreeRoot" not in pdf.Root
        assert "/MarkInfo" not in pdf.Root
        assert "not for reading on a screen" in str(pdf.docinfo["/Subject"])
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        marked = [
            instruction.operator
            for page in pdf.pages
            for form in page.Resources.XObject.values()
            for instruction in pikepdf.parse_content_stream(form)
            if str(instruction.operator) in {"BDC", "BMC", "EMC"}
        ]
    assert marked == []


# --- Imposition ---

SHEETS = st.integers(min_value=1, max_value=400)


@given(SHEETS)
def test_each_page_is_imposed_once(count: int) -> None:
    numbers = [
        number for side in sides(count, 0.1) for number in (side.left, side.right) if number is not None
    ]
    assert sorted(numbers) == list(range(1, count + 1))


@given(SHEETS)
def test_the_two_pages_of_a_side_sum_to_one_more_than_all(count: int) -> None:
    whole = -(-count // 4) * 4
    for side in sides(count, 0.1):
        if side.left is not None and side.right is not None:
            assert side.left + side.right == whole + 1


@given(SHEETS, st.floats(min_value=0, max_value=1))
def test_creep_never_decreases_from_the_outer_to_the_inner_sheet(count: int, caliper: float) -> None:
    creeps = [side.creep for side in sides(count, caliper)]

    assert creeps == sorted(creeps)
    assert creeps[0] == 0
    assert creeps[::2] == creeps[1::2]


def test_eight_pages_make_two_sheets() -> None:
    assert list(sides(8, 2.0)) == [Side(8, 1, 0.0), Side(2, 7, 0.0), Side(6, 3, 2.0), Side(4, 5, 2.0)]
