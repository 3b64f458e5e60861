"""Read the author's entries for the index of the book, in the form that Sphinx has for them."""

from __future__ import annotations

from sphinx.util.index_entries import split_index_msg
from sphinx.util.nodes import process_index_entry

Entry = tuple[str, str, str, str, str | None]
"""Its kind, its words, the id of the place, `main` or nothing, and None for a key."""


def parse_entries(text: str, place: str) -> list[Entry]:
    """Parse one line of entries, such as `lamp, oil` or `pair: lamp; oil`; they lead to `place`.

    Raises ValueError, in the author's words, for what is none.
    """
    try:
        entries = process_index_entry(text, place)
    except ValueError:
        kind = text.partition(":")[0].strip()
        raise ValueError(f"there are no index entries '{kind}:'; write 'single:'") from None
    for kind, value, *_ in entries:
        try:
            words = split_index_msg(kind, value)
        except ValueError:
            count = "three" if kind == "triple" else "two"
            raise ValueError(
                f"the index entry '{kind}: {value}' needs {count} parts, with ';' between"
            ) from None
        if not all(word.strip() for word in words):
            raise ValueError("an index entry without words")
    return entries
