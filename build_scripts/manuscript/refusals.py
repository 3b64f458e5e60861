"""Name the directives and roles of docutils and Sphinx that a chapter may not use, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from docutils import nodes
from docutils.parsers.rst import Directive

from build_scripts.diagnostics import suggest

FORMULA = "mathematics cannot be printed yet; write plain signs, such as t = √(2h/g)"
NO_FILES = "a chapter reads no other file; write the text into the chapter"
NO_RAW = "a chapter holds no raw HTML or other code; write it as text"
NO_CODE = "describes program code, which a dossier does not hold; write a definition list"
ALL_ALIKE = "every form of the book tells the same; write the text without it"
OWN_CONTENTS = "every form of the book has its own; leave it out"
EDITION = "the title and the people of the book stand in data/edition.yaml"
VERSIONS = "a dossier has no versions of a program; write a note"
NO_CITATION = "sources stand in data/references.yaml and are cited by :cite:`id`"

DIRECTIVES = {
    **dict.fromkeys(("math", "eq"), FORMULA),
    **dict.fromkeys(("include", "literalinclude"), NO_FILES),
    "raw": NO_RAW,
    **dict.fromkeys(("only", "ifconfig"), ALL_ALIKE),
    **dict.fromkeys(("contents", "sectnum", "header", "footer", "meta"), OWN_CONTENTS),
    **dict.fromkeys(("title", "sectionauthor", "moduleauthor", "codeauthor"), EDITION),
    **dict.fromkeys(("versionadded", "versionchanged", "versionremoved", "deprecated"), VERSIONS),
    **dict.fromkeys(
        ("module", "function", "class-definition", "describe", "object", "option", "program", "envvar",
         "confval", "productionlist", "automodule", "autoclass", "autofunction", "cmdoption"),
        NO_CODE,
    ),
    **dict.fromkeys(("highlight", "highlightlang"), "name the language at each code-block"),
    **dict.fromkeys(("tabularcolumns", "acks", "default-domain"), ALL_ALIKE),
    "parsed-literal": "write a line block (lines that begin with |), which may hold markup",
    "target-notes": "write the notes yourself",
    "date": "a book that is built again must be the same; write the date",
    "todo": "the book is printed as it stands; write a comment, two dots and the text",
}  # fmt: skip

ROLES = {
    **dict.fromkeys(("math", "eq"), FORMULA),
    "raw": NO_RAW,
    "download": "a book on paper has nothing to load down; link to an address on the web",
    "numref": "figures and tables have no numbers; write :ref:`words <label>`",
    "any": "say what is meant: :ref: for a label, :doc: for a page",
    "menuselection": "write the steps in words",
    **dict.fromkeys(("file", "samp"), "write ``literal text``"),
    **dict.fromkeys(
        ("program", "makevar", "mailheader", "mimetype", "newsgroup", "regexp", "manpage", "envvar", "option",
         "token", "keyword", "mod", "func", "class", "meth", "attr", "data", "const", "exc", "obj", "type"),
        "write ``literal text`` or *emphasis*",
    ),
}  # fmt: skip


class Refused(Directive):
    """Refuse a directive in words."""

    has_content = True
    optional_arguments = 1000
    final_argument_whitespace = True
    option_spec = None
    known: Iterable[str] = ()

    def run(self) -> NoReturn:
        """Refuse it (docutils directive interface)."""
        hint = DIRECTIVES.get(self.name.lower())
        if hint is None:
            raise self.error(f"there is no directive '{self.name}'{suggest(self.name, self.known)}")
        raise self.error(f"'{self.name}' cannot be used: {hint}")


def refused(known: Iterable[str]) -> type[Refused]:
    """Return a directive that refuses any name but those in `known`, one of which may have been meant."""
    return type("Refused", (Refused,), {"known": tuple(known)})


def role_problem(meant: str, known: Iterable[str]) -> str:
    """Return the reason for which a role is refused."""
    hint = ROLES.get(meant)
    if hint is None:
        return f"there is no role '{meant}'{suggest(meant, known)}"
    return f"the role '{meant}' cannot be used: {hint}"


def role(meant: str, known: Iterable[str]) -> Any:
    """Return a role that refuses the name that was meant."""

    def refuse(
        name: str, source: str, text: str, line: int, inliner: Any, *_: Any, **__: Any
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        message = inliner.reporter.error(role_problem(meant, known), line=line)
        return [inliner.problematic(source, source, message)], [message]

    return refuse
