"""Pictures and what else stands in the text beside words: clean, upright, in their size, tagged."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import outloud
import page
import pdfplumber
import pikepdf
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from sphinx import addnodes

from build_scripts.deposit.collection import sources
from build_scripts.pdf.archival import Info
from build_scripts.pdf.book import Kit, Trimmings, Written, write_book, write_document
from build_scripts.pdf.context import Refused, Wording
from build_scripts.pdf.index import Entry
from build_scripts.pdf.picture_files import clean, picture_problem, read
from build_scripts.pdf.style import sheet
from build_scripts.pdf.tree import tree_text
from build_scripts.words import Words

TEMPLATE = Path(__file__).parents[1] / "build_scripts" / "template"
INFO = Info(title="The rock", language="en", identifier="urn:x:rock", modified="2020-02-29", creators=("A.",))
WORDING = Wording(
    contents="Contents", figures="Figures", index="Index", note="Note {label}", back="Back {label}",
    page="p. {page}", admonitions={"seealso": "See also"},
)  # fmt: skip
SECRETS = (b"Tattle", b"12345678", b"Lens of A. Snoop", b"2020:02:29", b"Exif_IFD")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def telltale(orientation: int = 1) -> Image.Exif:
    """Give what a camera and its owner leave in a picture."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Tattle"
    exif[0x013B] = "Lens of A. Snoop"
    exif[0x8298] = "Free to use, Rock Trust"
    exif.get_ifd(0x8769)[0x9003] = "2020:02:29 12:00:00"
    exif.get_ifd(0x8769)[0xA431] = "12345678"
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (12.0, 34.0, 56.0)
    return exif


def photograph(kind: str, orientation: int = 1) -> bytes:
    """Make a picture 60 by 40, red at its left end."""
    image = Image.new("RGB", (60, 40), "white")
    image.paste("red", (0, 0, 20, 40))
    out = BytesIO()
    more: dict[str, Any] = {}
    if kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Author", "Lens of A. Snoop")
        more["pnginfo"].add_text("Copyright", "Free to use, Rock Trust")
    elif kind == "WEBP":
        more = {"lossless": True, "xmp": b"<x>Tattle</x>"}
    else:
        more = {"comment": b"Tattle", "quality": 95, "progressive": True}
    image.save(out, kind, exif=telltale(orientation), icc_profile=PROFILE, **more)
    return out.getvalue() + b"Tattle"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_clean_picture_keeps_its_pixels_and_colours_and_tells_nothing_else(kind: str) -> None:
    made = clean(photograph(kind))

    assert [secret for secret in SECRETS if secret in made] == []
    with Image.open(BytesIO(made)) as after, Image.open(BytesIO(photograph(kind))) as before:
        assert after.tobytes() == before.tobytes()
        assert after.info["icc_profile"] == PROFILE
        assert set(after.getexif()) <= {0x8298}
    assert clean(made) == made
    assert kind == "WEBP" or b"Rock Trust" in made


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_picture_that_lies_is_turned_upright(kind: str, orientation: int) -> None:
    made = clean(photograph(kind, orientation))

    with Image.open(BytesIO(made)) as after:
        assert after.size == ((40, 60) if orientation > 4 else (60, 40))
        assert after.getexif().get(0x0112, 1) == 1
        red = {5: (20, 5), 6: (20, 5), 7: (20, 54), 8: (20, 54), 2: (55, 20), 3: (55, 20), 4: (5, 20)}
        assert after.convert("RGB").getpixel(red[orientation])[1] < 60
    assert [secret for secret in SECRETS if secret in made] == []
    assert clean(made) == made


def test_pictures_that_a_book_cannot_show_are_refused_in_words(tmp_path: Path) -> None:
    still, other = Image.new("RGB", (9, 9)), Image.new("RGB", (9, 9), "red")
    still.save(tmp_path / "a.gif")
    still.save(tmp_path / "b.webp", save_all=True, append_images=[other])
    still.save(tmp_path / "c.webp")
    still.save(tmp_path / "d.jpg", "PNG")

    problems = {path.name: picture_problem(path) for path in tmp_path.iterdir()}

    assert problems == {
        "a.gif": "is neither PNG, JPEG, WebP nor SVG; save it as one of them",
        "b.webp": "moves; a book shows pictures that stand still",
        "c.webp": None,
        "d.jpg": "is a PNG picture, and its name says JPEG",
    }
    (tmp_path / "e.rst").write_text("words")
    assert read(tmp_path / "e.rst") == b"words"


DRAWN = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:k="https://example.org/Tattle" viewBox="0 0 60 40">
<metadata><k:owner>Lens of A. Snoop</k:owner></metadata><!-- Tattle -->
<title>A rock</title><k:view user="Tattle"/>
<g fill="#225577" k:layer="Tattle"><path d="M0 40 L30 5 L60 40 Z"/>
<circle cx="45" cy="10" r="6" fill-opacity="0.5"/></g>
</svg>"""


def test_a_drawing_keeps_its_shapes_and_nothing_of_its_maker(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(DRAWN)

    made = read(tmp_path / "a.svg")

    assert picture_problem(tmp_path / "a.svg") is None
    assert [secret for secret in SECRETS if secret in made] == []
    assert made.count(b"<path") == made.count(b"<circle") == made.count(b"<title") == 1
    (tmp_path / "b.svg").write_bytes(made)
    assert read(tmp_path / "b.svg") == made


@pytest.mark.parametrize(
    ("inner", "problem"),
    [
        ("<text>Rock</text>", "has text in letters; turn it into paths, so that it needs no font"),
        ('<image href="https://example.org/x.png"/>', "holds another picture; show that by itself"),
        ("<script>1</script>", "holds a program; take it out"),
        ('<use href="https://example.org/x.svg#a"/>', "leads out of its file"),
        ('<rect fill="url(#a)"/>', "has gradients, patterns, clips or filters"),
        ('<rect style="fill: url(https://example.org/x)"/>', "has gradients, patterns, clips or filters"),
        ('<rect opacity="0.5"/>', "uses 'opacity'"),
        ('<rect style="fill: red; opacity: .5"/>', "uses 'opacity'"),
        ("<foreignObject/>", "uses 'foreignObject'"),
        ("<g>", "holds a broken picture"),
    ],
)
def test_a_drawing_that_loads_or_runs_or_needs_a_font_is_refused(
    tmp_path: Path, inner: str, problem: str
) -> None:
    (tmp_path / "a.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'
    )

    assert (picture_problem(tmp_path / "a.svg") or "").startswith(problem)


def test_odd_values_in_a_drawing_are_drawn_or_refused_and_never_a_crash(kit: Kit, tmp_path: Path) -> None:
    for number, inner in enumerate(
        ('<circle r="x"/>', '<path d="M 0 Q z 7 -"/>', '<rect width="1e" transform="scale(,)"/>', "<use/>")
    ):
        path = tmp_path / f"{number}.svg"
        path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>')
        if picture_problem(path) is None:
            write_document(parsed(f".. image:: {path.name}\n   :alt: A rock\n"), INFO, kit)


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///x">]>{DRAWN}')

    assert picture_problem(tmp_path / "a.svg") == "has a DOCTYPE; save it as plain SVG"


def test_a_drawing_is_drawn_as_paths_and_the_file_stays_archival(kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(DRAWN)
    figure = ".. figure:: a.svg\n   :alt: A rock\n   :width: 50%\n\n   The rock, |r| as drawn.\n"
    text = f"{figure}\n.. |r| image:: a.svg\n"

    written = write_document(parsed(text), INFO, kit)

    with pdfplumber.open(BytesIO(written.data)) as pdf:
        assert not pdf.pages[0].images
        assert len(pdf.pages[0].curves) >= 4
    with pikepdf.open(BytesIO(written.data)) as pdf:
        used = {
            str(one.operands[0])
            for one in pikepdf.parse_content_stream(pdf.pages[0])
            if str(one.operator) == "Tf"
        }
        assert used <= set(pdf.pages[0].Resources.Font.keys())
    assert tree(written).count("Figure") == 2
    assert judged(written, tmp_path) == []


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    for kind, name in (("JPEG", "turned.jpg"), ("WEBP", "a.webp"), ("PNG", "a.png")):
        (tmp_path / name).write_bytes(photograph(kind, 6 if kind == "JPEG" else 1))
    return Kit(sheet=sheet(), wording=WORDING, draw=lambda *_, **__: None, images=tmp_path)


def parsed(text: str) -> nodes.document:
    settings = {"report_level": 5, "halt_level": 5, "doctitle_xform": False}
    return publish_doctree(text, source_path="book/sample.rst", settings_overrides=settings)


def judged(written: Written, tmp_path: Path) -> list[str]:
    path = tmp_path / "judged.pdf"
    path.write_bytes(written.data)
    found = [
        failure.message
        for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)
        for failure in page.validate_pdf_bytes(written.data, profile=profile).failures
    ]
    return found + [one.message for one in outloud.check(str(path)).findings if one.severity == "error"]


def tree(written: Written) -> str:
    with pikepdf.open(BytesIO(written.data)) as pdf:
        return tree_text(pdf)


def shown(written: Written) -> list[tuple[float, float]]:
    """Return the sizes of the pictures on the pages, in points."""
    with pdfplumber.open(BytesIO(written.data)) as pdf:
        return [(one["x1"] - one["x0"], one["y1"] - one["y0"]) for leaf in pdf.pages for one in leaf.images]


def test_no_product_of_the_writer_tells_more_than_the_picture(kit: Kit, tmp_path: Path) -> None:
    text = "".join(f".. image:: {name}\n   :alt: A rock\n\n" for name in ("turned.jpg", "a.webp", "a.png"))
    written = write_document(parsed(text), INFO, kit)

    assert [secret for secret in SECRETS if secret in written.data] == []
    (wide, high), *_ = shown(written)
    assert (round(wide), round(high)) == (30, 45)
    assert judged(written, tmp_path) == []


@pytest.mark.parametrize(
    ("option", "width"),
    [
        ("", 45.0),
        (":width: 60%", 0.6),
        (":width: 30mm", 85.04),
        (":height: 20mm", 85.04),
        (":scale: 50", 22.5),
    ],
)
def test_a_figure_has_the_width_that_it_asks_for(kit: Kit, option: str, width: float) -> None:
    text = f".. figure:: a.png\n   :alt: A rock\n   {option}\n\n   The rock.\n"
    measure = kit.sheet.geometry.measure

    ((wide, high),) = shown(write_document(parsed(text), INFO, kit))

    assert wide == pytest.approx(width * measure if width < 1 else width, abs=0.1)
    assert wide / high == pytest.approx(1.5, abs=0.01)


def test_a_picture_in_a_line_is_a_figure_and_moves_no_line(kit: Kit, tmp_path: Path) -> None:
    words = "The sign |rock| stands for a rock, and every line stays where it is on the grid. "
    text = f"{words * 6}\n\n.. |rock| image:: a.png\n   :alt: rock\n"

    written = write_document(parsed(text), INFO, kit)
    plain = write_document(parsed(text.replace("|rock|", "M").replace("M image", "|M| image")), INFO, kit)

    def lines(one: Written) -> list[float]:
        with pdfplumber.open(BytesIO(one.data)) as pdf:
            return sorted({round(char["bottom"], 1) for char in pdf.pages[0].chars if char["size"] > 10})

    assert lines(written)[:5] == lines(plain)[:5]
    assert tree(written).count("Figure") == 6
    assert all(high < 13 for _, high in shown(written))
    assert judged(written, tmp_path) == []


def test_a_picture_in_a_line_needs_words(kit: Kit) -> None:
    document = parsed("See.\n")
    document[0] += nodes.image(uri="a.png")

    with pytest.raises(Refused, match="give it an alt text"):
        write_document(document, INFO, kit)


def listing() -> nodes.document:
    document = parsed("One\n===\n\nText.\n")
    caption, code = nodes.caption("", "The log, as typed"), nodes.literal_block("", "a  b\n  c")
    holder = nodes.container("", caption, code, literal_block=True, classes=["literal-block-wrapper"])
    items = [nodes.list_item("", nodes.paragraph("", f"Lamp {number}")) for number in range(1, 6)]
    columns = addnodes.hlist("", *(
        addnodes.hlistcol("", nodes.bullet_list("", *part)) for part in (items[:3], items[3:])
    ), ncolumns="2")  # fmt: skip
    document.children[0].extend([holder, columns, nodes.paragraph("", "After.")])
    return document


def test_a_listing_keeps_its_caption_and_columns_are_one_list(kit: Kit, tmp_path: Path) -> None:
    written = write_document(listing(), INFO, kit)

    told = tree(written)
    assert re.search(r"Caption.*\n.*P.*\n.*Code", told)
    assert len(re.findall(r"^ *L\b", told, re.M)) == 1
    assert told.count("LI") == 5
    with pdfplumber.open(BytesIO(written.data)) as pdf:
        places = {word["text"]: word for word in pdf.pages[0].extract_words() if word["top"] < 700}
    assert places["1"]["top"] == pytest.approx(places["4"]["top"])
    assert places["1"]["x0"] + 90 < places["4"]["x0"]
    assert judged(written, tmp_path) == []


def test_entries_of_the_author_have_pages_in_the_printed_index(kit: Kit, tmp_path: Path) -> None:
    document = parsed("One\n===\n\nText.\n\nTwo\n===\n\nText.\n")
    for number, section in enumerate(document.findall(nodes.section)):
        name = f"index-{number}"
        section.insert(1, nodes.target("", "", ids=[name]))
        section.insert(1, addnodes.index(entries=[("single", "lamps", name, "", None)]))
    entries = [
        Entry(text="beacon", letter=1.0, see="see lamps"),
        Entry(text="lamps", letter=2.0, places=("index-0", "index-1"), main="index-1"),
    ]

    written = write_book(document, INFO, kit, Trimmings(index=entries))

    with pdfplumber.open(BytesIO(written.data)) as pdf:
        last = pdf.pages[-1].extract_text()
    assert "beacon, see lamps" in last
    assert "lamps, 1, 2" in last
    assert judged(written, tmp_path) == []


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a dossier with pictures of every kind, one in a line, that tell where they were taken."""
    folder = tmp_path_factory.mktemp("illustrated")
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True)
    images = folder / "book" / "images"
    images.mkdir(exist_ok=True)
    for kind, name in (("JPEG", "turned.jpg"), ("WEBP", "a.webp"), ("PNG", "a.png")):
        (images / name).write_bytes(photograph(kind, 6))
    (images / "a.svg").write_text(DRAWN)
    chapter = next((folder / "book" / "chapters").glob("*.rst"))
    shown = "".join(
        f"\n.. figure:: /images/{name}\n   :alt: A rock in the sea\n   :width: 40%\n\n   The rock.\n"
        for name in ("turned.jpg", "a.webp", "a.svg")
    )
    chapter.write_text(chapter.read_text("utf-8") + shown + INLINE, "utf-8")
    return folder


INLINE = """
The sign |rock| stands for a rock. :cite:`first-source`

.. |rock| image:: /images/a.png
   :alt: rock
"""


def test_no_form_of_the_book_tells_more_than_it_shows(build: Callable[..., Path], illustrated: Path) -> None:
    pdf = build("pdf", illustrated) / "pdf" / "dossier.pdf"
    site = build("html", illustrated) / "html" / "_images"
    book = build("epub", illustrated) / "epub" / "dossier.epub"

    with zipfile.ZipFile(book) as container:
        kept = {name: container.read(name) for name in container.namelist() if "images/" in name}
    kept |= {str(path): path.read_bytes() for path in site.iterdir()} | {str(pdf): pdf.read_bytes()}

    assert len(kept) == 9
    assert {name: secret for name, data in kept.items() for secret in SECRETS if secret in data} == {}
    for name, data in kept.items():
        if not name.endswith((".pdf", ".svg")):
            with Image.open(BytesIO(data)) as image:
                assert image.size == (40, 60)


def test_the_deposit_has_the_pictures_clean(illustrated: Path) -> None:
    kept = {one.path: one.data for one in sources(illustrated, Words("en"))}

    assert "book/images/a.webp" in kept
    assert {path: secret for path, data in kept.items() for secret in SECRETS if secret in data} == {}
