"""Describe sources as CSL items (CSL 1.0.2 specification, appendix IV) with what was read of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, ConfigDict

from build_scripts.diagnostics import Diagnostic
from build_scripts.model.edtf import Edtf, Simple, Span
from build_scripts.model.fields import Date, Flag, Language, Plain, Url
from build_scripts.model.records import Record, Value

Type = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation",
    "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent",
    "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report",
    "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
]  # fmt: skip
Kind = Literal[
    "news", "encyclopedia", "court", "report", "thesis", "memoir", "book", "government", "archive", "museum",
    "broadcast", "web",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
OWN_KEYS = frozenset({"kind", "read", "reliability"})
DATES = ("issued", "accessed", "original-date", "available-date", "event-date", "submitted")
UNDERLINED = frozenset({"archive_collection", "archive_location"})
WHOLE = re.compile(r"-?[0-9]+")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi: ?)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)


def _hyphenated(name: str) -> str:
    return name if name in UNDERLINED else name.replace("_", "-")


def _doi(value: str) -> str:
    """Return a DOI without what leads to it."""
    match = DOI.fullmatch(value)
    if match is None:
        raise ValueError("is not a DOI such as 10.1234/abc")
    return match[1]


class CslName(Value):
    """Name a person by parts, or a body literally (CSL 1.0.2, names).

    A dropping particle goes with the given name and is not sorted by ("van" of Beethoven in German); one that
    does not drop goes with the family name. `comma-suffix` asks for a comma before a suffix,
    `static-ordering` for the family name in front everywhere.
    """

    model_config = ConfigDict(alias_generator=_hyphenated)
    family: Plain | None = None
    given: Plain | None = None
    dropping_particle: Plain | None = None
    non_dropping_particle: Plain | None = None
    suffix: Plain | None = None
    comma_suffix: Flag | None = None
    static_ordering: Flag | None = None
    literal: Plain | None = None


Names = tuple[CslName, ...]


class Reference(Record):
    """Describe a source, how it is cited, and how much of it was read."""

    model_config = ConfigDict(alias_generator=_hyphenated)
    noun: ClassVar[str] = "reference"
    type: Type
    title: Plain
    title_short: Plain | None = None
    original_title: Plain | None = None
    part_title: Plain | None = None
    volume_title: Plain | None = None
    reviewed_title: Plain | None = None
    reviewed_genre: Plain | None = None
    author: Names = ()
    editor: Names = ()
    translator: Names = ()
    director: Names = ()
    interviewer: Names = ()
    recipient: Names = ()
    composer: Names = ()
    illustrator: Names = ()
    original_author: Names = ()
    container_author: Names = ()
    collection_editor: Names = ()
    editorial_director: Names = ()
    editor_translator: Names = ()
    reviewed_author: Names = ()
    compiler: Names = ()
    contributor: Names = ()
    curator: Names = ()
    organizer: Names = ()
    chair: Names = ()
    host: Names = ()
    guest: Names = ()
    narrator: Names = ()
    performer: Names = ()
    producer: Names = ()
    executive_producer: Names = ()
    script_writer: Names = ()
    series_creator: Names = ()
    container_title: Plain | None = None
    container_title_short: Plain | None = None
    collection_title: Plain | None = None
    collection_number: Plain | None = None
    publisher: Plain | None = None
    publisher_place: Plain | None = None
    original_publisher: Plain | None = None
    original_publisher_place: Plain | None = None
    authority: Plain | None = None
    jurisdiction: Plain | None = None
    genre: Plain | None = None
    medium: Plain | None = None
    dimensions: Plain | None = None
    scale: Plain | None = None
    division: Plain | None = None
    license: Plain | None = None
    source: Plain | None = None
    status: Plain | None = None
    version: Plain | None = None
    edition: Plain | None = None
    volume: Plain | None = None
    number_of_volumes: Plain | None = None
    issue: Plain | None = None
    number: Plain | None = None
    number_of_pages: Plain | None = None
    part_number: Plain | None = None
    printing_number: Plain | None = None
    supplement_number: Plain | None = None
    page: Plain | None = None
    section: Plain | None = None
    chapter_number: Plain | None = None
    archive: Plain | None = None
    archive_collection: Plain | None = None
    archive_place: Plain | None = None
    archive_location: Plain | None = None
    call_number: Plain | None = None
    event_title: Plain | None = None
    event_place: Plain | None = None
    issued: Date | None = None
    accessed: Date | None = None
    original_date: Date | None = None
    available_date: Date | None = None
    event_date: Date | None = None
    submitted: Date | None = None
    URL: Url | None = None
    DOI: Annotated[Plain, AfterValidator(_doi)] | None = None
    PMID: Plain | None = None
    PMCID: Plain | None = None
    ISBN: Plain | None = None
    ISSN: Plain | None = None
    note: Plain | None = None
    language: Language | None = None
    kind: Kind
    read: Literal["whole", "part", "none"]
    reliability: Plain | None = None

    def item(self) -> dict[str, Any]:
        """Return the source as a CSL-JSON item, in the order of the keys above."""
        values = {name: getattr(self, name) for name in type(self).model_fields if name not in OWN_KEYS}
        return {
            _hyphenated(name): _csl(value)
            for name, value in values.items()
            if value is not None and value != ()
        }


def _csl(value: Any) -> Any:
    if isinstance(value, Edtf):
        return csl_date(value)
    if isinstance(value, tuple):
        return [name.model_dump(exclude_none=True, by_alias=True) for name in value]
    return value


def csl_date(date: Edtf) -> dict[str, Any]:
    """Return a date as a CSL date variable; what CSL cannot say becomes a literal.

    CSL has no year 0: 0000 is 1 BC in EDTF and -1 there.
    """
    member = date.members[0]
    ends = [member.start, member.end] if isinstance(member, Span) else [member]
    known = [end for end in ends if isinstance(end, Simple) and _is_known(end)]
    if len(date.members) > 1 or len(known) < len(ends):
        return {"literal": date.text}
    csl: dict[str, Any] = {"date-parts": [_parts(end) for end in known]}
    if known[0].season is not None:
        if len(known) > 1:
            return {"literal": date.text}
        csl["season"] = known[0].season - 20
    if any(end.qualifier for end in known):
        csl["circa"] = True
    return csl


def _is_known(simple: Simple) -> bool:
    return all(map(WHOLE.fullmatch, _given(simple))) and simple.season in (None, 21, 22, 23, 24)


def _given(simple: Simple) -> list[str]:
    """Return year, month and day as far as digits are given; of a source the rest may be left out."""
    parts = [part for part in (simple.year, simple.month, simple.day) if part is not None]
    while len(parts) > 1 and parts[-1] == "XX":
        parts.pop()
    return parts


def _parts(simple: Simple) -> list[int]:
    year, *rest = map(int, _given(simple))
    return [year if year > 0 else year - 1, *rest]


def check(references: Sequence[Reference]) -> Iterator[Diagnostic]:
    """Yield names that are neither parted nor literal."""
    roles = [name for name, field in Reference.model_fields.items() if field.annotation == Names]
    for reference in references:
        for role in roles:
            for index, name in enumerate(getattr(reference, role)):
                parts = name.model_dump(exclude_none=True).keys()
                if parts != {"literal"} and (name.literal is not None or name.family is None):
                    key = _hyphenated(role)
                    message = "must have either 'literal' or 'family', and other parts only beside 'family'"
                    yield reference.problem(f"{key} {index + 1} {message}", key, index)
