"""The builder's own words: catalogs of languages and regions, plural forms, what a catalog lacks."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import validation, words
from build_scripts.diagnostics import ProblemsFound
from build_scripts.words import Words

TEMPLATE = Path(words.__file__).parents[1] / "template"
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)


def catalog(language: str, plural_forms: str, forms: int) -> str:
    """Return the English catalog with as many plural forms, each with its number, under another language."""
    text = (words.FOLDER / "en.po").read_text("utf-8")
    text = re.sub(r"nplurals=2; plural=\(n != 1\);", plural_forms, text).replace(
        "Language: en", f"Language: {language}"
    )
    texts = re.sub(
        r'msgstr\[0\] (".*")\nmsgstr\[1\] ".*"',
        lambda match: "\n".join(f'msgstr[{form}] "form {form} of "\n{match[1]}' for form in range(forms)),
        text,
    )
    tags = {*Locale.parse(language).ordinal_form.tags, "other"}
    ordinals = "".join(f'\nmsgid "ordinal-{tag}"\nmsgstr "{{n}}"\n' for tag in sorted(tags))
    return re.sub(r'msgid "ordinal-\w+"\nmsgstr ".*"\n', "", texts) + ordinals


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of catalogs to which a test can add."""
    shutil.copytree(words.FOLDER, tmp_path / "words", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(words, "FOLDER", tmp_path / "words")
    return tmp_path / "words"


@pytest.mark.parametrize(
    ("language", "rule", "forms", "numbers"),
    [
        ("pl", POLISH, 3, {1: 0, 2: 1, 4: 1, 5: 2, 12: 2, 22: 1, 101: 2}),
        ("ar", ARABIC, 6, {0: 0, 1: 1, 2: 2, 3: 3, 11: 4, 100: 5}),
        # A rule that is not that of CLDR for the language: the catalog's own holds.
        ("pl", "nplurals=3; plural=(n%3);", 3, {0: 0, 1: 1, 2: 2, 3: 0, 100: 1}),
        ("ja", "nplurals=1; plural=0;", 1, {0: 0, 1: 0, 7: 0}),
    ],
)
def test_a_plural_form_is_chosen_by_the_catalog_s_own_rule(
    folder: Path, language: str, rule: str, forms: int, numbers: dict[int, int]
) -> None:
    (folder / f"{language}.po").write_text(catalog(language, rule, forms), "utf-8")
    assert list(words.problems(language)) == []
    found = Words(language)
    for n, form in numbers.items():
        assert found("plan-about-guessed", n=n, whole=n).startswith(f"form {form} of ")


def test_a_region_has_the_words_of_its_language_but_for_its_own() -> None:
    assert Words("en-US").template("date-day") != Words("en").template("date-day")
    assert Words("en-US").template("date-or-later") == Words("en").template("date-or-later")
    assert Words("en-GB").template("date-day") == Words("en").template("date-day")


@pytest.mark.parametrize("language", [*words.languages(), "en-GB"])
def test_every_catalog_has_every_word(language: str) -> None:
    assert list(words.problems(language)) == []


@pytest.mark.parametrize(
    ("wrong", "right", "problem"),
    [
        ('msgid "date-or-later"', 'msgid "no-such-word"', "lacks 'date-or-later'"),
        ('msgstr "{date} or later"', 'msgstr ""', "lacks 'date-or-later'"),
        (
            '"{date} or later"',
            '"{day} or later"',
            "has '{day}' in the word 'date-or-later', which the builder",
        ),
        ('msgid "ordinal-other"', 'msgid "ordinal-some"', "lacks 'ordinal-other'"),
        ("msgstr[2]", "msgstr[x]", "cannot be read"),
        ("nplurals=3", "nplurals=4", "has 3 of the 4 plural forms of 'plan-about-guessed'"),
    ],
)
def test_a_catalog_with_a_gap_is_refused_by_name_where_the_edition_asks_for_it(
    folder: Path, tmp_path: Path, wrong: str, right: str, problem: str
) -> None:
    text = catalog("pl", POLISH, 3)
    assert wrong in text
    (folder / "pl.po").write_text(text.replace(wrong, right), "utf-8")
    shutil.copytree(TEMPLATE, tmp_path / "dossier")
    edition = tmp_path / "dossier" / "data" / "edition.yaml"
    lines = re.sub(r"(?m)^language: .*$", "language: pl", edition.read_text("utf-8"))
    edition.write_text(lines, "utf-8")
    number = lines.splitlines().index("language: pl") + 1
    with pytest.raises(ProblemsFound) as problems:
        validation.load(tmp_path / "dossier")
    found = [str(one) for one in problems.value.diagnostics if "language 'pl'" in one.message]
    assert any(one.startswith(f"data/edition.yaml:{number}: ") and problem in one for one in found)


@given(st.decimals(-(10**9), 10**9, places=9))
def test_a_number_is_printed_with_every_digit_that_was_written(number: Decimal) -> None:
    printed = Words("en").number(number)

    assert Decimal(printed.replace(",", "").replace("\N{MINUS SIGN}", "-")) == number
    assert len(printed.partition(".")[2]) == 9
    assert "-" not in printed


def test_numbers_follow_the_language_and_a_range_below_zero_has_no_dash() -> None:
    english = Words("en")

    assert english.number(Decimal("1.50")) == "1.50"
    assert english.number(0.00012) == "0.00012"
    assert english.number(1234.0) == "1,234"
    assert english.number(1e15) == "1,000,000,000,000,000"
    assert english.numbers(Decimal(40), Decimal("1200")) == "40–1,200"
    assert english.numbers(Decimal("-5"), Decimal("2.5")) == "−5 to 2.5"
