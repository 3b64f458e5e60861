"""Measure what tagging and archiving cost: the same chronology with and without, each in its own process.

`python -m tests.bench.pdf` prints seconds of processor time and peak memory at 1,000 and 10,000 events; what
is wanted is at most 40 % more time and less than twice the memory.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from build_scripts.pdf import book
from build_scripts.pdf.archival import Info
from build_scripts.pdf.context import Wording
from build_scripts.pdf.structure import navigate
from build_scripts.pdf.style import sheet
from build_scripts.pdf.tags import Element, TaggedCanvas

REPO = Path(__file__).parents[2]
COUNTS = (1_000, 10_000)
TALE = """
the keeper wrote the hour of the wreck in the log and lit the lamp again before dawn while a boat that
nobody had sent for came round the point with eleven people in it of whom the papers later named nine
because two of them had given a name that was not theirs and the harbour master kept no list
"""
WORDS = TALE.split()
INFO = Info(title="Benchmark", language="en", identifier="urn:x:bench", modified="2020-01-01")
WORDING = Wording(
    contents="Contents",
    figures="Figures",
    index="Index",
    note="Note {label}",
    back="Back to {label}",
    page="p. {page}",
)


class PlainCanvas(TaggedCanvas):
    """Draw without marked content."""

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """Mark nothing."""
        yield

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str | None = None) -> Iterator[None]:
        """Mark nothing."""
        yield


def chronology(count: int) -> nodes.document:
    """Return a chronology of so many events; every tenth has a box with two answers."""
    whole = new_document("bench", get_default_settings())
    events = nodes.definition_list(classes=["chronology"])
    whole += nodes.section("", nodes.title("", "Days"), events, ids=["days"])
    for number in range(count):
        day = nodes.term(
            "", f"{number % 28 + 1} March {1500 + number % 500} ", nodes.inline("", "04:20", classes=["time"])
        )
        told = nodes.definition("", nodes.paragraph("", f"Event number {number}", classes=["event-title"]))
        told += nodes.paragraph("", f"{_sentence(number, 60)} {_sentence(number * 7, 25)}")
        if number % 10 == 0:
            told += _box(number)
        source = nodes.reference("", f"The log, page {number}", refuri=f"https://example.org/{number}")
        told += nodes.paragraph("", "Sources: ", source, classes=["sources"])
        events += nodes.definition_list_item("", day, told, ids=[f"event-{number}"])
    return whole


def _box(number: int) -> nodes.container:
    box = nodes.container(classes=["account"])
    box += nodes.paragraph("", "Accounts differ", classes=["account-title"])
    box += nodes.paragraph("", "For how long was it dark?", classes=["account-question"])
    answers = (nodes.list_item("", nodes.paragraph("", _sentence(number + start, 14))) for start in (3, 11))
    box += nodes.bullet_list("", *answers)
    return box


def _sentence(start: int, length: int) -> str:
    words = [WORDS[(start + step * (1 + start % 7)) % len(WORDS)] for step in range(length)]
    return f"{' '.join(words).capitalize()}."


def one(kind: str, count: int) -> None:
    """Write one file and print processor time in seconds, peak memory in MiB and the number of pages."""
    kit = book.Kit(sheet=sheet(), wording=WORDING, draw=lambda *_, **__: None)
    document = chronology(count)
    start = time.process_time()
    if kind == "tagged":
        written = book.write_document(document, INFO, kit)
    else:
        with (
            patch.object(book, "TaggedCanvas", PlainCanvas),
            patch.object(book, "finish", _untagged),
            patch.object(book, "archive", lambda *_: None),
        ):
            written = book.write_document(document, INFO, kit)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{spent:.2f} {peak:.0f} {written.pages} {len(written.data) / 2**20:.2f}")


def _untagged(pdf, root, notes, *, lang, labels, outline, role_map) -> None:  # type: ignore[no-untyped-def]
    navigate(pdf, notes, labels=labels, outline=outline)


def main() -> None:
    """Print a line for each number of events."""
    for count in COUNTS:
        plain, tagged = (
            [
                float(word)
                for word in subprocess.run(
                    [sys.executable, "-m", "tests.bench.pdf", kind, str(count)],
                    cwd=REPO, check=True, capture_output=True, text=True,
                ).stdout.split()
            ]
            for kind in ("plain", "tagged")
        )  # fmt: skip
        print(
            f"{count:>6} events, {tagged[2]:.0f} pages: "
            f"{plain[0]:.1f} s and {plain[1]:.0f} MiB untagged ({plain[3]:.1f} MiB of file), "
            f"{tagged[0]:.1f} s and {tagged[1]:.0f} MiB tagged and archival ({tagged[3]:.1f} MiB of file): "
            f"{tagged[0] / plain[0] - 1:+.0%} time, x{tagged[1] / plain[1]:.2f} memory"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(sys.argv[1], int(sys.argv[2]))
    else:
        main()
