"""Judge a site: every link inside it leads somewhere, and no page asks for anything from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"img": "src", "script": "src", "source": "src", "iframe": "src", "link": "href", "use": "href"}
# A link element of these kinds loads nothing by itself.
NOT_LOADED = frozenset({"canonical", "search", "next", "prev", "index", "author", "license"})
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)")


@dataclass(slots=True)
class Page:
    """Collect what a page defines, links to and loads, with line numbers."""

    ids: set[str] = field(default_factory=set)
    links: list[tuple[int, str]] = field(default_factory=list)
    loads: list[tuple[int, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and addresses (html.parser interface)."""
        values = {name: value for name, value in attrs if value is not None}
        if "id" in values:
            self.page.ids.add(values["id"])
        line = self.getpos()[0]
        if tag == "a" and "href" in values:
            self.page.links.append((line, values["href"]))
        elif tag in LOADED and LOADED[tag] in values and not set(values.get("rel", "").split()) & NOT_LOADED:
            self.page.loads.append((line, values[LOADED[tag]]))


def links(folder: Path) -> Iterator[str]:
    """Yield links that lead nowhere, and what would be fetched from outside, as `page:line: what`."""
    pages = {path: _read(path) for path in sorted(folder.rglob("*.html"))}
    if not pages:
        yield "has no pages"
    for path, page in pages.items():
        shown = path.relative_to(folder).as_posix()
        for line, address in page.links:
            problem = _broken(address, path, folder, pages)
            if problem:
                yield f"{shown}:{line}: {problem}"
        for line, address in page.loads:
            problem = _outside(address) or _broken(address, path, folder, pages)
            if problem:
                yield f"{shown}:{line}: {problem}"
    for path in sorted(folder.rglob("*.css")):
        shown = path.relative_to(folder).as_posix()
        for address in CSS_ADDRESS.findall(path.read_text("utf-8")):
            problem = _outside(address) or _broken(address, path, folder, pages)
            if problem:
                yield f"{shown}: {problem}"


def _read(path: Path) -> Page:
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader.page


def _outside(address: str) -> str | None:
    parts = urlsplit(address)
    return f"loads '{address}' from outside" if parts.netloc or parts.scheme in ("http", "https") else None


def _broken(address: str, at: Path, folder: Path, pages: dict[Path, Page]) -> str | None:
    parts = urlsplit(address)
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
