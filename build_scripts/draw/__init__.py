"""Draw placed drawings: a loop without arithmetic that hands each mark to a surface.

A surface has `begin(placed)`, `open(group)`, `path(path)`, `text(text)`, `close(group)` and `end()`;
`draw.svg` and `draw.pdf` have one each.
"""

from __future__ import annotations

from typing import Protocol

from build_scripts.layout.shapes import Group, Path, Placed, Text


class Surface(Protocol):
    """Take the marks of a drawing in order."""

    def begin(self, placed: Placed) -> None:
        """Start a drawing."""

    def open(self, group: Group) -> None:
        """Start what belongs together."""

    def path(self, path: Path) -> None:
        """Draw a path in its pen."""

    def text(self, text: Text) -> None:
        """Draw a line of text in its style."""

    def close(self, group: Group) -> None:
        """End what belongs together."""

    def end(self) -> None:
        """End the drawing."""


def draw(placed: Placed, surface: Surface) -> None:
    """Draw a placed drawing on a surface."""
    surface.begin(placed)
    for group in placed.groups:
        _draw(group, surface)
    surface.end()


def _draw(group: Group, surface: Surface) -> None:
    surface.open(group)
    for item in group.items:
        match item:
            case Path():
                surface.path(item)
            case Text():
                surface.text(item)
            case Group():
                _draw(item, surface)
    surface.close(group)
