"""Write drawings into HTML and EPUB as inline SVG."""

from __future__ import annotations

import json
from xml.sax.saxutils import quoteattr

from docutils import nodes

from build_scripts.draw.svg import svg
from build_scripts.model.floor_plan import CERTAINTIES
from build_scripts.nodes.drawing import drawing
from build_scripts.sphinx_ext.translator import SiteTranslator

# What the script of the page says, in the words of the catalog.
CHOICES = ("what", "layers", "certainty", "phase", "all", "close", "row", "show")


def visit(self: SiteTranslator, node: drawing) -> None:
    """Write the drawing (docutils visitor)."""
    placed, narrow = node["placed"], node.get("narrow")
    prefix = f"drawing-{placed.id}"
    if narrow is None:
        self.body.append(svg(placed, prefix))
        return
    told: set[str] = {name for one in self.document.findall(nodes.Element) for name in one["ids"]}

    def resolve(name: str) -> str | None:
        return f"#{name}" if name in told else None

    words: dict[str, object] = {key: self.words(f"plan-choose-{key}") for key in CHOICES}
    words["levels"] = {level: self.words(f"certainty-{level}") for level in CERTAINTIES}
    self.body.append(f'<div class="plan-drawing" data-words={quoteattr(json.dumps(words))}>\n')
    self.body.append(svg(placed, prefix, body="wide", resolve=resolve))
    self.body.append(svg(narrow, f"{prefix}--narrow", body="narrow", resolve=resolve))
    self.body.append("</div>\n")


def depart(self: SiteTranslator, node: drawing) -> None:
    """Write nothing; a drawing has no children (docutils visitor)."""
