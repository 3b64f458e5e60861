"""Gather what turning records into nodes needs: the dossier, the words of its language, its citations."""

from __future__ import annotations

from dataclasses import dataclass

from build_scripts.layout.lettering import Measure
from build_scripts.model.dossier import Dossier
from build_scripts.nodes.citations import Citations
from build_scripts.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Hold what every function from model to nodes takes as its first argument."""

    dossier: Dossier
    words: Words
    citations: Citations
    measure: Measure


def make(dossier: Dossier, citations: Citations, measure: Measure) -> Context:
    """Return the context of a dossier; `measure` gives widths of the words in drawings.

    Raises LookupError for a language without words.
    """
    return Context(dossier=dossier, words=Words(dossier.edition.language), citations=citations, measure=measure)
