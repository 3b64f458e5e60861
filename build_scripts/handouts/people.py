"""Make cards of the principal persons, eight to a page with cut marks, and the same in large print.

Behind each page lie the backs of its cards, in columns the other way round: who says so, and what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.handouts import shown
from build_scripts.handouts.blanks import Inset
from build_scripts.handouts.leaves import MM, TITLE, Leaves, leaf_sheet, place, reduced, write
from build_scripts.handouts.notes import Notes, ending, line, number
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
PAD = 5 * MM
STYLES = {
    "group": "overline",
    "name": "event-title",
    "facts": "caption",
    "text": "box",
    "sources": "sources",
    "back": "box-title",
    "asked": "rubric",
}
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
        f"card-{part}-{step}": reduced(base[name], ratio)
        for part, name in STYLES.items()
        for step, ratio in enumerate(RATIOS)
    }
    return replace(base, styles={**base.styles, **styles})


def _story(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    ctx, root = leaves.ctx, leaves.root
    people = shown.people(ctx.dossier)
    notes = number(ctx, people)
    story = [leaves.words(ctx.words("handout-people-large-print"), TITLE, root.add("H1"))]
    story.append(leaves.words(ctx.words("handout-notes-legend"), "sources", root.add("P")))
    for group in ctx.dossier.edition.groups:
        members = [person for person in people if person.group == group.id]
        if members:
            sect = root.add("Sect")
            story.append(leaves.words(group.title, "h2", sect.add("H2")))
            for person in members:
                story += _entry(leaves, notes, person, sect.add("Sect"))
    return [*leaves.pages(story), *leaves.pages(ending(leaves, notes))], []


def _entry(leaves: Leaves, notes: Notes, person: Person, sect: Element) -> list[Flowable]:
    ctx = leaves.ctx
    name = leaves.text(paragraph(_name(person)), "event-title", sect.add("H3"))
    name.spaceBefore, name.keepWithNext = 20, True
    entry = [name]
    facts = _facts(ctx, person)
    if facts:
        entry.append(leaves.text(paragraph(facts), "caption", sect.add("P")))
    entry += leaves.blocks(paragraphs(person.text), sect, "body-spaced")
    entry[-1].keepWithNext = entry[-1].gives_lines = True
    entry.append(leaves.words(line(ctx, notes, person), "sources", sect.add("P")))
    return entry


def _cards(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    people = shown.people(leaves.ctx.dossier)
    notes = number(leaves.ctx, people)
    pages: list[Page] = []
    for first in range(0, len(people), COLUMNS * ROWS):
        pages += _leaf(leaves, notes, people[first : first + COLUMNS * ROWS], is_first=not first)
    return [*pages, *leaves.pages(ending(leaves, notes))], []


def _leaf(leaves: Leaves, notes: Notes, people: Sequence[Person], *, is_first: bool) -> tuple[Page, Page]:
    """Return a page of cards, and that of their backs, each behind its card when the leaf is turned."""
    ctx, geometry = leaves.ctx, leaves.sheet.geometry
    width, height = (geometry.width - 2 * SIDE) / COLUMNS, (geometry.height - HEAD - FOOT) / ROWS
    front, back = leaves.page(), leaves.page()
    title = ctx.words("handout-people-print", title=ctx.words("handout-people"))
    head = leaves.words(title, "caption", leaves.root.add("H1") if is_first else None)
    front.placed += place([head], SIDE, geometry.height - 4 * MM, geometry.width - 2 * SIDE)[0]
    for index, person in enumerate(people):
        row, column = divmod(index, COLUMNS)
        y, sect = geometry.height - HEAD - (row + 1) * height, leaves.root.add("Sect")
        fronts = _fitting(_fronts(leaves, notes, person, sect.add("Div")), width, height)
        backs = _fitting(_backs(leaves, notes, person, sect.add("Div")), width, height)
        front.placed.append((fronts, SIDE + column * width, y))
        back.placed.append((backs, SIDE + (COLUMNS - 1 - column) * width, y))
    for page in (front, back):
        page.placed.append((CutMarks(width, height), SIDE, FOOT))
    return front, back


def _fitting(choices: Iterator[list[Flowable]], width: float, height: float) -> Inset:
    """Return the first choice that fits a card, or the last; a choice is made only if those before do not."""
    for lines in choices:
        card = Inset(lines, width, height, pad=PAD)
        if card.spare >= 0:
            break
    return card


def _fronts(leaves: Leaves, notes: Notes, person: Person, element: Element) -> Iterator[list[Flowable]]:
    """Yield the front of a card ever smaller: with the first sentence on the person, at last without."""
    ctx = leaves.ctx
    group = next(one.title for one in ctx.dossier.edition.groups if one.id == person.group)
    facts, led = _facts(ctx, person), line(ctx, notes, person)
    for text in (_first_sentence(person.text.plain()), ""):
        for step in range(len(RATIOS)):
            element.kids.clear()
            parts: list[tuple[Content, str]] = [(facts, "facts"), (text, "text"), (led, "sources")]
            yield [
                *_lines(leaves, element, step, [(group, "group")]),
                *_lines(leaves, element, step, [(_name(person), "name")], tag="H2"),
                *_lines(leaves, element, step, parts),
            ]


def _backs(leaves: Leaves, notes: Notes, person: Person, element: Element) -> Iterator[list[Flowable]]:
    """Yield the back of a card ever smaller: who says so and what is asked, at last by numbers alone."""
    ctx = leaves.ctx
    words = ctx.words
    names = dict.fromkeys(ctx.citations.label_text(cite.id) for cite in shown.cites(person))
    sources = words("sources-line", sources=words("cite-separator").join(names))
    asked = [
        words("handout-asked", number=notes.questions[name], question=ctx.dossier.account(name).question)
        for name in sorted(person.accounts, key=notes.questions.__getitem__)
    ]
    title = [(words("handout-asked-about"), "asked")] if asked else []
    for step in range(len(RATIOS)):
        element.kids.clear()
        parts = [
            (person.name.display, "back"),
            (sources, "sources"),
            *title,
            *((one, "sources") for one in asked),
        ]
        yield _lines(leaves, element, step, parts)
    element.kids.clear()
    least: list[tuple[Content, str]] = [(person.name.display, "back"), (line(ctx, notes, person), "sources")]
    yield _lines(leaves, element, len(RATIOS) - 1, least)


def _lines(
    leaves: Leaves, element: Element, step: int, parts: Sequence[tuple[Content, str]], tag: str = "P"
) -> list[Flowable]:
    return [
        leaves.text(paragraph(content), f"card-{part}-{step}", element.add(tag))
        for content, part in parts
        if content
    ]


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
