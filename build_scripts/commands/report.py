"""Check a dossier and say what it rests on."""

from __future__ import annotations

from build_scripts import validation
from build_scripts.places import Places


def run(places: Places) -> None:
    """Print one line of totals if nothing is wrong.

    Raises ProblemsFound if something is.
    """
    dossier = validation.load(places.dossier)
    counts = {
        "events": len(dossier.events),
        "people": len(dossier.people),
        "organizations": len(dossier.organizations),
        "accounts": len(dossier.accounts),
        "series": len(dossier.series),
        "terms": len(dossier.glossary),
        "sources": len(dossier.references),
    }
    print(", ".join(f"{number} {name}" for name, number in counts.items()))
