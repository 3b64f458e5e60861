"""JSON Schema: what editors check agrees with what the builder reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from build_scripts.model import FILES
from build_scripts.model.schema import schemas

TESTS = Path(__file__).parent
TEMPLATE = TESTS.parent / "build_scripts" / "template"
SCHEMAS = schemas()
DATA = sorted(
    path
    for folder in (TESTS.parent / "data", TESTS / "bad" / "_good", *(TESTS / "dossiers").glob("*/data"))
    for path in folder.glob("*.yaml")
)
# What one file alone can show, and a schema can say.
SEEN_BY_SCHEMA = [
    "unknown-key", "missing-key", "id-missing", "bad-id", "id-too-long", "bad-number", "bad-flag",
    "bad-shape", "empty-list", "null", "empty-value", "one-answer", "unknown-word", "value-for-list",
    "value-for-mapping",
    "mapping-for-value", "unsourced-record", "mapping-for-list", "list-for-mapping",
]  # fmt: skip

# YAML 1.2, chapter 10.3.2: the tags that a plain scalar resolves to in the core schema, which editors use.
CORE: list[tuple[str, Any]] = [
    (r"null|Null|NULL|~|", lambda text: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda text: int(text[2:], 8)),
    (r"0x[0-9a-fA-F]+", lambda text: int(text[2:], 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
]


def as_an_editor_sees(node: Any) -> Any:
    """Return the value of a node by the core schema of YAML 1.2."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: as_an_editor_sees(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [as_an_editor_sees(item) for item in node.value]
    if not node.style:
        for pattern, build in CORE:
            if re.fullmatch(pattern, node.value):
                return build(node.value)
    return node.value


def test_every_key_is_described() -> None:
    silent = [
        f"{file}: {name}: {key}"
        for file, schema in SCHEMAS.items()
        for name, group in ((file, schema.get("items", schema)), *schema["$defs"].items())
        for key, value in group.get("properties", {}).items()
        if not value.get("description")
    ]

    assert silent == [], "model/descriptions.py lacks them"


@pytest.mark.parametrize("path", sorted(TEMPLATE.glob("data/*.yaml")), ids=lambda path: path.stem)
def test_the_files_of_a_new_dossier_tell_an_editor_their_schema(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]

    assert first == f"# yaml-language-server: $schema=../build/schema/{path.stem}.json"


def errors(path: Path) -> list[str]:
    value = as_an_editor_sees(yaml.compose(path.read_text("utf-8"), yaml.CBaseLoader))
    found = jsonschema.Draft202012Validator(SCHEMAS[path.stem]).iter_errors(value)
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in found]


def test_every_file_has_a_schema_that_is_one() -> None:
    assert set(SCHEMAS) == set(FILES)
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_group_of_keys_is_described() -> None:
    for name, schema in SCHEMAS.items():
        assert schema["description"]
        assert all(one.get("description") for key, one in schema["$defs"].items() if "properties" in one), (
            name
        )


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(TESTS.parent)))
def test_good_files_satisfy_their_schema(path: Path) -> None:
    assert errors(path) == []


@pytest.mark.parametrize("name", SEEN_BY_SCHEMA)
def test_bad_files_do_not(name: str) -> None:
    assert any(errors(path) for path in (TESTS / "bad" / name).glob("*.yaml"))


def test_what_editors_take_for_numbers_and_truth_values_may_be_text() -> None:
    record = {"id": 1911, "term": True, "text": 4.5, "sources": [1911, {"id": 12, "locator": 7}]}
    validator = jsonschema.Draft202012Validator(SCHEMAS["glossary"])
    assert list(validator.iter_errors([record])) == []
    assert list(validator.iter_errors([{**record, "term": None}]))
