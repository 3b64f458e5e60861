"""Describe sources as CSL items (CSL 1.0.2 specification, appendix IV) with what was read of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal, get_args

from pydantic import ConfigDict

from build_scripts.diagnostics import Diagnostic
from build_scripts.model.edtf import Edtf, Simple, Span
from build_scripts.model.fields import Date, Language, Plain, Url
from build_scripts.model.records import Record, Value

Type = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation",
    "manuscript", "map", "motion_picture", "pamphlet", "paper-conference", "patent", "performance",
    "periodical", "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
]  # fmt: skip
Kind = Literal[
    "news", "encyclopedia", "court", "report", "thesis", "memoir", "book", "government", "archive", "museum",
    "broadcast", "web",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
OWN_KEYS = frozenset({"kind", "read", "reliability"})


def _hyphenated(name: str) -> str:
    return name if name in ("archive_location",) else name.replace("_", "-")


class CslName(Value):
    """Name a person by parts, or a body literally."""

    family: Plain | None = None
    given: Plain | None = None
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
    source: Plain | None = None
    status: Plain | None = None
    version: Plain | None = None
    edition: Plain | None = None
    volume: Plain | None = None
    number_of_volumes: Plain | None = None
    issue: Plain | None = None
    number: Plain | None = None
    number_of_pages: Plain | None = None
    page: Plain | None = None
    section: Plain | None = None
    chapter_number: Plain | None = None
    archive: Plain | None = None
    archive_place: Plain | None = None
    archive_location: Plain | None = None
    call_number: Plain | None = None
    event_title: Plain | None = None
    event_place: Plain | None = None
    issued: Date | None = None
    accessed: Date | None = None
    original_date: Date | None = None
    URL: Url | None = None
    DOI: Plain | None = None
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
        return [name.model_dump(exclude_none=True) for name in value]
    return value


def csl_date(date: Edtf) -> dict[str, Any]:
    """Return a date as a CSL date variable; what CSL cannot say becomes a literal."""
    member = date.members[0]
    if len(date.members) > 1:
        return {"literal": date.text}
    if isinstance(member, Span):
        ends = [end for end in (member.start, member.end) if isinstance(end, Simple)]
        if len(ends) < 2 or any(_is_unspecified(end) or end.season for end in ends):
            return {"literal": date.text}
        return _qualified({"date-parts": [_parts(end) for end in ends]}, *ends)
    if _is_unspecified(member):
        return {"literal": date.text}
    if member.season is not None:
        return {"date-parts": [_parts(member)], "season": member.season - 20}
    return _qualified({"date-parts": [_parts(member)]}, member)


def _is_unspecified(simple: Simple) -> bool:
    return "X" in f"{simple.year}{simple.month}{simple.day}"


def _parts(simple: Simple) -> list[int]:
    return [int(part) for part in (simple.year, simple.month, simple.day) if part is not None]


def _qualified(csl: dict[str, Any], *simples: Simple) -> dict[str, Any]:
    if any(simple.qualifier for simple in simples):
        csl["circa"] = True
    return csl


def check(references: Sequence[Reference]) -> Iterator[Diagnostic]:
    """Yield names that are neither parted nor literal."""
    roles = [name for name, field in Reference.model_fields.items() if field.annotation == Names]
    for reference in references:
        for role in roles:
            for index, name in enumerate(getattr(reference, role)):
                if (name.literal is None) == (name.family is None) or (name.given and name.family is None):
                    key = _hyphenated(role)
                    message = "must have either 'literal' or 'family', and 'given' only beside 'family'"
                    yield reference.problem(f"{key} {index + 1} {message}", key, index)
