"""Judge bags by the bagit library: complete, and every checksum right."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

from build_scripts.judges.faults import Fault


def bagit(path: Path) -> Iterator[Fault]:
    """Yield what makes a bag invalid."""
    module = importlib.import_module("bagit")
    try:
        module.Bag(str(path)).validate()
    except module.BagValidationError as problem:
        yield from [Fault(str(one)) for one in problem.details] or [Fault(str(problem))]
    except module.BagError as problem:
        yield Fault(str(problem))
