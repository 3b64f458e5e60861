"""Turn sources and answers into nodes: who says so, in short, wherever a statement stands."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from build_scripts.model.accounts import Account, Answer, Measured
from build_scripts.model.records import Cite
from build_scripts.nodes.context import Context
from build_scripts.nodes.text import fill, inline, inlines, join, paragraph, record_id, reference
from build_scripts.words import Words


def citation(ctx: Context, cite: Cite) -> list[nodes.Node]:
    """Return one citation: a reference to the bibliography, and the place in the source."""
    label = reference("ref", cite.id, ctx.citations.label(cite.id))
    if cite.locator is None:
        return [label]
    return fill(ctx.words.template("cite-locator"), label=label, locator=cite.locator)


def citations(ctx: Context, cites: Sequence[Cite]) -> list[nodes.Node]:
    """Return several citations in a row."""
    return join([citation(ctx, cite) for cite in cites], ctx.words("cite-separator"))


def sources(ctx: Context, cites: Sequence[Cite]) -> nodes.paragraph:
    """Return the line of sources at the end of a record."""
    line = fill(ctx.words.template("sources-line"), sources=citations(ctx, cites))
    return paragraph(line, "sources")


def measure(measured: Measured, words: Words) -> str | None:
    """Return a number or a range in words, or None if nothing was measured."""
    low, high = measured.low, measured.high
    if measured.value is not None:
        return words.number(measured.value)
    if low is not None and high is not None:
        return words.numbers(low, high)
    if low is not None:
        return words("number-at-least", low=words.number(low))
    if high is not None:
        return words("number-at-most", high=words.number(high))
    return None


def answer_text(ctx: Context, account: Account, answer: Answer) -> list[nodes.Node]:
    """Return what an answer says: its number with the unit, its text, or both."""
    words = ctx.words
    figure = measure(answer, words)
    text = _text(answer)
    if figure is None or (answer.text is not None and figure in answer.text.plain()):
        # A text that states the number itself says it better than the number before it would.
        return text
    if account.unit is not None:
        figure = words("number-unit", number=figure, unit=account.unit)
    if not text:
        return [nodes.Text(figure)]
    return fill(words.template("number-and-text"), number=figure, text=text)


def _text(answer: Answer) -> list[nodes.Node]:
    """Return an answer's text as one run; answers are short and have no paragraphs of their own."""
    if answer.text is None:
        return []
    return join([inlines(content) for content in answer.text.paragraphs], " ")


def account_box(ctx: Context, account: Account) -> nodes.container:
    """Return the box that says, where a disputed fact stands, that accounts differ and how."""
    words = ctx.words
    box = nodes.container(classes=["account"])
    box += paragraph(words("accounts-differ"), "account-title")
    box += paragraph(reference("account", account.id, account.question), "account-question")
    answers = nodes.bullet_list(classes=["answers"])
    for answer in account.answers:
        answers += nodes.list_item("", paragraph(_answer_line(ctx, account, answer)))
    box += answers
    return box


def _answer_line(ctx: Context, account: Account, answer: Answer) -> list[nodes.Node]:
    said = inline(answer_text(ctx, account, answer), "answer")
    who = inline(answer.said_by, "said-by")
    line = fill(ctx.words.template("account-answer"), answer=said, who=who)
    if answer.id == account.adopted:
        line += [nodes.Text(" "), inline(ctx.words("account-adopted"), "adopted")]
    return line


def boxes(ctx: Context, names: Sequence[str]) -> list[nodes.Node]:
    """Return the boxes of several accounts."""
    return [account_box(ctx, ctx.dossier.account(name)) for name in names]


def target(scheme: str, name: str) -> dict[str, list[str]]:
    """Return the attributes that make a node the place where a record is told."""
    return {"ids": [record_id(scheme, name)]}
