"""Write the book as an EPUB 3.3: documents, navigation, package, cover and fonts in a container.

Sphinx writes the body of every page; everything around it comes from templates that escape what they are
given. The same dossier gives the same bytes.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar
from xml.etree import ElementTree

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sphinx.builders.epub3 import Epub3Builder
from sphinx.writers.html5 import HTML5Translator

from build_scripts import files
from build_scripts.diagnostics import WrongUsage
from build_scripts.draw.style import COLOURS, DARK_COLOURS
from build_scripts.nodes.context import Context
from build_scripts.nodes.title_page import colophon
from build_scripts.pdf import picture_files
from build_scripts.pdf.fonts import FACES
from build_scripts.pdf.front import CONTENTS, TITLE
from build_scripts.pdf.index import INDEX
from build_scripts.pdf.page_map import PageMap
from build_scripts.sphinx_ext.assemble import is_index
from build_scripts.sphinx_ext.epub_access import SVG, assess
from build_scripts.sphinx_ext.epub_contents import Entry, contents, spine
from build_scripts.sphinx_ext.epub_cover import cover
from build_scripts.sphinx_ext.page_breaks import place, set_marks
from build_scripts.sphinx_ext.translator import EpubTranslator

TEMPLATES = Path(__file__).parent / "web" / "epub"
ROOT = "EPUB"
EPOCH = (1980, 1, 1, 0, 0, 0)
MEDIA_TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
COMPRESSED = (".woff2", ".png", ".jpg", ".jpeg", ".webp")
# Kinds of documents by what they tell: a record's scheme and the word of EPUB Structural Semantics.
KINDS = {"ref-": "bibliography", "term-": "glossary"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Hold an item of the manifest."""

    name: str
    href: str
    media_type: str
    properties: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Name a page of the printed book and where it begins."""

    folio: str
    document: str
    place: str


class DossierEpubBuilder(Epub3Builder):
    """Collect pages as they are written and put the book together at the end."""

    name = "dossier-epub"
    epilog = ""
    default_translator_class: ClassVar[type[HTML5Translator]] = EpubTranslator

    def init(self) -> None:
        """Begin with no pages."""
        super().init()
        self.documents: dict[str, bytes] = {}
        self.page_map = PageMap.load(Path(self.config.dossier_pages).read_bytes())
        # The documents in which the pages of the printed book begin, by folio.
        self.begun: dict[str, str] = {
            page.folio: "nav.xhtml" for page in self.page_map.pages if page.block == CONTENTS
        }
        self.templates_of_epub = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def kind(self, docname: str) -> str:
        """Return what a page is among the parts of a book."""
        pages = self.env.get_domain("dossier").data["pages"]
        told = (
            kind
            for prefix, kind in KINDS.items()
            for name in pages
            if name.startswith(prefix) and pages[name] == docname
        )
        return next(told, "chapter")

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page with the marks of the printed pages that begin in it."""
        href = f"{docname}{self.out_suffix}"
        *_, last = spine(contents(self.env, self.config.root_doc, self.out_suffix))
        titles = [TITLE] if docname == self.config.root_doc else []
        if href == last and is_index(doctree):
            # An index that stands elsewhere has no pages: they would be out of order.
            titles.append(INDEX)
        for page in set_marks(self.page_map.pages, doctree, titles):
            self.begun[page.folio] = href
        super().write_doc(docname, doctree)

    def handle_page(
        self, pagename: str, addctx: dict[str, Any], templatename: str = "", **options: Any
    ) -> None:
        """Keep a page of the book; pages that Sphinx has for other purposes do not go through here."""
        href = f"{pagename}{self.out_suffix}"
        self.documents[href] = self._render(
            "page.xhtml",
            href=href,
            title=self.env.titles[pagename].astext(),
            kind="titlepage" if pagename == self.config.root_doc else "",
            body=Markup(addctx["body"]),
        )

    def copy_assets(self) -> None:
        """Copy nothing that a theme brings."""

    def finish(self) -> None:
        """Put the book together."""
        self.copy_image_files()
        ctx: Context = self.env.get_domain("dossier").context  # type: ignore[attr-defined]
        entries = contents(self.env, self.config.root_doc, self.out_suffix)
        title_page = f"{self.config.root_doc}{self.out_suffix}"
        self.documents["cover.xhtml"] = self._render(
            "cover.xhtml", href="cover.xhtml", title=ctx.words("epub-cover")
        )
        self.documents["nav.xhtml"] = self._navigation(entries, title_page)
        self.documents["colophon.xhtml"] = self._render(
            "colophon.xhtml", href="colophon.xhtml", title=ctx.words("epub-colophon"), lines=colophon(ctx)
        )
        order = ["cover.xhtml", title_page, "nav.xhtml", *spine(entries), "colophon.xhtml"]
        resources = {**self._resources(ctx), **self.documents}
        items = [_item(href, resources[href]) for href in sorted(resources)]
        names = {item.href: item.name for item in items}
        package = self._render(
            "package.opf",
            items=items,
            order=[names[href] for href in order],
            access=assess(self.documents, ctx.words),
            paper=ctx.words(f"paper-{self.page_map.paper}"),
        )
        container = {
            "META-INF/container.xml": (TEMPLATES / "container.xml").read_bytes(),
            f"{ROOT}/package.opf": package,
        }
        container |= {f"{ROOT}/{href}": data for href, data in sorted(resources.items())}
        files.write(Path(self.outdir) / "dossier.epub", pack(container))

    def _render(self, template: str, **values: Any) -> bytes:
        """Fill a template; `edition` and `words` are known in all of them."""
        ctx: Context = self.env.get_domain("dossier").context  # type: ignore[attr-defined]
        href = values.get("href", "")
        top = "../" * href.count("/")
        text = self.templates_of_epub.get_template(template).render(
            edition=ctx.dossier.edition, words=ctx.words, top=top, **values
        )
        return text.encode()

    def _navigation(self, entries: tuple[Entry, ...], title_page: str) -> bytes:
        body = next(spine(entries), title_page)
        marks = [
            ("cover", "cover.xhtml"),
            ("titlepage", title_page),
            ("toc", "nav.xhtml#toc"),
            ("bodymatter", body),
        ]
        for docname in sorted(self.env.all_docs):
            if self.kind(docname) in KINDS.values():
                marks.append((self.kind(docname), f"{docname}{self.out_suffix}"))
        marks.append(("colophon", "colophon.xhtml"))
        ctx: Context = self.env.get_domain("dossier").context  # type: ignore[attr-defined]
        title = ctx.words("book-contents")
        front = [Entry(title=ctx.dossier.edition.title, href=title_page)]
        back = [Entry(title=ctx.words("epub-colophon"), href="colophon.xhtml")]
        return self._render(
            "nav.xhtml",
            href="nav.xhtml",
            title=title,
            entries=[*front, *entries, *back],
            landmarks=marks,
            pages=self._pages(),
        )

    def _pages(self) -> list[Page]:
        """Return the list of pages; raise WrongUsage if the PDF is of another text than the EPUB."""
        pages = self.page_map.pages
        if any(page.folio not in self.begun and page.block not in (TITLE, INDEX) for page in pages):
            raise WrongUsage(
                f"'{self.config.dossier_pages}' is of another text; run the step 'book pdf' first,"
                " or all of them by make"
            )
        found = [page for page in pages if page.folio in self.begun]
        return [Page(folio=page.folio, document=self.begun[page.folio], place=place(page)) for page in found]

    def _resources(self, ctx: Context) -> dict[str, bytes]:
        """Return everything that is not a document: styles, fonts with their licences, pictures."""
        fonts = Path(self.config.dossier_fonts)
        found = {f"fonts/{path.name}": path.read_bytes() for path in sorted(fonts.iterdir())}
        found["fonts/licences.txt"] = font_licences(path.stem for path in fonts.glob("*.woff2")).encode()
        found["style/dossier.css"] = self._render("dossier-epub.css", light=COLOURS, dark=DARK_COLOURS)
        found["cover.png"] = cover(ctx)
        book = Path(self.srcdir)
        for source, name in sorted(self.images.items()):
            found[f"{self.imagedir}/{name}"] = picture_files.read(book / source, book)
        return found


def font_licences(faces: Iterable[str]) -> str:
    """Return the licences of typefaces, as the packages that bring them state them."""
    packages = sorted({FACES[face].package for face in faces})
    texts = [metadata.distribution(package).read_text("licenses/LICENSE") or "" for package in packages]
    return "\n\n\n".join(text.strip() for text in texts) + "\n"


def pack(entries: Mapping[str, bytes]) -> bytes:
    """Return an EPUB container: its type first and stored, no time of its making (OCF 3.3, 4.2 and 4.3)."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {"mimetype": b"application/epub+zip", **entries}.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            stored = name == "mimetype" or name.endswith(COMPRESSED)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=9)
    return out.getvalue()


def _item(href: str, data: bytes) -> Item:
    """Return a file's item in the manifest, with the properties that hold of it (EPUB 3.3, D.6)."""
    suffix = posixpath.splitext(href)[1].lower()
    properties = {"nav.xhtml": "nav", "cover.png": "cover-image"}.get(href, "")
    if suffix == ".xhtml" and ElementTree.fromstring(data).find(f".//{SVG}svg") is not None:
        properties = f"{properties} svg".strip()
    # What an XML name has not stands as its code, so that two files never have one name.
    name = "item-" + re.sub("[^A-Za-z0-9-]", lambda sign: f"_{ord(sign[0]):x}_", href)
    return Item(name=name, href=href, media_type=MEDIA_TYPES[suffix], properties=properties)
