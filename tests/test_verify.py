"""What `verify` says: a line for every file and judge, each fault with its path, who could not be asked."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from build_scripts.__main__ import main
from build_scripts.commands import verify as verifying
from build_scripts.judges import AXE, NU, Judge, judged
from build_scripts.judges.browsers import axe, contrast
from build_scripts.judges.faults import Fault, NoVerdict
from build_scripts.judges.sites import links
from build_scripts.judges.validators import html

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests" / "dossiers" / "lighthouse"
Build = Callable[..., Path]


@pytest.fixture(scope="module")
def chronology(build: Build) -> Path:
    """Give a sound PDF."""
    return build("part chronology") / "pdf" / "chronology.pdf"


@pytest.fixture
def built(chronology: Path, tmp_path: Path) -> Path:
    """Give a build of that PDF alone, which a test may spoil."""
    (tmp_path / "pdf").mkdir()
    shutil.copy(chronology, tmp_path / "pdf")
    return tmp_path


def verify(folder: Path) -> int:
    return main(["verify", "--dossier", str(LIGHTHOUSE), "--build", str(folder)])


def test_a_sound_file_gets_a_line_from_each_of_its_judges(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(built) == 0
    assert capsys.readouterr().out.splitlines() == [
        "pdf/chronology.pdf: page-validation 2a: ok",
        "pdf/chronology.pdf: page-validation ua1: ok",
        "pdf/chronology.pdf: outloud: ok",
        "pdf/chronology.pdf: structure: ok",
        "pdf/chronology.pdf: qpdf: ok",
    ]


def test_a_fault_is_told_with_its_path_and_ends_with_exit_code_1(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pikepdf.open(built / "pdf" / "chronology.pdf", allow_overwriting_input=True) as pdf:
        del pdf.Root.OutputIntents
        pdf.save()

    assert verify(built) == 1
    said = capsys.readouterr()
    assert "pdf/chronology.pdf: page-validation ua1: ok" in said.out.splitlines()
    assert any(line.startswith("pdf/chronology.pdf: page-validation 2a: ") for line in said.err.splitlines())
    assert said.err.splitlines()[-1].endswith(("fault", "faults"))


def test_a_file_that_cannot_be_read_is_a_fault_and_no_traceback(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built / "pdf" / "chronology.pdf").write_bytes(b"no PDF at all")

    assert verify(built) == 1
    assert "pdf/chronology.pdf: qpdf: " in capsys.readouterr().err


def test_an_empty_build_has_nothing_to_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(tmp_path) == 1
    assert "has nothing to verify; build first" in capsys.readouterr().err


@pytest.mark.parametrize(("ci", "code"), [("false", 0), ("true", 1)])
def test_a_judge_that_is_not_installed_is_named_and_fails_only_where_nothing_may_be_missing(
    ci: str, code: int, built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", ci)

    assert verify(built) == code
    said = capsys.readouterr()
    assert "pdf/chronology.pdf: qpdf: skipped, not installed; apt-get install qpdf" in said.out.splitlines()
    assert ("pdf/chronology.pdf: qpdf is not installed; apt-get install qpdf" in said.err.splitlines()) == (
        ci == "true"
    )


def test_every_kind_of_product_has_its_judges(tmp_path: Path) -> None:
    paths = (
        "archive/dossier-a3a.pdf",
        "epub/dossier.epub",
        "handouts/a4/booklet.pdf",
        "handouts/a4/plan.pdf",
        "pdf/dossier.pdf",
        "plan/poster-a4.pdf",
    )
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    for folder in ("archive/bag", "html"):
        (tmp_path / folder).mkdir()

    named = {path: [judge.name for judge in judges] for path, judges in judged(tmp_path)}

    tagged = ["page-validation 2a", "page-validation ua1", "outloud", "structure", "qpdf"]
    assert named == {
        "archive/bag": ["bagit", "rocrate"],
        "archive/dossier-a3a.pdf": ["page-validation 3a", *tagged[1:]],
        "epub/dossier.epub": ["epubcheck", "ace", "contrast"],
        "handouts/a4/booklet.pdf": ["qpdf"],
        "handouts/a4/plan.pdf": tagged,
        "html": ["links", "nu", "axe-core"],
        "pdf/dossier.pdf": tagged,
        "plan/poster-a4.pdf": ["qpdf"],
    }


def site(folder: Path, body: str) -> list[str]:
    (folder / "sub").mkdir()
    (folder / "index.html").write_text(f"<html><body id='top'>\n{body}</body></html>")
    (folder / "sub" / "index.html").write_text("<html><body><h1 id='x'>X</h1></body></html>")
    return list(map(str, links(folder)))


@pytest.mark.parametrize(
    "body",
    [
        "<a href='sub/index.html#x'>x</a>",
        "<a href='sub/'>x</a>",
        "<a href='#top'>x</a>",
        "<a href='https://example.org/a#b'>x</a>",
        "<a href='mailto:a@example.org'>x</a>",
        "<img src='data:image/png;base64,AA=='>",
        "<link rel='canonical' href='https://example.org/'>",
    ],
)
def test_a_link_that_leads_somewhere_is_no_fault(body: str, tmp_path: Path) -> None:
    assert site(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<a href='gone.html'>x</a>", "'gone.html' leads nowhere"),
        ("<a href='../outside.html'>x</a>", "'../outside.html' leads nowhere"),
        (
            "<a href='sub/index.html#y'>x</a>",
            "'sub/index.html#y' leads to a place that the page does not have",
        ),
        ("<img src='gone.png'>", "'gone.png' leads nowhere"),
        ("<a href='https://[bad/'>x</a>", "'https://[bad/' is no address: Invalid IPv6 URL"),
        ("<script src='https://example.org/x.js'></script>", "loads 'https://example.org/x.js' from outside"),
        ("<link rel='stylesheet' href='//example.org/x.css'>", "loads '//example.org/x.css' from outside"),
    ],
)
def test_a_broken_link_and_a_request_to_the_outside_are_told_with_their_line(
    body: str, fault: str, tmp_path: Path
) -> None:
    assert site(tmp_path, body) == [f"index.html:2: {fault}"]


def test_a_style_sheet_may_not_load_from_outside_either(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("@font-face { src: url('https://example.org/a.woff2') }")

    assert site(tmp_path, "") == ["a.css: loads 'https://example.org/a.woff2' from outside"]


def test_what_a_reader_cannot_perceive_is_told_with_its_page_and_rule(tmp_path: Path) -> None:
    if not AXE.is_installed:
        pytest.skip(f"no browser; {AXE.install}")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.html").write_text(
        "<html lang='en' style='color-scheme: light dark'><title>A</title><main><h1>A</h1><img src='data:,'>"
        "<p style='color: #777; background: light-dark(#000, #666)'>grey</p></main></html>"
    )

    found = [(str(fault).partition(" (")[0], str(fault).rpartition(") ")[2]) for fault in axe(tmp_path)]
    grey = "sub/a.html: color-contrast: Elements must meet minimum color contrast ratio thresholds"
    assert found == [
        (rule, f"in {scheme} at {width} px")
        for width in (360, 1440)
        for rule, scheme in (
            ("sub/a.html: image-alt: Images must have alternative text", "light"),
            (grey, "dark"),
        )
    ]


def test_targets_too_small_for_a_finger_are_told(tmp_path: Path) -> None:
    if not AXE.is_installed:
        pytest.skip(f"no browser; {AXE.install}")
    links = "".join(
        f"<a href='#{name}' style='display: block; font: 10px/10px serif'>to {name}</a>" for name in "ab"
    )
    (tmp_path / "a.html").write_text(
        f"<html lang='en'><title>A</title><main><h1 id='a'>A</h1><p id='b'>B</p>{links}</main></html>"
    )

    assert {str(fault).split(": ")[1] for fault in axe(tmp_path)} == {"target-size"}


def test_text_of_an_epub_that_a_theme_makes_unreadable_is_told_with_the_theme(tmp_path: Path) -> None:
    if not AXE.is_installed:
        pytest.skip(f"no browser; {AXE.install}")
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>A</title></head>'
        '<body><p>Plain</p><p style="color: #333">Dark grey</p></body></html>'
    )
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        archive.writestr("EPUB/a.xhtml", page)

    assert [str(fault).rpartition(") ")[2] for fault in contrast(tmp_path / "a.epub")] == ["in dark"]


def test_invalid_html_is_told_with_its_line(tmp_path: Path) -> None:
    if not NU.is_installed:
        pytest.skip(f"nu is not installed; {NU.install}")
    (tmp_path / "a.html").write_text(
        '<!DOCTYPE html>\n<html lang="en"><head><title>A</title></head>\n'
        '<body><p id="x">A</p>\n<p id="x">B</p></body></html>\n'
    )

    assert list(map(str, html(tmp_path))) == ["a.html:4: Duplicate ID “x”."]


def test_a_judge_that_gives_up_is_no_fault_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gives_up(path: Path) -> Iterator[Fault]:
        raise NoVerdict("the browser did not open in 60 s")
        yield

    tired = Judge(name="tired", faults=gives_up, install="")
    monkeypatch.setattr(verifying, "judged", lambda build: [("epub/dossier.epub", (tired,))])
    monkeypatch.delenv("CI", raising=False)

    assert verify(tmp_path) == 0
    assert (
        capsys.readouterr().out == "epub/dossier.epub: tired: no verdict; the browser did not open in 60 s\n"
    )

    monkeypatch.setenv("CI", "true")

    assert verify(tmp_path) == 1
    assert "tired ended without a verdict, which is no fault of the file" in capsys.readouterr().err
