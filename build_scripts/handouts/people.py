"""Make cards of the principal persons, eight to a page with cut marks, and the same in large print."""

from __future__ import annotations

import re
from dataclasses import replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.handouts.blanks import Inset
from build_scripts.handouts.events import said_by
from build_scripts.handouts.leaves import MM, TITLE, Leaves, leaf_sheet, place, scaled, write
from build_scripts.model.biographies import Person
from build_scripts.nodes.biographies import life, role
from build_scripts.nodes.context import Context
from build_scripts.nodes.text import Content, foreign, inline, join, paragraph, paragraphs
from build_scripts.pdf.pages import Page
from build_scripts.pdf.palette import INK
from build_scripts.pdf.structure import Bookmark
from build_scripts.pdf.style import Sheet
from build_scripts.pdf.tags import Element

COLUMNS, ROWS = 2, 4
SIDE, HEAD, FOOT = 11 * MM, 15 * MM, 20 * MM
MARK = 4 * MM
RATIOS = (1.0, 0.94, 0.88, 0.82)
STYLES = {"group": "overline", "name": "event-title", "facts": "caption", "text": "box", "sources": "sources"}
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘])")
SHORTEST = 40
"""A sentence ends no earlier than after so many characters, lest an initial be taken for its end."""


def make(ctx: Context, paper: str) -> bytes:
    """Return the cards."""
    return write(ctx, ctx.words("handout-people"), _card_sheet(paper), _cards).data


def make_large(ctx: Context, paper: str) -> bytes:
    """Return the persons one after the other in large print."""
    return write(ctx, ctx.words("handout-people-large-print"), leaf_sheet(paper, "large-print"), _story).data


def _card_sheet(paper: str) -> Sheet:
    """Return the sheet of a handout with the styles of a card in every size that it may take."""
    base = leaf_sheet(paper)
    styles = {
        f"card-{part}-{step}": scaled(base[name], ratio)
        for part, name in STYLES.items()
        for step, ratio in enumerate(RATIOS)
    }
    return replace(base, styles={**base.styles, **styles})


def _principal(ctx: Context, group: str) -> list[Person]:
    """Return the persons of a group who have more than a short entry, in the order of their names."""
    people = [person for person in ctx.dossier.people if person.group == group and not person.minor]
    return sorted(people, key=lambda one: (one.name.sort_key.casefold(), one.id))


def _story(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    ctx, root = leaves.ctx, leaves.root
    story = [leaves.words(ctx.words("handout-people-large-print"), TITLE, root.add("H1"))]
    for group in ctx.dossier.edition.groups:
        people = _principal(ctx, group.id)
        if people:
            sect = root.add("Sect")
            story.append(leaves.words(group.title, "h2", sect.add("H2")))
            for person in people:
                story += _entry(leaves, person, sect.add("Sect"))
    return leaves.pages(story), []


def _entry(leaves: Leaves, person: Person, sect: Element) -> list[Flowable]:
    ctx = leaves.ctx
    name = leaves.text(paragraph(_name(person)), "event-title", sect.add("H3"))
    name.spaceBefore, name.keepWithNext = 20, True
    entry = [name]
    facts = _facts(ctx, person)
    if facts:
        entry.append(leaves.text(paragraph(facts), "caption", sect.add("P")))
    entry += leaves.blocks(paragraphs(person.text), sect, "body-spaced")
    entry.append(leaves.words(said_by(ctx, person.sources, person.accounts), "sources", sect.add("P")))
    return entry


def _cards(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    ctx, geometry = leaves.ctx, leaves.sheet.geometry
    width = (geometry.width - 2 * SIDE) / COLUMNS
    height = (geometry.height - HEAD - FOOT) / ROWS
    people = [
        (group.title, person) for group in ctx.dossier.edition.groups for person in _principal(ctx, group.id)
    ]
    pages = []
    for first in range(0, len(people), COLUMNS * ROWS):
        head = leaves.words(ctx.words("handout-people"), "caption", None if first else leaves.root.add("H1"))
        placed, _ = place([head], SIDE, geometry.height - 4 * MM, geometry.width - 2 * SIDE)
        page = leaves.page(*placed)
        for index, (group, person) in enumerate(people[first : first + COLUMNS * ROWS]):
            row, column = divmod(index, COLUMNS)
            card = _card(leaves, group, person, width, height)
            page.placed.append((card, SIDE + column * width, geometry.height - HEAD - (row + 1) * height))
        page.placed.append((CutMarks(width, height), SIDE, FOOT))
        pages.append(page)
    return pages, []


def _card(leaves: Leaves, group: str, person: Person, width: float, height: float) -> Inset:
    """Return the largest card that fits: with the first sentence on the person or, if need be, without."""
    element = leaves.root.add("Sect")
    choices = [(with_text, step) for with_text in (True, False) for step in range(len(RATIOS))]
    for with_text, step in choices:
        element.kids.clear()
        card = Inset(
            _lines(leaves, group, person, element, step, with_text=with_text), width, height, pad=5 * MM
        )
        if card.spare >= 0:
            break
    return card


def _lines(
    leaves: Leaves, group: str, person: Person, element: Element, step: int, *, with_text: bool
) -> list[Flowable]:
    ctx = leaves.ctx

    def line(content: Content, part: str, tag: str = "P") -> Flowable:
        return leaves.text(paragraph(content), f"card-{part}-{step}", element.add(tag))

    lines = [line(group, "group"), line(_name(person), "name", "H2")]
    facts = _facts(ctx, person)
    if facts:
        lines.append(line(facts, "facts"))
    if with_text:
        lines.append(line(_first_sentence(person.text.plain()), "text"))
    lines.append(line(said_by(ctx, person.sources, person.accounts), "sources"))
    return lines


def _name(person: Person) -> list[nodes.Node]:
    name: list[nodes.Node] = [nodes.Text(person.name.display)]
    for native in person.native:
        name += [nodes.Text(" "), inline(foreign(native), "native")]
    return name


def _facts(ctx: Context, person: Person) -> list[nodes.Node]:
    """Return in one line when somebody lived, how sure that is, and what they were."""
    lived = life(ctx, person)
    facts: list[Content] = [lived] if lived else []
    if person.certainty != "documented":
        facts.append(ctx.words(f"certainty-{person.certainty}"))
    facts += [role(ctx, one) for one in person.roles]
    return join(facts, ctx.words("cite-separator"))


def _first_sentence(text: str) -> str:
    text = " ".join(text.split())
    end = next((match.start() for match in SENTENCE.finditer(text) if match.start() >= SHORTEST), len(text))
    return text[:end]


class CutMarks(Flowable):  # type: ignore[misc]
    """Mark where to cut: ticks outside the cards at both ends of every cut, crosses where cuts meet."""

    def __init__(self, width: float, height: float) -> None:
        """Take the size of a card."""
        super().__init__()
        self.card_width, self.card_height = width, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take no room of its own."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Draw the marks from the lower left corner of the lowest card."""
        canvas = self.canv
        right, top = COLUMNS * self.card_width, ROWS * self.card_height
        with canvas.artifact("Layout"):
            canvas.saveState()
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(0.4)
            for column in range(COLUMNS + 1):
                x = column * self.card_width
                canvas.line(x, -MARK / 4, x, -MARK)
                canvas.line(x, top + MARK / 4, x, top + MARK)
                for row in range(ROWS + 1):
                    y = row * self.card_height
                    canvas.line(x - MARK / 4, y, x + MARK / 4, y)
                    canvas.line(x, y - MARK / 4, x, y + MARK / 4)
            for row in range(ROWS + 1):
                y = row * self.card_height
                canvas.line(-MARK, y, -MARK / 4, y)
                canvas.line(right + MARK / 4, y, right + MARK, y)
            canvas.restoreState()
