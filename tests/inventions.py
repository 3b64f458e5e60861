"""Invent legal dossiers: records of every kind, every key filled with what its type allows.

The types of the model are walked, so that a new key is invented by being there. What the rules between keys
ask for is stated here: which pool an id comes from, and the numbers of a plan, which come from `palaces`.
Every text has a word that stands nowhere else, by which it is found again.
"""

from __future__ import annotations

import itertools
import math
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import yaml

from build_scripts.model import fields
from build_scripts.model.accounts import Account, Answer
from build_scripts.model.biographies import Person, Relation
from build_scripts.model.chronology import Event
from build_scripts.model.edition import HANDOUTS, Edition, Group, Period
from build_scripts.model.floor_plan import (
    CERTAINTIES,
    Area,
    Boundary,
    Dimension,
    Lift,
    Marker,
    Opening,
    Orientation,
    Phase,
    Plan,
    Room,
    Section,
    Site,
    Stairs,
    Statement,
    Storey,
    Tunnel,
    Unknown,
    Wall,
)
from build_scripts.model.glossary import Term
from build_scripts.model.organizations import Organization
from build_scripts.model.records import Cite, Value
from build_scripts.model.references import CslName, Reference
from build_scripts.model.series import Point, Series
from tests import palaces

Data = dict[str, Any]
TEMPLATE = Path(__file__).parents[1] / "build_scripts/template"
FIRST_WORD = 100_000
# What may stand beside the word by which a text is known.
AROUND = (
    "{}", "the {} & <b>sons</b>", "“{}” of Émile", "{} 東京", "{}: 5 < 6 > 4", "a {} of 1850–51",
    "{}*s* [x](y)", "#{} `code` |bar| :role:`x`", "{} ½ % ~ ^ $ {{}}",
    "A very long name of many words for the {} that was not there",
)  # fmt: skip
MARKED = (
    "Of the *{}*.", "The **{}**, a \\* star.", "See [the {}](https://example.org/{}).",
    "{}: 1 < 2 & 3 > 2.\n\nAnd {}.", "A [word {}]({link}) here.", "“{}”, said *nobody **at** all*.",
)  # fmt: skip
DAYS = ("{}-03-04", "{}-11-30")
DATES = (
    *DAYS,
    "{}",
    "{}-07",
    "{}?",
    "{}~",
    "{}-21",
    "{}-05/{}-06",
    "[{}-01,{}-02]",
    "{}-XX",
    "{}-04-XX",
    "{}%",
)
# Of what the types do not say.
POOLS: Mapping[tuple[str, str], str] = {
    ("Event", "period"): "period", ("Event", "people"): "person", ("Event", "concerning"): "person",
    ("Event", "organizations"): "org", ("Event", "rooms"): "room", ("Role", "organization"): "org",
    ("Person", "group"): "group", ("Organization", "people"): "person", ("Room", "people"): "person",
    ("Marker", "people"): "person", ("Marker", "event"): "event", ("Phase", "event"): "event",
    ("Point", "event"): "event", ("Marker", "phases"): "phase", ("Tunnel", "phases"): "phase",
    ("Cite", "id"): "ref", ("Statement", "about"): "room",
}  # fmt: skip
SCALARS: Mapping[tuple[str, str], tuple[Any, ...]] = {
    ("Creator", "role"): ("aut", "edt", "ill"),
    ("Rights", "text"): ("CC-BY-4.0", "CC0-1.0"),
    ("Rights", "code"): ("MIT",),
    ("Edition", "modified"): ("2001-02-03",),
    ("Edition", "citation_style"): ("chicago-author-date-16th-edition", "apa", "modern-language-association"),
    ("Edition", "language"): ("en", "en-GB", "en-US"),
    ("Edition", "paper_caliper_mm"): ("0.1", "0.25"),
    ("Edition", "hemisphere"): ("north", "south"),
    ("Reference", "DOI"): ("10.1234/abc.5", "10.5555/x(1)y"),
    ("Reference", "read"): ("whole", "part"),
    ("Orientation", "certainty"): ("recorded", "inferred"),
    ("GeoLocation", "lat"): ("-45.5", "60"),
    ("GeoLocation", "lon"): ("-120.25", "0"),
    ("GeoLocation", "accuracy_m"): ("5", "50000"),
}
# Between which years the dates of a key lie, so that nobody acts before birth.
YEARS: Mapping[tuple[str, str], int] = {
    ("Person", "born"): 1801,
    ("Person", "died"): 1901,
    ("Role", "to"): 1860,
}
YEAR = 1850
LATEST = 5


class Inventor:
    """Invent the data of a dossier, the same for the same seed."""

    def __init__(self, seed: int, most: int = 3) -> None:
        self.chance = random.Random(seed)
        self.words = itertools.count(FIRST_WORD)
        self.ids = itertools.count(1)
        self.pools: dict[str, list[str]] = {
            kind: [first, *(f"{kind}-{index}" for index in range(self.chance.randint(1, most)))]
            for kind, first in {
                "period": "first-period", "group": "main-persons", "event": "first-event",
                "ref": "first-source", "person": "first-person", "org": "first-org", "account": "how-many",
                "term": "first-term", "series": "first-series",
            }.items()
        }  # fmt: skip
        self.rooms = self.chance.choice([0, 1, 2, 5, 9])
        self.plan = palaces.data(self.rooms or 1)
        if not self.rooms:
            self.plan |= {"storeys": [], "stairs": [], "sections": []}
        site: Any = self.plan["site"]
        storeys: Any = self.plan["storeys"]
        site["areas"] += [{"id": "bed", "kind": "garden", "polygon": palaces.square(-9, -9, 2)}]
        rooms = [*(room for storey in storeys for room in storey.get("rooms", ())), *site["areas"]]
        self.pools["phase"] = ["before", "after"]
        self.pools["room"] = [room["id"] for room in rooms]

    def files(self) -> dict[str, Any]:
        """Return the data files by name."""
        fill, pools = self.fill, self.pools
        events = [self.event(index) for index in range(len(pools["event"]))]
        # What nothing names would be refused.
        events[0] |= {"sources": pools["ref"], "accounts": pools["account"]}
        return {
            "edition": fill(
                Edition, preface=self.marked("", ""), url="https://example.org/x/", strict="false",
                handouts=list(HANDOUTS), papers=["letter", "a4"],
                periods=[fill(Period, id=name) for name in pools["period"]],
                groups=[fill(Group, id=name) for name in pools["group"]],
            ),
            "chronology": events,
            "biographies": [self.person(name, index) for index, name in enumerate(pools["person"])],
            "organizations": [fill(Organization, id=name) for name in pools["org"]],
            "accounts": [self.account(name) for name in pools["account"]],
            "series": [fill(Series, id=name, points=self.points()) for name in pools["series"]],
            "glossary": [fill(Term, id=name) for name in pools["term"]],
            "references": [fill(Reference, id=name) for name in pools["ref"]],
            "floor_plan": self.floor_plan(),
        }  # fmt: skip

    def fill(self, cls: type[Value], **given: Any) -> Data:
        """Return a group of keys; what is given stays, and None is left out."""
        hints = get_type_hints(cls, include_extras=True)
        found: Data = {}
        for name, field in cls.model_fields.items():
            key = field.alias or name
            if key in given or name in given:
                found[key] = given.get(key, given.get(name))
            elif field.is_required() or self.chance.random() < 0.85:
                found[key] = self.value(hints[name], cls.__name__, name)
        return {key: value for key, value in found.items() if value not in (None, [])}

    def value(self, hint: Any, holder: str, name: str) -> Any:
        """Return a value of a type."""
        if (holder, name) in SCALARS:
            return self.chance.choice(SCALARS[holder, name])
        if get_origin(hint) in (Union, UnionType):
            return self.value(next(one for one in get_args(hint) if one is not NoneType), holder, name)
        if get_origin(hint) is Literal:
            return self.chance.choice(get_args(hint))
        metadata = {id(one) for one in getattr(hint, "__metadata__", ())}
        for kind, invent in self.scalars.items():
            if id(getattr(fields, kind).__metadata__[0]) in metadata:
                return invent(self, holder, name)
        bare = getattr(hint, "__origin__", hint) if metadata else hint
        if get_origin(bare) is Literal:
            return self.chance.choice(get_args(bare))
        if get_origin(bare) is tuple:
            inner = get_args(bare)[0]
            drawn = [self.value(inner, holder, name) for _ in range(self.chance.randint(1, 2))]
            return [one for index, one in enumerate(drawn) if not _repeats(one, drawn[:index])]
        if bare is CslName:
            return self.csl_name()
        if isinstance(bare, type) and issubclass(bare, Value):
            return self.fill(bare)
        raise TypeError(f"{holder}.{name}: nothing is invented for {hint}")

    def plain(self, holder: str = "", name: str = "") -> str:
        return self.chance.choice(AROUND).format(f"lamp{next(self.words)}")

    def marked(self, holder: str, name: str) -> str:
        schemes = {"person": "person", "org": "org", "event": "event", "account": "account", "term": "term",
                   "series": "series", "ref": "ref", "phase": "phase"}  # fmt: skip
        scheme = self.chance.choice(list(schemes))
        link = f"{scheme}:{self.chance.choice(self.pools[schemes[scheme]])}"
        form = self.chance.choice(MARKED)
        marks = [f"lamp{next(self.words)}" for _ in range(form.count("{}"))]
        return form.format(*marks, link=link)

    def identifier(self, holder: str, name: str) -> str | None:
        pool = "account" if name == "accounts" else POOLS.get((holder, name))
        if pool is None:
            return f"own-{next(self.ids)}" if name == "id" else None
        return self.chance.choice(self.pools[pool])

    def date(self, holder: str, name: str) -> str:
        year = YEARS.get((holder, name), YEAR) + self.chance.randint(0, LATEST)
        return self.chance.choice(DATES).format(year, year)

    scalars: Mapping[str, Callable[[Inventor, str, str], Any]] = {
        "Plain": plain,
        "MarkedText": marked,
        "Id": identifier,
        "Date": date,
        "Time": lambda self, *_: self.chance.choice(["20:20", "09:05~", "21:45/23:59", "04:00?"]),
        "Timezone": lambda self, *_: self.chance.choice(["Europe/London", "Etc/UTC", "America/Lima"]),
        "Number": lambda self, *_: self.chance.choice(["3", "0.5", "-7", "120000"]),
        "Metres": lambda self, *_: self.chance.choice(["0", "12.5"]),
        "Length": lambda self, *_: self.chance.choice(["1", "2.75"]),
        "Flag": lambda self, *_: self.chance.choice(["true", "false"]),
        "Language": lambda self, *_: self.chance.choice(["la", "es", "ja", "fr"]),
        "Url": lambda self, *_: f"https://example.org/{next(self.words)}?a=b&c=%20d",
    }

    def csl_name(self) -> Data:
        if self.chance.random() < 0.3:
            return {"literal": self.plain()}
        return self.fill(CslName, literal=None, family=f"Lamp{next(self.words)}")

    def event(self, index: int) -> Data:
        before = self.pools["event"][:index]
        chosen = self.fill(
            Event, id=self.pools["event"][index], after=self.chance.choice(before) if before else None
        )
        if "after" in chosen:
            # Whatever an event follows has begun by then.
            chosen["date"] = DAYS[-1].format(YEAR + LATEST)
        elif "time" in chosen:
            chosen["date"] = self.chance.choice(DAYS).format(YEAR + index)
        return chosen

    def person(self, name: str, index: int) -> Data:
        others = [other for other in self.pools["person"] if other != name]
        return self.fill(
            Person, id=name, relations=[self.fill(Relation, person=other) for other in others[:2]],
            accounts=[self.chance.choice(self.pools["account"])], minor=None if index else "false",
        )  # fmt: skip

    def account(self, name: str) -> Data:
        ids = [f"answer-{index}" for index in range(self.chance.randint(2, 4))]
        answers = [self.fill(Answer, id=one, text=self.marked("", ""), **self.measure()) for one in ids]
        return self.fill(Account, id=name, answers=answers, adopted=self.chance.choice([*ids, None]))

    def measure(self) -> Data:
        low = self.chance.randint(0, 50)
        nothing = {"value": None, "low": None, "high": None}
        found = [
            {"value": str(low)},
            {"low": str(low), "high": str(low + 5)},
            {"low": str(low)},
            {"high": "9.5"},
        ]
        return nothing | self.chance.choice(found)

    def points(self) -> list[Data]:
        count = self.chance.randint(2, 5)
        points = [self.fill(Point, date=f"{YEAR + index}-03-04", **self.measure()) for index in range(count)]
        return points if self.chance.random() < 0.8 else points[:1]

    def evidence(self) -> Data:
        """Return the keys of an element of which each level of certainty is legal."""
        return {
            "certainty": self.chance.choice(CERTAINTIES), "basis": self.marked("", ""),
            "accounts": [self.chance.choice(self.pools["account"])], "sources": [self.fill(Cite)],
        }  # fmt: skip

    def element(self, cls: type[Value], known: Data, **more: Any) -> Data:
        """Return an element at its place in the palace, with words of its own."""
        placed = {key: value for key, value in known.items() if key not in ("title", *self.evidence())}
        nothing = dict.fromkeys(("holes", "through", "area_m2", "height_m", "features", "label"))
        return self.fill(cls, **(nothing | placed | self.evidence() | more))

    def opening(self, known: Data) -> Data:
        return self.element(Opening, known, hinge=known.get("hinge"), swing=known.get("swing"))

    def floor_plan(self) -> Data:
        plan: Any = self.plan
        element = self.element
        storeys = [
            self.fill(
                Storey, id=one["id"], level_m=one["level_m"], height_m=one["height_m"],
                walls=[element(Wall, wall) for wall in one.get("walls", ())],
                openings=[self.opening(hole) for hole in one.get("openings", ())],
                rooms=[element(Room, room, area_m2="16", open=None) for room in one.get("rooms", ())],
            )
            for one in plan["storeys"]
        ]  # fmt: skip
        site = plan["site"]
        side = math.ceil(math.sqrt(self.rooms)) * palaces.CHAMBER_M
        shaft = {"id": "shaft", "storeys": ["ground"], "polygon": palaces.square(3, 3, 0.8)}
        length = {
            "id": "length",
            "storey": "ground" if storeys else None,
            "from": palaces.at(0, -1),
            "to": palaces.at(4, -1),
        }
        cut = {"id": "cut", "from": palaces.at(-2, 0.5), "to": palaces.at(side + 2, 0.5)}
        markers = [
            element(Marker, one, path=one.get("path"), at=one.get("at"), room=None, phases=one["phases"],
                    storey=one.get("storey") if storeys else None)
            for one in plan["markers"]
        ]  # fmt: skip
        phases = [
            self.fill(Phase, id=one["id"], to=one["to"], **{"from": one["from"]}) for one in plan["phases"]
        ]
        return self.fill(
            Plan, storeys=storeys, stairs=[element(Stairs, one) for one in plan["stairs"]], phases=phases,
            lifts=[element(Lift, shaft)] if storeys else None, markers=markers,
            site=self.fill(
                Site, boundary=element(Boundary, site["boundary"]), openings=None,
                walls=[element(Wall, one) for one in site["walls"]],
                areas=[element(Area, one) for one in site["areas"]],
            ),
            tunnels=[
                element(Tunnel, one, phases=one["phases"], **{"from": None, "to": None})
                for one in plan["tunnels"]
            ],
            dimensions=[element(Dimension, length, length_m="4")],
            sections=[self.fill(Section, **cut)],
            orientation=self.fill(Orientation, basis=self.marked("", ""), sources=[self.fill(Cite)]),
            statements=[self.fill(Statement, id=f"said-{index}") for index in range(2)],
            unknowns=[self.fill(Unknown, id="unknown")],
        )  # fmt: skip


def _repeats(one: Any, before: list[Any]) -> bool:
    """Check whether a list would have a value or a source twice."""
    if isinstance(one, dict) and one.keys() <= {"id", "locator"}:
        return one["id"] in [other["id"] for other in before]
    return one is None or one in before


PARTS = (
    "chronology",
    "biographies",
    "organizations",
    "accounts",
    "plan",
    "series",
    "glossary",
    "bibliography",
)


def lay_out(folder: Path, seed: int) -> Path:
    """Write a dossier into a new folder: invented data, and a book that prints all of it."""
    shutil.copytree(TEMPLATE, folder)
    for name, data in Inventor(seed).files().items():
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
        (folder / f"data/{name}.yaml").write_text(text, "utf-8")
    for name in PARTS:
        (folder / f"book/{name}.rst").write_text(
            f"{name.title()}\n{'=' * 20}\n\n.. dossier:{name}::\n", "utf-8"
        )
    (folder / "book/subjects.rst").write_text("Index\n=====\n\n.. dossier:index::\n", "utf-8")
    listed = "".join(f"   {name}\n" for name in ("preface", *PARTS, "subjects"))
    (folder / "book/index.rst").write_text(f".. toctree::\n\n{listed}", "utf-8")
    shutil.rmtree(folder / "book/chapters")
    return folder
