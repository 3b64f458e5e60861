"""Gather what turning records into nodes needs: the dossier, the words of its language, its citations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_scripts.layout.lettering import Measure
from build_scripts.manuscript.chapter import Page
from build_scripts.model.dossier import Dossier
from build_scripts.nodes.citations import Citations
from build_scripts.words import Words

EDITIONS = ("standard", "large-print")

Named = Mapping[tuple[str, str], tuple[Page, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Say what something is printed for: a paper, and the edition that decides how large its type is."""

    paper: str
    edition: str = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Hold what every function from model to nodes takes as its first argument.

    `press` is what is printed for; without another it is the first paper that the dossier's edition names.
    `named` are the pages of the book that name each record, by scheme and id; None outside a book.
    `narrow` asks for a second copy of every plan, for pages as narrow as a phone. With `plates` the drawings
    of the plan stand on leaves of their own, and its text only leads to them.
    """

    dossier: Dossier
    words: Words
    citations: Citations
    measure: Measure
    press: Press
    named: Named | None = None
    narrow: bool = False
    plates: bool = False


def make(
    dossier: Dossier,
    citations: Citations,
    measure: Measure,
    named: Named | None = None,
    press: Press | None = None,
) -> Context:
    """Return the context of a dossier; `measure` gives widths of the words in drawings.

    Raises LookupError for a language without words.
    """
    words = Words(dossier.edition.language)
    return Context(
        dossier=dossier,
        words=words,
        citations=citations,
        measure=measure,
        press=press or Press(paper=dossier.edition.papers[0]),
        named=named,
    )
