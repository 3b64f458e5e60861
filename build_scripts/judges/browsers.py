"""Judge pages in a browser: axe-core, which `axe-playwright-python` brings, in Debian's chromium.

A site is judged by the rules of WCAG 2.2 AA and axe-core's own best practices, on a phone and on a wide
screen, its colours in light and in dark; an EPUB by its colours in the themes of a reading system.
"""

from __future__ import annotations

import importlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from build_scripts.judges.faults import Fault

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
# Widths in CSS pixels: a narrow phone, and a screen on which notes and contents stand beside the text.
WIDTHS = (360, 1440)
HEIGHT = 900
# axe-core leaves this rule out unless it is named (WCAG 2.2, success criterion 2.5.8).
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}

CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
# What reading systems offer: paper, night and sepia. They set the colours of the page over those of the book.
THEMES = {
    "light": ("light", "/* as the book has it */"),
    "dark": ("dark", "html, body { background: #000 !important; color: #fff !important }"),
    "sepia": ("light", "html, body { background: #f4ecd8 !important; color: #3b2f20 !important }"),
}

# The switches of the drawers stand before all landmarks: the theme's style sheet needs them there.
ACCEPTED = frozenset({("region", "#__navigation"), ("region", "#__toc")})


def axe(folder: Path) -> Iterator[Fault]:
    """Yield what in a site's pages stands in the way of readers with disabilities, as `page: rule: what`."""
    with _browser() as browser:
        for path in sorted(folder.rglob("*.html")):
            shown = path.relative_to(folder).as_posix()
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce")
                page.goto(path.resolve().as_uri())
                yield from (Fault(f"{shown}: {fault} at {width} px") for fault in violations(page))
                page.close()


def contrast(path: Path) -> Iterator[Fault]:
    """Yield text of an EPUB that has too little contrast in a theme of a reading system."""
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        for document in sorted(Path(folder).rglob("*.xhtml")):
            page = browser.new_page(reduced_motion="reduce")
            page.goto(document.as_uri())
            for theme, (scheme, css) in THEMES.items():
                page.emulate_media(color_scheme=scheme)
                sheet = page.add_style_tag(content=css)
                for fault in _violations(page, CONTRAST):
                    yield Fault(f"{document.relative_to(folder).as_posix()}: {fault} in {theme}")
                sheet.evaluate("element => element.remove()")
            page.close()


@contextmanager
def _browser() -> Iterator[Any]:
    """Open the browser that is installed."""
    with importlib.import_module("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


def violations(page: Any) -> Iterator[str]:
    """Yield what is wrong with an open page as it now stands, in both schemes of colours."""
    for scheme, options in (("light", EVERYTHING), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        yield from (f"{fault} in {scheme}" for fault in _violations(page, options))


def _violations(page: Any, options: dict[str, Any]) -> Iterator[str]:
    checker = importlib.import_module("axe_playwright_python.sync_playwright").Axe()
    for rule in checker.run(page, options=options).response["violations"]:
        for node in rule["nodes"]:
            target = " ".join(map(str, node["target"]))
            if (rule["id"], target) not in ACCEPTED:
                yield f"{rule['id']}: {rule['help']} ({target})"
