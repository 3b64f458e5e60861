"""Write drawings into HTML and EPUB as inline SVG."""

from __future__ import annotations

from sphinx.writers.html5 import HTML5Translator

from build_scripts.draw.svg import svg
from build_scripts.nodes.drawing import drawing


def visit(self: HTML5Translator, node: drawing) -> None:
    """Write the drawing (docutils visitor)."""
    self.body.append(svg(node["placed"], prefix=f"drawing-{node['placed'].id}"))


def depart(self: HTML5Translator, node: drawing) -> None:
    """Write nothing; a drawing has no children (docutils visitor)."""
