"""The text engine: words are never lost, lines never too long, and what is drawn can be read out again."""

import re
import shutil
import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.pdf.drawing import draw_line, measure
from build_scripts.pdf.embedding import embed
from build_scripts.pdf.fonts import FACES, FontBook, MissingGlyph
from build_scripts.pdf.hyphenation import divisions
from build_scripts.pdf.linebreak import Break, Measure, choose
from build_scripts.pdf.lines import break_lines, room
from build_scripts.pdf.paragraph import Paragraph
from build_scripts.pdf.setting import set_line
from build_scripts.pdf.tags import Element, TaggedCanvas, Uri
from build_scripts.pdf.text import Align, BlockStyle, Run, TextStyle
from build_scripts.pdf.webfonts import write_fonts
from build_scripts.pdf.words import START, Text

FONTS = FontBook("en")
SERIF = TextStyle(face="serif", size=10.5, features=("onum", "pnum"))
ITALIC = TextStyle(face="serif-italic", size=10.5)
SANS = TextStyle(face="sans", size=8.5, tracking=0.3)
BODY = BlockStyle(leading=14.5, first_indent=12)
SOFT_HYPHEN = "\N{SOFT HYPHEN}"

PROSE = (
    "The lamp was lit on the evening of 9 August 1811, when the keeper, his two assistants and a boy climbed "
    "the stair for the first time. Nobody in the office of the commissioners had expected difficulties of "
    "this kind; the famous affair of the official inquiry, “the most efficient waste of oil in Europe”, had "
    "taught them nothing, and it was said that negotiations about the remuneration of the keepers were "
    "unavoidable. The commissioners’ papers tell the rest."
)
ADDRESS = "https://www.example.org/archives/1811/08/09/keepers-journal.html?page=12&lang=en"

words = st.text(
    st.sampled_from("abcdefghij fiffl ÅéŁ.,-–—/(“”)’1234567890大使公邸、。「」ー"), min_size=1, max_size=200
)
widths = st.floats(min_value=40, max_value=500)
aligns = st.sampled_from(["justify", "left", "center", "right"])


def paragraph(
    *runs: Run | str, block: BlockStyle = BODY, element: Element | None = None, fonts: FontBook = FONTS
) -> Paragraph:
    """Make a paragraph of runs, plain text in the serif."""
    dressed = [Run(text=run, style=SERIF) if isinstance(run, str) else run for run in runs]
    return Paragraph(dressed, block, element, fonts=fonts)


def text_of(text: Text, block: BlockStyle, width: float) -> list[str]:
    """Return what the glyphs of each line stand for."""
    lines = break_lines(text, START, text.stop, block, width)
    return [
        "".join(
            glyph.text for piece in set_line(text, line, block, width).pieces for glyph in piece.shaped.glyphs
        )
        for line in lines
    ]


def joined(lines: list[str]) -> str:
    """Undo the breaking of lines."""
    return "".join(line.removesuffix(SOFT_HYPHEN) for line in lines)


def draw(*flowables: Paragraph, width: float = 300, fonts: FontBook = FONTS) -> tuple[bytes, TaggedCanvas]:
    """Draw flowables below each other on one page."""
    out = BytesIO()
    canvas = TaggedCanvas(out, (width + 100, 800))
    top = 780.0
    for flowable in flowables:
        _, height = flowable.wrapOn(canvas, width, 800)
        top -= height
        flowable.drawOn(canvas, 50, top)
    canvas.save()
    with pikepdf.open(out) as pdf:
        embed(fonts, pdf)
        finished = BytesIO()
        pdf.save(finished, deterministic_id=True)
    return finished.getvalue(), canvas


def extracted(data: bytes) -> str:
    """Return the words that pdfplumber reads, with divided words joined."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    return " ".join(text.replace(f"{SOFT_HYPHEN}\n", "").split())


@settings(max_examples=80, deadline=None)
@given(words, words, widths, aligns)
def test_breaking_lines_neither_loses_nor_reorders_anything(
    one: str, two: str, width: float, align: Align
) -> None:
    block = BlockStyle(leading=14, align=align, first_indent=10)
    text = Text([Run(text=one, style=SERIF), Run(text=two, style=ITALIC)], FONTS)

    assert joined(text_of(text, block, width)) == re.sub(" +", " ", one + two).strip(" ")


@settings(max_examples=80, deadline=None)
@given(words, widths, aligns, st.floats(min_value=-20, max_value=20))
def test_no_line_is_wider_than_its_measure(content: str, width: float, align: Align, indent: float) -> None:
    block = BlockStyle(leading=14, align=align, first_indent=indent)
    text = Text([Run(text=content, style=SERIF)], FONTS)

    for line in break_lines(text, START, text.stop, block, width):
        _, measured = room(block, width, line.start)
        assert set_line(text, line, block, width).width <= measured + 1e-6


@settings(max_examples=40, deadline=None)
@given(words, widths, st.integers(min_value=1, max_value=20))
def test_a_paragraph_split_in_two_has_the_lines_of_the_whole(content: str, width: float, count: int) -> None:
    whole = paragraph(content * 5)
    lines = list(whole.lines(width))
    parts = whole.split(width, count * BODY.leading)

    if parts:
        assert [line for part in parts for line in part.lines(width)] == lines
        assert all(len(part.lines(width)) >= 2 for part in parts) or len(parts) == 1


@given(st.lists(st.integers(min_value=5, max_value=60), min_size=1, max_size=9))
def test_no_other_choice_of_line_ends_has_fewer_demerits(lengths: list[int]) -> None:
    # Ragged lines without hyphens: the demerits are the squares of (10 + 100 ratio^3), added up.
    measured, ragged = 60.0, 20.0
    breaks, position = [], 0.0
    for index, length in enumerate(lengths):
        position += length
        breaks.append(Break(index, position, position + 5, 0, 0, 0, 0))
        position += 5

    def demerits(ends: list[int]) -> float:
        start, total = 0.0, 0.0
        for end in ends:
            spare = measured - (breaks[end].end - start)
            if spare < 0:
                return float("inf")
            badness = (
                0 if end == ends[-1] else min(100 * (spare / ragged) ** 3, 10_000 * max(1, spare / ragged))
            )
            total += (10 + badness) ** 2
            start = breaks[end].start
        return total

    last = len(lengths) - 1
    choices = [[*(place for place in range(last) if mask >> place & 1), last] for mask in range(1 << last)]
    measure_ = Measure(first=measured, rest=measured, ragged=ragged)
    chosen = choose(Break(None, 0, 0, 0, 0, 0, 0), breaks, lambda index: (), measure_, float("inf"))

    assert chosen is not None
    assert demerits([at.place for at in chosen]) == pytest.approx(min(map(demerits, choices)))


def test_justified_lines_fill_the_measure_and_the_last_does_not() -> None:
    text = Text([Run(text=PROSE, style=SERIF)], FONTS)
    lines = break_lines(text, START, text.stop, BODY, 340)

    widths_ = [set_line(text, line, BODY, 340).width for line in lines]

    assert widths_[0] == pytest.approx(340 - BODY.first_indent)
    assert widths_[1:-1] == pytest.approx([340] * (len(lines) - 2))
    assert widths_[-1] < 340


def test_spaces_of_justified_prose_stay_near_their_natural_width() -> None:
    text = Text([Run(text=PROSE, style=SERIF)], FONTS)
    space = FONTS.words(SERIF)[" "].width

    for line in break_lines(text, START, text.stop, BODY, 340):
        extras = [piece.extra for piece in set_line(text, line, BODY, 340).pieces]
        assert -0.26 * space <= min(extras)
        assert max(extras) <= 0.9 * space


def test_a_line_with_one_short_word_is_not_stretched() -> None:
    text = Text([Run(text="a b Donaudampfschifffahrtsgesellschaft", style=SERIF, lang="und")], FONTS)
    first, _ = break_lines(text, START, text.stop, BlockStyle(leading=14), 190)

    assert set_line(text, first, BlockStyle(leading=14), 190).width < 30


@pytest.mark.parametrize("spare", [0.0, 1e-9, 1.0])
def test_a_word_that_fills_its_line_exactly_is_set_as_it_is(spare: float) -> None:
    block = BlockStyle(leading=14, hyphenate=False)
    text = Text([Run(text="aaaa bbbbbbbb", style=SERIF)], FONTS)
    width = measure("aaaa", SERIF, FONTS) + spare
    first, *_ = break_lines(text, START, text.stop, block, width)

    assert set_line(text, first, block, width).scale == 1


def test_stops_quotes_and_hyphens_hang_in_the_margin_of_justified_text() -> None:
    block = BlockStyle(leading=14)
    text = Text([Run(text="“One” two,", style=SERIF)], FONTS)
    line = set_line(text, break_lines(text, START, text.stop, block, 300)[0], block, 300)

    assert line.x < 0
    assert line.width < measure("“One” two,", SERIF, FONTS)


def test_a_forced_line_end_is_kept() -> None:
    lines = text_of(Text([Run(text="One\u2028 two", style=SERIF)], FONTS), BODY, 300)

    assert lines == ["One", "two"]


def test_balanced_lines_are_no_more_but_more_equal() -> None:
    text = Text([Run(text="A lamp that goes out once is never again wholly believed.", style=SERIF)], FONTS)
    plain, balanced = BlockStyle(leading=14, align="left"), BlockStyle(leading=14, align="left", balance=True)
    width = measure("A lamp that goes out once is never again wholly ", SERIF, FONTS)

    assert text_of(text, plain, width)[1] == "believed."
    assert text_of(text, balanced, width) == ["A lamp that goes out once is ", "never again wholly believed."]


def test_white_space_collapses_across_runs() -> None:
    text = Text([Run(text=" One \n", style=SERIF), Run(text="\t two ", style=ITALIC)], FONTS)

    assert text_of(text, BODY, 300) == ["One two"]


def test_a_no_break_space_holds_words_together() -> None:
    text = Text([Run(text="aaaa 9\u00a0August", style=SERIF)], FONTS)
    block = BlockStyle(leading=14, align="left", hyphenate=False)
    width = measure("aaaa 9\u00a0Aug", SERIF, FONTS)

    assert text_of(text, block, width) == ["aaaa ", "9\u00a0August"]


@settings(max_examples=60, deadline=None)
@given(words, widths, aligns)
def test_words_held_together_are_parted_rather_than_drawn_over_each_other(
    content: str, width: float, align: Align
) -> None:
    held = " ".join(content.split()).replace(" ", "\u00a0")
    text = Text([Run(text=f"The line {held}", style=SERIF)], FONTS)
    block = BlockStyle(leading=14, align=align, hyphenate=False)
    lines = [set_line(text, line, block, width) for line in break_lines(text, START, text.stop, block, width)]
    space = FONTS.words(SERIF, "", False)[" "].width

    assert joined(text_of(text, block, width)) == f"The line {held}".rstrip(" ")
    assert all(piece.extra >= -space / 4 - 1e-6 for line in lines for piece in line.pieces)
    assert all(line.width <= width + 1e-6 for line in lines)


def test_a_dash_between_words_does_not_begin_a_line() -> None:
    text = Text([Run(text="aaaa bbbb – cccc", style=SERIF)], FONTS)
    block = BlockStyle(leading=14, align="left", hyphenate=False)

    assert text_of(text, block, measure("aaaa bbbb", SERIF, FONTS) + 1) == ["aaaa ", "bbbb – ", "cccc"]


@pytest.mark.parametrize("width", range(45, 120, 7))
def test_no_line_begins_with_what_closes_or_ends_with_what_opens_in_japanese(width: float) -> None:
    text = Text(
        [Run(text="大使公邸「つばき」は、一九九六年に起きた。キャッスル『城』。", style=SERIF, lang="ja")],
        FONTS,
    )
    lines = text_of(text, BlockStyle(leading=14), width)

    assert not any(line[0] in "」、。ーッャ』" for line in lines)
    assert not any(line[-1] in "「『" for line in lines)


# Hyphenation


@pytest.mark.parametrize(
    ("word", "lang", "divided"),
    [
        ("negotiation,", "en", "ne-gotiation, nego-tiation, negoti-ation,"),
        ("embajador", "es", "em-bajador emba-jador embaja-dor"),
        ("embajador", "es-PE", "em-bajador emba-jador embaja-dor"),
        ("HOSPITAL", "en", ""),
        ("ToggleView", "en", ""),
        ("oil", "en", ""),
        ("1811-08-09", "en", ""),
        ("1811–1812", "en", ""),
        ("well-known", "en", "well-|known"),
        ("大使", "ja", ""),
        ("https://a.org/b-c", "en", "https://|a.org/b-c https://a|.org/b-c https://a.org/|b-c"),
    ],
)
def test_words_are_divided_as_their_language_does(word: str, lang: str, divided: str) -> None:
    found = [
        f"{word[: place.offset]}{'-' if place.hyphen else '|'}{word[place.offset :]}"
        for place in divisions(word, lang)
    ]

    assert " ".join(found) == divided


def test_a_typed_soft_hyphen_divides_and_is_invisible_otherwise() -> None:
    text = Text([Run(text="xx abc\u00addefgh", style=SERIF)], FONTS)
    block = BlockStyle(leading=14, align="left")

    assert text_of(text, block, 300) == ["xx abcdefgh"]
    assert text_of(text, block, measure("xx abc-", SERIF, FONTS) + 0.1) == ["xx abc\u00ad", "defgh"]


# Faces


def test_a_character_that_no_face_has_is_named() -> None:
    with pytest.raises(MissingGlyph, match=r"U\+16A0 RUNIC LETTER FEHU FEOH FE F in 'aᚠb'"):
        paragraph("x aᚠb")


def test_japanese_falls_back_to_a_face_of_the_same_kind() -> None:
    serif, sans = FONTS.divide("Aki 明", "serif-italic"), FONTS.divide("明", "sans")

    assert [(face.name, part) for face, part in serif] == [("serif-italic", "Aki "), ("serif-jp", "明")]
    assert [face.name for face, _ in sans] == ["sans-jp"]


def test_a_variation_selector_stays_with_its_character() -> None:
    assert [(face.name, part) for face, part in FONTS.divide("葛\U000e0100", "serif")] == [
        ("serif-jp", "葛\U000e0100")
    ]


@pytest.mark.parametrize(
    "name", [*(name for name, one in FACES.items() if one.fallback), "serif-jp", "sans-jp"]
)
def test_every_face_opens_and_has_letters(name: str) -> None:
    assert set("Aa1") <= FONTS.face(name).characters


def test_figures_differ_by_feature_and_ligatures_yield_to_tracking() -> None:
    plain, old = TextStyle(face="serif", size=10), TextStyle(face="serif", size=10, features=("onum", "pnum"))
    spaced = TextStyle(face="serif", size=10, tracking=0.5)

    assert measure("1111", plain, FONTS) > measure("1111", old, FONTS)
    assert len(FONTS.words(plain)["office"].parts[0][1].glyphs) == 4
    assert len(FONTS.words(spaced)["office"].parts[0][1].glyphs) == 6


# Pages


def test_what_is_drawn_can_be_read_out_again() -> None:
    data, _ = draw(paragraph(PROSE), paragraph(PROSE, block=BlockStyle(leading=14, align="left")))

    assert extracted(data) == f"{PROSE} {PROSE}"


def test_an_address_is_broken_without_a_hyphen() -> None:
    data, _ = draw(paragraph(f"See {ADDRESS} for more."), width=120)

    assert extracted(data).replace(" ", "") == f"See{ADDRESS}formore."


def test_small_figures_and_marks_are_read_as_what_they_stand_for() -> None:
    sups = TextStyle(face="serif", size=10.5, features=("sups",))
    data, _ = draw(paragraph("Q\u0308 \u1e26 file ", Run(text="12", style=sups), " 明治"))

    # A letter that a face has only in parts is read as these parts, which Unicode holds equal.
    assert unicodedata.normalize("NFC", extracted(data)) == "Q\u0308 \u1e26 file 12 明治"


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext missing: apt-get install poppler-utils")
def test_another_reader_reads_the_same(tmp_path: Path) -> None:
    data, _ = draw(paragraph(PROSE))
    (tmp_path / "page.pdf").write_bytes(data)
    read = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout

    assert " ".join(read.replace(f"{SOFT_HYPHEN}\n", "").split()) == PROSE


def test_the_same_text_gives_the_same_bytes() -> None:
    one, _ = draw(paragraph(PROSE, fonts=(fonts := FontBook("en"))), fonts=fonts)
    two, _ = draw(paragraph(PROSE, fonts=(fonts := FontBook("en"))), fonts=fonts)

    assert one == two


def test_fonts_are_embedded_whole_with_widths_and_text() -> None:
    fonts = FontBook("en")
    data, _ = draw(paragraph("office 明 AVATAR", fonts=fonts), fonts=fonts)
    with pikepdf.open(BytesIO(data)) as pdf:
        embedded = pdf.pages[0].Resources.Font

        assert sorted(embedded.keys()) == ["/serif", "/serif-jp"]
        for font in embedded.values():
            descendant = font.DescendantFonts[0]
            program = TTFont(BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
            gids = descendant.CIDToGIDMap.read_bytes()
            widths_ = [
                program["hmtx"][program.getGlyphName(int.from_bytes(gids[at : at + 2]))][0]
                for at in range(2, len(gids), 2)
            ]
            assert descendant.Subtype == "/CIDFontType2"
            assert [int(width) for width in descendant.W[1]] == widths_
            _, mapping = font.ToUnicode.read_bytes().split(b"endcodespacerange")
            assert mapping.count(b"> <") == len(widths_)
            assert "/CIDSet" not in descendant.FontDescriptor


def test_only_text_that_changes_its_element_is_marked_anew() -> None:
    element = Element("P")
    data, canvas = draw(
        paragraph(
            PROSE, Run(text="Maru", style=ITALIC, element=element.add("Em")), " " + PROSE, element=element
        )
    )

    assert [kid.tag for kid in canvas.tagging.pages[0]] == ["P", "Em", "P"]
    assert data.count(b"BT") == data.count(b"ET")


def test_a_link_that_wraps_has_a_rectangle_on_each_line() -> None:
    element = Element("P")
    link = element.add("Link")
    run = Run(text=PROSE, style=SERIF, element=link, link=Uri("https://example.org"), contents="journal")
    _, canvas = draw(paragraph("See ", run, element=element), width=420)

    links = canvas.tagging.links
    assert len(links) > 2
    assert {found.element for found in links} == {link}
    assert all(left < right <= 475 for left, _, right, _ in (found.rect for found in links))


def test_an_anchor_becomes_a_destination_above_its_line() -> None:
    _, canvas = draw(paragraph("One ", Run(text="two", style=SERIF, anchor="here")))

    assert canvas.tagging.places["here"].y > 760


def test_runs_without_text_still_have_their_anchors_and_notes() -> None:
    note = (paragraph("Foot."),)
    bare = Run(text="", style=SERIF, anchor="here", note=note)
    flowable = paragraph("One ", bare, "two")
    _, canvas = draw(flowable, paragraph(bare))

    assert canvas.tagging.places["here"].x > 60
    assert flowable.notes() == [*note]


def test_a_label_is_placed_by_its_start_middle_or_end() -> None:
    canvas = TaggedCanvas(BytesIO(), (200, 200))
    run = [Run(text="Lamp room", style=SANS)]
    placed = {}
    for anchor in ("start", "middle", "end"):
        width = draw_line(canvas, 100, 50, run, FONTS, anchor)
        placed[anchor] = float(re.findall(r"BT\n([\d.]+) 50 Td", "\n".join(canvas._code))[-1])

    assert width == pytest.approx(measure("Lamp room", SANS, FONTS))
    assert placed == pytest.approx({"start": 100, "middle": 100 - width / 2, "end": 100 - width}, abs=1e-3)


# Notes


def noted(count: int) -> Paragraph:
    """Make a paragraph of 20 lines or so, with a note of `count` lines in about the tenth."""
    note = (paragraph(*["word\u2028"] * (count - 1), "word", block=BlockStyle(leading=10)),)
    return paragraph(PROSE, Run(text="1", style=SERIF, note=note), " " + PROSE)


def test_a_paragraph_asks_for_the_height_of_its_notes_and_says_how_much_it_is() -> None:
    flowable = noted(3)
    _, height = flowable.wrap(300, 800)

    assert flowable.notes_height == 30
    assert height == pytest.approx(len(flowable.lines(300)) * BODY.leading + 30)


@pytest.mark.parametrize("room_left", range(30, 400, 13))
def test_a_line_never_stands_on_a_page_where_its_note_does_not_fit(room_left: int) -> None:
    for part in noted(4).split(300, room_left)[:1]:
        _, height = part.wrap(300, room_left)
        assert height <= room_left + 1e-6 or part.split(300, room_left) == [part]


def test_each_note_goes_to_the_page_of_its_line_and_only_once() -> None:
    flowable = noted(2)
    first, second = flowable.split(300, 60)
    heights = [part.wrap(300, 800) and part.notes_height for part in (first, second)]

    assert heights == [0, 20]
    assert [first.notes(), second.notes()] == [[], [*flowable.runs[1].note]]


def test_widows_and_orphans_stay_together() -> None:
    flowable = paragraph(PROSE)
    count = len(flowable.lines(300))

    assert flowable.split(300, 1.5 * BODY.leading) == []
    assert [len(part.lines(300)) for part in flowable.split(300, (count - 1) * BODY.leading)] == [
        count - 2,
        2,
    ]


def test_a_rest_set_in_another_width_goes_on_where_the_page_ended() -> None:
    flowable = paragraph(PROSE)
    first, second = flowable.split(300, 4 * BODY.leading)
    start = second.lines(200)[0].start

    assert start == second.lines(300)[0].start
    assert second.lines(200)[-1].end == flowable.lines(300)[-1].end
    assert first.lines(300)[-1].end <= start


# Site and EPUB


def test_web_fonts_keep_features_and_licence_and_have_names_of_their_own(tmp_path: Path) -> None:
    written = write_fonts(tmp_path, "明 Ж")
    files = {face.file for face in written}
    serif = TTFont(tmp_path / "serif.woff2")
    names = [str(record) for record in serif["name"].names if record.nameID in (1, 3, 4, 6, 16)]

    assert {path.name for path in tmp_path.iterdir()} == {*files, "fonts.css"}
    assert {"serif-jp.woff2", "sans-jp.woff2"} <= files
    assert ord("Ж") in serif.getBestCmap()
    assert {"onum", "smcp", "liga"} <= {
        record.FeatureTag for record in serif["GSUB"].table.FeatureList.FeatureRecord
    }
    assert not any("Source" in name for name in names)
    assert "Open Font License" in serif["name"].getDebugName(13)


@pytest.mark.parametrize(
    "sign",
    ["a", "大", "1/2", "é" * 2, "e\u0301", "x大"],
    ids=["letter", "ideograph", "path", "accents", "marks", "mixed"],
)
def test_a_word_without_end_is_shaped_in_pieces_and_loses_nothing(sign: str) -> None:
    long = sign * (20_000 // len(sign))
    book = FontBook("en")

    lines = text_of(Text([Run(text=f"Before {long} behind.", style=SERIF)], book), BODY, 300)

    assert "".join(joined(lines).split()) == f"Before{long}behind."
    # What was shaped is about as much as there is to be read, not its square.
    shaped = sum(len(piece) for piece in book.words(SERIF, ""))
    assert shaped < 5 * len(long)
