"""Tell which characters the typefaces cannot show, without opening any for use."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import uharfbuzz

from build_scripts.pdf.fonts import FACES, SUBSTITUTED


def uncovered(characters: Iterable[str]) -> frozenset[str]:
    """Return those of some characters that a face of the book lacks, its fallback included.

    A letter whose parts are there counts as there; spaces and signs for the setter alone need no glyph.
    """
    covered = _covered()
    return frozenset(
        character
        for character in characters
        if not covered.issuperset(unicodedata.normalize("NFD", character))
        and not character.isspace()
        and unicodedata.category(character) not in ("Cc", "Cf")
        and not unicodedata.name(character, "").startswith("VARIATION SELECTOR")
    )


@lru_cache
def _covered() -> frozenset[str]:
    """Return the characters that every face of the text can show, alone or by its fallback."""
    shown = (
        _characters(face.package, face.file)
        | _characters(FACES[face.fallback].package, FACES[face.fallback].file)
        for face in FACES.values()
        if face.fallback is not None
    )
    return frozenset.intersection(*shown) | SUBSTITUTED


@lru_cache
def _characters(package: str, file: str) -> frozenset[str]:
    data = resources.files(package).joinpath(file).read_bytes()
    return frozenset(map(chr, uharfbuzz.Face(uharfbuzz.Blob(data)).unicodes))
