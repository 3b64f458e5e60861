"""Hostile dossiers: every case is refused in the author's words or built, soon, alone, without a traceback.

A case is a file: what is done to the small dossier of the template (YAML), then a line `=== expected` and
what `validate` prints; after `pytest --update-golden` read the diff. What is `literal` stands as it was typed
in the site, the EPUB and the PDF.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
import yaml
from bs4 import BeautifulSoup
from PIL import Image

pytestmark = pytest.mark.hostile
HERE = Path(__file__).parent
REPO = HERE.parents[1]
CASES = sorted(HERE.glob("*/*.case"))
MARK = "=== expected\n"
LONGEST = 300
GAPS = re.compile(r"[\s\u00ad\u200b\u2010-]+")
RUNS = re.compile(r"on\w+=|(href|src|action)=\s*(java|vb)script")
SECONDS, MEGABYTES = 5, 500
MARKUP = re.compile(r"[\\*_\[]")
PREFACE = "Say here why this dossier exists, what its sources are"
# Texts of the template: the file, the words, and whether they are marked text.
FIELDS = (
    ("chronology.yaml", "Replace this with the first event", False),
    ("chronology.yaml", "An event of which only the season is known (21 is spring, 24 is winter).", True),
    ("chronology.yaml", "A place", False),
    ("biographies.yaml", "Ada Placeholder", False),
    ("biographies.yaml", "Replace this role", False),
    ("biographies.yaml", "Replace this with who the person was, as far as the sources tell.", True),
    ("accounts.yaml", "How many people were there?", False),
    ("accounts.yaml", "people\n", False),
    ("accounts.yaml", "A number; the text beside it is a comment.", False),
    ("accounts.yaml", "Somebody else", False),
    ("glossary.yaml", "first term", False),
    ("glossary.yaml", "Replace this with a term and what it means.", True),
    ("references.yaml", "A Book to Replace", False),
    ("references.yaml", "A Publisher", False),
    ("references.yaml", "A Body of People", False),
    ("references.yaml", "A Site", False),
    ("references.yaml", "Replace this with what you think of the source as a witness.", False),
    ("edition.yaml", "Title of the Dossier", False),
    ("edition.yaml", "What it is about, in one line", False),
    ("edition.yaml", "Your Name", False),
    ("edition.yaml", "First period", False),
    ("edition.yaml", "Main persons", False),
    ("edition.yaml", PREFACE, True),
)
STEPS = (["citations"], ["book", "html"], ["book", "pdf"])

Trial = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def ground() -> Iterator[Trial]:
    """Give a function that tries a step; the process behind it has everything imported."""
    command = [sys.executable, "-m", "tests.hostile.ground"]
    environment = {**os.environ, "PYTHONPATH": str(REPO), "PYTHONHASHSEED": "0"}
    with subprocess.Popen(
        command, cwd=REPO, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:

        def trial(**order: object) -> dict[str, Any]:
            assert running.stdin is not None
            assert running.stdout is not None
            running.stdin.write(f"{json.dumps(order)}\n")
            running.stdin.flush()
            answer: dict[str, Any] = json.loads(running.stdout.readline())
            return answer

        yield trial
        running.terminate()


def laid_out(case: dict[str, Any], folder: Path) -> Path:
    """Make the dossier of a case."""
    dossier = Path(shutil.copytree(REPO / "build_scripts/template", folder / "dossier"))
    (folder / "secret.txt").write_text("hunter2 hunter2")
    if "everywhere" in case:
        everywhere(case, dossier)
        return dossier
    for change in (case, *case.get("also", ())):
        alter(change, dossier / change["file"])
    return dossier


def everywhere(case: dict[str, Any], dossier: Path) -> None:
    """Put a text into every field of the data; it is literal in each."""
    typed = case["everywhere"]
    case["literal"] = []
    for number, (file, old, is_marked) in enumerate(FIELDS):
        if is_marked and MARKUP.search(typed):
            continue
        path = dossier / "data" / file
        head, gap, body = path.read_text("utf-8").partition("\n\n")
        assert old in body, old
        new = f"{number} {typed} {number}"
        # The preface is folded over lines; all others stand in quotes.
        quoted = new if old == PREFACE else f"{json.dumps(new)}{old[len(old.rstrip()) :]}"
        path.write_text(f"{head}{gap}{body.replace(old, quoted, 1)}", "utf-8")
        case["literal"].append(new)


def alter(case: dict[str, Any], path: Path) -> None:
    """Do to one file what a case says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.is_file() else b""
    if "replace" in case:
        old, new = case["replace"]
        assert old.encode() in before
        path.write_bytes(before.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1))
    elif "append" in case:
        path.write_bytes(before + case["append"].encode("utf-8", "surrogatepass"))
    elif "content" in case:
        path.write_bytes(case["content"].encode("utf-8", "surrogatepass"))
    elif "bytes" in case:
        path.write_bytes(case["bytes"].encode("latin-1"))
    elif "encoding" in case:
        path.write_bytes(before.decode().encode(case["encoding"]))
    elif "repeat" in case:
        start, unit, times, end = case["repeat"]
        kept = before if case.get("keep") else b""
        units = (unit.replace("{n}", str(number)) for number in range(times))
        path.write_bytes(kept + (start + "".join(units) + end).encode())
    elif "nest" in case:
        kept = before if case.get("keep") else b""
        lines = (" " * (case["indent"] * level) + case["nest"] for level in range(case["times"]))
        path.write_bytes(kept + case.get("between", "\n").join(lines).encode() + b"\n")
    elif "picture" in case:
        draw(case["picture"], path)
    elif "link" in case:
        path.unlink(missing_ok=True)
        path.symlink_to(case["link"])
    elif "make" in case:
        path.unlink(missing_ok=True)
        {"pipe": os.mkfifo, "folder": Path.mkdir, "nothing": Path}[case["make"]](path)  # type: ignore[operator]
    elif "size" in case:
        with path.open("ab") as file:
            file.truncate(case["size"])


def draw(made: dict[str, Any], path: Path) -> None:
    """Make a picture file: mode, size, format, frames, and how many of its bytes are kept."""
    frames = [
        Image.new(made["mode"], tuple(made["size"]), number * 255) for number in range(made.get("frames", 1))
    ]
    out = BytesIO()
    more: dict[str, Any] = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
    frames[0].save(out, made["format"], **more)
    path.write_bytes(out.getvalue()[: made.get("bytes")])


def shortened(said: str, folder: Path) -> str:
    lines = (line if len(line) <= LONGEST else f"{line[:LONGEST]}…" for line in said.splitlines())
    return "".join(f"{line}\n" for line in lines).replace(str(folder), "")


def check(step: str, result: dict[str, Any]) -> None:
    assert "Traceback" not in result["said"], f"{step}: {result['said']}"
    assert result["code"] in (0, 1), f"{step}: {result['code']} {result['said']}"
    assert result["foreign"] == "", step
    assert "hunter2" not in result["said"], step
    assert result["seconds"] <= SECONDS, step
    assert result["megabytes"] <= MEGABYTES, step


def pages(build: Path) -> Iterator[tuple[str, BeautifulSoup]]:
    """Yield the pages of the site and, if there is one, of the EPUB."""
    for path in (build / "html").rglob("*.html"):
        yield str(path), BeautifulSoup(path.read_text("utf-8"), "html.parser")
    for path in build.glob("epub/*.epub"):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if name.endswith((".xhtml", ".opf", ".ncx")):
                    ElementTree.fromstring(book.read(name))
                    content = book.read(name).decode().partition("?>")[2]
                    yield name, BeautifulSoup(content, "html.parser")


def check_pages(build: Path) -> None:
    """Look for what was typed as text and became a command: the payloads all name `pwned`."""
    for place, page in pages(build):
        for tag in page.find_all(True):
            attributes = [f"{name}={value}" for name, value in tag.attrs.items()]
            runs = [one for one in attributes if RUNS.match(one)]
            assert not any("pwned" in one for one in runs), f"{place}: {tag}"
            assert tag.name not in ("script", "style") or "pwned" not in tag.text, f"{place}: {tag}"
            assert tag.name != "pwned", place


def check_pdf(path: Path) -> None:
    """Look for actions in a PDF other than links to the web and to places in it."""
    with pikepdf.open(path) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary):
                for action in (one, one.get("/A")):
                    if isinstance(action, pikepdf.Dictionary):
                        kind = str(action.get("/S"))
                        assert kind not in ("/JavaScript", "/Launch", "/SubmitForm", "/GoToR"), action
                        assert "/JS" not in action
                        assert re.match(r"https?:|mailto:|None", str(action.get("/URI"))), action


def bare(text: str) -> str:
    """Return a text without what a line end adds or takes."""
    return GAPS.sub("", unicodedata.normalize("NFKC", text))


def check_literal(literal: list[str], build: Path) -> None:
    """Look for texts as they were typed in the site, the EPUB and the PDF."""
    read = {"site": "", "epub": ""}
    for place, page in pages(build):
        for tag in page(["script", "style"]):
            tag.extract()
        read["site" if place.endswith(".html") else "epub"] += page.get_text()
    said = subprocess.run(
        ["pdftotext", "-raw", build / "pdf/dossier.pdf", "-"], capture_output=True, check=True
    )
    read["pdf"] = said.stdout.decode()
    for form, text in read.items():
        found = bare(text)
        for one in literal:
            assert bare(one) in found, f"{form}: {one}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_hostile_dossier_is_refused_in_words_or_built(
    path: Path, ground: Trial, tmp_path: Path, request: pytest.FixtureRequest, tried: Callable[..., None]
) -> None:
    head, _, expected = path.read_text("utf-8").partition(MARK)
    case = yaml.safe_load(head)
    dossier = laid_out(case, tmp_path)
    (tmp_path / "temporary").mkdir()
    order = {
        "folder": str(tmp_path),
        "dossier": str(dossier),
        "build": str(tmp_path / "build"),
        "temporary": str(tmp_path / "temporary"),
        "megabytes": MEGABYTES,
        "seconds": SECONDS,
    }
    results = [ground(step=["validate"], **order)]
    said = shortened(results[0]["said"], tmp_path)
    is_built = results[0]["code"] == 0
    if is_built:
        (tmp_path / "build/fonts/web").mkdir(parents=True)
        (tmp_path / "build/fonts/web/fonts.css").write_text("")
        for step in (*STEPS, *((["book", "epub"],) if "literal" in case else ())):
            result = ground(step=step, **order)
            results.append(result)
            said += shortened(f"{' '.join(step)}: {result['said'] or 'done'}", tmp_path)
            check(" ".join(step), result)
        check_pages(tmp_path / "build")
        check_pdf(tmp_path / "build/pdf/dossier.pdf")
        if "literal" in case:
            check_literal(case["literal"], tmp_path / "build")
    if request.config.getoption("--update-golden"):
        path.write_text(f"{head}{MARK}{said}", "utf-8")
        expected = said
    check("validate", results[0])
    assert said == expected
    tried(
        f"hostile: {path.parent.name}",
        refused=not is_built,
        built=is_built,
        seconds=max(one["seconds"] for one in results),
        megabytes=max(one["megabytes"] for one in results),
    )


def test_there_are_at_least_four_hundred_cases() -> None:
    assert len(CASES) >= 400
