"""Select the pages that Sphinx reads anew by content: of the page, and of all that it depends on.

Sphinx itself compares dates, and takes a file that was put back from elsewhere for one that it has read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from build_scripts import files

KEPT = "digests"
"""Under which name the domain's data, kept with the pages, have a digest of each."""


def select(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages whose content differs from what was read (Sphinx event `env-get-outdated`)."""
    known: dict[str, str] = env.domaindata["dossier"].setdefault(KEPT, {})
    seen: dict[Path, str] = {}
    return sorted(page for page in env.found_docs - added if known.get(page) != _digest(env, page, seen))


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Note the digest of a page that was read and of its dependencies (Sphinx event `doctree-read`)."""
    env = app.env
    env.domaindata["dossier"].setdefault(KEPT, {})[env.docname] = _digest(env, env.docname, {})


def _digest(env: BuildEnvironment, page: str, seen: dict[Path, str]) -> str:
    """Return a digest of a page's file and its dependencies; `seen` has those of files that were read."""
    folder = Path(env.config.dossier_folder)
    paths = [env.doc2path(page), *(Path(env.srcdir, name) for name in env.dependencies.get(page, ()))]
    for path in paths:
        if path not in seen:
            place = folder if Path(path).is_relative_to(folder) else Path(path).parent
            data = files.read_inside(place, Path(path), files.PICTURE_LIMIT) if path.is_file() else b""
            seen[path] = hashlib.sha256(data).hexdigest()
    lines = sorted(f"{Path(path)}\0{seen[path]}" for path in paths)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def setup(app: Sphinx) -> None:
    """Register the selection (called by the extension's own setup)."""
    app.connect("env-get-outdated", select)
    app.connect("doctree-read", note, priority=900)
