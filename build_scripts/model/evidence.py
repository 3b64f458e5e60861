"""Check the rules of evidence across files: what is named exists, what exists is cited or named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from build_scripts.diagnostics import Diagnostic, Location, odd_letter, suggest
from build_scripts.model.accounts import Account
from build_scripts.model.chronology import Event
from build_scripts.model.dossier import Dossier
from build_scripts.model.links import Mention

SCHEME_NOUNS = {"org": "organization", "ref": "source"}

Locate = Callable[[Mention], Location]


def check_mentions(
    dossier: Dossier, found: Iterable[Mention], locate: Locate, broken: Collection[tuple[str, str]]
) -> Iterator[Diagnostic]:
    """Yield mentions of what does not exist, and citations of what nobody has read.

    `broken` are the records, by scheme and id, that are in the files but could not be typed.
    """
    for mention in found:
        records = dossier.by_scheme[mention.scheme]
        if (mention.scheme, mention.target) in broken or (mention.scheme, "*") in broken:
            continue
        if mention.target not in records:
            noun = SCHEME_NOUNS.get(mention.scheme, mention.scheme)
            odd = odd_letter(mention.target)
            named = f"'{mention.target}'{f' with {odd} in it' if odd else ''}"
            yield _at(mention, locate, f"no {noun} {named}{suggest(mention.target, records)}")
        elif mention.scheme == "ref" and dossier.reference(mention.target).read == "none":
            yield _at(mention, locate, f"cites '{mention.target}', of which nothing was read")


def _at(mention: Mention, locate: Locate, message: str) -> Diagnostic:
    if mention.holder is not None:
        return mention.holder.problem(message, *mention.where)
    return Diagnostic(locate(mention), message)


def check_reached(
    dossier: Dossier, found: Iterable[Mention], named: Iterable[tuple[str, str]]
) -> Iterator[Diagnostic]:
    """Yield sources that nothing cites and accounts that no other record names.

    `named` are the pairs of scheme and id that chapters mention.
    """
    reached = {(one.scheme, one.target) for one in found if not _among_accounts(one)}.union(named)
    for reference in dossier.references:
        # What nobody has read may be listed, as known of, but neither cited nor asked to be.
        if ("ref", reference.id) not in reached and reference.read != "none":
            yield reference.problem("is cited by no record and no chapter")
    for account in dossier.accounts:
        if ("account", account.id) not in reached:
            yield account.problem("is named by no record and no chapter")


def _among_accounts(mention: Mention) -> bool:
    """Check whether one account names another; accounts that only name each other lead nobody to them."""
    return mention.scheme == "account" and isinstance(mention.holder, Account)


def check_sections(dossier: Dossier) -> Iterator[Diagnostic]:
    """Yield events of no period and persons of no group."""
    periods = {period.id for period in dossier.edition.periods}
    for event in dossier.events:
        if event.period not in periods:
            yield event.problem(f"no period '{event.period}'{suggest(event.period, periods)}", "period")
    groups = {group.id for group in dossier.edition.groups}
    for person in dossier.people:
        if person.group not in groups:
            yield person.problem(f"no group '{person.group}'{suggest(person.group, groups)}", "group")


def check_lives(dossier: Dossier) -> Iterator[Diagnostic]:
    """Yield events outside the life of a person in them; whom they only concern goes under that key."""
    people = dossier.by_scheme["person"]
    for event in dossier.events:
        for index, name in enumerate(event.people):
            if name in people:
                yield from _check_life(event, index, dossier, name)


def _check_life(event: Event, index: int, dossier: Dossier, name: str) -> Iterator[Diagnostic]:
    person = dossier.person(name)
    advice = "put them under 'concerning'"
    if person.born is not None and event.date.is_before(person.born):
        message = f"on '{event.date}' person '{name}' was not yet born ('{person.born}'); {advice}"
        yield event.problem(message, "people", index)
    # Sources often date a death in the night a day apart.
    if person.died is not None and person.died.is_before(event.date, days_between=1):
        message = f"on '{event.date}' person '{name}' was dead ('{person.died}'); {advice}"
        yield event.problem(message, "people", index)
