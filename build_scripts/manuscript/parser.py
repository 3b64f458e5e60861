"""Parse chapters by docutils with a closed list of directives and roles, the same alone and within Sphinx.

docutils keeps its directives and roles in tables of the module; they are replaced while a chapter is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.transforms.universal import SmartQuotes

from build_scripts.manuscript import refusals
from build_scripts.manuscript import roles as ours
from build_scripts.manuscript.directives import (
    PARTS,
    Centered,
    CodeBlock,
    Columns,
    IndexEntries,
    PartDirective,
    SeeAlso,
    Table,
    Terms,
    Toctree,
)
from build_scripts.manuscript.pictures import Figure, Image

OF_DOCUTILS = (
    "attention", "caution", "danger", "error", "important", "note", "tip", "hint", "warning", "admonition",
    "sidebar", "topic", "line-block", "rubric", "epigraph", "highlights", "pull-quote", "compound",
    "container", "table", "list-table", "replace", "unicode", "class", "default-role",
)  # fmt: skip


def _own(name: str) -> type[Directive]:
    """Return a directive of docutils by its canonical name."""
    module, kind = directives._directive_registry[name]  # type: ignore[attr-defined]
    found: type[Directive] = getattr(import_module(f"docutils.parsers.rst.directives.{module}"), kind)
    return found


DIRECTIVES: dict[str, type[Directive]] = {
    **{name: _own(name) for name in OF_DOCUTILS},
    **{f"dossier:{name}": PartDirective for name in PARTS},
    **{name: PartDirective for name in PARTS},
    "rst-class": _own("class"),
    "role": ours.RoleDirective,
    "csv-table": Table,
    "image": Image,
    "figure": Figure,
    "toctree": Toctree,
    **dict.fromkeys(("code-block", "code", "sourcecode"), CodeBlock),
    "hlist": Columns,
    "centered": Centered,
    "seealso": SeeAlso,
    "index": IndexEntries,
    "glossary": Terms,
}
"""The directives that every form of the book can set; all others are refused."""

REFUSED = refusals.refused(DIRECTIVES)


def _directive(name: str, *_: Any) -> tuple[type[Directive], list[nodes.system_message]]:
    return DIRECTIVES.get(name.lower(), REFUSED), []


def _role(name: str, *_: Any) -> tuple[ours.Role, list[nodes.system_message]]:
    meant = name.lower()
    local: dict[str, ours.Role] = roles._roles  # type: ignore[attr-defined]
    if meant in local:
        return local[meant], []
    if not meant:
        return ours.ROLES["title-reference"], []
    return ours.ROLES.get(meant) or refusals.role(meant, ours.ROLES), []


@contextmanager
def _closed() -> Iterator[None]:
    """Replace the tables of docutils, and its memory of the roles that a chapter defines, for a while."""
    kept = directives.directive, roles.role, roles._roles  # type: ignore[attr-defined]
    directives.directive, roles.role = _directive, _role  # type: ignore[assignment]
    roles._roles = {}  # type: ignore[attr-defined]
    try:
        yield
    finally:
        directives.directive, roles.role, roles._roles = kept  # type: ignore[attr-defined]


class ChapterParser(Parser):
    """Parse chapters; the document's settings name its page and all pages of the book."""

    def get_transforms(self) -> list[Any]:
        """Return the transforms, but for the one that would change marks (docutils parser interface)."""
        return [one for one in super().get_transforms() if one is not SmartQuotes]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Fill a document (docutils parser interface)."""
        with _closed():
            super().parse(inputstring, document)
