"""Walk over all words of a dossier: passages of its chapters, and the texts of its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from build_scripts.diagnostics import Location
from build_scripts.manuscript.chapter import Passage
from build_scripts.source import Path_, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold one value of a data file as typed, and where it stands."""

    file: str
    text: str
    source: Source
    path: Path_

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that lead to the value, without the numbers of list items between them."""
        return tuple(step for step in self.path if isinstance(step, str))

    def location(self, position: int) -> Location:
        """Return the line of the value's key; folded values do not know the lines of their words."""
        return self.source.location(self.path)


Text = Passage | Entry


def entries(sources: Mapping[str, Source]) -> Iterator[Entry]:
    """Yield the value of every key of the data, file by file."""
    for file, source in sources.items():
        for path, text in _values(source.value, ()):
            # What stands where keys should is no text of a dossier, and is said to be wrong elsewhere.
            if any(isinstance(step, str) for step in path):
                yield Entry(file=file, text=text, source=source, path=path)


def _values(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _values(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _values(one, (*path, index))
    elif value is not None:
        yield path, str(value)


def is_quoted(text: str, position: int) -> bool:
    """Check whether a character stands between quotation marks, where the words are another's."""
    return text.rfind("“", 0, position) > text.rfind("”", 0, position)
