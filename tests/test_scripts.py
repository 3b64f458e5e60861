"""Names in every script: which typeface sets them, how they are shaped, ordered and read out again."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from bidi import get_display
from fontTools import unicodedata as ucd
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import validation
from build_scripts.commands.scripts import LOCK, locked
from build_scripts.diagnostics import Location
from build_scripts.pdf import coverage, scripts
from build_scripts.pdf.bidi import divided, isolated, levels, visual_order
from build_scripts.pdf.coverage import needed, uncovered
from build_scripts.pdf.drawing import draw_line
from build_scripts.pdf.embedding import embed
from build_scripts.pdf.fonts import FontBook, is_chinese
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


SIGNS = [*'ab15\u0663 ()[],.:%-/"\u201c\u201d', "\u0627", "\u0628", "\u05d1", "\u05d4", "\u064b", "\u0301"]
FOLDED = str.maketrans(")]\u201d", "([\u201c")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("by بنت العدم (1870), and", "by مدعلا تنب (1870), and"),
        ("by בן-לא, or", "by אל-ןב, or"),
        ("the (شبح) x", "the (حبش) x"),
        ("a בן (לא) b", "a (אל) ןב b"),
        ("x (in בן) לא", "x (in ןב) אל"),
        ("פלונית 45 אלמונית 1", "תינומלא 45 תינולפ 1"),
    ],
)
def test_what_stands_beside_a_name_stays_beside_it(text: str, shown: str) -> None:
    found = levels([(text, "")])
    turned = {"(": ")", ")": "("}
    signs = [turned.get(one, one) if level == 1 else one for one, level in zip(text, found, strict=True)]

    assert "".join(signs[index] for index in visual_order(found)) == shown


def test_names_in_two_languages_stand_in_the_order_of_reading() -> None:
    text, other = "\u0627\u0628 (\u0663)", "\u05d1\u05d4"
    found = levels([("a ", ""), (text, "ar"), (" ", ""), (other, "he")])

    assert visual_order(found) == [0, 1, 7, 6, 5, 4, 3, 2, 8, 10, 9]


@given(st.lists(st.sampled_from(SIGNS), max_size=24).map("".join))
def test_every_line_is_ordered_as_the_bidirectional_algorithm_orders_it_with_isolates(text: str) -> None:
    shown = "".join(text[index] for index in visual_order(levels([(text, "")])))
    wanted = re.sub("[\u2067\u2069]", "", get_display(isolated(text), base_dir="L"))

    assert shown.translate(FOLDED) == wanted.translate(FOLDED)


@given(st.lists(st.tuples(st.text(SIGNS, max_size=6), st.sampled_from(["", "ar", "es"])), max_size=6))
def test_isolates_across_elements_are_those_of_the_whole_text(parts: list[tuple[str, str]]) -> None:
    cut = divided(parts)
    joined = "".join(f"\u2067{text}\u2069" if apart else text for one in cut for text, apart in one)

    assert [re.sub("[\u2067\u2069]", "", "".join(text for text, _ in one)) for one in cut] == [
        text for text, _ in parts
    ]
    assert joined.count("\u2067") == joined.count("\u2069")
    if all(lang == "" for _, lang in parts):
        assert joined == isolated("".join(text for text, _ in parts))


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


def test_a_letter_of_every_script_is_set_or_refused_by_name() -> None:
    sample: dict[str, str] = {}
    for point in (*range(0xA0, 0xD800), *range(0x10000, 0x20000)):
        if unicodedata.category(chr(point)) in ("Lo", "Ll"):
            sample.setdefault(str(ucd.script(chr(point))), chr(point))
    assert len(sample) > 140
    fonts = FontBook()
    for script, letter in sample.items():
        if uncovered(letter):
            said = [one.message for one in validation._lacking(letter, Location(Path("a.yaml"), 1))]
            assert f"U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed')}" in said[0], script
            assert "write it in other letters" in said[0], script
        else:
            parts = fonts.divide(letter, "serif", is_chinese(letter))
            assert all(glyph.gid for face, text in parts for glyph in face.shape(text, (), "en").glyphs), (
                script
            )


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
