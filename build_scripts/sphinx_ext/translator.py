"""Write nodes as HTML for the site and as XHTML for the EPUB, with what both need beyond Sphinx's own writer.

Notes stand in a section of their own behind the chapter; tables name the head of every cell, so that they can
be read stacked on a narrow screen; records have links to themselves. Roles follow DPUB-ARIA 1.1.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from build_scripts.nodes.context import Context
from build_scripts.nodes.drawing import drawing
from build_scripts.pdf.bidi import divided, is_mixed

TYPES = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
"""How HTML names the kinds of figures that docutils knows."""


class SiteTranslator(HTML5Translator):
    """Write the pages of the site."""

    pushed = ' tabindex="0"'

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        context: Context = self.builder.env.get_domain("dossier").context  # type: ignore[attr-defined]
        self.words = context.words
        self._labels: list[list[str]] = []
        # By the id of a block, which is kept so that no other gets the same.
        self._blocks: dict[int, tuple[nodes.Element, dict[int, list[tuple[str, bool]]]]] = {}

    def visit_title(self, node: nodes.title) -> None:
        """Give the captions of parts a level; a heading without one is refused by assistive software."""
        super().visit_title(node)
        parent = node.parent
        if (
            isinstance(parent, nodes.Element)
            and parent.tagname == "compact_paragraph"
            and parent.get("toctree")
        ):
            self.body[-2] = self.body[-2].replace('role="heading"', 'role="heading" aria-level="2"')

    def visit_term(self, node: nodes.Element) -> None:
        """Give a term the ids and classes of its entry, which has no element of its own in HTML."""
        entry = node.parent
        self.body.append(self.starttag(node, "dt", "", classes=entry["classes"], ids=entry["ids"]))

    def depart_term(self, node: nodes.Element) -> None:
        """Link a record to itself."""
        self.add_permalink_ref(node.parent, self.attval(self.words("link-here")))
        super().depart_term(node)

    def visit_figure(self, node: nodes.figure) -> None:
        """Let the keyboard push a drawing sideways that is wider than the page and has no narrow twin."""
        super().visit_figure(node)
        if any("narrow" not in drawn for drawn in node.findall(drawing)):
            self.body[-1] = self.body[-1].replace("<figure", f"<figure{self.pushed}", 1)

    def visit_Text(self, node: nodes.Text) -> None:
        """Isolate what is read from right to left from what surrounds it (HTML, 4.5.25)."""
        apart = self._apart(node)
        if self.protect_literal_text or apart is None:
            super().visit_Text(node)
            return
        for text, is_apart in apart:
            encoded = self.encode(text)
            self.body.append(f'<bdi dir="rtl">{encoded}</bdi>' if is_apart else encoded)

    def _apart(self, node: nodes.Text) -> list[tuple[str, bool]] | None:
        """Return the pieces of a text, if the block that holds it has letters read from right to left."""
        block: nodes.Element = node.parent
        while isinstance(block, nodes.Inline) and isinstance(block.parent, nodes.Element):
            block = block.parent
        if id(block) not in self._blocks:
            texts = list(block.findall(nodes.Text)) if is_mixed(block.astext()) else []
            cut = divided([(str(text), _language(text)) for text in texts])
            pieces = {id(text): piece for text, piece in zip(texts, cut, strict=True)}
            self._blocks[id(block)] = block, pieces
        return self._blocks[id(block)][1].get(id(node))

    def visit_image(self, node: nodes.image) -> None:
        """Leave the ids of a picture that is a link to the link, which has them too."""
        if isinstance(node.parent, nodes.reference):
            node["ids"] = [name for name in node["ids"] if name not in node.parent["ids"]]
        super().visit_image(node)

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        """Open a list that is numbered as the author did, since its points are referred to (HTML, 4.4.5)."""
        super().visit_enumerated_list(node)
        classes = ["prefixed"] * bool(node.get("prefix")) + ["bracketed"] * (node.get("suffix") == ")")
        kind = TYPES[node.get("enumtype", "arabic")]
        opened = self.body[-1].replace("<ol", f'<ol type="{kind}"', 1)
        self.body[-1] = opened.replace('class="', f'class="{" ".join(classes)} ' if classes else 'class="', 1)

    # --- notes ---

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Raise the mark of a note and say what it is."""
        name = node["refid"]
        attributes: Any = {"role": "doc-noteref", "href": f"#{name}", **self._mark(name)}
        self.body.append('<sup class="note-mark">' + self.starttag(node, "a", suffix="", **attributes))

    def depart_footnote_reference(self, node: nodes.Element) -> None:
        """Close the mark."""
        self.body.append("</a></sup>")

    def visit_footnote(self, node: nodes.Element) -> None:
        """Open a note."""
        attributes: Any = {"role": "doc-footnote", **self._note(node)}
        self.body.append(self.starttag(node, "aside", classes=["footnote"], **attributes))

    def depart_footnote(self, node: nodes.Element) -> None:
        """Close a note."""
        self.body.append("</aside>\n")

    def visit_label(self, node: nodes.Element) -> None:
        """Open the number of a note, which leads back to its mark."""
        back: list[str] = node.parent["backrefs"]
        title = self.attval(self.words("note-back", label=node.astext()))
        link = f'<a role="doc-backlink" href="#{back[0]}" title="{title}">' if back else "<span>"
        self.body.append(f'<span class="label">{link}')
        self.context.append("</a></span>\n" if back else "</span></span>\n")

    def depart_label(self, node: nodes.Element) -> None:
        """Close the number."""
        self.body.append(self.context.pop())

    def visit_container(self, node: nodes.Element) -> None:
        """Open the section of notes, a box that scrolls, or any other container."""
        if "notes" in node["classes"]:
            level = min(self.section_level + 1, 6)
            attributes: Any = self._notes()
            self.body.append(self.starttag(node, "section", **attributes))
            self.body.append(f"<h{level}>{self.encode(self.words('notes-title'))}</h{level}>\n")
            self.context.append("</section>\n")
        elif "table-wrapper" in node["classes"]:
            captions = [title.astext() for title in node.findall(nodes.title)]
            attributes = {
                "role": "group",
                "tabindex": "0",
                "aria-label": (captions or [self.words("table")])[0],
            }
            # The wrapper is copied from its table, whose ids stand on the table itself.
            wrapper = nodes.container(classes=node["classes"])
            self.body.append(self.starttag(wrapper, "div", **attributes))
            self.context.append("</div>\n")
        else:
            self.body.append(self.starttag(node, "div"))
            self.context.append("</div>\n")

    def depart_container(self, node: nodes.Element) -> None:
        """Close the container."""
        self.body.append(self.context.pop())

    def _mark(self, name: str) -> dict[str, str]:
        """Return attributes of a mark, where a wide page hangs the note (CSS Anchor Positioning)."""
        return {"style": f"anchor-name: --mark-{name}"}

    def _note(self, node: nodes.Element) -> dict[str, str]:
        """Return attributes of a note, which hangs at its mark but never above the end of the note before."""
        name = node["ids"][0]
        before = node.previous_sibling()
        above = f"--note-{before['ids'][0]}" if isinstance(before, nodes.footnote) else ""
        last = f" --before: anchor({above} bottom, 0px);" if above else ""
        return {"style": f"anchor-name: --note-{name}; --mark: anchor(--mark-{name} top, 0px);{last}"}

    def _notes(self) -> dict[str, str]:
        return {"role": "doc-endnotes"}

    # --- tables ---

    def visit_table(self, node: nodes.table) -> None:
        """Note the heads of columns; a table without spans and of three columns or more can be stacked."""
        labels = _labels(node)
        if len(labels) > 2:
            node["classes"].append("stacks")
        self._labels.append(labels if len(labels) > 2 else [])
        super().visit_table(node)

    def depart_table(self, node: nodes.table) -> None:
        """Forget the heads."""
        self._labels.pop()
        super().depart_table(node)

    def visit_entry(self, node: nodes.Element) -> None:
        """Open a cell; a head says of what it is the head (HTML, 4.9.10)."""
        row: Any = node.parent
        column = row.column
        head = isinstance(row.parent, nodes.thead)
        stub = bool(row.parent.parent.stubs[column])
        attributes: dict[str, Any] = {}
        if head or stub:
            attributes["scope"] = "col" if head else "row"
            attributes["classes"] = ["head" if head else "stub"]
        elif self._labels[-1]:
            attributes["data-label"] = self._labels[-1][column]
        for key, name in (("morerows", "rowspan"), ("morecols", "colspan")):
            if key in node:
                attributes[name] = node[key] + 1
        row.column += 1 + node.get("morecols", 0)
        tag = "th" if head or stub else "td"
        self.body.append(self.starttag(node, tag, "", **attributes))
        self.context.append(f"</{tag}>\n")


class EpubTranslator(SiteTranslator):
    """Write the documents of the EPUB, which also speak the vocabulary of EPUB Structural Semantics."""

    pushed = ""

    def visit_section(self, node: nodes.section) -> None:
        """Say of a page's outermost section what it is among the parts of a book."""
        super().visit_section(node)
        page = self.builder.current_docname
        if self.section_level == 1 and page != self.config.root_doc:
            kind = self.builder.kind(page)  # type: ignore[attr-defined]
            label = self.attval(self.builder.env.titles[page].astext())
            opened = f'<section epub:type="{kind}" role="doc-{kind}" aria-label="{label}"'
            self.body[-1] = self.body[-1].replace("<section", opened, 1)

    def visit_page_break(self, node: nodes.Element) -> None:
        """Mark where a page of the printed book begins."""
        label = self.words("page-break", page=node["folio"])
        attributes: Any = {"role": "doc-pagebreak", "epub:type": "pagebreak", "aria-label": label}
        self.body.append(self.starttag(node, "span", "", **attributes))

    def depart_page_break(self, node: nodes.Element) -> None:
        """Close the mark."""
        self.body.append("</span>")

    def _mark(self, name: str) -> dict[str, str]:
        return {"epub:type": "noteref"}

    def _note(self, node: nodes.Element) -> dict[str, str]:
        return {"epub:type": "footnote"}

    def _notes(self) -> dict[str, str]:
        return {"epub:type": "footnotes"}


def _language(node: nodes.Node) -> str:
    """Return the language that the classes round a text name, or nothing."""
    parent = node.parent
    while parent is not None:
        for name in parent.get("classes", ()):
            if name.startswith("language-"):
                return str(name.removeprefix("language-"))
        parent = parent.parent
    return ""


def _labels(table: nodes.table) -> list[str]:
    """Return the heads of a table's columns, or nothing if cells span columns or rows."""
    entries = list(table.findall(nodes.entry))
    heads = [row for head in table.findall(nodes.thead) for row in head.findall(nodes.row)]
    if len(heads) != 1 or any("morecols" in entry or "morerows" in entry for entry in entries):
        return []
    return [entry.astext() for entry in heads[0].findall(nodes.entry)]
