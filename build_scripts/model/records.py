"""Turn plain values into frozen records, and what does not fit into diagnostics with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails

from build_scripts.diagnostics import Diagnostic, Location, suggest
from build_scripts.model.fields import Id, Language, Plain
from build_scripts.source import Path_, Source

SHOWN_LENGTH = 60


class Value(BaseModel):
    """Be a frozen group of keys; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


class Record(Value):
    """Be a group of keys with an id, which knows the line of each of its keys."""

    noun: ClassVar[str]
    id: Id

    _source: Source = PrivateAttr()
    _where: Path_ = PrivateAttr(default=())

    def place(self, source: Source, where: Path_) -> None:
        """Remember where the record stands in its file."""
        self._source, self._where = source, where

    def location(self, *where: str | int) -> Location:
        """Return the place of one of the record's keys, or of its first line."""
        return self._source.location((*self._where, *where))

    def problem(self, message: str, *where: str | int) -> Diagnostic:
        """Return a diagnostic about the record at one of its keys."""
        return Diagnostic(self.location(*where), f"{self.noun} '{self.id}': {message}")


class Cite(Value):
    """Name a source and the place in it."""

    id: Id
    locator: Plain | None = None


def _cite(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


Sources = tuple[Annotated[Cite, BeforeValidator(_cite)], ...]


class Native(Value):
    """Give a name in its own language."""

    text: Plain
    lang: Language


R = TypeVar("R", bound=Record)


def read_list(source: Source, model: type[R], context: Mapping[str, Any]) -> tuple[R, ...]:
    """Return the records of a list file; problems go to the source's diagnostics."""
    if source.value is None:
        return ()
    if not isinstance(source.value, list):
        source.diagnostics.append(Diagnostic(source.location(), f"must be a list of {model.noun} records"))
        return ()
    records = []
    for index, value in enumerate(source.value):
        record = read_record(source, (index,), value, model, context)
        if record is not None:
            records.append(record)
    return tuple(records)


def read_record(source: Source, where: Path_, value: Any, model: type[R], context: Mapping[str, Any]) -> R | None:
    """Return one record, or None if it has problems, which go to the source's diagnostics."""
    try:
        record = model.model_validate(value, context=context)
    except ValidationError as error:
        name = value.get("id") if isinstance(value, dict) else None
        who = f"{model.noun} '{name}'" if isinstance(name, str) else f"a {model.noun} without an id"
        source.diagnostics.extend(explain(source, where, who, model, error))
        return None
    record.place(source, where)
    return record


V = TypeVar("V", bound=Value)


def read_mapping(source: Source, model: type[V], context: Mapping[str, Any]) -> V | None:
    """Return the one value of a mapping file, or None if it has problems."""
    if source.value is None:
        return None
    try:
        value = model.model_validate(source.value, context=context)
    except ValidationError as error:
        source.diagnostics.extend(explain(source, (), "", model, error))
        return None
    _place_all(value, source, ())
    return value


def _place_all(value: Any, source: Source, where: Path_) -> None:
    """Tell every record below a value where it stands."""
    if isinstance(value, Record):
        value.place(source, where)
    if isinstance(value, Value):
        for name, field in type(value).model_fields.items():
            _place_all(getattr(value, name), source, (*where, field.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if isinstance(item, Value):
                _place_all(item, source, (*where, index))


def explain(
    source: Source, where: Path_, who: str, model: type[Value], error: ValidationError
) -> Iterator[Diagnostic]:
    """Yield pydantic's complaints in the words of the data's author."""
    for detail in error.errors(include_url=False):
        path = tuple(step for step in detail["loc"] if isinstance(step, int) or not step.startswith("function"))
        key = _key(path)
        parent = path[:-1] if detail["type"] in ("missing", "extra_forbidden") else path
        message = _message(detail, key, model, parent)
        line_path = parent if detail["type"] == "missing" else path
        place = source.location((*where, *line_path))
        yield Diagnostic(place, f"{who}: {message}" if who else message)


def _key(path: Path_) -> str:
    """Return a path of keys and indices as an author would say it: `answers 2: value`."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int) and words:
            words[-1] = f"{words[-1]} {step + 1}"
        else:
            words.append(str(step))
    return ": ".join(words)


def _message(detail: ErrorDetails, key: str, model: type[Value], parent: Path_) -> str:
    kind, value = detail["type"], detail["input"]
    if kind == "missing":
        return f"has no '{key}'"
    if kind == "extra_forbidden":
        last = str(detail["loc"][-1])
        return f"unknown key '{key}'{suggest(last, _known_keys(model, parent))}"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"{key} must be a mapping" if key else "must be a mapping"
    if kind in ("tuple_type", "list_type"):
        return f"{key} must be a list"
    reason = detail["msg"].removeprefix("Value error, ")
    if isinstance(value, str):
        shown = value if len(value) <= SHOWN_LENGTH else f"{value[:SHOWN_LENGTH]}…"
        return f"{key} '{shown}' {reason}" if key else f"'{shown}' {reason}"
    return f"{key} {reason}" if key else reason


def _known_keys(model: type[Value], parent: Path_) -> set[str]:
    """Return the keys that the group at a path may have."""
    schema = model.model_json_schema(by_alias=True)
    node = schema
    for step in parent:
        node = _resolve(schema, node)
        node = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {})
    return set(_resolve(schema, node).get("properties", {}))


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Follow references and take the first branch that is not null."""
    while "$ref" in node or "anyOf" in node:
        if "anyOf" in node:
            node = next(branch for branch in node["anyOf"] if branch.get("type") != "null")
        else:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return node
