"""The evidence report: what is counted as a statement, what as weak, and how it is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from build_scripts import manuscript, validation
from build_scripts.__main__ import main
from build_scripts.model import Dossier
from build_scripts.model.report import Report, measure, statements

LIGHTHOUSE = Path(__file__).parent / "dossiers" / "lighthouse"


@pytest.fixture(scope="module")
def lighthouse() -> Dossier:
    return validation.load(LIGHTHOUSE)


@pytest.fixture(scope="module")
def report(lighthouse: Dossier) -> Report:
    named = manuscript.read(LIGHTHOUSE).mentions
    return measure(lighthouse, ((one.location.path, one.target) for one in named if one.scheme == "ref"))


def plain(name: str) -> list[dict[str, object]]:
    """Return the records of a file without the model, to count them another way."""
    records: list[dict[str, object]] = yaml.load(
        (LIGHTHOUSE / "data" / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader
    )
    return records


def test_every_event_is_a_statement_with_its_sources_each_once(lighthouse: Dossier) -> None:
    counted = {one.target: len(one.sources) for one in statements(lighthouse) if one.kind == "event"}
    expected = {
        str(event["id"]): len({cite if isinstance(cite, str) else cite["id"] for cite in event["sources"]})  # type: ignore[attr-defined]
        for event in plain("chronology")
    }

    assert counted == expected


def test_the_kinds_add_up_to_the_whole(report: Report) -> None:
    assert sum(tally.statements for tally in report.tallies) == report.whole.statements
    assert sum(tally.single for tally in report.tallies) == report.whole.single


def test_sources_by_kind_and_by_language_are_all_sources_that_were_read(report: Report) -> None:
    read = sum(reference["read"] != "none" for reference in plain("references"))

    assert sum(spread.sources for spread in report.by_kind) == read
    assert sum(spread.sources for spread in report.by_language) == read
    assert report.sources.whole + report.sources.part == read


def test_sources_whose_language_is_not_stated_come_last(report: Report) -> None:
    assert [spread.name for spread in report.by_language].index(None) == len(report.by_language) - 1


def test_conjecture_is_no_statement_but_is_counted(report: Report, lighthouse: Dossier) -> None:
    assert lighthouse.plan is not None
    conjectural = [one for one in lighthouse.plan.elements() if not one.sources]

    assert report.unsourced == len(conjectural) > 0
    assert not {one.id for one in conjectural} & {
        one.target for one in statements(lighthouse) if one.kind == "element"
    }


def test_a_statement_is_weak_if_its_one_source_is_an_encyclopedia_or_a_web_page(
    report: Report, lighthouse: Dossier
) -> None:
    weak = [one for one in statements(lighthouse) if len(one.sources) == 1]
    weak = [one for one in weak if lighthouse.reference(one.sources[0]).kind in ("encyclopedia", "web")]

    assert sorted(report.weak, key=repr) == sorted(weak, key=repr) != []


def test_accounts_are_adopted_or_left_open(report: Report, lighthouse: Dossier) -> None:
    assert report.adopted + report.undecided == len(lighthouse.accounts)
    assert report.adopted == sum("adopted" in account for account in plain("accounts"))


def test_a_source_in_one_record_and_in_one_chapter_is_cited_in_two_places(lighthouse: Dossier) -> None:
    alone = measure(lighthouse).cited_once
    assert alone, "the second dossier has a source that one record alone cites"

    assert alone[0] not in measure(lighthouse, [("a-page", alone[0])]).cited_once


def test_a_dossier_without_records_has_figures_too(lighthouse: Dossier) -> None:
    empty = measure(Dossier(edition=lighthouse.edition))

    assert (empty.whole.statements, empty.whole.mean, empty.tallies) == (0, 0, ())


def test_the_check_prints_what_the_dossier_rests_on(
    capsys: pytest.CaptureFixture[str], report: Report
) -> None:
    assert not main(["validate", "--dossier", str(LIGHTHOUSE)])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("22 events, 8 people, ")
    assert f"statements: {report.whole.statements}, " in lines[1]
    assert f"accounts: {report.adopted} with an adopted answer, {report.undecided} without" in lines[-1]


def test_the_report_in_the_book_has_the_same_figures(build: Callable[..., Path], report: Report) -> None:
    page = (build("html") / "html" / "evidence.html").read_text("utf-8")

    assert f"{report.whole.statements} statements" in page
    for one in report.weak:
        if one.scheme in ("event", "person", "term"):
            assert f"#{one.scheme}-{one.target}" in page


def test_a_broken_dossier_prints_its_problems_and_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(LIGHTHOUSE, tmp_path / "copy", ignore=shutil.ignore_patterns("build"))
    (tmp_path / "copy" / "book" / "chapters" / "04-more.rst").write_text(
        "More\n====\n\nWho says so?\n", "utf-8"
    )

    assert main(["validate", "--dossier", str(tmp_path / "copy")])
    captured = capsys.readouterr()
    assert (
        "book/chapters/04-more.rst:4: paragraph 'Who says so?' cites no source" in captured.out + captured.err
    )
    assert "statements:" not in captured.out
