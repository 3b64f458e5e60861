"""Where the marks of printed pages go: before the same words as on paper, and never inside a link."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.page_map import Beginning, PageMap, beginning, letters
from build_scripts.pdf.pages import Page
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.text import BlockStyle, Run, TextStyle
from build_scripts.sphinx_ext.page_breaks import name_blocks, page_break, set_marks

PROSE = (
    "The lamp was lit on the evening of 9 August 1811, when the keeper, his two assistants and a boy climbed "
    "the stair for the first time. Nobody in the office of the commissioners had expected difficulties of "
    "this kind; the famous affair of the official inquiry had taught them nothing whatsoever."
)


def named(source: str) -> nodes.document:
    """Return a page whose blocks have their names."""
    tree = publish_doctree(source, settings_overrides={"doctitle_xform": False})
    name_blocks(cast(Any, SimpleNamespace(env=SimpleNamespace(docname="page"))), tree)
    return tree


def marked(source: str, *pages: tuple[int, int]) -> str:
    """Return the text of a page with marks behind so many letters of the blocks of these numbers."""
    tree = named(source)
    begun = [
        Beginning(folio=str(folio), block=f"page#{number}", letters=count)
        for folio, (number, count) in enumerate(pages, start=1)
    ]
    assert list(set_marks(begun, tree, [])) == begun
    for mark in tree.findall(page_break):
        mark += nodes.Text(f"[{mark['folio']}]")
    return "|".join(node.astext() for node in tree.findall(nodes.Element) if stands_alone(node))


def stands_alone(node: nodes.Element) -> bool:
    """Tell whether a node is a block, or a mark between blocks."""
    if isinstance(node, page_break):
        return not isinstance(node.parent, nodes.TextElement)
    return isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline)


@pytest.mark.parametrize(
    ("source", "count", "text"),
    [
        ("One two three.", 0, "[1]One two three."),
        ("One two three.", 3, "One [1]two three."),
        ("One two three.", 4, "One two [1]three."),
        ("One two-fold “three”.", 6, "One two-fold [1]“three”."),
        ("One *two three* four.", 6, "One two [1]three four."),
        ("One\ntwo.", 3, "One\n[1]two."),
        ("`One two <a>`__. Three", 3, "One two. [1]Three"),
        ("One `two three <a>`__.", 3, "One [1]two three."),
        ("One two.", 5, "One two.[1]"),
        ("大使公邸。人質", 2, "大使[1]公邸。人質"),
    ],
)
def test_a_mark_stands_before_the_first_whole_word_of_its_page_and_not_inside_a_link(
    source: str, count: int, text: str
) -> None:
    assert marked(source, (0, count)) == text


def test_pages_that_begin_in_one_block_are_marked_in_order() -> None:
    assert marked("One two three.", (0, 0), (0, 0), (0, 3), (0, 6)) == "[1][2]One [3]two [4]three."


def test_a_mark_stands_before_a_heading_and_before_a_table_not_inside() -> None:
    source = "A\n=\n\nText.\n\nB\n=\n\n== ==\nX  Y\n== ==\n1  2\n== =="

    assert marked(source, (2, 0), (3, 0)) == "A|Text.|[1]|B|[2]|X|Y|1|2"


def test_a_page_that_begins_with_what_is_for_paper_alone_is_marked_at_what_follows() -> None:
    tree = named("One.\n\nTwo.\n\nThree.")
    tree.pop(1)
    begun = [Beginning(folio="1", block="page#1", letters=2)]

    assert list(set_marks(begun, tree, [])) == begun
    assert [type(node) for node in tree.children[1].children] == [page_break, nodes.Text]


def test_a_page_that_begins_in_text_which_the_document_lacks_is_not_marked() -> None:
    tree = named("One two.")
    lacking = [Beginning(folio="1", block="page#7"), Beginning(folio="2", block="page#0", letters=99)]

    assert list(set_marks(lacking, tree, [])) == []
    assert not list(tree.findall(page_break))


def test_a_page_begins_behind_the_letters_that_earlier_pages_hold() -> None:
    style = TextStyle(face="serif", size=10.5)
    whole = Paragraph([Run(text=PROSE, style=style)], BlockStyle(leading=14.5), None, fonts=FontBook("en"))
    whole.block_name = "page#3"
    first, rest = whole.split(200, 5 * 14.5)

    pages = [Page(kind="plain", placed=[(part, 0, 0)]) for part in (first, rest)]
    begun = [beginning(page, str(folio)) for folio, page in enumerate(pages, start=1)]
    assert begun[0] == Beginning(folio="1", block="page#3")
    assert begun[1] == Beginning(folio="2", block="page#3", letters=letters(first._text.before(first._stop)))
    assert 0 < begun[1].letters < letters(PROSE)
    assert beginning(Page(kind="bare"), "3") is None


def test_a_map_of_pages_is_read_as_it_was_written() -> None:
    pages = [Beginning(folio="i", block="title"), Beginning(folio="1", block="ä/b#2", letters=7)]
    whole = PageMap(paper="a4", edition="large-print", pages=pages)

    assert PageMap.load(whole.dump()) == whole
