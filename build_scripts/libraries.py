"""Compare the libraries that are installed with the lock: what is made depends on their versions."""

from __future__ import annotations

import re
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.version import Version

LOCK = Path(__file__).parent / "locks" / "build.txt"
# One that only some systems need stands in the lock with a condition.
ENTRY = re.compile(r"^([a-z0-9-]+)==([^\s;]+) (?!;)", re.M)


@cache
def unlike_the_lock() -> dict[str, str]:
    """Return the libraries that are installed in another version than the lock has, with theirs."""
    locked = ENTRY.findall(LOCK.read_text("utf-8"))
    found = {name: (Version(version), _installed(name)) for name, version in locked}
    return {name: str(here or "") for name, (wanted, here) in found.items() if here != wanted}


def _installed(name: str) -> Version | None:
    try:
        return Version(metadata.version(name))
    except metadata.PackageNotFoundError:
        return None
