"""Judge a site: every link inside it leads somewhere, and no page asks for anything from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts.judges.faults import Fault
from build_scripts.judges.markup import Element, elements

LOADED = {"img": "src", "script": "src", "source": "src", "iframe": "src", "link": "href", "use": "href"}
# A link element of these kinds loads nothing by itself.
NOT_LOADED = frozenset({"canonical", "search", "next", "prev", "index", "author", "license"})
OUTSIDE = re.compile(r"(?i:https?:)|//")
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)")


@dataclass(slots=True)
class Page:
    """Hold what a page defines, what it links to and what it loads."""

    ids: set[str] = field(default_factory=set)
    links: list[tuple[Element, str]] = field(default_factory=list)
    loads: list[tuple[Element, str]] = field(default_factory=list)


def links(folder: Path) -> Iterator[Fault]:
    """Yield links that lead nowhere, and what would be fetched from outside, as `page:line: what`."""
    pages = {path: _read(path) for path in sorted(folder.rglob("*.html"))}
    if not pages:
        yield Fault("has no pages")
    for path, page in pages.items():
        shown = path.relative_to(folder)
        name = shown.with_suffix("").as_posix()
        for element, address in page.links:
            problem = _broken(address, path, folder, pages)
            if problem:
                yield Fault(f"{shown.as_posix()}:{element.start[0]}: {problem}", element.reading(name))
        for element, address in page.loads:
            problem = _outside(address) or _broken(address, path, folder, pages)
            if problem:
                yield Fault(f"{shown.as_posix()}:{element.start[0]}: {problem}", element.reading(name))
    for path in sorted(folder.rglob("*.css")):
        shown = path.relative_to(folder)
        for address in CSS_ADDRESS.findall(path.read_text("utf-8")):
            problem = _outside(address) or _broken(address, path, folder, pages)
            if problem:
                yield Fault(f"{shown.as_posix()}: {problem}")


def _read(path: Path) -> Page:
    page = Page()
    for element in elements(path.read_text("utf-8")):
        tag, values = element.tag, element.values
        if "id" in values:
            page.ids.add(values["id"])
        if tag == "a" and "href" in values:
            page.links.append((element, values["href"]))
        elif tag in LOADED and LOADED[tag] in values and not set(values.get("rel", "").split()) & NOT_LOADED:
            page.loads.append((element, values[LOADED[tag]]))
    return page


def _outside(address: str) -> str | None:
    return f"loads '{address}' from outside" if OUTSIDE.match(address) else None


def _broken(address: str, at: Path, folder: Path, pages: dict[Path, Page]) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError as problem:
        return f"'{address}' is no address: {problem}"
    if parts.scheme or parts.netloc:
        return None
    target = (at.parent / unquote(parts.path)).resolve() if parts.path else at.resolve()
    if target.is_dir():
        target = target / "index.html"
    if not target.is_relative_to(folder.resolve()) or not target.is_file():
        return f"'{address}' leads nowhere"
    page = pages.get(folder / target.relative_to(folder.resolve()))
    fragment = unquote(parts.fragment)
    if fragment and page is not None and fragment not in page.ids:
        return f"'{address}' leads to a place that the page does not have"
    return None
