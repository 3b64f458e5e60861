"""Count what a dossier rests on: sources for each statement, what was read of them, how they are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import mean, median

from build_scripts.model.dossier import Dossier, label
from build_scripts.model.links import mentions
from build_scripts.model.records import Record, Sources
from build_scripts.model.references import KINDS, Kind, Reference

STATEMENT_KINDS = ("event", "person", "organization", "answer", "point", "term", "element", "statement")
# Texts of many hands or of nobody's, which rest on other sources themselves.
WEAK_KINDS: frozenset[Kind] = frozenset({"encyclopedia", "web"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Name something the dossier states, the record that tells it, and its sources, each once."""

    kind: str
    label: str
    scheme: str | None
    target: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Count the statements of one kind, or of all, and the sources of each."""

    kind: str
    statements: int
    mean: float
    median: float
    single: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Count sources that have something in common, and how far they were read."""

    name: str | None
    whole: int
    part: int

    @property
    def sources(self) -> int:
        """Return how many sources there are."""
        return self.whole + self.part


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Hold the figures of a dossier; sources of which nothing was read are left out."""

    tallies: tuple[Tally, ...]
    whole: Tally
    unsourced: int
    encyclopedic: tuple[Statement, ...]
    on_web_page: tuple[Statement, ...]
    partly_read: tuple[Statement, ...]
    by_kind: tuple[Spread, ...]
    by_language: tuple[Spread, ...]
    sources: Spread
    cited_once: tuple[str, ...]
    adopted: int
    undecided: int

    @property
    def weak(self) -> tuple[Statement, ...]:
        """Return the statements that rest on one source alone, an encyclopedia or a page of the web."""
        return (*self.encyclopedic, *self.on_web_page)


def statements(dossier: Dossier) -> Iterator[Statement]:
    """Yield everything the dossier states with sources; conjecture has none and is no statement."""
    for event in dossier.events:
        yield _of_record("event", "event", event, event.sources)
    for person in dossier.people:
        yield _of_record("person", "person", person, person.sources)
    for organization in dossier.organizations:
        yield _of_record("organization", "org", organization, organization.sources)
    for account in dossier.accounts:
        for answer in account.answers:
            yield _statement("answer", account.question, "account", account.id, answer.sources)
    for series in dossier.series:
        for point in series.points:
            yield _statement("point", series.title, "series", series.id, point.sources)
    for term in dossier.glossary:
        yield _of_record("term", "term", term, term.sources)
    if dossier.plan is None:
        return
    told = dossier.by_scheme["room"]
    for element in dossier.plan.elements():
        if element.sources:
            yield _of_record("element", "room" if element.id in told else None, element, element.sources)
    for statement in dossier.plan.statements:
        yield _statement("statement", statement.topic, None, statement.id, statement.sources)


def _of_record(kind: str, scheme: str | None, record: Record, sources: Sources) -> Statement:
    return _statement(kind, label(record), scheme, record.id, sources)


def _statement(kind: str, label: str, scheme: str | None, target: str, sources: Sources) -> Statement:
    names = tuple(dict.fromkeys(cite.id for cite in sources))
    return Statement(kind=kind, label=label, scheme=scheme, target=target, sources=names)


def measure(dossier: Dossier, cited: Iterable[tuple[str, str]] = ()) -> Report:
    """Return the figures; `cited` are the pairs of page and source that chapters add to the records."""
    stated = list(statements(dossier))
    alone = [(one, dossier.reference(one.sources[0])) for one in stated if len(one.sources) == 1]
    read = [reference for reference in dossier.references if reference.read != "none"]
    elements = list(dossier.plan.elements()) if dossier.plan else []
    adopted = sum(account.adopted is not None for account in dossier.accounts)
    return Report(
        tallies=tuple(_tallies(stated)),
        whole=_tally("all", stated),
        unsourced=sum(not element.sources for element in elements),
        encyclopedic=tuple(one for one, only in alone if only.kind == "encyclopedia"),
        on_web_page=tuple(one for one, only in alone if only.kind in WEAK_KINDS - {"encyclopedia"}),
        partly_read=tuple(one for one, only in alone if only.read == "part"),
        by_kind=tuple(_by_kind(read)),
        by_language=tuple(_by_language(read)),
        sources=_spread(None, read),
        cited_once=tuple(_cited_once(dossier, cited)),
        adopted=adopted,
        undecided=len(dossier.accounts) - adopted,
    )


def _tallies(stated: list[Statement]) -> Iterator[Tally]:
    for kind in STATEMENT_KINDS:
        of_kind = [one for one in stated if one.kind == kind]
        if of_kind:
            yield _tally(kind, of_kind)


def _tally(kind: str, stated: list[Statement]) -> Tally:
    counts = [len(one.sources) for one in stated] or [0]
    return Tally(
        kind=kind,
        statements=len(stated),
        mean=mean(counts),
        median=median(counts),
        single=sum(count == 1 for count in counts),
    )


def _spread(name: str | None, references: Iterable[Reference]) -> Spread:
    counts = Counter(reference.read for reference in references)
    return Spread(name=name, whole=counts["whole"], part=counts["part"])


def _by_kind(read: list[Reference]) -> Iterator[Spread]:
    for kind in KINDS:
        of_kind = [reference for reference in read if reference.kind == kind]
        if of_kind:
            yield _spread(kind, of_kind)


def _by_language(read: list[Reference]) -> Iterator[Spread]:
    """Yield the languages, the most frequent first, regional forms together; the unstated last."""
    counts = Counter(_language(reference) for reference in read)
    order = sorted(counts, key=lambda name: (name is None, -counts[name], name or ""))
    for name in order:
        yield _spread(name, [reference for reference in read if _language(reference) == name])


def _language(reference: Reference) -> str | None:
    return reference.language.partition("-")[0] if reference.language else None


def _cited_once(dossier: Dossier, cited: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the sources that a single record, or a single page, cites."""
    holders: dict[str, set[object]] = {}
    for page, source in cited:
        holders.setdefault(source, set()).add(page)
    for mention in mentions(dossier):
        if mention.scheme == "ref":
            holder = mention.holder
            holders.setdefault(mention.target, set()).add((holder.noun, holder.id) if holder else None)
    for reference in dossier.references:
        if len(holders.get(reference.id, ())) == 1:
            yield reference.id
