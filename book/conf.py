"""Let `sphinx-build` and editors find the configuration; it holds no facts of any dossier."""

from pathlib import Path

from build_scripts import validation
from build_scripts.nodes.context import Press
from build_scripts.places import Places
from build_scripts.sphinx_ext.settings import settings

_folder = Path(__file__).parents[1]
_dossier = validation.load(_folder)
_press = Press(paper=_dossier.edition.papers[0])
globals().update(settings(_dossier, Places(_folder, _folder / "build"), "html", _press))
