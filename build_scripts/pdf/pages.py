"""Compose pages: what stands on each, with which notes at its foot and which running heads.

Composing decides everything, drawing happens once. So the page of every named destination is known before the
contents are set.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import Literal

from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column
from build_scripts.pdf.flow import Marker, fill, gap, notes_of, size, stack
from build_scripts.pdf.foot import LEAST, Foot, Laid
from build_scripts.pdf.style import Sheet
from build_scripts.pdf.tables import Table

LINE = 14.5
LONGER = (1, 2, 3)
"""By so many lines the pages of a chapter may be lengthened."""
SHORT = 400
"""A chapter of fewer flowables is composed as a whole before its first page is drawn."""
AHEAD = 120
"""So many flowables are looked at to fill a page, or more if they do not."""
SCANT = 0.15
"""A last page that is filled to less than this share of its depth looks forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Begin a new page in the story.

    Kinds: `opening` sinks the text and shows only a folio at the foot, `plain` is any page, `bare` shows no
    furniture. `head` is the text of the running head on versos, until the next start; with `recto` a page is
    left empty where the new one would be a verso.
    """

    kind: str = "opening"
    head: str = ""
    recto: bool = False


Story = list[Flowable | Start]


Shape = Literal["upright", "turned", "plate"]
"""How a leaf lies: as the text does, turned, or twice as wide, to be folded."""


class Inserted(Marker):
    """Carry flowables for a leaf of their own, next after the page where this stands in the text.

    Their notes stand at the foot of that page.
    """

    def __init__(self, content: Sequence[Flowable], shape: Shape) -> None:
        """Hold the content."""
        super().__init__()
        self.content = list(content)
        self.shape = shape

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of a flowable that has footnotes and no text."""
        self.notes_height = stack(self.content, width)[1].notes
        return 0.0, self.notes_height

    def notes(self) -> list[Flowable]:
        """Return the notes of what stands on the leaf."""
        return [note for flowable in self.content for note in notes_of(flowable)]


@dataclass(slots=True, kw_only=True)
class Page:
    """Hold what stands on one page.

    `verso` and `recto` are the running heads it would have, `bottom` the lower edge of its notes in `foot`,
    `depth` how far down the type area it is filled.
    """

    kind: str
    bottom: float = 0.0
    depth: float = 0.0
    placed: list[tuple[Flowable, float, float]] = field(default_factory=list)
    foot: Laid = field(default_factory=Laid)
    verso: str = ""
    recto: str = ""
    shape: Shape = "upright"


def compose(story: Iterable[Flowable | Start], sheet: Sheet) -> list[Page]:
    """Divide a story into pages."""
    return list(stream(story, sheet))


def stream(story: Iterable[Flowable | Start], sheet: Sheet) -> Iterator[Page]:
    """Divide a story into pages, each as soon as it is full.

    A short chapter may have longer pages rather than a last page with a few lines.
    """
    reader = _Reader(iter(story))
    count = 0
    while reader.start is not None:
        start = reader.start
        if start.recto and count % 2:
            count += 1
            yield Page(kind="bare")
        for page in _chapter(start, reader, sheet):
            count += 1
            yield page


class _Reader:
    """Read a story chapter by chapter: an iteration ends before the next start, which is kept."""

    def __init__(self, story: Iterator[Flowable | Start]) -> None:
        self.story = story
        self.start: Start | None = None
        first = next(story, None)
        if isinstance(first, Flowable):
            self.start = Start(kind="plain")
            self.story = chain([first], story)
        else:
            self.start = first

    def __iter__(self) -> Iterator[Flowable]:
        self.start = None
        for item in self.story:
            if isinstance(item, Start):
                self.start = item
                return
            yield item


def _chapter(start: Start, flowables: Iterable[Flowable], sheet: Sheet) -> Iterator[Page]:
    """Divide a chapter into pages, and look at all of them before the first is given, if it is short."""
    source = iter(flowables)
    early = list(islice(source, SHORT))
    pages = list(_pages(start, iter(early), sheet, 0.0)) if len(early) < SHORT else []
    if not pages:
        yield from _pages(start, chain(early, source), sheet, 0.0)
        return
    if len(pages) > 1 and pages[-1].shape == "upright" and pages[-1].depth < SCANT * sheet.geometry.depth:
        longer = (list(_pages(start, iter(early), sheet, lines * LINE)) for lines in LONGER)
        pages = next((made for made in longer if len(made) < len(pages)), pages)
    yield from pages


def _pages(start: Start, source: Iterator[Flowable], sheet: Sheet, extra: float) -> Iterator[Page]:
    """Divide what follows a start into pages that are `extra` points longer than the type area."""
    geometry = sheet.geometry
    foot = Foot(width=geometry.measure, gap=sheet.note_gap)
    rest: list[Flowable] = []
    kind = start.kind
    running = ""
    while True:
        sunk = sheet.sinkage if kind == "opening" else 0.0
        height = geometry.depth - sunk + extra
        waiting = [*rest, *islice(source, max(0, AHEAD - len(rest)))]
        noted, note_gap = foot.claim(height)
        divide = partial(
            fill,
            width=geometry.measure,
            height=height - noted,
            note_gap=note_gap,
            must=not noted,
            run_on=math.inf if note_gap == math.inf else LEAST,
        )
        head, rest = divide(waiting)
        while not rest:
            fresh = list(islice(source, AHEAD))
            if not fresh:
                break
            head, rest = divide([*head, *fresh])
        if not head and not noted and kind != "bare":
            return
        first, is_top = running, True
        for flowable in head:
            if isinstance(flowable, Marker) and flowable.running is not None:
                # A section that begins at the top of the page is the one that the page tells of.
                first = flowable.running if is_top else first or flowable.running
                running = flowable.running
            is_top = is_top and isinstance(flowable, Marker)
        page = Page(kind=kind, verso=start.head, recto=first or start.head, bottom=geometry.bottom - extra)
        page.placed = _place(head, sheet, sunk)
        used = sum(geometry.depth - (top - geometry.bottom) for _, _, top in page.placed[-1:])
        notes = [note for flowable in head for note in notes_of(flowable)]
        page.foot = foot.lay(notes, height + sunk - used, must=not head)
        page.depth = used + page.foot.height
        yield page
        yield from (_inserted(leaf, sheet) for leaf in head if isinstance(leaf, Inserted))
        if not rest and not foot.waiting:
            return
        kind = "bare" if kind == "bare" else "plain"


def names(page: Page) -> Iterator[str]:
    """Give the named destinations that lie on a page."""
    yield from _names(flowable for flowable, _, _ in page.placed)


def _names(flowables: Iterable[Flowable]) -> Iterator[str]:
    for flowable in flowables:
        if isinstance(flowable, Marker):
            yield from flowable.names
        elif isinstance(flowable, Column):
            yield from _names(flowable.children)
        elif isinstance(flowable, Table):
            yield from _names(cell.content for row in flowable.rows for cell in row)


def _place(flowables: Sequence[Flowable], sheet: Sheet, sunk: float) -> list[tuple[Flowable, float, float]]:
    geometry = sheet.geometry
    top = geometry.height - geometry.top - sunk
    placed = []
    previous = None
    for flowable in flowables:
        top -= gap(previous, flowable) + size(flowable, geometry.measure).text
        placed.append((flowable, geometry.left, top))
        if not isinstance(flowable, Marker):
            previous = flowable
    return placed


def _inserted(leaf: Inserted, sheet: Sheet) -> Page:
    """Stand content in the middle of a turned page, or at the head of a plate."""
    geometry = sheet.geometry
    page = Page(kind="plain", shape=leaf.shape)
    if leaf.shape == "plate":
        left, width = geometry.plate.left, geometry.plate.measure
        placed, _ = stack(leaf.content, width)
        top = geometry.plate.bottom + geometry.plate.depth
    else:
        left = geometry.left - geometry.hang
        width = geometry.height - 2 * left
        placed, whole = stack(leaf.content, width)
        top = (geometry.width + whole.text) / 2
    page.placed = [(flowable, left, top - depth) for flowable, depth in placed]
    return page
