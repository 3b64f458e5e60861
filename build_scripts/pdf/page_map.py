"""Say with what each page begins, so that the same book in another body can mark its pages.

Blocks go by the names that nodes bring in the attribute `block`; where a page begins inside a block, the
letters and figures of it that stand on earlier pages are counted. Spaces, marks and hyphens do not count:
they may differ between one body of the book and another.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column, Drawing
from build_scripts.pdf.pages import Page
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.pointers import Pointer
from build_scripts.pdf.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Say that the page `folio` begins in a block, behind so many of its letters."""

    folio: str
    block: str
    letters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMap:
    """Hold paper and edition that a book is printed for, and where its pages begin, in the order of reading.

    A page whose text no other body has, such as a list of figures, is not in it.
    """

    paper: str
    edition: str
    pages: Sequence[Beginning]

    def dump(self) -> bytes:
        """Return the map as JSON, a line for each page."""
        pages = ",\n".join(json.dumps(asdict(page), ensure_ascii=False) for page in self.pages)
        head = json.dumps({"paper": self.paper, "edition": self.edition})[1:-1]
        return f'{{{head}, "pages": [\n{pages}\n]}}\n'.encode()

    @classmethod
    def load(cls, data: bytes) -> "PageMap":
        """Return a map from what `dump` gave."""
        values = json.loads(data)
        pages = [Beginning(**page) for page in values["pages"]]
        return cls(paper=values["paper"], edition=values["edition"], pages=pages)


def beginning(page: Page, folio: str) -> Beginning | None:
    """Find where a page begins, or None if nothing on it has a name."""
    return _first([flowable for flowable, _, _ in page.placed], folio)


def letters(text: str) -> int:
    """Count letters and figures."""
    return sum(map(str.isalnum, text))


def _first(flowables: Iterable[Flowable], folio: str) -> Beginning | None:
    """Find the first block in the order of drawing, which is that of reading."""
    for flowable in flowables:
        found = None
        if isinstance(flowable, Paragraph) and flowable.block_name:
            found = Beginning(folio=folio, block=flowable.block_name, letters=letters(flowable.before()))
        elif isinstance(flowable, Drawing) and flowable.block_name:
            found = Beginning(folio=folio, block=flowable.block_name)
        elif isinstance(flowable, Pointer):
            found = _first([flowable.body], folio)
        elif isinstance(flowable, Column):
            label = [flowable.label.body] if flowable.label else []
            found = _first([*label, *flowable.children], folio)
        elif isinstance(flowable, Table):
            found = _first((cell.content for row in flowable.rows for cell in row), folio)
        if found:
            return found
    return None
