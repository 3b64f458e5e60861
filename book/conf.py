"""Let `sphinx-build` and editors find the configuration; it holds no facts of any dossier."""

from pathlib import Path

from build_scripts import validation
from build_scripts.places import Places
from build_scripts.sphinx_ext.settings import settings

_folder = Path(__file__).parents[1]
globals().update(settings(validation.load(_folder), Places(_folder, _folder / "build"), "html"))
