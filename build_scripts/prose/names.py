"""Find names that are spelt in two ways: as a record has them, and with an accent or a letter changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from rapidfuzz.distance import OSA

from build_scripts.diagnostics import Diagnostic
from build_scripts.model.dossier import Dossier
from build_scripts.model.records import Native
from build_scripts.prose.texts import Entry, Text, is_quoted

WORD = re.compile(r"[^\W\d_]+")
# Shorter words lie one letter apart by chance.
SHORTEST = 5
# Where the data give a name and not a sentence.
NAMES = frozenset({"name", "native", "aliases", "abbreviation", "term", "places"})
# What is said of a source there is ours; its titles are as others spelt them and prove nothing.
SOURCES = frozenset({"references"})
OWN_OF_SOURCES = frozenset({"reliability"})
TITLES = frozenset({"title", "title-short"})


@dataclass(slots=True)
class _Spellings:
    """Hold the names that a dossier uses, each with the words that stand beside it in one name."""

    beside: dict[str, set[str]] = field(default_factory=dict)
    by_fold: dict[str, set[str]] = field(default_factory=dict)
    by_deletion: dict[str, set[str]] = field(default_factory=dict)
    different: set[tuple[str, str]] = field(default_factory=set)

    def add(self, name: str) -> None:
        words = [word for word in WORD.findall(name) if word[0].isupper()]
        folded = {fold(word) for word in words}
        for word in words:
            self.beside.setdefault(word, set()).update(folded)
            self.by_fold.setdefault(fold(word), set()).add(word)
            if len(word) >= SHORTEST:
                for shorter in _deletions(fold(word)):
                    self.by_deletion.setdefault(shorter, set()).add(word)

    def near(self, word: str) -> str | None:
        """Return the name for which a word may be a slip, the first in the alphabet, or None."""
        folded = fold(word)
        if folded in self.by_fold:
            found = self.by_fold[folded]
        elif len(word) < SHORTEST:
            return None
        else:
            near = {name for shorter in _deletions(folded) for name in self.by_deletion.get(shorter, ())}
            found = {name for name in near if _is_slip(folded, fold(name))}
        return min((name for name in found if (word, name) not in self.different), default=None)


def _is_slip(word: str, name: str) -> bool:
    """Check whether one letter differs, but for the first, which nobody mistakes, and a plural's last."""
    return (
        word[0] == name[0]
        and word not in (f"{name}s", name.removesuffix("s"))
        and OSA.distance(word, name) == 1
    )


def fold(word: str) -> str:
    """Return a word without accents and capitals."""
    apart = unicodedata.normalize("NFD", word)
    return "".join(character for character in apart if not unicodedata.combining(character)).casefold()


def _deletions(word: str) -> set[str]:
    """Return a word and what is left of it without one letter; words one letter apart share one of these."""
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def check(dossier: Dossier, texts: Sequence[Text]) -> Iterator[Diagnostic]:
    """Yield warnings of words of the prose that differ from a name by accents or one letter.

    A word is taken for another name if it stands beside words that do not belong to the first, or if it
    stands alone and a source's author or publisher bears it; for right if a record has it, as an alias or a
    place say, if it is an ordinary word, or between quotation marks; for different if the edition says so.
    """
    spellings = _spellings(dossier)
    recorded = _words(one for one in texts if _is_of_record(one))
    foreign = _words(one for one in texts if _is_of_source(one))
    prose = [one for one in texts if _is_prose(one)]
    ordinary = {word for word in _words(prose) if word[0].islower()}
    found: dict[str, list[tuple[Text, re.Match[str]]]] = {}
    for one in prose:
        for match in WORD.finditer(one.text):
            is_new = match[0][0].isupper() and match[0] not in recorded
            if is_new and not is_quoted(one.text, match.start()):
                found.setdefault(match[0], []).append((one, match))
    for word, places in found.items():
        name = None if word.casefold() in ordinary or word.isupper() else spellings.near(word)
        if name is None:
            continue
        beside = [
            {fold(one) for one in _beside(text.text, match) if one.casefold() not in ordinary}
            for text, match in places
        ]
        message = (
            f"has '{word}' where the records spell '{name}'; if these are two names, "
            f"data/edition.yaml can say so: different_names: [[{word}, {name}]]"
        )
        for (text, match), is_slip in zip(
            places, _slips(beside, spellings, name, word in foreign), strict=True
        ):
            if is_slip:
                yield Diagnostic(text.location(match.start()), message, is_warning=True)


def _slips(beside: list[set[str]], spellings: _Spellings, name: str, is_borne: bool) -> Iterator[bool]:
    """Tell of each place of a word whether a name is meant, from the words beside it in all places.

    `is_borne` tells that a source's author or publisher has the word for a name.
    """
    own = spellings.beside[name]
    is_another = is_borne or any(words and not words & own for words in beside)
    for words in beside:
        yield bool(words & own) or not (is_another or words)


def _words(texts: Iterable[Text]) -> set[str]:
    return {word for one in texts for word in WORD.findall(one.text)}


def _beside(text: str, match: re.Match[str]) -> Iterator[str]:
    """Yield the capitalised words directly before and behind a word."""
    before = re.search(r"([^\W\d_]+)[ \n]$", text[: match.start()][-40:])
    after = re.match(r"[ \n]([^\W\d_]+)", text[match.end() : match.end() + 40])
    for one in (before, after):
        if one is not None and one[1][0].isupper():
            yield one[1]


def _is_prose(one: Text) -> bool:
    """Check whether a text is in the dossier's own words."""
    if not isinstance(one, Entry):
        return True
    return one.keys[-1] in OWN_OF_SOURCES if one.file in SOURCES else not NAMES & set(one.keys)


def _is_of_record(one: Text) -> bool:
    """Check whether a text is a name that the dossier gives."""
    return isinstance(one, Entry) and one.file not in SOURCES and bool(NAMES & set(one.keys))


def _is_of_source(one: Text) -> bool:
    """Check whether a text names who made or published a source."""
    return isinstance(one, Entry) and one.file in SOURCES and one.keys[-1] not in OWN_OF_SOURCES | TITLES


def _spellings(dossier: Dossier) -> _Spellings:
    spellings = _Spellings()
    for names in dossier.edition.different_names:
        # Names of several words differ word by word.
        spellings.different.update(permutations({word for name in names for word in WORD.findall(name)}, 2))
    for person in dossier.people:
        name = person.name
        whole = (name.display, name.given or "", name.family or "", *person.aliases, *_native(person.native))
        spellings.add(" ".join(whole))
    for organization in dossier.organizations:
        spellings.add(" ".join((organization.name, *_native(organization.native))))
    return spellings


def _native(names: Iterable[Native]) -> list[str]:
    return [name.text for name in names]
