"""Read features of GeoJSON (RFC 7946) and IMDF (Apple's Indoor Mapping Data Format, a folder or zip of them).

A feature that cannot be read is left out with a remark; a file that is none of these raises ProblemsFound.
"""

from __future__ import annotations

import json
import math
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from build_scripts import files
from build_scripts.diagnostics import Diagnostic, Location, ProblemsFound
from build_scripts.imports.entries import plain

SUFFIXES = (".geojson", ".zip")
# What no building fills: a file beyond that is another thing, or made to fill a disk.
LIMIT = 100_000_000
# How deep the positions of a geometry lie in its coordinates (RFC 7946, 3.1).
DEPTHS = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip
CRS84 = ("CRS84", "4326", "4979")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Hold a feature: its shape in degrees or, where it states none, in metres of the plan itself."""

    file: str
    number: int
    id: str
    shape: BaseGeometry | None
    local: BaseGeometry | None
    properties: Mapping[str, Any]

    @property
    def place(self) -> str:
        """Return file and number, as messages name the feature."""
        return f"{self.file}, feature {self.number}"

    def text(self, *keys: str) -> str:
        """Return the first text or number under one of some keys; of several languages the first."""
        for key in keys:
            value = self.properties.get(key)
            if isinstance(value, Mapping):
                value = next(iter(value.values()), None)
            if isinstance(value, str | int | float) and plain(value):
                return plain(value)
        return ""

    def number_of(self, key: str) -> float | None:
        """Return a finite number of the properties."""
        return number(self.properties.get(key))


@dataclass(frozen=True, slots=True)
class Collection:
    """Hold the features of all files, what the first file says of the whole, and remarks."""

    features: list[Feature]
    whole: Mapping[str, Any]
    remarks: list[str] = field(default_factory=list)


def read(path: Path) -> Collection:
    """Return the features of a file, a folder or a zip."""
    if path.is_dir():
        texts = {one.name: files.read_inside(path, one, LIMIT) for one in sorted(path.glob("*.geojson"))}
    elif zipfile.is_zipfile(path):
        texts = dict(_zipped(path))
    else:
        texts = {path.name: files.read_inside(path.parent, path, LIMIT)}
    if not texts:
        raise ProblemsFound([Diagnostic(Location(str(path)), "holds no file whose name ends in .geojson")])
    found = Collection([], {})
    for name, data in texts.items():
        whole = _parsed(name, data)
        if len(texts) == 1:
            found = Collection([], whole)
        for place, raw in enumerate(_raw(name, whole), 1):
            _add(found, name, place, raw)
    return found


def number(value: Any) -> float | None:
    """Return a finite number that is none of the other types of JSON."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def _zipped(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [one for one in archive.infolist() if one.filename.endswith(".geojson")]
            if sum(one.file_size for one in infos) > LIMIT:
                raise ProblemsFound([Diagnostic(Location(str(path)), "is larger than any plan")])
            for one in infos:
                if "__MACOSX" not in one.filename:
                    yield PurePosixPath(one.filename).name, archive.read(one)
    # RuntimeError is a password; none of these is swallowed, each ends in a message.
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as error:
        raise ProblemsFound([Diagnostic(Location(str(path)), f"is no zip: {plain(error)}")]) from error


def _parsed(name: str, data: bytes) -> Mapping[str, Any]:
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ProblemsFound([Diagnostic(Location(name, error.lineno), f"is no JSON: {error.msg}")]) from error
    except (ValueError, RecursionError) as error:
        raise ProblemsFound([Diagnostic(Location(name), f"is no JSON: {plain(error)}")]) from error
    if not isinstance(whole, dict) or not isinstance(whole.get("type"), str):
        raise ProblemsFound([Diagnostic(Location(name), "is no GeoJSON: it has no 'type'")])
    reference = json.dumps(whole.get("crs"))
    if whole.get("crs") is not None and not any(one in reference for one in CRS84):
        message = "has coordinates of another system; export it in degrees of WGS 84 (EPSG:4326)"
        raise ProblemsFound([Diagnostic(Location(name), message)])
    return whole


def _raw(name: str, whole: Mapping[str, Any]) -> list[Any]:
    if whole["type"] == "Feature":
        return [whole]
    if whole["type"] in DEPTHS or whole["type"] == "GeometryCollection":
        return [{"type": "Feature", "geometry": whole, "properties": {}}]
    features = whole.get("features")
    if whole["type"] != "FeatureCollection" or not isinstance(features, list):
        raise ProblemsFound([Diagnostic(Location(name), "is no GeoJSON: it has no list of 'features'")])
    return features


def _add(found: Collection, name: str, place: int, raw: Any) -> None:
    where = f"{name}, feature {place}"
    if not isinstance(raw, dict):
        found.remarks.append(f"{where}: was left out, it is no object")
        return
    stated = raw.get("properties")
    properties: dict[str, Any] = stated if isinstance(stated, dict) else {}
    if "feature_type" not in properties and isinstance(raw.get("feature_type"), str):
        # IMDF names the kind of a feature beside its properties.
        properties = {**properties, "feature_type": raw["feature_type"]}
    shape = local = None
    try:
        if raw.get("geometry") is not None:
            shape = _shape(raw["geometry"], is_earth=True)
        elif properties.get("local_m") is not None:
            local = _shape(properties["local_m"], is_earth=False)
    except ValueError as error:
        found.remarks.append(f"{where}: its shape was left out, {error}")
    except RecursionError:
        found.remarks.append(f"{where}: its shape was left out, it is nested too deeply")
    name_ = raw.get("id", properties.get("id"))
    found.features.append(
        Feature(
            file=name,
            number=place,
            id=plain(name_) if isinstance(name_, str | int) else "",
            shape=shape,
            local=local,
            properties=properties,
        )
    )


def _shape(raw: Any, *, is_earth: bool) -> BaseGeometry:
    """Return a geometry of GeoJSON without heights. Raises ValueError with the reason."""
    kind = raw.get("type") if isinstance(raw, dict) else None
    if kind == "GeometryCollection":
        parts = raw.get("geometries")
        if not isinstance(parts, list):
            raise ValueError("it has no list of 'geometries'")
        return shapely.GeometryCollection([_shape(part, is_earth=is_earth) for part in parts])
    if not isinstance(kind, str) or kind not in DEPTHS:
        raise ValueError(f"'{plain(kind)[:40]}' is no kind of geometry")
    depth = DEPTHS[kind]
    coordinates = _positions(raw.get("coordinates"), depth, is_earth)
    match kind:
        case "Point":
            return shapely.Point(coordinates)
        case "MultiPoint":
            return shapely.MultiPoint(coordinates)
        case "LineString":
            return shapely.LineString(_line(coordinates, 2))
        case "MultiLineString":
            return shapely.MultiLineString([_line(one, 2) for one in coordinates])
        case "Polygon":
            return _polygon(coordinates)
    return shapely.MultiPolygon([_polygon(one) for one in coordinates])


def _polygon(rings: Any) -> shapely.Polygon:
    if not rings:
        raise ValueError("it has no ring")
    outer, *inner = [_line(ring, 3) for ring in rings]
    return shapely.Polygon(outer, inner)


def _line(points: Any, least: int) -> Any:
    if len(points) < least:
        raise ValueError(f"a line of it has fewer than {least} points")
    return points


def _positions(raw: Any, depth: int, is_earth: bool) -> Any:
    if not isinstance(raw, list | tuple):
        raise ValueError("its coordinates are no lists of numbers")
    if depth:
        return [_positions(one, depth - 1, is_earth) for one in raw]
    xy = [number(one) for one in raw[:2]]
    if len(xy) < 2 or xy[0] is None or xy[1] is None:
        raise ValueError("a position of it is not two numbers")
    if is_earth and (abs(xy[0]) > 180 or abs(xy[1]) > 90):
        raise ValueError(f"[{xy[0]:g}, {xy[1]:g}] are no degrees of longitude and latitude")
    if not is_earth and max(abs(xy[0]), abs(xy[1])) > 1e6:
        raise ValueError(f"[{xy[0]:g}, {xy[1]:g}] are no metres of a plan")
    return (xy[0], xy[1])
