"""Write whole documents: a book with its front matter, or a short part of one, as archival tagged PDF.

Composing comes first, so that page numbers are known when the contents are set; everything is drawn once,
then the structure tree, the fonts and the metadata are added.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import chain, count, repeat
from pathlib import Path

import pikepdf
from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf import floats, grids, lists, texts
from build_scripts.pdf.archival import Info, archive, save
from build_scripts.pdf.artist import Artist
from build_scripts.pdf.blocks import Rule
from build_scripts.pdf.chapters import body, chapters, is_part, name_figures
from build_scripts.pdf.contents import Heading, bookmarks, figures, headings, lines
from build_scripts.pdf.context import Scope, Setting, Wording
from build_scripts.pdf.embedding import embed
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.front import (
    CONTENTS,
    at_foot,
    contents_pages,
    list_of_figures,
    title_block,
    title_pages,
)
from build_scripts.pdf.index import INDEX, Entry, index, listed
from build_scripts.pdf.numerals import roman
from build_scripts.pdf.page_map import Beginning, beginning
from build_scripts.pdf.pages import Page, Start, Story, compose, names, stream
from build_scripts.pdf.structure import Bookmark, Labels, fill_in, finish
from build_scripts.pdf.style import Sheet
from build_scripts.pdf.tags import Element, TaggedCanvas
from build_scripts.pdf.writer import Writer

HANDLERS = {**texts.HANDLERS, **lists.HANDLERS, **floats.HANDLERS, **grids.HANDLERS}

ROLES = {"Title": "P"}

OUTLINE_DEPTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Hold a finished file, its number of pages, where they begin, and the references that led nowhere."""

    data: bytes
    pages: int
    beginnings: tuple[Beginning, ...] = ()
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """Bring what a document is set with.

    `draw(placed, canvas, x, y, scale, fonts=)` draws placed drawings, `images` is the folder of pictures;
    `contents_depth` counts the levels of headings in the contents, parts aside.
    """

    sheet: Sheet
    wording: Wording
    draw: Callable[..., None]
    images: Path | None = None
    contents_depth: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmings:
    """Bring what a book has around its chapters.

    `imprint` stands behind the title, `colophon` at the very end, both containers of paragraphs; an index
    without entries is left out.
    """

    imprint: nodes.Element | None = None
    colophon: nodes.Element | None = None
    index: Sequence[Entry] = ()


PLAIN = Trimmings()


def write_book(document: nodes.document, info: Info, kit: Kit, trimmings: Trimmings = PLAIN) -> Written:
    """Write a book: half-title, title page, imprint, contents, list of figures, chapters, index, colophon.

    Chapters are the outermost sections; a section of class `part` holds chapters. Front matter is numbered i,
    ii, the rest 1, 2.
    """
    blocks = list(chapters(document))
    around = [tree for tree in (trimmings.imprint, trimmings.colophon) if tree is not None]
    press = _Press(info, kit, [document, *around])
    scribe = press.scribe
    name_figures(blocks, scribe.setting.ids)
    front, main = press.root.add("Sect"), press.root.add("Sect")
    scope = Scope(width=kit.sheet.geometry.measure)
    entries = list(headings(blocks))
    if trimmings.index:
        entries.append(Heading(level=1, title=kit.wording.index, name=INDEX))
    deepest = kit.contents_depth + any(is_part(block) for block in blocks)
    shown = [entry for entry in entries if entry.level <= deepest and entry.listed]
    story = title_pages(scribe, info, front, trimmings.imprint, scope)
    story += contents_pages(scribe, shown, front)
    drawings = list(figures(blocks))
    if drawings:
        story += list_of_figures(scribe, drawings, front)
    opening = compose(story, kit.sheet)
    if len(opening) % 2:
        opening.append(Page(kind="bare"))
    press.labels = [Labels(first=0, style="r"), Labels(first=len(opening), style="D")]
    press.draw(opening, map(roman, count(1)))
    numbers = map(str, count(1))
    press.draw(stream(body(scribe, blocks, main, scope), kit.sheet), numbers)
    if trimmings.index:
        notes = press.canvas.tagging
        found = listed(trimmings.index, notes, len(opening))
        last = index(scribe, kit.wording.index, found, notes, len(opening), press.root.add("Sect"))
        press.draw(compose(last, kit.sheet), numbers)
    if trimmings.colophon is not None:
        made = scribe.blocks(trimmings.colophon, press.root.add("Sect"), replace(scope, text="colophon"))
        end: Story = [Start(kind="bare"), *at_foot(made, scope.width, kit.sheet.geometry.depth)]
        press.draw(compose(end, kit.sheet), numbers)
    first = Bookmark(level=0, title=kit.wording.contents, name=CONTENTS)
    return press.finish([first, *bookmarks(entries, OUTLINE_DEPTH)])


def write_document(document: nodes.document, info: Info, kit: Kit, *, contents: bool = False) -> Written:
    """Write a short document: its title, contents if asked for, and the text, numbered 1, 2."""
    press = _Press(info, kit, [document])
    scribe, root = press.scribe, press.root
    blocks = [block for block in document.children if not isinstance(block, (nodes.title, nodes.subtitle))]
    name_figures(blocks, scribe.setting.ids)
    scope = Scope(width=kit.sheet.geometry.measure, level=1)
    entries = list(headings(blocks))
    story: Story = [Start(head=info.heading or info.title), *title_block(scribe, info, root)]
    if contents:
        shown = [entry for entry in entries if entry.level <= kit.contents_depth and entry.listed]
        story += [*lines(scribe, shown, root.add("TOC")), Rule(48.0)]
    text = _text(scribe, blocks, root, scope, info.heading or info.title)
    press.draw(stream(chain(story, text), kit.sheet), map(str, count(1)))
    return press.finish(bookmarks(entries, OUTLINE_DEPTH))


def _text(
    scribe: Writer, blocks: Sequence[nodes.Node], root: Element, scope: Scope, head: str
) -> Iterator[Flowable | Start]:
    """Give the text of a document; a set of plates and what follows it begin on pages of their own."""
    before = False
    for block in blocks:
        plates = isinstance(block, nodes.Element) and "plates" in block["classes"]
        if plates or before:
            yield Start(kind="plain", head=head)
        yield from scribe.flow(block, root, scope)
        before = plates


Leaves = Callable[[Writer, Element], tuple[list[Page], list[Bookmark]]]
"""Make pages and an outline; what they say goes below the element."""


def write_leaves(make: Leaves, info: Info, kit: Kit) -> Written:
    """Write pages that were placed by hand, without numbers on them."""
    press = _Press(info, kit, [])
    pages, outline = make(press.scribe, press.root)
    press.draw(pages, repeat(""))
    return press.finish(outline)


class _Press:
    """Draw composed pages one after the other and finish the file."""

    def __init__(self, info: Info, kit: Kit, trees: Sequence[nodes.Element]) -> None:
        self.info = info
        self.sheet = kit.sheet
        self.fonts = FontBook(info.language)
        setting = Setting(
            sheet=kit.sheet,
            fonts=self.fonts,
            draw=partial(kit.draw, fonts=self.fonts),
            wording=kit.wording,
            images=kit.images,
        )
        setting.learn(trees)
        self.scribe = Writer(setting=setting, handlers=HANDLERS)
        self.root = Element("Document", title=info.title)
        self.labels = [Labels(first=0, style="D")]
        self.beginnings: list[Beginning] = []
        self.out = BytesIO()
        self.canvas = TaggedCanvas(self.out, (kit.sheet.geometry.width, kit.sheet.geometry.height))

    def draw(self, pages: Iterable[Page], folios: Iterator[str]) -> None:
        """Draw pages as they come, and remember on which page everything is found and where it begins."""
        artist = Artist(canvas=self.canvas, sheet=self.sheet, fonts=self.fonts)
        for page in pages:
            folio = next(folios)
            for name in names(page):
                self.scribe.setting.folios.setdefault(name, folio)
            begun = beginning(page, folio)
            if begun:
                self.beginnings.append(begun)
            artist.draw(page, folio)

    def finish(self, outline: Sequence[Bookmark]) -> Written:
        """Add structure, fonts and metadata."""
        late = self.canvas.catch_up()
        self.canvas.save()
        notes = self.canvas.tagging
        # The pages are in the file now: a large document should not stand in memory twice.
        del self.canvas
        with pikepdf.open(self.out) as pdf:
            fill_in(pdf, late)
            finish(
                pdf,
                self.root,
                notes,
                lang=self.info.language,
                labels=self.labels,
                outline=outline,
                role_map=ROLES,
            )
            del notes, self.root
            embed(self.fonts, pdf)
            archive(pdf, self.info)
            unresolved = tuple(self.scribe.setting.unresolved)
            return Written(
                data=save(pdf),
                pages=len(pdf.pages),
                beginnings=tuple(self.beginnings),
                unresolved=unresolved,
            )
