"""Say where a word may be divided at the end of a line, and at what price.

Patterns come from pyphen; breaks at hyphens, dashes and in addresses follow Unicode's line breaking (UAX 14)
where that is what a typesetter would do.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import pyphen

HYPHEN_PENALTY = 80
"""A hyphen that the line end brings with it; the scale is that of Knuth and Plass (1981)."""
HARD_PENALTY = 200
"""The same where it hurts: in a name, in a compound that has a hyphen already, after two letters only."""
PLAIN_PENALTY = 40
"""After a hyphen or dash that is there anyway."""
ADDRESS_PENALTY = 80
"""Inside a web address, where the line ends without a hyphen."""

DISCRETIONARY = "\ufdd0"
"""Stands for a typed soft hyphen while a paragraph is broken: a noncharacter, for internal use (Unicode,
23.7)."""

MIN_LETTERS = 5
MIN_BEFORE = 2
MIN_AFTER = 3

# Where a bare language tag stands for one of several sets of patterns.
_PREFERRED = {"en": "en_GB", "pt": "pt_PT"}
_LETTERS = re.compile(rf"[^\W\d_]+(?:{DISCRETIONARY}[^\W\d_]+)*")
_ADDRESS = re.compile(r"://|^\W*(?:www\.|doi:|10\.\d{4,}/)|\w\.[a-z]{2,}/\w|\w@\w")
# After a slash, before other marks: a hyphen or stop at a line end would not be read as part of the address.
_ADDRESS_BREAK = re.compile(r"(?<=/)(?=[^/])|(?<=[^\W_])(?=[.\-?&=_#%~,+@])")
_PLAIN_BREAK = re.compile(
    r"(?<=[^\W\d_][-/\N{HYPHEN}])(?=\w\w)|(?<=\w[\N{EM DASH}])(?=.)|(?<=[^\W\d_]\N{EN DASH})(?=\w)"
)


class Division(NamedTuple):
    """Name a place in a word: `offset` characters before it; a hyphen is added or not."""

    offset: int
    hyphen: bool
    penalty: int


@lru_cache(maxsize=65536)
def plain_divisions(word: str) -> tuple[Division, ...]:
    """List the places where a word may end a line as it stands, without a hyphen added."""
    if _ADDRESS.search(word):
        # Not so near an end that a stub is left.
        places = (match.start() for match in _ADDRESS_BREAK.finditer(word))
        return tuple(
            Division(offset, False, ADDRESS_PENALTY) for offset in places if 3 <= offset <= len(word) - 3
        )
    places = (match.start() for match in _PLAIN_BREAK.finditer(word))
    return tuple(Division(offset, False, PLAIN_PENALTY) for offset in places if offset > 1)


@lru_cache(maxsize=65536)
def divisions(word: str, lang: str) -> tuple[Division, ...]:
    """List all places where a word may be divided, hyphenation included, in order."""
    plain = plain_divisions(word)
    if _ADDRESS.search(word):
        return plain
    found = {division.offset: division for division in plain}
    for letters in _LETTERS.finditer(word):
        for division in _hyphenated(letters.group(), lang, compound=bool(plain)):
            offset = letters.start() + division.offset
            found.setdefault(offset, Division(offset, True, division.penalty))
    return tuple(sorted(found.values()))


def _hyphenated(letters: str, lang: str, *, compound: bool) -> list[Division]:
    """Divide a run of letters; capitals inside mean an abbreviation or a made-up name, which is left alone.

    Typed soft hyphens overrule the patterns.
    """
    if DISCRETIONARY in letters:
        places = (index for index, letter in enumerate(letters) if letter == DISCRETIONARY)
        return [Division(place, True, HYPHEN_PENALTY) for place in places]
    patterns = _patterns(lang)
    if patterns is None or len(letters) < MIN_LETTERS or not letters[1:].islower():
        return []
    hard = compound or letters[0].isupper()
    return [
        Division(int(place), True, HARD_PENALTY if hard or place == MIN_BEFORE else HYPHEN_PENALTY)
        for place in patterns.positions(letters)
        # A place with data would change the spelling; the text has to stay what it is.
        if place.data is None and MIN_BEFORE <= place <= len(letters) - MIN_AFTER
    ]


@lru_cache(maxsize=64)
def _patterns(lang: str) -> pyphen.Pyphen | None:
    known = pyphen.language_fallback(_PREFERRED.get(lang, lang))
    return pyphen.Pyphen(lang=known, left=MIN_BEFORE, right=MIN_AFTER) if known else None
