"""Turn the figures of the evidence report into sentences and tables."""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import format_decimal
from docutils import nodes

from build_scripts.model.report import STATEMENT_KINDS, Report, Spread, Statement, Tally, measure
from build_scripts.nodes.context import Context
from build_scripts.nodes.tables import table
from build_scripts.nodes.text import Content, paragraph, reference, section
from build_scripts.words import Words

WIDTHS = (40, 20, 20, 20)


def sections(ctx: Context) -> list[nodes.Node]:
    """Return the whole report: statements, those that rest on one source, sources, open questions."""
    named = ctx.named or {}
    cited = (
        (page.name, name) for (scheme, name), pages in named.items() if scheme == "ref" for page in pages
    )
    report = measure(ctx.dossier, cited)
    words = ctx.words
    return [
        paragraph(_summary(report, words)),
        section(["evidence-statements"], words("evidence-statements"), *_statements(report, words)),
        section(["evidence-single"], words("evidence-single"), *_single(ctx, report)),
        section(["evidence-sources"], words("evidence-sources"), *_sources(report, words)),
        section(["evidence-accounts"], words("evidence-accounts"), *_accounts(report, words)),
    ]


def _summary(report: Report, words: Words) -> str:
    whole = report.whole
    return words(
        "evidence-summary", statements=whole.statements, mean=_decimal(whole.mean, words), single=whole.single
    )


def _decimal(value: float, words: Words) -> str:
    return format_decimal(value, format="0.0", locale=words.locale)


def _statements(report: Report, words: Words) -> list[nodes.Node]:
    head = [words(f"evidence-column-{name}") for name in ("kind", "statements", "mean", "median", "single")]
    rows = [_tally(tally, words) for tally in (*report.tallies, report.whole)]
    whole: list[nodes.Node] = [table(head, rows, (32, 17, 17, 17, 17), classes=["numbers"])]
    if report.unsourced:
        whole.append(paragraph(words("evidence-conjecture", n=report.unsourced)))
    return whole


def _tally(tally: Tally, words: Words) -> list[Content]:
    return [
        words(f"evidence-kind-{tally.kind}"),
        str(tally.statements),
        _decimal(tally.mean, words),
        format_decimal(tally.median, locale=words.locale),
        str(tally.single),
    ]


def _single(ctx: Context, report: Report) -> list[nodes.Node]:
    words = ctx.words
    head = [words("evidence-column-source"), words("evidence-column-statements")]
    rows: list[list[Content]] = [
        [words("evidence-on-part"), str(len(report.partly_read))],
        [words("evidence-on-encyclopedia"), str(len(report.encyclopedic))],
        [words("evidence-on-web"), str(len(report.on_web_page))],
    ]
    whole: list[nodes.Node] = [paragraph(words("evidence-single-note"))]
    whole.append(table(head, rows, (60, 40), classes=["numbers"]))
    if report.weak:
        whole.append(paragraph(words("evidence-weak")))
        whole.append(nodes.bullet_list("", *_weak(ctx, report.weak), classes=["weak"]))
    return whole


def _weak(ctx: Context, weak: Sequence[Statement]) -> list[nodes.list_item]:
    """Return an item for every kind of statement, and below it the records, each once, to go to."""
    items = []
    for kind in STATEMENT_KINDS:
        of_kind = {(one.scheme, one.target): one for one in weak if one.kind == kind}
        lines: list[Content] = [
            reference(one.scheme, one.target, one.label) for one in of_kind.values() if one.scheme is not None
        ]
        others = sum(one.scheme is None for one in of_kind.values())
        if others:
            lines.append(ctx.words("evidence-weak-others", n=others))
        if lines:
            below = nodes.bullet_list("", *(nodes.list_item("", paragraph(line)) for line in lines))
            items.append(nodes.list_item("", paragraph(ctx.words(f"evidence-kind-{kind}")), below))
    return items


def _sources(report: Report, words: Words) -> list[nodes.Node]:
    kinds = [_spread(words(f"reference-kind-{one.name}"), one) for one in report.by_kind]
    languages = [_spread(_language(one.name, words), one) for one in report.by_language]
    whole = _spread(words("evidence-kind-all"), report.sources)
    head = [words(f"evidence-column-{name}") for name in ("sources", "whole", "part")]
    tables: list[nodes.Node] = [
        table([words("evidence-column-kind"), *head], [*kinds, whole], WIDTHS, classes=["numbers"]),
        table([words("evidence-column-language"), *head], [*languages, whole], WIDTHS, classes=["numbers"]),
    ]
    once = len(report.cited_once)
    return [*tables, paragraph(words("evidence-cited-once", n=once))] if once else tables


def _spread(name: str, spread: Spread) -> list[Content]:
    return [name, str(spread.sources), str(spread.whole), str(spread.part)]


def _language(name: str | None, words: Words) -> str:
    if name is None:
        return words("evidence-language-unstated")
    return str(words.locale.languages.get(name, name))


def _accounts(report: Report, words: Words) -> list[nodes.Node]:
    head = [words("evidence-column-accounts"), words("evidence-column-questions")]
    rows: list[list[Content]] = [
        [words("evidence-adopted"), str(report.adopted)],
        [words("evidence-undecided"), str(report.undecided)],
    ]
    return [table(head, rows, (60, 40), classes=["numbers"])]
