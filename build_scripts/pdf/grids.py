"""Write docutils tables: caption, head and body with scopes, cells that span, heads that repeat."""

from collections.abc import Sequence
from dataclasses import replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column, Drawing
from build_scripts.pdf.context import Scope
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.style import Sheet
from build_scripts.pdf.tables import AIR, PAD_BOTTOM, PAD_TOP, PAD_X, Cell, Row, Table
from build_scripts.pdf.tags import Element
from build_scripts.pdf.widths import column_widths, floors, wishes
from build_scripts.pdf.writer import Handler, Writer, add

MANY = 4
"""From so many columns on a table that wants more than the measure takes the hanging column as well."""

LEAST_DRAWING = 40.0
"""A picture in a cell is not made narrower than this to leave room for words."""

PLAIN_STUBS = frozenset(("answers",))
"""Classes of tables whose first column is text rather than names."""


def table(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a table as one element, however many pages it takes.

    One of class `wide`, or of many columns that want more room, uses the hanging column too.
    """
    element = add(parent, "Table", id=writer.setting.data_id(node))
    flowables: list[Flowable] = list(writer.place(node, scope))
    group = node.next_node(nodes.tgroup)
    assert isinstance(group, nodes.tgroup)
    columns = [child for child in group.children if isinstance(child, nodes.colspec)]
    stubs = sum(bool(column.get("stub")) for column in columns)
    head_node, body_node = group.next_node(nodes.thead), group.next_node(nodes.tbody)
    cell_scope = replace(scope, text="cell", width=scope.width / len(columns), inside=True)
    for child in node.children:
        if isinstance(child, nodes.title):
            flowables.append(writer.text(child, "table-caption", add(element, "Caption"), element, scope))
    plain_stubs = not PLAIN_STUBS.isdisjoint(node["classes"])
    grid = _Grid(writer, len(columns), stubs, "cell" if plain_stubs else "cell-head")
    head: list[Row] = []
    again: list[Row] = []
    if isinstance(head_node, nodes.thead):
        if len(columns) * len(head_node.children) + stubs * _height(body_node) > _data(
            columns, stubs, body_node
        ):
            # In a small table the head says enough; more headings than data would only be noise.
            grid.stubs = 0
        head = grid.rows(head_node, add(element, "THead"), cell_scope, head=True)
        again = grid.rows(head_node, None, replace(cell_scope, artifact=True), head=True)
    elif not stubs:
        # Every data cell needs a header (ISO 14289-1, 7.5): without a head the first column names the rows.
        grid.stubs = 1
    assert isinstance(body_node, nodes.tbody)
    body = grid.rows(body_node, add(element, "TBody"), cell_scope, head=False)
    given = [column["colwidth"] for column in columns] if "colwidths-given" in node["classes"] else []
    wanted = sum(wishes([*head, *body], len(columns))[1])
    wide = "wide" in node["classes"] or (len(columns) >= MANY and wanted > scope.width)
    hang = writer.setting.sheet.geometry.hang if wide and not scope.inside else 0.0
    room = scope.width + hang
    factor = _narrowing([*head, *body], len(columns), room, writer.setting.sheet)
    if factor < 1:
        head, body, again = (_narrowed(rows, factor) for rows in (head, body, again))
    widths = column_widths([*head, *body], len(columns), room, given)
    _hyphenate([*head, *again, *body], widths)
    made = Table(head, body, widths, again=again, left=-hang, space_after=writer.setting.sheet.line - AIR)
    made.spaceBefore = 0.0 if scope.inside else 10.0
    return [*flowables, made]


def _narrowing(rows: Sequence[Row], count: int, room: float, sheet: Sheet) -> float:
    """Return by how much type has to be smaller so that no syllable is cut, as far as it may be."""
    syllables = sum(floors(rows, count)) - count * PAD_X
    least = min(1.0, sheet.least_type / sheet["cell"].text.size)
    return max(least, min(1.0, (room + PAD_X - count * PAD_X) / max(syllables, 1.0)))


def _narrowed(rows: Sequence[Row], factor: float) -> list[Row]:
    """Return rows set in smaller type."""
    narrowed: list[Row] = []
    for row in rows:
        _scale([cell.content for cell in row], factor)
        narrowed.append([_measured(cell, cell.content.children) for cell in row])
    return narrowed


def _scale(flowables: Sequence[Flowable], factor: float) -> None:
    for flowable in flowables:
        if isinstance(flowable, Paragraph):
            flowable.scale(factor)
        elif isinstance(flowable, Column):
            label = [flowable.label.body] if flowable.label else []
            _scale([*label, *flowable.children], factor)


def _measured(cell: Cell, children: Sequence[Flowable]) -> Cell:
    """Return a cell that knows how wide its content wants to be and has to be."""
    least, most = extent(children)
    return replace(cell, least=least, most=most, floor=floor_of(children))


def _hyphenate(rows: Sequence[Row], widths: Sequence[float]) -> None:
    """Let words be hyphenated in columns too narrow for them; elsewhere they stay whole."""
    for cell in (cell for row in rows for cell in row):
        width = sum(widths[cell.column : cell.column + cell.columns])
        if width < cell.least + PAD_X:
            for child in cell.content.children:
                if isinstance(child, Paragraph):
                    child.allow_hyphens()


def floor_of(flowables: Sequence[Flowable]) -> float:
    """Return the width of the longest syllable in a stack of flowables."""
    floor = 0.0
    for flowable in flowables:
        if isinstance(flowable, Paragraph):
            floor = max(floor, flowable.floor_width())
        elif isinstance(flowable, Column):
            left, _, right, _ = flowable.insets
            floor = max(floor, left + right + floor_of(flowable.children))
        elif isinstance(flowable, Drawing):
            floor = max(floor, LEAST_DRAWING)
        elif isinstance(flowable, Table):
            floor = max(floor, sum(flowable.widths) - PAD_X)
    return floor


def extent(flowables: Sequence[Flowable]) -> tuple[float, float]:
    """Give the width of the longest word and of the longest line in a stack of flowables."""
    least, most = 0.0, 0.0
    for flowable in flowables:
        if isinstance(flowable, Paragraph):
            short, long = flowable.least_width(), flowable.natural_width()
        elif isinstance(flowable, Column):
            left, _, right, _ = flowable.insets
            short, long = (left + width + right for width in extent(flowable.children))
        elif isinstance(flowable, Drawing):
            short, long = LEAST_DRAWING, flowable.placed.width
        elif isinstance(flowable, Table):
            short = long = sum(flowable.widths) - PAD_X
        else:
            continue
        least, most = max(least, short), max(most, long)
    return least, most


def _height(part: nodes.Element | None) -> int:
    return len(part.children) if part is not None else 0


def _data(columns: Sequence[nodes.Element], stubs: int, body: nodes.Element | None) -> int:
    return (len(columns) - stubs) * _height(body)


class _Grid:
    """Put the entries of rows into columns, around the cells that span rows above them."""

    def __init__(self, writer: Writer, columns: int, stubs: int, stub_style: str) -> None:
        self.writer = writer
        self.stub_style = stub_style
        self.columns = columns
        self.stubs = stubs

    def rows(self, part: nodes.Element, parent: Element | None, scope: Scope, *, head: bool) -> list[Row]:
        taken: dict[int, int] = {}
        rows: list[Row] = []
        for row in part.children:
            assert isinstance(row, nodes.Element)
            element = add(parent, "TR")
            cells = []
            free = [column for column in range(self.columns) if not taken.get(column)]
            taken = {column: count - 1 for column, count in taken.items() if count > 1}
            for entry in row.children:
                assert isinstance(entry, nodes.Element)
                column = free.pop(0)
                span, depth = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
                free = [other for other in free if other >= column + span]
                if depth > 1:
                    taken |= dict.fromkeys(range(column, column + span), depth - 1)
                cells.append(self._cell(entry, element, scope, column, span, depth, head=head))
            for marked in (row, part):
                if cells and marked["ids"] and (marked is row or not rows):
                    cells[0].content.children[:0] = self.writer.place(marked, scope)
            rows.append(cells)
        return rows

    def _cell(
        self,
        entry: nodes.Element,
        row: Element | None,
        scope: Scope,
        column: int,
        columns: int,
        rows: int,
        *,
        head: bool,
    ) -> Cell:
        heading = head or column < self.stubs
        attributes: dict[str, object] = {}
        if heading:
            attributes["Scope"] = "Column" if head else "Row"
        if columns > 1:
            attributes["ColSpan"] = columns
        if rows > 1:
            attributes["RowSpan"] = rows
        element = add(
            row, "TH" if heading else "TD", attributes={"Table": attributes} if attributes else None
        )
        inner = replace(scope, text="cell-head" if head else self.stub_style if heading else "cell")
        children = [*self.writer.place(entry, scope), *self._content(entry, element, inner)]
        content = Column(children, top=PAD_TOP, bottom=PAD_BOTTOM)
        return _measured(Cell(column=column, content=content, columns=columns, rows=rows), children)

    def _content(self, entry: nodes.Element, element: Element | None, scope: Scope) -> list[Flowable]:
        """Write the blocks of a cell; a lone paragraph belongs to the cell itself."""
        children: Sequence[nodes.Node] = entry.children
        if len(children) == 1 and isinstance(children[0], nodes.paragraph):
            paragraph = children[0]
            return [
                *self.writer.place(paragraph, scope),
                self.writer.text(paragraph, scope.text, element, element, scope),
            ]
        return self.writer.blocks(entry, element, scope)


HANDLERS: dict[str, Handler] = {"table": table}
