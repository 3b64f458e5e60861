"""Configure the author's handbook: Sphinx with Furo, and the lists that the builder's own tables give."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

project = "Handbook for authors of dossiers"
author = "The authors of the builder"
project_copyright = author
language = "en"
extensions = ["handbook"]
exclude_patterns = ["example"]
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["handbook.css"]
html_title = project
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#7a1f1f", "color-brand-content": "#7a1f1f"},
    "dark_css_variables": {"color-brand-primary": "#e6a09a", "color-brand-content": "#e6a09a"},
}
