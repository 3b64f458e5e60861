"""Tests of real PDFs: the lighthouse before the judges, its order of reading, its bytes."""

import os
import re
import shutil
import subprocess
from collections import Counter
from io import BytesIO

import outloud
import page
import pikepdf
import pytest
from docutils import nodes
from pikepdf import Array, Dictionary, Name

from build_scripts.commands import book as book_command
from build_scripts.commands import citations
from build_scripts.nodes.drawing import drawing
from build_scripts.pdf.book import write_book
from build_scripts.pdf.chapters import chapters
from build_scripts.places import Places
from build_scripts.sphinx_ext import pdf_builder
from tests.conftest import LIGHTHOUSE


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The document that the book of the lighthouse is written from, and the book."""
    seen = []

    def write(document, info, kit, trimmings):
        copied = document.deepcopy()
        written = write_book(document, info, kit, trimmings)
        seen.append((copied, written.data))
        return written

    at = Places(LIGHTHOUSE, tmp_path_factory.mktemp("book"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf_builder, "write_book", write)
        citations.run(at)
        book_command.run(at, "pdf")
    return seen[0]


def faults(data, path):
    """Everything that a judge calls wrong."""
    path.write_bytes(data)
    found = [
        failure.message
        for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
    ]
    found += [finding.message for finding in outloud.check(str(path)).findings if finding.severity == "error"]
    with pikepdf.open(BytesIO(data)) as pdf:
        found += pdf.check_pdf_syntax()
        found += loose(pdf)
    return found


def loose(pdf):
    """Marked content that is not once in the tree, or that the parent tree gives to another element."""
    parents = dict(zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
    owners = {}
    for element in elements(pdf.Root.StructTreeRoot.K):
        for kid in element.get("/K", []) if isinstance(element.get("/K"), Array) else [element.get("/K")]:
            if isinstance(kid, int):
                owners.setdefault((element.Pg.objgen, kid), []).append(element.objgen)
            elif isinstance(kid, Dictionary) and "/MCID" in kid:
                owners.setdefault((kid.Pg.objgen, kid.MCID), []).append(element.objgen)
    for sheet in pdf.pages:
        marks = [int(number) for number in re.findall(rb"/MCID (\d+)>> BDC", sheet.obj.Contents.read_bytes())]
        given = parents[sheet.obj.StructParents]
        if sorted(marks) != list(range(len(given))):
            yield f"page {sheet.index + 1}: the parent tree knows {len(given)} of {len(marks)} marks"
        for mark in marks:
            if owners.get((sheet.obj.objgen, mark)) != [given[mark].objgen]:
                yield f"page {sheet.index + 1}: mark {mark} is loose"


def elements(node):
    """Every structure element below one, in the order of reading."""
    if isinstance(node, Dictionary) and "/S" in node:
        yield node
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, Array) else [kids]:
            yield from elements(kid)


def tags(pdf):
    return Counter(str(element.S)[1:] for element in elements(pdf.Root.StructTreeRoot.K))


def test_the_judges_find_no_fault_in_the_book(whole, tmp_path):
    assert faults(whole[1], tmp_path / "book.pdf") == []


@pytest.mark.parametrize("part", ["chronology", "biographies", "floor_plan"])
def test_the_judges_find_no_fault_in_the_parts(part, build, tmp_path):
    data = build(f"part {part}").joinpath(f"pdf/{part}.pdf").read_bytes()

    assert faults(data, tmp_path / "part.pdf") == []


def test_every_table_note_and_line_of_the_contents_is_one_element(whole):
    document, data = whole
    with pikepdf.open(BytesIO(data)) as pdf:
        count = tags(pdf)
        listed = sum(
            len(element.K) for element in elements(pdf.Root.StructTreeRoot.K) if element.S == Name.TOC
        )
    cited = {node["refid"] for node in document.findall(nodes.footnote_reference)}

    assert count["Table"] == len(list(document.findall(nodes.table)))
    assert count["Note"] == len(cited)
    assert count["Figure"] == sum(
        isinstance(node, (nodes.image, drawing)) for node in document.findall(nodes.Element)
    )
    assert count["TOCI"] == listed
    assert count["BibEntry"] == sum(
        len(node.children)
        for node in document.findall(nodes.bullet_list)
        if "bibliography" in node["classes"]
    )


def words(document):
    """The words of the text without its notes, in the order of the document."""
    told = []
    for block in chapters(document):
        for text in block.findall(nodes.Text):
            above = []
            at = text.parent
            while at is not None:
                above.append(at)
                at = at.parent
            aside = (nodes.footnote, nodes.footnote_reference, nodes.substitution_definition, nodes.comment)
            if not any(isinstance(node, aside) for node in above):
                told.append((above[0], text.astext()))
    joined = ""
    previous = None
    for parent, text in told:
        block = parent
        while isinstance(block, nodes.Inline):
            block = block.parent
        joined += text if block is previous else f"\n{text}"
        previous = block
    return joined.replace("\N{SOFT HYPHEN}", "").split()


def test_the_order_of_extracted_text_is_that_of_the_document(whole, tmp_path):
    document, data = whole
    path = tmp_path / "book.pdf"
    path.write_bytes(data)
    if shutil.which("pdftotext") is None:
        if os.environ.get("CI"):
            pytest.fail("pdftotext is missing: apt-get install poppler-utils")
        pytest.skip("pdftotext is missing: apt-get install poppler-utils")
    raw = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    extracted = "".join(raw.replace("\N{SOFT HYPHEN}", "").split())
    for node in document.findall(nodes.abbreviation):
        # What an abbreviation stands for is said on paper where it comes first.
        extracted = extracted.replace(f"({''.join(node.get('explanation', '').split())})", "", 1)
    told = words(document)

    at = 0
    for index, word in enumerate(told):
        # Notes, running heads and the labels of a drawing may stand between two words of the text.
        found = extracted.find(word, at, at + 5000)
        assert found >= 0, f"not in its place: {' '.join(told[max(0, index - 12) : index + 1])}"
        at = found + len(word)


def test_bytes_depend_on_nothing_but_the_dossier(build):
    first, elsewhere = (build("pdf", copy=copy) / "pdf/dossier.pdf" for copy in ("1", "2"))

    assert elsewhere.read_bytes() == first.read_bytes()


def without_a_tag(pdf):
    kept = next(element for element in elements(pdf.Root.StructTreeRoot.K) if element.S == Name.P)
    parent = kept.P
    parent.K = Array([kid for kid in parent.K if isinstance(kid, int) or kid.objgen != kept.objgen])


def without_an_alt(pdf):
    del next(element for element in elements(pdf.Root.StructTreeRoot.K) if Name.Figure == element.S)["/Alt"]


def without_a_way_to_unicode(pdf):
    fonts = pdf.pages[0].Resources.Font
    del fonts[sorted(fonts.keys())[0]]["/ToUnicode"]


def without_an_output_intent(pdf):
    del pdf.Root["/OutputIntents"]


def without_a_note_id(pdf):
    del next(element for element in elements(pdf.Root.StructTreeRoot.K) if Name.Note == element.S)["/ID"]


def without_a_scope(pdf):
    for element in elements(pdf.Root.StructTreeRoot.K):
        if element.S == Name.TH:
            del element["/A"]
            return


def without_metadata(pdf):
    del pdf.Root["/Metadata"]


@pytest.mark.parametrize(
    "take",
    [
        without_a_tag,
        without_an_alt,
        without_a_way_to_unicode,
        without_an_output_intent,
        without_a_note_id,
        without_a_scope,
        without_metadata,
    ],
)
def test_a_judge_notices_what_is_taken_away(take, whole, tmp_path):
    out = BytesIO()
    with pikepdf.open(BytesIO(whole[1])) as pdf:
        take(pdf)
        pdf.save(out)

    assert faults(out.getvalue(), tmp_path / "worse.pdf")
