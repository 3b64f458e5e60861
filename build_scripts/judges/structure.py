"""Judge whether the structure tree of a PDF and its pages tell the same (ISO 32000-1, 14.7.4).

Every element has a type, every marked sequence of a page and every annotation belongs to one element, and the
parent tree leads back to it. No other judge asks for this, and readers that start from the page rely on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, NumberTree, parse_content_stream

from build_scripts.judges.faults import Fault

# A page by its object and a sequence by its MCID, or an annotation by its object alone.
Content = tuple[Any, int | None]


def structure(path: Path) -> Iterator[Fault]:
    """Yield where pages, structure tree and parent tree differ."""
    try:
        with pikepdf.open(path) as pdf:
            yield from _structure(pdf)
    except pikepdf.PdfError as problem:
        yield Fault(str(problem))


def _structure(pdf: pikepdf.Pdf) -> Iterator[Fault]:
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        yield Fault("there is no structure tree")
        return
    elements = list(_elements(root))
    for one in elements:
        if "/S" not in one:
            yield Fault(f"a structure element has no type (object {one.objgen[0]})")
    owners: dict[Content, list[Any]] = {}
    for element in elements:
        for content in _claims(element):
            owners.setdefault(content, []).append(element.objgen)
    parents = dict(NumberTree(root.ParentTree).items()) if "/ParentTree" in root else {}
    for number, page in enumerate(pdf.pages, start=1):
        for content, parent, name in _contents(page, parents):
            claimed = owners.pop(content, [])
            if len(claimed) != 1:
                yield Fault(
                    f"page {number}: {name} belongs to {len(claimed)} structure elements instead of one"
                )
            elif parent is None or parent.objgen != claimed[0]:
                yield Fault(
                    f"page {number}: the parent tree does not lead from {name} to its structure element"
                )
    for claimed in owners.values():
        yield Fault(f"a structure element has content that no page shows (object {claimed[0][0]})")


def _elements(node: Any) -> Iterator[Any]:
    """Yield the elements below a node of the tree, in order."""
    for kid in _list(node.get("/K", [])):
        if isinstance(kid, Dictionary) and "/MCID" not in kid and "/Obj" not in kid:
            yield kid
            yield from _elements(kid)


def _claims(element: Any) -> Iterator[Content]:
    """Yield the content that an element has by itself (14.7.4.2 and 14.7.4.3)."""
    for kid in _list(element.get("/K", [])):
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            yield kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)
        elif isinstance(kid, Dictionary) and "/Obj" in kid:
            yield kid.Obj.objgen, None


def _contents(page: Any, parents: dict[int, Any]) -> Iterator[tuple[Content, Any, str]]:
    """Yield what of a page has to belong to an element, with what the parent tree has for it (14.7.4.4)."""
    row = _list(parents.get(int(page.get("/StructParents", -1)), []))
    for instruction in parse_content_stream(page, "BDC"):
        properties: Any = instruction.operands[1]
        if isinstance(properties, Dictionary) and "/MCID" in properties:
            mcid = int(properties.MCID)
            yield (page.objgen, mcid), row[mcid] if mcid < len(row) else None, f"content {mcid}"
    for number, annotation in enumerate(page.get("/Annots", []), start=1):
        parent = parents.get(int(annotation.get("/StructParent", -1)))
        yield (annotation.objgen, None), parent, f"annotation {number}"


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array | list) else [value]
