"""Order text that is partly written from right to left (Unicode Bidirectional Algorithm, UAX 9).

What is written from right to left is isolated from what surrounds it, as the element `bdi` of HTML does it:
from its first such letter to its last, with brackets that begin or end between them, so that a number or a
stop behind a name stays behind it. Text in another language is isolated apart from its neighbours.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

_STRONG = frozenset(("R", "AL"))
# Numbers in Arabic digits, which reorder what surrounds them too.
_RIGHT = frozenset((*_STRONG, "AN"))
_NUMBERS = frozenset(("EN", "AN"))
_PAIRS = {"(": ")", "[": "]", "{": "}", "\u201c": "\u201d", "\u00ab": "\u00bb"}
_START, _END = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_LANGUAGES = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"))


def is_mixed(text: str) -> bool:
    """Check whether text has a letter or number of a script that is read from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(one) in _RIGHT for one in text)


def directed(text: str) -> list[str]:
    """Cut text at its numbers, which run from the left, if it has letters that run from the right."""
    if not is_mixed(text):
        return [text]
    return [
        "".join(part) for _, part in groupby(text, lambda one: unicodedata.bidirectional(one) in _NUMBERS)
    ]


def stretches(text: str, language: str = "") -> list[tuple[int, int]]:
    """Return where text of one language is read from right to left: start and end of each stretch.

    Text of a language that is written so is one stretch, unless it has letters that run from the left.
    """
    kinds = [unicodedata.bidirectional(one) for one in text]
    if not _RIGHT.intersection(kinds):
        return []
    if language.lower().partition("-")[0] in _LANGUAGES and "L" not in kinds:
        return [(0, len(text))]
    pairs = []
    for opened, closed in _pairs(text):
        if "L" in kinds[opened:closed]:
            kinds[opened] = kinds[closed] = "L"
        else:
            pairs.append((opened, closed))
    found = []
    for start, end in _lettered(kinds):
        first = min((one for one, other in pairs if one < start < other < end), default=start)
        last = max((other + 1 for one, other in pairs if start < one < end <= other), default=end)
        found.append((first, last))
    return found


def _lettered(kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches from one letter to another, marks included."""
    start: int | None = None
    end = 0
    for index, kind in enumerate([*kinds, "L"]):
        if kind in _RIGHT:
            start = index if start is None else start
            end = index + 1
        elif kind in ("NSM", "BN") and end == index:
            end += 1
        elif kind == "L" and start is not None:
            yield start, end
            start = None


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of brackets that belong together."""
    opened: list[int] = []
    for index, character in enumerate(text):
        if character in _PAIRS:
            opened.append(index)
        elif opened and character == _PAIRS[text[opened[-1]]]:
            yield opened.pop(), index


def levels(parts: Sequence[tuple[str, str]]) -> list[int]:
    """Return the level of each character of texts with their languages.

    0 is for what runs from the left, 1 for what runs from the right, 2 for numbers in the midst of that.
    """
    found: list[int] = []
    for language, group in groupby(parts, key=lambda part: part[1]):
        text = "".join(one for one, _ in group)
        inside = [0] * len(text)
        for start, end in stretches(text, language):
            inside[start:end] = [2 if kind in _NUMBERS else 1 for kind in _resolved(text[start:end])]
        found += inside
    return found


def _resolved(text: str) -> list[str]:
    """Return the kinds of characters of a stretch after rules W1 to W6; it has no letter from the left."""
    kinds: list[str] = []
    strong = "R"
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("NSM", "BN"):
            kind = kinds[-1] if kinds else "R"
        strong = kind if kind in _STRONG else strong
        kinds.append("AN" if kind == "EN" and strong == "AL" else kind)
    for index in range(1, len(kinds) - 1):
        before, kind, after = kinds[index - 1 : index + 2]
        joins = kind == "CS" or (kind == "ES" and before == "EN")
        if joins and before == after and before in _NUMBERS:
            kinds[index] = before
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = 1 if order.step > 0 else -1
        for index in order:
            if kinds[index] == "ET" and kinds[index - step] == "EN":
                kinds[index] = "EN"
    return kinds


def isolated(text: str) -> str:
    """Return text with its stretches between isolates, for where no element can isolate them."""
    for start, end in reversed(stretches(text)):
        text = f"{text[:start]}{_START}{text[start:end]}{_END}{text[end:]}"
    return text


def divided(parts: Sequence[tuple[str, str]]) -> list[list[tuple[str, bool]]]:
    """Cut each of the texts of a paragraph, given with their languages, at its stretches.

    A stretch within one text stands apart, marked by True; one that goes through several is put between
    isolates.
    """
    ends = list(accumulate(len(text) for text, _ in parts))
    cuts: list[list[tuple[int, int]]] = [[] for _ in parts]
    signs: dict[tuple[int, int], str] = {}
    base = 0
    for language, group in groupby(parts, key=lambda part: part[1]):
        whole = "".join(text for text, _ in group)
        for start, end in stretches(whole, language):
            first, last = (bisect_right(ends, base + place) for place in (start, end - 1))
            low = base + start - ends[first] + len(parts[first][0])
            high = base + end - ends[last] + len(parts[last][0])
            if first == last:
                cuts[first].append((low, high))
            else:
                signs[first, low] = _START
                signs[last, high] = _END
        base += len(whole)
    return [
        list(_cut(text, cuts[index], {place: sign for (one, place), sign in signs.items() if one == index}))
        for index, (text, _) in enumerate(parts)
    ]


def _cut(text: str, cuts: Sequence[tuple[int, int]], signs: dict[int, str]) -> Iterator[tuple[str, bool]]:
    apart = {start: end for start, end in cuts}
    places = sorted({0, len(text), *signs, *apart, *apart.values()})
    for start, end in pairwise(places):
        yield signs.get(start, "") + text[start:end], apart.get(start) == end
    if len(text) in signs:
        yield signs[len(text)], False


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
