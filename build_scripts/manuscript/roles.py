"""Read the roles that chapters may use: those that name records, those of Sphinx, and those of docutils."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from docutils.parsers.rst import roles
from docutils.parsers.rst.directives.misc import Role as DocutilsRole
from sphinx import addnodes

from build_scripts.manuscript.entries import parse_entries
from build_scripts.manuscript.placeholders import cite, record
from build_scripts.manuscript.refusals import role_problem
from build_scripts.manuscript.settings import page_of

SCHEMES = ("person", "org", "event", "account", "term", "room", "phase", "series")
TITLED = re.compile(r"(?s)(.*?)\s*<([^<>]+)>")
EXPLAINED = re.compile(r"(?s)(.*\S)\s*\((.+)\)")

Read = tuple[list[nodes.Node], list[nodes.system_message]]
Role = Callable[..., Read]
"""A function as docutils calls it: name, source, text, line, inliner, options, content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPlace:
    """Hold one citation of a `cite` role: a source and the place in it."""

    target: str
    locator: str | None = None


def parse_title(text: str) -> tuple[str | None, str]:
    """Split `text <id>` into text and id; a bare id has no text."""
    match = TITLED.fullmatch(text.strip())
    if match is None:
        return None, " ".join(text.split())
    return " ".join(match[1].split()), " ".join(match[2].split())


def parse_cite(text: str) -> tuple[CitedPlace, ...]:
    """Split `id | locator; id` into citations."""
    places = []
    for one in text.split(";"):
        name, _, locator = one.partition("|")
        places.append(CitedPlace(target=" ".join(name.split()), locator=" ".join(locator.split()) or None))
    return tuple(places)


def _record(scheme: str) -> Role:
    def role(name: str, source: str, text: str, *_: Any, **__: Any) -> Read:
        title, target = parse_title(nodes.unescape(text))
        return [record(source, title or "", scheme=scheme, target=target)], []

    return role


def _cite(name: str, source: str, text: str, *_: Any, **__: Any) -> Read:
    places = parse_cite(nodes.unescape(text))
    return [cite(source, places=[(place.target, place.locator) for place in places])], []


def _pointer(kind: str) -> Role:
    def role(name: str, source: str, text: str, line: int, inliner: Any, *_: Any, **__: Any) -> Read:
        title, target = parse_title(nodes.unescape(text))
        target = " ".join(target.split())
        words = nodes.inline("", title or target, classes=["xref", "std", f"std-{kind}"])
        node = addnodes.pending_xref(
            source, words, refdomain="std", reftype=kind, refexplicit=title is not None,
            reftarget=target.lower() if kind == "ref" else target, refwarn=True,
            refdoc=page_of(inliner.document),
        )  # fmt: skip
        return [node], []

    return role


def _abbreviation(name: str, source: str, text: str, *_: Any, **__: Any) -> Read:
    shown = nodes.unescape(text)
    match = EXPLAINED.fullmatch(shown)
    if match is None:
        return [nodes.abbreviation(source, shown)], []
    return [nodes.abbreviation(source, match[1], explanation=" ".join(match[2].split()))], []


def _index(name: str, source: str, text: str, line: int, inliner: Any, *_: Any, **__: Any) -> Read:
    title, entry = parse_title(nodes.unescape(text))
    target = nodes.target("", "")
    inliner.document.note_explicit_target(target)
    main = entry.startswith("!")
    try:
        # Words in the text are one entry, whatever signs they have; an entry of its own may be of any kind.
        typed = entry if title else f"{'! ' if main else ''}single: {entry.removeprefix('!').strip()}"
        entries = parse_entries(typed, target["ids"][0])
    except ValueError as problem:
        message = inliner.reporter.error(str(problem), line=line)
        return [inliner.problematic(source, source, message)], [message]
    title = title or entry.removeprefix("!").strip()
    return [addnodes.index(entries=entries, inline=True), target, nodes.Text(title)], []


def _own(name: str) -> Role:
    """Return a role of docutils by its canonical name."""
    found: Role = roles._role_registry[name]  # type: ignore[attr-defined]
    return found


OURS: dict[str, Role] = {**{scheme: _record(scheme) for scheme in SCHEMES}, "cite": _cite}

ROLES: dict[str, Role] = {
    **OURS,
    **{f"dossier:{name}": role for name, role in OURS.items()},
    **{kind: _pointer(kind) for kind in ("ref", "doc")},
    "index": _index,
    **dict.fromkeys(("abbr", "abbreviation", "ab"), _abbreviation),
    **dict.fromkeys(("acronym", "ac"), _own("acronym")),
    **dict.fromkeys(("emphasis", "dfn"), _own("emphasis")),
    **dict.fromkeys(("strong", "command", "guilabel"), _own("strong")),
    **dict.fromkeys(("literal", "kbd"), _own("literal")),
    "code": _own("code"),
    **dict.fromkeys(("subscript", "sub"), _own("subscript")),
    **dict.fromkeys(("superscript", "sup"), _own("superscript")),
    **dict.fromkeys(("title-reference", "title", "t"), _own("title-reference")),
    **dict.fromkeys(("pep-reference", "pep"), _own("pep-reference")),
    **dict.fromkeys(("rfc-reference", "rfc"), _own("rfc-reference")),
}

NAMED = re.compile(r"\s*([\w.:+-]+)\s*(?:\(\s*([\w.:+-]+)\s*\))?\s*")


class RoleDirective(DocutilsRole):
    """Define a role of the chapter's own, which neither replaces one nor is made from one that is refused."""

    def run(self) -> Any:
        """Define it (docutils directive interface)."""
        match = NAMED.fullmatch(self.content[0]) if self.content else None
        if match is not None:
            name, base = match[1].lower(), (match[2] or "").lower()
            if name in ROLES:
                raise self.error(f"the role '{name}' is there already; give your own another name")
            if base and base not in ROLES and base not in roles._roles:  # type: ignore[attr-defined]
                raise self.error(role_problem(base, ROLES))
        return super().run()
