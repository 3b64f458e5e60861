"""Invent sources of every CSL type, with every kind of name, date and gap that a list must survive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from build_scripts.model.references import Reference, Type

TYPES: tuple[str, ...] = get_args(Type)
LEGAL = {"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"}
PEOPLE: tuple[list[dict[str, Any]], ...] = (
    [{"family": "Ash", "given": "Ada"}],
    [{"family": "Birch", "given": "Bo Ann"}, {"family": "Cedar", "given": "Cy"}],
    [
        {"family": "Oak", "given": "Jan", "suffix": "Jr."},
        {"family": "Gum", "given": "Gil", "non-dropping-particle": "de"},
        {"family": "Lime", "given": "Lou", "dropping-particle": "van"},
    ],
    [{"literal": "Society of Lamps"}],
    [{"family": "Lime", "given": "Lou", "dropping-particle": "van"}],
    [{"family": "Gum", "given": "Gil", "non-dropping-particle": "de"}],
    [{"family": name, "given": f"{name[0]}o-Al"} for name in ("Elm", "Fir", "Hazel", "Ivy", "Juniper")],
    [{"family": "Yew", "given": "Yan", "suffix": "III"}],
)
DATES = (
    "1950", "1953-07", "1999-12-31", None, "-0140", "1901-21", "1950-03-01/1950-03-04", "1921~", "1900/1905",
    "1922?", "0001", "191X", "1930-04/1930-05",
)  # fmt: skip
PAGES = ("3-24", "7-34", "1078", "97-120", "591-597", "101-108", "1100-1123", None, "42", "12-13", "1-10")
NOUNS = (
    "Amber", "Beacon", "Candle", "Dusk", "Ember", "Flame", "Glass", "Halo", "Ink", "Jetty", "Kindling",
    "Lantern", "Mast", "Night", "Oil", "Pharos", "Quay", "Ray", "Signal", "Tallow", "Umbra", "Vigil", "Wick",
    "Yard", "Zenith",
)  # fmt: skip
ENDS = (
    "of the Harbour",
    "at Sea?",
    "Ahoy!",
    "on Land: A History",
    "and a “Second Light” Beyond",
    "by Degrees",
)
VARIANTS = 6


def sources() -> Iterator[Reference]:
    """Yield sources of all types, each type in as many variants, no two alike."""
    for kind, type_ in enumerate(TYPES):
        for variant in range(VARIANTS):
            yield Reference.model_validate(_source(kind * VARIANTS + variant, type_, variant))


def _source(number: int, type_: str, variant: int) -> dict[str, Any]:
    """Return one source; the variant decides what it lacks, the number what it has."""
    noun = f"{NOUNS[number % 25]} {NOUNS[(number // 25 * 7 + number) % 25].lower()}"
    whole: dict[str, Any] = {
        "id": f"s{number:03}",
        "type": type_,
        "title": f"{noun} {ENDS[number % 6]}",
        "kind": "book",
        "read": "whole",
    }
    if variant not in (1, 2):
        whole["author"] = _people(number, number)
    if variant in (1, 4):
        whole["editor"] = _people(number, number + 3)
    if variant in (0, 1, 3, 4):
        whole["container-title"] = f"Papers of the {NOUNS[(number + 5) % 25]}"
    if (date := DATES[number % 13]) is not None:
        whole["issued"] = date
    if variant != 2 and (pages := PAGES[number % 11]) is not None:
        whole["page"] = pages
    if variant in (0, 3, 5):
        whole |= {"volume": str(number % 9 + 1), "issue": "2"} if variant != 5 else {"volume": "7"}
    if variant in (0, 1, 4):
        whole |= {"publisher": "Placeholder Press", "publisher-place": "Nullville"}
    if variant in (2, 3):
        whole |= {"URL": f"https://example.org/{number}", "accessed": "2020-02-01"}
    if variant == 5:
        whole["DOI"] = f"10.1234/lamp.{number}"
        whole["URL"] = f"https://doi.org/10.1234/lamp.{number}"
    if variant == 4:
        whole |= {"edition": "2", "number-of-volumes": "3", "translator": PEOPLE[(number + 1) % 8]}
        whole["container-author"] = PEOPLE[(number + 2) % 8]
    return whole | _of_type(number, type_, variant)


def _people(number: int, which: int) -> list[dict[str, Any]]:
    """Return names that several sources have, or, of every second source, one of its own."""
    if number % 2:
        name = f"{NOUNS[number % 25]}{NOUNS[number // 25].lower()}son"
        return [{"family": name, "given": f"{NOUNS[which % 25]} A."}]
    return PEOPLE[which % 8]


def _of_type(number: int, type_: str, variant: int) -> dict[str, Any]:
    """Return what only some types have."""
    own: dict[str, Any] = {}
    if type_ in LEGAL and variant != 2:
        own |= {"authority": "Court of Lights", "number": "12-3"}
    if type_ in ("report", "thesis", "manuscript", "speech") and variant % 2 == 0:
        own |= {"genre": "Working paper", "number": "5"}
    if type_ in ("manuscript", "personal_communication", "graphic") and variant != 2:
        own |= {"archive": "Town Archive", "archive_location": "Box 3"}
    if type_ in ("motion_picture", "broadcast", "performance") and variant < 3:
        own["director"] = PEOPLE[(number + 4) % 8]
    if type_ in ("paper-conference", "speech", "event", "performance"):
        own |= {"event-title": "Meeting of Lamps", "event-place": "Nullville"}
    if type_ == "interview":
        own["interviewer"] = PEOPLE[(number + 3) % 8]
    if type_ == "personal_communication":
        own["recipient"] = PEOPLE[(number + 3) % 8]
    if type_ in ("chapter", "song") and variant == 0:
        own |= {"collection-title": "Lamps", "collection-number": "4", "chapter-number": "2"}
    return own
