"""Write records as YAML that an author goes on editing: keys in the contract's order, doubts as comments.

What the model does not take is left out and stands in a comment instead, so that nothing is lost and the
result holds: a doubt never stops a build.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.model.fields import ID_LENGTH
from build_scripts.model.records import Value
from build_scripts.source import NOT_UTF_8

WIDTH = 110


@dataclass(slots=True)
class Entry:
    """Hold the values of one record by their keys, and remarks on what an author has to see to."""

    values: dict[str, Any]
    remarks: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return the id of the record."""
        return str(self.values["id"])

    def fit(self, model: type[Value], needed: Mapping[str, Any]) -> None:
        """Move to the remarks what a model refuses; a key that it needs gets a stand-in, if there is one."""
        known: set[str] = set()
        while problems := {key: why for key, why in self._problems(model).items() if key not in known}:
            for key, reason in problems.items():
                value = self.values.pop(key, None)
                if value is None:
                    self.remarks.append(f"{key} is missing")
                else:
                    self.remarks.append(f"{key} was left out, {reason}: {_shown(value)}")
                if key in needed and value != needed[key]:
                    self.values[key] = needed[key]
                else:
                    known.add(key)

    def text(self) -> str:
        """Return the record as an item of a list in YAML, remarks above."""
        return comment(self.remarks) + dumped([self.values])

    def _problems(self, model: type[Value]) -> dict[str, str]:
        try:
            model.model_validate(self.values)
        except ValidationError as error:
            return {str(one["loc"][0]): _reason(one) for one in error.errors(include_url=False)}
        return {}


class Figure(str):
    """Hold a number as it is written: the contract types what it reads itself."""

    __slots__ = ()

    @classmethod
    def of(cls, value: float, places: int = 2) -> Figure:
        """Return a number with so many places at most."""
        # Adding nothing turns minus zero into zero.
        text = f"{round(value, places) + 0.0:.{places}f}"
        return cls(text.rstrip("0").rstrip(".") if "." in text else text)


class _Dumper(yaml.SafeDumper):
    """Write every value as text, without aliases, items set in below their key."""

    def ignore_aliases(self, data: object) -> bool:
        """Write a value again where it stands again: the contract has no anchors."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Set items in below the key of their list."""
        super().increase_indent(flow, False)

    def represent_sequence(
        self, tag: str, sequence: Any, flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        """Set points and names on one line, records below each other."""
        is_flat = all(not isinstance(one, Mapping) for one in sequence)
        return super().represent_sequence(tag, sequence, flow_style=is_flat or flow_style)

    def represent_figure(self, value: Figure) -> yaml.ScalarNode:
        """Write a number without quotes."""
        kind = "float" if "." in value else "int"
        return self.represent_scalar(f"tag:yaml.org,2002:{kind}", str(value))


_Dumper.add_representer(Figure, _Dumper.represent_figure)


def dumped(values: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return values as YAML."""
    return str(
        yaml.dump(
            values,
            Dumper=_Dumper,
            allow_unicode=True,
            default_flow_style=False,
            sort_keys=False,
            width=WIDTH,
        )
    )


def comment(remarks: Iterable[str]) -> str:
    """Return remarks as lines of a YAML comment."""
    return "".join(f"# {line}\n" for one in remarks for line in _wrapped(one))


def unique(wanted: str, taken: Iterable[str], otherwise: str) -> str:
    """Return an id made of a text that is not taken yet."""
    ascii_ = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[: ID_LENGTH - 4].strip("-") or otherwise
    names = set(taken)
    return next(name for name in _numbered(stem) if name not in names)


def plain(text: object) -> str:
    """Return a text on one line without controls, halves of characters and what is no character."""
    hidden = ("Cc", "Cf", "Cs", "Cn")
    clean = "".join(sign if unicodedata.category(sign) not in hidden else " " for sign in str(text))
    return " ".join(clean.split())


def joined(entries: Sequence[Entry]) -> str:
    """Return records as YAML, apart by empty lines."""
    return "\n".join(entry.text() for entry in entries)


def _numbered(stem: str) -> Iterable[str]:
    yield stem
    number = 1
    while number := number + 1:
        yield f"{stem}-{number}"


def _reason(detail: Any) -> str:
    match detail["type"]:
        case "extra_forbidden":
            return "a dossier has no such key"
        case "missing":
            return "missing"
    return str(detail.get("ctx", {}).get("error", detail["msg"]))


def _shown(value: Any) -> str:
    return plain(
        value if isinstance(value, str) else yaml.safe_dump(value, default_flow_style=True, width=9999)
    )


def _wrapped(text: str) -> Iterable[str]:
    """Yield lines of a comment."""
    line = ""
    for word in plain(text).split(" "):
        if line and len(line) + len(word) > WIDTH - 4:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def text_of(path: Path) -> str:
    """Return the text of an export.

    Raises ProblemsFound for one in another encoding: its letters would be lost.
    """
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ProblemsFound([Diagnostic(Location(str(path), line), NOT_UTF_8)]) from None
