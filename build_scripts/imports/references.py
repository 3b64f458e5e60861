"""Convert BibTeX, CSL-JSON and RIS to entries of references.yaml.

pandoc reads BibTeX, BibLaTeX and RIS and gives CSL-JSON (CSL 1.0.2, appendix IV).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.imports.entries import Entry, plain, text_of, unique
from build_scripts.model.fields import Date
from build_scripts.model.references import DATES, CslName, Names, Reference, Type
from build_scripts.nodes.citing import pandoc

FORMATS = {".bib": "biblatex", ".bibtex": "biblatex", ".ris": "ris", ".json": "csljson"}
# CSL-JSON marks text within fields by these elements (citeproc-js manual, "HTML-like formatting tags").
MARKS = re.compile(r"</?(?:i|b|sc|sup|sub|span)(?: [^<>]*)?>")
TITLE = re.compile(r'title\s*=\s*([{"])', re.IGNORECASE)
RIS_RECORD = re.compile(r"^TY  - .*?^ER  -", re.MULTILINE | re.DOTALL)
RIS_DATE = re.compile(r"^(DA|PY|Y1)  - (.*?)\s*$", re.MULTILINE)
KINDS = {
    "article-newspaper": "news", "article-magazine": "news", "entry-encyclopedia": "encyclopedia",
    "entry-dictionary": "encyclopedia", "entry": "encyclopedia", "legal_case": "court", "report": "report",
    "paper-conference": "report", "thesis": "thesis", "legislation": "government", "regulation": "government",
    "bill": "government", "treaty": "government", "hearing": "government", "standard": "government",
    "manuscript": "archive", "collection": "archive", "personal_communication": "archive",
    "broadcast": "broadcast", "motion_picture": "broadcast", "interview": "broadcast", "song": "broadcast",
    "webpage": "web", "post": "web", "post-weblog": "web", "software": "web", "dataset": "web",
}  # fmt: skip
ROLES = frozenset(
    field.alias or name for name, field in Reference.model_fields.items() if field.annotation == Names
)
KEYS = [field.alias or name for name, field in Reference.model_fields.items()]
# A year, month or day in CSL-JSON; some programs write them as text.
PART = re.compile(r"-?[0-9]{1,12}")
SEASONS = {"1": "21", "2": "22", "3": "23", "4": "24"}
# What library programs keep for themselves; of no use in a list of sources.
PRIVATE = frozenset({"id", "citation-key", "citation-label", "abstract", "keyword", "annote", "categories"})


def read(path: Path, taken: Iterable[str]) -> list[Entry]:
    """Return the entries of a library export; ids that are `taken` are not given again.

    Each is marked as not read, which asks for no citation: how much of it was read only its reader knows.
    Raises ProblemsFound if the file cannot be read.
    """
    names = set(taken)
    entries = []
    for item in _items(path):
        entry = converted(item, names)
        names.add(entry.id)
        entries.append(entry)
    return entries


def _items(path: Path) -> list[Mapping[str, Any]]:
    form = FORMATS[path.suffix.lower()]
    text = text_of(path)
    source = _protected(text) if form == "biblatex" else text
    try:
        found = json.loads(text if form == "csljson" else pandoc.converted(source, form, "csljson"))
    except (ValueError, RuntimeError) as error:
        raise ProblemsFound([Diagnostic(Location(str(path)), f"is no {form}: {plain(error)}")]) from error
    items = found.get("items", found) if isinstance(found, dict) else found
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise ProblemsFound([Diagnostic(Location(str(path)), "is not a list of CSL items")])
    if not items:
        raise ProblemsFound([Diagnostic(Location(str(path)), "has no sources")])
    if form == "ris":
        dates = list(_ris_dates(text))
        if len(dates) == len(items):
            return [{**item, **date} for item, date in zip(items, dates, strict=True)]
    return items


def _protected(text: str) -> str:
    """Return BibTeX with titles in braces of their own: pandoc would make names in them lower-case."""
    pieces = []
    position = 0
    for match in TITLE.finditer(text):
        if match.start() < position:
            continue
        depth, quoted = 1, match[1] == '"'
        for end in range(match.end(), len(text)):
            depth += (text[end] == "{") - (text[end] == "}")
            if depth == 0 or (quoted and depth == 1 and text[end] == '"'):
                pieces += [text[position : match.end()], "{", text[match.end() : end], "}"]
                position = end
                break
    return "".join([*pieces, text[position:]])


def _ris_dates(text: str) -> Iterator[Mapping[str, Any]]:
    """Yield the date of each record of RIS, of which pandoc reads the year at most."""
    for record in RIS_RECORD.findall(text):
        found = dict(RIS_DATE.findall(record)[::-1])
        day = next((found[tag] for tag in ("DA", "PY", "Y1") if found.get(tag, "").strip("/ ")), "")
        parts = [int(part) for part in day.split("/")[:3] if part.strip().isdigit()]
        yield {"issued": {"date-parts": [parts]}} if parts else {"issued": {"raw": day}}


def converted(item: Mapping[str, Any], taken: set[str]) -> Entry:
    """Return the entry of one CSL item."""
    kind = str(item.get("type", ""))
    name = unique(str(item.get("citation-key") or item.get("id") or item.get("title", "")), taken, "source")
    entry = Entry({"id": name, "type": kind if kind in get_args(Type) else "document"})
    if entry.values["type"] != kind:
        entry.remarks.append(f"type {plain(kind)} is none of CSL 1.0.2" if kind else "type was missing")
    for key, value in item.items():
        if key in PRIVATE or key == "type" or value in (None, "", [], {}):
            continue
        read = _value(key, value)
        if read:
            entry.values[key] = read
        typed = _typed(value) if key in DATES and isinstance(value, dict) else ""
        if typed and not _ends(value) and read != typed:
            entry.remarks.append(f"{key} was typed: {typed}")
    kinds = KINDS.get(entry.values["type"])
    entry.values |= {"kind": kinds or "book", "read": "none"}
    if kinds is None and entry.values["type"] not in ("book", "chapter"):
        entry.remarks.append("kind is a guess")
    entry.fit(Reference, {"title": "[No title]"})
    entry.values = {key: entry.values[key] for key in KEYS if key in entry.values}
    return entry


def _value(key: str, value: Any) -> Any:
    if key in ROLES and isinstance(value, list):
        return [_name(one) for one in value if isinstance(one, dict)]
    if key in DATES and isinstance(value, dict):
        return _date(value)
    if key == "language":
        return _language(str(value))
    return _text(value) if isinstance(value, str | int | float) else value


def _name(name: Mapping[str, Any]) -> dict[str, str]:
    known = {field.alias or key for key, field in CslName.model_fields.items()}
    parts = {key: _text(value) for key, value in name.items() if key in known and value not in (None, "")}
    flags = {
        key: str(value).lower() for key, value in parts.items() if key in ("comma-suffix", "static-ordering")
    }
    if "family" not in parts:
        return {"literal": parts.get("literal") or " ".join(parts.values()) or "[Unknown]"}
    parts.pop("literal", None)
    return {**parts, **flags}


def _date(date: Mapping[str, Any]) -> str:
    """Return a CSL date as EDTF where that can be told; else as it was typed."""
    ends = _ends(date)
    text = "/".join(ends) if ends else _typed(date)
    if date.get("circa") and ends:
        text = "/".join(f"{end}~" for end in ends)
    try:
        TypeAdapter(Date).validate_python(text)
    except ValidationError:
        year = re.search(r"\b(1[0-9]{3}|20[0-9]{2})\b", text)
        return f"{year[1]}?" if year else text
    return text


def _typed(date: Mapping[str, Any]) -> str:
    """Return a date as it was typed, or what stands for one and cannot be read."""
    # Named, since lists of JSON look like sets of EDTF.
    parts = f"date-parts {json.dumps(date.get('date-parts'), ensure_ascii=False)}"
    return plain(date.get("raw") or date.get("literal") or (parts if re.search(r"[0-9]", parts) else ""))


def _ends(date: Mapping[str, Any]) -> list[str]:
    """Return the ends of a date in parts, or nothing if any part is not a number."""
    parts = date.get("date-parts")
    if not isinstance(parts, list) or not all(isinstance(one, list) for one in parts):
        return []
    texts = [[str(part).strip() for part in one if str(part).strip()] for one in parts]
    if not all(PART.fullmatch(part) for one in texts for part in one):
        return []
    return [_end(list(map(int, one)), date) for one in texts if one]


def _end(parts: list[int], date: Mapping[str, Any]) -> str:
    year, *rest = parts
    # CSL has no year 0: 1 BC is -1 there and 0000 in EDTF.
    year += year < 0
    text = f"{'-' * (year < 0)}{abs(year):04d}"
    season = SEASONS.get(str(date.get("season", "")))
    if season and not rest:
        return f"{text}-{season}"
    return "-".join([text, *(f"{part:02d}" for part in rest)])


def _language(tag: str) -> str:
    parts = tag.strip().replace("_", "-").split("-")
    return "-".join([parts[0].lower(), *(one.upper() if len(one) == 2 else one for one in parts[1:])])


def _text(value: object) -> str:
    return plain(html.unescape(MARKS.sub("", str(value))))
