"""Time plans of 50 to 1,000 small rooms, from data to SVG; the time should grow no faster than n log n."""

from __future__ import annotations

import gc
import time

from build_scripts.draw.pdf import measure_with
from build_scripts.draw.svg import svg
from build_scripts.layout import floor_plan
from build_scripts.layout.arrangement import Format
from build_scripts.pdf.fonts import FontBook
from build_scripts.words import Words
from tests import palaces

ROOMS = (50, 100, 200, 400, 1000)


def main() -> None:
    """Print the seconds of processor time that layout and drawing of a storey take."""
    words, measure = Words("en"), measure_with(FontBook("en"))
    measure("warm", "room")
    # As in every step of a build.
    gc.disable()
    for rooms in ROOMS:
        whole = palaces.dossier(palaces.plan(rooms))
        start = time.process_time()
        placed = floor_plan.place_storey(whole, "ground", words, measure, Format(width=800.0, height=1100.0))
        laid_out = time.process_time()
        text = svg(placed, "bench")
        drawn = time.process_time()
        print(
            f"{rooms} rooms: layout {laid_out - start:.2f} s, SVG {drawn - laid_out:.2f} s, "
            f"{len(text) // 1024} KiB"
        )


if __name__ == "__main__":
    main()
