"""What is given to those who keep it: the book with its data inside, and the bag."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pytest

from build_scripts import validation
from build_scripts.__main__ import main
from build_scripts.commands import archive, bag, handouts, part, plan, unpack
from build_scripts.deposit import bag as bags
from build_scripts.deposit.collection import MANIFEST, collection
from build_scripts.deposit.crate import NAME
from build_scripts.deposit.tables import tables
from build_scripts.deposit.unpacking import check
from build_scripts.diagnostics import ProblemsFound, WrongUsage
from build_scripts.files import replacing
from build_scripts.judges import ARCHIVAL, BAGIT, DEPOSIT, ROCRATE, Judge
from build_scripts.model.edition import HANDOUTS, Paper
from build_scripts.pdf.archival import save
from build_scripts.pdf.attachments import Attachment, attach, attachments
from build_scripts.pdf.page_map import PageMap
from build_scripts.places import Places

REPO = Path(__file__).parents[1]
LIGHTHOUSE = REPO / "tests" / "dossiers" / "lighthouse"
Build = Callable[..., Path]
PRINTED = PageMap(paper="a4", edition="standard", pages=[])
STALE = ("pdf/dropped.pdf", "plan/dropped.dxf", "handouts/a4/dropped.pdf", "archive/dropped.pdf")


@pytest.fixture(scope="module")
def workshop(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Build site, EPUB, book and parts, and copy them into a temporary folder."""
    for form in ("html", "epub", *(f"part {name}" for name in part.PARTS)):
        built = build(form)
    return Places(LIGHTHOUSE, Path(shutil.copytree(built, tmp_path_factory.mktemp("deposit") / "build")))


@pytest.fixture(scope="module")
def archived(workshop: Places) -> Path:
    """Give the archival PDF."""
    archive.run(workshop)
    return workshop.build / "archive" / "dossier-a3a.pdf"


@pytest.fixture(scope="module")
def bagged(workshop: Places, archived: Path) -> Path:
    """Give the bag of everything that is built, where something of an earlier state was left."""
    plan.run(workshop)
    for paper in get_args(Paper):
        handouts.run(workshop, paper)
    for stale in STALE:
        (workshop.build / stale).write_bytes(b"left of an earlier state")
    bag.run(workshop)
    return workshop.build / "archive" / "bag"


def faults(judges: tuple[Judge, ...], path: Path) -> list[str]:
    return [
        f"{judge.name}: {fault}" for judge in judges if judge.is_installed for fault in judge.faults(path)
    ]


def attached(**more: Any) -> Attachment:
    given = {
        "path": "data/a.yaml",
        "data": b"a: b\n",
        "mime": "application/yaml",
        "description": "A",
        "relationship": "Source",
    }
    return Attachment(**{**given, **more})


def with_manifest(*files: Attachment, **changes: Any) -> list[Attachment]:
    """Return files with a manifest that is right but for the changes to its first entry."""
    entries: list[dict[str, Any]] = [
        {"path": one.path, "size": len(one.data), "sha512": hashlib.sha512(one.data).hexdigest()}
        for one in files
    ]
    entries[0].update(changes)
    data = json.dumps(
        {"format": "dossier-manifest-1", "paper": "a4", "edition": "standard", "files": entries}
    ).encode()
    return [*files, attached(path=MANIFEST, data=data)]


def saved(*files: Attachment) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    attach(pdf, files, "2001-02-03")
    return save(pdf)


# --- The archival PDF ---


def test_the_archival_pdf_stands_before_every_judge(archived: Path) -> None:
    assert faults(ARCHIVAL, archived) == []


def test_everything_that_the_dossier_is_made_of_is_attached(archived: Path) -> None:
    expected = {f"data/{path.name}" for path in (LIGHTHOUSE / "data").glob("*.yaml")}
    expected |= {
        path.relative_to(LIGHTHOUSE).as_posix() for path in (LIGHTHOUSE / "book").rglob("*") if path.is_file()
    }
    expected |= {f"csv/{name}.csv" for name in tables(validation.load(LIGHTHOUSE))} | {MANIFEST}

    with pikepdf.open(archived) as pdf:
        found = {one.path: one for one in attachments(pdf)}

    assert found.keys() == expected
    assert found["data/chronology.yaml"].data == (LIGHTHOUSE / "data" / "chronology.yaml").read_bytes()
    assert {path: one.relationship for path, one in found.items()} == {
        path: "Source" if path.startswith(("data/", "book/")) else "Data" for path in expected
    }


def test_an_attached_file_is_described_as_the_standard_asks(archived: Path) -> None:
    with pikepdf.open(archived) as pdf:
        names = list(pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles))
        specification = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)["data/series.yaml"]
        stream = specification.EF.F
        data = stream.read_bytes()

        assert names == sorted(names)
        assert len(pdf.Root.AF) == len(names)
        assert str(specification.F) == str(specification.UF) == "data/series.yaml"
        assert "series.yaml" in str(specification.Desc)
        assert stream.Subtype == "/application/yaml"
        assert int(stream.Params.Size) == len(data)
        assert bytes(stream.Params.CheckSum) == hashlib.md5(data).digest()
        assert str(stream.Params.ModDate) == "D:20010203000000Z"


def test_every_table_and_drawing_of_data_is_associated_with_its_csv(archived: Path) -> None:
    with pikepdf.open(archived) as pdf:
        found = {
            (str(element.S), str(element.AF[0].UF))
            for element in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).values()
            if "/AF" in element
        }

    names = tables(validation.load(LIGHTHOUSE)).keys() - {"chronology"}
    drawn = {name for name in names if not name.startswith("account-")}
    assert found >= {("/Table", f"csv/{name}.csv") for name in names}
    assert found >= {("/Figure", f"csv/{name}.csv") for name in drawn}


def test_the_manifest_names_the_builder_and_what_it_was_locked_to(archived: Path) -> None:
    with pikepdf.open(archived) as pdf:
        manifest = json.loads(next(one.data for one in attachments(pdf) if one.path == MANIFEST))

    assert manifest["builder"]["version"]
    assert (
        manifest["builder"]["lock_sha512"]
        == hashlib.sha512((REPO / "build_scripts/locks/build.txt").read_bytes()).hexdigest()
    )
    assert manifest["modified"] == "2001-02-03"


def test_what_is_unpacked_says_how_it_was_printed(
    archived: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["unpack", str(archived), str(tmp_path / "out")]) == 0
    assert f"make DOSSIER={tmp_path / 'out'} PAPER=a4 EDITION=standard" in capsys.readouterr().out


def test_a_rebuild_from_what_was_unpacked_gives_the_same_bytes(
    archived: Path, build: Build, tmp_path: Path
) -> None:
    unpack.run(archived, tmp_path / "out")
    built = build("pdf", tmp_path / "out")
    archive.run(Places(tmp_path / "out", built))

    assert (built / "pdf" / "dossier.pdf").read_bytes() == (
        archived.parents[1] / "pdf" / "dossier.pdf"
    ).read_bytes()
    assert (built / "archive" / "dossier-a3a.pdf").read_bytes() == archived.read_bytes()


@pytest.mark.parametrize("key", ["/AF", "/AFRelationship", "/UF"])
def test_a_judge_notices_a_missing_part_of_an_attachment(archived: Path, key: str, tmp_path: Path) -> None:
    with pikepdf.open(archived) as pdf:
        specification = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)[MANIFEST]
        if key == "/AF":
            pdf.Root.AF = pikepdf.Array([one for one in pdf.Root.AF if one.UF != MANIFEST])
        else:
            del specification[key]
        (tmp_path / "worse.pdf").write_bytes(save(pdf))

    assert faults(ARCHIVAL, tmp_path / "worse.pdf") != []


def awkward() -> bytes:
    """Return data whose compressed stream would end in a carriage return."""
    return next(data for number in range(10_000) if zlib.adler32(data := b"x" * number) & 0xFF == 13)


@pytest.mark.parametrize(
    "data", [awkward(), b"", b"\r", bytes(range(256))], ids=["awkward", "empty", "return", "bytes"]
)
def test_attached_bytes_come_back_as_they_were(data: bytes) -> None:
    whole = saved(attached(data=data))

    assert b"\r\nendstream" not in whole
    with pikepdf.open(BytesIO(whole)) as pdf:
        assert [one.data for one in attachments(pdf)] == [data]


# --- Tables ---


def test_the_rows_of_a_table_are_the_records_of_the_model() -> None:
    dossier = validation.load(LIGHTHOUSE)
    read = {
        name: list(csv.DictReader(StringIO(data.decode(), newline="")))
        for name, data in tables(dossier).items()
    }

    assert [row["id"] for row in read["chronology"]] == [event.id for event in dossier.events]
    assert [row["title"] for row in read["chronology"]] == [event.title for event in dossier.events]
    for series in dossier.series:
        assert [row["date"] for row in read[f"series-{series.id}"]] == [
            str(point.date) for point in series.points
        ]
    for account in dossier.accounts:
        rows = read[f"account-{account.id}"]
        assert [row["answer"] for row in rows if row["adopted"] == "yes"] == [account.adopted] * (
            account.adopted is not None
        )


def test_an_open_date_has_no_day_where_it_is_open() -> None:
    rows = csv.DictReader(StringIO(tables(validation.load(LIGHTHOUSE))["chronology"].decode(), newline=""))

    assert all("9999" not in row["latest"] + row["earliest"] for row in rows)


# --- Unpacking ---


def problems(files: list[Attachment]) -> list[str]:
    with pytest.raises(ProblemsFound) as raised:
        check(files)
    return [str(one) for one in raised.value.diagnostics]


def test_a_sound_collection_is_given_back() -> None:
    files = with_manifest(attached(), attached(path="book/index.rst"))
    assert check(files) == files


@pytest.mark.parametrize(
    "path",
    [
        "../a",
        "/etc/a",
        "data/../../a",
        "data//a",
        "data/",
        ".bashrc",
        "C:\\a",
        "a\\b",
        "c:a",
        "data/nul",
        "data/a\n",
        "a ",
        "",
    ],
)
def test_a_name_that_leaves_the_folder_is_refused(path: str) -> None:
    assert f"{path!r}: is no path inside a folder" in problems(with_manifest(attached(path=path)))


def test_names_that_meet_in_a_folder_are_refused() -> None:
    assert problems(with_manifest(attached(), attached(path="DATA/A.yaml"))) == [
        "'DATA/A.yaml': is attached twice"
    ]
    assert "'data': is a file and a folder" in problems(with_manifest(attached(), attached(path="data")))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"size": 4}, "data/a.yaml: has 5 bytes; the manifest says 4"),
        ({"sha512": "0" * 128}, "data/a.yaml: has another SHA-512 checksum than in the manifest"),
        ({"path": "data/b.yaml"}, "data/b.yaml: is in the manifest, but not attached"),
    ],
)
def test_what_does_not_agree_with_the_manifest_is_refused(changes: dict[str, Any], message: str) -> None:
    assert message in problems(with_manifest(attached(), **changes))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"format": "other"}',
        b'{"format": "dossier-manifest-1", "files": [1]}',
        b'{"format": "dossier-manifest-1", "paper": "a4", "files": []}',
    ],
)
def test_a_manifest_that_is_none_is_refused(data: bytes) -> None:
    message = "manifest.json: is missing or not a manifest of the form dossier-manifest-1"
    assert problems([attached(), attached(path=MANIFEST, data=data)]) == [message]


def test_nothing_is_written_when_anything_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(saved(*with_manifest(attached(), attached(path="../a"))))

    with pytest.raises(ProblemsFound):
        unpack.run(tmp_path / "bad.pdf", tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.pdf"]


def test_a_folder_with_something_in_it_is_left_alone(archived: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")

    with pytest.raises(WrongUsage, match="not empty"):
        unpack.run(archived, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("data", [b"no PDF at all", saved()], ids=["text", "nothing attached"])
def test_a_file_without_a_dossier_in_it_says_so(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "other.pdf").write_bytes(data)

    with pytest.raises(ProblemsFound):
        unpack.run(tmp_path / "other.pdf", tmp_path / "out")
    assert not (tmp_path / "out").exists()


# --- The bag ---


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), hashlib.sha512(path.read_bytes()).hexdigest()


def payload_of(folder: Path) -> set[str]:
    """Return the files in a bag, but for the one that describes the others."""
    names = {name.removeprefix("data/") for name, _ in digests(folder) if name.startswith("data/")}
    return names - {NAME}


def described(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the description for machines says, by id."""
    graph = json.loads((folder / "data" / NAME).read_text("utf-8"))["@graph"]
    return {entity["@id"]: entity for entity in graph}


def test_the_bag_holds_every_product_and_the_dossier_and_nothing_left_of_an_earlier_state(
    bagged: Path,
) -> None:
    handed_out = {f"handouts/{paper}/{name}.pdf" for paper in get_args(Paper) for name in HANDOUTS}

    assert payload_of(bagged) == handed_out | {
        "pdf/dossier.pdf",
        "pdf/chronology.pdf",
        "pdf/biographies.pdf",
        "pdf/floor_plan.pdf",
        "pdf/plan-poster.pdf",
        "plan/plan.dxf",
        "plan/plan.geojson",
        "plan/poster-a4.pdf",
        "plan/poster-letter.pdf",
        "archive/dossier-a3a.pdf",
        "epub/dossier.epub",
        "site.zip",
    } | {f"dossier/{one.path}" for one in collection(validation.load(LIGHTHOUSE), LIGHTHOUSE, PRINTED)}


def test_a_dossier_without_a_plan_or_a_paper_leaves_what_was_built_of_it_out_of_its_bag() -> None:
    dossier = validation.load(LIGHTHOUSE)
    edition = dossier.edition.model_copy(update={"papers": ("letter",), "handouts": ("people",)})

    assert bag.products(replace(dossier, plan=None, edition=edition)) == [
        "pdf/dossier.pdf",
        "pdf/chronology.pdf",
        "pdf/biographies.pdf",
        "archive/dossier-a3a.pdf",
        "epub/dossier.epub",
        "handouts/letter/people.pdf",
    ]


def test_every_judge_finds_the_bag_valid_and_its_description_true(bagged: Path) -> None:
    missing = [judge for judge in DEPOSIT if not judge.is_installed]
    assert faults(DEPOSIT, bagged) == []
    if missing:
        pytest.skip(", ".join(f"{judge.name} is not installed; {judge.install}" for judge in missing))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda entity: entity.update(sha256="0"), "SHA-256"),
        (lambda entity: entity.update(contentSize="1"), "bytes"),
        (lambda entity: entity.update(madeUp="1"), "'madeUp' is no word of RO-Crate"),
        (lambda entity: entity.update(license={"@id": "#nobody"}), "license '#nobody' is not described"),
        (lambda entity: entity.update({"@id": "pdf/none.pdf"}), "is not described"),
    ],
    ids=["checksum", "size", "word", "pointer", "file"],
)
def test_a_judge_notices_a_description_that_is_not_true(
    bagged: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], fault: str
) -> None:
    if not ROCRATE.is_installed:
        pytest.skip(f"rocrate is not installed; {ROCRATE.install}")
    shutil.copytree(bagged, tmp_path / "bag")
    path = tmp_path / "bag" / "data" / NAME
    whole = json.loads(path.read_text("utf-8"))
    change(next(one for one in whole["@graph"] if one["@id"] == "pdf/dossier.pdf"))
    path.write_text(json.dumps(whole), "utf-8")

    assert any(fault in str(one) for one in ROCRATE.faults(tmp_path / "bag"))


def test_the_librarys_own_program_finds_the_bag_valid(bagged: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(bagged)], capture_output=True, check=False
    )

    assert done.returncode == 0


def test_a_bag_says_how_much_it_holds_and_seals_what_it_says_of_itself(bagged: Path) -> None:
    files = [path for path in (bagged / "data").rglob("*") if path.is_file()]
    sealed = (bagged / "tagmanifest-sha512.txt").read_text("utf-8").splitlines()

    size = sum(path.stat().st_size for path in files)
    assert f"Payload-Oxum: {size}.{len(files)}\n" in (bagged / "bag-info.txt").read_text("utf-8")
    assert sealed == [
        f"{hashlib.sha512((bagged / name).read_bytes()).hexdigest()} {name}"
        for name in sorted(
            ("bag-info.txt", "bagit.txt", "manifest-sha512.txt"),
            key=lambda name: hashlib.sha512((bagged / name).read_bytes()).hexdigest(),
        )
    ]


def test_two_bags_of_the_same_products_are_equal_byte_for_byte(bagged: Path, workshop: Places) -> None:
    before = list(digests(bagged))
    bag.run(workshop)

    assert list(digests(bagged)) == before
    assert "Bagging-Date: 2001-02-03\n" in (bagged / "bag-info.txt").read_text("utf-8")


def test_a_changed_file_makes_the_bag_invalid(bagged: Path, tmp_path: Path) -> None:
    with replacing(tmp_path / "bag") as folder:
        bags.write(folder, {"a.txt": b"a"}, validation.load(LIGHTHOUSE).edition)
    assert list(BAGIT.faults(tmp_path / "bag")) == []

    (tmp_path / "bag" / "data" / "a.txt").write_bytes(b"b")

    assert len(list(BAGIT.faults(tmp_path / "bag"))) == 1


def test_a_zip_depends_on_its_files_alone(tmp_path: Path) -> None:
    for name in ("one", "two"):
        for file in ("b.html", "a.html") if name == "one" else ("a.html", "b.html"):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / file).write_text(file)
    (tmp_path / "two" / ".hidden").write_text("x")

    assert bags.zipped(tmp_path / "one", "1911-08-21") == bags.zipped(tmp_path / "two", "1911-08-21")


def test_the_description_for_machines_is_a_closed_graph_of_all_files(bagged: Path) -> None:
    graph = json.loads((bagged / "data" / NAME).read_text("utf-8"))["@graph"]
    by_id = described(bagged)

    assert len(by_id) == len(graph)
    assert pointers(graph) <= by_id.keys() | {"https://w3id.org/ro/crate/1.1"}
    assert {one["@id"] for one in graph if one["@type"] == "File"} == payload_of(bagged)
    assert by_id["./"]["license"] == {"@id": "https://spdx.org/licenses/CC0-1.0"}
    assert by_id["./"]["datePublished"] == "2001-02-03"
    assert len(by_id["./"]["citation"]) == len(validation.load(LIGHTHOUSE).references)


def test_every_file_is_described_with_its_name_its_size_and_its_checksum(bagged: Path) -> None:
    for path in payload_of(bagged):
        data, said = (bagged / "data" / path).read_bytes(), described(bagged)[path]
        assert said["contentSize"] == str(len(data))
        assert said["sha256"] == hashlib.sha256(data).hexdigest()
        assert said["name"]


PDF_A_2A = {"PDF/A-2 (ISO 19005-2:2011), level A", "PDF/UA-1 (ISO 14289-1:2014)"}


@pytest.mark.parametrize(
    ("path", "formats", "standards"),
    [
        ("pdf/dossier.pdf", ["application/pdf", "fmt/476"], PDF_A_2A),
        ("pdf/plan-poster.pdf", ["application/pdf", "fmt/476"], PDF_A_2A),
        ("handouts/letter/people.pdf", ["application/pdf", "fmt/476"], PDF_A_2A),
        (
            "archive/dossier-a3a.pdf",
            ["application/pdf", "fmt/479"],
            {"PDF/A-3 (ISO 19005-3:2012), level A", "PDF/UA-1 (ISO 14289-1:2014)"},
        ),
        ("epub/dossier.epub", ["application/epub+zip", "fmt/483"], {"EPUB 3.3"}),
        ("handouts/a4/booklet.pdf", ["application/pdf", "fmt/276"], set()),
        ("plan/poster-a4.pdf", ["application/pdf", "fmt/276"], set()),
        ("plan/plan.dxf", ["image/vnd.dxf"], set()),
        ("plan/plan.geojson", ["application/geo+json"], {"GeoJSON (RFC 7946)"}),
        ("site.zip", ["application/zip"], set()),
    ],
)
def test_a_file_claims_the_format_and_the_standards_that_it_keeps(
    bagged: Path, path: str, formats: list[str], standards: set[str]
) -> None:
    by_id = described(bagged)

    def listed(value: Any) -> list[Any]:
        return value if isinstance(value, list) else [value] if value else []

    shown = [
        one if isinstance(one, str) else one["@id"].partition("PRONOM/")[2]
        for one in listed(by_id[path]["encodingFormat"])
    ]
    assert shown == formats
    assert {by_id[one["@id"]]["name"] for one in listed(by_id[path].get("conformsTo"))} == standards


def test_a_product_cites_what_it_shows(bagged: Path) -> None:
    by_id, dossier = described(bagged), validation.load(LIGHTHOUSE)

    def cited(path: str) -> set[str]:
        return {one["@id"].removeprefix("#ref-") for one in by_id[path]["citation"]}

    events = [event for event in dossier.events if event.weight == "3"]
    asked = [dossier.account(name) for event in events for name in event.accounts]
    told = {cite.id for event in events for cite in event.sources}
    answered = {cite.id for one in asked for answer in one.answers for cite in answer.sources}

    assert cited("pdf/chronology.pdf") == cited("dossier/data/chronology.yaml")
    assert cited("plan/plan.dxf") == cited("dossier/data/floor_plan.yaml")
    assert cited("handouts/a4/questions.pdf") == told
    assert cited("handouts/a4/one-page.pdf") == told | answered
    assert cited("handouts/a4/one-page-large-print.pdf") == told | answered
    assert cited("handouts/a4/people.pdf") < cited("pdf/dossier.pdf")


def pointers(value: Any) -> set[str]:
    """Return the ids that entities point at."""
    if isinstance(value, list):
        return set().union(*(pointers(one) for one in value))
    if not isinstance(value, dict):
        return set()
    if value.keys() == {"@id"}:
        return {value["@id"]}
    return set().union(*(pointers(one) for key, one in value.items()))


def test_a_bag_of_half_the_products_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="is not there"):
        bag.run(Places(LIGHTHOUSE, tmp_path))
