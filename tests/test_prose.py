"""The words of chapters and data: what is cited, how names are spelt, what dates say, which marks are set."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from docutils.parsers.rst import directives, roles

from build_scripts import manuscript, model, prose, source, validation
from build_scripts.__main__ import main
from build_scripts.diagnostics import ProblemsFound
from build_scripts.manuscript import reader
from build_scripts.manuscript.chapter import Passage
from build_scripts.manuscript.passages import PLACEHOLDER
from build_scripts.manuscript.records import FILES
from build_scripts.model.edtf_parser import parse as parse_date
from build_scripts.prose.dates import Calendar, fits
from build_scripts.prose.texts import entries

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests" / "dossiers" / "lighthouse"
GOOD = REPO / "tests" / "bad" / "_good"
TEMPLATE = REPO / "build_scripts" / "template"
CITE = "\\ :cite:`log`"
LONG_SENTENCE = 12
# The keys whose values are sentences of ours; titles and addresses of sources are as they are.
SENTENCES = {"text", "reason", "basis", "note", "preface", "reliability", "said_by", "question"}

Lint = Callable[[str], list[str]]


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Return a function that gives the problems of one chapter of a small dossier."""
    shutil.copytree(GOOD, tmp_path / "data")
    chapter = tmp_path / "book" / "chapters" / "01.rst"
    chapter.parent.mkdir(parents=True)

    def problems(text: str) -> list[str]:
        chapter.write_text(text, "utf-8")
        loaded = model.read(tmp_path)
        assert loaded.dossier is not None
        found = sorted(prose.check(loaded.dossier, loaded.sources, manuscript.read(tmp_path)))
        return [str(one).removeprefix("book/chapters/") for one in found]

    return problems


def passages(text: str) -> tuple[Passage, ...]:
    """Return the passages of a chapter."""
    return reader.read("x.rst", "x", text, frozenset()).passages


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "data" / f"{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("folder", [REPO, LIGHTHOUSE], ids=["bundled", "lighthouse"])
def test_the_dossiers_have_no_problem(folder: Path) -> None:
    loaded = model.read(folder)
    assert loaded.dossier is not None

    assert list(map(str, prose.check(loaded.dossier, loaded.sources, manuscript.read(folder)))) == []


# --- citations ---


def test_a_paragraph_without_a_citation_is_shown_with_its_line(lint: Lint) -> None:
    text = f"Title\n=====\n\nSaid by one.{CITE}\n\nHeading\n-------\n\nSaid by nobody, in\ntwo lines.\n"

    assert lint(text) == ["01.rst:9: paragraph 'Said by nobody, in two lines.' cites no source"]


def test_a_list_is_covered_by_the_paragraph_before_it(lint: Lint) -> None:
    assert lint(f"Three things:{CITE}\n\n- one\n- two\n") == []
    assert lint("- one\n- two\n") == ["01.rst:1: passage 'one two' cites no source"]


def test_a_paragraph_that_ends_in_a_colon_is_covered_by_what_it_introduces(lint: Lint) -> None:
    assert lint(f"She wrote:\n\n    It went out.{CITE}\n\n    -- Ada Roe\n") == []
    assert lint(f"She wrote it.\n\n    It went out.{CITE}\n") == [
        "01.rst:1: paragraph 'She wrote it.' cites no source"
    ]


def test_headings_notes_comments_closers_and_pictures_need_no_citation(lint: Lint) -> None:
    text = (
        ".. A comment.\n\nTitle\n=====\n\n"
        f"It went out [#one]_.{CITE}\n\n.. [#one] A note.\n\n.. rubric:: A heading\n\n"
        ".. image:: lamp.png\n   :alt: A lamp\n\n.. dossier:disputed::\n\n.. dossier:further::\n"
    )

    assert lint(text) == []


# --- names ---


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("Then Ada Röe came.", "Röe", "Roe"),
        ("Then Adá Roe came.", "Adá", "Ada"),
        ("In the morning Hawthrone came.", "Hawthrone", "Hawthorne"),
        ("In the morning Hawthorn came.", "Hawthorn", "Hawthorne"),
        ("In the morning Eve Hawtorne came.", "Hawtorne", "Hawthorne"),
        ("In the morning Hawthorné came.", "Hawthorné", "Hawthorne"),
    ],
)
def test_a_name_with_another_accent_or_a_letter_changed_is_shown(
    lint: Lint, tmp_path: Path, text: str, wrong: str, right: str
) -> None:
    guest = (
        "- id: guest\n  name: {display: Eve Hawthorne}\n  group: keepers\n  text: Came.\n  sources: [log]\n"
    )
    change(tmp_path, "biographies", "- id: keeper", f"{guest}- id: keeper")

    assert lint(f"{text}{CITE}\n") == [
        f"01.rst:1: warning: has '{wrong}' where the records spell '{right}'; if these are two names, "
        f"data/edition.yaml can say so: different_names: [[{wrong}, {right}]]"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Then the Hawthornes came.",
        "Then Mary Hawthorn Miller came. Hawthorn stayed.",
        "Near the hawthorn Hawthorn grew.",
        "He wrote of “Hawthorn” in his log.",
        "HAWTHORN was on the sign.",
        "Then Cawthorne came.",
        "Then Hawking came.",
    ],
)
def test_plurals_other_people_words_and_quotations_are_left_alone(
    lint: Lint, tmp_path: Path, text: str
) -> None:
    change(tmp_path, "biographies", "display: Ada Roe, family: Roe, given: Ada", "display: Eve Hawthorne")

    assert lint(f"{text}{CITE}\n") == []


def test_a_spelling_that_a_record_lists_as_an_alias_is_right(lint: Lint, tmp_path: Path) -> None:
    assert lint(f"Then Ada Röe came.{CITE}\n")
    change(tmp_path, "biographies", "  born:", "  aliases: [Ada Röe]\n  born:")

    assert lint(f"Then Ada Röe came.{CITE}\n") == []


def test_two_names_a_letter_apart_can_be_declared_different(lint: Lint, tmp_path: Path) -> None:
    text = f"Then Ada Röe came.{CITE}\n"
    assert lint(text)
    change(tmp_path, "edition", "language: ", "different_names: [[Ada Röe, Ada Roe]]\nlanguage: ")

    assert lint(text) == []
    assert lint(f"Then Adá Roe came.{CITE}\n")


def test_the_places_of_events_are_known_names(lint: Lint, tmp_path: Path) -> None:
    change(tmp_path, "biographies", "display: Ada Roe, family: Roe, given: Ada", "display: Eve Green")
    text = f"The county is Greene.{CITE}\n"
    assert lint(text)
    change(tmp_path, "chronology", "  period:", "  places: [Greene]\n  period:")

    assert lint(text) == []


def test_a_name_spelt_wrongly_in_the_data_is_shown_there(lint: Lint, tmp_path: Path) -> None:
    change(tmp_path, "chronology", "The lamp went out.", "Ada Röe’s lamp went out.")

    assert lint("") == [
        "data/chronology.yaml:5: warning: has 'Röe' where the records spell 'Roe'; if these are two names, "
        "data/edition.yaml can say so: different_names: [[Röe, Roe]]"
    ]


# --- dates ---


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("On 12 December 1900 :event:`it <lamp-out>` happened.", "12 December 1900"),
        ("On 15 December 1901 :event:`it <lamp-out>` happened.", "15 December 1901"),
        ("On December 12 :event:`it <lamp-out>` happened.", "December 12"),
        ("In October 1900 came :event:`lamp-out`.", "October 1900"),
        ("From 1 to 3 December came :event:`lamp-out`.", "1 to 3 December"),
    ],
)
def test_a_date_that_contradicts_the_event_beside_it_is_shown(lint: Lint, text: str, said: str) -> None:
    message = f"01.rst:1: says '{said}' of event 'lamp-out', which is dated '1900-12-15'"

    assert lint(f"{text}{CITE}\n") == [message]


@pytest.mark.parametrize(
    "text",
    [
        "On 15 December 1900 :event:`it <lamp-out>` happened.",
        "On 16 December, by another clock, :event:`it <lamp-out>` happened.",
        "From 10 to 14 December came :event:`lamp-out`.",
        "In December 1900 came :event:`lamp-out`.",
        "In 1950 :event:`it <lamp-out>` was remembered.",
        "He was born on 1 May 1850. Then came :event:`lamp-out`.",
        "He was born on 1 May 1850; then came :event:`lamp-out`.",
        "He wrote “on 1 May 1950” of :event:`it <lamp-out>`.",
        "Between 15 December 1900 and 1 May 1901 came :event:`lamp-out` and the spring.",
        "It was cold in May. The marching of :event:`it <lamp-out>` may 12 times be told.",
    ],
)
def test_dates_that_agree_or_belong_to_something_else_are_left_alone(lint: Lint, text: str) -> None:
    assert lint(f"{text}{CITE}\n") == []


def test_dates_are_read_in_the_language_of_the_dossier() -> None:
    spanish = next(Calendar("es").dates("el 17 de diciembre de 1996 por la noche"))

    assert (spanish.day, spanish.month, spanish.year) == (17, 12, 1996)


@pytest.mark.parametrize(
    ("text", "day", "last", "year"),
    [
        ("March 3, 1900", 3, None, 1900),
        ("3 March 1900", 3, None, 1900),
        ("March 1–3, 1900", 1, 3, 1900),
        ("1–3 March 1900", 1, 3, 1900),
        ("March 1900", None, None, 1900),
    ],
)
def test_dates_are_read_in_both_orders(text: str, day: int, last: int, year: int) -> None:
    (written,) = Calendar("en-US").dates(f"It was on {text} that it began.")
    assert (written.text, written.month) == (text, 3)
    assert (written.day, written.last, written.year) == (day, last, year)


def test_a_day_of_the_julian_calendar_fits_as_it_is_typed_and_as_it_is_converted() -> None:
    date = parse_date("1731/32-02-05 OS")
    for text in ("5 February 1731", "5 February 1732", "16 February 1732", "February 5, 1731"):
        (written,) = Calendar("en").dates(text)
        assert fits(written, date), text
    (other,) = Calendar("en").dates("7 February 1732")
    assert not fits(other, date)


def test_a_date_without_a_year_fits_a_span_of_years() -> None:
    (written,) = Calendar("en").dates("on 3 March")

    assert fits(written, parse_date("1996/1998"))
    assert fits(written, parse_date("1996-12-30/1997-03-02"))
    assert not fits(written, parse_date("1996-04/1996-12"))
    assert fits(written, parse_date("1996/.."))


# --- marks ---


def test_straight_quotes_and_double_spaces_are_shown_at_their_lines(lint: Lint) -> None:
    text = f'Said\nthe "keeper" of *it*,\nit\'s  out.{CITE}\n'

    assert [line.partition(" in ")[0] for line in lint(text)] == [
        "01.rst:2: warning: has a straight quote",
        "01.rst:2: warning: has a straight quote",
        "01.rst:3: warning: has a double space",
        "01.rst:3: warning: has a straight quote",
    ]


def test_marks_in_literal_text_addresses_and_under_roles_are_left_alone(lint: Lint, tmp_path: Path) -> None:
    change(tmp_path, "chronology", "The lamp went out.", "It [went](https://example.org/it's) out.")

    assert (
        lint(f'It said ``a = "b"`` to :person:`keeper` and to :person:`keeper`.{CITE}\n\n::\n\n   it\'s\n')
        == []
    )


def test_marks_behind_figures_are_feet_and_inches(lint: Lint) -> None:
    assert lint(f"It was 6' 2\" high, at 12° 4' 30\" south.{CITE}\n") == []


def test_marks_in_the_data_are_shown_at_their_records(lint: Lint, tmp_path: Path) -> None:
    change(tmp_path, "chronology", "title: The lamp goes out", "title: 'The \"lamp\" goes out'")

    assert [line.partition(" in ")[0] for line in lint("")] == 2 * [
        "data/chronology.yaml:4: warning: has a straight quote"
    ]


# --- reading ---


def test_reading_a_chapter_leaves_docutils_as_it_was() -> None:
    before = dict(directives._directives), dict(roles._roles)  # type: ignore[attr-defined]
    passages(".. dossier:disputed::\n\n.. role:: mine\n\nA :person:`x`, :mine:`z` and :odd:`y`.\n")

    assert (directives._directives, roles._roles) == before  # type: ignore[attr-defined]


def test_every_line_of_a_chapter_is_known_by_its_number() -> None:
    for path in sorted((LIGHTHOUSE / "book" / "chapters").glob("*.rst")):
        lines = path.read_text("utf-8").splitlines()
        for passage in passages("\n".join(lines)):
            for start, end, line in zip(
                passage.starts, [*passage.starts[1:], len(passage.text)], passage.lines, strict=True
            ):
                words = re.findall(r"\w+", passage.text[start:end].replace(PLACEHOLDER, ""))
                near = re.sub(r"\\\s|:\w+:`|[`*]", "", " ".join(lines[max(0, line - 2) : line + 1]))
                assert not words or words[0] in near, (path.name, line, words[0])


def test_odd_source_is_read_without_a_traceback(lint: Lint) -> None:
    chance = random.Random(7)
    pieces = [
        ":cite:`", "`", "log", "\\ ", "\\\n", "*", "**", "|", "``", "\n", "\n\n", "   ", ".. x::", ".. [#a] ",
        "[#a]_", "“", "”", "'", "a.", ":event:`x <lamp-out>`", "3 May 1900 ", "::", "- ", "=====\n", "\x00",
        "<b>", ":", "_",
    ]  # fmt: skip
    for _ in range(200):
        lint("".join(chance.choices(pieces, k=30)))


def test_fifteen_thousand_words_are_checked_in_under_a_second(lint: Lint) -> None:
    paragraph = (
        f"On 15 December :event:`it <lamp-out>` happened to :person:`keeper`, {'and so on ' * 25}.{CITE}\n\n"
    )
    text = paragraph * (15_000 // len(paragraph.split()) + 1)
    started = time.perf_counter()

    assert lint(text) == []
    assert time.perf_counter() - started < 2


def test_what_is_a_matter_of_taste_is_warned_of_and_refused_only_on_demand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(TEMPLATE, tmp_path, dirs_exist_ok=True)
    typed = (tmp_path / "data" / "chronology.yaml").read_text("utf-8")
    line = typed[: typed.index("  text: An event")].count("\n") + 1
    change(tmp_path, "chronology", "  text: An event", "  text: “It's  out”, she said. An event")

    assert main(["validate", "--dossier", str(tmp_path)]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" in ")[0] for line in lines] == [
        f"data/chronology.yaml:{line}: warning: has a double space",
        f"data/chronology.yaml:{line}: warning: has a straight quote",
        "2 warnings",
    ]

    change(tmp_path, "edition", "language: ", "strict: true\nlanguage: ")
    assert main(["validate", "--dossier", str(tmp_path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" in ")[0] for line in lines] == [
        f"data/chronology.yaml:{line}: has a double space",
        f"data/chronology.yaml:{line}: has a straight quote",
        "2 problems; nothing was built",
    ]


def test_the_whole_check_refuses_what_loading_lets_pass(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "data")
    (tmp_path / "book" / "chapters").mkdir(parents=True)
    parts = "".join(f".. dossier:{name}::\n\n" for name in FILES)
    (tmp_path / "book" / "chapters" / "01.rst").write_text(
        f"Page\n====\n\nWho says so?\n\nText{CITE}\n\n{parts}"
    )
    (tmp_path / "book" / "index.rst").write_text("Book\n====\n\n.. toctree::\n\n   chapters/01\n", "utf-8")

    assert validation.load(tmp_path)
    with pytest.raises(ProblemsFound, match=r"01\.rst:4: paragraph 'Who says so\?' cites no source"):
        validation.check(tmp_path)


# --- borrowed sentences ---


def sentences(text: str) -> Iterator[str]:
    """Yield the long sentences of a text as words alone."""
    for sentence in re.split(r"(?<=[.!?])[”’)]*\s+|\n\s*\n", text):
        words = re.findall(r"[^\W_]+", sentence.casefold())
        if len(words) >= LONG_SENTENCE:
            yield " ".join(words)


def values(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from values(one)
    elif isinstance(value, list):
        for one in value:
            yield from values(one)
    elif isinstance(value, str):
        yield value


def test_no_long_sentence_is_that_of_a_source() -> None:
    folders = [REPO.parent / "shared" / name for name in ("sources", "research")]
    if not any(folder.is_dir() for folder in folders):
        pytest.skip("the texts that the dossier was made from are not beside the project")
    borrowed: dict[str, str] = {}
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())):
        text = path.read_text("utf-8")
        parts = values(yaml.load(text, yaml.BaseLoader)) if path.suffix == ".yaml" else [text]
        borrowed.update({sentence: path.name for part in parts for sentence in sentences(part)})

    own = [
        (f"book/{path.relative_to(REPO / 'book')}", passage.text)
        for path in sorted((REPO / "book").rglob("*.rst"))
        for passage in passages(path.read_text("utf-8"))
    ]
    files = {path.stem: source.load(path, path.name) for path in sorted((REPO / "data").glob("*.yaml"))}
    own += [
        (str(entry.location(0)), re.sub(r"\]\([^)]*\)", "]", entry.text))
        for entry in entries(files)
        if entry.keys[-1] in SENTENCES
    ]
    assert [
        f"{place}: {sentence} ({borrowed[sentence]})"
        for place, text in own
        for sentence in sentences(text)
        if sentence in borrowed
    ] == []
