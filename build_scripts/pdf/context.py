"""Hold what every handler of the writer needs: the sheet, the fonts, and what the document defines.

A scope says where in the document a handler stands: which text style rules, how deep the headings are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.attachments import AGAIN
from build_scripts.pdf.blocks import Draw
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.style import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Bring the few words that the writer itself adds, in the document's language.

    `note` and `back` describe the links of notes and take `{label}`; `page` takes `{page}`, where a
    thing is told at length; `admonitions` maps docutils names to titles.
    """

    contents: str
    figures: str
    index: str
    note: str
    back: str
    page: str
    admonitions: dict[str, str] = field(default_factory=dict)


BLOCK = "block"
"""The attribute of a node that names it as a block of the book; see `page_map`."""

UNLISTED = frozenset(("closer", "account-section"))
"""Classes of sections that neither contents nor running heads name."""


class UnknownNode(ValueError):
    """Report a node that no handler knows; its text would be lost."""

    def __init__(self, node: nodes.Node) -> None:
        """Name the node's class and its place in the source."""
        super().__init__(f"{where(node)}: no way to set a {type(node).__name__} node in PDF")


class Refused(ValueError):
    """Report content that cannot become part of an accessible document."""

    def __init__(self, node: nodes.Node, problem: str) -> None:
        """Name the node's place in the source and the problem."""
        super().__init__(f"{where(node)}: {problem}")


def where(node: nodes.Node) -> str:
    """Say where a node comes from, as `source:line`, from the nearest ancestor that knows."""
    source, line = None, None
    at: nodes.Node | None = node
    while at is not None and not (source and line):
        source = source or at.source
        line = line or at.line
        at = at.parent
    return f"{source or 'document'}:{line}" if line else str(source or "document")


def plain(node: nodes.Element) -> str:
    """Give the text of a heading without note numbers and without the foreign name beside it."""
    parts = []
    for text in node.findall(nodes.Text):
        parent = text.parent
        if not isinstance(parent, nodes.footnote_reference) and not _is_native(parent, node):
            parts.append(text.astext())
    return " ".join("".join(parts).split())


def _is_native(at: nodes.Element, top: nodes.Element) -> bool:
    while at is not top:
        if "native" in at["classes"]:
            return True
        at = at.parent
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Say where in the document a handler stands.

    `text` is the style of plain paragraphs; `width` that of the column, in points; `level` counts the
    sections around, `shift` those that do not count for the look of headings; in an artifact (a repeated
    table head) nothing gets an element; `inside` is set within list items, cells, boxes and notes; within a
    note, `notes` takes those that it cites.
    """

    text: str = "body"
    width: float
    level: int = 0
    shift: int = 0
    artifact: bool = False
    inside: bool = False
    notes: list[Flowable] | None = None


@dataclass(slots=True, kw_only=True)
class Setting:
    """Hold what the handlers share while one document is set.

    `referenced` are the notes that some text cites, `cited` those whose note is made already; `explained` are
    the abbreviations whose meaning stands somewhere; `folios` are
    the page numbers of named destinations, known once the pages are composed; `unresolved` collects
    references to ids that the document does not have, which are set as plain text; `shown` counts the tables
    and drawings of the same data.
    """

    sheet: Sheet
    fonts: FontBook
    draw: Draw
    wording: Wording
    images: Path | None = None
    ids: set[str] = field(default_factory=set)
    footnotes: dict[str, nodes.Element] = field(default_factory=dict)
    referenced: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    explained: set[tuple[str, str]] = field(default_factory=set)
    folios: dict[str, str] = field(default_factory=dict)
    unresolved: list[str] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)

    def data_id(self, node: nodes.Element) -> str | None:
        """Return the id of a structure element by the name of the data it shows, unique if shown again."""
        name = node.get("data")
        if name is None:
            return None
        self.shown[name] = self.shown.get(name, 0) + 1
        return name if self.shown[name] == 1 else f"{name}{AGAIN}{self.shown[name]}"

    def learn(self, roots: Iterable[nodes.Element]) -> None:
        """Remember the ids and notes of the trees that are about to be set."""
        for root in roots:
            for node in root.findall(nodes.Element):
                self.ids.update(node["ids"])
                if isinstance(node, nodes.footnote):
                    self.footnotes.update((name, node) for name in node["ids"])
                elif isinstance(node, nodes.footnote_reference):
                    self.referenced.add(node["refid"])
