"""Build plans of any number of rooms in a grid, each with walls and a door, for tests and timings."""

from __future__ import annotations

import math

from build_scripts.model.accounts import Account
from build_scripts.model.dossier import Dossier
from build_scripts.model.edition import Edition
from build_scripts.model.floor_plan import CERTAINTIES, MARKER_KINDS, Plan

Data = dict[str, object]

# Of rooms, in metres: a chamber that holds its name, and a closet that holds at most a number.
CHAMBER_M, CLOSET_M = 4, 1
BESIDE_M = 6


def evidence(index: int) -> Data:
    """Return how sure an element is, each level in its turn."""
    level = CERTAINTIES[index % len(CERTAINTIES)]
    found: Data = {"certainty": level, "basis": f"Drawn as its neighbours are, in way {index % 7}."}
    if level != "conjectural":
        found["sources"] = ["letter"]
    return found | ({"accounts": ["where"]} if level == "disputed" else {})


def plan(rooms: int, room_m: int = CHAMBER_M) -> Plan:
    """Return a palace that is read."""
    return Plan.model_validate(data(rooms, room_m))


def data(rooms: int, room_m: int = CHAMBER_M) -> Data:
    """Return a palace of one storey on its site, with stairs, tunnels, a section and markers."""
    columns = math.ceil(math.sqrt(rooms))
    cells = [divmod(index, columns) for index in range(rooms)]
    places = [(column * room_m, row * room_m) for row, column in cells]
    storey = {"id": "ground", "title": "Ground floor", "level_m": "0", "height_m": "3"}
    walls, openings, chambers = [], [], []
    for index, (x, y) in enumerate(places):
        room = (x, y, room_m)
        sides = ["south", "west"]
        sides += ["north"] if (x, y + room_m) not in places else []
        sides += ["east"] if (x + room_m, y) not in places else []
        walls += [_wall(index, side, room) for side in sides]
        openings.append(_opening(index, "south", room_m, kind="door", hinge="from", swing="left"))
        if index % 3 == 0:
            openings.append(_opening(index, "west", room_m, kind="window", features=["grate"]))
        title = {"title": f"Chamber {index}", "polygon": square(*room)}
        chambers.append({"id": f"room-{index}", **title, **evidence(index)})
    upper = {"id": "upper", "title": "Upper floor", "level_m": "3", "height_m": "3"}
    side = columns * room_m
    return {
        "name": "Palace",
        "status": "reconstruction",
        "storeys": [{**storey, "walls": walls, "openings": openings, "rooms": chambers}, upper],
        "stairs": [_stairs(index, place, room_m) for index, place in enumerate(places) if index % 10 == 0],
        "site": _site(side, rooms),
        "tunnels": [_tunnel(index, side) for index in range(1 + rooms // 50)],
        "sections": [{"id": "cut", "title": "Section", "from": at(-2, 0.5), "to": at(side + 2, 0.5)}],
        "phases": [_phase("before", "1888-11-14"), _phase("after", "1888-11-15")],
        "markers": [_marker(index, place, room_m) for index, place in enumerate(places) if index % 4 == 0],
    }


def square(x: float, y: float, side: float) -> list[list[str]]:
    """Return an upright square from its lower left corner."""
    return [at(a, b) for a, b in ((x, y), (x + side, y), (x + side, y + side), (x, y + side))]


def at(x: float, y: float) -> list[str]:
    """Return a point as it stands in a data file."""
    return [f"{x:.3f}", f"{y:.3f}"]


def dossier(plan: Plan) -> Dossier:
    """Return a dossier that has nothing but a plan and the question on which its accounts differ."""
    account = Account.model_construct(id="where", question="Where did the wall stand?", answers=())
    return Dossier(edition=Edition.model_construct(), plan=plan, accounts=(account,))


def _wall(index: int, side: str, room: tuple[int, int, int]) -> Data:
    x, y, size = room
    (a, b), (c, d) = {"south": ((0, 0), (1, 0)), "west": ((0, 0), (0, 1)),
                      "north": ((0, 1), (1, 1)), "east": ((1, 0), (1, 1))}[side]  # fmt: skip
    ends = {"from": at(x + a * size, y + b * size), "to": at(x + c * size, y + d * size)}
    return {"id": f"{side}-{index}", "thickness_m": "0.1", **ends, **evidence(index + len(side))}


def _opening(index: int, side: str, room_m: int, **more: object) -> Data:
    held = {"wall": f"{side}-{index}", "at_m": f"{room_m / 2}", "width_m": f"{room_m / 4}"}
    return {"id": f"hole-{side}-{index}", **held, **more, **evidence(index)}


def _stairs(index: int, place: tuple[int, int], room_m: int) -> Data:
    (x, y), most = place, room_m * 0.8
    up = [at(x + 0.2, y + most / 2), at(x + most, y + most / 2)]
    return {"id": f"stairs-{index}", "from": "ground", "to": "upper",
            "polygon": square(x + 0.2, y + 0.2, most - 0.2), "up": up, **evidence(index // 10)}  # fmt: skip


def _site(side: int, rooms: int) -> Data:
    low, high = -4 * BESIDE_M, side + 4 * BESIDE_M
    ring = [(low, low), (high, low), (high, high), (low, high)]
    areas = [
        {"id": f"area-{index}", "kind": ("garden", "building", "tent")[index % 3], "title": f"Bed {index}",
         "polygon": square(low + 1 + index * 3, low + 1, 2), **evidence(index)}
        for index in range(rooms // 10)
        if low + index * 3 + 4 < high
    ]  # fmt: skip
    corners = [at(*corner) for corner in ring]
    wall = {**_wall(rooms, "south", (low, low, high - low)), "id": "plot-south"}
    return {"boundary": {"id": "plot", "polygon": corners, **evidence(1)}, "walls": [wall], "areas": areas}


def _tunnel(index: int, side: int) -> Data:
    path = [at(-BESIDE_M, index + 0.5), at(side / 2, index + 0.5)]
    sizes = {"width_m": "0.8", "height_m": "1.5", "depth_m": "3"}
    named = {"id": f"tunnel-{index}", "title": f"Tunnel {index}", "path": path, "phases": ["after"]}
    return {**named, **sizes, **evidence(index)}


def _phase(name: str, day: str) -> Data:
    return {"id": name, "title": name.capitalize(), "from": day, "to": day}


def _marker(index: int, place: tuple[int, int], room_m: int) -> Data:
    x, y = place[0] + room_m / 3, place[1] + room_m / 3
    kind = MARKER_KINDS[index // 4 % len(MARKER_KINDS)]
    where: Data = {"at": at(x, y)}
    if kind in ("route", "barricade"):
        where = {"path": [at(x, y), at(x + room_m / 3, y)]}
    phases = ["before", "after"] if index % 8 else ["after"]
    storey = {"storey": "ground"} if index % 12 else {}
    named = {"id": f"marker-{index}", "kind": kind, "title": f"Sign {index}", "phases": phases}
    return {**named, **storey, **where, **evidence(index // 4)}
