"""A chapter cannot read files, write raw HTML or show pictures from outside its dossier."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_scripts.commands import citations
from build_scripts.diagnostics import ProblemsFound
from build_scripts.places import Places

TEMPLATE = Path(__file__).parents[1] / "build_scripts/template"


def problems(tmp_path: Path, text: str) -> str:
    """Return what is said of a small dossier one of whose chapters has `text` at its end."""
    folder = tmp_path / "dossier"
    shutil.copytree(TEMPLATE, folder)
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "secret.png").write_bytes(b"")
    chapter = min((folder / "book/chapters").glob("*.rst"))
    chapter.write_text(f"{chapter.read_text()}\n{text}\n")
    places = Places(folder, tmp_path / "build")
    with pytest.raises(ProblemsFound) as found:
        citations.run(places)
    return str(found.value)


@pytest.mark.parametrize(
    "text",
    [
        ".. include:: ../../../secret.txt",
        ".. literalinclude:: ../../../secret.txt",
        ".. raw:: html\n\n   <b>raw</b>",
        ".. csv-table::\n   :file: ../../../secret.txt",
        ".. image:: ../../../secret.png\n   :alt: secret",
        ".. image:: https://example.org/picture.png\n   :alt: remote",
    ],
    ids=["include", "literalinclude", "raw", "csv-table", "picture outside", "picture on the web"],
)
def test_a_chapter_that_reaches_out_is_refused_with_file_and_line(tmp_path: Path, text: str) -> None:
    said = problems(tmp_path, text)

    assert "book/chapters/" in said
    assert "nothing was built" in said
