"""Write what is set off from running text: figures, pictures, boxes, admonitions."""

from dataclasses import replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.blocks import Column, Drawing, Float, Frame
from build_scripts.pdf.context import BLOCK, Refused, Scope
from build_scripts.pdf.pages import Inserted
from build_scripts.pdf.palette import COOL, MUTED
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.pictures import draw_picture, picture, points
from build_scripts.pdf.pointers import Pointer
from build_scripts.pdf.tags import Element
from build_scripts.pdf.writer import Handler, Writer, add, is_trailed

PAD = 11.0
ACCOUNT_PAD = 9.0
CAPTION_ROOM = 60.0
CODE_CAPTION_SPACE = 10.0
ALIGN = {"center": 0.5, "right": 1.0}
"""Which share of the room that a picture leaves stands left of it."""
LEAST_BLOCK = 0.5
"""Captions are not set narrower than this share of the measure, however small a picture is."""


def figure(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a figure with its caption and legend; class `landscape` or `plate` gives it a leaf of its own."""
    group = add(parent, "Div")
    plate, turned = "plate" in node["classes"], "landscape" in node["classes"]
    wide = "wide" in node["classes"] and not scope.inside
    geometry = writer.setting.sheet.geometry
    width = scope.width + (geometry.hang if wide else 0.0)
    most = geometry.depth - CAPTION_ROOM
    if turned:
        side = geometry.left - geometry.hang
        width, most = geometry.height - 2 * side, geometry.width - geometry.top - geometry.foot - CAPTION_ROOM
    if plate:
        width, most = geometry.plate.measure, geometry.plate.depth
    align = ALIGN.get(node.get("align", ""), 0.0)
    block = width if plate or turned else _block_width(node, writer, width)
    flowables: list[Flowable] = list(writer.place(node, scope))
    for child in node.children:
        if isinstance(child, nodes.caption):
            caption = writer.text(child, "caption", add(group, "Caption"), group, scope)
            caption.keepWithNext = child is not node.children[-1]
            flowables.append(caption)
        elif isinstance(child, nodes.legend):
            flowables += writer.blocks(child, group, replace(scope, text="box", width=block, inside=True))
        elif isinstance(child, nodes.Element):
            room = width if "width" not in node else block
            shown = _shown(writer, child, group, most, room, enlarge=plate or turned, align=align)
            flowables.append(shown)
    if plate or turned:
        return [Inserted(flowables, "plate" if plate else "turned")]
    hang = geometry.hang if wide else 0.0
    left, right = ((width - block) * share for share in (align, 1 - align))
    return [Float(flowables, left=left - hang, right=right, space_before=14.5, space_after=16.0)]


def _block_width(figure: nodes.Element, writer: Writer, width: float) -> float:
    """Return how wide a figure is with its caption: as it asks for, or by its picture if it is aligned."""
    asked = points(figure, "width", width)
    image = figure.next_node(nodes.image)
    if asked is None and image is not None and "align" in figure:
        asked = max(picture(image, writer.setting.images, width).width, width * LEAST_BLOCK)
    return width if asked is None else min(asked, width)


def alone(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a picture or drawing that stands outside a figure."""
    most = writer.setting.sheet.geometry.depth
    align = ALIGN.get(node.get("align", ""), 0.0)
    shown = _shown(writer, node, parent, most, scope.width, enlarge=False, align=align, last=True)
    shown.spaceAfter = shown.spaceBefore
    return [*writer.place(node, scope), shown]


def _shown(
    writer: Writer,
    node: nodes.Element,
    parent: Element | None,
    most: float,
    room: float,
    *,
    enlarge: bool,
    align: float,
    last: bool = False,
) -> Flowable:
    if isinstance(node, nodes.reference) and len(node.children) == 1:
        inner = node.children[0]
        assert isinstance(inner, nodes.Element)
        node = inner
    alt = " ".join(node.get("alt", "").split())
    if not alt:
        raise Refused(node, "a figure without a text that stands for it; give it an alt text")
    made = Element if parent is None else parent.add
    element = made("Figure", alt=alt, id=writer.setting.data_id(node))
    if type(node).__name__ == "drawing":
        placed, draw = node["placed"], writer.setting.draw
    elif isinstance(node, nodes.image):
        placed, draw = picture(node, writer.setting.images, room), draw_picture
    else:
        raise Refused(node, f"a figure shows a drawing or an image, not a {type(node).__name__}")
    shown = Drawing(
        placed, draw, element, most_height=most, enlarge=enlarge, align=align, keep_with_next=not last
    )
    shown.block_name = node.get(BLOCK, "")
    return shown


def container(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a group: ruled when it is an account on which sources differ, plain otherwise."""
    # An author may give a listing any class.
    if "literal-block-wrapper" in node["classes"]:
        return _captioned_code(writer, node, parent, scope)
    if "account" in node["classes"]:
        return _account(writer, node, parent, scope)
    return [*writer.place(node, scope), *writer.blocks(node, add(parent, "Div"), scope)]


def _captioned_code(
    writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope
) -> list[Flowable]:
    """Write a listing with the caption above it, which stays with its first lines."""
    group = add(parent, "Div")
    flowables: list[Flowable] = list(writer.place(node, scope))
    for child in node.children:
        if isinstance(child, nodes.caption):
            caption = writer.text(child, "caption", add(group, "Caption"), group, scope)
            caption.spaceBefore = max(caption.spaceBefore, CODE_CAPTION_SPACE)
            caption.keepWithNext = True
            flowables.append(caption)
        else:
            flowables += writer.block(child, group, scope)
    return flowables


def _account(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a ruled box that says how accounts differ; its title leads to the page that compares them."""
    element = add(parent, "Div")
    inner = replace(scope, text="answer", width=scope.width - 2 * ACCOUNT_PAD, inside=True)
    children: list[Flowable] = []
    for child in node.children:
        made = writer.block(child, element, inner)
        name = next((found["refid"] for found in node.findall(nodes.reference) if "refid" in found), "")
        if (
            isinstance(child, nodes.paragraph)
            and "account-title" in child["classes"]
            and name in writer.setting.ids
            and element
        ):
            title = made.pop()
            assert isinstance(title, Paragraph)
            link = add(title.element, "Link") or element
            made.append(Pointer(title, name, link, writer.setting, child.astext()))
        children += made
    box = Column(
        children,
        left=ACCOUNT_PAD,
        right=ACCOUNT_PAD,
        top=4.5,
        bottom=5.5,
        frame=Frame(),
        space_before=6.5,
        space_after=6.5,
        keep_with_next=is_trailed(node),
    )
    box.gives_lines = box.keepWithNext
    return [*writer.place(node, scope), box]


def admonition(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a note or warning beside a bar; its title comes with it or from the wording."""
    element = add(parent, "Div")
    kind = type(node).__name__
    heading: list[Flowable] = []
    if kind in writer.setting.wording.admonitions:
        heading.append(writer.words(writer.setting.wording.admonitions[kind], "box-title", add(element, "P")))
    elif not isinstance(node.children[0], nodes.title):
        raise Refused(node, f"the wording has no title for a box of kind {kind!r}")
    return _framed(writer, node, element, scope, Frame(colour=COOL, bar=True), heading)


def topic(writer: Writer, node: nodes.Element, parent: Element | None, scope: Scope) -> list[Flowable]:
    """Write a topic or sidebar beside a bar; docutils' contents give way to the document's own."""
    if "contents" in node["classes"]:
        return []
    return _framed(writer, node, add(parent, "Div"), scope, Frame(colour=MUTED, bar=True))


def _framed(
    writer: Writer,
    node: nodes.Element,
    element: Element | None,
    scope: Scope,
    frame: Frame,
    heading: list[Flowable] | None = None,
) -> list[Flowable]:
    pad = 12.0 if frame.bar else PAD
    right = 0.0 if frame.bar else PAD
    inner = replace(scope, text="box", width=scope.width - pad - right, inside=True)
    children: list[Flowable] = list(heading or [])
    for child in node.children:
        if isinstance(child, (nodes.title, nodes.subtitle)):
            children.append(writer.text(child, "box-title", add(element, "P"), element, inner))
        else:
            children += writer.block(child, element, inner)
    space = 0.0 if frame.bar else PAD - 2
    box = Column(
        children,
        left=pad,
        right=right,
        top=space,
        bottom=space,
        frame=frame,
        space_before=11.0,
        space_after=13.0,
    )
    return [*writer.place(node, scope), box]


HANDLERS: dict[str, Handler] = {
    "figure": figure,
    **dict.fromkeys(("image", "drawing"), alone),
    "container": container,
    **dict.fromkeys(
        (
            "admonition",
            "attention",
            "caution",
            "danger",
            "error",
            "hint",
            "important",
            "note",
            "seealso",
            "tip",
            "warning",
        ),
        admonition,
    ),
    **dict.fromkeys(("topic", "sidebar"), topic),
}
