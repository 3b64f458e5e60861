"""Number what a handout rests on, and tell it at its end: its sources, and the questions that are open.

A line of text leads there by numbers, so that a sheet stays legible and still says who says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.handouts import shown
from build_scripts.handouts.leaves import NOTE_ANSWER, NOTE_QUESTION, NOTE_SOURCE, Leaves
from build_scripts.handouts.shown import Shown
from build_scripts.model.accounts import Account, Answer
from build_scripts.model.records import Cite
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import answer_text
from build_scripts.nodes.text import fill, inline, paragraph
from build_scripts.pdf.blocks import Column, Label
from build_scripts.pdf.columns import Columns
from build_scripts.pdf.tags import Element

GAP = 16.0
SOURCES_WIDTH, QUESTIONS_WIDTH = 160.0, 240.0
"""About so wide are the columns of sources and of questions."""
DIGIT = 0.56
"""The width of a figure, in sizes of its type."""
HANG = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Hold the numbers of sources and of questions, each by its id; so many sources are `told` of, the rest
    are of answers alone.
    """

    sources: Mapping[str, int]
    questions: Mapping[str, int]
    told: int


def number(ctx: Context, records: Sequence[Shown]) -> Notes:
    """Number the sources of what is told, then those of answers alone, each in the order of the bibliography.

    Questions are numbered as they come up.
    """
    asked = shown.questions(ctx.dossier, records)
    told = {cite.id for record in records for cite in shown.cites(record)}
    answers = {cite.id for account in asked for answer in account.answers for cite in answer.sources} - told
    order = list(ctx.citations.order())
    ordered = [name for cited in (told, answers) for name in order if name in cited]
    return Notes(
        sources={name: place for place, name in enumerate(ordered, start=1)},
        questions={account.id: place for place, account in enumerate(asked, start=1)},
        told=len(told),
    )


def line(ctx: Context, notes: Notes, record: Shown) -> str:
    """Return the line that leads from a record to its sources and to what is asked about it."""
    words = ctx.words
    named = {cite.id for cite in shown.cites(record)}
    led = words("handout-rests-on", n=len(named), sources=_numbers(ctx, notes.sources, named))
    if not record.accounts:
        return led
    asked = _numbers(ctx, notes.questions, record.accounts)
    return words("handout-differs", n=len(record.accounts), sources=led, questions=asked)


def ending(leaves: Leaves, notes: Notes) -> list[Flowable]:
    """Return the sources, the questions with their answers, and the sources of answers alone."""
    names = list(notes.sources)
    return [
        *_sources(leaves, notes, "handout-notes-sources", names[: notes.told]),
        *_questions(leaves, notes),
        *_sources(leaves, notes, "handout-notes-answers", names[notes.told :]),
    ]


def _sources(leaves: Leaves, notes: Notes, title: str, names: Sequence[str]) -> list[Flowable]:
    ctx = leaves.ctx
    if not names:
        return []
    sect = leaves.root.add("Sect")
    heading = leaves.words(ctx.words(title), "h2", sect.add("H2"))
    whole = sect.add("L")
    entries = []
    for name in names:
        item = whole.add("LI")
        lbl, body = item.add("Lbl"), item.add("LBody").add("P")
        label, full = ctx.citations.label_text(name), ctx.dossier.reference(name).title
        entry = leaves.words(ctx.words("handout-note-source", label=label, title=full), NOTE_SOURCE, body)
        entries.append(_hung(leaves, notes.sources[name], len(notes.sources), lbl, [entry], NOTE_SOURCE))
    return [heading, _columns(leaves, entries, SOURCES_WIDTH)]


def _questions(leaves: Leaves, notes: Notes) -> list[Flowable]:
    ctx = leaves.ctx
    if not notes.questions:
        return []
    sect = leaves.root.add("Sect")
    about = ctx.words("handout-notes-questions-about", adopted=ctx.words("account-adopted"))
    head = [
        leaves.words(ctx.words("handout-notes-questions"), "h2", sect.add("H2")),
        leaves.words(about, NOTE_ANSWER, sect.add("P")),
    ]
    head[-1].keepWithNext, head[-1].spaceAfter = True, leaves.sheet[NOTE_ANSWER].text.size * 0.6
    whole = sect.add("L")
    entries = []
    for name, place in notes.questions.items():
        account, item = ctx.dossier.account(name), whole.add("LI")
        lbl, body = item.add("Lbl"), item.add("LBody")
        said = [leaves.words(account.question, NOTE_QUESTION, body.add("P"))]
        said += [_answer(leaves, notes, account, one, body) for one in account.answers]
        entry = _hung(leaves, place, len(notes.questions), lbl, said, NOTE_QUESTION)
        entry.spaceBefore = leaves.sheet[NOTE_QUESTION].text.size * 0.8
        entries.append(entry)
    return [*head, _columns(leaves, entries, QUESTIONS_WIDTH)]


def _answer(leaves: Leaves, notes: Notes, account: Account, answer: Answer, body: Element) -> Flowable:
    ctx = leaves.ctx
    said: list[nodes.Node] = fill(
        ctx.words.template("handout-note-answer"),
        answer=answer_text(ctx, account, answer),
        who=inline(answer.said_by, "said-by"),
        sources=_numbers(ctx, notes.sources, _ids(answer.sources)),
    )
    if answer.id == account.adopted:
        said += [nodes.Text(" "), nodes.strong("", ctx.words("account-adopted"))]
    return leaves.text(paragraph(said), NOTE_ANSWER, body.add("P"))


def _hung(
    leaves: Leaves, place: int, highest: int, lbl: Element, children: list[Flowable], style: str
) -> Column:
    """Hang a number beside its note."""
    indent = leaves.sheet[style].text.size * DIGIT * len(str(highest)) + HANG
    label = leaves.words(str(place), style, lbl)
    return Column(
        children,
        left=indent,
        label=Label(body=label, left=0, width=indent),
        space_before=children[0].getSpaceBefore(),
    )


def _columns(leaves: Leaves, entries: list[Column], width: float) -> Columns:
    count = 1 if leaves.is_large else max(1, round(leaves.width / (width + GAP)))
    return Columns(entries, count=count, gap=GAP)


def _numbers(ctx: Context, numbers: Mapping[str, int], names: Iterable[str]) -> str:
    return ctx.words("list-separator").join(map(str, sorted(numbers[name] for name in set(names))))


def _ids(cites: Iterable[Cite]) -> list[str]:
    return [cite.id for cite in cites]
