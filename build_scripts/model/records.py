"""Turn plain values into frozen records, and what does not fit into diagnostics with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails

from build_scripts.diagnostics import Diagnostic, Location, odd_letter, suggest
from build_scripts.model.fields import NUMBER, Id, Language, Plain
from build_scripts.model.marked import MarkedError
from build_scripts.source import Path_, Source, Unread

SHOWN_LENGTH = 60
# What others call a key of ours, where the letters do not tell.
OTHER_NAMES = {
    "year": ("issued", "date"),
    "date": ("issued", "modified"),
    "when": ("date",),
    "where": ("places",),
    "place": ("places", "publisher-place"),
    "city": ("publisher-place",),
    "who": ("people", "said_by"),
    "person": ("people",),
    "persons": ("people",),
    "participants": ("people",),
    "source": ("sources",),
    "refs": ("sources",),
    "references": ("sources",),
    "citations": ("sources",),
    "journal": ("container-title",),
    "newspaper": ("container-title",),
    "website": ("container-title",),
    "pages": ("page",),
    "link": ("URL", "url"),
    "name": ("title", "term", "display"),
    "headline": ("title",),
    "label": ("title",),
    "description": ("text",),
    "summary": ("text",),
    "definition": ("text",),
    "content": ("text",),
    "lang": ("language",),
    "licence": ("rights",),
    "license": ("rights",),
    "author": ("creators",),
    "authors": ("author", "creators"),
    "birth": ("born",),
    "death": ("died",),
    "aka": ("aliases",),
    "uuid": ("identifier",),
}
CHOICE = re.compile(r"'([^']+)'")


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

    def problem(self, message: str, *where: str | int, is_warning: bool = False) -> Diagnostic:
        """Return a diagnostic about the record at one of its keys."""
        return Diagnostic(self.location(*where), f"{self.noun} '{self.id}': {message}", is_warning)


class Cite(Value):
    """Name a source and the place in it."""

    id: Id
    locator: Plain | None = None


def _cite(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


Sources = tuple[Annotated[Cite, BeforeValidator(_cite, json_schema_input_type=Id | Cite)], ...]


class Native(Value):
    """Give a name in its own language."""

    text: Plain
    lang: Language


def check_unique(records: Iterable[Record]) -> Iterator[Diagnostic]:
    """Yield ids that stand twice."""
    first: dict[str, Record] = {}
    for record in records:
        if record.id in first:
            line = first[record.id].location("id").line
            yield record.problem(f"this id stands twice; first on line {line}", "id")
        first.setdefault(record.id, record)


R = TypeVar("R", bound=Record)
V = TypeVar("V", bound=Value)


def read_list(source: Source, model: type[R], context: Mapping[str, Any]) -> tuple[R, ...]:
    """Return the records of a list file that have no problems; problems go to the source's diagnostics."""
    if source.value is None or isinstance(source.value, Unread):
        return ()
    if not isinstance(source.value, list):
        source.complain(1, f"must be a list, each item one {model.noun}")
        return ()
    records = (_read(source, (index,), value, model, context) for index, value in enumerate(source.value))
    return tuple(record for record in records if record is not None)


def read_mapping(source: Source, model: type[V], context: Mapping[str, Any]) -> V | None:
    """Return the value of a mapping file, or None if it has problems; they go to the source's diagnostics."""
    return None if source.value is None else _read(source, (), source.value, model, context)


def _read(source: Source, where: Path_, value: Any, model: type[V], context: Mapping[str, Any]) -> V | None:
    try:
        read = model.model_validate(value, context=context)
    except ValidationError as error:
        source.diagnostics.extend(_explain(source, where, value, model, error))
        return None
    source.diagnostics.extend(_repeated(source, where, value, model))
    if where:
        _place(read, source, where)
    else:
        _place_all(read, source, where)
    return read


def _repeated(source: Source, where: Path_, value: Any, model: type[Value]) -> Iterator[Diagnostic]:
    """Yield the values and citations that a list has twice."""
    for path, items in _lists(value, ()):
        seen: set[tuple[str, str]] = set()
        for index, item in enumerate(items):
            same = _same(item)
            if same in seen:
                who, rest = _who(value, model, where, path)
                words = filter(None, (who, f"{_key(rest)} has '{shortened(' '.join(same).strip())}' twice"))
                yield Diagnostic(source.location((*where, *path, index)), ": ".join(words))
            seen.add(same)


def _lists(value: Any, path: Path_) -> Iterator[tuple[Path_, list[Any]]]:
    """Yield the lists of words and citations below a value; a list that begins with a number is a point."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _lists(one, (*path, key))
    elif isinstance(value, list):
        if all(any(_same(one)) for one in value) and not (
            isinstance(value[0], str) and NUMBER.fullmatch(value[0])
        ):
            yield path, value
        else:
            for index, one in enumerate(value):
                yield from _lists(one, (*path, index))


def _same(item: Any) -> tuple[str, str]:
    """Return by what items of a list are the same: their words, or their source and the place in it."""
    if isinstance(item, str):
        return item, ""
    if isinstance(item, dict) and item.keys() <= {"id", "locator"}:
        return str(item.get("id", "")), str(item.get("locator", ""))
    return "", ""


def _place(value: Value, source: Source, where: Path_) -> None:
    if isinstance(value, Record):
        value.place(source, where)


def _place_all(value: Value, source: Source, where: Path_) -> None:
    """Tell every record below a value where it stands."""
    _place(value, source, where)
    for name, field in type(value).model_fields.items():
        one, path = getattr(value, name), (*where, field.alias or name)
        if isinstance(one, Value):
            _place_all(one, source, path)
        elif isinstance(one, tuple) and one and isinstance(one[0], Value):
            for index, item in enumerate(one):
                _place_all(item, source, (*path, index))


def _explain(
    source: Source, where: Path_, value: Any, model: type[Value], error: ValidationError
) -> Iterator[Diagnostic]:
    """Yield pydantic's complaints in the author's words, but for what could not even be read."""
    for detail in error.errors(include_url=False):
        path = detail["loc"]
        if detail["type"] in ("missing", "extra_forbidden"):
            who, rest = _who(value, model, where, path[:-1])
            words = [who, _key(rest), _key_problem(detail, model)]
        elif _is_unread(detail["input"]):
            continue
        else:
            who, rest = _who(value, model, where, path)
            words = [who, f"{_key(rest)} {_value_problem(detail, model)}"]
        message = " ".join(": ".join(filter(None, words)).split())
        yield Diagnostic(source.location((*where, *path)), message)


def _is_unread(value: Any) -> bool:
    return isinstance(value, Unread) or (isinstance(value, list) and any(map(_is_unread, value)))


def _who(value: Any, model: type[Value], where: Path_, path: Path_) -> tuple[str, Path_]:
    """Return the name of the innermost record on a path, and the path from there on."""
    who, rest = _name(value, model, where), path
    for depth, step in enumerate(path, 1):
        inner = _inner(model, step) if isinstance(step, str) else model
        if inner is None or not isinstance(value, dict | list):
            break
        value, model = value[step], inner  # type: ignore[index]
        if isinstance(value, dict) and issubclass(model, Record):
            who, rest = _name(value, model, (*where, *path[:depth])), path[depth:]
    return who, rest


def _name(value: Any, model: type[Value], where: Path_) -> str:
    """Return what to call a record: its id or, without one, its number; edition and plan need no name."""
    if not issubclass(model, Record):
        return ""
    name = value.get("id") if isinstance(value, dict) else None
    if isinstance(name, str) and name:
        return f"{model.noun} '{shortened(name)}'"
    numbers = [step + 1 for step in where if isinstance(step, int)]
    return f"{model.noun} {numbers[-1]}" if numbers else model.noun


def _inner(model: type[Value], key: str) -> type[Value] | None:
    """Return the model of the groups below a key, if there are groups."""
    annotation = next(
        (field.annotation for name, field in model.model_fields.items() if key == (field.alias or name)), None
    )
    for one in (annotation, *get_args(annotation)):
        bare = getattr(one, "__origin__", one)
        if isinstance(bare, type) and issubclass(bare, Value):
            return bare
    return None


def _key(path: Path_) -> str:
    """Return a path of keys and indices as an author would say it: `answers 2: value`."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int) and words:
            words[-1] = f"{words[-1]} {step + 1}"
        else:
            words.append(str(step))
    return ": ".join(words)


def _key_problem(detail: ErrorDetails, model: type[Value]) -> str:
    *path, key = map(str, detail["loc"])
    if detail["type"] == "missing":
        return f"has no '{key}'"
    for step in path:
        model = _inner(model, step) or model
    known = [field.alias or name for name, field in model.model_fields.items()]
    meant = next((name for name in OTHER_NAMES.get(key, ()) if name in known), None)
    advice = f"; is '{meant}' meant?" if meant else suggest(key, known)
    odd = odd_letter(key)
    return f"unknown key '{shortened(key)}'{f' with {odd} in it' if odd else ''}{advice}"


def _value_problem(detail: ErrorDetails, model: type[Value]) -> str:
    value = detail["input"]
    match detail["type"]:
        case "model_type":
            return f"must be a mapping with the keys {_keys(detail, model)}"
        case "tuple_type":
            return "must be a list"
        case "literal_error" | "enum" if not isinstance(value, str):
            return "must be a single value"
        case "literal_error" | "enum":
            known = CHOICE.findall(detail["ctx"]["expected"])
            reason: Any = f"is not one of {', '.join(known)}{suggest(value, known)}"
        case _:
            reason = detail["ctx"]["error"]
    # Marked text is long; its errors quote the place themselves.
    if isinstance(value, str) and not isinstance(reason, MarkedError):
        return f"'{shortened(value)}' {reason}"
    return str(reason)


def _keys(detail: ErrorDetails, model: type[Value]) -> str:
    """Return the keys of the group that a value must be, those that it cannot be without first."""
    for step in detail["loc"]:
        model = (_inner(model, step) if isinstance(step, str) else None) or model
    fields = [(field.alias or name, field.is_required()) for name, field in model.model_fields.items()]
    needed, others = [[key for key, must in fields if must is kind] for kind in (True, False)]
    words = ", ".join(needed)
    return f"{words} (and perhaps {', '.join(others)})" if others else words


def shortened(text: str) -> str:
    """Return a value as a message shows it."""
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"
