"""Say where a line may end between Chinese or Japanese characters (JIS X 4051, kinsoku; UAX 14)."""

import re
import unicodedata
from itertools import pairwise

_IDEOGRAPHIC = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u3190-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
)
_OPENING = frozenset(("Ps", "Pi"))
# Closing brackets and quotes, stops, iteration and length marks, marks on the letter before.
_NEVER_FIRST = frozenset(("Pe", "Pf", "Po", "Lm", "Mn", "Sk"))


def ideograph_breaks(word: str) -> list[int]:
    """List the offsets between two characters of which one is ideographic and nothing keeps them together."""
    if word.isascii() or not _IDEOGRAPHIC.search(word):
        return []
    return [
        offset
        for offset, (before, after) in enumerate(pairwise(word), start=1)
        if (_IDEOGRAPHIC.match(before) or _IDEOGRAPHIC.match(after))
        and unicodedata.category(before) not in _OPENING
        and unicodedata.category(after) not in _NEVER_FIRST
        and " SMALL " not in unicodedata.name(after, "")
    ]
