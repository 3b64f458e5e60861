"""Describe the terms a reader may not know."""

from __future__ import annotations

from typing import ClassVar

from build_scripts.model.fields import MarkedText, Plain
from build_scripts.model.records import Native, Record, Sources


class Term(Record):
    """Explain a term."""

    noun: ClassVar[str] = "term"
    term: Plain
    native: tuple[Native, ...] = ()
    text: MarkedText
    sources: Sources
