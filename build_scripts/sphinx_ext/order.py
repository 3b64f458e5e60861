"""Check that the lists of pages (toctrees) put every page of the book in one place."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Follow the lists from the first page on (Sphinx event `env-updated`).

    Raises ProblemsFound for a page that is listed twice or below itself, and for what is no page.
    """
    found = list(_follow(env, app.config.root_doc, (), {}))
    if found:
        raise ProblemsFound(found)


def _follow(
    env: BuildEnvironment, page: str, above: tuple[str, ...], listed: dict[str, str]
) -> Iterator[Diagnostic]:
    if page not in env.all_docs:
        return
    for toctree in env.get_doctree(page).findall(addnodes.toctree):
        place = Location(f"book/{page}.rst", toctree.line or 0)
        for _, name in toctree["entries"]:
            if name in (*above, page):
                yield Diagnostic(place, f"lists '{name}' below itself")
            elif name == "self" or "://" in name or name.startswith("mailto:"):
                yield Diagnostic(place, f"lists '{name}', which is no page of the book")
            elif listed.get(name, page) != page:
                yield Diagnostic(place, f"lists '{name}', which 'book/{listed[name]}.rst' lists already")
            elif name in listed:
                yield Diagnostic(place, f"lists '{name}' twice")
            else:
                listed[name] = page
                yield from _follow(env, name, (*above, page), listed)


def setup(app: Sphinx) -> None:
    """Register the check (called by the extension's own setup)."""
    app.connect("env-updated", check)
