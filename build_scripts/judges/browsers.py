"""Judge a site in a browser: axe-core, which `axe-playwright-python` brings, in Debian's chromium.

Its rules are those of WCAG 2.2 AA and its own best practices; colours are judged in light and in dark.
"""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from build_scripts.judges.faults import Fault

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
SIZE = {"width": 1280, "height": 900}
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}

# The switches of the drawers stand before all landmarks: the theme's style sheet needs them there.
ACCEPTED = frozenset({("region", "#__navigation"), ("region", "#__toc")})


def axe(folder: Path) -> Iterator[Fault]:
    """Yield what in a site's pages stands in the way of readers with disabilities, as `page: rule: what`."""
    with importlib.import_module("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for path in sorted(folder.rglob("*.html")):
            page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
            page.goto(path.resolve().as_uri())
            shown = path.relative_to(folder).as_posix()
            yield from (Fault(f"{shown}: {fault}") for fault in violations(page))
            page.close()
        browser.close()


def violations(page: Any) -> Iterator[str]:
    """Yield what is wrong with an open page as it now stands, in both schemes of colours."""
    checker = importlib.import_module("axe_playwright_python.sync_playwright").Axe()
    for scheme, options in (("light", EVERYTHING), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        for rule in checker.run(page, options=options).response["violations"]:
            for node in rule["nodes"]:
                target = " ".join(map(str, node["target"]))
                if (rule["id"], target) not in ACCEPTED:
                    yield f"{rule['id']}: {rule['help']} ({target}, {scheme})"
