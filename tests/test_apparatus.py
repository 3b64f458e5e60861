"""The apparatus of the second dossier's book: who is named where, principals, topics, index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup, Tag
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from build_scripts import manuscript, validation
from build_scripts.model import Dossier
from build_scripts.model.biographies import Name
from build_scripts.model.links import events_naming
from build_scripts.nodes import accounts, biographies, index, principals
from build_scripts.nodes.citations import render
from build_scripts.nodes.context import Context, make
from build_scripts.nodes.index_entries import authored
from build_scripts.nodes.whereabouts import MOST_EVENTS
from build_scripts.trimmings import trimmings
from build_scripts.words import Words

LIGHTHOUSE = Path(__file__).parent / "dossiers" / "lighthouse"
Build = Callable[..., Path]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return validation.load(LIGHTHOUSE)


@pytest.fixture(scope="module")
def ctx(dossier: Dossier) -> Context:
    return context(dossier, manuscript.read(LIGHTHOUSE).naming)


def context(dossier: Dossier, named: object = None) -> Context:
    words = Words(dossier.edition.language)
    citations = render(dossier.references, dossier.edition.citation_style, words)
    return make(dossier, citations, lambda text, *_: float(len(text)), named)  # type: ignore[arg-type]


def page(build: Build, name: str) -> BeautifulSoup:
    return BeautifulSoup((build("html") / "html" / f"{name}.html").read_text("utf-8"), "html.parser")


def lines(tree: nodes.Node, name: str) -> list[nodes.paragraph]:
    return [node for node in tree.findall(nodes.paragraph) if name in node["classes"]]


def heading(tree: nodes.Node) -> str:
    return next(tree.findall(nodes.title)).astext()


def targets(tree: nodes.Node) -> list[str]:
    return [node["refid"] for node in tree.findall(nodes.reference)]


def entry(ctx: Context, name: str) -> nodes.Element:
    people = biographies.entries(ctx, ctx.dossier.people)
    return next(
        node for node in people.findall(nodes.definition_list_item) if f"person-{name}" in node["ids"]
    )


def test_a_life_lists_the_pages_that_name_the_person_by_their_titles(ctx: Context) -> None:
    (line,) = lines(entry(ctx, "specimen"), "whereabouts")

    assert line.astext().startswith("In this book: The keeping; ")
    assert targets(line)[0] == "page:chapters/03-the-keeping"


def test_a_life_lists_the_events_that_name_the_person(ctx: Context, dossier: Dossier) -> None:
    (line,) = lines(entry(ctx, "specimen"), "whereabouts")
    events = [event.id for event in dossier.events if "specimen" in (*event.people, *event.concerning)]

    assert [name for name in targets(line) if name.startswith("event-")] == [
        f"event-{name}" for name in events
    ]


def test_of_many_events_a_life_lists_the_weightiest_and_counts_the_rest(
    ctx: Context, dossier: Dossier
) -> None:
    (line,) = lines(entry(ctx, "example-a"), "whereabouts")
    named = events_naming(dossier)["person", "example-a"]
    shown = [name.removeprefix("event-") for name in targets(line) if name.startswith("event-")]

    assert len(shown) == MOST_EVENTS < len(named)
    assert f"and {len(named) - MOST_EVENTS} more events" in line.astext()
    assert shown == [event.id for event in named if event.id in shown], "in the order of time"
    lightest = min(int(dossier.event(name).weight) for name in shown)
    assert all(int(event.weight) <= lightest for event in named if event.id not in shown)


def test_outside_a_book_no_life_says_where_in_it(dossier: Dossier) -> None:
    assert lines(biographies.entries(context(dossier), dossier.people), "whereabouts") == []


def test_every_link_of_these_lines_leads_somewhere(build: Build) -> None:
    found = 0
    for name in ("biographies", "organizations", "subjects", "evidence"):
        tree = page(build, name)
        for link in tree.select("article a.internal"):
            found += 1
            path, _, anchor = str(link["href"]).partition("#")
            target = page(build, path.removesuffix(".html")) if path else tree
            assert not anchor or target.find(id=anchor), (name, link["href"])

    assert found > 50


def test_the_principal_persons_are_those_without_a_short_entry(ctx: Context, dossier: Dossier) -> None:
    whole = principals.tables(ctx)
    named = [name for tree in whole for name in targets(tree)]

    assert sorted(named) == sorted(f"person-{person.id}" for person in dossier.people if not person.minor)
    groups = {group.id: group.title for group in dossier.edition.groups}
    used = {person.group for person in dossier.people if not person.minor}
    assert [heading(tree) for tree in whole] == [title for name, title in groups.items() if name in used]


def test_accounts_stand_under_their_topics_and_the_rest_last(dossier: Dossier) -> None:
    topics = {"aboard": "Ship", "lorem-lived": "Rock", "wreck-hour": "Ship"}
    changed = [one.model_copy(update={"topic": topics.get(one.id)}) for one in dossier.accounts]
    whole = accounts.sections(context(Dossier(**{**vars_of(dossier), "accounts": tuple(changed)})))

    assert [heading(tree) for tree in whole[1:]] == ["Ship", "Rock", "Other questions"]
    ship = [node["ids"][0] for node in whole[1].findall(nodes.section)][1:]
    assert ship == ["account-aboard", "account-wreck-hour"]


def test_accounts_without_topics_stand_in_the_order_of_the_file(ctx: Context, dossier: Dossier) -> None:
    plain = context(
        Dossier(
            **{
                **vars_of(dossier),
                "accounts": tuple(one.model_copy(update={"topic": None}) for one in dossier.accounts),
            }
        )
    )

    shown = [node for tree in accounts.sections(plain) for node in tree.findall(nodes.section)]
    assert [node["ids"][0] for node in shown] == [f"account-{one.id}" for one in dossier.accounts]


def vars_of(dossier: Dossier) -> dict[str, Any]:
    names = ("edition", "events", "people", "organizations", "series", "glossary", "references", "plan")
    return {name: getattr(dossier, name) for name in names}


def test_the_overview_counts_questions_and_choices(ctx: Context, dossier: Dossier) -> None:
    adopted = sum(account.adopted is not None for account in dossier.accounts)

    assert accounts.sections(ctx)[0].astext() == (
        f"{len(dossier.accounts)} questions are compared here. Answers adopted: {adopted}; "
        f"left open: {len(dossier.accounts) - adopted}."
    )


def test_the_index_lists_every_person_organization_place_room_and_term(
    ctx: Context, dossier: Dossier
) -> None:
    assert dossier.plan is not None
    entries = [item["entry"] for tree in index.sections(ctx) for item in tree.findall(nodes.list_item)]
    places = {place for event in dossier.events for place in event.places}
    count = len(dossier.people) + len(dossier.organizations) + len(places) + len(dossier.glossary)

    assert len(entries) == count + len(list(dossier.plan.rooms()))
    assert {index.heading(person.name) for person in dossier.people} | places <= set(entries)


def test_the_index_is_in_alphabetical_order_whatever_accents_and_capitals(ctx: Context) -> None:
    subjects = index.sections(ctx)[-1]

    entries = [item["entry"] for item in subjects.findall(nodes.list_item)]
    assert entries == ["catoptric", "lee shore", "mayak", "occulting light", "pharos", "tōdai"]


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ({"display": "José Díaz", "sort": "Diaz, Jose"}, "Díaz, José"),
        ({"display": "José Díaz", "sort": "Diaz"}, "Díaz, José"),
        ({"display": "Ana María Núñez Peña", "sort": "Nunez Pena, Ana Maria"}, "Núñez Peña, Ana María"),
        ({"display": "Lorem of the Cairn", "sort": "Lorem"}, "Lorem of the Cairn"),
        ({"display": "Émile Roux", "family": "Roux", "given": "Émile"}, "Roux, Émile"),
        ({"display": "Akoni"}, "Akoni"),
        ({"display": "The Watcher", "sort": "Unknown watcher"}, "The Watcher"),
    ],
)
def test_the_index_prints_names_and_never_sort_keys(name: dict[str, str], heading: str) -> None:
    assert index.heading(Name(**name)) == heading


def index_node(*entries: tuple[str, str, str, str]) -> nodes.document:
    document = new_document("chapter")
    document += addnodes.index(entries=[(*entry, None) for entry in entries])
    return document


def test_entries_of_the_author_join_the_one_list(ctx: Context, dossier: Dossier) -> None:
    term = dossier.glossary[0].term
    page = index_node(
        ("single", "lamps; oil", "i-0", ""),
        ("pair", "rocks; fog", "i-1", "main"),
        ("see", "beacon; lighthouse", "i-2", ""),
        ("single", term, "i-3", ""),
    )

    whole = index.listing(ctx, authored([("chapters/x", page)]))

    found = {entry.text: entry for entry in whole}
    assert [spot.id for spot in found["lamps, oil"].spots] == ["i-0"]
    assert found["rocks, fog"].spots[0].main
    assert found["fog, rocks"].spots == found["rocks, fog"].spots
    assert (found["beacon"].see, list(found["beacon"].spots)) == (["lighthouse"], [])
    assert [entry.text for entry in whole].count(term) == 1
    assert (found[term].scheme, found[term].spots[0].id) == ("term", "i-3")


def test_the_printed_index_and_that_of_the_site_are_one_list(ctx: Context, dossier: Dossier) -> None:
    printed = {entry.name: entry for entry in trimmings(ctx).index if entry.name}
    shown = [item for tree in index.sections(ctx) for item in tree.findall(nodes.list_item)]

    assert len(trimmings(ctx).index) == len(shown)
    for item in shown:
        own, *others = targets(item) or [""]
        if own in printed:
            days = {name for name in others if name.startswith("event-")}
            assert days <= set(printed[own].places), item.astext()


def test_events_of_one_day_are_told_apart(ctx: Context) -> None:
    for tree in index.sections(ctx):
        for item in tree.findall(nodes.list_item):
            shown = [
                node.astext() for node in item.findall(nodes.reference) if node["refid"].startswith("event-")
            ]
            assert len(set(shown)) == len(shown)


def test_the_paged_book_has_its_own_index_and_not_the_page_of_links(build: Build) -> None:
    with pikepdf.open(build("pdf") / "pdf" / "dossier.pdf") as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for part in outline.root for item in (part, *part.children)]

    assert titles.count("Index") == 1


def test_what_a_page_of_the_index_names_is_in_the_site(build: Build) -> None:
    heads = page(build, "subjects").select(".index-heading")

    assert all(isinstance(head, Tag) and head.get_text() for head in heads)
    assert "Paradigma, Ioannis" in [head.get_text() for head in heads]
