"""Tests of the writer: every kind of node, real files, judged by page-validation and outloud."""

import re
from dataclasses import replace
from io import BytesIO

import outloud
import page
import pdfplumber
import pikepdf
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from PIL import Image

from build_scripts.nodes.drawing import drawing
from build_scripts.pdf.archival import Info
from build_scripts.pdf.blocks import Column
from build_scripts.pdf.book import HANDLERS, Kit, Trimmings, write_book, write_document
from build_scripts.pdf.chapters import chapters
from build_scripts.pdf.context import Refused, UnknownNode, Wording
from build_scripts.pdf.flow import ENDLESS, fill
from build_scripts.pdf.index import Entry
from build_scripts.pdf.numerals import letters, roman
from build_scripts.pdf.style import sheet
from build_scripts.pdf.tables import Cell
from build_scripts.pdf.tree import tree_text
from build_scripts.pdf.widths import column_widths

INFO = Info(
    title="The light on the rock",
    subtitle="A night and its witnesses",
    language="en",
    identifier="urn:x:rock",
    modified="2020-02-29",
    creators=("A. Keeper",),
)
WORDING = Wording(
    contents="Contents",
    figures="List of figures",
    index="Index",
    note="Note {label}",
    back="Back to note {label} in the text",
    page="p. {page}",
    admonitions={"note": "Note"},
)

SENTENCE = (
    "The keeper lit the lamp at dusk and wrote the hour in the log, as his father had done before him. "
)

EVERY_NODE = """
The night
=========

.. class:: lead

A lamp went out.

.. epigraph::

   A lamp that goes out is never believed.

   -- The log

Words in *emphasis*, in **strong**, ``literal``, H\\ :sub:`2`\\ O, 2\\ :sup:`nd`, a :title:`title`,
a link to `The board`_ and to `a register <https://example.org/register>`_, a note [#a]_,
one more [#b]_, the first again [#a]_ and a citation [Log1911]_.

.. [#a] The first note, which refers to [Log1911]_.
.. [#b] The second note.

.. [Log1911] The log of the tender.

- one

  - nested

- two

3. three
4. four

Term : kind
   Definition.

:Built: 1867
:Height: 31 m

-f FILE  read a file

| a line
|   a deeper line

::

   as it  stands

.. rubric:: A rubric

.. note:: Beside a bar.

.. topic:: A topic

   Its text.

----

Lower
-----

A paragraph.

The board
=========

.. table:: Watches

   ======  =======  =====
   Watch   Keeper   Hours
   ======  =======  =====
   First   Macleod  4
   Second  Ross     4
   ======  =======  =====

+---+---+
| a | b |
|   +---+
|   | c |
+---+---+

.. comment
"""


class Square:
    """A placed drawing of a known size."""

    width = 100
    height = 50


def draw_square(placed, canvas, x, y, scale, *, fonts):
    canvas.rect(x, y, placed.width * scale, placed.height * scale, fill=1)


def parsed(text):
    settings = {"report_level": 5, "halt_level": 5, "doctitle_xform": False}
    return publish_doctree(text, source_path="book/sample.rst", settings_overrides=settings)


@pytest.fixture
def kit():
    return Kit(sheet=sheet(), wording=WORDING, draw=draw_square)


@pytest.fixture
def every_node():
    document = parsed(EVERY_NODE)
    document.children[-1].extend([figure(), chronology()])
    return document


def figure(**attributes):
    made = nodes.figure("", drawing(placed=Square(), alt="A square that stands for the rock."), **attributes)
    made += nodes.caption("", "The rock")
    return made


def chronology():
    section = nodes.section("", nodes.title("", "Days"), ids=["days"])
    events = nodes.definition_list(classes=["chronology"])
    section += events
    for number in (1, 2):
        term = nodes.term("", f"{number} March 1911 ", nodes.inline("", "23:40", classes=["time"]))
        name = nodes.inline("", "灯台", classes=["language-ja"])
        definition = nodes.definition("", nodes.paragraph("", "The lamp goes out", classes=["event-title"]))
        definition += nodes.paragraph("", SENTENCE, name, nodes.Text("."))
        definition += account()
        definition += nodes.paragraph("", "Source: the log", classes=["sources"])
        events += nodes.definition_list_item("", term, definition, ids=[f"event-{number}"])
    return section


def account():
    box = nodes.container("", nodes.paragraph("", "Accounts differ", classes=["account-title"]))
    box["classes"].append("account")
    box += nodes.paragraph("", "For how long?", classes=["account-question"])
    answers = nodes.definition_list()
    for answer, source in (("40 minutes", "Inspector"), ("15 minutes", "Keeper")):
        body = nodes.definition("", nodes.paragraph("", source))
        answers += nodes.definition_list_item("", nodes.term("", answer), body)
    box += answers
    return box


def opened(written):
    return pikepdf.open(BytesIO(written.data))


def failures(data, tmp_path):
    path = tmp_path / "judged.pdf"
    path.write_bytes(data)
    found = [
        failure.message
        for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
    ]
    found += [finding.message for finding in outloud.check(str(path)).findings if finding.severity == "error"]
    with pikepdf.open(BytesIO(data)) as pdf:
        found += pdf.check_pdf_syntax()
    return found


def drawn_text(data):
    """Give the characters in the order in which they are drawn, without spaces and hyphens at line ends."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        text = "".join(char["text"] for sheet in pdf.pages for char in sheet.chars)
    return re.sub(r"\s|\N{SOFT HYPHEN}", "", text)


def test_every_kind_of_node_gets_its_element(kit, every_node, golden):
    golden("every-node.tags", tree_text(opened(write_document(every_node, INFO, kit, contents=True))))


def test_a_book_has_its_front_matter_in_the_tree(kit, every_node, golden):
    imprint = nodes.container("", nodes.paragraph("", "Set in Source Serif 4."))
    golden("book.tags", tree_text(opened(write_book(every_node, INFO, kit, Trimmings(imprint=imprint)))))


def long_document():
    rows = "".join(f"   {number}  {SENTENCE}\n" for number in range(1000, 1060))
    table = f"   ====  {'=' * 110}\n   Year  What\n   ====  {'=' * 110}\n{rows}   ====  {'=' * 110}\n"
    items = "".join(f"- {SENTENCE * 3}\n" for _ in range(30))
    return parsed(f"Long\n====\n\n{SENTENCE * 60}\n\n{items}\n.. table:: Years\n\n{table}")


def test_what_crosses_pages_stays_one_element(kit, golden):
    tree = tree_text(opened(write_document(long_document(), INFO, kit)))

    golden("crossing.tags", tree)
    assert tree.count(" Table") == 1
    assert tree.count("  TR") == 61


@pytest.mark.parametrize("edition", ["standard", "large-print"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_judges_find_no_fault(every_node, tmp_path, paper, edition):
    kit = Kit(sheet=sheet(paper, edition), wording=WORDING, draw=draw_square)

    for written in (write_book(every_node, INFO, kit), write_document(every_node.deepcopy(), INFO, kit)):
        assert failures(written.data, tmp_path) == []


def test_the_judges_find_no_fault_where_things_cross_pages(kit, tmp_path):
    assert failures(write_document(long_document(), INFO, kit).data, tmp_path) == []


def test_the_head_of_a_table_is_repeated_on_every_page(kit):
    written = write_document(long_document(), INFO, kit)

    with pdfplumber.open(BytesIO(written.data)) as pdf:
        texts = [sheet.extract_text() for sheet in pdf.pages]
    with_rows = [text for text in texts if re.search(r"^10\d\d ", text, re.MULTILINE)]

    assert len(with_rows) > 1
    assert all("Year" in text and "What" in text for text in with_rows)


def skipped(node):
    return isinstance(node, nodes.comment) or isinstance(node.parent, nodes.system_message)


def test_every_word_of_the_document_is_in_the_file(kit, every_node):
    expected = " ".join(node.astext() for node in every_node.findall(nodes.TextElement) if not skipped(node))
    text = drawn_text(write_document(every_node, INFO, kit).data)

    assert [word for word in re.findall(r"\w+", expected) if word not in text] == []


def test_the_same_document_gives_the_same_bytes(kit, every_node):
    again = every_node.deepcopy()

    assert write_book(every_node, INFO, kit).data == write_book(again, INFO, kit).data


def test_a_note_stands_after_the_paragraph_that_cites_it_and_links_both_ways(kit):
    document = parsed("Words [#a]_.\n\nMore.\n\n.. [#a] The note.\n")
    pdf = opened(write_document(document, INFO, kit))

    tags = [line.split(" page")[0].split(" links")[0].strip() for line in tree_text(pdf).splitlines()]
    annotations = pdf.pages[0].Annots

    assert tags[tags.index("Note ID='a'") - 3 :][:4] == ["P", "Reference", "Link", "Note ID='a'"]
    assert sorted(str(annotation.Contents) for annotation in annotations) == [
        "Back to note 1 in the text",
        "Note 1",
    ]


def test_contents_give_the_page_that_the_label_of_the_page_shows(kit):
    document = parsed("".join(f"Chapter {n}\n=========\n\n{SENTENCE * 40}\n\n" for n in "ABC"))
    pdf = opened(write_book(document, INFO, kit))
    places = pikepdf.NameTree(pdf.Root.Names.Dests)
    labels = {sheet.obj.objgen: sheet.label for sheet in pdf.pages}

    contents = next(text for text in (sheet_text(pdf, index) for index in range(6)) if "Contents" in text)

    for letter in "ABC":
        label = labels[places[f"chapter-{letter.lower()}"][0].objgen]
        assert re.search(rf"Chapter {letter}\s+{label}\b", contents)


def sheet_text(pdf, index):
    out = BytesIO()
    pdf.save(out)
    with pdfplumber.open(out) as opened_again:
        return opened_again.pages[index].extract_text()


def test_an_unknown_node_is_refused_with_its_place(kit):
    document = parsed("A chapter\n=========\n\n.. math:: a + b\n")

    with pytest.raises(UnknownNode, match=r"book/sample\.rst:4: no way to set a math_block node in PDF"):
        write_document(document, INFO, kit)


def test_an_error_that_docutils_found_is_refused_with_its_place(kit):
    with pytest.raises(Refused, match=r"book/sample\.rst:1: Unknown directive type"):
        write_document(parsed(".. nonsense::\n"), INFO, kit)


def test_an_empty_item_of_a_list_is_refused_with_its_line(kit):
    with pytest.raises(Refused, match=r"book/sample\.rst:2: an item of a list has nothing in it"):
        write_document(parsed("- One\n-\n- Three\n"), INFO, kit)


def test_a_figure_without_alternative_text_is_refused(kit):
    document = parsed("Words.\n")
    document += nodes.figure("", drawing(placed=Square(), alt=" "))

    with pytest.raises(Refused, match="alt text"):
        write_document(document, INFO, kit)


def test_a_missing_glyph_is_refused_with_its_place(kit):
    with pytest.raises(Refused, match=r"book/sample\.rst:\d: no glyph for U\+E000"):
        write_document(parsed("One.\n\nWord \ue000.\n"), INFO, kit)


def test_a_picture_outside_the_folder_of_images_is_refused(tmp_path):
    kit = Kit(sheet=sheet(), wording=WORDING, draw=draw_square, images=tmp_path)

    with pytest.raises(Refused, match="inside the dossier"):
        write_document(parsed(".. image:: ../secret.png\n   :alt: A secret\n"), INFO, kit)


def test_a_reference_to_an_id_that_is_not_there_becomes_plain_text(kit):
    document = parsed("Words.\n")
    document += nodes.paragraph("", "", nodes.reference("", "nowhere", refid="nowhere"))

    written = write_document(document, INFO, kit)

    assert written.unresolved == ("nowhere",)
    with opened(written) as pdf:
        assert "/Annots" not in pdf.pages[0]


def test_a_landscape_figure_gets_a_turned_page_and_the_text_flows_on(kit):
    document = parsed("Words.\n")
    document += [figure(classes=["landscape"]), nodes.paragraph("", "After the figure.")]
    written = write_document(document, INFO, kit)

    with opened(written) as pdf:
        boxes = [[float(side) for side in sheet.MediaBox] for sheet in pdf.pages]

    assert [box[2] > box[3] for box in boxes] == [False, True]
    assert "After the figure" in sheet_text(opened(written), 0)


def test_chapters_are_found_through_files_and_toctrees():
    inner = [nodes.section("", nodes.title("", name), ids=[name]) for name in ("a", "b")]
    wrapper = nodes.compound("", *inner, classes=["toctree-wrapper"])
    document = parsed("")
    document += nodes.section("", nodes.title("", "Book"), nodes.paragraph("", "First."), wrapper)

    assert [type(block).__name__ for block in chapters(document)] == ["paragraph", "section", "section"]


def test_no_heading_stands_at_the_foot_of_a_page(kit):
    sections = "".join(f"Part {n}\n{'=' * 8}\n\n{SENTENCE * (n % 7 + 1)}\n\n" for n in range(60))
    written = write_document(parsed(sections), INFO, kit)

    with pdfplumber.open(BytesIO(written.data)) as pdf:
        lasts = [sheet.extract_text().splitlines()[-1] for sheet in pdf.pages[1:]]
    assert not [line for line in lasts if re.fullmatch(r"Part \d+", line)]


def test_columns_take_what_their_content_wants():
    def cell(column, least, most):
        return Cell(column=column, content=Column([]), least=least, most=most)

    widths = column_widths([[cell(0, 30, 30), cell(1, 40, 900)]], 2, 300)

    assert widths[0] == pytest.approx(38)
    assert sum(widths) == pytest.approx(308)


def test_nothing_is_lost_when_a_height_is_filled():
    columns = [Column([], top=30) for _ in range(10)]

    head, tail = fill(columns, 100, 100)

    assert (len(head), head + tail) == (3, columns)
    assert fill(columns, 100, ENDLESS) == (columns, [])


@pytest.mark.parametrize(
    ("number", "written"), [(1, "i"), (4, "iv"), (9, "ix"), (48, "xlviii"), (1999, "mcmxcix")]
)
def test_roman_numerals(number, written):
    assert roman(number) == written


@pytest.mark.parametrize(("number", "written"), [(1, "a"), (26, "z"), (27, "aa"), (703, "aaa")])
def test_letters_as_numbers(number, written):
    assert letters(number) == written


def test_every_handler_is_for_a_node_that_exists():
    foreign = {"compact_paragraph", "start_of_file", "glossary", "centered", "drawing"}
    foreign |= {"index", "hlist", "highlightlang", "tabular_col_spec", "seealso"}

    assert {name for name in HANDLERS if not hasattr(nodes, name)} == foreign


def written_image(name, image, tmp_path, kit, **options):
    path = tmp_path / name
    image.save(path, **options)
    document = parsed(f".. image:: {name}\n   :alt: A sea chart\n")
    return write_document(document, INFO, replace(kit, images=tmp_path))


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.png", "RGBA"),
        ("b.png", "P"),
        ("c.png", "LA"),
        ("d.png", "1"),
        ("e.jpg", "RGB"),
        ("f.jpg", "L"),
        ("g.jpg", "CMYK"),
    ],
)
def test_pictures_of_every_mode_stay_archival(name, mode, tmp_path, kit):
    written = written_image(name, Image.new(mode, (40, 30)), tmp_path, kit)

    assert failures(written.data, tmp_path) == []


@pytest.mark.parametrize("content", ["<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture at all"])
def test_what_is_no_png_or_jpeg_is_refused_with_its_place(content, tmp_path, kit):
    name = "chart.svg" if "svg" in content else "chart.png"
    tmp_path.joinpath(name).write_text(content)

    with pytest.raises(Refused, match=rf"{name}"):
        write_document(parsed(f".. image:: {name}\n   :alt: A chart\n"), INFO, replace(kit, images=tmp_path))


def test_a_wide_figure_takes_the_hanging_column_too(kit):
    made = figure(classes=["wide"])
    made.children[0]["placed"] = Wide()
    document = parsed("Title\n=====\n\nText.\n")
    document.children[-1].append(made)

    pdf = opened(write_document(document, INFO, kit))
    found = next(element for element in below(pdf.Root.StructTreeRoot.K) if element.S == "/Figure")
    left, _, right, _ = (float(value) for value in found.A.BBox)

    geometry = kit.sheet.geometry
    assert left == pytest.approx(geometry.left - geometry.hang, abs=0.1)
    assert right == pytest.approx(geometry.left + geometry.measure, abs=0.1)


class Wide(Square):
    width = 900
    height = 100


def below(element):
    if isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from below(kid)


def test_a_row_taller_than_a_page_loses_no_word_and_stays_one_row(kit, tmp_path):
    table = f"====  {'=' * 60}\nYear  What\n====  {'=' * 60}\n1867  See |long|\n====  {'=' * 60}\n"
    document = parsed(f"{table}\n.. |long| replace:: {SENTENCE * 90}\n")
    written = write_document(document, INFO, kit)

    tree = tree_text(opened(written))
    assert written.pages > 2
    assert tree.count("TR") == 2
    assert drawn_text(written.data).count("wrotethehourinthelog") == 90
    assert failures(written.data, tmp_path) == []


def test_a_note_cited_in_a_table_stands_at_the_foot_of_its_page(kit, tmp_path):
    table = "====  ====\nYear  What\n====  ====\n1867  Lit [#]_\n1868  Out [#]_\n====  ====\n"
    written = write_document(parsed(f"{table}\n.. [#] In March.\n.. [#] In May.\n"), INFO, kit)

    assert tree_text(opened(written)).count("Note ID") == 2
    assert drawn_text(written.data).index("InMarch") > drawn_text(written.data).index("Out")
    assert failures(written.data, tmp_path) == []


LONG = [
    "Lieutenant-Governor",
    "Commissionership",
    "Superintendent",
    "Lighthousekeeping",
    "Reconstruction",
    "Administration",
    "Responsibilities",
    "Correspondence",
    "Extraordinarily",
    "Incomprehensible",
    "Counterrevolution",
    "Misunderstandings",
]


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_a_table_of_twelve_long_words_stays_on_the_page_and_divides_words_by_hyphens(kit, edition):
    row = "\n".join(f"     - {word}" for word in LONG).replace("     -", "   * -", 1)
    document = parsed(f".. list-table::\n   :header-rows: 1\n\n{row}\n{row}\n{row}\n")
    paper = sheet(edition=edition)
    written = write_document(document, INFO, replace(kit, sheet=paper))
    right = paper.geometry.left + paper.geometry.measure

    with pdfplumber.open(BytesIO(written.data)) as pdf:
        chars = [char for leaf in pdf.pages for char in leaf.chars]
        places = [(char["page_number"], round(char["x0"]), round(char["top"])) for char in chars]
    assert max(char["x1"] for char in chars) < right + 1
    assert min(char["size"] for char in chars) > paper.least_type - 0.1
    assert len(places) == len(set(places))
    for word in LONG:
        assert drawn_text(written.data).replace("-", "").count(word.replace("-", "")) == 3


@pytest.mark.parametrize(
    ("options", "share", "left"),
    [
        ((":width: 60%",), 0.6, 0.0),
        ((":width: 60%", ":align: center"), 0.6, 0.2),
        ((":width: 60%", ":align: right"), 0.6, 0.4),
        ((":figwidth: 50%", ":align: center"), 0.5, 0.25),
        ((":figwidth: 50%", ":width: 50%", ":align: right"), 0.25, 0.75),
        ((":width: 300%",), 1.0, 0.0),
    ],
)
@pytest.mark.parametrize("directive", ["image", "figure"])
def test_a_picture_has_the_width_and_the_place_that_it_asks_for(
    kit, tmp_path, directive, options, share, left
):
    if directive == "image" and any("figwidth" in option for option in options):
        options, share, left = (":width: 50%",), 0.5, 0.0
    Image.new("RGB", (1600, 600)).save(tmp_path / "a.png")
    lines = "".join(f"   {option}\n" for option in (":alt: A.", *options))
    document = parsed(f".. {directive}:: a.png\n{lines}\nText.\n")
    written = write_document(document, INFO, replace(kit, images=tmp_path))
    geometry = kit.sheet.geometry

    with pdfplumber.open(BytesIO(written.data)) as pdf:
        (picture,) = pdf.pages[0].images
    assert picture["x1"] - picture["x0"] == pytest.approx(share * geometry.measure, abs=0.1)
    assert picture["x0"] == pytest.approx(geometry.left + left * geometry.measure, abs=0.1)


def test_an_abbreviation_is_explained_in_brackets_where_running_text_has_it_first(kit):
    document = parsed("Head A\n======\n\nAn one and two.\n")
    for place in (document.children[-1][0], document.children[-1][1], document.children[-1][1]):
        place += nodes.abbreviation("", "NLB", explanation="Northern Lighthouse Board")
    written = write_document(document, INFO, kit)
    text = drawn_text(written.data)

    assert text.count("NLB") == 3
    assert text.count("(NorthernLighthouseBoard)") == 1
    assert "HeadANLBAnone" in text
    with opened(written) as pdf:
        objects = [value for value in pdf.objects if isinstance(value, pikepdf.Dictionary)]
        expansions = [str(value.E) for value in objects if "/E" in value]
    assert expansions == ["Northern Lighthouse Board"] * 3


def test_the_numbers_of_two_notes_of_one_word_stand_apart(kit):
    document = parsed("Word [1]_ [2]_.\n\n.. [1] One.\n.. [2] Two.\n")

    assert "Word1,2." in drawn_text(write_document(document, INFO, kit).data)


def test_the_index_leads_to_every_page_that_names_a_record(kit, tmp_path):
    text = f"One\n===\n\n{SENTENCE * 80}\n\nTwo\n===\n\nText.\n"
    document = parsed(text)
    for section in document.findall(nodes.section):
        section += nodes.paragraph("", "", nodes.reference("", "the keeper", refid="person-k"))
    document.children[-1] += nodes.paragraph("", "He lit it.", ids=["person-k"])
    entries = [
        Entry(text="Keeper", letter=11.0, name="person-k"),
        Entry(text="No one", letter=14.0, name="x"),
    ]

    written = write_book(document, INFO, kit, Trimmings(index=entries))

    with pdfplumber.open(BytesIO(written.data)) as pdf:
        last = pdf.pages[-1].extract_text()
    assert "Keeper, 3, 4" in last
    assert "No one" not in last
    assert failures(written.data, tmp_path) == []


def test_the_contents_leave_out_the_questions_of_accounts_and_the_closing_sections(kit):
    closing = "How many?\n---------\n\nText.\n\nRead further\n------------\n\nText.\n"
    document = parsed(f"One\n===\n\nText.\n\nTwo\n===\n\nText.\n\n{closing}")
    first, second = document.children[1].children[2:]
    first["classes"].append("account-section")
    second["classes"].append("closer")

    assert tree_text(opened(write_book(document, INFO, kit))).count("TOCI") == 2


def test_words_are_not_broken_while_another_column_has_room():
    def cell(column, least, most):
        return Cell(column=column, content=Column([]), least=least, most=most)

    rows = [[cell(0, 70, 70), cell(1, 45, 2000), cell(2, 60, 400)]] * 5
    widths = column_widths(rows, 3, 330)

    assert sum(widths) == pytest.approx(338)
    assert all(width >= least + 8 for width, least in zip(widths, (70, 45, 60), strict=True))
    assert widths[1] > widths[2] > widths[0] - 1


HEADS = "Number Designation Responsibility Commencement Determination Administration Characterisation"
WORDS = "1 Internationalisation Intergovernmental 1996-12-17 Undetermined Extraterritorial Misrepresentation"


def test_a_table_too_wide_for_its_words_breaks_them_at_syllables_and_addresses_at_their_marks(kit, tmp_path):
    address = "https://example.org/archive/1996/12/17/a-very-long-address-without-any-break-in-it-at-all.html"
    rows = [[*HEADS.split(), "Source address"], [*WORDS.split(), address]]
    lines = "".join("   * - " + "\n     - ".join(row) + "\n" for row in rows)
    text = f".. list-table:: Eight\n   :header-rows: 1\n\n{lines}"

    written = write_document(parsed(text), INFO, kit)

    with pdfplumber.open(BytesIO(written.data)) as pdf:
        table = pdf.pages[0].crop((0, 150, pdf.pages[0].width, 700))
        words = [word["text"] for word in table.extract_words()]
    starts = [word.rstrip("\N{SOFT HYPHEN}") for word in words if word.endswith("\N{SOFT HYPHEN}")]
    assert starts
    assert all(len(word) > 1 for word in starts)
    assert address.removeprefix("https://") in "".join(words)
    assert not {"N", "a", "ddress"} & set(words)
    assert failures(written.data, tmp_path) == []


def test_too_little_room_goes_to_syllables_before_words():
    def cell(column, floor, least):
        return Cell(column=column, content=Column([]), floor=floor, least=least, most=least)

    widths = column_widths([[cell(0, 30, 40), cell(1, 20, 300)]], 2, 200)

    assert sum(widths) == pytest.approx(208)
    assert widths[0] >= 38
    assert widths[1] >= 28
