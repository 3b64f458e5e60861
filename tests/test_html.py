"""The site of the second dossier: read as files, and looked at in a browser from the file system."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from build_scripts.draw.style import COLOURS, DARK_COLOURS
from build_scripts.judges.sites import links
from build_scripts.sphinx_ext.search import SPLITTER, split

BUILDS = Callable[..., Path]
Scheme = Literal["light", "dark"]
CHAPTER = "chapters/02-the-wreck.html"
# Colours of text and the grounds they stand on.
PAIRS = [
    (text, ground) for text in ("ink", "muted", "accent", "cool") for ground in ("paper", "ground", "tint")
]


@pytest.fixture(scope="module")
def site(build: BUILDS) -> Path:
    """Give the folder of the site."""
    return build("html") / "html"


def read(path: Path) -> BeautifulSoup:
    """Return a page as a tree."""
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def pages(site: Path) -> list[str]:
    """Return the pages that hold the book."""
    return sorted(
        path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.name != "search.html"
    )


def show(browser: Browser, site: Path, page: str, width: int, scheme: Scheme = "light") -> Page:
    """Open a page of the site at a width."""
    shown = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    shown.goto(f"{(site / page).as_uri()}")
    return shown


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_outside(site: Path) -> None:
    assert list(links(site)) == []


def test_two_builds_in_two_folders_give_equal_bytes(build: BUILDS) -> None:
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (build("html", copy=copy) / "html" for copy in ("1", "2"))
    )
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []


def test_no_file_of_the_site_names_a_folder_of_the_machine(site: Path) -> None:
    folders = [str(site.parent).encode(), str(Path(__file__).parents[1]).encode()]
    files = [path for path in site.rglob("*") if path.is_file()]
    assert [path for path in files for folder in folders if folder in path.read_bytes()] == []


def test_every_page_has_its_language_a_title_one_first_heading_and_no_step_left_out(site: Path) -> None:
    for name in pages(site):
        page = read(site / name)
        levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4, h5, h6")]
        assert page.select("html")[0]["lang"] == "en", name
        assert page.select("head > title")[0].text.endswith("The Lamp at Cape Nowhere"), name
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(below <= above + 1 for above, below in pairwise(levels)), name


def test_the_first_page_is_a_title_page_made_from_the_edition(site: Path) -> None:
    lines = [line.text for line in read(site / "index.html").select(".title-page p")]
    assert lines == [
        "The wreck of the SS Placeholder and the keeping of a light that never was",
        "Nobody in Particular, The “Example & Sons” <Workshop>",
        "The Placeholder Press",
        "3 February 2001",
        "Text: CC0-1.0. Code: MIT.",
        "Identifier: urn:uuid:00000000-0000-4000-8000-00000000c0de",
    ]


def test_every_page_ends_with_who_made_it_when_and_under_which_licence(site: Path) -> None:
    for name in pages(site):
        foot = read(site / name).select("p.foot")[0].text
        assert "Nobody in Particular" in foot, name
        assert "3 February 2001" in foot, name


def test_every_record_has_a_place_and_a_link_to_itself(site: Path) -> None:
    for name, prefix in (("chronology", "event"), ("biographies", "person"), ("glossary", "term")):
        entries = read(site / f"{name}.html").select(f"dt[id^={prefix}-]")
        assert entries, name
        assert [entry.select("a.headerlink")[0].get("href") for entry in entries] == [
            f"#{entry.get('id')}" for entry in entries
        ]


def test_notes_stand_in_a_section_of_their_own_and_lead_back(site: Path) -> None:
    page = read(site / CHAPTER)
    notes = page.select("section.notes[role=doc-endnotes] > aside[role=doc-footnote]")
    marks = page.select("a[role=doc-noteref]")

    assert notes
    assert [mark.get("href") for mark in marks] == [f"#{note.get('id')}" for note in notes]
    assert [note.select("a[role=doc-backlink]")[0].get("href") for note in notes] == [
        f"#{mark.get('id')}" for mark in marks
    ]


def test_notes_are_counted_in_the_order_in_which_a_reader_meets_their_marks(site: Path) -> None:
    for name in pages(site):
        page = read(site / name)
        marks = [int(mark.text) for mark in page.select("a[role=doc-noteref]")]
        notes = page.select("section.notes > aside[role=doc-footnote]")
        assert marks == list(range(1, len(marks) + 1)), name
        assert notes == page.select("aside[role=doc-footnote]"), name
        assert [note.get("id") for note in notes] == [
            mark.get("href", "").removeprefix("#") for mark in page.select("a[role=doc-noteref]")
        ], name


def test_points_of_lists_have_the_figures_and_brackets_of_their_author(browser: Browser, site: Path) -> None:
    page = show(browser, site, CHAPTER, 1280)
    styles = page.evaluate(
        "[...document.querySelectorAll('article ol[type]')]"
        ".map(list => [list.type, getComputedStyle(list).listStyleType])"
    )
    page.close()

    assert styles == [["1", "decimal"], ["a", "loweralpha-prefixed"], ["i", "lowerroman-bracketed"]]


def test_heads_of_tables_say_of_what_and_cells_name_their_heads(site: Path) -> None:
    for name in pages(site):
        page = read(site / name)
        assert [head for head in page.select("th") if head.get("scope") not in ("col", "row")] == [], name
    answers = read(site / "accounts.html").select("table.answers")[0]
    assert {cell.get("data-label") for cell in answers.select("td")} == {"Who says so", "Sources"}


@pytest.mark.parametrize("colours", [COLOURS, DARK_COLOURS], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


def test_both_schemes_of_colours_are_on_every_page(site: Path) -> None:
    for name in pages(site):
        style = "".join(element.text for element in read(site / name).select("head > style"))
        for colours in (COLOURS, DARK_COLOURS):
            missing = [name for name, value in colours.items() if f"--drawing-{name}: {value}" not in style]
            assert missing == [], name


def test_no_page_is_wider_than_a_phone(browser: Browser, site: Path) -> None:
    for name in pages(site):
        page = show(browser, site, name, 320)
        width = page.evaluate(
            "Math.max(...[...document.querySelectorAll('article > *')].map(e => e.scrollWidth))"
        )
        page.close()
        assert width <= 320, name


def test_a_browser_asks_for_nothing_but_files_and_reports_no_error(browser: Browser, site: Path) -> None:
    asked: list[str] = []
    errors: list[str] = []
    for name in ["index.html", CHAPTER, "plan.html", "search.html?q=reef"]:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        path, mark, query = name.partition("?")
        page.goto(f"{(site / path).as_uri()}{mark}{query}", wait_until="networkidle")
        page.close()
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    assert errors == []


def test_the_search_finds_a_word_without_a_server(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "search.html").as_uri() + "?q=reef")
    page.wait_for_selector("#search-results li")
    found = page.locator("#search-results li a").all_inner_texts()
    page.close()
    assert any("The wreck" in title for title in found)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Pen\u0303a", ["pena"]),
        ("PE\u00d1A", ["pena"]),
        ("co\u00adop", ["coop"]),
        ("co-op", ["co", "op", "coop"]),
        ("\u0641\u0650\u0643\u0631\u0629", ["\u0641\u0643\u0631\u0629"]),
        ("Stra\u00dfe, S\u00f8", ["strasse", "so"]),
        ("\u0915\u094d\u0937\u093f", ["\u0915\u094d\u0937\u093f"]),
    ],
)
def test_a_word_is_looked_for_without_its_accents_in_any_spelling(
    typed: str, words: list[str], browser: Browser
) -> None:
    page = browser.new_page()
    asked = page.evaluate(f"(text) => {{ {SPLITTER} return splitQuery(text); }}", typed)
    page.close()

    assert split(typed) == words
    assert set(asked) <= set(words)


def test_a_very_long_word_is_indexed_at_once() -> None:
    word = "x" * 100_000

    assert split(f"{word} one-two") == [word, "one", "two", "onetwo"]


def test_on_a_wide_page_notes_hang_beside_their_marks_and_never_over_each_other(
    browser: Browser, site: Path
) -> None:
    page = show(browser, site, CHAPTER, 1440)
    boxes = page.evaluate(
        "[...document.querySelectorAll('aside.footnote')].map(e => e.getBoundingClientRect().toJSON())"
    )
    marks = page.evaluate(
        "[...document.querySelectorAll('.note-mark a')].map(e => e.getBoundingClientRect().toJSON())"
    )
    text = page.evaluate("document.querySelector('article p.lead').getBoundingClientRect().right")
    page.close()

    assert all(box["left"] > text and box["right"] <= 1440 for box in boxes)
    assert all(below["top"] >= above["bottom"] for above, below in pairwise(boxes))
    assert abs(boxes[0]["top"] - marks[0]["top"]) < 12


def test_on_a_phone_notes_stand_behind_the_chapter(browser: Browser, site: Path) -> None:
    page = show(browser, site, CHAPTER, 360)
    tops = page.evaluate(
        "['.closer', 'aside.footnote'].map(q => document.querySelector(q).getBoundingClientRect().top)"
    )
    page.close()
    assert tops[0] < tops[1]


def test_dates_hang_in_the_margin_of_a_wide_page_and_above_the_entry_on_a_phone(
    browser: Browser, site: Path
) -> None:
    script = """[...document.querySelectorAll('dl.chronology > :is(dt, dd)')]
        .slice(-2).map(e => e.getBoundingClientRect().toJSON())"""
    places = {}
    for width in (1440, 360):
        page = show(browser, site, "chronology.html", width)
        places[width] = page.evaluate(script)
        page.close()

    date, entry = places[1440]
    assert date["right"] <= entry["left"]
    assert date["top"] == entry["top"]
    date, entry = places[360]
    assert date["bottom"] <= entry["top"]
    assert date["left"] == entry["left"]


def test_a_full_line_of_text_has_sixty_two_to_seventy_characters(browser: Browser, site: Path) -> None:
    page = show(browser, site, "preface.html", 1440)
    lines = page.evaluate(
        """() => {
          const lines = new Map(), range = document.createRange();
          const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (!node.parentElement.closest('p')) continue;
            for (let i = 0; i < node.length; i++) {
              range.setStart(node, i); range.setEnd(node, i + 1);
              const box = range.getBoundingClientRect();
              const line = Math.round(box.bottom / 8);
              if (box.width) lines.set(line, (lines.get(line) || '') + node.data[i]);
            }
          }
          return [...lines.values()];
        }"""
    )
    page.close()
    full = sorted(len(line.strip()) for line in lines)[len(lines) // 2 :]
    assert 62 <= sum(full) / len(full) <= 70


@pytest.mark.parametrize(("scheme", "colours"), [("light", COLOURS), ("dark", DARK_COLOURS)])
def test_the_page_takes_the_colours_of_the_readers_scheme(
    browser: Browser, site: Path, scheme: Scheme, colours: dict[str, str]
) -> None:
    page = show(browser, site, "index.html", 800, scheme)
    shown = page.evaluate(
        """[getComputedStyle(document.querySelector('h1')).color,
            getComputedStyle(document.body).backgroundColor]"""
    )
    page.close()
    wanted = [
        tuple(int(colours[name][index : index + 2], 16) for index in (1, 3, 5)) for name in ("ink", "paper")
    ]
    assert [tuple(map(int, re.findall(r"\d+", colour))) for colour in shown] == wanted


def test_paper_gets_the_text_without_sidebars_and_switches(browser: Browser, site: Path) -> None:
    page = show(browser, site, CHAPTER, 800)
    page.emulate_media(media="print")
    names = [
        ".sidebar-drawer",
        ".mobile-header",
        ".related-pages",
        ".theme-toggle",
        ".toc-drawer",
        ".headerlink",
    ]
    assert [name for name in names for one in page.locator(name).all() if one.is_visible()] == []
    page.close()


def test_the_drawers_of_a_narrow_page_open_by_the_keyboard(browser: Browser, site: Path) -> None:
    page = show(browser, site, CHAPTER, 360)
    page.focus("#__navigation")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('.sidebar-drawer').getBoundingClientRect().left >= 0")
    page.close()
