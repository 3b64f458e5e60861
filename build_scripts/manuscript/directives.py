"""Read the directives that chapters may use: those of the dossier, those of Sphinx, some of docutils."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives.tables import CSVTable
from docutils.utils.code_analyzer import Lexer, LexerError
from sphinx import addnodes

from build_scripts.manuscript.entries import parse_entries
from build_scripts.manuscript.placeholders import part
from build_scripts.manuscript.settings import page_of, pages_of

# The parts that take names, and those that take a heading; the others stand alone.
NAMING = frozenset(("series", "plan"))
HEADED = frozenset(("one-page", "principals"))
PARTS = (
    "chronology", "one-page", "biographies", "principals", "organizations", "accounts", "glossary",
    "bibliography", "evidence", "index", "preface", "series", "plan", "disputed", "further",
)  # fmt: skip
PLAIN_CODE = frozenset(("none", "text", "default"))
EXPLICIT = re.compile(r"(.+?)\s*<([^<>]*)>", re.DOTALL)
PATTERN = re.compile(r"[*?\[]")


class PartDirective(Directive):
    """Build a placeholder of a part."""

    optional_arguments = 1000
    final_argument_whitespace = True
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the placeholder (docutils directive interface)."""
        name = self.name.lower().removeprefix("dossier:")
        words = " ".join(self.arguments).split()
        if name in HEADED:
            if not words:
                raise self.error(f"'{name}' has no heading; write it behind the colons")
            node = part("", " ".join(words), name=name, arguments=())
        elif words and name not in NAMING:
            raise self.error(f"'{name}' takes no words behind the colons, and has '{' '.join(words)}'")
        else:
            node = part("", name=name, arguments=tuple(words))
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        return [node]


class Toctree(Directive):
    """List pages of the book."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "maxdepth": directives.nonnegative_int,
        "caption": directives.unchanged_required,
        "titlesonly": directives.flag,
        "hidden": directives.flag,
        "glob": directives.flag,
        "reversed": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the list in its wrapper (docutils directive interface)."""
        pages = [page for line in self.content if line.strip() for page in self._pages(line.strip())]
        if not pages:
            raise self.error("a toctree without pages; write their names below it, behind a blank line")
        if "reversed" in self.options:
            pages.reverse()
        known = pages_of(self.state.document)
        listing = addnodes.toctree(
            parent=page_of(self.state.document),
            entries=[(None, page) for page in pages if page in known],
            includefiles=[page for page in pages if page in known],
            listed=pages,
            maxdepth=self.options.get("maxdepth") or -1,
            caption=self.options.get("caption"),
            glob="glob" in self.options,
            hidden="hidden" in self.options,
            includehidden=False,
            numbered=0,
            titlesonly="titlesonly" in self.options,
        )
        listing.source, listing.line = self.state_machine.get_source_and_line(self.lineno)
        if listing["caption"]:
            listing["rawcaption"] = listing["caption"]
        return [nodes.compound("", listing, classes=["toctree-wrapper"])]

    def _pages(self, entry: str) -> list[str]:
        if "://" in entry or entry.startswith("mailto:") or entry == "self":
            match = EXPLICIT.fullmatch(entry)
            return [match[2] if match else entry]
        if match := EXPLICIT.fullmatch(entry):
            raise self.error(f"a page is listed by its own title; write '{match[2]}' alone")
        here = page_of(self.state.document)
        name = posixpath.normpath(posixpath.join(f"/{here}", "..", entry.removesuffix(".rst")))[1:]
        if "glob" not in self.options or not PATTERN.search(entry):
            return [name]
        found = sorted(fnmatch.filter(pages_of(self.state.document) - {here}, name))
        if not found:
            raise self.error(f"no page has a name like '{entry}'")
        return found


class CodeBlock(Directive):
    """Show text as it was typed, in the colours of its language where there are any."""

    has_content = True
    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "caption": directives.unchanged_required,
        "class": directives.class_option,
        "name": directives.unchanged,
        "force": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the block, in a container if it has a caption (docutils directive interface)."""
        self.assert_has_content()
        language = self.arguments[0] if self.arguments else "none"
        if language not in PLAIN_CODE:
            try:
                Lexer("", language)
            except LexerError:
                message = f"there are no colours for the language '{language}'; leave it out"
                raise self.error(message) from None
        text = "\n".join(self.content)
        block = nodes.literal_block(text, text, language=language, force=True, highlight_args={})
        block["classes"] += self.options.get("class", [])
        block.source, block.line = self.state_machine.get_source_and_line(self.lineno)
        shown: nodes.Element = block
        if "caption" in self.options:
            words, messages = self.state.inline_text(self.options["caption"], self.lineno)
            caption = nodes.caption(self.options["caption"], "", *words, *messages)
            caption.source, caption.line = block.source, block.line
            shown = nodes.container("", caption, block, literal_block=True, classes=["literal-block-wrapper"])
        self.add_name(shown)
        return [shown]


class Columns(Directive):
    """Set a short list in several columns."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"columns": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        """Return the columns (docutils directive interface)."""
        self.assert_has_content()
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        if len(holder) != 1 or not isinstance(holder[0], nodes.bullet_list):
            raise self.error("'hlist' holds a list of points and nothing else")
        items = holder[0].children
        count = min(self.options.get("columns", 2), len(items))
        each, more = divmod(len(items), count)
        whole, start = addnodes.hlist(ncolumns=str(count)), 0
        for number in range(count):
            end = start + each + (number < more)
            whole += addnodes.hlistcol("", nodes.bullet_list("", *items[start:end], bullet="-"))
            start = end
        whole.source, whole.line = self.state_machine.get_source_and_line(self.lineno)
        return [whole]


class IndexEntries(Directive):
    """Put the author's entries into the index of the book."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the entries and the place they lead to (docutils directive interface)."""
        if not self.arguments:
            raise self.error("'index' has no entries; to print the whole index, write 'dossier:index'")
        target = nodes.target("", "")
        if "name" in self.options:
            target["names"].append(nodes.fully_normalize_name(self.options["name"]))
        self.state.document.note_explicit_target(target, target)
        try:
            lines = self.arguments[0].split("\n")
            entries = [entry for line in lines for entry in parse_entries(line, target["ids"][0])]
        except ValueError as problem:
            raise self.error(str(problem)) from None
        node = addnodes.index(entries=entries, inline=False)
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        return [node, target]


class Terms(Directive):
    """Refuse a glossary of the chapter's own."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"sorted": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Refuse it (docutils directive interface)."""
        if self.content:
            raise self.error("terms go into data/glossary.yaml; 'dossier:glossary' prints them")
        raise self.error("to print the terms of data/glossary.yaml, write 'dossier:glossary'")


class Table(CSVTable):
    """Read a table of comma-separated values that stand in the chapter."""

    option_spec: ClassVar[dict[str, Any]] = {
        name: check for name, check in CSVTable.option_spec.items() if name not in ("file", "url", "encoding")
    }

    def run(self) -> Any:
        """Return the table, whose cells know no lines of their own (docutils directive interface)."""
        made = super().run()
        for node in made:
            node.line = node.line or self.lineno
        return made


class Centered(Directive):
    """Set a line in the middle."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the line (docutils directive interface)."""
        words, messages = self.state.inline_text(self.arguments[0], self.lineno)
        node = addnodes.centered("", "", *words)
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        return [node, *messages]


class SeeAlso(Directive):
    """Point at something related, in a box."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the box (docutils directive interface)."""
        node = addnodes.seealso("\n".join(self.content))
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        if self.arguments:
            words, messages = self.state.inline_text(self.arguments[0], self.lineno)
            node += [nodes.paragraph("", "", *words), *messages]
        elif not self.content:
            raise self.error("a box without content")
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]
