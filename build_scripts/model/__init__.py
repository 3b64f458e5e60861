"""Load a dossier's data: read every file, type it, and check all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from build_scripts import source
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound, suggest
from build_scripts.model import accounts, biographies, chronology, edition, evidence, plan_checks, references, series
from build_scripts.model.accounts import Account
from build_scripts.model.biographies import Person
from build_scripts.model.chronology import Event
from build_scripts.model.dossier import Dossier
from build_scripts.model.edition import Edition
from build_scripts.model.floor_plan import Plan
from build_scripts.model.glossary import Term
from build_scripts.model.links import Mention, mentions
from build_scripts.model.organizations import Organization
from build_scripts.model.records import Value, check_unique, read_list, read_mapping
from build_scripts.model.references import Reference
from build_scripts.model.series import Series
from build_scripts.source import Source

__all__ = ["FILES", "Dossier", "Loaded", "load", "read"]

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
    """Hold what was read: the dossier as far as it could be typed, and every problem found."""

    dossier: Dossier | None
    diagnostics: tuple[Diagnostic, ...]


def load(folder: Path, named: Iterable[tuple[str, str]] = ()) -> Dossier:
    """Return the dossier whose data files lie in `folder`/data.

    `named` are the pairs of scheme and id that chapters mention. Raises ProblemsFound with every problem.
    """
    loaded = read(folder, named)
    if loaded.diagnostics or loaded.dossier is None:
        raise ProblemsFound(loaded.diagnostics)
    return loaded.dossier


def read(folder: Path, named: Iterable[tuple[str, str]] = ()) -> Loaded:
    """Return the dossier in `folder` with all that is wrong in it."""
    sources, problems = _sources(folder)
    context: dict[str, Any] = {}
    edition_source = sources.get("edition")
    edition = read_mapping(edition_source, Edition, context) if edition_source else None
    if edition is not None:
        context["hemisphere"] = edition.hemisphere

    def records(name: str, model: type[Any]) -> tuple[Any, ...]:
        return read_list(sources[name], model, context) if name in sources else ()

    plan = read_mapping(sources["floor_plan"], Plan, context) if "floor_plan" in sources else None
    lists = {
        name: records(name, model) for name, model in FILES.items() if name not in ("edition", "floor_plan")
    }
    problems.extend(problem for one in sources.values() for problem in one.diagnostics)
    if edition is None:
        return Loaded(dossier=None, diagnostics=tuple(sorted(problems)))
    dossier = Dossier(
        edition=edition,
        events=lists["chronology"],
        people=lists["biographies"],
        organizations=lists["organizations"],
        accounts=lists["accounts"],
        series=lists["series"],
        glossary=lists["glossary"],
        references=lists["references"],
        plan=plan,
    )
    whole = not problems
    problems.extend(_check(dossier, sources, named, whole=whole))
    if not problems:
        dossier = replace(dossier, events=chronology.in_order(dossier.events))
    return Loaded(dossier=dossier, diagnostics=tuple(sorted(set(problems))))


def _sources(folder: Path) -> tuple[dict[str, Source], list[Diagnostic]]:
    """Read the files of the contract; a file that is not one of them is a problem."""
    data = folder / "data"
    if not data.is_dir():
        return {}, [Diagnostic(Location("data"), "there is no such folder; a dossier has its files in data/")]
    problems = []
    sources = {}
    for path in sorted(data.iterdir()):
        if path.suffix not in (".yaml", ".yml") or path.name.startswith("."):
            continue
        if path.stem in FILES and path.suffix == ".yaml":
            sources[path.stem] = source.load(path, f"data/{path.name}")
        else:
            known = [f"{name}.yaml" for name in FILES]
            message = f"is not a file of the contract{suggest(path.name, known)}"
            problems.append(Diagnostic(Location(f"data/{path.name}"), message))
    if "edition" not in sources:
        problems.append(Diagnostic(Location("data/edition.yaml"), "is missing; every dossier has one"))
    return sources, problems


def _check(
    dossier: Dossier, sources: dict[str, Source], named: Iterable[tuple[str, str]], *, whole: bool
) -> Iterator[Diagnostic]:
    """Yield what is wrong between keys, records and files.

    What is not reached is only said of a `whole` dossier: a record that could not be read may well have
    named it.
    """
    for group in (
        dossier.events, dossier.people, dossier.organizations, dossier.accounts, dossier.series,
        dossier.glossary, dossier.references,
    ):  # fmt: skip
        yield from check_unique(group)
    yield from chronology.check(dossier.events)
    yield from biographies.check(dossier.people)
    yield from accounts.check(dossier.accounts)
    yield from series.check(dossier.series)
    yield from references.check(dossier.references)
    if dossier.plan is not None:
        yield from plan_checks.check(dossier.plan)
    yield from evidence.check_sections(dossier)
    yield from evidence.check_lives(dossier)
    found = list(mentions(dossier))

    def locate(mention: Mention) -> Location:
        file = "floor_plan" if mention.where[0] == "location" else "edition"
        return sources[file].location(mention.where)

    yield from evidence.check_mentions(dossier, found, locate, _broken(dossier, sources))
    if whole:
        reached = {(mention.scheme, mention.target) for mention in found}
        yield from evidence.check_reached(dossier, reached.union(named))


def _broken(dossier: Dossier, sources: dict[str, Source]) -> set[tuple[str, str]]:
    """Return scheme and id of the records that are in the files but not in the dossier; `*` stands for all."""
    broken = set()
    for scheme, name in SCHEME_FILES.items():
        value = sources[name].value if name in sources else None
        if isinstance(value, list):
            ids = {item["id"] for item in value if isinstance(item, dict) and isinstance(item.get("id"), str)}
            broken.update((scheme, one) for one in ids - dossier.by_scheme[scheme].keys())
        elif name in sources and (value is None or dossier.plan is None):
            broken.add((scheme, "*"))
    return broken
