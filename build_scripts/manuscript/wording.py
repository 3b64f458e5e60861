"""Put what docutils finds wrong in a chapter into the words of its author.

A table of patterns stands for the messages of docutils 0.22 (`parsers/rst/states.py`, `tableparser.py`,
`transforms/references.py`); a message that none fits is kept as it is.
"""

from __future__ import annotations

import re

BLANK = "needs a blank line behind it, and the next line begins further left"
UNEVEN = "the lines over and under a heading are not alike"
MARKS = {
    "emphasis": "*", "strong": "**", "literal": "``", "target": "_`", "substitution_reference": "|",
}  # fmt: skip

TABLE: tuple[tuple[str, str], ...] = (
    (r"Title underline too short\.", "the line under the heading is shorter than the heading"),
    (r"Title overline too short\.", "the line over the heading is shorter than the heading"),
    (r"Title overline & underline mismatch\.", UNEVEN),
    (r"Missing matching underline for section title overline\.",
     "a heading has a line over it and none under it"),
    (r"Incomplete section title\.", "a heading is not finished"),
    (r"Invalid section title or transition marker\.", "a line of marks that is neither heading nor rule"),
    (r"Unexpected section title( or transition)?\.",
     "a heading or rule cannot stand here; move it to the margin"),
    (r"Inconsistent title style: skip from level (\d+) to (\d+)\.", "a heading skips a level: {0}, then {1}"),
    (r"A level \d+ section cannot be used here\.", "a heading cannot stand here"),
    (r"Title level inconsistent:", "a heading of a kind that does not fit those above it"),
    (r"Unexpected indentation\.", "is set in without a reason; put a blank line before it or move it left"),
    (r"(?s)(.*) ends without a blank line; unexpected unindent\.", f"a block {BLANK}"),
    (r"Line block ends without a blank line\.", f"a line block {BLANK}"),
    (r"Blank line required after table\.", "a table needs a blank line behind it"),
    (r"Literal block expected; none found\.", "'::' announces text shown as typed, and none follows, set in"),
    (r"Inconsistent literal block quoting\.", "the lines of text shown as typed begin with different marks"),
    (r"Inline interpreted text or phrase reference start-string without end-string\.",
     "has an opening ` without its closing one; write \\` for the sign itself"),
    (r"Multiple roles in interpreted text.*", "has a role before and behind the same text; one is enough"),
    (r"Mismatch: both interpreted text role .*", "has a role and an underscore for the same text"),
    (r"Footnote content expected\.", "a note without text"),
    (r"Citation content expected\.", "a note without text"),
    (r'Substitution definition "(.*)" (missing contents|empty or invalid)\.',
     "the substitution '{0}' has no content"),
    (r"Problematic content in substitution definition", "a substitution holds something wrong"),
    (r"(?s)(.*) are not supported in a substitution definition\.",
     "a substitution cannot hold targets or notes"),
    (r'Duplicate substitution definition name: "(.*)"\.', "the substitution '{0}' is defined twice"),
    (r'Undefined substitution referenced: "(.*)"\.',
     "there is no substitution '{0}'; write \\| for the sign itself"),
    (r'Circular substitution definition.*', "a substitution holds itself"),
    (r'Duplicate explicit target name: "(.*)"\.', "the name '{0}' is given to two places"),
    (r'Duplicate target name, cannot be used as a unique reference: "(.*)"\.',
     "the name '{0}' is given to two places"),
    (r'Unknown target name: "(.*)"\.', "there is no place '{0}' in this chapter to refer to"),
    (r'Indirect hyperlink target "?(.*?)"? .*refers to target "(.*)", forming a circular reference\.',
     "the places '{0}' and '{1}' refer to each other, and neither to an address"),
    (r'Indirect hyperlink target .* refers to target "(.*)", .*', "there is no place '{0}' to refer to"),
    (r"(?s)Anonymous hyperlink mismatch: (\d+) references but (\d+) targets\..*",
     "{0} links end in '__', and {1} addresses are given for them"),
    (r"Too many autonumbered footnote references: .*", "more marks [#]_ than notes"),
    (r"Too many symbol footnote references: .*", "more marks [*]_ than notes"),
    (r'Footnote \[(.*)\] is not referenced\.', "the note [{0}] is referred to nowhere"),
    (r"(?s)Malformed table; parse incomplete\.",
     "the lines of the table do not make whole cells"),
    (r"(?s)Malformed table\.\n?(.*)", "the table is not well formed: {0:l}"),
    (r"malformed hyperlink target\.", "an address that is not well formed; a name with a colon needs \\:"),
    (r"malformed substitution definition\.", "a substitution that is not well formed"),
    (r"Document or section may not begin with a transition\.", "a rule stands where the text begins"),
    (r"At least one body element must separate transitions; .*", "two rules follow each other"),
    (r"Transition must be child of .*", "a rule cannot stand here"),
    (r"Document may not end with a transition\.", "a rule stands at the end"),
    (r'Invalid context: the "(.*)" directive can only be used within a substitution definition\.',
     "'{0}' can only be used in a substitution: .. |name| {0}:: …"),
    (r'Content block expected for the "(.*)" directive; none found\.', "'{0}' has no text below it"),
    (r'The "(.*)" directive (is empty; content required|requires content; none supplied)\.',
     "'{0}' has no text below it"),
    (r"(?s)Error with CSV data in .*",
     "'csv-table' has a row that is not well formed; mind its quotation marks"),
    (r'Invalid class attribute value for "(.*)" directive: "(.*)"\.', "'{0}' has no name that makes a class"),
    (r'"(.*)" directive arguments not valid role names: "(.*)"\.',
     "'{0}' names no role; write '.. role:: name'"),
    (r'No suitable element following "(.*)" directive', "nothing follows that '{0}' could be about"),
    (r'Error parsing content block for the "list-table" directive: (two-level|uniform).*',
     "each row of 'list-table' is a list with as many points as the first row"),
    (r'(?s)Error parsing content block for the "(.*)" directive: (.*)', "'{0}': {1:l}"),
    (r'The "(.*)" directive may not be used within topics or body elements\.',
     "'{0}' stands within something else; move it to the margin"),
    (r"Figure caption must be a paragraph or empty comment\.",
     "the first thing below a figure is its caption"),
    (r'"(.*)" directive requires arguments on the first line\.', "'{0}' has nothing behind the colons"),
    (r"Line (\d+) exceeds the line-length-limit\.", "line {0} is longer than 10000 signs"),
    (r"Invalid option list marker: (.*)", "a list of options begins with something else"),
    (r'Invalid context for .*', "cannot stand here"),
)  # fmt: skip
SLIP = re.compile(r'(?s)Error in "(?P<name>.*?)" directive:\s*(?P<what>.*?)\.?')
SLIPS: tuple[tuple[str, str], ...] = (
    (r"no content permitted", "takes no text below it"),
    (r"Content block expected for the .*", "has no text below it"),
    (r"(\d+) argument\(s\) required, (\d+) supplied", "has nothing behind the colons"),
    (r"maximum (\d+) argument\(s\) allowed, (\d+) supplied",
     "has too much behind the colons; put a blank line below it"),
    (r'unknown option: "(.*)"', "has no option '{0}'"),
    (r'(?s)invalid option value: \(option: "(.*)"; value: (.*)\)\s*(.*)', "option '{0}': {2:l}"),
    (r"invalid option block", "has lines below it that are neither options nor, behind a blank line, text"),
    (r'(?s)invalid option data: (.*)', "has options that are not well formed; write :name: value"),
    (r'duplicate option "(.*)"', "has the option '{0}' twice"),
)  # fmt: skip
OPEN = re.compile(r"Inline (\w+) start-string without end-string\.")


def worded(message: str) -> str:
    """Return a message of docutils in the author's words."""
    text = message.strip()
    if match := OPEN.fullmatch(text):
        mark = MARKS.get(match[1], "mark")
        return f"has an opening {mark} without its closing one; write \\{mark[0]} for the sign itself"
    if match := SLIP.fullmatch(text):
        return f"'{match['name']}' {_first(match['what'], SLIPS) or _low(' '.join(match['what'].split()))}"
    return _first(text, TABLE) or _low(" ".join(text.split()))


def _first(text: str, table: tuple[tuple[str, str], ...]) -> str | None:
    for pattern, words in table:
        if match := re.fullmatch(pattern, text):
            return words.format(*map(_Part, match.groups()))
    return None


class _Part(str):
    """Hold a part of a message; the format `l` begins it with a small letter and ends it without a stop."""

    __slots__ = ()

    def __format__(self, wanted: str) -> str:
        plain = " ".join(self.split())
        return _low(plain) if wanted == "l" else plain


def _low(text: str) -> str:
    return (text[:1].lower() + text[1:] if text[1:2].islower() else text).rstrip(".")
