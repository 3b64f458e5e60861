"""Hold the parts of an imported plan while they are gathered: storeys, the ids given, evidence, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

from build_scripts.imports.entries import Entry, Figure, plain, unique
from build_scripts.imports.features import Feature, number
from build_scripts.imports.walls import Axis
from build_scripts.model.fields import ID, ID_LENGTH
from build_scripts.model.floor_plan import CERTAINTIES, Element
from build_scripts.model.tangent import Plane

STAND_IN = "source-of-the-plan"
UNTITLED = "[No title]"
# The height of a storey of which nothing else is known, floor to floor.
STOREY_M = 3.0
HIGHEST_M = 1000.0
MARKS = re.compile(r"([\\`*_{}\[\]()<>#!|~&])")


@dataclass(slots=True, kw_only=True)
class Level:
    """Hold what stands together on a storey, or on the site."""

    id: str
    title: str
    level_m: float = 0.0
    height_m: float = STOREY_M
    remarks: list[str] = field(default_factory=list)
    rooms: list[Entry] = field(default_factory=list)
    shapes: list[Polygon] = field(default_factory=list)
    walls: list[Entry] = field(default_factory=list)
    axes: list[Axis] = field(default_factory=list)
    openings: list[Entry] = field(default_factory=list)
    outline: Feature | None = None


@dataclass(slots=True, kw_only=True)
class Draft:
    """Hold a plan in the making; `is_own` if the file states the metres that its records were drawn in."""

    file: str
    plane: Plane | None
    is_own: bool
    levels: dict[str, Level] = field(default_factory=dict)
    site: Level = field(default_factory=lambda: Level(id="", title=""))
    areas: list[Entry] = field(default_factory=list)
    boundary: Entry | None = None
    others: dict[str, list[Entry]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def name(self, wanted: str, noun: str) -> str:
        """Return an id that no record has yet, made of a text."""
        is_fit = ID.fullmatch(wanted) and len(wanted) <= ID_LENGTH and wanted not in self.taken
        found = wanted if is_fit else unique(wanted, self.taken, noun)
        self.taken.add(found)
        return found

    def level_of(self, feature: Feature) -> Level:
        """Return the storey that a feature names; one that is not known yet is added."""
        key = feature.text("storey", "level_id", "level", "floor", "storey_name", "level_name")
        key = key.split(";")[0].strip() if re.fullmatch(r"-?\d+(\.\d+)?(;.*)", key) else key
        if key not in self.levels and not key and len(self.levels) == 1:
            return next(iter(self.levels.values()))
        if key not in self.levels:
            self.add_level(
                key, f"Level {key}" if _numeric(key) is not None else key or "Ground floor", feature
            )
        return self.levels[key]

    def add_level(self, key: str, title: str, feature: Feature) -> Level:
        """Add a storey; its level follows from its number where it is not stated."""
        level = Level(id=self.name(title, "storey"), title=title)
        stated = feature.number_of("level_m")
        ordinal = next((one for one in (feature.number_of("ordinal"), _numeric(key)) if one is not None), 0.0)
        level.level_m = stated if stated is not None else ordinal * STOREY_M
        if stated is None:
            level.remarks.append("level_m and height_m are guesses")
        if abs(level.level_m) > HIGHEST_M:
            level.remarks.append(f"level_m was left out: {level.level_m:g} is none of a building")
            level.level_m = 0.0
        self.levels[key] = level
        return level

    def entry(
        self, feature: Feature, model: type[Element], values: Mapping[str, Any], remarks: Iterable[str] = ()
    ) -> Entry:
        """Return a record with its evidence; what the model refuses goes to its remarks."""
        wanted = feature.text("id") or (feature.id if self.is_own else "")
        wanted = wanted if ID.fullmatch(wanted) else feature.text("name", "title", "short_name", "ref")
        wanted = wanted or str(values.get("title", model.noun))
        entry = Entry({"id": self.name(wanted, model.noun), **values})
        entry.remarks += [f"{feature.place}: {one}" for one in dict.fromkeys(remarks)]
        entry.values |= self._evidence(feature, entry)
        entry.fit(model, {"title": UNTITLED})
        return entry

    def derived(self, model: type[Element], noun: str, values: Mapping[str, Any], basis: str) -> Entry:
        """Return a record that no feature states."""
        evidence = {"certainty": "conjectural", "basis": f"{basis} {self.basis}", "sources": [STAND_IN]}
        return Entry({"id": self.name(noun, noun), **values, **evidence})

    @property
    def basis(self) -> str:
        """Return what says why an element is drawn."""
        return f"Taken over from {escaped(self.file) or 'a file'}."

    def _evidence(self, feature: Feature, entry: Entry) -> dict[str, Any]:
        stated = feature.properties
        accounts = ids(stated.get("accounts"))
        cites = [cited for one in _list(stated.get("sources")) if (cited := cite(one))]
        if len(cites) < len(_list(stated.get("sources"))):
            entry.remarks.append(f"{feature.place}: some of its sources were left out")
        certainty = stated.get("certainty")
        is_held = certainty in CERTAINTIES and (certainty == "conjectural" or cites)
        if not is_held or (certainty == "disputed" and not accounts):
            certainty = "conjectural"
        basis = escaped(feature.text("basis"))
        found: dict[str, Any] = {"certainty": certainty}
        if basis or certainty == "conjectural":
            found["basis"] = basis or self.basis
        if accounts:
            found["accounts"] = accounts
        if cites or not (certainty == "conjectural" and self.is_own and "certainty" in stated):
            found["sources"] = cites or [STAND_IN]
        return found


def escaped(text: str) -> str:
    """Return plain text as marked text that reads the same."""
    return MARKS.sub(r"\\\1", plain(text))


def point(xy: Iterable[float]) -> list[Figure]:
    """Return a position as it is written."""
    return [Figure.of(value) for value in list(xy)[:2]]


def ring(points: Iterable[Iterable[float]]) -> list[list[Figure]]:
    """Return a ring as it is written: against the clock from its leftmost corner, which stands once."""
    whole = orient(Polygon(shapely.get_coordinates(Polygon(list(points)).normalize())))
    return [point(xy) for xy in whole.exterior.coords[:-1]]


def ids(value: Any) -> list[str]:
    """Return the ids of a list, each once."""
    found = [one for one in _list(value) if isinstance(one, str) and ID.fullmatch(one)]
    return list(dict.fromkeys(one for one in found if len(one) <= ID_LENGTH))


def cite(value: Any) -> Any:
    """Return a source as it is named, None for what names none."""
    name = value.get("id") if isinstance(value, Mapping) else value
    if not ids([name]):
        return None
    locator = plain(value["locator"]) if isinstance(value, Mapping) and value.get("locator") else ""
    return {"id": name, "locator": locator} if locator else name


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _numeric(key: str) -> float | None:
    try:
        return number(float(key))
    except ValueError:
        return None
