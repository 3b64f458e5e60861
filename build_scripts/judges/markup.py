"""Read HTML and XHTML with the places of their elements, to say what stands at a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from build_scripts.judges.faults import Reading

# Elements without an end (HTML Living Standard, 13.1.2).
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
# What holds more than one passage; nothing that an author wrote is as large.
LARGE = frozenset({"article", "body", "dl", "html", "main", "ol", "section", "table", "tbody", "ul"})
TYPED = ("href", "alt")


@dataclass(slots=True)
class Element:
    """Hold an element of a page: where its tag begins (line from 1, column from 0), and what is in it.

    `words` are those of the whole page, of which the element holds those from `first` to `last`.
    """

    tag: str
    values: dict[str, str]
    start: tuple[int, int]
    around: Element | None
    words: list[str]
    first: int
    last: int

    def chain(self) -> Iterator[Element]:
        """Yield the element and those around it, outwards."""
        here: Element | None = self
        while here is not None:
            yield here
            here = here.around

    def reading(self, page: str) -> Reading:
        """Return what stands here, on a page of the book."""
        small = []
        for one in self.chain():
            if one.tag in LARGE:
                break
            small.append(one)
        return Reading(
            typed=tuple(self.values[name] for name in TYPED if name in self.values),
            texts=tuple("".join(one.words[one.first : one.last]) for one in small),
            page=page,
            anchors=tuple(one.values["id"] for one in self.chain() if "id" in one.values),
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.words: list[str] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element (html.parser interface)."""
        here = len(self.words)
        element = Element(
            tag=tag,
            values={name: value for name, value in attrs if value is not None},
            start=self.getpos(),
            around=self.open[-1] if self.open else None,
            words=self.words,
            first=here,
            last=here,
        )
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and those in it that have no end of their own (html.parser interface)."""
        if any(one.tag == tag for one in self.open):
            while self._close().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep text (html.parser interface)."""
        self.words.append(data)

    def close(self) -> None:
        """Close what is still open (html.parser interface)."""
        super().close()
        while self.open:
            self._close()

    def _close(self) -> Element:
        element = self.open.pop()
        element.last = len(self.words)
        return element


def elements(text: str) -> list[Element]:
    """Return the elements of a page in the order of their tags."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.elements


def element_at(text: str, line: int, column: int) -> Element | None:
    """Return the element whose tag ends at a place (line and column from 1), as XML parsers tell of it."""
    before = [one for one in elements(text) if one.start < (line, column)]
    return before[-1] if before else None
