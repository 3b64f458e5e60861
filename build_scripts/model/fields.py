"""Type the scalars of the data files: every value arrives as text and leaves with a meaning.

Validators raise ValueError with the reason alone; `model.records` adds file, line, record, key and value.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Annotated, Any

from babel import Locale
from pydantic import BeforeValidator, PlainValidator, ValidationInfo, WithJsonSchema

from build_scripts.diagnostics import odd_letter, suggest
from build_scripts.model import edtf, edtf_parser, marked, times
from build_scripts.model.addresses import web_problem

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LENGTH = 64
ID_SIGNS = "lower-case letters a to z, digits and single hyphens between them"
NUMBERS = "a number such as 12 or 0.5"
# Fifteen digits are what a float holds.
NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
LONG_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
GROUPED = re.compile(r"[+-]?[0-9][0-9 ,.'_]*")
# The shape of RFC 5646, section 2.1, in the case it recommends, without extensions and grandfathered tags.
LANGUAGE = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)
# Letters and signs that are blank all the same (Unicode, Default_Ignorable_Code_Point and U+2800).
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
LINE_BREAKS = re.compile(r" *\n[ \n]*")

# What editors take for a number or a truth value is text for us; only null is nothing.
SCALAR_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"], "minLength": 1}
NUMBER_SCHEMA: dict[str, Any] = {"type": ["string", "number"], "pattern": f"^{NUMBER.pattern}$"}
ID_SCHEMA = {**SCALAR_SCHEMA, "pattern": f"^{ID.pattern}$", "maxLength": ID_LENGTH}
POINT_SCHEMA: dict[str, Any] = {"type": "array", "items": NUMBER_SCHEMA, "minItems": 2, "maxItems": 2}
PATH_SCHEMA: dict[str, Any] = {"type": "array", "items": POINT_SCHEMA, "minItems": 2}
POLYGON_SCHEMA: dict[str, Any] = {**PATH_SCHEMA, "minItems": 3}


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a single value")
    return value


def _plain(value: Any) -> str:
    text = LINE_BREAKS.sub(" ", _scalar(value))
    _check_visible(text)
    return text


def _check_visible(text: str) -> None:
    """Refuse a text of spaces, marks and signs without a shape (Unicode general categories Z, M and C)."""
    if not any(unicodedata.category(sign)[0] not in "ZMC" and sign not in BLANK for sign in text):
        raise ValueError("has nothing in it that can be seen")


def _ascii(value: Any, meant: str) -> str:
    """Return a scalar that is no prose; a letter of another script that looks like one of ours is named."""
    text = _scalar(value)
    if not text.isascii():
        raise ValueError(f"has {odd_letter(text)}, which cannot stand in {meant}")
    return text


def _id(value: Any) -> str:
    text = _ascii(value, f"an id: {ID_SIGNS}")
    if not ID.fullmatch(text):
        raise ValueError(f"is not an id: {ID_SIGNS}")
    if len(text) > ID_LENGTH:
        raise ValueError(f"has {len(text)} characters; an id has at most {ID_LENGTH}")
    return text


def _marked(value: Any) -> marked.Marked:
    text = marked.parse(_scalar(value))
    _check_visible(text.plain())
    return text


def _date(value: Any, info: ValidationInfo) -> edtf.Edtf:
    if isinstance(value, list | dict):
        raise ValueError("must be a single value; quote a set of dates: '[1911,1912]'")
    hemisphere = (info.context or {}).get("hemisphere", edtf.Hemisphere.NORTH)
    return edtf_parser.parse(_ascii(value, "a date such as 1911-08-21"), hemisphere)


def _time(value: Any) -> times.TimeOfDay:
    return times.parse(_ascii(value, "a time such as 18:30"))


def _timezone(value: Any) -> str:
    text = _scalar(value)
    if text not in times.zones():
        raise ValueError(f"is not an IANA time zone such as Europe/Paris{suggest(text, times.zones())}")
    return text


def _number(value: Any) -> Decimal:
    text = _ascii(value, NUMBERS)
    if NUMBER.fullmatch(text):
        return Decimal(text)
    if LONG_NUMBER.fullmatch(text):
        raise ValueError("has more than 15 digits before or behind its point")
    hint = "; write digits alone, with a point before decimals" if GROUPED.fullmatch(text) else ""
    raise ValueError(f"is not {NUMBERS}{hint}")


def _metres(value: Any) -> float:
    return float(_number(value))


def _length(value: Any) -> float:
    metres = _metres(value)
    if metres <= 0:
        raise ValueError("is not above zero")
    return metres


def _flag(value: Any) -> bool:
    text = _scalar(value)
    if text not in ("true", "false"):
        raise ValueError("is neither true nor false")
    return text == "true"


@cache
def _languages() -> frozenset[str]:
    """Return the codes of the languages that CLDR names; among them are all that have two letters."""
    return frozenset(Locale("en").languages)


def _language(value: Any) -> str:
    match = LANGUAGE.fullmatch(_scalar(value))
    if not match or (len(match["language"]) == 2 and match["language"] not in _languages()):
        raise ValueError("is not a language tag such as es, ja or en-GB (BCP 47)")
    return match[0]


def _url(value: Any) -> str:
    text = _scalar(value)
    problem = web_problem(text)
    if problem:
        raise ValueError(problem)
    return text


def _point(value: Any) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("is not a point [x, y] in metres")
    try:
        return _metres(value[0]), _metres(value[1])
    except ValueError as error:
        raise ValueError(f"has a point [{value[0]}, {value[1]}], of which one part {error}") from None


def _path(value: Any) -> tuple[tuple[float, float], ...]:
    if not isinstance(value, list) or len(value) < 2:
        raise ValueError("is not a list of two or more points [x, y]")
    return tuple(_point(point) for point in value)


def _polygon(value: Any) -> tuple[tuple[float, float], ...]:
    points = _path(value)
    if len(points) < 3:
        raise ValueError("has fewer than three corners")
    return points


Plain = Annotated[str, BeforeValidator(_plain), WithJsonSchema(SCALAR_SCHEMA)]
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema(ID_SCHEMA)]
MarkedText = Annotated[marked.Marked, PlainValidator(_marked), WithJsonSchema(SCALAR_SCHEMA)]
Date = Annotated[edtf.Edtf, PlainValidator(_date), WithJsonSchema(SCALAR_SCHEMA)]
Time = Annotated[times.TimeOfDay, PlainValidator(_time), WithJsonSchema(SCALAR_SCHEMA)]
Timezone = Annotated[str, PlainValidator(_timezone), WithJsonSchema(SCALAR_SCHEMA)]
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema(NUMBER_SCHEMA)]
Metres = Annotated[float, PlainValidator(_metres), WithJsonSchema(NUMBER_SCHEMA)]
Length = Annotated[float, PlainValidator(_length), WithJsonSchema(NUMBER_SCHEMA)]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"enum": [True, False, "true", "false"]})]
Language = Annotated[str, PlainValidator(_language), WithJsonSchema({"type": "string"})]
Url = Annotated[str, PlainValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
Point = Annotated[tuple[float, float], PlainValidator(_point), WithJsonSchema(POINT_SCHEMA)]
Line = Annotated[tuple[tuple[float, float], ...], PlainValidator(_path), WithJsonSchema(PATH_SCHEMA)]
Polygon = Annotated[tuple[tuple[float, float], ...], PlainValidator(_polygon), WithJsonSchema(POLYGON_SCHEMA)]
