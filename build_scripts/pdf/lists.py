"""Write lists: bullets, numbers, terms, fields, and the dossier's lists whose labels hang in the margin."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column, Label
from build_scripts.pdf.columns import Columns
from build_scripts.pdf.context import BLOCK, Refused, Scope
from build_scripts.pdf.drawing import measure
from build_scripts.pdf.numerals import numeral
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.tags import Element
from build_scripts.pdf.writer import Handler, Writer, add

Pair = tuple[nodes.Element, nodes.Element, list[nodes.Element]]
"""An item, its label, and the nodes that hold its text."""

BULLETS = ("\N{EN DASH}", "\N{MIDDLE DOT}")
GUTTER = 7.0
INDENT = 18.0
MOST_COLUMNS = 4
COLUMN_GAP = 14.0
FIELD_SHARE = 0.32
"""A column of labels takes no more than this share of the measure."""

NUMBERING = {
    "arabic": "Decimal",
    "loweralpha": "LowerAlpha",
    "upperalpha": "UpperAlpha",
    "lowerroman": "LowerRoman",
    "upperroman": "UpperRoman",
}
MARGINAL = {
    "short": ("date-short", "short", 1.8),
    "chronology": ("date", "event-text", 13.0),
    "glossary": ("term-hung", "item", 7.0),
    "biographies": ("term-hung", "item", 12.0),
}
"""Lists whose labels hang left of the measure: style of the label, style of the text, space between items."""


LINES = {"time": "time", "native": "term-native", "life": "term-life", "certainty": "term-certainty"}
"""Parts of a hanging label that stand on lines of their own, and their styles."""


def bullet_list(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write an unordered list; one of class `bibliography` hangs its entries and shows no bullets."""
    if "bibliography" in node["classes"]:
        return _entries(writer, node, parent, scope)
    depth, above = 0, node.parent
    while above is not None:
        depth += isinstance(above, nodes.bullet_list)
        above = above.parent
    labels = [BULLETS[min(depth, len(BULLETS) - 1)]] * len(node.children)
    return _hanging(writer, node, add(parent, "L", attributes=_numbering("Disc")), labels, scope)


def enumerated_list(
    writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope
) -> list[Flowable]:
    """Write a numbered list, from its own start and in its own figures."""
    kind = node.get("enumtype", "arabic")
    numbers = range(node.get("start", 1), node.get("start", 1) + len(node.children))
    labels = [
        f"{node.get('prefix', '')}{numeral(number, kind)}{node.get('suffix', '.')}" for number in numbers
    ]
    return _hanging(writer, node, add(parent, "L", attributes=_numbering(NUMBERING[kind])), labels, scope)


def _hanging(
    writer: Writer, node: nodes.Element, element: Element | None, labels: list[str], scope: Scope
) -> list[Flowable]:
    style = writer.setting.sheet["label"].text
    widest = max((measure(label, style, writer.setting.fonts) for label in labels), default=0.0)
    indent = max(widest, style.size * 0.75) + GUTTER
    inner = replace(scope, text=_item_style(scope), width=scope.width - indent, inside=True)
    flowables: list[Flowable] = []
    space = 0.8 if scope.text in SMALL else 2.5
    for item, words in zip(_elements(node), labels, strict=True):
        entry = add(element, "LI")
        label = writer.words(words, "label" if scope.text not in SMALL else "label-small", add(entry, "Lbl"))
        children = writer.blocks(item, add(entry, "LBody"), inner)
        if not children:
            raise Refused(item, "an item of a list has nothing in it; write it, or take its mark away")
        flowables.append(
            Column(
                [*writer.place(item, scope), *children],
                left=indent,
                label=Label(body=label, left=0, width=indent - GUTTER + 0.5, drop=_drop(label, children)),
                space_before=space,
                space_after=space,
            )
        )
    return _set_off(writer, node, flowables, scope)


def hlist(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a list in several columns: one list for a listener, its items down the columns in their order.

    Notes at the foot belong to a single column; a list that cites some is set in one.
    """
    items = [item for column in _elements(node) for part in _elements(column) for item in _elements(part)]
    whole = nodes.bullet_list("", *(item.deepcopy() for item in items))
    whole.parent = node.parent
    count = max(1, min(int(node.get("ncolumns", len(node.children))), len(items), MOST_COLUMNS))
    if count == 1 or next(node.findall(nodes.footnote_reference), None) is not None:
        return [*writer.place(node, scope), *bullet_list(writer, whole, parent, scope)]
    narrow = replace(scope, width=(scope.width + COLUMN_GAP) / count - COLUMN_GAP, inside=True)
    columns = Columns(bullet_list(writer, whole, parent, narrow), count=count, gap=COLUMN_GAP)
    columns.spaceBefore, columns.spaceAfter = 6.0, 8.0
    return [*writer.place(node, scope), columns]


SMALL = {"answer", "box", "cell", "footnote", "quote", "small"}


def _item_style(scope: Scope) -> str:
    return scope.text if scope.text in SMALL else "item"


def _set_off(writer: Writer, node: nodes.Element, flowables: list[Flowable], scope: Scope) -> list[Flowable]:
    """Set a list in running text a little apart from it; inside other lists it stays as it is."""
    if scope.inside or not flowables:
        return [*writer.place(node, scope), *flowables]
    flowables[0].spaceBefore = max(flowables[0].spaceBefore, 6.0)
    flowables[-1].spaceAfter = max(flowables[-1].spaceAfter, 8.0)
    return [*writer.place(node, scope), *flowables]


def definition_list(
    writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope
) -> Iterator[Flowable]:
    """Write terms and definitions, in the shape that the classes of the list ask for."""
    if scope.text == "box":
        pairs = [(item, _term_of(item), _parts(item, nodes.definition)) for item in _elements(node)]
        yield from _two_columns(writer, node, pairs, parent, scope)
        return
    element = add(parent, "L", attributes=_numbering("None"))
    kind = next((name for name in MARGINAL if name in node["classes"]), None)
    yield from writer.place(node, scope)
    for item in _elements(node):
        if kind and not scope.inside:
            yield from _marginal(writer, item, element, scope, kind)
        else:
            yield from _under_term(writer, item, element, scope, entry="bibliography" in node["classes"])


def _marginal(
    writer: Writer, item: nodes.Element, parent: Element | None, scope: Scope, kind: str
) -> list[Flowable]:
    label_style, text_style, space = MARGINAL[kind]
    sheet = writer.setting.sheet
    entry = add(parent, "LI")
    lbl = add(entry, "Lbl")
    markers = [*writer.place(item, scope)]
    labels: list[Paragraph] = []
    for term in _parts(item, nodes.term):
        markers += writer.place(term, scope)
        labels += _term_lines(writer, term, label_style, lbl, entry, scope)
    inner = replace(scope, text=text_style, inside=True)
    children = _definitions(writer, item, add(entry, "LBody"), inner)
    if not sheet.hangs:
        for line in labels:
            line.keepWithNext = True
        return [Column([*markers, *labels, *children], space_before=space * 1.5, space_after=2)]
    width = sheet.geometry.hang - sheet.geometry.hang_gutter
    label = Label(
        body=Column(labels), left=-sheet.geometry.hang, width=width, drop=_drop(labels[0], children)
    )
    return [Column([*markers, *children], label=label, space_before=space, space_after=2)]


def _term_lines(
    writer: Writer, term: nodes.Element, style: str, lbl: Element | None, entry: Element | None, scope: Scope
) -> list[Paragraph]:
    """Set a term; time of day, foreign name, years of life stand on lines of their own."""
    lines: list[tuple[str, list[nodes.Node]]] = [(style, [])]
    for child in term.children:
        copied = child.deepcopy()
        kind = next(
            (name for name in LINES if isinstance(child, nodes.Element) and name in child["classes"]), ""
        )
        if isinstance(copied, nodes.Element) and kind:
            copied["classes"] = [name for name in copied["classes"] if name != kind]
            lines.append((LINES[kind], []))
        lines[-1][1].append(copied)
    flowables: list[Paragraph] = []
    for name, children in lines:
        line = nodes.term("", "", *children)
        if line.astext().strip():
            line.parent = term.parent
            if not flowables:
                line[BLOCK] = term.get(BLOCK, "")
            flowables.append(writer.text(line, name, lbl, entry, scope))
    return flowables


def _drop(label: Paragraph, children: list[Flowable]) -> float:
    """Lower a label so that its first baseline meets that of the text beside it."""
    first = next((child for child in children if isinstance(child, Paragraph)), label)
    return max(0.0, first.first_baseline - label.first_baseline)


def _under_term(
    writer: Writer, item: nodes.Element, parent: Element | None, scope: Scope, *, entry: bool
) -> list[Flowable]:
    li = add(parent, "LI")
    style = "term-small" if scope.text in SMALL else "term"
    flowables: list[Flowable] = list(writer.place(item, scope))
    lbl = add(li, "Lbl")
    for term in _parts(item, nodes.term):
        flowables += [*writer.place(term, scope), writer.text(_with_classifiers(term), style, lbl, li, scope)]
    body = add(li, "LBody")
    if entry:
        body = add(body, "BibEntry")
    inner = replace(scope, text=_item_style(scope), width=scope.width - INDENT, inside=True)
    flowables.append(Column(_definitions(writer, item, body, inner), left=INDENT, space_after=3))
    return flowables


def _with_classifiers(term: nodes.Element) -> nodes.Element:
    """Join a term with the classifiers that docutils puts beside it."""
    joined = term.deepcopy()
    joined.parent = term.parent
    for sibling in term.parent.children:
        if isinstance(sibling, nodes.classifier):
            joined += [
                nodes.Text(" "),
                nodes.emphasis("", "", *[child.deepcopy() for child in sibling.children]),
            ]
    return joined


def _term_of(item: nodes.Element) -> nodes.Element:
    """Give the terms of an item as one."""
    first, *others = _parts(item, nodes.term)
    joined = _with_classifiers(first)
    for other in others:
        joined += [nodes.Text(", "), *[child.deepcopy() for child in other.children]]
    return joined


def _parts(item: nodes.Element, kind: type[nodes.Element]) -> list[nodes.Element]:
    return [child for child in item.children if isinstance(child, kind)]


def _elements(node: nodes.Element) -> list[nodes.Element]:
    return [child for child in node.children if isinstance(child, nodes.Element)]


def _definitions(writer: Writer, item: nodes.Element, body: Element | None, scope: Scope) -> list[Flowable]:
    flowables: list[Flowable] = []
    for child in _parts(item, nodes.definition):
        flowables += [*writer.place(child, scope), *writer.blocks(child, body, scope)]
    return flowables


def _entries(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    element = add(parent, "L", attributes=_numbering("None"))
    flowables: list[Flowable] = list(writer.place(node, scope))
    for item in _elements(node):
        entry = add(add(add(element, "LI"), "LBody"), "BibEntry")
        children = writer.blocks(item, entry, replace(scope, text="bibliography", inside=True))
        flowables.append(Column([*writer.place(item, scope), *children], space_after=4))
    return flowables


def field_list(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write names and values in two columns; option lists too."""
    pairs = [(field, _flattened(field.children[0]), _elements(field)[1:]) for field in _elements(node)]
    return _two_columns(writer, node, pairs, parent, scope)


def _two_columns(
    writer: Writer, node: nodes.Element, pairs: Sequence[Pair], parent: Element | None, scope: Scope
) -> list[Flowable]:
    """Write labels beside their text, as wide as the widest up to a share of the measure."""
    element = add(parent, "L", attributes=_numbering("None"))
    style = "field-small" if scope.text in SMALL else "field"
    text = writer.setting.sheet[style].text
    widest = max((measure(name.astext(), text, writer.setting.fonts) for _, name, _ in pairs), default=0.0)
    indent = min(widest + 2, scope.width * FIELD_SHARE) + 12
    inner = replace(scope, text=_item_style(scope), width=scope.width - indent, inside=True)
    flowables: list[Flowable] = []
    for item, name, bodies in pairs:
        entry = add(element, "LI")
        label = writer.text(name, style, add(entry, "Lbl"), entry, scope)
        body = add(entry, "LBody")
        children = [flowable for part in bodies for flowable in writer.blocks(part, body, inner)]
        hung = Label(body=label, left=0, width=indent - 12, drop=_drop(label, children))
        flowables.append(
            Column([*writer.place(item, scope), *children], left=indent, label=hung, space_after=2)
        )
    return _set_off(writer, node, flowables, scope)


def _flattened(name: nodes.Node) -> nodes.Element:
    """Give an option group as one line of text; a field's name as it is."""
    assert isinstance(name, nodes.Element)
    if isinstance(name, nodes.option_group):
        line = nodes.term("", ", ".join(option.astext() for option in name.children))
        line.parent = name.parent
        return line
    return name


def _numbering(kind: str) -> dict[str, dict[str, str]]:
    return {"List": {"ListNumbering": kind}}


HANDLERS: dict[str, Handler] = {
    "bullet_list": bullet_list,
    "hlist": hlist,
    "enumerated_list": enumerated_list,
    "definition_list": definition_list,
    **dict.fromkeys(("field_list", "option_list"), field_list),
}
