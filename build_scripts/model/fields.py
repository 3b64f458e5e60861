"""Type the scalars of the data files: every value arrives as text and leaves with a meaning.

Validators raise ValueError with the reason alone; `model.records` adds file, line, record, key and value.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator, ValidationInfo, WithJsonSchema

from build_scripts.diagnostics import suggest
from build_scripts.model import edtf, marked, times

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LENGTH = 64
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# The shape of RFC 5646, section 2.1, without the grandfathered tags.
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*")
URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")

TEXT_OR_NUMBER = {"type": ["string", "number"]}


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a single value")
    return value


def _id(value: str) -> str:
    if not ID.fullmatch(value):
        raise ValueError("is not an id: lower-case letters, digits and single hyphens between them")
    if len(value) > ID_LENGTH:
        raise ValueError(f"has {len(value)} characters; an id has at most {ID_LENGTH}")
    return value


def _marked(value: Any) -> marked.Marked:
    return marked.parse(_scalar(value))


def _plain(value: str) -> str:
    return " ".join(value.split("\n\n")) if "\n" in value else value


def _hemisphere(info: ValidationInfo) -> edtf.Hemisphere:
    context = info.context or {}
    hemisphere: edtf.Hemisphere = context.get("hemisphere", edtf.Hemisphere.NORTH)
    return hemisphere


def _date(value: Any, info: ValidationInfo) -> edtf.Edtf:
    return edtf.parse(_scalar(value), _hemisphere(info))


def _time(value: Any) -> times.TimeOfDay:
    return times.parse(_scalar(value))


def _number(value: Any) -> Decimal:
    text = _scalar(value)
    if not NUMBER.fullmatch(text):
        raise ValueError("is not a number such as 12 or 0.5")
    return Decimal(text)


def _metres(value: Any) -> float:
    return float(_number(value))


def _positive(value: float) -> float:
    if value <= 0:
        raise ValueError("is not above zero")
    return value


def _flag(value: Any) -> bool:
    text = _scalar(value)
    if text not in ("true", "false"):
        raise ValueError("is neither true nor false")
    return text == "true"


def _language(value: str) -> str:
    if not LANGUAGE.fullmatch(value):
        raise ValueError("is not a language tag such as es, ja or en-GB (BCP 47)")
    return value


def _url(value: str) -> str:
    if not URL.fullmatch(value):
        raise ValueError("is not an http or https address")
    return value


def one_of(*known: str) -> AfterValidator:
    """Return a validator that takes only the known words and suggests the nearest."""

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"is not one of {', '.join(known)}{suggest(value, known)}")
        return value

    return AfterValidator(check)


def _point(value: Any) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValueError("is not a point [x, y] in metres")
    return _metres(value[0]), _metres(value[1])


def _path(value: Any) -> tuple[tuple[float, float], ...]:
    if not isinstance(value, list | tuple) or len(value) < 2:
        raise ValueError("is not a list of two or more points [x, y]")
    return tuple(_point(point) for point in value)


def _polygon(value: Any) -> tuple[tuple[float, float], ...]:
    points = _path(value)
    if len(points) < 3:
        raise ValueError("has fewer than three corners")
    return points


POINT_SCHEMA: dict[str, Any] = {"type": "array", "items": TEXT_OR_NUMBER, "minItems": 2, "maxItems": 2}
PATH_SCHEMA: dict[str, Any] = {"type": "array", "items": POINT_SCHEMA, "minItems": 2}

Plain = Annotated[str, BeforeValidator(_scalar), AfterValidator(_plain)]
Id = Annotated[str, BeforeValidator(_scalar), AfterValidator(_id), WithJsonSchema({"type": "string", "pattern": f"^{ID.pattern}$"})]
MarkedText = Annotated[marked.Marked, PlainValidator(_marked), WithJsonSchema({"type": "string"})]
Date = Annotated[edtf.Edtf, PlainValidator(_date), WithJsonSchema(TEXT_OR_NUMBER)]
Time = Annotated[times.TimeOfDay, PlainValidator(_time), WithJsonSchema({"type": "string"})]
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema(TEXT_OR_NUMBER)]
Metres = Annotated[float, PlainValidator(_metres), WithJsonSchema(TEXT_OR_NUMBER)]
Length = Annotated[float, PlainValidator(_metres), AfterValidator(_positive), WithJsonSchema(TEXT_OR_NUMBER)]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": ["boolean", "string"]})]
Language = Annotated[str, BeforeValidator(_scalar), AfterValidator(_language)]
Url = Annotated[str, BeforeValidator(_scalar), AfterValidator(_url)]
Point = Annotated[tuple[float, float], PlainValidator(_point), WithJsonSchema(POINT_SCHEMA)]
Line = Annotated[tuple[tuple[float, float], ...], PlainValidator(_path), WithJsonSchema(PATH_SCHEMA)]
Polygon = Annotated[tuple[tuple[float, float], ...], PlainValidator(_polygon), WithJsonSchema(PATH_SCHEMA)]
