"""Find marks that were typed and not set: straight quotes and double spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from build_scripts.diagnostics import Diagnostic
from build_scripts.prose.texts import Entry, Text

# Directly behind a figure the mark is that of feet, inches, minutes or seconds.
QUOTE = re.compile(r"(?<!\d)[\"']")
SPACES = re.compile(r"(?<=\S)  +(?=\S)")
# Where a link leads is no prose.
DESTINATION = re.compile(r"\]\([^()\s]*\)")
AROUND = 12
ADDRESSES = frozenset({("URL",), ("url",), ("DOI",)})


def check(texts: Iterable[Text]) -> Iterator[Diagnostic]:
    """Yield warnings of straight quotes and double spaces, with the words around them."""
    for one in texts:
        if "'" in one.text or '"' in one.text:
            text = DESTINATION.sub(_blank, one.text)
            for match in QUOTE.finditer("" if _is_address(one) else text):
                message = f"has a straight quote in ‘{_around(one.text, match)}’; type “ ”, ‘ ’ or ’"
                yield Diagnostic(one.location(match.start()), message, is_warning=True)
        if "  " in one.text:
            for match in SPACES.finditer(one.text):
                message = f"has a double space in ‘{_around(one.text, match)}’"
                yield Diagnostic(one.location(match.start()), message, is_warning=True)


def _is_address(one: Text) -> bool:
    return isinstance(one, Entry) and one.keys[-1:] in ADDRESSES


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - AROUND), match.end() + AROUND
    return text[start:end].replace("\n", " ").strip(" ")
