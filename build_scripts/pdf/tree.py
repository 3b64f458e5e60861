"""Write the structure tree of a PDF as text, so that a test can compare it and a person read it."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

PROPERTIES = ("/ID", "/Alt", "/ActualText", "/Lang", "/T")


def tree_text(pdf: pikepdf.Pdf) -> str:
    """Give one line for each element, indented by depth: tag, properties, attributes, pages, links."""
    lines: list[str] = []
    numbers = {page.objgen: index for index, page in enumerate(pdf.pages, start=1)}
    _visit(pdf.Root.StructTreeRoot.K, 0, numbers, lines)
    return "\n".join(lines) + "\n"


def _visit(node: Any, depth: int, numbers: dict[Any, int], lines: list[str]) -> None:
    kids = _list(node.get("/K", []))
    on_pages: set[int] = set()
    links = 0
    for kid in kids:
        if isinstance(kid, int):
            on_pages.add(numbers[node.Pg.objgen])
        elif "/MCID" in kid:
            on_pages.add(numbers[kid.Pg.objgen])
        elif "/Obj" in kid:
            links += 1
    words = [str(node.S)[1:], *(f"{key[1:]}={str(node[key])!r}" for key in PROPERTIES if key in node)]
    for owner in _list(node.get("/A", [])):
        words += [f"{key[1:]}={_value(owner[key])}" for key in owner if key not in {"/O", "/BBox"}]
    if on_pages:
        words.append("page " + " ".join(str(number) for number in sorted(on_pages)))
    if links:
        words.append(f"links {links}")
    lines.append("  " * depth + " ".join(words))
    for kid in kids:
        if isinstance(kid, Dictionary) and "/S" in kid:
            _visit(kid, depth + 1, numbers, lines)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (Array, list)) else [value]


def _value(value: Any) -> str:
    return str(value).removeprefix("/")
