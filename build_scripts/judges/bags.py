"""Judge bags by the bagit library: complete, and every checksum right."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path


def bagit(path: Path) -> Iterator[str]:
    """Yield what makes a bag invalid."""
    module = importlib.import_module("bagit")
    try:
        module.Bag(str(path)).validate()
    except module.BagValidationError as problem:
        yield from [str(one) for one in problem.details] or [str(problem)]
    except module.BagError as problem:
        yield str(problem)
