"""Order text that is partly written from right to left (Unicode Bidirectional Algorithm, UAX 9).

What is written from right to left stands apart from what surrounds it, as in the element `bdi` of HTML: it
reaches from its first such letter to its last, so that a number or a stop behind a name stays behind it.
"""

import re
import unicodedata
from collections.abc import Sequence

_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_STRETCHES = re.compile(r"\d+(?:[.,:/\u066b\u066c]\d+)*|\D+")


def directed(text: str) -> list[str]:
    """Cut text at its numbers, which run from the left, if it has letters that run from the right."""
    if text.isascii() or not any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text):
        return [text]
    return _STRETCHES.findall(text)


def levels(pieces: Sequence[tuple[str, bool]]) -> list[int]:
    """Return the levels of the pieces of a line, of which each is a text and whether it runs from the right.

    0 is for what runs from the left, 1 for what runs from the right, 2 for numbers in the midst of that.
    """
    found = [0] * len(pieces)
    last = None
    for index, (text, rtl) in enumerate(pieces):
        if rtl:
            for between in range(index if last is None else last + 1, index + 1):
                found[between] = 2 if _has_digit(pieces[between][0]) and not pieces[between][1] else 1
            last = index
        elif any(unicodedata.bidirectional(character) == "L" for character in text):
            last = None
    return found


def visual_order(found: Sequence[int]) -> list[int]:
    """Return the indexes of pieces as they stand from left to right (rule L2)."""
    order = list(range(len(found)))
    for level in (2, 1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
