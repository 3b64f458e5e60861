"""Index words for the search of the site as readers type them: without accents, points and soft hyphens.

What is indexed and what is asked for are folded by one rule, here and in the browser, before Sphinx's stemmer
of the language sees them: compatibility decomposition (UAX 15) without the marks that readers leave out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from importlib import import_module
from typing import cast

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.search import SearchLanguage, languages

# Accents; points and accents of Hebrew; vowel signs and the stretched line of Arabic; what is not seen.
LEFT_OUT = (
    r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670"
    r"\u00ad\u200b-\u200f\u2060\u2067\u2069]"
)
LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"}
"""Letters that no decomposition takes apart."""
_LEFT_OUT = re.compile(LEFT_OUT)
# Begun at the start of a word only, and never gone back over: a long word is read once.
_JOINED = re.compile(r"(?<!\w)\w++(?:[-\u2010\u2011'\u2019]\w++)+")

SPLITTER = f"""
var splitQuery = (query) =>
  query
    .toLowerCase()
    .normalize("NFKD")
    .replace(/{LEFT_OUT}/gu, "")
    .replace(/[{"".join(LETTERS)}]/gu, (letter) => ({json.dumps(LETTERS)})[letter])
    .split(/[^\\p{{L}}\\p{{N}}\\p{{M}}_]+/gu)
    .filter((term) => term);
"""


def fold(text: str) -> str:
    """Return text without what readers leave out when they look for it."""
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text.lower()))
    return "".join(LETTERS.get(character, character) for character in plain)


def split(text: str) -> list[str]:
    """Return the folded words of text; a word with hyphens stands as its parts and as one."""
    folded = fold(text)
    apart = "".join(one if one == "_" or unicodedata.category(one)[0] in "LNM" else " " for one in folded)
    return [*apart.split(), *(re.sub(r"\W", "", word) for word in _JOINED.findall(folded))]


def register(app: Sphinx, config: Config) -> None:
    """Register the search of the site's language (Sphinx event `config-inited`)."""
    app.add_search_language(_folding(config.language))


@lru_cache
def _folding(language: str) -> type[SearchLanguage]:
    """Build a language of Sphinx's search that splits folded text; Chinese, Japanese split their own way."""
    found = languages.get(language, languages["en"])
    if isinstance(found, str):
        module, _, name = found.rpartition(".")
        found = cast(type[SearchLanguage], getattr(import_module(module), name))
    if found.split is not SearchLanguage.split:
        return found
    methods = {"split": lambda _, text: split(text), "js_splitter_code": SPLITTER}
    return type("Folding", (found,), methods)
