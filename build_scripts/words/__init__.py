"""Give the words that the builder itself puts on a page, from gettext catalogs by language.

A key names a message of `LANGUAGE.po` beside this module; `{name}` in it is filled by the caller. Plural
forms follow the language's rule (CLDR, through Babel).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent


class Words:
    """Answer keys with words of one language."""

    def __init__(self, language: str) -> None:
        """Read the catalog for a BCP 47 tag.

        Raises LookupError if neither the tag nor its first subtag has a catalog.
        """
        self.language = language
        self.locale = Locale.parse(language, sep="-")
        self._catalog = _catalog(language)

    def __call__(self, key: str, **values: object) -> str:
        """Return the message of `key`, filled; `n` chooses the plural form."""
        return self.template(key, values.get("n")).format_map(values)

    def template(self, key: str, n: object = None) -> str:
        """Return the message of `key` with its `{names}` still in it."""
        message = self._catalog.get(key)
        if message is None or not message.string:
            raise KeyError(f"no word '{key}' in the catalog of '{self.language}'")
        if isinstance(message.string, str):
            return message.string
        if not isinstance(n, int):
            raise TypeError(f"word '{key}' has plural forms; give n")
        return str(message.string[_form(self.locale, n, len(message.string))])

    def phrases(self) -> Iterator[str]:
        """Yield every message of the catalog, in all its forms."""
        for message in self._catalog:
            forms = message.string or ()
            yield from (forms,) if isinstance(forms, str) else forms


def _form(locale: Locale, n: int, forms: int) -> int:
    """Return the index of the plural form for `n` among the forms of the catalog."""
    tags = [*sorted(locale.plural_form.tags), "other"]
    return min(tags.index(locale.plural_form(n)), forms - 1)


def has_words(language: str) -> bool:
    """Tell whether a BCP 47 tag or its first subtag has a catalog."""
    return not {language, language.partition("-")[0]}.isdisjoint(languages())


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalog."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.po")))


def _catalog(language: str) -> Catalog:
    for tag in (language, language.partition("-")[0]):
        path = FOLDER / f"{tag}.po"
        if path.is_file():
            with path.open("rb") as file:
                return read_po(file, locale=tag.replace("-", "_"))
    raise LookupError(f"no catalog of words for language '{language}'; there are {', '.join(languages())}")
