"""Names in every script: which typeface sets them, how they are shaped, ordered and read out again."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import validation
from build_scripts.commands.scripts import LOCK, locked
from build_scripts.pdf import coverage, scripts
from build_scripts.pdf.bidi import levels, visual_order
from build_scripts.pdf.coverage import needed, uncovered
from build_scripts.pdf.drawing import draw_line
from build_scripts.pdf.embedding import embed
from build_scripts.pdf.fonts import FontBook
from build_scripts.pdf.scripts import TYPEFACES
from build_scripts.pdf.tags import TaggedCanvas
from build_scripts.pdf.text import Run, TextStyle
from build_scripts.pdf.words import Text

FONTS = FontBook()
NAMES = {
    "Korean": "박헛이름",
    "Chinese": "习空名",
    "Thai": "นามสมมุติ",
    "Devanagari": "क्षितिज कल्पना",
    "Bengali": "স্বপ্নক্ষেত্র",
    "Tamil": "கற்பனை",
    "Myanmar": "မြန်မာ့",
    "Georgian": "ნინო არავინი",
    "Armenian": "Ալիս Ոչոք",
    "Greek": "Ἄῤῥητος Οὐδείς",
    "phonetic": "ˈniːəməʊ̯ ɹ̩ɫ̩",
    "Arabic": "تخيّلي العدم",
    "unpointed": "شبح البيت",
    "Persian": "نمی‌شناسدش",
    "Hebrew": "פלונית",
}


@pytest.mark.parametrize("face", ["serif", "sans-italic"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_is_shaped_without_a_missing_glyph(name: str, face: str) -> None:
    text = Text([Run(text=NAMES[name], style=TextStyle(face=face, size=10))], FONTS)
    parts = [part for atom in text.atoms for one in atom.parts for part in one.word.parts]

    assert uncovered(NAMES[name]) == frozenset()
    assert all(glyph.gid for _, shaped in parts for glyph in shaped.glyphs)


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_stays_in_the_glyphs_in_the_order_of_reading(name: str) -> None:
    text = Text([Run(text=NAMES[name], style=TextStyle(face="serif", size=10))], FONTS)
    parts = [part for atom in text.atoms for one in atom.parts for part in one.word.parts]
    read = "".join(glyph.text for _, shaped in parts for glyph in shaped.glyphs).replace("\u200b", "")

    assert read == NAMES[name].replace(" ", "")


def test_a_chinese_name_is_set_in_one_face() -> None:
    text = Text([Run(text="习空名", style=TextStyle(face="serif", size=10))], FONTS)

    assert {face.name for atom in text.atoms for one in atom.parts for face, _ in one.word.parts} == {
        "serif-hans"
    }


def test_a_mark_is_set_in_the_face_of_its_letter() -> None:
    parts = FONTS.divide("e\u0329 क\u0301", "serif")

    assert "".join(text for _, text in parts) == "e\u0329 क\u0301"
    assert not any(text.startswith(("\u0329", "\u0301")) for _, text in parts)


def test_numbers_and_latin_amid_arabic_stand_as_a_reader_expects() -> None:
    pieces = [
        ("العدم", True),
        (" ", False),
        ("12", False),
        (" ", False),
        ("بنت", True),
        (" ", False),
        ("x", False),
    ]
    found = levels(pieces)

    assert found == [1, 1, 2, 1, 1, 0, 0]
    assert visual_order(found) == [4, 3, 2, 1, 0, 5, 6]


@given(st.lists(st.sampled_from(["a", "1", " ", "(", "ب"]), max_size=20))
def test_no_piece_is_lost_by_ordering(texts: list[str]) -> None:
    found = levels([(text, text == "ب") for text in texts])

    assert sorted(visual_order(found)) == list(range(len(texts)))
    assert all(level == 0 for level, text in zip(found, texts, strict=True) if text == "a")


def test_the_lock_has_every_package_of_the_table_with_its_hashes() -> None:
    entries = {entry.partition("==")[0]: entry for entry in locked(LOCK.read_text("utf-8"))}

    assert set(entries) == {one.project for pair in TYPEFACES.values() for one in pair.values()}
    assert all("--hash=sha256:" in entry for entry in entries.values())
    assert not re.search("https?://|--index", LOCK.read_text("utf-8"))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    coverage._is_shown.cache_clear()
    monkeypatch.setattr(scripts, "_is_installed", lambda package: package != "pylopdf_fonts_th")
    try:
        assert needed("aก") == {"pylopdf-fonts-th": "Thai"}
        assert validation._way_out("ก") == (
            "which no typeface here has; the package pylopdf-fonts-th brings Thai:"
            " make fetches it when there is a network"
        )
    finally:
        coverage._is_shown.cache_clear()


def test_a_character_that_no_typeface_has_is_refused_with_a_way_out() -> None:
    assert uncovered("ᚠ") == {"ᚠ"}
    assert validation._way_out("ᚠ") == "which no typeface has; write it in other letters or signs"


READ = ("Korean", "Chinese", "Thai", "Devanagari", "Georgian", "Armenian", "unpointed", "Hebrew")


@pytest.mark.parametrize("name", READ)
def test_a_name_is_read_out_of_the_pdf_as_it_went_in(name: str, tmp_path: Path) -> None:
    fonts, out = FontBook(), BytesIO()
    canvas = TaggedCanvas(out, (400, 100))
    with canvas.artifact():
        draw_line(canvas, 50, 50, [Run(text=NAMES[name], style=TextStyle(face="serif", size=20))], fonts)
    canvas.save()
    with pikepdf.open(out) as pdf:
        embed(fonts, pdf)
        pdf.save(tmp_path / "name.pdf")
    read = subprocess.run(
        ["pdftotext", tmp_path / "name.pdf", "-"], capture_output=True, text=True, check=True
    )

    assert re.sub("[\u202a-\u202e\f]", "", read.stdout).strip() == NAMES[name]
