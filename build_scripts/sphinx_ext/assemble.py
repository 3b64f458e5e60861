"""Put all pages of a book into one document: a part for each captioned list, a chapter for each page."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.builders import Builder

from build_scripts.nodes.text import page_id, section

PAGE = "%"


def page_address(docname: str) -> str:
    """Return the address by which one page refers to another until they are one document."""
    return f"#{PAGE}{docname}"


def assemble(builder: Builder, root: str) -> nodes.document:
    """Return the whole book; ids are unique in it and references between pages are references inside it.

    What the first page says beside its lists of pages is the first chapter.
    """
    env = builder.env
    book = new_document(root)
    book.settings = env.get_doctree(root).settings
    assembly = _Assembly(builder)
    opening = assembly.page(root)
    if any(_says_something(node) for node in opening):
        book.extend(opening)
    for toctree in env.get_doctree(root).findall(addnodes.toctree):
        chapters = [node for _, page in toctree["entries"] for node in assembly.chapter(str(page))]
        if toctree.get("caption"):
            part = section(
                [f"part-{len(book.children) + 1}"], toctree["caption"], *chapters, classes=["part"]
            )
            book += part
        else:
            book.extend(chapters)
    if len(book) == 1:
        # The writer takes a section that stands alone for a wrapper of chapters, and leaves its heading out.
        book += nodes.comment()
    assembly.join(book)
    return book


def is_index(tree: nodes.document) -> bool:
    """Check whether a page holds the index."""
    return bool(tree.get("has_index"))


class _Assembly:
    """Take pages out of Sphinx's hands and remember those that are none on paper."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.records: Collection[str] = builder.env.get_domain("dossier").data["pages"]
        self.left_out: set[str] = set()

    def chapter(self, docname: str) -> Iterator[nodes.Node]:
        """Yield a page's sections; pages below it follow as own chapters."""
        below = [
            str(page)
            for toctree in self.builder.env.get_doctree(docname).findall(addnodes.toctree)
            for _, page in toctree["entries"]
        ]
        yield from self.page(docname)
        for page in below:
            yield from self.chapter(page)

    def page(self, docname: str) -> list[nodes.section]:
        """Return a page's sections without its lists of pages, its ids marked with its name."""
        tree = self.builder.env.get_doctree(docname)
        if is_index(tree):
            # On paper an index gives numbers of pages; the book makes it when it has them.
            self.left_out.add(docname)
            return []
        for toctree in list(tree.findall(addnodes.toctree)):
            toctree.parent.parent.remove(toctree.parent)
        tree = self.builder.env.get_and_resolve_doctree(
            docname, self.builder, tags=self.builder.tags, doctree=tree
        )
        for node in tree.findall(nodes.Element):
            node["ids"] = [self._own(docname, name) for name in node["ids"]]
            if "refid" in node:
                node["refid"] = self._own(docname, node["refid"])
            if "backrefs" in node:
                node["backrefs"] = [self._own(docname, name) for name in node["backrefs"]]
            if isinstance(node, addnodes.index):
                node["entries"] = [
                    (kind, value, self._own(docname, name), *more)
                    for kind, value, name, *more in node["entries"]
                ]
        sections = [child for child in tree.children if isinstance(child, nodes.section)]
        if sections:
            sections[0]["ids"].append(page_id(docname))
            first = tree.index(sections[0])
            # What stands above a heading shows nothing, but may be led to.
            for above in reversed(tree.children[:first]):
                sections[0].insert(1, above)
        return sections

    def _own(self, docname: str, name: str) -> str:
        """Return an id that no other page has; records and pages have such ids already."""
        return name if name in self.records else f"{docname}:{name}"

    def join(self, book: nodes.document) -> None:
        """Turn addresses of other pages into ids of the one document."""
        for node in list(book.findall(nodes.reference)):
            address = node.get("refuri", "")
            if not address.startswith(f"#{PAGE}"):
                continue
            page, _, name = address[2:].partition("#")
            if page in self.left_out:
                node.replace_self(nodes.inline("", "", *node.children))
                continue
            del node["refuri"]
            node["refid"] = self._own(page, name) if name else page_id(page)


def _says_something(node: nodes.section) -> bool:
    return any(not isinstance(child, nodes.Titular | nodes.Invisible) for child in node.children)
