"""Put all pages of a book into one document: a part for each captioned list, a chapter for each page."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.builders import Builder

from build_scripts.nodes.text import PAGE_PREFIX, page_id, section
from build_scripts.sphinx_ext.domain import PREFIXES

PAGE = "%"


def page_address(docname: str) -> str:
    """Return the address by which one page refers to another until they are one document."""
    return f"#{PAGE}{docname}"


def assemble(builder: Builder, root: str) -> nodes.document:
    """Return the whole book; ids are unique in it and references between pages are references inside it."""
    env = builder.env
    book = new_document(root)
    book.settings = env.get_doctree(root).settings
    for toctree in env.get_doctree(root).findall(addnodes.toctree):
        chapters = [node for _, page in toctree["entries"] if page for node in _chapter(builder, str(page))]
        if toctree.get("caption"):
            part = section(
                [f"part-{len(book.children) + 1}"], toctree["caption"], *chapters, classes=["part"]
            )
            book += part
        else:
            book.extend(chapters)
    _join(book)
    return book


def _chapter(builder: Builder, docname: str) -> list[nodes.Node]:
    """Return a page's sections, its ids marked with its name; pages below it follow as own chapters."""
    tree = builder.env.get_and_resolve_doctree(
        docname, builder, tags=builder.tags, prune_toctrees=False, includehidden=True
    )
    below = [
        str(page) for toctree in tree.findall(addnodes.toctree) for _, page in toctree["entries"] if page
    ]
    for node in tree.findall(nodes.Element):
        ids: list[str] = node.get("ids", [])
        node["ids"] = [_own(docname, name) for name in ids]
        if "refid" in node and not (node.get("internal") and node["refid"].startswith(PAGE_PREFIX)):
            node["refid"] = _own(docname, node["refid"])
        if "backrefs" in node:
            node["backrefs"] = [_own(docname, name) for name in node["backrefs"]]
    sections = [child for child in tree.children if isinstance(child, nodes.section)]
    if is_index(tree):
        # On paper an index gives numbers of pages; the book makes it when it has them.
        sections = []
    if sections:
        sections[0]["ids"].append(page_id(docname))
    return [*sections, *(node for page in below for node in _chapter(builder, page))]


def is_index(tree: nodes.document) -> bool:
    """Tell whether a page holds the index."""
    return any("index" in node["classes"] for node in tree.findall(nodes.container))


def _own(docname: str, name: str) -> str:
    """Return an id that no other page has; records have such ids already."""
    return name if name.startswith(PREFIXES) else f"{page_id(docname).removeprefix(PAGE_PREFIX)}-{name}"


def _join(book: nodes.document) -> None:
    """Turn addresses of other pages into ids of the one document."""
    for node in book.findall(nodes.reference):
        address = node.get("refuri", "")
        if address.startswith(f"#{PAGE}"):
            page, _, name = address[2:].partition("#")
            del node["refuri"]
            node["refid"] = _own(page, name) if name else page_id(page)
