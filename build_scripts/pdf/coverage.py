"""Tell which characters the typefaces cannot show, without opening any for use."""

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import uharfbuzz

from build_scripts.pdf.fonts import FACES, SUBSTITUTED


def uncovered(characters: Iterable[str]) -> frozenset[str]:
    """Return those of some characters that a face of the book lacks, its fallback included; white space is none."""
    wanted = {character for character in characters if not character.isspace()} - SUBSTITUTED
    return frozenset(wanted - _covered())


@lru_cache
def _covered() -> frozenset[str]:
    """Return the characters that every face can show, alone or by its fallback."""
    have = {name: _characters(source.package, source.file) for name, source in FACES.items()}
    whole = (have[name] | have.get(source.fallback or "", frozenset()) for name, source in FACES.items())
    return frozenset.intersection(*(one for name, one in zip(FACES, whole, strict=True) if FACES[name].fallback))


@lru_cache
def _characters(package: str, file: str) -> frozenset[str]:
    data = resources.files(package).joinpath(file).read_bytes()
    return frozenset(map(chr, uharfbuzz.Face(uharfbuzz.Blob(data)).unicodes))
