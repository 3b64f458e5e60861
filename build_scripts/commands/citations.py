"""Render the citations once, for every product to use."""

from __future__ import annotations

from build_scripts import validation
from build_scripts.commands import files
from build_scripts.nodes.citations import render
from build_scripts.places import Places
from build_scripts.words import Words


def run(places: Places) -> None:
    """Write the file of rendered citations."""
    dossier = validation.load(places.dossier)
    words = Words(dossier.edition.language)
    rendered = render(dossier.references, dossier.edition.citation_style, words)
    files.write(places.citations, rendered.dumps().encode())
