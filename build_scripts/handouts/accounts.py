"""Lay out a sheet for each question on which sources differ: answers in front, the adopted one behind."""

from __future__ import annotations

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.handouts.blanks import Ruled
from build_scripts.handouts.leaves import TITLE, Leaves, leaf_sheet, place, write
from build_scripts.model.accounts import Account, Answer
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import answer_text
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import Content, paragraphs
from build_scripts.pdf.flow import Marker, size
from build_scripts.pdf.pages import Page
from build_scripts.pdf.structure import Bookmark

SIDE_BY_SIDE = 3
"""So many answers stand in columns; more stand in rows."""
LABELS = 16
"""Percent of the width for the heads of rows."""


def make(ctx: Context, paper: str) -> bytes:
    """Return the sheets, each on a leaf of its own; bookmarks lead to the questions."""
    return write(ctx, ctx.words("handout-accounts"), leaf_sheet(paper), _sheets).data


def _sheets(leaves: Leaves) -> tuple[list[Page], list[Bookmark]]:
    pages: list[Page] = []
    outline = []
    for account in leaves.ctx.dossier.accounts:
        outline.append(Bookmark(level=0, title=account.question, name=_name(account)))
        pages += _front(leaves, account)
        if len(pages) % 2 == 0:
            pages.append(Page(kind="bare"))
        pages += _back(leaves, account)
        if len(pages) % 2:
            pages.append(Page(kind="bare"))
    return pages, outline


def _front(leaves: Leaves, account: Account) -> list[Page]:
    words, sect = leaves.ctx.words, leaves.root.add("Sect")
    head: list[Flowable] = [
        leaves.words(words("handout-accounts"), "overline", sect.add("P")),
        Marker([_name(account)]),
        leaves.words(account.question, TITLE, sect.add("H1")),
    ]
    answers = leaves.blocks([_columns(leaves.ctx, account)], sect, "body")
    prompt = leaves.words(words("handout-accounts-prompt"), "event-title", sect.add("P"))
    prompt.spaceBefore = 12
    pages = leaves.pages([*head, *answers, prompt])
    _rule_rest(leaves, pages[-1])
    return pages


def _back(leaves: Leaves, account: Account) -> list[Page]:
    words, sect = leaves.ctx.words, leaves.root.add("Sect")
    adopted = account.adopted_answer
    title = words("handout-accounts-adopted" if adopted else "handout-accounts-open")
    flowables: list[Flowable] = [
        leaves.words(account.question, "overline", sect.add("P")),
        leaves.words(title, TITLE, sect.add("H1")),
    ]
    if adopted is not None:
        said = nodes.paragraph("", "", *answer_text(leaves.ctx, account, adopted))
        flowables += leaves.blocks([said], sect, "lead")
        flowables.append(leaves.words(_who(leaves.ctx, adopted), "sources", sect.add("P")))
        flowables[-1].spaceAfter = 14
    return leaves.pages([*flowables, *leaves.blocks(paragraphs(account.reason), sect, "body-spaced")])


def _columns(ctx: Context, account: Account) -> nodes.table:
    """Return the answers side by side, or one below the other where they are too many for that."""
    words, answers = ctx.words, account.answers
    said: list[Content] = [answer_text(ctx, account, answer) for answer in answers]
    who: list[Content] = [answer.said_by for answer in answers]
    sources: list[Content] = [_sources(ctx, answer) for answer in answers]
    names = [words("account-column-answer"), words("account-column-who"), words("account-column-sources")]
    if len(answers) > SIDE_BY_SIDE:
        return table(
            names, list(zip(said, who, sources, strict=True)), (46, 30, 24), stub=False, classes=["answers"]
        )
    head = [names[0], *(chr(ord("A") + index) for index in range(len(answers)))]
    rows = [[words("handout-said"), *said], [names[1], *who], [names[2], *sources]]
    return table(
        head, rows, (LABELS, *((100 - LABELS) // len(answers) for _ in answers)), classes=["answers"]
    )


def _sources(ctx: Context, answer: Answer) -> str:
    return ctx.words("cite-separator").join(ctx.citations.label_text(cite.id) for cite in answer.sources)


def _who(ctx: Context, answer: Answer) -> str:
    return ctx.words("handout-who", who=answer.said_by, sources=_sources(ctx, answer))


def _rule_rest(leaves: Leaves, page: Page) -> None:
    """Fill the rest of a page with lines to write on."""
    lowest = min(y for _, _, y in page.placed)
    rest = lowest - leaves.bottom - 4
    if rest > size(Ruled(rest), leaves.width).text > 0:
        placed, _ = place([Ruled(rest)], leaves.left, lowest - 4, leaves.width)
        page.placed += placed


def _name(account: Account) -> str:
    return f"account-{account.id}"
