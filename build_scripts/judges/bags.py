"""Judge bags: by the bagit library as complete and whole, by the rocrate library as well described."""

from __future__ import annotations

import hashlib
import importlib
import json
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from build_scripts.judges.faults import Fault

METADATA = "ro-crate-metadata.json"


def bagit(path: Path) -> Iterator[Fault]:
    """Yield what makes a bag invalid."""
    module = importlib.import_module("bagit")
    try:
        module.Bag(str(path)).validate()
    except module.BagValidationError as problem:
        yield from [Fault(str(one)) for one in problem.details] or [Fault(str(problem))]
    except module.BagError as problem:
        yield Fault(str(problem))


def rocrate(path: Path) -> Iterator[Fault]:
    """Yield what is wrong with the description of a bag's payload, as the rocrate library reads it."""
    yield from map(Fault, _described(path))


def _described(path: Path) -> Iterator[str]:
    payload = path / "data"
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            crate = importlib.import_module("rocrate.rocrate").ROCrate(payload)
        except (OSError, KeyError, ValueError) as problem:
            yield f"{METADATA}: {problem}"
            return
    yield from (f"{METADATA}: {one.message}" for one in warned)
    described = {entity.id: entity for entity in crate.data_entities}
    there = {one.relative_to(payload).as_posix() for one in payload.rglob("*") if one.is_file()}
    yield from (f"{name}: is not described" for name in sorted(there - described.keys() - {METADATA}))
    for name, entity in sorted(described.items()):
        if name not in there:
            yield f"{name}: is described, but not there"
            continue
        data = (payload / name).read_bytes()
        if entity["contentSize"] != str(len(data)):
            yield f"{name}: has {len(data)} bytes, not {entity['contentSize']}"
        if entity["sha256"] != hashlib.sha256(data).hexdigest():
            yield f"{name}: has another SHA-256 checksum than is said of it"
    yield from _unknown(json.loads((payload / METADATA).read_text("utf-8")))


def _unknown(metadata: Mapping[str, Any]) -> Iterator[str]:
    """Yield words that RO-Crate does not know and the file does not explain, and pointers to nothing."""
    known = set(importlib.import_module("rocrate.vocabs").RO_CRATE["@context"])
    contexts = metadata["@context"]
    for one in contexts if isinstance(contexts, list) else [contexts]:
        known |= one.keys() if isinstance(one, dict) else set()
    ids = {entity["@id"] for entity in metadata["@graph"]}
    for entity in metadata["@graph"]:
        kinds = entity["@type"] if isinstance(entity["@type"], list) else [entity["@type"]]
        words = [key for key in entity if not key.startswith("@")] + kinds
        yield from (
            f"{entity['@id']}: '{word}' is no word of RO-Crate" for word in words if word not in known
        )
        for key, value in entity.items():
            for pointer in value if isinstance(value, list) else [value]:
                target = pointer.get("@id") if isinstance(pointer, dict) else None
                if (
                    target is not None
                    and target not in ids
                    and (entity["@id"], key) != (METADATA, "conformsTo")
                ):
                    yield f"{entity['@id']}: {key} '{target}' is not described"
