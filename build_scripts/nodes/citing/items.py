"""Turn sources into the CSL items that a style is given, with what a dossier decides for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from build_scripts.model.edtf import Edtf, Simple
from build_scripts.model.references import DATES, Reference
from build_scripts.nodes.dates import date as date_in_words
from build_scripts.words import Words

# What nobody signed is cited by who published it, as a reader would look for it; others as a style has it.
PUBLISHED = frozenset(
    {"broadcast", "entry-encyclopedia", "post", "post-weblog", "report", "thesis", "webpage"}
)
PUBLISHERS = ("authority", "container-title", "publisher")
# Any of these stands in the author's place in one style or another.
MAKERS = frozenset(
    {"author", "editor", "director", "composer", "performer", "host", "translator", "compiler"}
)
DOUBTFUL = {"?": "cite-year-uncertain", "~": "cite-year-approximate", "%": "cite-year-both"}


def prepared(reference: Reference, words: Words) -> dict[str, Any]:
    """Return a source as an item for citeproc.

    Titles are shown as typed: `und` keeps a style from putting English ones into title case, which would
    spoil proper nouns. What CSL cannot say of a date is said in words.
    """
    item = reference.item()
    for variable in DATES:
        date = getattr(reference, variable.replace("-", "_"))
        if date is not None and "literal" in item[variable]:
            item[variable] = {"literal": date_in_words(date, words), **_place(date)}
    if item["type"] in PUBLISHED and MAKERS.isdisjoint(item):
        key = next((key for key in PUBLISHERS if key in item), None)
        if key is not None:
            item["author"] = [{"literal": item[key]}]
            if not (key == "container-title" and item["type"].startswith("entry")):
                del item[key]
    if "event-title" in item:
        # Styles older than CSL 1.0.2 ask for it by its old name.
        item["event"] = item["event-title"]
    if leads_to_doi(item):
        del item["URL"]
    return {**item, "language": "und"}


def _place(date: Edtf) -> dict[str, Any]:
    """Return the date-parts that put a date in words in its place among others."""
    if date.stands_at is None:
        return {}
    year = date.stands_at.year
    return {"date-parts": [[year if year > 0 else year - 1]]}


def leads_to_doi(item: Mapping[str, Any]) -> bool:
    """Check whether the address of an item is that of its DOI."""
    return "DOI" in item and item["DOI"].casefold() in item.get("URL", "").casefold()


def doubt(reference: Reference) -> str:
    """Return the key of the words that say how doubtful the year of issue is, or nothing."""
    member = reference.issued.members[0] if reference.issued else None
    return DOUBTFUL.get(member.qualifier, "") if isinstance(member, Simple) else ""


def year(item: Mapping[str, Any]) -> str:
    """Return the year of issue as a style prints it, without its era, or its words, or nothing."""
    issued = item.get("issued", {})
    if "literal" in issued:
        return str(issued["literal"])
    parts = issued.get("date-parts")
    return str(abs(parts[0][0])) if parts else ""
