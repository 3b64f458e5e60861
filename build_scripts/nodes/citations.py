"""Hold citations and the bibliography in the edition's CSL style, rendered once for all products.

The result is text with marks, which becomes nodes; nothing passes through HTML.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes

from build_scripts.diagnostics import ProblemsFound
from build_scripts.model.references import Reference
from build_scripts.nodes.citing import pandoc
from build_scripts.nodes.citing.items import doubt, prepared, year
from build_scripts.nodes.citing.marks import as_nodes, plain, with_links
from build_scripts.nodes.citing.style import Style, read
from build_scripts.words import Words

DOI = re.compile(r"(?:\bDOI:? ?|https?://(?:dx\.)?doi\.org/)(?=10\.[0-9]{4,9}/)", re.IGNORECASE)
BRACKETED = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)|\[((?:[^\[\]]|\[[^\[\]]*\])*)\]")
# What a style leaves out of its list, such as letters, is listed as what it is not known to leave out.
LISTED = "document"
# A control character keeps a year apart that stands in a title and not in the date of issue.
APART = "\x03"
TITLES = ("title", "title-short", "container-title", "collection-title", "publisher")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Hold a source's short citation and its entry in the bibliography, with marks."""

    label: str
    entry: str


class Citations:
    """Give citations as nodes."""

    def __init__(self, rendered: Mapping[str, Rendered]) -> None:
        """Take what `render` gave."""
        self._rendered = rendered

    @classmethod
    def load(cls, path: Path) -> Citations:
        """Read what `save` wrote."""
        return cls({name: Rendered(**value) for name, value in json.loads(path.read_text("utf-8")).items()})

    def dumps(self) -> str:
        """Return the citations as JSON for `load`; its order is that of the bibliography."""
        kept = {name: {"label": one.label, "entry": one.entry} for name, one in self._rendered.items()}
        return json.dumps(kept, ensure_ascii=False, indent=1)

    def order(self) -> Iterator[str]:
        """Yield the ids of the sources in the order of the bibliography."""
        yield from self._rendered

    def label(self, name: str) -> list[nodes.Node]:
        """Return a source's short citation."""
        return as_nodes(self._rendered[name].label)

    def label_text(self, name: str) -> str:
        """Return a source's short citation without its marks."""
        return plain(self._rendered[name].label)

    def entry(self, name: str) -> list[nodes.Node]:
        """Return a source's entry in the bibliography; addresses in it are links."""
        return list(with_links(as_nodes(self._rendered[name].entry)))


def render(references: Sequence[Reference], style: str, words: Words) -> Citations:
    """Return the citations of all references in a CSL style, in the order of its list of sources.

    A style that leaves a type out of its list, or that says nothing of doubtful dates, is helped; one that
    prints nothing of a source cannot be used for it.
    """
    read_style = read(style, words.language)
    by_id = {reference.id: reference for reference in references}
    items = [_apart(prepared(one, words)) for one in references]
    run = pandoc.run(items, read_style.xml, read_style.language)
    if unlisted := [item for item in items if item["id"] not in run.entries]:
        for item in unlisted:
            item["type"] = LISTED
        run = pandoc.run(items, read_style.xml, read_style.language)
    cited = run.again if read_style.again else run.first
    if mute := [one for one in references if not plain(cited[one.id]).strip(" .()")]:
        message = f"citation_style '{style}' prints nothing of it; take another one"
        raise ProblemsFound(one.problem(message, "type") for one in mute)
    item_by_id = {item["id"]: item for item in items}
    order = [*run.entries, *(name for name in by_id if name not in run.entries)]
    rendered = {name: _finished(by_id[name], item_by_id[name], run, read_style, words) for name in order}
    said = {name: item.get("issued", {}).get("literal", "") for name, item in item_by_id.items()}
    return Citations({name: _joined(one) for name, one in _told_apart(rendered, said).items()})


def _finished(
    reference: Reference, item: Mapping[str, Any], run: pandoc.Run, style: Style, words: Words
) -> Rendered:
    """Return a source's texts with doubts and its address."""
    label = _label((run.again if style.again else run.first)[reference.id])
    entry = run.entries.get(reference.id) or run.first[reference.id]
    said = item.get("issued", {}).get("literal")
    doubtful = doubt(reference)
    if said is not None:
        entry = _once(entry, said)
    elif doubtful and not style.doubts:
        label, entry = (_doubted(text, year(item), doubtful, words) for text in (label, entry))
    return Rendered(label=label, entry=_with_address(entry, reference))


def _joined(rendered: Rendered) -> Rendered:
    return Rendered(label=rendered.label.replace(APART, ""), entry=rendered.entry.replace(APART, ""))


def _label(text: str) -> str:
    """Return a citation without brackets around the whole, and without the full stop of a note."""
    text = text.strip().removesuffix(".")
    match = BRACKETED.fullmatch(text)
    return (match[1] or match[2] or "") if match else text


def _apart(item: dict[str, Any]) -> dict[str, Any]:
    """Keep the year of issue apart from the same figures in a title."""
    digits = year(item)
    for key in TITLES:
        if digits and key in item:
            item[key] = item[key].replace(digits, APART.join(digits))
    return item


def _doubted(text: str, digits: str, doubtful: str, words: Words) -> str:
    """Render the first year of issue in a text, letter and all, as doubtful."""
    if not digits:
        return text
    pattern = rf"(?<![0-9]){digits}(?:[a-z]{{1,2}}\b|(?![0-9]))"
    return re.sub(pattern, lambda match: words(doubtful, year=match[0]), text, count=1)


def _once(text: str, said: str) -> str:
    """Leave out what stands in words where a style divides a date between year and day."""
    return re.sub(rf"({re.escape(said)}[a-z]{{0,2}}), {re.escape(said)}(?!\w)", r"\1", text)


def _with_address(entry: str, reference: Reference) -> str:
    """Lead to the source: a DOI as its address, once; another address also where the style leaves it out."""
    entry = DOI.sub("https://doi.org/", entry)
    address = f"https://doi.org/{reference.DOI}" if reference.DOI else reference.URL
    if address is None or address in entry or (reference.URL and reference.URL in entry):
        return entry
    return f"{entry} {address}."


def _told_apart(rendered: Mapping[str, Rendered], said: Mapping[str, str]) -> dict[str, Rendered]:
    """Add a letter to the citations that a style leaves alike, and to their entries.

    `said` has the dates that are told in words; the letter stands beside them.
    """
    same: dict[str, list[str]] = {}
    for name, one in rendered.items():
        same.setdefault(plain(one.label), []).append(name)
    apart = dict(rendered)
    for names in same.values():
        for index, name in enumerate(names if len(names) > 1 else ()):
            label, entry = (
                _lettered(text, said[name], _letters(index))
                for text in (rendered[name].label, rendered[name].entry)
            )
            apart[name] = Rendered(label=label, entry=entry)
    return apart


def _lettered(text: str, said: str, letters: str) -> str:
    if said and said in text:
        return text.replace(said, f"{said}-{letters}", 1)
    return f"{text} [{letters}]"


def _letters(index: int) -> str:
    """Return a, b, ... z, aa, ab, ..."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = string.ascii_lowercase[rest] + letters
    return letters
