"""Name the folders of a build: the dossier's files go in, everything made goes out below one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Hold the dossier's folder and the folder for what is made of it."""

    dossier: Path
    build: Path

    @property
    def book(self) -> Path:
        """Return the folder of chapters."""
        return self.dossier / "book"

    @property
    def citations(self) -> Path:
        """Return the file of rendered citations."""
        return self.build / "citations.json"

    @property
    def pages(self) -> Path:
        """Return the file that says where the pages of the printed book begin."""
        return self.build / "pages.json"

    @property
    def fonts(self) -> Path:
        """Return the folder of fonts made for PDF and web."""
        return self.build / "fonts"

    def doctrees(self, builder: str) -> Path:
        """Return Sphinx's cache; builders that run side by side have one each."""
        return self.build / "doctrees" / builder
