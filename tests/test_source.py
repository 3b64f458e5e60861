"""Reading YAML: plain values with their lines, and a message for everything that is not."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.source import MAX_DEPTH, Source, load


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Return a function that reads text or bytes as a file."""
    return lambda content: read_in(tmp_path, content)


def read_in(folder: Path, content: str | bytes) -> Source:
    path = folder / "file.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(path, "data/file.yaml")


def messages(source: Source) -> list[str]:
    return [str(one).removeprefix("data/file.yaml") for one in source.diagnostics]


def test_no_scalar_is_interpreted(read: Any) -> None:
    source = read("[1997, 1997-04-22, 12:30, no, true, 0x1f, 1e5, 1_000, .5, NaN, Nothing, 'null']")
    assert source.value == [
        "1997", "1997-04-22", "12:30", "no", "true", "0x1f", "1e5", "1_000", ".5", "NaN", "Nothing", "null",
    ]  # fmt: skip
    assert source.diagnostics == []


def test_both_block_styles_mean_the_same(read: Any) -> None:
    source = read("a: |\n  one\n  one\n\n  two\nb: >\n  one\n  one\n\n  two\nc: one\n  one\n\n  two\n")
    assert source.value == {"a": "one\none\n\ntwo", "b": "one one\n\ntwo", "c": "one one\n\ntwo"}


def test_every_value_knows_its_line(read: Any) -> None:
    source = read("# first\n- id: a\n  text: >\n    long\n  list: [x,\n    y]\n- id: b\n  map:\n    key: v\n")
    places = [(), (0,), (0, "id"), (0, "text"), (0, "list"), (0, "list", 1), (1,), (1, "map", "key")]
    assert [source.line(place) for place in places] == [1, 2, 2, 3, 5, 6, 7, 9]


def test_a_missing_value_has_the_line_of_what_should_hold_it(read: Any) -> None:
    source = read("- id: a\n- id: b\n  map:\n    key: v\n")
    assert [source.line(place) for place in [(1, "no"), (1, "map", "no"), (1, "id", 0, "x"), (9,)]] == [
        2,
        3,
        2,
        1,
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [":3: key 'a' stands twice; first on line 1"]),
        ("x:\n  a: 1\n  a: 3\n", [":3: key 'a' stands twice; first on line 2"]),
        ("e\u0301: 1\n\u00e9: 2\n", [":2: key '\u00e9' stands twice; first on line 1"]),
        ("a: &x 1\n", [":1: has an anchor '&x'; write values out where they are used"]),
        ("a: &x [1]\nb: *x\n", [":1: has an anchor '&x'; write values out where they are used",
                               ":2: has an alias '*x'; write the value out"]),
        ("a: 1\n<<: *x\n", [":2: has an alias '*x'; write the value out"]),
        ("a: !!int 1\n", [":1: has a tag '!!int'; values have none here, and a text with ! has quotes"]),
        ("a: !own {b: 1}\n", [":1: has a tag '!own'; values have none here, and a text with ! has quotes"]),
        ("a: ! 1\n", [":1: has a tag '!'; values have none here, and a text with ! has quotes"]),
        ("a: !!python/object/apply:os.system [ls]\n",
         [":1: has a tag '!!python/object/apply:os.system'; values have none here, and a text with ! has "
          "quotes"]),
        ("a:\nb: 1\n", [":1: has an empty value; leave it out"]),
        ("a: ''\n", [":1: has an empty value; leave it out"]),
        ("a: ' '\n", [":1: has an empty value; leave it out"]),
        ("a: \u00a0\n", [":1: has an empty value; leave it out"]),
        ("a: |\n\nb: 1\n", [":1: has an empty value; leave it out"]),
        ("'': 1\nb: 1\n", [":1: has an empty key; write its name before the colon"]),
        ("- 1\n-\n- 2\n", [":2: has an empty value; leave it out"]),
        ("a: null\n", [":1: has an empty value; leave it out"]),
        ("a: Null\n", [":1: has an empty value; leave it out"]),
        ("a: NULL\n", [":1: has an empty value; leave it out"]),
        ("a: ~\n", [":1: has an empty value; leave it out"]),
        ("a: []\n", [":1: has an empty list or mapping; leave it out"]),
        ("a: {}\n", [":1: has an empty list or mapping; leave it out"]),
        ("? [a]\n: b\n", [":1: has a list or mapping as a key"]),
        ("a: 1\n--- \nb: 2\n", [":2: has a second YAML document; a file is one document"]),
        ("", [":1: is empty"]),
        ("# only a comment\n", [":1: is empty"]),
        ("a: 1\n\tb: 2\n", [":2: has a tab; use spaces"]),
        ("a: one\ttwo\n", [":1: has a tab; use spaces"]),
        ('a: "one\\ttwo"\n', [":1: has a tab; use spaces"]),
        ("a: x\n# \x1b[31m\nb: \u202ex\nc: \u202ey\n",
         [":2: has the control character U+001B, which may not stand in a dossier",
          ":3: has the character U+202E RIGHT-TO-LEFT OVERRIDE, which may not stand in a dossier"]),
        ('a: 1\nb: "\\u2066x\\u202e"\n',
         [":2: has the character U+2066 LEFT-TO-RIGHT ISOLATE, which may not stand in a dossier"]),
        ('a: "\\0"\n', [":1: has the control character U+0000, which may not stand in a dossier"]),
        ("a: x\x85y\n", [":1: has the control character U+0085, which may not stand in a dossier"]),
        ("a: x\u2028y\n", [":1: has the character U+2028 LINE SEPARATOR, which may not stand in a dossier"]),
        ("a: x\ufeffy\n",
         [":1: has the character U+FEFF ZERO WIDTH NO-BREAK SPACE, which may not stand in a dossier"]),
        ('a: "\\uFFFF"\n', [":1: has the character U+FFFF, which may not stand in a dossier"]),
        ("a: 1\rb: 2\n", [":1: has the control character U+000D, which may not stand in a dossier"]),
        (b"a: 1\nb: \xff\n", [":2: is not UTF-8 text; save the file as UTF-8"]),
        ("a: 1\n".encode("utf-16"), [":1: is not UTF-8 text; save the file as UTF-8"]),
        (b"a: \xed\xa0\x80\n", [":1: is not UTF-8 text; save the file as UTF-8"]),
        ("[" * 100_000, [f":1: is nested more than {MAX_DEPTH} levels deep"]),
        ("- " * 100_000, [f":1: is nested more than {MAX_DEPTH} levels deep"]),
        ("{a: " * 100_000, [f":1: is nested more than {MAX_DEPTH} levels deep"]),
    ],
)  # fmt: skip
def test_what_may_not_stand_in_a_file_is_said_with_its_line(
    read: Any, content: str | bytes, expected: list[str]
) -> None:
    assert sorted(messages(read(content))) == sorted(expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: b\n c: d\n", ":2: has a key where none can stand; "),
        ('a: 1\nb: "open\n\n', ":4: a quotation mark opens on line 2 and is never closed"),
        ("a: 1\n- b\n", ":2: does not stand where it belongs; keys of one record, and "),
        ('a: "\\ud800"\n', ":1: has a backslash with a number behind it that is no character; "),
        ('a: "\\q"\n', ":1: has a backslash that YAML cannot read; "),
        ("a: [b, c\nd: e\n", ":2: a [ that opens on line 1 lacks a comma or its ]; if it is text, "),
        ("a: {b: c\nd: e\n", ":2: a { that opens on line 1 lacks a comma or its }; if it is text, "),
        ("a: [,]\n", ":1: has nothing between the commas or brackets of a list; "),
        ("a: - b\n", ":1: has a '- ' where no item can stand; "),
        ("a: 1\nb\nc: 2\n", ":3: has a key without its ':'; "),
        ("a: |9x\n  b\n", ":1: has something behind '|' or '>' that does not belong there; "),
        ("a: &\n", ":1: has a text that begins with &, a mark of YAML; "),
        ("a: !x!y z\n", ":1: has a text that begins with !, a mark of YAML; "),
        ("%YAML 9.9\n---\na: 1\n", ":1: has a "),
    ],
)  # fmt: skip
def test_what_is_not_yaml_is_said_in_the_words_of_an_author(read: Any, content: str, expected: str) -> None:
    said = messages(read(content))

    assert len(said) == 1
    assert said[0].startswith(expected)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("[Ada](person:ada) came.", "["),
        ("[Ada](person:ada)", "["),
        ("*Ada* came.", "*"),
        ("**Ada** came.", "*"),
        ("`Ada` came.", "`"),
        ("@ada came.", "@"),
        ("% of them came.", "%"),
        ('"Come", she said.', '"'),
        ("'Come', she said.", "'"),
        ("'tis Ada", "'"),
    ],
)
@pytest.mark.parametrize("frame", ["- id: a\n  text: {}\n  b: c\n", "- id: a\n  text:\n    {}\n", "- {}\n"])
def test_a_text_that_begins_with_a_mark_of_yaml_is_explained(
    read: Any, text: str, mark: str, frame: str
) -> None:
    content = frame.format(text)
    line = next(n for n, one in enumerate(content.splitlines(), 1) if text in one)

    assert messages(read(content)) == [
        f":{line}: has a text that begins with {mark}, a mark of YAML; "
        "put the whole text in quotes, or on lines of its own below '>-' or '|'"
    ]


def test_a_text_with_a_colon_is_explained(read: Any) -> None:
    (message,) = messages(read("- id: a\n  text: She said: come\n"))

    assert message.startswith(":2: has a text with ': ' in it, which divides key and value in YAML; put")


def test_all_problems_of_a_file_are_said_at_once(read: Any) -> None:
    source = read("a: null\nb: &x 1\na: 2\nc: []\nd: *x\ne: !t 1\n")
    assert [message.split(":")[1] for message in messages(source)] == ["1", "2", "3", "4", "5", "6"]


def test_what_was_complained_about_leaves_the_rest_readable(read: Any) -> None:
    source = read("a: null\nb: 2\n")
    assert (source.value, len(source.diagnostics)) == ({"a": "", "b": "2"}, 1)


def test_text_is_normalised_to_nfc(read: Any) -> None:
    source = read("cafe\u0301: [e\u0301, \u1e9b\u0323, \u212b]\n")
    assert source.value == {"caf\u00e9": ["\u00e9", "\u1e9b\u0323", "\u00c5"]}


def test_soft_hyphens_no_break_spaces_and_direction_marks_are_kept(read: Any) -> None:
    text = "a\u00adb\u00a0c\u200ed\u200ce\U0001f3db"
    source = read(f"a: {text}\n")
    assert (source.value, source.diagnostics) == ({"a": text}, [])


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(read: Any) -> None:
    source = read(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n")
    assert (source.value, source.diagnostics, source.line(("b",))) == ({"a": "1", "b": "x\ny"}, [], 2)


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    assert messages(load(tmp_path, "data/file.yaml")) == [": is a folder, not a file"]
    assert messages(load(tmp_path / "no", "data/file.yaml")) == [
        ": cannot be read: No such file or directory"
    ]


@given(st.binary(max_size=80))
def test_any_bytes_give_a_value_or_a_diagnostic(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    check(read_in(tmp_path_factory.getbasetemp(), content), content)


@given(st.text("ab:-[]{}#&*!|>'\"%@`?,~ \n\t\u0301\u202e", max_size=40))
def test_any_text_gives_a_value_or_a_diagnostic(
    tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    check(read_in(tmp_path_factory.getbasetemp(), content), content.encode())


def check(source: Source, content: bytes) -> None:
    if source.value is None:
        assert source.diagnostics
    # What is missing at the end of a last line without a line break counts as being on the next.
    assert all(1 <= one.location.line <= content.count(b"\n") + 2 for one in source.diagnostics)
    assert all("\n" not in one.message for one in source.diagnostics)


scalars = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=8
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(scalars, inner, min_size=1, max_size=3)
    ),
)


@given(values)
def test_what_a_yaml_writer_wrote_is_read_back(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_style="'")
    source = read_in(tmp_path_factory.getbasetemp(), text)
    if not source.diagnostics:
        assert source.value == yaml.load(unicodedata.normalize("NFC", text), Loader=yaml.BaseLoader)
