"""Render CSL items by pandoc's citeproc, which `pypandoc_binary` brings: one process for all of them.

Items go in as metadata of an empty document and come out as inline nodes of its JSON form
(https://hackage.haskell.org/package/pandoc-types), so that no text of an author is ever parsed as markup.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from build_scripts.nodes.citing.marks import CLOSE, OPEN

API = [1, 23, 1]
FORMATS = {"Emph": "i", "Strong": "b", "Underline": "u", "Superscript": "p", "Subscript": "s"}
QUOTES = {"DoubleQuote": "“{}”", "SingleQuote": "‘{}’"}
QUOTED = re.compile("“([^“”]*)”")
QUOTED_IN_QUOTED = re.compile(r"‘([^‘’]*)’(?!\w)")
# A stop inside quotation marks stands also inside those that end there (Chicago 16, 6.9).
STOP_IN_QUOTED = re.compile("(‘[^‘“”]*)’([.,])”")
APART = "\x04"
COLUMNS = frozenset({"csl-block", "csl-left-margin", "csl-right-inline", "csl-indent"})
NAMES = frozenset({"family", "given", "literal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Hold marked text by the id of its item: as first cited, as cited again, and entries in their order."""

    first: Mapping[str, str]
    again: Mapping[str, str]
    entries: Mapping[str, str]


def run(items: Sequence[Mapping[str, Any]], style: bytes, language: str) -> Run:
    """Return how a CSL style cites and lists items, each cited twice, in the locale of a language."""
    cited = [str(item["id"]) for item in items] * 2
    document = {
        "pandoc-api-version": API,
        "meta": {
            "lang": {"t": "MetaString", "c": language},
            "csl": {
                "t": "MetaString",
                "c": f"data:application/xml;base64,{base64.b64encode(style).decode()}",
            },
            "references": _meta(items),
        },
        "blocks": [{"t": "Plain", "c": [_citation(name)]} for name in cited],
    }
    cite = ("--citeproc", "--metadata", "link-bibliography=false")
    blocks = json.loads(converted(json.dumps(document), "json", "json", *cite))["blocks"]
    texts = [_text(block["c"]) for block in blocks[: len(cited)]]
    half = len(items)
    entries = {
        entry["c"][0][0].removeprefix("ref-"): _joined(_text(entry["c"][1]))
        for block in blocks[len(cited) :]
        for entry in block["c"][1]
    }
    return Run(
        first=dict(zip(cited[:half], texts[:half], strict=True)),
        again=dict(zip(cited[half:], texts[half:], strict=True)),
        entries={name: text for name, text in entries.items() if text},
    )


def converted(document: str, reader: str, writer: str, *options: str) -> str:
    """Convert a document from one of pandoc's forms to another.

    In its sandbox pandoc reads and writes no file and asks no server. Raises RuntimeError with its words.
    """
    name = "pandoc.exe" if sys.platform == "win32" else "pandoc"
    with resources.as_file(resources.files("pypandoc") / "files" / name) as program:
        command = [str(program), "--sandbox", "--data-dir", str(program.parent)]
        result = subprocess.run(
            [*command, f"--from={reader}", f"--to={writer}", *options],
            input=document.encode(),
            capture_output=True,
            check=False,
            env={},
        )
    if result.returncode:
        raise RuntimeError(f"pandoc ended with {result.returncode}: {result.stderr.decode(errors='replace')}")
    return result.stdout.decode()


def _citation(name: str) -> dict[str, Any]:
    cited = {
        "citationId": name,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[cited], []]}


def _meta(value: Any, key: str = "") -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {name: _meta(one, name) for name, one in value.items()}}
    if isinstance(value, list | tuple):
        return {"t": "MetaList", "c": [_meta(one) for one in value]}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    text = str(value)
    return {"t": "MetaInlines", "c": _words(text) if key in NAMES else _inlines(text)}


def _inlines(text: str) -> list[dict[str, Any]]:
    """Return text as inlines; what stands in quotation marks is known as such, to be set inside others."""
    return _split(text, QUOTED, "DoubleQuote", _quoted)


def _quoted(text: str) -> list[dict[str, Any]]:
    return _split(text, QUOTED_IN_QUOTED, "SingleQuote", _words)


def _split(
    text: str, pattern: re.Pattern[str], kind: str, inside: Callable[[str], list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    inlines: list[dict[str, Any]] = []
    position = 0
    for match in pattern.finditer(text):
        inlines += _words(text[position : match.start()])
        inlines.append({"t": "Quoted", "c": [{"t": kind}, inside(match[1])]})
        position = match.end()
    return inlines + _words(text[position:])


def _words(text: str) -> list[dict[str, Any]]:
    return [
        {"t": "Space"} if part == " " else {"t": "Str", "c": part} for part in re.split("( )", text) if part
    ]


def _text(inlines: Iterable[Mapping[str, Any]]) -> str:
    """Return nodes as marked text."""
    return "".join(_one(node) for node in inlines)


def _joined(text: str) -> str:
    """Put a space where columns meet, unless a stop follows."""
    text = re.sub(f"{APART} *(?=[.,;:]|$)", "", text).replace(APART, " ")
    text = STOP_IN_QUOTED.sub(r"\1\2’”", text)
    return re.sub(" +", " ", text).strip(" ")


def _one(node: Mapping[str, Any]) -> str:
    kind: str = node["t"]
    content: Any = node.get("c")
    match kind:
        case "Str":
            return str(content)
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Emph" | "Strong" | "Underline" | "Superscript" | "Subscript":
            return f"{OPEN}{FORMATS[kind]}{_text(content)}{CLOSE}"
        case "SmallCaps" | "Para" | "Plain":
            return _text(content)
        case "Quoted":
            return QUOTES[content[0]["t"]].format(_text(content[1]))
        case "Link" | "Cite":
            return _text(content[1])
        case "Span" | "Div":
            # What a style sets as a block or a column of its own is kept apart by a space.
            apart = kind == "Div" or not COLUMNS.isdisjoint(content[0][1])
            return _text(content[1]) + APART * apart
        case _:
            raise ValueError(f"pandoc's citeproc gave a node '{kind}'")
