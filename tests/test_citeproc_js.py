"""Compare citations with those of citeproc-js, which others take for the measure of a CSL style."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any, get_args

import citeproc
import pytest

from build_scripts.model import styles
from build_scripts.model.references import Reference, Type
from build_scripts.nodes.citations import render
from build_scripts.nodes.citing import style as styling
from build_scripts.nodes.citing.items import doubt, prepared, year
from build_scripts.nodes.citing.marks import plain
from build_scripts.words import Words
from tests.oracle.sources import sources

REPO = Path(__file__).parents[1]
SCRIPT = REPO / "tests" / "oracle" / "citeproc.js"
LOCALES = Path(citeproc.__file__).parent / "data" / "locales"
WORDS = Words("en-GB")
STYLES = (
    "american-anthropological-association",
    "apa",
    "chicago-author-date",
    "chicago-author-date-16th-edition",
    "chicago-notes-bibliography",
    "harvard-cite-them-right",
    "mhra-author-date",
    "modern-language-association",
    "oscola",
)


def modules() -> Path | None:
    """Return the folder of npm packages that has citeproc-js in it."""
    near = [REPO / ".venv" / "node_modules", *map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep))]
    return next((folder for folder in near if (folder / "citeproc").is_dir()), None)


@cache
def items() -> tuple[tuple[Reference, dict[str, Any]], ...]:
    return tuple((one, prepared(one, WORDS)) for one in sources())


@cache
def read(style: str) -> styling.Style:
    return styling.read(style, WORDS.language)


@cache
def rendered(style: str) -> dict[str, dict[str, str]]:
    citations = render([one for one, _ in items()], style, WORDS)
    return json.loads(citations.dumps())  # type: ignore[no-any-return]


def asked(style: str) -> dict[str, Any]:
    """Return what citeproc-js says; what a style leaves out of its list it is asked for as a document."""
    text = styles.find(style).read_text("utf-8")
    question = {
        "style": re.sub(r'subsequent-author-substitute(-rule)?="[^"]*"', "", text),
        "locales": str(LOCALES),
        "language": read(style).language,
        "items": [_worded(item) for _, item in items()],
        "again": read(style).again,
    }
    answer = _run(question)
    unlisted = [item for item in question["items"] if item["id"] not in answer["entries"]]
    documents = _run({**question, "items": [{**item, "type": "document"} for item in unlisted]})
    return {key: texts | documents[key] for key, texts in answer.items()} | {"unlisted": documents["entries"]}


def _worded(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with dates in words alone; citeproc-js prints what they are sorted by too."""
    dates = {name: value for name, value in item.items() if isinstance(value, dict) and "literal" in value}
    return {**item, **{name: {"literal": value["literal"]} for name, value in dates.items()}}


def _run(question: Mapping[str, Any]) -> dict[str, Any]:
    result = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps(question),
        env={**os.environ, "NODE_PATH": str(modules())},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)  # type: ignore[no-any-return]


# Shorter runs of letters are alike by chance.
SHARED = 3
Rule = Callable[[str, Reference, str], str]
YEAR = r"((?:[0-9]{3,4}s?|BC|AD|C\.E\.|[Nn]\.d\.|no date)[?]?\]?)"


def _addressed(text: str, reference: Reference, _: str) -> str:
    address = f"https://doi.org/{reference.DOI}" if reference.DOI else reference.URL
    return f"{text} {address}." if address and address not in text else text


def _doubted(text: str, reference: Reference, style: str) -> str:
    words, digits = doubt(reference), year(prepared(reference, WORDS))
    if not words or not digits or read(style).doubts:
        return text
    return re.sub(rf"{digits}(?:[a-z]{{1,2}}\b)?", lambda match: WORDS(words, year=match[0]), text, count=1)


def _in_words(text: str, reference: Reference, _: str) -> str:
    if reference.issued is None or "X" not in reference.issued.text:
        return text
    head, said, tail = text.partition("1910s")
    return head + said + re.sub(r" \(1910s\)|,? 1910s", "", tail).replace("..", ".")


def _unlettered(text: str, reference: Reference, _: str) -> str:
    text = re.sub(r"(?<=1910s)-[a-z]", "", text)
    text = re.sub(rf"{YEAR}[- ]?[a-z]{{1,2}}(?=[\]).,; ]|$)", r"\1", re.sub(r" \[[a-z]\]$", "", text))
    text = text.replace("..", ".")
    return text if reference.issued else re.sub(r",? [a-z](?=\]?\.?$)", "", text)


# What we add to a text by what is ours to decide.
ADDED: dict[str, Rule] = {
    "a DOI is an address": lambda text, *_: re.sub(r"(?:doi:|DOI:? )(?=10\.)", "https://doi.org/", text),
    "an entry leads to its source": _addressed,
    "a doubtful year is told as such": _doubted,
}
LETTERED = "a letter tells apart what the style leaves alike, or follows the order of the list"
# In what else a text may differ, as citeproc-js and pandoc read the specification; neither is false.
EITHER: dict[str, Rule] = {
    "no comma after a question or a call": lambda text, *_: re.sub(r"([?!]),([”’])", r"\1\2", text),
    "no space before a stop": lambda text, *_: re.sub(r" ([.,])(?= |$)", r"\1", text),
    "a number keeps its hyphen": lambda text, *_: re.sub(r"\b([Nn])os?\.? 12.3", r"\1o. 12-3", text).replace(
        "12–3", "12-3"
    ),
    "a date in words stands where the style has a date": _in_words,
    "quotation marks inside are those of the locale": lambda text, *_: re.sub(
        "[“‘]Second Light[”’]", "“Second Light”", text
    ),
    "a suffix keeps its stop": lambda text, *_: re.sub(r"\bJr(?=[ ,])", "Jr.", text),
    "volumes are counted in the plural": lambda text, *_: text.replace("(3 vol)", "(3 vols)"),
    LETTERED: _unlettered,
    "a short citation is no sentence": lambda text, *_: text[:1].casefold() + text[1:],
}


def explained(ours: str, theirs: str, reference: Reference, style: str, part: str) -> list[str] | None:
    """Return the names of the differences that make two texts the same, or None if others are left."""
    names = []
    for name, rule in ADDED.items():
        if part == "label" and rule is _addressed:
            continue
        changed = rule(theirs, reference, style)
        names += [name] * (changed != theirs)
        theirs = changed
    for name, rule in EITHER.items():
        if ours == theirs:
            break
        changed_both = rule(ours, reference, style), rule(theirs, reference, style)
        names += [name] * (changed_both != (ours, theirs))
        ours, theirs = changed_both
    return names if ours == theirs else None


def squeezed(text: str) -> str:
    return re.sub(r"[ \u00a0\u202f]+", " ", plain(text)).strip()


def formats(text: str) -> list[tuple[str, str]]:
    """Return the letters and figures of marked text, each with what it is set in."""
    found = []
    open_marks: list[str] = []
    for mark, close, sign in re.findall("\x01(.)|(\x02)|([^\x01\x02])", text):
        if mark:
            open_marks.append(mark)
        elif close:
            open_marks.pop()
        elif sign.isalnum():
            found.append((sign, "".join(sorted(set(open_marks)))))
    return found


def set_alike(ours: str, theirs: str) -> bool:
    """Check whether the letters that two texts share are set alike; small capitals are told of elsewhere."""
    one, other = formats(ours), [(sign, marks.replace("c", "")) for sign, marks in formats(theirs)]
    letters = ["".join(sign for sign, _ in text) for text in (one, other)]
    blocks = SequenceMatcher(None, *letters, autojunk=False).get_matching_blocks()
    return all(one[a : a + size] == other[b : b + size] for a, b, size in blocks if size > SHARED)


def out_of_order(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return the sources of which the place differs in two orders of the same sources."""
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    kept = {name for block in blocks for name in ours[block.a : block.a + block.size]}
    return [name for name in ours if name not in kept]


SPAN = re.compile("/|-2[1-4]$")


def placed(style: str, oracle: Mapping[str, Any]) -> dict[str, str]:
    """Return why a source stands in another place of the list than citeproc-js has it; "" if nothing says."""
    by_id = {reference.id: (reference, item) for reference, item in items()}
    # Of its own list alone, and of dates that CSL knows: those in words stand at their first day.
    known = [name for name in oracle["entries"] if name not in oracle["unlisted"]]
    known = [name for name in known if "literal" not in by_id[name][1].get("issued", {})]
    ours = [name for name in rendered(style) if name in set(known)]
    reasons = {}
    for name in out_of_order(ours, known):
        _, item = by_id[name]
        author = item.get("author", [{}])[0]
        opening = plain(oracle["entries"][name])[:40]
        alike = [one for one, other in by_id.values() if other.get("author") == item.get("author")]
        if (author.get("family") or author.get("literal") or "\0") not in opening:
            reasons[name] = "what a style sorts by no name stands first, not last"
        elif any(
            one.issued and SPAN.search(one.issued.text) and year(prepared(one, WORDS)) == year(item)
            for one in alike
        ):
            reasons[name] = "FAULT: a span of days or a season stands before the other sources of its year"
        elif item["type"].startswith("review"):
            reasons[name] = "FAULT: a review that MLA lists as 'Review of' is sorted by no title"
        else:
            reasons[name] = ""
    return reasons


def compared(style: str) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return how many sources are equal, as intended or wrong; why; and the texts that are wrong."""
    oracle = asked(style)
    short = oracle["again"] or oracle["first"]
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    wrong = []
    moved = placed(style, oracle)
    wrong += [
        f"{style}, {name}: stands in another place of the list" for name, why in moved.items() if not why
    ]
    for reference, item in items():
        label = squeezed(short[reference.id]).rstrip(".")
        theirs = {
            "label": label[1:-1] if label.startswith("(") else label,
            "entry": squeezed(oracle["entries"][reference.id]),
        }
        names: list[str] = []
        if item.keys() != reference.item().keys() | {"language"}:
            names.append("what nobody signed is cited by who published it; a DOI has no second address")
        if reference.id in oracle["unlisted"]:
            names.append("what a style does not list is listed as a document")
        if reason := moved.get(reference.id):
            names.append(reason)
        for part, text in theirs.items():
            marked = rendered(style)[reference.id][part], (short if part == "label" else oracle["entries"])
            ours = squeezed(marked[0])
            found = explained(ours, text, reference, style, part)
            if "\x01c" in marked[1][reference.id]:
                names.append("FAULT: small capitals are set as other letters")
            if found is None or not set_alike(marked[0], marked[1][reference.id]):
                found = None
                wrong.append(f"{style}, {item['type']} {reference.id}:\n  they {text}\n  we   {ours}")
            names += found or []
        bad = bool(wrong) and f" {reference.id}:" in wrong[-1]
        counts["wrong" if bad else "intended" if names else "equal"] += 1
        reasons.update(set(names))
    return counts, reasons, wrong


@pytest.mark.whole
@pytest.mark.skipif(
    shutil.which("node") is None or modules() is None,
    reason="no citeproc-js; npm install --prefix .venv citeproc",
)
def test_citations_are_those_of_citeproc_js(capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(STYLES, pool.map(compared, STYLES), strict=True))

    wrong = [text for _, _, texts in found.values() for text in texts]
    why = sum((reasons for _, reasons, _ in found.values()), Counter[str]())
    with capsys.disabled():
        print(f"\n{len(items())} sources of {len({item['type'] for _, item in items()})} types")
        for style, (counts, _, _) in found.items():
            print(f"{style:40}", *(f"{counts[key]:4} {key}" for key in ("equal", "intended", "wrong")))
        for name, count in why.most_common():
            print(f"{count:5} {name}")
    assert wrong == []


@pytest.mark.whole
def test_no_two_sources_are_cited_alike() -> None:
    for style in STYLES:
        labels = [plain(one["label"]) for one in rendered(style).values()]

        assert len(set(labels)) == len(items())


def test_the_sources_of_the_comparison_are_of_every_type_and_many() -> None:
    assert len(items()) >= 250
    assert {item["type"] for _, item in items()} == set(get_args(Type))
