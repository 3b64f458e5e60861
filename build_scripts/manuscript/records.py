"""Check chapters against the data: what they name is there, and what is there is printed, once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from build_scripts.diagnostics import Diagnostic, Location, suggest
from build_scripts.manuscript import Manuscript
from build_scripts.manuscript.chapter import Named, Part
from build_scripts.manuscript.placeholders import CLOSERS
from build_scripts.model.dossier import Dossier

NOUNS = {"ref": "source", "org": "organization"}
# The part that prints each kind of record whole, and the file that holds the records.
FILES = {
    "chronology": "chronology", "biographies": "biographies", "organizations": "organizations",
    "accounts": "accounts", "glossary": "glossary", "bibliography": "references", "series": "series",
    "plan": "floor_plan", "preface": "edition",
}  # fmt: skip


def check(
    dossier: Dossier, found: Iterable[Named], broken: Collection[tuple[str, str]] = ()
) -> Iterator[Diagnostic]:
    """Yield what a chapter names and the data do not have.

    `broken` are the records, by scheme and id, that are in the files but could not be typed; `*` means all.
    """
    for named in found:
        if (named.scheme, named.target) in broken or (named.scheme, "*") in broken:
            continue
        records = dossier.by_scheme[named.scheme]
        noun = NOUNS.get(named.scheme, named.scheme)
        if not named.target:
            yield Diagnostic(named.location, f"the id of {_a(noun)} is left empty")
        elif named.target not in records:
            message = f"no {noun} '{named.target}'{suggest(named.target, records)}"
            yield Diagnostic(named.location, message)
        elif named.scheme == "ref" and dossier.reference(named.target).read == "none":
            yield Diagnostic(named.location, f"cites '{named.target}', of which nothing was read")


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def check_parts(
    dossier: Dossier, manuscript: Manuscript, views: Sequence[str], places: Mapping[str, Location]
) -> Iterator[Diagnostic]:
    """Yield records that no page prints, and parts that print nothing or stand in the book twice.

    `views` are the names of the views of the plan, `places` the files of the data by their stems.
    """
    parts = [part for chapter in manuscript.chapters for part in chapter.parts]
    held = _held(dossier, views)
    for part in parts:
        if part.name in held and not held[part.name]:
            file = f"data/{FILES[part.name]}.yaml"
            what = f"{file} has no preface" if part.name == "preface" else f"there are no records in {file}"
            yield Diagnostic(part.location, f"'{part.name}' prints nothing: {what}; leave it out")
        if part.name == "plan" and views:
            for name in part.arguments:
                if name not in views:
                    yield Diagnostic(part.location, f"no view '{name}'{suggest(name, views)}")
    yield from _twice(parts, held)
    for name, records in held.items():
        printed = [part for part in parts if part.name == name]
        if not records:
            continue
        if not printed:
            message = f"{_holds(name)}; no page of book/ prints it: add '.. dossier:{name}::' to one"
            yield Diagnostic(places[FILES[name]], message)
            continue
        if any(not part.arguments for part in printed):
            continue
        shown = {argument for part in printed for argument in part.arguments}
        for one in records:
            if one not in shown:
                noun = "view of the plan" if name == "plan" else name
                message = f"no page prints the {noun} '{one}'; add '.. dossier:{name}:: {one}'"
                yield Diagnostic(printed[-1].location, message)


def _held(dossier: Dossier, views: Sequence[str]) -> dict[str, list[str]]:
    """Return the records, or views, that each part prints."""
    kinds = {
        "chronology": dossier.events, "biographies": dossier.people, "organizations": dossier.organizations,
        "accounts": dossier.accounts, "glossary": dossier.glossary, "bibliography": dossier.references,
        "series": dossier.series,
    }  # fmt: skip
    held = {name: [record.id for record in records] for name, records in kinds.items()}
    preface = dossier.edition.preface
    return {**held, "plan": list(views), "preface": ["preface"] if preface is not None else []}


def _holds(name: str) -> str:
    return {"preface": "has a preface", "plan": "has a plan"}.get(name, "has records")


def _twice(parts: Sequence[Part], held: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """Yield what is printed a second time: a record is told in one place."""
    first: dict[tuple[str, str], Location] = {}
    for part in parts:
        if part.name in CLOSERS:
            continue
        for argument in part.arguments or held.get(part.name) or [""]:
            other = first.setdefault((part.name, argument), part.location)
            if other != part.location or part.arguments.count(argument) > 1:
                what = f"'{argument}' of " if part.arguments else ""
                message = f"prints {what}'{part.name}' again; it stands at {other} already"
                yield Diagnostic(part.location, message)
                break
