"""Build printable dossiers from sourced facts; libraries get no settings from outside the builder."""

import os
import socket
import sys
from pathlib import Path
from types import ModuleType

__version__ = "0.1.0"

# docutils reads /etc/docutils.conf, ./docutils.conf and ~/.docutils unless it is given a list of files.
os.environ["DOCUTILSCONFIG"] = ""
# ReportLab runs ~/.reportlab_mods and ~/.reportlab_settings unless modules of these names are there.
for _name in ("reportlab_mods", "reportlab_settings"):
    sys.modules.setdefault(_name, ModuleType(_name))
# ezdxf keeps its settings and a list of fonts below these folders.
for _name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
    os.environ[_name] = str(Path(sys.prefix) / "var")
os.environ.pop("EZDXF_CONFIG_FILE", None)
# urllib3, which Sphinx loads, tries by a socket what this says.
socket.has_ipv6 = False
