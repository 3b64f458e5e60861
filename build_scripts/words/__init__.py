"""Look up the words that the builder itself puts on a page in gettext catalogs by language.

A key names a message of `LANGUAGE.po` beside this module; `{name}` in it is filled by the caller. A catalog
of a region, such as `en-US.po`, has only what differs from that of its language. Plural forms follow the rule
of the catalog, its header `Plural-Forms`.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

FOLDER = Path(__file__).parent
# The catalog that has every word; the others are measured by it.
COMPLETE = "en"
ORDINAL = "ordinal-"
YEAR_OF_TWO_DIGITS, LONGEST_PLAIN_YEAR = 99, 9999


class Words:
    """Look up words of one language by key."""

    def __init__(self, language: str) -> None:
        """Read the catalogs for a BCP 47 tag.

        Raises LookupError if neither the tag nor its first subtag has a catalog.
        """
        self.language = language
        self.locale = Locale.parse(language, sep="-")
        self._catalogs = _catalogs(language)
        self._plurals = [_plural_forms(catalog) for catalog in self._catalogs]

    def __call__(self, key: str, **values: object) -> str:
        """Return the message of `key`, filled; `n` chooses the plural form."""
        return self.template(key, values.get("n")).format_map(values)

    def template(self, key: str, n: object = None) -> str:
        """Return the message of `key` with its `{names}` still in it."""
        for catalog, plurals in zip(self._catalogs, self._plurals, strict=True):
            message = catalog.get(key)
            if message is None or not _forms(message):
                continue
            if isinstance(message.string, str):
                return message.string
            if not isinstance(n, int):
                raise TypeError(f"word '{key}' has plural forms; give n")
            return plurals.ngettext(key, key, n)
        raise KeyError(f"no word '{key}' in the catalog of '{self.language}'")

    def ordinal(self, n: int) -> str:
        """Return a number in its place in a row: 17th."""
        return self(f"{ORDINAL}{self.locale.ordinal_form(n)}", n=n)

    def year(self, year: int) -> str:
        """Return a year as it is written alone or in a date; the year 0 is 1 BC."""
        if year < 1:
            return self("date-year-bc", year=self._number(1 - year))
        if year <= YEAR_OF_TWO_DIGITS or year > LONGEST_PLAIN_YEAR:
            return self("date-year-ad", year=self._number(year))
        return str(year)

    def number(self, value: Decimal | float) -> str:
        """Return a number with every digit that was written, in the manner of the language."""
        exact = value if isinstance(value, Decimal) else Decimal(repr(value)).normalize()
        places = max(0, -int(exact.as_tuple().exponent))
        pattern = f"#,##0.{'0' * places}" if places else "#,##0"
        text = format_decimal(exact, format=pattern, locale=self.locale, decimal_quantization=False)
        return str(text).replace("-", "\N{MINUS SIGN}")

    def numbers(self, low: Decimal, high: Decimal) -> str:
        """Return a range of numbers."""
        key = "number-range" if low >= 0 else "number-range-below-zero"
        return self(key, low=self.number(low), high=self.number(high))

    def month(self, month: int, width: str = "wide") -> str:
        """Return the name of a month as it stands in a date."""
        return str(self.locale.months["format"][width][month])

    def _number(self, year: int) -> str:
        return str(year) if year <= LONGEST_PLAIN_YEAR else self.number(year)

    def phrases(self) -> Iterator[str]:
        """Yield every message of the catalogs, in all its forms."""
        for catalog in self._catalogs:
            for message in catalog:
                yield from _forms(message)


def problems(language: str) -> Iterator[str]:
    """Yield what keeps the catalogs for a BCP 47 tag from having every word of the builder."""
    try:
        catalogs = _catalogs(language)
    except LookupError:
        yield f"has no catalog of the builder's words; there are {', '.join(languages())}"
        return
    except (PoFileError, ValueError) as error:
        yield f"has a catalog that cannot be read: {error}"
        return
    words = {
        _key(message): (message, catalog.num_plurals)
        for catalog in reversed(catalogs)
        for message in catalog
        if _key(message) and _forms(message)
    }
    lacking = sorted(_needed(Locale.parse(language, sep="-")) - words.keys())
    if lacking:
        names = ", ".join(f"'{key}'" for key in lacking)
        yield f"has a catalog of the builder's words that lacks {names}"
    complete = {_key(message): message for message in _read(COMPLETE)}
    for key, (message, count) in words.items():
        known = complete.get(f"{ORDINAL}other" if key.startswith(ORDINAL) else key)
        yield from _misfits(key, message, count, set() if known is None else _fields(known))


def _misfits(key: str, message: Message, plurals: int, fields: set[str]) -> Iterator[str]:
    """Yield what no caller can fill in a word, and a word without a form for every number."""
    for field in sorted(_fields(message) - fields):
        yield f"has '{{{field}}}' in the word '{key}', which the builder does not fill"
    count = len(_forms(message))
    if not isinstance(message.string, str) and count != plurals:
        yield f"has {count} of the {plurals} plural forms of '{key}'"


def _needed(locale: Locale) -> set[str]:
    """Return the keys that a language needs: all, and of the ordinals those of its own rule (CLDR)."""
    keys = {_key(message) for message in _read(COMPLETE)} - {""}
    ordinals = {f"{ORDINAL}{tag}" for tag in {*locale.ordinal_form.tags, "other"}}
    return {key for key in keys if not key.startswith(ORDINAL)} | ordinals


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    """Return the forms of a message that say something."""
    forms = message.string or ()
    return tuple(filter(None, (forms,) if isinstance(forms, str) else forms))


def _fields(message: Message) -> set[str]:
    """Return the names to be filled in a message, in any of its forms."""
    return {name for form in _forms(message) for _, name, _, _ in Formatter().parse(form) if name is not None}


def has_words(language: str) -> bool:
    """Check whether a BCP 47 tag or its first subtag has a catalog."""
    return not {language, language.partition("-")[0]}.isdisjoint(languages())


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalog."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.po")))


def _catalogs(language: str) -> list[Catalog]:
    """Return the catalogs of a tag, that of its region before that of its language."""
    tags = dict.fromkeys((language, language.partition("-")[0]))
    found = [_read(tag) for tag in tags if (FOLDER / f"{tag}.po").is_file()]
    if not found:
        known = ", ".join(languages())
        raise LookupError(f"no catalog of words for language '{language}'; there are {known}")
    return found


def _read(tag: str) -> Catalog:
    with (FOLDER / f"{tag}.po").open("rb") as file:
        return read_po(file, locale=tag.replace("-", "_"), abort_invalid=True)


def _plural_forms(catalog: Catalog) -> gettext.GNUTranslations:
    """Return a catalog as gettext reads it: with the rule of its header for plural forms."""
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
