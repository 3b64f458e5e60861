"""Turn the notes of a tagged canvas into the structure tree of a PDF.

ISO 32000-1, 14.7 (structure), 12.3 (destinations, outline), 12.4.2 (page labels), 12.5 (annotations).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from build_scripts.pdf.tags import Element, Link, Mark, Notes, Place, Uri

KEPT_EMPTY = {"TD", "TH"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """Describe one line of the outline; `level` counts from 0, `name` is a named destination."""

    level: int
    title: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Number the pages from index `first` on: `style` is `D` (1, 2), `r` (i, ii) or empty for none."""

    first: int
    style: str
    start: int = 1


def finish(
    pdf: pikepdf.Pdf,
    root: Element,
    notes: Notes,
    *,
    lang: str,
    labels: Sequence[Labels] = (),
    outline: Sequence[Bookmark] = (),
    role_map: Mapping[str, str] | None = None,
) -> None:
    """Give a PDF drawn on a tagged canvas its links, destinations, outline, page labels and structure."""
    annotations = navigate(pdf, notes, labels=labels, outline=outline)
    structure(pdf, root, notes, annotations, lang=lang, role_map=role_map)


def fill_in(pdf: pikepdf.Pdf, drawn: Mapping[int, Sequence[tuple[bytes, bytes]]]) -> None:
    """Put what was drawn late into the content of its pages."""
    for index, pieces in drawn.items():
        stream = pdf.pages[index].obj.Contents
        content = stream.read_bytes()
        for token, piece in pieces:
            content = content.replace(token, piece)
        stream.write(content)


def navigate(
    pdf: pikepdf.Pdf, notes: Notes, *, labels: Sequence[Labels] = (), outline: Sequence[Bookmark] = ()
) -> list[tuple[Link, Any]]:
    """Add links, destinations, outline and page labels; return the link annotations."""
    pages = [page.obj for page in pdf.pages]
    annotations = _add_links(pdf, pages, notes)
    if notes.places:
        places = {name: _place(pages, place) for name, place in notes.places.items()}
        pdf.Root.Names = Dictionary(Dests=_name_tree(pdf, places))
    if labels:
        pdf.Root.PageLabels = Dictionary(Nums=Array(_page_labels(labels)))
    if outline:
        _add_outline(pdf, pages, notes, outline)
    return annotations


def structure(
    pdf: pikepdf.Pdf,
    root: Element,
    notes: Notes,
    annotations: list[tuple[Link, Any]],
    *,
    lang: str,
    role_map: Mapping[str, str] | None = None,
) -> None:
    """Add the structure tree and what makes a PDF a tagged one."""
    pages = [page.obj for page in pdf.pages]
    tree = _Tree(pdf, pages, notes, annotations)
    struct_root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = tree.build(root, struct_root)
    if top is None:
        raise ValueError("nothing was marked on any page")
    struct_root.K = top
    struct_root.ParentTree = tree.parent_tree()
    struct_root.ParentTreeNextKey = len(pages) + len(annotations)
    if tree.ids:
        struct_root.IDTree = _name_tree(pdf, tree.ids)
    if role_map:
        struct_root.RoleMap = Dictionary({f"/{tag}": Name(f"/{role}") for tag, role in role_map.items()})
    for index, page in enumerate(pages):
        page.StructParents = index
        page.Tabs = Name.S
    catalog = pdf.Root
    catalog.StructTreeRoot = struct_root
    catalog.MarkInfo = Dictionary(Marked=True)
    catalog.Lang = String(lang)
    catalog.ViewerPreferences = Dictionary(DisplayDocTitle=True)


class _Tree:
    """Build the structure elements and remember what the parent tree and the id tree need."""

    def __init__(
        self, pdf: pikepdf.Pdf, pages: list[Any], notes: Notes, annotations: list[tuple[Link, Any]]
    ) -> None:
        self.pdf = pdf
        self.pages = pages
        self.notes = notes
        self.objects: dict[Element, Any] = {}
        self.ids: dict[str, Any] = {}
        self.annotations = annotations
        self.links: dict[Element, list[tuple[Link, Any]]] = {}
        for link, annotation in annotations:
            self.links.setdefault(link.element, []).append((link, annotation))

    def build(self, element: Element, parent: Any) -> Any | None:
        """Make the object of an element and of all below it; nothing when there is nothing to hold."""
        return self._build(element, parent)[0]

    def _build(self, element: Element, parent: Any) -> tuple[Any | None, float]:
        marks = self.notes.marks.get(element, ())
        links = self.links.get(element, ())
        node = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent))
        page = marks[0].page if marks else None
        kids: list[tuple[float, Any]] = [(mark.order, self._mark(mark, page)) for mark in marks]
        kids += [(link.order, self._object(link, annotation)) for link, annotation in links]
        mixed = bool(kids)
        for kid in element.kids:
            built, order = self._build(kid, node)
            if built is not None:
                kids.append((order, built))
        if not kids and element.tag not in KEPT_EMPTY:
            return None, 0
        first = min((order for order, _ in kids), default=0)
        if mixed:
            # Inline children are made before anything is drawn; the order of drawing is that of the text.
            kids.sort(key=lambda pair: pair[0])
        if page is not None:
            node.Pg = self.pages[page]
        if kids:
            node.K = kids[0][1] if len(kids) == 1 else Array([kid for _, kid in kids])
        self._describe(element, node)
        self.objects[element] = node
        return node, first

    def _mark(self, mark: Mark, page: int | None) -> Any:
        if mark.page == page:
            return mark.mcid
        return Dictionary(Type=Name.MCR, Pg=self.pages[mark.page], MCID=mark.mcid)

    def _object(self, link: Link, annotation: Any) -> Any:
        return Dictionary(Type=Name.OBJR, Pg=self.pages[link.page], Obj=annotation)

    def _describe(self, element: Element, node: Any) -> None:
        for key, text in (
            ("/Alt", element.alt),
            ("/ActualText", element.actual_text),
            ("/E", element.expansion),
            ("/Lang", element.lang),
            ("/T", element.title),
        ):
            if text is not None:
                node[key] = String(text)
        if element.id is not None:
            if element.id in self.ids:
                raise ValueError(f"two structure elements have the id {element.id!r}")
            node.ID = String(element.id)
            self.ids[element.id] = node
        owners = [
            Dictionary(
                {"/O": Name(f"/{owner}"), **{f"/{key}": _attribute(value) for key, value in values.items()}}
            )
            for owner, values in element.attributes.items()
        ]
        if owners:
            node.A = owners[0] if len(owners) == 1 else Array(owners)

    def parent_tree(self) -> Any:
        """Map pages by MCID, and link annotations, to their elements (14.7.4.4)."""
        numbers: list[Any] = []
        for index in range(len(self.pages)):
            elements = self.notes.pages[index] if index < len(self.notes.pages) else []
            numbers += [index, Array([self._object_of(element) for element in elements])]
        for index, (link, _) in enumerate(self.annotations):
            numbers += [len(self.pages) + index, self._object_of(link.element)]
        return self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))

    def _object_of(self, element: Element) -> Any:
        try:
            return self.objects[element]
        except KeyError:
            raise ValueError(f"{element!r} was drawn but is not in the tree") from None


def _attribute(value: Any) -> Any:
    if isinstance(value, str):
        return Name(f"/{value}")
    if isinstance(value, (list, tuple)):
        return Array([_attribute(item) for item in value])
    return round(value, 2) if isinstance(value, float) else value


def _add_links(pdf: pikepdf.Pdf, pages: list[Any], notes: Notes) -> list[tuple[Link, Any]]:
    missing = sorted(
        {link.target.name for link in notes.links if not isinstance(link.target, Uri)} - set(notes.places)
    )
    if missing:
        raise ValueError(f"links lead to destinations that no page has: {', '.join(missing)}")
    made = []
    by_page: dict[int, list[Any]] = {}
    for number, link in enumerate(notes.links, start=len(pages)):
        if isinstance(link.target, Uri):
            action = Dictionary(S=Name.URI, URI=String(link.target.uri))
        else:
            action = Dictionary(S=Name.GoTo, D=String(link.target.name))
        annotation = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(value, 2) for value in link.rect]),
                Border=Array([0, 0, 0]),
                F=4,
                Contents=String(link.contents),
                A=action,
                StructParent=number,
                P=pages[link.page],
            )
        )
        by_page.setdefault(link.page, []).append(annotation)
        made.append((link, annotation))
    for page, annotations in by_page.items():
        pages[page].Annots = Array(annotations)
    return made


def _place(pages: list[Any], place: Place) -> Array:
    return Array([pages[place.page], Name.XYZ, round(place.x, 2), round(place.y, 2), None])


def _name_tree(pdf: pikepdf.Pdf, values: Mapping[str, Any]) -> Any:
    tree = pikepdf.NameTree.new(pdf)
    for name in sorted(values):
        tree[name] = values[name]
    return tree.obj


def _page_labels(labels: Sequence[Labels]) -> list[Any]:
    numbers: list[Any] = []
    for label in labels:
        entry = Dictionary(St=label.start)
        if label.style:
            entry.S = Name(f"/{label.style}")
        numbers += [label.first, entry]
    return numbers


def _add_outline(pdf: pikepdf.Pdf, pages: list[Any], notes: Notes, bookmarks: Sequence[Bookmark]) -> None:
    with pdf.open_outline() as outline:
        branches = [outline.root]
        for bookmark in bookmarks:
            del branches[bookmark.level + 1 :]
            item = pikepdf.OutlineItem(bookmark.title, _place(pages, notes.places[bookmark.name]))
            item.is_closed = bookmark.level > 0
            branches[-1].append(item)
            branches.append(item.children)
