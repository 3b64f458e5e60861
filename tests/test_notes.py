"""Notes of any length begin on the page of their number, go on on the next ones, and are set whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import outloud
import page
import pdfplumber
import pikepdf
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.pdf.archival import Info
from build_scripts.pdf.book import Kit, write_document
from build_scripts.pdf.context import Wording
from build_scripts.pdf.style import Sheet, sheet

INFO = Info(
    title="T",
    subtitle="",
    language="en",
    identifier="urn:x:notes",
    modified="2020-02-29",
    creators=("A. B.",),
)
WORDING = Wording(
    contents="Contents",
    figures="Figures",
    index="Index",
    note="Note {label}",
    back="Back to {label}",
    page="p. {page}",
    admonitions={"note": "Note"},
)
SHEETS = {
    "standard": sheet(),
    "large print": sheet(edition="large-print"),
    "letter": sheet(paper="letter"),
}
LOW = replace(sheet(), geometry=replace(sheet().geometry, bottom=sheet().geometry.bottom + 450))
"""A page so low that few words fill it."""
PAGE = 200
"""More words than a low page holds."""


def drawn(*_: object) -> None:
    """Draw nothing: the notes have no pictures."""


def write(text: str, paper: Sheet = LOW) -> bytes:
    """Set a chapter."""
    quiet = {"report_level": 5, "halt_level": 5, "doctitle_xform": False}
    document = publish_doctree(text, source_path="book/notes.rst", settings_overrides=quiet)
    assert not list(document.findall(nodes.problematic))
    return write_document(document, INFO, Kit(sheet=paper, wording=WORDING, draw=drawn)).data


def words(name: str, count: int) -> list[str]:
    """Return words that stand nowhere else, and that no line end divides."""
    return [f"{name}w{number}." for number in range(count)]


def lines(name: str, count: int) -> str:
    """Return such words in lines that may stand at the margin and below the text of a note."""
    return "\n   ".join(words(name, count))


def notes(lengths: Sequence[int], *, first: int = 1) -> str:
    """Return notes of so many words."""
    return "\n".join(
        f".. [{number}] {lines(f'n{number}', length)}" for number, length in enumerate(lengths, start=first)
    )


def pages(data: bytes) -> list[str]:
    """Return the letters of each page in the order in which they are drawn; none stands on another."""
    texts = []
    with pdfplumber.open(BytesIO(data)) as pdf:
        for leaf in pdf.pages:
            letters = [char for char in leaf.chars if char["text"].strip()]
            places = {(round(char["x0"], 1), round(char["top"], 1)) for char in letters}
            assert len(places) == len(letters)
            assert all(char["bottom"] < leaf.height - 20 for char in letters)
            texts.append("".join(char["text"] for char in letters))
    return texts


def check(leaves: Sequence[str], lengths: Sequence[int]) -> None:
    """Check that each note is set whole, once and in order."""
    text = " ".join(leaves)
    for number, length in enumerate(lengths, start=1):
        assert re.findall(rf"n{number}w\d+\.", text) == words(f"n{number}", length)


def faults(data: bytes, folder: Path) -> list[str]:
    """Return what the judges of PDF/A and PDF/UA find."""
    path = folder / "judged.pdf"
    path.write_bytes(data)
    said = [
        failure.message
        for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
    ]
    said += [finding.message for finding in outloud.check(str(path)).findings if finding.severity == "error"]
    with pikepdf.open(BytesIO(data)) as pdf:
        return said + list(pdf.check_pdf_syntax())


HOLDERS = {
    "a line": "{cites} Text.",
    "a quotation": "   {cites} Text.",
    "a list": "- One.\n- {cites} Two.\n- Three.",
    "a term": "{cites} Term\n   Definition.",
    "a definition": "Term\n   {cites} Definition.",
    "a field": ":Name: {cites} Value.",
    "a table": ".. list-table::\n\n   * - A\n     - B\n   * - {cites}\n     - D\n   * - E\n     - F",
    "a head": ".. list-table::\n   :header-rows: 1\n\n   * - {cites}\n     - B\n   * - C\n     - D",
    "a box": ".. note::\n\n   {cites} Text.",
    "a heading": "{cites} Heading\n" + "=" * 200 + "\n\nText.",
    "verse": "| One.\n| {cites} Two.",
}
"""Everything that may cite a note."""


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize(
    "lengths", [[3 * PAGE], [PAGE // 3] * 10], ids=["one of three pages", "ten in a line"]
)
def test_notes_longer_than_a_page_are_set_whole_wherever_they_are_cited(
    holder: str, lengths: list[int]
) -> None:
    cites = " ".join(f"[{number}]_" for number in range(1, len(lengths) + 1))
    text = f"Before.\n\n{HOLDERS[holder].format(cites=cites)}\n\nAfter.\n\n{notes(lengths)}\n"

    check(pages(write(text)), lengths)


@pytest.mark.parametrize("edition", SHEETS)
def test_a_note_that_goes_on_begins_on_the_page_of_its_number_in_every_edition(
    edition: str, tmp_path: Path
) -> None:
    length = 1000
    before, after = (lines(name, 300).replace("   ", "") for name in "tu")
    data = write(f"{before} [1]_\n{after}\n\n{notes([length])}\n", SHEETS[edition])
    leaves = pages(data)
    cited = next(number for number, leaf in enumerate(leaves) if "tw299." in leaf)

    assert "n1w0." in leaves[cited]
    assert all("n1w" in leaf for leaf in leaves[cited : cited + 2])
    check(leaves, [length])
    assert faults(data, tmp_path) == []


@pytest.mark.parametrize("edition", SHEETS)
def test_the_number_of_a_note_stands_in_one_line(edition: str) -> None:
    data = write("Text [1]_ [10]_ [123]_.\n\n.. [1] One.\n.. [10] Ten.\n.. [123] More.\n", SHEETS[edition])

    with pdfplumber.open(BytesIO(data)) as pdf:
        lines = pdf.pages[0].extract_text().splitlines()
    assert {"1 One.", "10 Ten.", "123 More."} <= set(lines)


def test_notes_cited_in_notes_follow_them_whole() -> None:
    inner, outer = lines("n2", PAGE), lines("n1", PAGE)
    data = write(f"Text [1]_.\n\n.. [1] {outer} [2]_\n.. [2] {inner}\n")

    check(pages(data), [PAGE, PAGE])


def test_a_note_of_lists_tables_and_literal_text_goes_on_as_well(tmp_path: Path) -> None:
    items = "\n".join(f"   - n1w{number}." for number in range(200))
    rows = "\n".join(f"      * - n2w{number}.\n        - x" for number in range(100))
    log = "\n".join(f"      n3w{number}." for number in range(100))
    blocks = (f"List:\n\n{items}", f"Table:\n\n   .. list-table::\n\n{rows}", f"Log:\n\n   ::\n\n{log}")
    parts = [f".. [{number}] {block}" for number, block in enumerate(blocks, start=1)]
    data = write("\n\n".join(["Text [1]_ [2]_ [3]_.", *parts, ""]))

    check(pages(data), [200, 100, 100])
    assert faults(data, tmp_path) == []


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(HOLDERS)), st.lists(st.integers(1, 2 * PAGE), max_size=4)),
        min_size=1,
        max_size=5,
    ),
    st.integers(0, PAGE),
)
def test_any_number_and_length_of_notes_is_set_whole(
    blocks: list[tuple[str, list[int]]], before: int
) -> None:
    lengths: list[int] = []
    parts = ["\n".join(words("t", before)) or "Text."]
    for holder, own in blocks:
        cites = " ".join(f"[{number}]_" for number in range(len(lengths) + 1, len(lengths) + len(own) + 1))
        if holder != "a heading":
            parts.append(HOLDERS[holder].format(cites=cites or "None"))
            lengths += own
    parts.append(notes(lengths))

    check(pages(write("\n\n".join(parts))), lengths)
