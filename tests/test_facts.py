"""Nothing of the data is lost: every record of the bundled dossier stands in the PDF and in the site."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build_scripts import validation
from build_scripts.model import Dossier

REPO = Path(__file__).parents[1]


def bare(text: str) -> str:
    """Return the letters and figures of a text alone: lines and hyphens fall where they may."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum()).casefold()


def facts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield every text of the data that a reader is to see, with its place."""
    for event in dossier.events:
        yield f"event {event.id}", event.title
        yield from ((f"event {event.id}", part) for part in event.text.plain().split("\n\n"))
    for person in dossier.people:
        yield f"person {person.id}", person.name.display
        yield from ((f"person {person.id}", part) for part in person.text.plain().split("\n\n"))
    for organization in dossier.organizations:
        yield f"organization {organization.id}", organization.name
        yield from ((f"organization {organization.id}", p) for p in organization.text.plain().split("\n\n"))
    for account in dossier.accounts:
        yield f"account {account.id}", account.question
        yield from ((f"account {account.id}", part) for part in account.reason.plain().split("\n\n"))
        yield from ((f"account {account.id}", answer.said_by) for answer in account.answers)
    for series in dossier.series:
        yield from ((f"series {series.id}", p.note.plain()) for p in series.points if p.note)
    for term in dossier.glossary:
        yield from ((f"term {term.id}", part) for part in term.text.plain().split("\n\n"))
    for reference in dossier.references:
        yield f"reference {reference.id}", reference.title
        yield f"reference {reference.id}", reference.reliability or ""
    if dossier.plan is not None:
        for statement in dossier.plan.statements:
            yield f"statement {statement.id}", statement.text.plain()
        for unknown in dossier.plan.unknowns:
            yield f"unknown {unknown.id}", unknown.text.plain()


def missing(dossier: Dossier, text: str) -> list[str]:
    """Return the places of facts that a text does not have."""
    whole = bare(text)
    return [f"{place}: {fact[:60]}" for place, fact in facts(dossier) if bare(fact) not in whole]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return validation.load(REPO)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext missing: apt-get install poppler-utils")
def test_the_whole_fact_base_is_in_the_pdf_of_the_book(dossier: Dossier, build: Callable[..., Path]) -> None:
    path = build("pdf", REPO) / "pdf/dossier.pdf"
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    # Running heads and folios come between the lines of a paragraph that crosses a page.
    assert missing_across_pages(dossier, text) == []


def missing_across_pages(dossier: Dossier, text: str) -> list[str]:
    """Return the places of facts of which not even the sentences stand in the text."""
    whole = bare(text)
    lost = []
    for place, fact in facts(dossier):
        if bare(fact) in whole:
            continue
        words = fact.split()
        parts = [bare(" ".join(words[start : start + 6])) for start in range(0, len(words), 6)]
        if sum(part not in whole for part in parts) > max(1, len(parts) // 8) + 1:
            lost.append(f"{place}: {fact[:60]}")
    return lost


def test_the_whole_fact_base_is_in_the_site(dossier: Dossier, build: Callable[..., Path]) -> None:
    pages = sorted((build("html", REPO) / "html").rglob("*.html"))
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", page.read_text("utf-8"))) for page in pages)

    assert missing(dossier, text) == []


def test_the_site_tells_as_many_records_as_the_data_have(
    dossier: Dossier, build: Callable[..., Path]
) -> None:
    folder = build("html", REPO) / "html"
    text = " ".join(page.read_text("utf-8") for page in sorted(folder.rglob("*.html")))
    told = {
        "event": dossier.events,
        "person": dossier.people,
        "org": dossier.organizations,
        "account": dossier.accounts,
        "term": dossier.glossary,
        "ref": dossier.references,
    }

    for scheme, records in told.items():
        ids = set(re.findall(rf'\bid="{scheme}-([a-z0-9-]+)"', text))
        assert ids == {record.id for record in records}
