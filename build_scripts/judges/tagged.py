"""Read what stands at a place of a tagged PDF, by the model that outloud makes of one."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from build_scripts.judges.faults import Reading

Box = tuple[float, float, float, float]

# What holds more than one passage; nothing that an author wrote is as large.
LARGE = frozenset({"Document", "Part", "Art", "Sect", "Div", "L", "Table", "TBody"})
# How much of a line is artifact before outloud counts it as one.
ARTIFACT = 0.8
# How many words outloud takes for prose.
PROSE = 8
# What differs between two settings of the same words.
LOOSE = re.compile(r"[\W_]+")
# How far apart edges may lie that are the same, in points; outloud rounds to a tenth.
SAME = 0.1


class Tagged:
    """Find the structure elements of a file by object and by place."""

    def __init__(self, path: Path) -> None:
        """Open the file; without outloud nothing is found in it."""
        known = importlib.util.find_spec("outloud") is not None
        self._document: Any = importlib.import_module("outloud.model").Document(str(path)) if known else None
        self._boxes: dict[int, list[tuple[Any, Box]]] = {}
        self._told: str | None = None

    def at_object(self, number: int) -> Reading:
        """Return what stands where an object is: a structure element, or the annotation of one."""
        if self._document is None:
            return Reading()
        for element in self._document.elements:
            if number in (element.objgen[0], *(objgen[0] for objgen in element.objrs)):
                return self._reading(element)
        return Reading()

    def in_box(self, box: Mapping[str, Any]) -> Reading:
        """Return what stands in a box of a page, as outloud gives it: the smallest element that covers it."""
        if self._document is None:
            return Reading()
        page = box["page"] - 1
        if page not in self._boxes:
            self._boxes[page] = list(self._measure(page))
        covering = [
            (_area(around), -element.depth, element)
            for element, around in self._boxes[page]
            if around[0] - SAME <= box["x0"]
            and around[1] - SAME <= box["y0"]
            and box["x1"] <= around[2] + SAME
            and box["y1"] <= around[3] + SAME
        ]
        return self._reading(min(covering, key=lambda one: one[:2])[2]) if covering else Reading()

    def tables(self, path: str, page: int | None) -> list[Any]:
        """Return the tables, as PDF objects, at a path of the tree that begin on a page (from 1)."""
        return [
            element.obj
            for element in self._document.elements_of("Table")
            if element.path == path and (page is None or element.page in (None, page - 1))
        ]

    def repeats(self, page: int) -> bool:
        """Return whether every line of artifacts on a page (from 1) repeats what the structure tells.

        A shortened running head repeats the beginning; the number of the page may stand before or behind it.
        """
        if self._told is None:
            runs = (run for one in self._document.pages for run in self._document.content(one.index).runs)
            self._told = _letters("".join(run.text for run in runs if run.tagged and not run.artifact))
        lines = self._document.content(page - 1).lines
        silent = [one.text.split() for one in lines if one.artifact_share >= ARTIFACT]
        return all(
            any(_letters(" ".join(part)) in self._told for part in (words, words[1:], words[:-1]))
            for words in silent
            if len(words) >= PROSE
        )

    def _measure(self, page: int) -> Iterator[tuple[Any, Box]]:
        """Yield the elements on a page with their boxes: of what is drawn and of links, in and below each."""
        drawn = self._document.content(page).mcid_bbox
        links = {one.objgen: one.rect for one in self._document.annotations if one.page == page}
        found: dict[int, Box] = {}
        for element in reversed(self._document.elements):
            stated = element.attr("BBox", "Layout")
            boxes = [
                *(drawn.get((one.stream, one.mcid)) for one in element.mcrefs if one.page == page),
                *(links.get(objgen) for objgen in element.objrs),
                *(found.get(kid.order) for kid in element.children),
                stated if stated and element.page == page else None,
            ]
            known = [one for one in boxes if one]
            if known:
                left, low, right, high = zip(*known, strict=True)
                found[element.order] = (min(left), min(low), max(right), max(high))
                yield element, found[element.order]

    def _reading(self, element: Any) -> Reading:
        chain = [element]
        while chain[-1].parent is not None and chain[-1].parent.type not in LARGE:
            chain.append(chain[-1].parent)
        return Reading(
            typed=tuple(text for one in chain for text in self._typed(one)),
            texts=tuple(self._text(one) for one in chain if one.type not in LARGE),
        )

    def _typed(self, element: Any) -> Iterator[str]:
        if element.alt:
            yield element.alt
        for objgen in element.objrs:
            action = self._document.pdf.get_object(objgen).get("/A", {})
            if "/URI" in action:
                yield str(action["/URI"])

    def _text(self, element: Any) -> str:
        pieces = []
        for one in (element, *element.descendants()):
            for reference in one.mcrefs:
                if reference.page is not None:
                    texts = self._document.content(reference.page).mcid_text
                    pieces.append(texts.get((reference.stream, reference.mcid), ""))
        return " ".join(pieces)


def _letters(text: str) -> str:
    """Return the letters and digits of a text, without those that only its setting brings."""
    return LOOSE.sub("", text).casefold()


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
