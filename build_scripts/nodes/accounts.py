"""Turn accounts into tables: each question, its answers side by side, who says so, what is adopted and why."""

from __future__ import annotations

from docutils import nodes

from build_scripts.model.accounts import Account
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import answer_text, citations
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import inline, paragraphs, record_id, section


def sections(ctx: Context) -> list[nodes.Node]:
    """Return a section for every account, in the order of the file."""
    return [_section(ctx, account) for account in ctx.dossier.accounts]


def _section(ctx: Context, account: Account) -> nodes.section:
    words = ctx.words
    head = [words("account-column-answer"), words("account-column-who"), words("account-column-sources")]
    rows = []
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
