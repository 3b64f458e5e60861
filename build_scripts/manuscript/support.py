"""Know which kinds of nodes every form of the book can set, and where; a test holds the writers to it."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from build_scripts.manuscript.passages import line_of
from build_scripts.manuscript.placeholders import cite, part, record
from build_scripts.manuscript.refusals import FORMULA, NO_CITATION, NO_RAW

BLOCKS = frozenset((
    "paragraph", "section", "title", "rubric", "centered", "attribution", "block_quote", "line_block",
    "literal_block", "doctest_block", "transition", "footnote", "compound", "comment",
    "substitution_definition", "target", "index", "bullet_list", "enumerated_list", "definition_list",
    "field_list", "option_list", "figure", "image", "container", "admonition", "attention", "caution",
    "danger", "error", "hint", "important", "note", "seealso", "tip", "warning", "topic", "sidebar", "table",
    "hlist",
))  # fmt: skip
"""Blocks, each with a handler of its own in the PDF writer."""

INLINE = frozenset((
    "inline", "abbreviation", "acronym", "target", "emphasis", "title_reference", "strong", "literal",
    "superscript", "subscript", "reference", "footnote_reference", "index", "image",
))  # fmt: skip
"""Inline nodes, each with a handler of its own in the PDF writer."""

INNER = frozenset((
    "document", "Text", "list_item", "definition_list_item", "term", "classifier", "definition", "field",
    "field_name", "field_body", "option_list_item", "option_group", "option", "option_string",
    "option_argument", "description", "line", "label", "caption", "legend", "subtitle", "tgroup", "colspec",
    "thead", "tbody", "row", "entry", "hlistcol",
))  # fmt: skip
"""Parts of blocks, which the handlers of these set."""

OURS = frozenset(kind.__name__ for kind in (record, cite, part, addnodes.pending_xref, addnodes.toctree))
"""What is replaced by others before anything is set."""

WORDS = {
    "math": FORMULA,
    "math_block": FORMULA,
    "raw": NO_RAW,
    "citation": NO_CITATION,
    "citation_reference": NO_CITATION,
}
# What docutils has found wrong, which is told elsewhere, and what its transforms leave behind.
TOLD = frozenset(("system_message", "problematic", "substitution_reference", "pending"))
# A box of this class is what docutils makes of `.. contents::`, which a book on paper leaves out.
CONTENTS = "contents"
UNSEEN = nodes.footnote_reference | nodes.Invisible
LISTED = nodes.title | nodes.caption | nodes.rubric
SETTABLE = BLOCKS | INLINE | INNER | OURS


def check(document: nodes.document) -> Iterator[tuple[int, str]]:
    """Yield the lines of what cannot be set, with the reason."""
    for node in document.findall():
        kind = type(node).__name__
        if kind in WORDS:
            yield line_of(node), WORDS[kind]
        elif kind not in SETTABLE | TOLD:
            words = kind.replace("_", " ")
            yield line_of(node), f"holds what not every form of the book can set ({words})"
        elif isinstance(node, nodes.topic) and CONTENTS in node["classes"]:
            yield line_of(node), f"the class '{CONTENTS}' is the builder's own; give the box another"
        elif isinstance(node, LISTED) and not _has_words(node):
            yield line_of(node), "a heading or caption without words"
        elif isinstance(node, nodes.list_item) and not _has_words(node):
            yield line_of(node), "an item of a list has nothing in it; write it, or take its mark away"


def _has_words(node: nodes.Element) -> bool:
    """Check whether there is text besides marks of notes: contents and lists of figures show nothing else."""
    if isinstance(node, nodes.list_item) and next(node.findall(nodes.image), None) is not None:
        return True
    texts = node.findall(nodes.Text)
    return any(text.strip() for text in texts if not isinstance(text.parent, UNSEEN))
