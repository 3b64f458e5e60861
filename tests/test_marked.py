"""Marked text: a small part of CommonMark, and everything else as typed."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.model.marked import (
    MAX_NESTING,
    RECORD_SCHEMES,
    Emphasis,
    Inline,
    Link,
    Marked,
    MarkedError,
    Strong,
    Text,
    parse,
)


def shown(inlines: tuple[Inline, ...]) -> str:
    """Write inlines with unmistakable marks, so that a test reads like what it tests."""
    parts = []
    for one in inlines:
        match one:
            case Text(text):
                parts.append(text)
            case Emphasis(children):
                parts.append(f"«em {shown(children)}»")
            case Strong(children):
                parts.append(f"«strong {shown(children)}»")
            case Link(scheme, target, children):
                parts.append(f"«{scheme} {target} {shown(children)}»")
    return "".join(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("an *emphasised* word", "an «em emphasised» word"),
        ("an _emphasised_ word", "an «em emphasised» word"),
        ("a **strong** word", "a «strong strong» word"),
        ("***both***", "«em «strong both»»"),
        ("*a **b** c*", "«em a «strong b» c»"),
        ("[Ada Roe](person:roe)", "«person roe Ada Roe»"),
        ("[*Ada* **Roe**](person:roe)", "«person roe «em Ada» «strong Roe»»"),
        ("*[Ada](person:roe)*", "«em «person roe Ada»»"),
        ("[a](http://x.org/b)", "«http http://x.org/b a»"),
        ("[a](https://x.org/?q=1&r=2#s)", "«https https://x.org/?q=1&r=2#s a»"),
        ("[a](<https://x.org/b>)", "«https https://x.org/b a»"),
        ("[a](https://x.org/b_(c))", "«https https://x.org/b_(c) a»"),
        (r"[a](https://x.org/b\)c)", "«https https://x.org/b)c a»"),
        ("[a](HTTPS://X.org)", "«https HTTPS://X.org a»"),
        (r"[a\]](person:roe)", "«person roe a]»"),
        ("[a [b] c](person:roe)", "«person roe a [b] c»"),
        # backslash escapes
        (r"\*not\* \_emphasis\_ \\", r"*not* _emphasis_ " + "\\"),
        (r"\[no](person:roe)", "[no](person:roe)"),
        (r"C:\dir", r"C:\dir"),
        # stars and underscores that mark nothing
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("**open", "**open"),
        # no link
        ("[sic]", "[sic]"),
        ("[a] (person:roe)", "[a] (person:roe)"),
        ("[sic](see below)", "[sic](see below)"),
        ("[a](person:roe", "[a](person:roe"),
        ("[a [b](person:roe) c](person:doe)", "[a «person roe b» c](person:doe)"),
    ],
)
def test_emphasis_strong_links_and_escapes_have_their_meaning(text: str, expected: str) -> None:
    (paragraph,) = parse(text).paragraphs
    assert shown(paragraph) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b><br/>",
        "<script>alert(1)</script>",
        "<!-- comment --> <?php ?> <![CDATA[x]]>",
        "&amp; &lt; &copy; &#65; &#x41; &nbsp;",
        "`code` and ``code``",
        "<https://x.org> <mail@x.org>",
        "https://x.org www.x.org mail@x.org",
        "[text][ref] [ref][] [ref]: https://x.org",
        "![alt](https://x.org/a.png)",
        "![a *b* [c](person:roe)](javascript:alert(1))",
        "![ref] ![alt][ref]",
        "~~gone~~ ==marked== H~2~O x^2^ [^1] {.class} $x$ | a | b |",
        "# heading",
        "- item",
        "> quote",
        "1. one",
        "    indented",
        ":role:`text` |substitution| reference_ .. directive::",
        "<a href='x'>x</a> <font color=red>x</font> <para/>",
        "\N{SOFT HYPHEN}a\N{NO-BREAK SPACE}b",
        "e\u0301 \U0001f3db 日本 العربية",
    ],
)
def test_everything_else_is_shown_as_typed(text: str) -> None:
    (paragraph,) = parse(text).paragraphs
    assert shown(paragraph) == text.strip(" ")


def test_an_image_in_a_link_is_the_link_s_text() -> None:
    (paragraph,) = parse("[![alt](a.png)](https://x.org)").paragraphs
    assert shown(paragraph) == "«https https://x.org ![alt](a.png)»"


def test_entities_in_an_address_stay_as_typed() -> None:
    (paragraph,) = parse("[a](https://x.org/?a=1&copy;=2&amp;b)").paragraphs
    assert shown(paragraph) == "«https https://x.org/?a=1&copy;=2&amp;b a»"


def test_blank_lines_divide_paragraphs_and_single_breaks_are_spaces() -> None:
    text = parse("one\ntwo  \nthree\\\nfour\n\n\nfive\n   \nsix\n")
    assert [shown(paragraph) for paragraph in text.paragraphs] == ["one two three\\ four", "five", "six"]


def test_marks_do_not_reach_across_paragraphs() -> None:
    text = parse("*one\n\ntwo* [three\n\nfour](person:roe)")
    assert [shown(paragraph) for paragraph in text.paragraphs] == ["*one", "two* [three", "four](person:roe)"]


def test_a_no_break_space_at_the_end_of_a_line_is_kept() -> None:
    assert parse("12\N{NO-BREAK SPACE}\nkg").plain() == "12\N{NO-BREAK SPACE} kg"


@pytest.mark.parametrize("scheme", sorted(RECORD_SCHEMES))
def test_every_kind_of_record_can_be_linked(scheme: str) -> None:
    (link,) = parse(f"[it]({scheme}:some-id)").links()
    assert (link.scheme, link.target) == (scheme, "some-id")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "[a](javascript:alert%281%29)",
            "has a link to 'javascript:alert%281%29', which begins with none of http:",
        ),
        ("[a](JaVaScRiPt:alert%281%29)", "has a link to 'JaVaScRiPt:"),
        ("[a](javascript&colon;alert%281%29)", "has a link to 'javascript&colon;"),
        ("[a](data:text/html;base64,PHg+)", "has a link to 'data:"),
        ("[a](vbscript:x)", "has a link to 'vbscript:"),
        ("[a](file:///etc/passwd)", "has a link to 'file:"),
        ("[a](mailto:a@x.org)", "has a link to 'mailto:"),
        ("[a](ftp://x.org)", "has a link to 'ftp:"),
        ("[a](//x.org)", "has a link to '//x.org', which begins with none of"),
        ("[a](roe)", "has a link to 'roe', which begins with none of"),
        ("[a](#top)", "has a link to '#top', which begins with none of"),
        ("[a]()", "has a link to '', which begins with none of"),
        ("[a](http:x.org)", "has a link to 'http:x.org', which is not an http or https address"),
        ("[a](https://)", "has a link to 'https://', which is not"),
        ("[a](<https://x.org/a b>)", "has a link to 'https://x.org/a b', which has a ' ' where an address"),
        ('[a](https://x.org/"b)', "has a link to 'https://x.org/\"b', which has a '\"' where"),
        ('[a](person:roe "Ada")', "has a link with a title, 'Ada', which nothing shows"),
        ("[](person:roe)", "has a link to 'person:roe' without words"),
        ("[ ](person:roe)", "has a link to 'person:roe' without words"),
    ],
)
def test_a_link_that_leads_nowhere_or_shows_nothing_is_refused(text: str, reason: str) -> None:
    with pytest.raises(MarkedError) as error:
        parse(text)
    assert str(error.value).startswith(reason)


def test_marks_may_be_nested_but_not_without_end() -> None:
    inner = "*" * MAX_NESTING
    assert parse(f"{inner}a{inner}").plain() == "a"
    with pytest.raises(MarkedError, match=f"nests marks more than {MAX_NESTING} deep"):
        parse("*" * 10_000 + "a" + "*" * 10_000)


HOSTILE = [
    ("[", ""), ("]", ""), ("![", ""), ("[[a]", ""), ("[a](", ""), ("[a](<", ""), ('[a](b "', ""),
    ("[a](b '", ""), ("[a](b (", ""), ("[](", ""), ("*", ""), ("_", ""), ("**a ", ""), ("*a_ ", ""),
    ("***a** b ", ""), ("\\[", ""), ("[a](person:b) ", ""), ("![a](b) ", ""), ("*[", ""), ("\n\n", ""),
    ("a\n \n", ""), ("&amp;", ""), ("[", "]"), ("[", "](person:b)"), ("![", "](b)"), ("[a ", "](person:b)"),
    ("[![", "](b)](person:c)"), ("*", "*"), ("**a ", " b**"), ("_(", ")_"), ("*_", "_*"),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "closing"), HOSTILE)
def test_thousands_of_marks_take_linear_time_and_no_recursion(opening: str, closing: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        with contextlib.suppress(MarkedError):
            parse(f"{opening * count}x{closing * count}")
        return time.process_time() - start

    few = min(seconds(500) for _ in range(3))
    assert seconds(8_000) < 16 * 4 * few + 0.2


@given(st.text("ab*_[]()!\\<>&;: \npersonhtx/\"'`", max_size=60))
def test_any_text_is_marked_text_or_gives_a_reason(text: str) -> None:
    try:
        marked = parse(text)
    except MarkedError as error:
        assert str(error)
    else:
        assert all(link.children for link in marked.links())


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters="\\*_["),
        max_size=60,
    )
)
def test_text_without_marks_comes_out_as_it_went_in(text: str) -> None:
    assert parse(text) == Marked(((Text(text.strip(" ")),),))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=60))
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    escaped = "".join(f"\\{character}" if character in "\\*_[" else character for character in text)
    assert parse(escaped).plain() == text.strip(" ")
