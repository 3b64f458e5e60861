"""Hold a placed drawing in the flow of a document; the one node that is not docutils' own."""

from __future__ import annotations

from docutils import nodes


class drawing(nodes.General, nodes.Element):
    """Hold attributes `placed` (positions in points, with width and height), `alt` (its text) and `data`.

    `data` is the name of its table. `narrow`, where there is one, is the same drawing for a page as narrow
    as a phone.
    """
