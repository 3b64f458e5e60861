"""Time a storey of 200 rooms, from data to SVG, which should take under 2 seconds."""

from __future__ import annotations

import gc
import time

from build_scripts.draw.pdf import measure_with
from build_scripts.draw.svg import svg
from build_scripts.layout import floor_plan
from build_scripts.layout.arrangement import Format
from build_scripts.model.dossier import Dossier
from build_scripts.model.edition import Edition
from build_scripts.model.floor_plan import Plan
from build_scripts.pdf.fonts import FontBook
from build_scripts.words import Words

COLUMNS, ROWS, ROOM_M = 20, 10, 4


def plan() -> Plan:
    """Return a storey of rooms in a grid, every room with walls and a door of its own."""
    levels = ("recorded", "documented", "inferred", "conjectural")
    walls, openings, rooms = [], [], []
    for column in range(COLUMNS):
        for row in range(ROWS):
            x, y, level = column * ROOM_M, row * ROOM_M, levels[(column + row) % 4]
            evidence = {"certainty": level, "basis": "assumed", "sources": ["letter"]}
            name = f"{column}-{row}"
            for side, end in (("south", (x + ROOM_M, y)), ("west", (x, y + ROOM_M))):
                ends = {"from": [str(x), str(y)], "to": [str(end[0]), str(end[1])]}
                walls.append({"id": f"{side}-{name}", "thickness_m": "0.3", **ends, **evidence})
            door = {"wall": f"south-{name}", "at_m": "2", "width_m": "0.9", "hinge": "from", "swing": "left"}
            openings.append({"id": f"door-{name}", "kind": "door", **door, **evidence})
            corners = [(x, y), (x + ROOM_M, y), (x + ROOM_M, y + ROOM_M), (x, y + ROOM_M)]
            polygon = [[str(a), str(b)] for a, b in corners]
            rooms.append({"id": f"room-{name}", "title": f"Chamber {name}", "polygon": polygon, **evidence})
    storey = {"id": "ground", "title": "Ground floor", "level_m": "0", "height_m": "3", "walls": walls,
              "openings": openings, "rooms": rooms}  # fmt: skip
    return Plan.model_validate({"name": "Palace", "status": "survey", "storeys": [storey]})


def main() -> None:
    """Print the seconds that layout and drawing take."""
    dossier = Dossier(edition=Edition.model_construct(), plan=plan())
    words, measure = Words("en"), measure_with(FontBook("en"))
    measure("warm", "room")
    # As in every step of a build.
    gc.disable()
    start = time.perf_counter()
    placed = floor_plan.place_storey(dossier, "ground", words, measure, Format(width=800.0, height=1100.0))
    laid_out = time.perf_counter()
    text = svg(placed, "bench")
    drawn = time.perf_counter()
    print(
        f"200 rooms: layout {laid_out - start:.2f} s, SVG {drawn - laid_out:.2f} s, {len(text) // 1024} KiB"
    )


if __name__ == "__main__":
    main()
