"""Hold a placed drawing in the flow of a document; the one node that is not docutils' own."""

from __future__ import annotations

from docutils import nodes


class drawing(nodes.General, nodes.Element):  # noqa: N801 - docutils names node classes in lower case
    """Hold attributes `placed` (positions in points, with width and height), `alt` (its text) and `data` (its table).

    `narrow`, where there is one, is the same drawing for a page as narrow as a phone.
    """
