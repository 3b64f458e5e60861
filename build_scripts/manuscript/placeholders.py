"""Hold what our own roles and directives are until the dossier is at hand: nodes that only name things.

Sphinx fills them from the dossier; whatever only reads a chapter knows from them what it names.
"""

from __future__ import annotations

from docutils import nodes

# The parts that stand at the end of a chapter and tell of it.
CLOSERS = frozenset(("disputed", "further"))


class record(nodes.Inline, nodes.TextElement):
    """Name a record by `scheme` and `target`; its children are the author's words for it, if any."""


class cite(nodes.Inline, nodes.Element):
    """Cite sources: `places` are pairs of an id and the place in the source, None for the whole."""


class part(nodes.General, nodes.TextElement):
    """Build a placeholder of a part by `name` and `arguments`; its text is the heading that some take."""
