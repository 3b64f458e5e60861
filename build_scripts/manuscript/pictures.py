"""Read pictures and figures, with the sizes that every form of the book can use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives.images import Figure as DocutilsFigure
from docutils.parsers.rst.directives.images import Image as DocutilsImage

LENGTH = re.compile(r"\d+(?:\.\d+)?\s*(?:mm|cm|in|pt|px|%)?")
# A picture that is a link would have two meanings for a listener.
LEFT_OUT = ("target", "loading")


def length(argument: str | None) -> str:
    """Convert a length that every form of the book can use.

    Raises ValueError for another unit.
    """
    text = (argument or "").strip()
    if not LENGTH.fullmatch(text):
        raise ValueError("give a length in mm, cm, in, pt, px or %")
    return directives.length_or_percentage_or_unitless(text)


def _kept(specification: dict[str, Any] | None) -> dict[str, Any]:
    kept = {name: check for name, check in (specification or {}).items() if name not in LEFT_OUT}
    return kept | {"width": length, "height": length} | ({"figwidth": length} if "figwidth" in kept else {})


class Image(DocutilsImage):
    """Show a picture; the line of the words that stand for it is noted."""

    option_spec: ClassVar[dict[str, Any]] = _kept(DocutilsImage.option_spec)

    def run(self) -> list[nodes.Node]:
        """Return the picture (docutils directive interface)."""
        return _noted(self, super().run())


class Figure(DocutilsFigure):
    """Show a picture with a caption; the line of the words that stand for it is noted."""

    option_spec: ClassVar[dict[str, Any]] = _kept(DocutilsFigure.option_spec)

    def run(self) -> list[nodes.Node]:
        """Return the figure (docutils directive interface)."""
        return _noted(self, super().run())


def _noted(directive: Directive, made: Sequence[nodes.Node]) -> list[nodes.Node]:
    lines = directive.block_text.splitlines()
    offset = next((number for number, line in enumerate(lines) if line.strip().startswith(":alt:")), 0)
    for node in made:
        for image in node.findall(nodes.image):
            if isinstance(node, nodes.image | nodes.figure) and "alt_line" not in image:
                image["alt_line"] = directive.lineno + offset
    return list(made)
