"""Make the fonts of the site and the EPUB, cut to the characters that the dossier needs."""

from __future__ import annotations

from build_scripts.commands import files
from build_scripts.pdf.webfonts import write_fonts
from build_scripts.places import Places


def run(places: Places) -> None:
    """Write the web fonts and their style sheet."""
    texts = sorted([*(places.dossier / "data").glob("*.yaml"), *places.book.rglob("*.rst")])
    characters = sorted({character for path in texts for character in path.read_text("utf-8")})
    with files.replacing(places.fonts / "web") as folder:
        write_fonts(folder, "".join(characters))
