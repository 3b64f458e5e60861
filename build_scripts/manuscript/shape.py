"""Check the shape of a page: one that every form of the book prints whole and in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from build_scripts.manuscript.parser import DIRECTIVES
from build_scripts.manuscript.passages import line_of
from build_scripts.manuscript.placeholders import CLOSERS, cite, part, record
from build_scripts.manuscript.roles import ROLES

Said = tuple[int, str]
# A directive with one colon is a comment.
SLIP = re.compile(r"(?:dossier:)?([\w-]+):(?!:)")
# docutils takes a role without text for no role at all, and prints it as it is typed.
UNREAD = re.compile(r":(?:dossier:)?([\w-]+):`(?=[`\s])")
INDEX = "index"

# In points: the measure of large print, the narrowest in proportion to its type; what lists and quotations
# take of it; what a column needs beside its letters; a letter of the least type there.
MEASURE, INDENT, AROUND, LETTER = 466.0, 22.0, 8.0, 7.5
# So many letters of a word stand beside each other, or the word is not read.
LEAST_LETTERS = 3
# More than a page has room for; Sphinx, which keeps pages as they are read, fails at about fifty.
MOST_LEVELS = 15
TOO_DEEP = f"more than {MOST_LEVELS} lists, quotations or boxes stand in each other; tell it in fewer levels"
HOLDERS = (
    nodes.list_item | nodes.definition | nodes.field_body | nodes.block_quote | nodes.Admonition | nodes.entry
)


def check(document: nodes.document, *, is_first: bool) -> Iterator[Said]:
    """Yield the lines of what some form of the book would lose or misplace; `is_first` marks index.rst."""
    yield from _headings(document, is_first=is_first)
    yield from _headings_of_notes(document)
    yield from _levels(document)
    yield from _slips(document)
    yield from _parts(document)
    yield from _toctrees(document, is_first=is_first)
    yield from _substitutions(document)
    yield from _tables(document)


def _headings(document: nodes.document, *, is_first: bool) -> Iterator[Said]:
    sections = [node for node in document.children if isinstance(node, nodes.section)]
    if not sections:
        # The first page has the title of the edition if it has none of its own.
        if not is_first:
            yield 1, "the page has no heading; begin it with one"
        return
    for node in document.children:
        if isinstance(node, nodes.section):
            break
        if not isinstance(node, nodes.Invisible | nodes.system_message) or isinstance(node, nodes.footnote):
            yield line_of(node), "stands above the heading of the page; move it below"


def _headings_of_notes(document: nodes.document) -> Iterator[Said]:
    for node in document.findall(lambda one: isinstance(one, nodes.title | nodes.rubric)):
        if isinstance(node.parent, nodes.section | nodes.document):
            below = [
                one
                for one in node.parent.children[node.parent.index(node) + 1 :]
                if isinstance(one, nodes.footnote) or not isinstance(one, nodes.Invisible | part)
            ]
            notes = below[:1] if isinstance(node, nodes.rubric) else below
            if notes and all(isinstance(one, nodes.footnote) for one in notes):
                yield (
                    line_of(node),
                    f"'{node.astext()}' stands over notes, which have a place of their own; take it out",
                )


def _levels(document: nodes.document) -> Iterator[Said]:
    levels: dict[nodes.Node, int] = {}
    for node in document.findall(nodes.Element):
        levels[node] = levels.get(node.parent, 0) + isinstance(node, HOLDERS)
        if levels[node] == MOST_LEVELS + 1 and isinstance(node, HOLDERS):
            yield line_of(node), TOO_DEEP


def _slips(document: nodes.document) -> Iterator[Said]:
    for node in document.findall(nodes.comment):
        match = SLIP.match(node.astext())
        if match and match[1].lower() in DIRECTIVES:
            yield line_of(node), f"a comment that looks like a directive; write '{match[1]}::'"

    for text in document.findall(nodes.Text):
        if not isinstance(text.parent, nodes.literal | nodes.FixedTextElement | nodes.comment):
            for match in UNREAD.finditer(text):
                if match[1].lower() in ROLES:
                    yield line_of(text.parent), f"the role ':{match[1]}:`' is left empty"


def _parts(document: nodes.document) -> Iterator[Said]:
    closed: dict[str, int] = {}
    for one in document.findall(part):
        if one["name"] in CLOSERS and one["name"] in closed:
            yield line_of(one), f"'{one['name']}' stands at line {closed[one['name']]} already"
        closed.setdefault(one["name"], line_of(one))
        if not isinstance(one.parent, nodes.section):
            yield line_of(one), f"'{one['name']}' stands within something else; move it to the margin"
    index = next((node for node in document.findall(part) if node["name"] == INDEX), None)
    if index is not None:
        for node in document.findall(nodes.Element):
            holder = node.parent
            if (
                isinstance(holder, nodes.section)
                and node is not index
                and not isinstance(node, nodes.Titular | nodes.Invisible | nodes.system_message)
            ):
                yield line_of(node), "stands beside the index; on paper the index has pages of its own"


def _toctrees(document: nodes.document, *, is_first: bool) -> Iterator[Said]:
    if is_first and next(document.findall(addnodes.toctree), None) is None:
        yield 1, "lists no chapters; name them below a line '.. toctree::'"
    for node in document.findall(addnodes.toctree):
        holder = node.parent.parent
        if not isinstance(holder, nodes.section) and not (is_first and holder is document):
            yield line_of(node), "a toctree stands within something else; move it to the margin"
        elif holder is not document and holder.parent is not document:
            yield line_of(node), "a toctree stands below the first heading of its page, not below a lower one"
        if node["caption"] and not is_first:
            yield line_of(node), "only book/index.rst divides the book into parts; leave out the caption"


def _substitutions(document: nodes.document) -> Iterator[Said]:
    for definition in document.findall(nodes.substitution_definition):
        for node in definition.findall(nodes.Element):
            if isinstance(node, cite | record | addnodes.pending_xref | addnodes.index):
                yield line_of(definition), "a substitution holds text or a picture, and no role that refers"
                break


def _tables(document: nodes.document) -> Iterator[Said]:
    for group in document.findall(nodes.tgroup):
        columns = [0] * sum(isinstance(child, nodes.colspec) for child in group.children)
        for row in (row for rows in group.children for row in rows.children):
            column = 0
            for entry in row.children:
                assert isinstance(entry, nodes.entry)
                longest = max(map(len, entry.astext().split()), default=0)
                columns[column] = max(columns[column], longest)
                column += 1 + entry.get("morecols", 0)
        needed = sum(AROUND + LETTER * min(longest, LEAST_LETTERS) for longest in columns)
        if needed > _room(group):
            message = f"a table of {len(columns)} columns, more than a page has room for"
            # A table of a directive does not know its line; the first block in it does.
            lines = (node.line for node in group.parent.findall() if node.line)
            yield next(lines, line_of(group.parent)), f"{message}; divide it, or make its columns rows"


def _room(node: nodes.Element) -> float:
    """Return how wide a block may be, in points, inside of what is around it."""
    above = node.parent
    if above is None:
        return MEASURE
    room = _room(above)
    if isinstance(above, nodes.entry):
        return room / len(above.parent.children) - AROUND
    if isinstance(
        above, nodes.list_item | nodes.definition | nodes.block_quote | nodes.Admonition | nodes.footnote
    ):
        return room - INDENT
    return room
