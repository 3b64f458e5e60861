"""Load a dossier's data: read every file, type it, and check all of it at once."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from build_scripts import source
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound, has_errors, suggest
from build_scripts.model import accounts, biographies, chronology, evidence, plan_checks, references, series
from build_scripts.model.accounts import Account
from build_scripts.model.biographies import Person
from build_scripts.model.chronology import Event
from build_scripts.model.dossier import Dossier
from build_scripts.model.edition import Edition
from build_scripts.model.fields import ID
from build_scripts.model.floor_plan import Plan
from build_scripts.model.glossary import Term
from build_scripts.model.links import Mention, mentions
from build_scripts.model.organizations import Organization
from build_scripts.model.records import Value, check_unique, read_list, read_mapping
from build_scripts.model.references import Reference
from build_scripts.model.series import Series
from build_scripts.source import Source

__all__ = ["FILES", "MAPPINGS", "Dossier", "Loaded", "broken", "load", "read"]

FILES: dict[str, type[Value]] = {
    "edition": Edition,
    "chronology": Event,
    "biographies": Person,
    "organizations": Organization,
    "accounts": Account,
    "series": Series,
    "glossary": Term,
    "references": Reference,
    "floor_plan": Plan,
}
MAPPINGS = frozenset({"edition", "floor_plan"})

SCHEME_FILES = {
    "event": "chronology",
    "person": "biographies",
    "org": "organizations",
    "account": "accounts",
    "series": "series",
    "term": "glossary",
    "ref": "references",
    "room": "floor_plan",
    "phase": "floor_plan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Hold what was read: the dossier as far as it makes sense, every problem, and the files as typed."""

    dossier: Dossier | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]


def load(folder: Path, named: Iterable[tuple[str, str]] = ()) -> Dossier:
    """Return the dossier whose data files lie in `folder`/data.

    `named` are the pairs of scheme and id that chapters mention. Raises ProblemsFound with every problem.
    """
    loaded = read(folder, named)
    if has_errors(loaded.diagnostics) or loaded.dossier is None:
        raise ProblemsFound(loaded.diagnostics)
    return loaded.dossier


def read(folder: Path, named: Iterable[tuple[str, str]] | None = ()) -> Loaded:
    """Return the dossier in `folder`, if its edition could be read, with all that is wrong in it.

    `named` are the pairs of scheme and id that chapters mention; None if nobody knows all of them.
    """
    with _collector_at_rest():
        return _read(folder, named)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from walking all values again and again; it would take half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(folder: Path, named: Iterable[tuple[str, str]] | None) -> Loaded:
    sources, problems = _sources(folder)
    context: dict[str, Any] = {}
    edition = read_mapping(sources["edition"], Edition, context) if "edition" in sources else None
    if edition is not None:
        context["hemisphere"] = edition.hemisphere

    def records(name: str, model: type[Any]) -> tuple[Any, ...]:
        return read_list(sources[name], model, context) if name in sources else ()

    dossier = Dossier(
        # Without its edition a dossier is still checked, so that all problems are said at once.
        edition=edition or Edition.model_construct(periods=(), groups=(), preface=None),
        events=records("chronology", Event),
        people=records("biographies", Person),
        organizations=records("organizations", Organization),
        accounts=records("accounts", Account),
        series=records("series", Series),
        glossary=records("glossary", Term),
        references=records("references", Reference),
        plan=read_mapping(sources["floor_plan"], Plan, context) if "floor_plan" in sources else None,
    )
    problems.extend(problem for one in sources.values() for problem in one.diagnostics)
    whole = not problems
    problems.extend(_check(dossier, sources))
    if edition is not None:
        problems.extend(evidence.check_sections(dossier))
        problems.extend(_check_identifier(edition, sources["edition"]))
    if whole and named is not None:
        # A record that could not be read may well have named what nothing else names.
        problems.extend(evidence.check_reached(dossier, mentions(dossier), named))
    if not has_errors(problems):
        dossier = replace(dossier, events=chronology.in_order(dossier.events))
    return Loaded(
        dossier=dossier if edition else None, diagnostics=tuple(sorted(set(problems))), sources=sources
    )


def _sources(folder: Path) -> tuple[dict[str, Source], list[Diagnostic]]:
    """Read the files of the contract; a file that is not one of them is a problem."""
    data = folder / "data"
    if not data.is_dir():
        return {}, [Diagnostic(Location("data"), "there is no such folder; a dossier has its files in data/")]
    problems = []
    sources = {}
    for path in sorted(data.iterdir()):
        if path.suffix.lower() not in (".yaml", ".yml") or path.name.startswith("."):
            continue
        if path.stem in FILES and path.suffix == ".yaml":
            sources[path.stem] = source.load(path, f"data/{path.name}", folder)
        else:
            known = [f"{name}.yaml" for name in FILES]
            advice = suggest(path.name, known) or f", which are {', '.join(known)}"
            message = f"is none of the files that a dossier has in data/{advice}"
            problems.append(Diagnostic(Location(f"data/{path.name}"), message))
    if "edition" not in sources:
        problems.append(Diagnostic(Location("data/edition.yaml"), "is missing; every dossier has one"))
    return sources, problems


def _check_identifier(edition: Edition, typed: Source) -> Iterator[Diagnostic]:
    """Yield a warning of an identifier that other dossiers have too."""
    if not edition.is_named:
        message = (
            f"identifier '{edition.identifier}' stands for no dossier; put a UUID of your own in its place, "
            "made by any UUID generator"
        )
        yield Diagnostic(typed.location(("identifier",)), message, is_warning=True)


def _check(dossier: Dossier, sources: dict[str, Source]) -> Iterator[Diagnostic]:
    """Yield what is wrong between keys, records and files."""
    for group in (
        dossier.edition.periods, dossier.edition.groups, dossier.events, dossier.people,
        dossier.organizations, dossier.accounts, dossier.series, dossier.glossary, dossier.references,
    ):  # fmt: skip
        yield from check_unique(group)
    yield from chronology.check(dossier.events)
    yield from biographies.check(dossier.people)
    yield from accounts.check(dossier.accounts)
    yield from series.check(dossier.series)
    yield from references.check(dossier.references)
    if dossier.plan is not None:
        yield from plan_checks.check(dossier.plan)
    yield from evidence.check_lives(dossier)

    def locate(mention: Mention) -> Location:
        file = "floor_plan" if mention.where[0] in ("location", "orientation") else "edition"
        return sources[file].location(mention.where)

    yield from evidence.check_mentions(dossier, mentions(dossier), locate, broken(dossier, sources))
    yield from _check_handouts(dossier, sources)


def _check_handouts(dossier: Dossier, sources: dict[str, Source]) -> Iterator[Diagnostic]:
    """Yield handouts that would be empty, but for those of files that could not be read whole."""
    cards = any(not person.minor for person in dossier.people)
    content: dict[str, tuple[str, object]] = {
        "accounts": ("accounts", dossier.accounts),
        "plan": ("floor_plan", dossier.plan),
        "people": ("biographies", cards),
        "people-large-print": ("biographies", cards),
    }
    for index, name in enumerate(dossier.edition.handouts):
        file, shown = content.get(name, ("", True))
        if not shown and not (file in sources and has_errors(sources[file].diagnostics)):
            message = f"handout '{name}' would be empty; the dossier has nothing to put on it"
            yield Diagnostic(sources["edition"].location(("handouts", index)), message)


def broken(dossier: Dossier, sources: Mapping[str, Source]) -> set[tuple[str, str]]:
    """Return scheme and id of the records that are in the files but could not be typed; `*` means all."""
    lost: set[tuple[str, str]] = set()
    for scheme, name in SCHEME_FILES.items():
        value = sources[name].value if name in sources else []
        if isinstance(value, list):
            ids = [str(item.get("id", "")) if isinstance(item, dict) else "" for item in value]
            # Which record it is that has no id, or a bad one, nobody can tell.
            ids = [one if ID.fullmatch(one) else "*" for one in ids]
            lost.update((scheme, one) for one in {*ids} - dossier.by_scheme[scheme].keys())
        elif name not in MAPPINGS or dossier.plan is None:
            lost.add((scheme, "*"))
    return lost
