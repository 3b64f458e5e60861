"""Build docutils tables from rows of nodes."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from build_scripts.nodes.text import Content, as_nodes, paragraph


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[Content]],
    widths: Sequence[int],
    *,
    caption: Content | None = None,
    classes: Sequence[str] = (),
    stub: bool = True,
    data: str | None = None,
) -> nodes.table:
    """Return a table with a head; `widths` are parts of the whole, `stub` makes the first column heads.

    `data` is the name of the same table among those that the dossier gives away (`deposit.tables`).
    """
    node = nodes.table(classes=list(classes), **({"data": data} if data else {}))
    if caption is not None:
        title = nodes.title()
        title.extend(as_nodes(caption))
        node += title
    group = nodes.tgroup(cols=len(head))
    node += group
    for index, width in enumerate(widths):
        column = nodes.colspec(colwidth=width)
        if stub and index == 0:
            column["stub"] = 1
        group += column
    thead, tbody = nodes.thead(), nodes.tbody()
    thead += _row(head)
    for row in rows:
        tbody += _row(row)
    group.extend([thead, tbody])
    return node


def _row(cells: Sequence[Content]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        entry = nodes.entry()
        content = as_nodes(cell)
        if content and not isinstance(content[0], nodes.Inline | nodes.Text):
            entry.extend(content)
        else:
            entry += paragraph(content)
        row += entry
    return row
