"""One order of text for every list: what it says of names, and that ICU says the same."""

from __future__ import annotations

import random
import unicodedata

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.collation import SAME, TAILORINGS, initial, sort_key

LETTERS = {
    "az": "çğıİöşüəqx", "bs": "čćđšž", "cs": "čřšžéů", "cy": "", "da": "æøåäö", "eo": "ĉĝĥĵŝŭ", "es": "ñáéü",
    "et": "šžõäöü", "fi": "åäö", "hr": "čćđšž", "hu": "öőüűá", "is": "áéíóúýðþæö", "lt": "čšž",
    "lv": "āčēģīķļņšūž", "nb": "æøå", "nn": "æøå", "no": "æøå", "pl": "ąćęłńóśźż", "ro": "ăâîșț",
    "sk": "äčôšžľ",
    "sl": "čćđšž", "sq": "çë", "sv": "åäö", "tr": "çğıİöşü", "vi": "ăâđêôơư", "en": "éñöüåç", "de": "äöüß",
    "fr": "éèêëçœ", "ru": "абвгдеёжзий", "el": "αάβγεέ",
    "fo": "æøåá", "gl": "ñá", "sr-Latn": "čćđšž",
}  # fmt: skip


def in_order(language: str, *texts: str) -> bool:
    keys = [sort_key(text, language) for text in texts]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


def test_accents_do_not_send_a_name_behind_z() -> None:
    assert in_order("en", "Eames", "Éluard", "Evans", "Zola")


def test_the_language_decides_whether_a_letter_is_one_of_its_own() -> None:
    assert in_order("en", "Nunez", "Nuñez", "Nuno", "Nuzo")
    assert in_order("es", "Nunez", "Nuno", "Nuñez", "Nuzo")
    assert in_order("sv", "Zorn", "Åberg", "Ärlig", "Öman")
    assert in_order("de", "Oman", "Öman", "Zorn")


def test_a_family_name_ends_at_its_comma() -> None:
    assert in_order("en", "Smith, Ann", "Smith, Zoe", "Smith Jones, Ann", "Smithson, Ann")


def test_accents_of_a_family_name_count_after_the_given_name() -> None:
    assert in_order("es", "Perez, Ana", "Pérez, Bea", "Perez, Carla")


def test_numbers_stand_by_their_value() -> None:
    assert in_order("en", "Room 2", "Room 10", "Room 100", "Room of maps")


def test_punctuation_does_not_count() -> None:
    assert sort_key("“Lantern” (ship’s)", "en") == sort_key("Lantern ships", "en")


@given(st.text(max_size=12), st.sampled_from(["en", "es", "sv", "vi"]))
def test_composed_and_decomposed_text_sort_alike(text: str, language: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert sort_key(composed, language) == sort_key(apart, language)
    assert initial(composed, language) == initial(apart, language)


def test_every_tailoring_is_compared_with_icu() -> None:
    assert set(TAILORINGS) | set(SAME) <= {language.lower() for language in LETTERS}


@pytest.mark.parametrize("language", LETTERS)
def test_words_stand_where_icu_puts_them(language: str) -> None:
    choose = random.Random(language)
    letters = "abcdefghijklmnoprstuvyz" if language not in ("ru", "el") else ""
    letters += LETTERS[language] * 3
    words = {"".join(choose.choices(letters, k=choose.randint(2, 5))) for _ in range(400)}
    if SAME.get(language, language) != "da":  # there capitals come first, which only breaks ties
        words |= {word.capitalize() for word in sorted(words)[:60]}
    collator = icu.Collator.createInstance(icu.Locale(language))

    expected = sorted(words, key=collator.getSortKey)
    ours = sorted(words, key=lambda word: (sort_key(word, language), word))

    pairs = [(a, b) for a, b in zip(ours, expected, strict=True) if a != b and collator.compare(a, b) != 0]
    assert pairs == []
