"""Turn accounts into tables, by topic: each question, its answers side by side, who says so."""

from __future__ import annotations

from docutils import nodes

from build_scripts.model.accounts import Account
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import answer_text, citations
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import Content, inline, paragraph, paragraphs, record_id, section


def sections(ctx: Context) -> list[nodes.Node]:
    """Return how many questions there are, and a section for every topic or, without any, for every account.

    Topics come in the order of their first accounts; accounts without one follow them.
    """
    accounts = ctx.dossier.accounts
    if not accounts:
        return []
    adopted = sum(account.adopted is not None for account in accounts)
    undecided = len(accounts) - adopted
    overview = ctx.words("accounts-overview", n=len(accounts), adopted=adopted, undecided=undecided)
    by_topic: dict[str, list[nodes.section]] = {}
    rest = [_section(ctx, account) for account in accounts if account.topic is None]
    for account in accounts:
        if account.topic is not None:
            by_topic.setdefault(account.topic, []).append(_section(ctx, account))
    topics = [
        section([f"topic-{number}"], topic, *below)
        for number, (topic, below) in enumerate(by_topic.items(), start=1)
    ]
    if topics and rest:
        rest = [section(["topic-rest"], ctx.words("accounts-rest"), *rest)]
    return [paragraph(overview), *topics, *rest]


def _section(ctx: Context, account: Account) -> nodes.section:
    words = ctx.words
    head = [words("account-column-answer"), words("account-column-who"), words("account-column-sources")]
    rows: list[list[Content]] = []
    for answer in account.answers:
        said = answer_text(ctx, account, answer)
        if answer.id == account.adopted:
            said += [nodes.Text(" "), inline(words("account-adopted"), "adopted")]
        rows.append([said, answer.said_by, citations(ctx, answer.sources)])
    answers = table(head, rows, (34, 33, 33), classes=["answers"], data=f"account-{account.id}")
    return section(
        [record_id("account", account.id)],
        account.question,
        answers,
        *paragraphs(account.reason),
        classes=["account-section"],
    )
