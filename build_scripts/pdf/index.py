"""Make the index at the back of a book from the pages where links lead to what it lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportlab.platypus import Flowable

from build_scripts.pdf.columns import Columns
from build_scripts.pdf.flow import Marker
from build_scripts.pdf.looks import bold, slanted
from build_scripts.pdf.pages import Start, Story
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.tags import Dest, Element, Notes, Place
from build_scripts.pdf.text import Run
from build_scripts.pdf.writer import Writer

INDEX = "index"
COLUMNS = 3
GAP = 14.0
NEW_LETTER = 9.0
"""Space above the first entry of a letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Describe a line of the index: `name` is the record's own destination, empty if it has none.

    It stands on the pages that link to `name` and on those where one of `places` is told, `main` first
    of all. Entries under one `letter` stand together. `see` leads to other entries in words.
    """

    text: str
    letter: float
    name: str = ""
    places: Sequence[str] = ()
    main: str = ""
    see: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Give an entry its pages, as indices; `main` is where it is told."""

    entry: Entry
    pages: Sequence[int]
    main: int | None


def listed(entries: Sequence[Entry], notes: Notes, first: int) -> list[Listed]:
    """Find the pages of entries from index `first` on; one with neither pages nor `see` is left out."""
    wanted = {entry.name for entry in entries if entry.name}
    linked: dict[str, set[int]] = {}
    for link in notes.links:
        if isinstance(link.target, Dest) and link.target.name in wanted and link.page >= first:
            linked.setdefault(link.target.name, set()).add(link.page)
    found = []
    for entry in entries:
        own = notes.places.get(entry.name) or notes.places.get(entry.main)
        told = {notes.places[name].page for name in entry.places if name in notes.places}
        pages = linked.get(entry.name, set()) | told | ({own.page} if own else set())
        if pages or entry.see:
            found.append(Listed(entry=entry, pages=sorted(pages), main=own.page if own else None))
    return found


def index(
    scribe: Writer, title: str, entries: Sequence[Listed], notes: Notes, first: int, parent: Element
) -> Story:
    """Set the index on pages of its own; `first` is the index of the page with number 1."""
    geometry = scribe.setting.sheet.geometry
    heading = scribe.words(title, "h1", parent.add("H1"))
    heading.block_name = INDEX
    whole = parent.add("Index").add("L", attributes={"List": {"ListNumbering": "None"}})
    lines: list[Flowable] = []
    letter: float | None = None
    for entry in entries:
        line = _line(scribe, entry, first, whole.add("LI").add("LBody"))
        if entry.entry.letter != letter and lines:
            line.spaceBefore = NEW_LETTER
        letter = entry.entry.letter
        lines.append(line)
        for page in entry.pages:
            notes.places.setdefault(_top(page), Place(page, 0.0, geometry.height))
    count = COLUMNS if geometry.hang else 1
    return [
        Start(head=title),
        Marker([INDEX]),
        heading,
        Columns(lines, count=count, gap=GAP, left=-geometry.hang),
    ]


def _line(scribe: Writer, listed: Listed, first: int, element: Element) -> Paragraph:
    style = scribe.setting.sheet[INDEX].text
    runs = [Run(text=f"{listed.entry.text}, ", style=style)]
    if listed.entry.see and not listed.pages:
        runs.append(Run(text=listed.entry.see, style=replace(style, face=slanted(style.face))))
    for number, (start, end) in enumerate(_spans(listed.pages, listed.main)):
        if number:
            runs.append(Run(text=", ", style=style))
        words = str(start - first + 1) if start == end else f"{start - first + 1}–{end - first + 1}"
        link = element.add("Reference").add("Link")
        face = bold(style.face) if start == listed.main else style.face
        runs.append(
            Run(
                text=words,
                style=replace(style, face=face),
                element=link,
                link=Dest(_top(start)),
                link_element=link,
                contents=f"{listed.entry.text}, {words}",
            )
        )
    if listed.entry.see and listed.pages:
        runs.append(Run(text=f"; {listed.entry.see}", style=replace(style, face=slanted(style.face))))
    return scribe.paragraph(runs, INDEX, element)


def _spans(pages: Sequence[int], main: int | None) -> Iterator[tuple[int, int]]:
    """Join three or more pages in a row; the main page stands alone."""
    run: list[int] = []
    for page, following in pairwise([*pages, None]):
        assert page is not None
        run.append(page)
        if following == page + 1 and main not in (page, following):
            continue
        if len(run) > 2:
            yield run[0], run[-1]
        else:
            yield from ((one, one) for one in run)
        run = []


def _top(page: int) -> str:
    return f"page-top-{page + 1}"
