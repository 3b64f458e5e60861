"""Select of what is found wrong in a chapter what is a cause, and not what follows from another fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docutils import nodes

Said = tuple[int, str]
MARKS = nodes.footnote_reference | nodes.citation_reference

# Where a chapter defines a substitution or a role of its own.
DEFINED = re.compile(r"\s*\.\. (?:\|(?P<substitution>[^|]+)\||role:: *(?P<role>[\w.:+-]+))")
EMPTY = "the substitution '{}' has no content"
UNKNOWN = ("there is no substitution '{}'", "there is no role '{}'")
NO_PLACE = "there is no place '{}' in this chapter to refer to"
NO_NOTE = "there is no note [{}]"
TOO_MANY = "more marks [#]_ than notes"


def note_marks(document: nodes.document) -> dict[str, str]:
    """Return the marks of notes as they are typed, by the name that docutils looks for."""
    marks = (node for node in document.findall(nodes.Element) if isinstance(node, MARKS))
    return {
        mark["refname"]: f"{'#' if mark.get('auto') else ''}{mark['refname']}"
        for mark in marks
        if mark.get("refname")
    }


def select(said: Sequence[Said], lines: Sequence[str], marks: dict[str, str]) -> Iterator[Said]:
    """Yield what is said but for what only follows, and what is missing by the name of what it is."""
    lost: dict[str, str] = {}
    for line, message in said:
        match = DEFINED.match(lines[line - 1]) if 0 < line <= len(lines) else None
        if match is not None:
            name = match["substitution"] or match["role"]
            # An empty substitution is a cause if nothing else is wrong with it.
            if name not in lost or lost[name] == EMPTY.format(name):
                lost[name] = message
    empty = {EMPTY.format(name) for name, message in lost.items() if message != EMPTY.format(name)}
    unknown = tuple(words.format(name) for name in lost for words in UNKNOWN)
    notes = {NO_PLACE.format(name): NO_NOTE.format(mark) for name, mark in marks.items()}
    has_wrong_marks = any(notes.get(message, "").startswith(NO_NOTE[:-3] + "#") for _, message in said)
    for line, message in said:
        if message in empty or message.startswith(unknown) or (message == TOO_MANY and has_wrong_marks):
            continue
        yield line, notes.get(message, message)
