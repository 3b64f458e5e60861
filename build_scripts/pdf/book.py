"""Write whole documents: a book with its front matter, or a short part of one, as archival tagged PDF.

Composing comes first, so that page numbers are known when the contents are set; everything is drawn once,
then the structure tree, the fonts and the metadata are added.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf import floats, grids, lists, texts
from build_scripts.pdf.archival import Info, archive, save
from build_scripts.pdf.blocks import Rule, Space
from build_scripts.pdf.contents import Heading, bookmarks, figures, headings, lines, plain
from build_scripts.pdf.context import Scope, Setting, Wording
from build_scripts.pdf.embedding import embed
from build_scripts.pdf.flow import Marker, stack
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.numerals import roman
from build_scripts.pdf.pages import Artist, Page, Start, compose, names
from build_scripts.pdf.structure import Bookmark, Labels, finish
from build_scripts.pdf.palette import ACCENT
from build_scripts.pdf.style import Sheet
from build_scripts.pdf.tags import Element, TaggedCanvas
from build_scripts.pdf.writer import Writer

HANDLERS = {**texts.HANDLERS, **lists.HANDLERS, **floats.HANDLERS, **grids.HANDLERS}

ROLES = {"Title": "P"}

CONTENTS = "contents"
FIGURES = "figures"
OUTLINE_DEPTH = 3

Story = list[Flowable | Start]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Hold a finished file, its number of pages, and the references that led nowhere."""

    data: bytes
    pages: int
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """Bring what a document is set with: `draw(placed, canvas, x, y, scale, fonts=)` draws placed drawings, `images` is the folder of pictures."""

    sheet: Sheet
    wording: Wording
    draw: Callable[..., None]
    images: Path | None = None
    contents_depth: int = 2


@dataclass(slots=True, kw_only=True)
class _Parts:
    """Collect the composed pages of a document and what goes with them."""

    front: list[Page] = field(default_factory=list)
    body: list[Page] = field(default_factory=list)
    outline: list[Bookmark] = field(default_factory=list)


def write_book(
    document: nodes.document, info: Info, kit: Kit, *, imprint: nodes.Element | None = None
) -> Written:
    """Write a book: half-title, title page, imprint, contents, list of figures, chapters.

    Chapters are the outermost sections; a section of class `part` holds chapters. `imprint` is a container of
    paragraphs for the page behind the title. Front matter is numbered i, ii, the body 1, 2.
    """
    blocks = list(chapters(document))
    scribe = _scribe(info, kit, [document, *([imprint] if imprint is not None else [])])
    _name_figures(blocks, scribe)
    root = Element("Document", title=info.title)
    front, body = root.add("Sect"), root.add("Sect")
    scope = Scope(width=kit.sheet.geometry.measure)
    parts = _Parts(body=compose(_body(scribe, blocks, body, scope), kit.sheet))
    entries = list(headings(blocks))
    folios = _folios(parts.body)
    story = _title_pages(scribe, info, front, imprint, scope)
    story += _listing(
        scribe, [entry for entry in entries if entry.level <= kit.contents_depth], front, folios
    )
    shown = list(figures(blocks))
    if shown:
        story += _listing(scribe, shown, front, folios, title=kit.wording.figures, name=FIGURES)
    parts.front = compose(story, kit.sheet)
    if len(parts.front) % 2:
        parts.front.append(Page(kind="bare"))
    parts.outline = [
        Bookmark(level=0, title=kit.wording.contents, name=CONTENTS),
        *bookmarks(entries, OUTLINE_DEPTH),
    ]
    return _write(root, info, kit, scribe, parts)


def write_document(document: nodes.document, info: Info, kit: Kit, *, contents: bool = False) -> Written:
    """Write a short document: its title, contents if asked for, and the text, numbered 1, 2."""
    scribe = _scribe(info, kit, [document])
    blocks = [block for block in document.children if not isinstance(block, (nodes.title, nodes.subtitle))]
    _name_figures(blocks, scribe)
    root = Element("Document", title=info.title)
    scope = Scope(width=kit.sheet.geometry.measure, level=1)
    head = _title_block(scribe, info, root)
    toc = root.add("TOC")
    text: Story = []
    for block in blocks:
        text += scribe.block(block, root, scope)
    entries = [replace(entry, level=entry.level + 1) for entry in headings(blocks)]
    listed = [
        replace(entry, level=entry.level - 1) for entry in entries if entry.level <= kit.contents_depth + 1
    ]
    start: Story = [Start(head=info.title), *head]

    def with_contents(folios: dict[str, str]) -> Story:
        return (
            [*start, *lines(scribe, listed, toc, folios), Rule(48.0), *text] if contents else [*start, *text]
        )

    pages = compose(with_contents({}), kit.sheet)
    if contents:
        toc.kids.clear()
        pages = compose(with_contents(_folios(pages)), kit.sheet)
    outline = bookmarks([replace(entry, level=entry.level - 1) for entry in entries], OUTLINE_DEPTH)
    return _write(root, info, kit, scribe, _Parts(body=pages, outline=outline))


def chapters(node: nodes.Element) -> Iterator[nodes.Element]:
    """Give the outermost blocks of a book, through what only wraps them: a lone section, toctrees, files."""
    blocks = [child for child in node.children if isinstance(child, nodes.Element)]
    if isinstance(node, (nodes.document, nodes.section)):
        blocks = [child for child in blocks if not isinstance(child, (nodes.title, nodes.subtitle))]
    sections = [child for child in blocks if isinstance(child, nodes.section)]
    if isinstance(node, nodes.document) and len(sections) == 1 and len(blocks) == 1:
        yield from chapters(sections[0])
        return
    for child in blocks:
        if type(child).__name__ == "start_of_file" or "toctree-wrapper" in child["classes"]:
            yield from chapters(child)
        else:
            yield child


def _scribe(info: Info, kit: Kit, roots: Sequence[nodes.Element]) -> Writer:
    fonts = FontBook(info.language)
    setting = Setting(
        sheet=kit.sheet,
        fonts=fonts,
        draw=partial(kit.draw, fonts=fonts),
        wording=kit.wording,
        images=kit.images,
    )
    setting.learn(roots)
    return Writer(setting=setting, handlers=HANDLERS)


def _name_figures(blocks: Sequence[nodes.Element], scribe: Writer) -> None:
    """Give figures with a caption an id, so that the list of figures can lead to them."""
    count = 0
    for block in blocks:
        for figure in block.findall(nodes.figure):
            if figure["ids"] or figure.next_node(nodes.caption) is None:
                continue
            count += 1
            name = f"figure-{count}"
            while name in scribe.setting.ids:
                count += 1
                name = f"figure-{count}"
            figure["ids"].append(name)
            scribe.setting.ids.add(name)


def _body(scribe: Writer, blocks: Sequence[nodes.Element], parent: Element, scope: Scope) -> Story:
    story: Story = []
    for block in blocks:
        if isinstance(block, nodes.section) and "part" in block["classes"]:
            story += _part(scribe, block, parent.add("Part"), scope)
        elif isinstance(block, nodes.section):
            story += [Start(head=_title_of(block)), *scribe.block(block, parent, scope)]
        else:
            story += [*([] if story else [Start()]), *scribe.block(block, parent, scope)]
    return story


def _part(scribe: Writer, part: nodes.section, element: Element, scope: Scope) -> Story:
    """Open a part on a page of its own; its chapters look like chapters, one heading level deeper."""
    title = part.next_node(nodes.title)
    assert title is not None
    story: Story = [Start(kind="bare"), Marker(part["ids"]), Space(scribe.setting.sheet.geometry.depth * 0.3)]
    story.append(scribe.text(title, "part", element.add("H1"), element, scope))
    inner = replace(scope, level=1, shift=1)
    before = [child for child in part.children if child is not title and not isinstance(child, nodes.section)]
    for block in before:
        story += scribe.block(block, element, inner)
    for block in part.children:
        if isinstance(block, nodes.section):
            story += [Start(head=_title_of(block)), *scribe.block(block, element, inner)]
    return story


def _title_of(section: nodes.section) -> str:
    title = section.next_node(nodes.title)
    return plain(title) if title is not None else ""


def _title_block(scribe: Writer, info: Info, root: Element) -> list[Flowable]:
    block: list[Flowable] = [scribe.words(info.title, "h1", root.add("H1"))]
    if info.subtitle:
        block[0].spaceAfter = 6
        block.append(scribe.words(info.subtitle, "subtitle", root.add("P")))
    return block


def _title_pages(
    scribe: Writer, info: Info, parent: Element, imprint: nodes.Element | None, scope: Scope
) -> Story:
    depth = scribe.setting.sheet.geometry.depth
    story: Story = [
        Start(kind="bare"),
        Space(depth * 0.22),
        scribe.words(info.title, "half-title", parent.add("P")),
    ]
    story += [Start(kind="bare"), Start(kind="bare"), Space(depth * 0.16)]
    story.append(scribe.words(info.title, "title", parent.add("Title")))
    if info.subtitle:
        story.append(scribe.words(info.subtitle, "subtitle", parent.add("P")))
    story.append(Rule(48.0, colour=ACCENT, weight=1.2, space=10.0))
    if info.creators:
        story.append(scribe.words(", ".join(info.creators), "creators", parent.add("P")))
    if info.publisher:
        story.append(scribe.words(info.publisher, "creators", parent.add("P")))
    story.append(Start(kind="bare"))
    if imprint is not None:
        story += _at_foot(scribe.blocks(imprint, parent, replace(scope, text="imprint")), scope.width, depth)
    return story


def _at_foot(flowables: list[Flowable], width: float, depth: float) -> list[Flowable]:
    _, whole = stack(flowables, width)
    return [Space(max(0.0, depth - whole.text - 1)), *flowables]


def _listing(
    scribe: Writer,
    entries: Sequence[Heading],
    parent: Element,
    folios: dict[str, str],
    *,
    title: str = "",
    name: str = CONTENTS,
) -> Story:
    words = title or scribe.setting.wording.contents
    heading = scribe.words(words, "h1", parent.add("H1"))
    return [Start(head=words), Marker([name]), heading, *lines(scribe, entries, parent.add("TOC"), folios)]


def _folios(pages: Sequence[Page]) -> dict[str, str]:
    folios: dict[str, str] = {}
    for number, page in enumerate(pages, start=1):
        for name in names(page):
            folios.setdefault(name, str(number))
    return folios


def _write(root: Element, info: Info, kit: Kit, scribe: Writer, parts: _Parts) -> Written:
    out = BytesIO()
    geometry = kit.sheet.geometry
    canvas = TaggedCanvas(out, (geometry.width, geometry.height))
    fonts = scribe.setting.fonts
    pages = [*parts.front, *parts.body]
    folios = [roman(number) for number in range(1, len(parts.front) + 1)]
    folios += [str(number) for number in range(1, len(parts.body) + 1)]
    Artist(canvas=canvas, sheet=kit.sheet, fonts=fonts).draw(pages, folios)
    canvas.save()
    labels = [Labels(first=0, style="r")] if parts.front else []
    labels.append(Labels(first=len(parts.front), style="D"))
    with pikepdf.open(out) as pdf:
        finish(
            pdf,
            root,
            canvas.tagging,
            lang=info.language,
            labels=labels,
            outline=parts.outline,
            role_map=ROLES,
        )
        embed(fonts, pdf)
        archive(pdf, info)
        return Written(data=save(pdf), pages=len(pages), unresolved=tuple(scribe.setting.unresolved))
