"""Tell which characters the typefaces cannot show, and which package would, without opening any for use."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from build_scripts.pdf.fonts import FACES, SUBSTITUTED, UNDRAWN, candidates, characters_of, is_ignorable
from build_scripts.pdf.scripts import KINDS, TYPEFACES, FaceSource, typefaces_for


def uncovered(characters: Iterable[str]) -> frozenset[str]:
    """Return those of some characters that a face of the book lacks, its fallbacks included.

    A letter whose parts are there counts as there; spaces and signs for the setter alone need no glyph.
    """
    covered = _covered()
    return frozenset(
        character
        for character in characters
        if not covered.issuperset(unicodedata.normalize("NFD", character))
        and not character.isspace()
        and unicodedata.category(character) != "Cc"
        and character not in UNDRAWN
        and not is_ignorable(character)
        and not _is_shown(character)
    )


def needed(characters: Iterable[str]) -> dict[str, str]:
    """Return the packages that may show what is not covered and are not installed, by typeface code."""
    packages: dict[str, str] = {}
    for character in sorted(uncovered(characters)):
        packages |= {source.project: code for code, source in _absent(character)}
    return packages


def _absent(character: str) -> Iterator[tuple[str, FaceSource]]:
    for code in typefaces_for(character):
        for source in TYPEFACES[code].values():
            if not source.is_installed():
                yield code, source


@cache
def _is_shown(character: str) -> bool:
    """Check whether the faces of other scripts show a character, with serifs and without."""
    return all(_is_shown_in(kind, character) for kind in KINDS)


def _is_shown_in(kind: str, character: str) -> bool:
    for name in candidates(character, kind):
        source = FACES[name]
        if not source.is_installed():
            return False
        if (characters_of(source) | SUBSTITUTED).issuperset(unicodedata.normalize("NFD", character)):
            return True
        if character in characters_of(source):
            return True
    return False


@lru_cache
def _covered() -> frozenset[str]:
    """Return the characters that every face of the text can show, alone or by its fallback."""
    shown = (
        characters_of(face) | characters_of(FACES[face.fallback])
        for face in FACES.values()
        if face.fallback is not None
    )
    return frozenset.intersection(*shown) | SUBSTITUTED
