"""Convert what libyaml finds wrong in a file into the words of its author.

A table of patterns stands for the messages of libyaml 0.2 (`scanner.c`, `parser.c`); a message that none
fits is kept as it is.
"""

from __future__ import annotations

import re

import yaml

# What a line holds behind its dashes and its key; and how a text begins that YAML takes for a mark of its own
# (YAML 1.1, 5.3: indicators).
VALUE = re.compile(r"[ -]*(?:[\w-]+: +)?(?P<value>.*)")
TAKEN = re.compile(
    r"[\[{][^\]}]*[\]}] *[^\s,#\]}]|[*%@`]|&(?![\w-])|!(?=[^\w!<])|\"[^\"]*\" *[^\s#:]"
    r"|'[^']*(?:'[^']*'[^']*)*' *[^\s'#:]|'[^']*$"
)
# From so many signs on YAML takes no text for a key (YAML 1.1, 7.4).
LONGEST_KEY = 1024
QUOTED = "put the whole text in quotes, or on lines of its own below '>-' or '|'"
SINGLE = "write \\\\ for a backslash, or put the text in single quotes"
INDENT = "keys of one record, and items of one list, begin in the same column"

# `{0}` is the line where what is left open begins.
TABLE: tuple[tuple[str, str], ...] = (
    (r"found unexpected (end of stream|document indicator) while scanning a quoted scalar",
     "a quotation mark opens on line {0} and is never closed"),
    (r"found unknown escape character .*", f"has a backslash that YAML cannot read; {SINGLE}"),
    (r"(did not find expected hexdecimal number|found invalid Unicode character escape code) .*",
     f"has a backslash with a number behind it that is no character; {SINGLE}"),
    (r"did not find expected ',' or '\]' .*",
     f"a [ that opens on line {{0}} lacks a comma or its ]; if it is text, {QUOTED}"),
    (r"did not find expected ',' or '\}' .*",
     f"a {{{{ that opens on line {{0}} lacks a comma or its }}}}; if it is text, {QUOTED}"),
    (r"did not find expected node content while parsing a flow node",
     f"has nothing between the commas or brackets of a list; if they are text, {QUOTED}"),
    (r"mapping (values|keys) are not allowed in this context",
     f"has a key where none can stand; {INDENT}, and a text with ': ' in it has quotes around it"),
    (r"block sequence entries are not allowed in this context",
     f"has a '- ' where no item can stand; begin the list on a line of its own; {INDENT}"),
    (r"did not find expected (key|'-' indicator) .*", f"does not stand where it belongs; {INDENT}"),
    (r"could not find expected ':' .*", f"has a key without its ':'; {INDENT}"),
    (r"(did not find expected comment or line break|found an indentation indicator .*) while .*",
     "has something behind '|' or '>' that does not belong there; begin the text on the next line"),
    (r"did not find expected .* while (parsing|scanning) (a|an) (tag|directive|anchor|alias|%.*)",
     f"has a text that begins with a mark of YAML; {QUOTED}"),
    (r"found undefined tag handle .*", f"has a text that begins with !, a mark of YAML; {QUOTED}"),
    (r"found character that cannot start any token .*",
     f"has a text that begins with a mark of YAML; {QUOTED}"),
    (r"found (incompatible YAML document|duplicate %YAML directive)",
     "has a line that begins with %; leave it out"),
)  # fmt: skip


def worded(text: str, error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Return the line and the words for what keeps a text from being read."""
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    lines = ["", *text.splitlines(), ""]
    # The parser notices a line or two late.
    for near in (line, line - 1, line - 2):
        match = VALUE.match(lines[near]) if 0 < near < len(lines) else None
        if match is None:
            continue
        value = match["value"]
        if TAKEN.match(value):
            return near, f"has a text that begins with {value[0]}, a mark of YAML; {QUOTED}"
        if near == line and ": " in value and value[0] not in "\"'|>[{":
            return near, f"has a text with ': ' in it, which divides key and value in YAML; {QUOTED}"
    opened = error.context_mark.line + 1 if error.context_mark else line
    said = " ".join(filter(None, (error.problem, error.context)))
    for pattern, words in TABLE:
        if re.fullmatch(pattern, said):
            return line, words.format(opened)
    return line, f"is not YAML: {said} from line {opened}"
