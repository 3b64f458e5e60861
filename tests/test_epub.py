"""The EPUB of the second dossier, opened as zip and XML, and both EPUBs before EPUBCheck."""

from __future__ import annotations

import html
import posixpath
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pikepdf
import pytest

from build_scripts.__main__ import main
from build_scripts.judges import ACE
from build_scripts.judges.epubs import ace, epubcheck
from build_scripts.judges.faults import NoVerdict
from build_scripts.sphinx_ext.epub import pack
from build_scripts.sphinx_ext.epub_access import assess
from build_scripts.words import Words

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests/dossiers/lighthouse"
NAMES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "svg": "http://www.w3.org/2000/svg",
}
TYPE = "{http://www.idpf.org/2007/ops}type"
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:svg="http://www.w3.org/2000/svg"'
    ' lang="en" xml:lang="en">'
    "<head><title>A page</title></head><body>{}</body></html>"
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">a</dc:identifier>
<dc:title>A</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2001-02-03T00:00:00Z</meta></metadata>
<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="a"/></spine></package>"""
MARK = re.compile(r'<span [^>]*\bid="(page_\w+)"[^>]*></span>')
# What ends a block of text, and what a page does not show of it: tags, and what drawings say of themselves.
BLOCK_ENDS = re.compile(r"</(?:p|h[1-6]|t[hd]|d[td]|li|caption|text)>")
SAID_OF = re.compile(r"<(title|desc|style)\b.*?</\1>|<[^>]*>", re.S)
BUILDS = Callable[..., Path]


@pytest.fixture(scope="module")
def book(build: BUILDS) -> dict[str, bytes]:
    """Give the members of the EPUB by name, in the order of the file."""
    with zipfile.ZipFile(build("epub") / "epub/dossier.epub") as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


@pytest.fixture(scope="module")
def package(book: dict[str, bytes]) -> ElementTree.Element:
    """Give the package document."""
    return ElementTree.fromstring(book["EPUB/package.opf"])


def pages(book: dict[str, bytes]) -> dict[str, ElementTree.Element]:
    """Return the documents of the book by their paths in it."""
    return {name: ElementTree.fromstring(data) for name, data in book.items() if name.endswith(".xhtml")}


def texts(package: ElementTree.Element, path: str) -> list[str]:
    """Return the texts of elements of the package's metadata."""
    return [element.text or "" for element in package.findall(f"opf:metadata/{path}", NAMES)]


def meta(package: ElementTree.Element, name: str) -> list[str]:
    """Return the values of a property."""
    return texts(package, f"opf:meta[@property='{name}']")


def test_points_of_lists_have_the_figures_of_their_author(book: dict[str, bytes]) -> None:
    chapter = ElementTree.fromstring(book["EPUB/chapters/02-the-wreck.xhtml"])
    lists = chapter.iter("{http://www.w3.org/1999/xhtml}ol")

    assert [one.get("type") for one in lists] == ["1", "a", "i"]
    assert b"ol.loweralpha.bracketed.prefixed" in book["EPUB/style/dossier.css"]


def test_epubcheck_finds_neither_errors_nor_warnings(build: BUILDS) -> None:
    assert list(epubcheck(build("epub") / "epub/dossier.epub")) == []


def test_ace_names_what_is_not_accessible_and_where(tmp_path: Path) -> None:
    if not ACE.is_installed:
        pytest.skip(f"ace is not installed; {ACE.install}")
    names = 'xmlns:epub="http://www.idpf.org/2007/ops"'
    nav = f'<nav {names} epub:type="toc" role="doc-toc"><ol><li><a href="a.xhtml">A</a></li></ol></nav>'
    documents = {
        "META-INF/container.xml": CONTAINER,
        "package.opf": PACKAGE,
        "nav.xhtml": PAGE.format(nav),
        "a.xhtml": PAGE.format('<h1>A</h1><p><a href="nav.xhtml"><span></span></a></p>'),
    }
    book = tmp_path / "book.epub"
    book.write_bytes(pack({name: text.encode() for name, text in documents.items()}))

    faults = [fault for fault in map(str, ace(book)) if not fault.startswith("metadata-")]

    assert [fault.partition(":")[0] for fault in faults] == ["link-name"]
    assert faults[0].endswith("(a.xhtml)")
    (tmp_path / "none.epub").write_bytes(b"no EPUB at all")
    with pytest.raises(NoVerdict):
        list(ace(tmp_path / "none.epub"))


def test_two_builds_in_two_folders_give_equal_bytes(build: BUILDS) -> None:
    first, second = (build("epub", copy=copy) / "epub/dossier.epub" for copy in ("1", "2"))
    assert first.read_bytes() == second.read_bytes()


def test_the_container_begins_with_its_type_and_tells_nothing_of_its_making() -> None:
    data = pack({"a.xhtml": b"<html/>", "b.png": b"png"})

    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos = archive.infolist()
    told = {(info.date_time, info.create_system, info.external_attr >> 16) for info in infos}
    assert told == {((1980, 1, 1, 0, 0, 0), 3, 0o100644)}
    assert [info.compress_type == zipfile.ZIP_STORED for info in infos] == [True, False, True]


def test_the_package_says_what_the_edition_says(package: ElementTree.Element) -> None:
    assert texts(package, "dc:identifier") == ["urn:uuid:00000000-0000-4000-8000-00000000c0de"]
    assert texts(package, "dc:title")[0] == "The Lamp at Cape Nowhere"
    assert texts(package, "dc:language") == ["en"]
    assert texts(package, "dc:creator") == ["Nobody in Particular", "The “Example & Sons” <Workshop>"]
    assert texts(package, "dc:publisher") == ["The Placeholder Press"]
    assert texts(package, "dc:rights") == ["CC0-1.0"]
    assert meta(package, "role") == ["aut", "edt"]
    assert meta(package, "dcterms:modified") == ["2001-02-03T00:00:00Z"]


def test_the_manifest_lists_every_file_once_with_what_is_in_it(
    book: dict[str, bytes], package: ElementTree.Element
) -> None:
    items = package.findall("opf:manifest/opf:item", NAMES)
    listed = ["EPUB/" + unquote(item.attrib["href"]) for item in items]

    assert sorted(listed) == sorted(set(book) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"})
    properties = {"EPUB/" + unquote(item.attrib["href"]): item.get("properties", "") for item in items}
    drawn = {name for name, page in pages(book).items() if page.find(".//svg:svg", NAMES) is not None}
    assert {name for name, value in properties.items() if "svg" in value.split()} == drawn
    assert drawn
    assert properties["EPUB/nav.xhtml"] == "nav"
    assert properties["EPUB/cover.png"] == "cover-image"


def test_the_spine_is_cover_title_page_contents_chapters_in_order_and_colophon(
    package: ElementTree.Element,
) -> None:
    items = {item.get("id"): item.get("href") for item in package.findall("opf:manifest/opf:item", NAMES)}
    order = [items[item.get("idref")] for item in package.findall("opf:spine/opf:itemref", NAMES)]

    index = (LIGHTHOUSE / "book/index.rst").read_text("utf-8")
    written = [f"{line.strip()}.xhtml" for line in re.findall(r"(?m)^   [a-z].*$", index)]

    assert order == ["cover.xhtml", "index.xhtml", "nav.xhtml", *written, "colophon.xhtml"]


def test_the_contents_have_parts_with_chapters_and_sections_below(book: dict[str, bytes]) -> None:
    nav = pages(book)["EPUB/nav.xhtml"]
    toc, landmarks, _ = nav.findall(".//h:nav", NAMES)
    parts = toc.findall("h:ol/h:li", NAMES)

    assert [part.findtext("h:span", None, NAMES) for part in parts] == [
        None,
        "The story",
        "The evidence",
        None,
    ]
    chapters = parts[1].findall("h:ol/h:li/h:a", NAMES)
    assert [chapter.text for chapter in chapters] == ["The cape", "The wreck", "The keeping"]
    assert "The night" in [link.text for link in parts[1].findall("h:ol/h:li/h:ol/h:li/h:a", NAMES)]
    types = [link.get(TYPE) for link in landmarks.findall(".//h:a", NAMES)]
    assert types == ["cover", "titlepage", "toc", "bodymatter", "bibliography", "glossary", "colophon"]


def test_every_link_inside_the_book_leads_to_a_place_in_it(book: dict[str, bytes]) -> None:
    trees = pages(book)
    ids = {name: {element.get("id") for element in tree.iter()} for name, tree in trees.items()}
    dead = []
    for name, tree in trees.items():
        for link in tree.iter(f"{{{NAMES['h']}}}a"):
            address, fragment = urldefrag(link.get("href", ""))
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address)))
                if address
                else name
            )
            if ":" not in address and (target not in ids or (fragment and fragment not in ids[target])):
                dead.append((name, link.get("href")))
    assert dead == []


def test_notes_are_marked_as_notes_and_lead_back_to_their_marks(book: dict[str, bytes]) -> None:
    chapter = pages(book)["EPUB/chapters/02-the-wreck.xhtml"]
    marks = [link for link in chapter.iter(f"{{{NAMES['h']}}}a") if link.get(TYPE) == "noteref"]
    notes = {
        note.get("id"): note
        for note in chapter.iter(f"{{{NAMES['h']}}}aside")
        if note.get(TYPE) == "footnote"
    }

    assert [mark.get("href") for mark in marks] == [f"#{name}" for name in notes]
    assert {note.get("role") for note in notes.values()} == {"doc-footnote"}
    backs = [note.find(".//h:a[@role='doc-backlink']", NAMES) for note in notes.values()]
    assert [back.get("href") for back in backs if back is not None] == [
        f"#{mark.get('id')}" for mark in marks
    ]


def test_there_are_no_scripts_and_nothing_is_loaded_from_outside(book: dict[str, bytes]) -> None:
    for name, page in pages(book).items():
        assert page.find(".//h:script", NAMES) is None, name
        loaded = [element.get("src") or "" for element in page.iter()]
        loaded += [link.get("href", "") for link in page.findall(".//h:link", NAMES)]
        assert [address for address in loaded if ":" in address] == []
    styles = b"".join(data for name, data in book.items() if name.endswith(".css"))
    assert re.findall(rb"url\(.https?:", styles) == []


def test_the_typefaces_are_in_the_book_with_their_licence(book: dict[str, bytes]) -> None:
    assert {"EPUB/fonts/serif.woff2", "EPUB/fonts/sans.woff2"} <= set(book)
    assert b"SIL OPEN FONT LICENSE" in book["EPUB/fonts/licences.txt"]
    assert b"SIL Open Font License" in book["EPUB/colophon.xhtml"]


def test_the_cover_shows_the_title_and_says_so(book: dict[str, bytes]) -> None:
    image = pages(book)["EPUB/cover.xhtml"].find(".//h:img", NAMES)

    assert image is not None
    assert image.get("alt") == "Cover: The Lamp at Cape Nowhere"
    assert book["EPUB/cover.png"].startswith(b"\x89PNG")


def test_accessibility_is_claimed_by_what_was_found(package: ElementTree.Element) -> None:
    assert meta(package, "schema:accessMode") == ["textual", "visual"]
    assert meta(package, "schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert meta(package, "schema:accessibilityHazard") == ["none"]
    assert {
        "tableOfContents", "alternativeText", "structuralNavigation", "pageBreakMarkers", "pageNavigation"
    } <= set(meta(package, "schema:accessibilityFeature"))  # fmt: skip
    assert meta(package, "schema:accessibilitySummary") != [""]
    assert "urn:uuid" not in "".join(meta(package, "pageBreakSource"))


def test_conformance_is_claimed_in_the_name_of_who_vouches_for_it(package: ElementTree.Element) -> None:
    assert meta(package, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert meta(package, "a11y:certifiedBy") == ["The Placeholder Press"]


@pytest.mark.parametrize("body", ["<h1>A</h1><h3>B</h3>", "<h2>A</h2>", "<h1>A</h1><h1>B</h1>", "<p>A</p>"])
def test_headings_that_leave_a_level_out_are_no_structural_navigation(body: str) -> None:
    access = assess({"a.xhtml": PAGE.format(body).encode()}, Words("en"))

    assert "structuralNavigation" not in access.features


@pytest.mark.parametrize("picture", ['<img src="a.png"/>', '<svg:svg id="plan"/>'])
def test_a_picture_without_text_is_not_said_to_have_one(picture: str) -> None:
    access = assess({"a.xhtml": PAGE.format(f"<h1>A</h1>{picture}").encode()}, Words("en"))

    assert "alternativeText" not in access.features
    assert access.sufficient == ("textual,visual",)


def test_a_book_without_pictures_claims_no_texts_for_them() -> None:
    access = assess({"a.xhtml": PAGE.format("<h1>A</h1>").encode()}, Words("en"))

    assert access.modes == ("textual",)
    assert "alternativeText" not in access.features


def test_a_book_without_marks_of_pages_claims_none() -> None:
    access = assess({"a.xhtml": PAGE.format("<h1>A</h1>").encode()}, Words("en"))

    assert not {"pageBreakMarkers", "pageNavigation"} & set(access.features)


# --- the pages of the printed book ---


@pytest.fixture(scope="module")
def printed(build: BUILDS) -> dict[str, str]:
    """Give the letters and figures of every page of the PDF by its folio; blank pages have none."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed; apt-get install poppler-utils")
    path = build("pdf") / "pdf/dossier.pdf"
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    with pikepdf.open(path) as pdf:
        folios = [page.label for page in pdf.pages]
    return dict(zip(folios, map(plain, done.stdout.split("\f")), strict=False))


def plain(text: str) -> str:
    """Return letters and figures, which hyphens and spaces at the ends of lines do not change."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).casefold()


def listed(book: dict[str, bytes]) -> list[tuple[str, str]]:
    """Return folios and addresses of the list of pages."""
    *_, pages = ElementTree.fromstring(book["EPUB/nav.xhtml"]).findall(".//h:nav", NAMES)
    assert pages.get(TYPE) == "page-list"
    return [(link.text or "", link.get("href", "")) for link in pages.findall(".//h:a", NAMES)]


def told(book: dict[str, bytes], package: ElementTree.Element) -> list[tuple[str, str, str]]:
    """Return for every mark its folio, its address and the first words behind it, if any."""
    items = {item.get("id"): item.get("href", "") for item in package.iter(f"{{{NAMES['opf']}}}item")}
    marks = []
    for reference in package.findall("opf:spine/opf:itemref", NAMES):
        href = items[reference.get("idref")]
        first, *parts = MARK.split(book[f"EPUB/{href}"].decode())
        assert "pagebreak" not in first
        for name, part in zip(parts[::2], parts[1::2], strict=True):
            blocks = [html.unescape(SAID_OF.sub("", block)) for block in BLOCK_ENDS.split(part)]
            words = next((block for block in blocks if plain(block)), "").split()[:4]
            marks.append((name.removeprefix("page_"), f"{href}#{name}", plain("".join(words))))
    return marks


def test_every_page_of_the_text_is_listed_once_and_in_order(
    book: dict[str, bytes], printed: dict[str, str]
) -> None:
    folios = list(printed)
    first, index = folios.index("1"), next(folio for folio in printed if printed[folio].startswith("index"))
    text = [folio for folio in folios[first : folios.index(index) + 1] if printed[folio]]

    assert [folio for folio, _ in listed(book)] == ["iii", "v", *text]
    assert len(text) > 30


def test_every_mark_of_a_page_is_listed_and_says_its_number(
    book: dict[str, bytes], package: ElementTree.Element
) -> None:
    marks = {
        (f"{name.removeprefix('EPUB/')}#{mark.get('id')}", mark.get(TYPE), mark.get("aria-label"))
        for name, page in pages(book).items()
        for mark in page.iterfind(".//*[@role='doc-pagebreak']")
    }

    assert marks == {(href, "pagebreak", f"Page {folio}.") for folio, href in listed(book)}
    assert [(folio, href) for folio, href, _ in told(book, package)] == listed(book)


def test_what_follows_the_mark_of_a_page_is_what_the_printed_page_begins_with(
    book: dict[str, bytes], package: ElementTree.Element, printed: dict[str, str]
) -> None:
    wrong = []
    for folio, _, words in told(book, package):
        # A number and a running head may stand above.
        if words not in printed[folio][:80]:
            wrong.append((folio, words, printed[folio][:80]))
    assert wrong == []


def test_only_the_page_of_a_part_begins_where_its_first_chapter_does(
    book: dict[str, bytes], package: ElementTree.Element, printed: dict[str, str]
) -> None:
    empty = [folio for folio, _, words in told(book, package) if not words]

    assert [printed[folio] for folio in empty] == ["thestory", "theevidence"]


def test_pages_of_another_text_are_refused_with_what_to_do(
    build: BUILDS, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = build("epub")
    shutil.copytree(folder / "fonts", tmp_path / "fonts")
    shutil.copy(folder / "citations.json", tmp_path)
    pages = (folder / "pages.json").read_text("utf-8")
    changed = re.sub(r"chronology#(\d+)", r"chronology#\g<1>00", pages)
    assert changed != pages
    (tmp_path / "pages.json").write_text(changed, "utf-8")

    assert main(["book", "epub", "--dossier", str(LIGHTHOUSE), "--build", str(tmp_path)]) == 2
    assert (
        "pages.json' is of another text; run the step 'book pdf' first, or all of them by make"
        in capsys.readouterr().err
    )
    assert not (tmp_path / "epub/dossier.epub").exists()


def test_the_source_of_the_pages_is_the_printed_book_and_not_the_epub(package: ElementTree.Element) -> None:
    assert meta(package, "pageBreakSource") == [
        "The Lamp at Cape Nowhere: the book printed on A4 paper, dossier.pdf of 2001-02-03"
    ]
    assert texts(package, "dc:identifier")[0] not in meta(package, "pageBreakSource")
