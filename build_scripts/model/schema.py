"""Export what a data file may hold as JSON Schema (draft 2020-12), for editors that complete and check.

The schemas say what can be said of one file alone; what one record owes another is checked on reading.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from build_scripts.model import FILES, MAPPINGS
from build_scripts.model.descriptions import described


class _Schema(GenerateJsonSchema):
    """Know that a missing key is left out, and that there are no nulls and no empty lists."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        return {**super().tuple_schema(schema), "minItems": 1}


def schemas() -> dict[str, dict[str, Any]]:
    """Return a JSON Schema for each file of `data/`, by the file's name without its suffix."""
    found = {}
    for name, model in FILES.items():
        schema = model.model_json_schema(schema_generator=_Schema)
        definitions = schema.pop("$defs", {})
        for group, body in ((model.__name__, schema), *definitions.items()):
            _describe(group, body)
        whole = schema if name in MAPPINGS else {"type": "array", "minItems": 1, "items": schema}
        found[name] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **whole,
            "title": f"data/{name}.yaml",
            "description": (model.__doc__ or "").strip(),
            "$defs": definitions,
        }
    return found


def _describe(group: str, schema: dict[str, Any]) -> None:
    """Put into a group's schema what each of its keys means."""
    for key, property_ in schema.get("properties", {}).items():
        words = described(group, key)
        if words is not None:
            property_["description"] = words
