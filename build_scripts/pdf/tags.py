"""Note on a ReportLab canvas what each mark on the page is: a structure element or an artifact.

Nothing of a structure tree exists in ReportLab, so the canvas takes notes while it draws (ISO 32000-1, 14.6
to 14.8) and `structure.finish` turns the notes into PDF objects afterwards. Any ReportLab program can use
both:

    document = Element("Document")
    canvas = TaggedCanvas("out.pdf")
    with canvas.mark(document.add("H1")):
        canvas.drawString(72, 720, "Title")
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Uri:
    """Point at an address outside the document."""

    uri: str


@dataclass(frozen=True, slots=True)
class Dest:
    """Point at a named destination in the same document."""

    name: str


Target = Uri | Dest


class Element:
    """Hold one structure element and its child elements (ISO 32000-1, 14.7.2).

    `attributes` maps an owner to its attributes, `{"Table": {"Scope": "Column"}}`: text becomes a name,
    numbers and lists of numbers stay what they are (14.7.5). `expansion` is what an abbreviation stands for
    (14.9.5). `id` has to be unique in the document. An
    element that nothing was drawn for, itself or below, is left out of the tree, unless it is a table cell.
    """

    __slots__ = ("actual_text", "alt", "attributes", "expansion", "id", "kids", "lang", "tag", "title")

    def __init__(
        self,
        tag: str,
        *,
        alt: str | None = None,
        actual_text: str | None = None,
        expansion: str | None = None,
        lang: str | None = None,
        title: str | None = None,
        id: str | None = None,
        attributes: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Make an element without a parent."""
        self.tag = tag
        self.alt = alt
        self.actual_text = actual_text
        self.expansion = expansion
        self.lang = lang
        self.title = title
        self.id = id
        self.attributes = {owner: dict(values) for owner, values in (attributes or {}).items()}
        self.kids: list[Element] = []

    def add(self, tag: str, **properties: Any) -> "Element":
        """Append a child element and return it; the keywords are those of the constructor."""
        kid = Element(tag, **properties)
        self.kids.append(kid)
        return kid

    def __repr__(self) -> str:
        """Show the tag, for messages."""
        return f"<{self.tag}>"


@dataclass(frozen=True, slots=True)
class Mark:
    """Name one marked-content sequence: `mcid` on the page with this index, the `order`-th thing drawn."""

    page: int
    mcid: int
    order: int


@dataclass(frozen=True, slots=True)
class Link:
    """Describe one link annotation; `rect` is left, bottom, right, top in default user space, in points."""

    page: int
    order: int
    element: Element
    rect: tuple[float, float, float, float]
    target: Target
    contents: str


@dataclass(frozen=True, slots=True)
class Place:
    """Say where a named destination lies, in default user space, in points."""

    page: int
    x: float
    y: float


@dataclass(slots=True)
class Notes:
    """Collect what a canvas was told while it drew; `marks` are by element, `pages` by page and MCID."""

    marks: dict[Element, list[Mark]] = field(default_factory=dict)
    pages: list[list[Element]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    count: int = 0


class TaggingError(RuntimeError):
    """Report marked content inside marked content, which no reader can make sense of (ISO 14289-1, 7.1)."""


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """Draw like any ReportLab canvas, and note which element each mark belongs to.

    The canvas uses no font of its own: its preamble names none, so that no standard font enters the file.
    Streams are left uncompressed for the program that saves the finished file.
    """

    def __init__(self, out: str | BinaryIO, pagesize: tuple[float, float]) -> None:
        """Open a canvas of `pagesize` (width, height in points) that gives the same bytes every time."""
        self.tagging = Notes()
        self._open: Element | str | None = None
        self._later: list[tuple[int, str, Callable[[], None]]] = []
        super().__init__(out, pagesize=pagesize, invariant=1, pageCompression=0, pdfVersion=(1, 7))

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    @property
    def page(self) -> int:
        """Give the index of the page being drawn, from 0."""
        return int(self.getPageNumber()) - 1

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """Draw the content of `element` inside this context; never nested.

        Every use is a marked-content sequence of its own, so an element may be continued on a later page or
        after a child element (ISO 32000-1, 14.7.4.2).
        """
        self._enter(element)
        notes = self.tagging
        while len(notes.pages) <= self.page:
            notes.pages.append([])
        on_page = notes.pages[self.page]
        notes.marks.setdefault(element, []).append(Mark(self.page, len(on_page), notes.count))
        notes.count += 1
        self._code.append(f"/{element.tag} <</MCID {len(on_page)}>> BDC")
        on_page.append(element)
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str | None = None) -> Iterator[None]:
        """Draw what is no part of the text (14.8.2.2).

        Kinds are `Layout` and `Pagination`, the latter with subtype `Header` or `Footer`.
        """
        self._enter(kind)
        detail = f" /Subtype /{subtype}" if subtype else ""
        self._code.append(f"/Artifact <</Type /{kind}{detail}>> BDC")
        try:
            yield
        finally:
            self._leave()

    def link(
        self, element: Element, rect: tuple[float, float, float, float], target: Target, contents: str
    ) -> None:
        """Lay a link over `rect` (current coordinates) that belongs to `element`, of tag `Link` as a rule.

        A link whose text wraps is called once per line with the same element. `contents` says where it leads
        (ISO 14289-1, 7.18.5).
        """
        corners = [self.absolutePosition(x, y) for x in rect[0::2] for y in rect[1::2]]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = (min(xs), min(ys), max(xs), max(ys))
        self.tagging.links.append(Link(self.page, self.tagging.count, element, box, target, contents))
        self.tagging.count += 1

    def destination(self, name: str, x: float, y: float) -> None:
        """Name the point x, y (current coordinates) so that links and other files can lead there."""
        self.tagging.places.setdefault(name, Place(self.page, *self.absolutePosition(x, y)))

    def later(self, draw: Callable[[], None]) -> None:
        """Keep a place in the content of this page for what `draw` will draw when every page is known.

        The place is marked by a comment (7.2.3), which a program that never fills it in need not mind.
        """
        token = f"%later-{len(self._later)}"
        self._code.append(token)
        self._later.append((self.page, token, draw))

    def catch_up(self) -> dict[int, list[tuple[bytes, bytes]]]:
        """Draw what was put off: for each page the comments in its content, and what has to stand there."""
        drawn: dict[int, list[tuple[bytes, bytes]]] = {}
        for page, token, draw in self._later:
            # Nothing else is on this page: what is drawn now is taken away again.
            start = len(self._code)
            draw()
            content = "\n".join(self._code[start:])
            del self._code[start:]
            drawn.setdefault(page, []).append((f"{token}\n".encode(), f"{content}\n".encode()))
        return drawn

    def _enter(self, what: Element | str) -> None:
        if self._open is not None:
            raise TaggingError(f"{what!r} was opened inside {self._open!r}")
        self._open = what

    def _leave(self) -> None:
        self._code.append("EMC")
        self._open = None
