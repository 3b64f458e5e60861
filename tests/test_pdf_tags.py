"""Tests of the tagged canvas, the structure tree and the archival metadata, on drawings without text."""

from io import BytesIO

import page
import pikepdf
import pytest

from build_scripts.pdf.archival import Info, archive, save
from build_scripts.pdf.structure import Bookmark, Labels, finish
from build_scripts.pdf.tags import Dest, Element, TaggedCanvas, TaggingError, Uri
from build_scripts.pdf.tree import tree_text

INFO = Info(title="Squares on a page", language="en", identifier="urn:x:squares", modified="2020-02-29")


@pytest.fixture
def canvas():
    return TaggedCanvas(BytesIO(), (200, 200))


def square(canvas, element, y=10):
    with canvas.mark(element):
        canvas.rect(10, y, 10, 10, fill=1)


def finished(canvas, root, **more):
    canvas.showPage()
    canvas.save()
    pdf = pikepdf.open(canvas._filename)
    finish(pdf, root, canvas.tagging, lang="en", **more)
    return pdf


def test_an_element_drawn_on_two_pages_is_one_element(canvas):
    root = Element("Document")
    paragraph = root.add("P")
    square(canvas, paragraph)
    canvas.showPage()
    square(canvas, paragraph)

    assert tree_text(finished(canvas, root)) == "Document\n  P page 1 2\n"


def test_inline_children_stand_where_they_were_drawn(canvas):
    root = Element("Document")
    paragraph = root.add("P")
    quote = paragraph.add("Quote")
    square(canvas, paragraph)
    square(canvas, quote)
    square(canvas, paragraph)

    pdf = finished(canvas, root)
    kids = pdf.Root.StructTreeRoot.K.K.K

    assert [kid if isinstance(kid, int) else str(kid.S) for kid in kids] == [0, "/Quote", 2]


def test_block_children_keep_the_order_of_the_tree_whatever_is_drawn_first(canvas):
    root = Element("Document")
    first, second = root.add("P", title="first"), root.add("P", title="second")
    square(canvas, second)
    square(canvas, first)

    assert [line.strip() for line in tree_text(finished(canvas, root)).splitlines()[1:]] == [
        "P T='first' page 1",
        "P T='second' page 1",
    ]


def test_marked_content_inside_marked_content_is_refused(canvas):
    refusal = pytest.raises(TaggingError, match="'Layout' was opened inside <P>")

    with canvas.mark(Element("P")), refusal, canvas.artifact():
        pass


def test_an_element_that_was_drawn_but_hangs_nowhere_is_refused(canvas):
    root = Element("Document")
    square(canvas, root.add("P"))
    square(canvas, Element("P"))

    with pytest.raises(ValueError, match="<P> was drawn but is not in the tree"):
        finished(canvas, root)


def test_an_element_without_content_is_left_out_unless_it_is_a_cell(canvas):
    root = Element("Document")
    square(canvas, root.add("P"))
    root.add("P")
    root.add("TR").add("TD")

    assert tree_text(finished(canvas, root)) == "Document\n  P page 1\n  TR\n    TD\n"


def test_two_elements_with_one_id_are_refused(canvas):
    root = Element("Document")
    for _ in range(2):
        square(canvas, root.add("Note", id="n"))

    with pytest.raises(ValueError, match="two structure elements have the id 'n'"):
        finished(canvas, root)


def test_a_link_belongs_to_its_element_and_lies_where_the_canvas_stood(canvas):
    root = Element("Document")
    link = root.add("Link")
    canvas.translate(50, 60)
    square(canvas, link)
    canvas.link(link, (10, 10, 20, 20), Uri("https://example.org/"), "An example")

    pdf = finished(canvas, root)
    annotation = pdf.pages[0].Annots[0]

    assert [float(value) for value in annotation.Rect] == [60, 70, 70, 80]
    assert (annotation.F, str(annotation.Contents)) == (4, "An example")
    assert str(annotation.A.URI) == "https://example.org/"


def test_a_link_to_a_place_that_no_page_has_is_refused(canvas):
    root = Element("Document")
    square(canvas, root)
    canvas.link(root, (0, 0, 1, 1), Dest("nowhere"), "Nowhere")

    with pytest.raises(ValueError, match="nowhere"):
        finished(canvas, root)


def test_page_labels_and_outline_follow_what_was_asked(canvas):
    root = Element("Document")
    square(canvas, root)
    canvas.destination("a", 10, 20)
    canvas.showPage()
    canvas.destination("b", 10, 20)
    marks = [Bookmark(level=0, title="A", name="a"), Bookmark(level=1, title="B", name="b")]
    pdf = finished(
        canvas, root, labels=[Labels(first=0, style="r"), Labels(first=1, style="D")], outline=marks
    )

    assert [page.label for page in pdf.pages] == ["i", "1"]
    with pdf.open_outline() as outline:
        assert [(item.title, [kid.title for kid in item.children]) for item in outline.root] == [("A", ["B"])]


@pytest.mark.parametrize(("part", "profile"), [(2, "PDF_A_2A"), (3, "PDF_A_3A"), (2, "PDF_UA_1")])
def test_an_archived_drawing_satisfies_the_judge(canvas, part, profile):
    root = Element("Document")
    square(canvas, root.add("Figure", alt="A black square"))
    pdf = finished(canvas, root)
    archive(pdf, INFO, part=part)

    report = page.validate_pdf_bytes(save(pdf), profile=getattr(page.ValidationProfile, profile))

    assert [failure.message for failure in report.failures] == []


def remove_structure(pdf):
    del pdf.Root.StructTreeRoot


def remove_alt(pdf):
    del pdf.Root.StructTreeRoot.K.K.Alt


def remove_intent(pdf):
    del pdf.Root.OutputIntents


def remove_metadata(pdf):
    del pdf.Root.Metadata


def remove_language(pdf):
    del pdf.Root.Lang


def remove_mark(pdf):
    content = pdf.pages[0].Contents
    content.write(content.read_bytes().replace(b"/Figure <</MCID 0>> BDC", b"").replace(b"EMC", b""))


@pytest.mark.parametrize(
    "damage",
    [remove_structure, remove_alt, remove_intent, remove_metadata, remove_language, remove_mark],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_file_is_noticed_by_the_judge(canvas, damage):
    root = Element("Document")
    square(canvas, root.add("Figure", alt="A black square"))
    canvas.setFillColor("#ff0000")
    pdf = finished(canvas, root)
    archive(pdf, INFO)
    damage(pdf)
    data = save(pdf)

    profiles = (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)

    assert any(page.validate_pdf_bytes(data, profile=profile).failures for profile in profiles)


def test_the_metadata_packet_stays_readable_and_carries_odd_characters(canvas):
    root = Element("Document")
    square(canvas, root)
    pdf = finished(canvas, root)
    archive(pdf, Info(title="A <b> & c", language="en", identifier="x", modified="2020-02-29"))

    data = save(pdf)

    assert b"A &lt;b&gt; &amp; c" in data
    assert pikepdf.open(BytesIO(data)).open_metadata()["dc:title"] == "A <b> & c"


def test_no_stream_ends_in_a_carriage_return(canvas):
    root = Element("Document")
    for count in range(300):
        with canvas.mark(root):
            canvas.rect(1, 1, count, 1)
        canvas.showPage()
    pdf = finished(canvas, root)
    archive(pdf, INFO)

    assert b"\r\nendstream" not in save(pdf)


def test_the_same_drawing_gives_the_same_bytes():
    def drawn():
        canvas = TaggedCanvas(BytesIO(), (200, 200))
        root = Element("Document")
        square(canvas, root.add("P"))
        pdf = finished(canvas, root)
        archive(pdf, INFO)
        return save(pdf)

    assert drawn() == drawn()
