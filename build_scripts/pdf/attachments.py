"""Embed files in an archival PDF and associate them with the document or with elements of its structure.

ISO 19005-3 (PDF/A-3), 6.8 and annex E; ISO 32000-1, 7.11.4 (embedded files) and 7.7.4 (name dictionary).
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, String

Relationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]

AGAIN = "#"
"""Stands in the id of an element between the name of its data and the number of the repetition."""

PNG_OPTIMUM, UP = 15, b"\x02"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Hold a file with its path in the collection, parts divided by `/`, and what it is to the document."""

    path: str
    data: bytes
    mime: str
    description: str
    relationship: Relationship


def attach(pdf: pikepdf.Pdf, attachments: Sequence[Attachment], modified: str) -> dict[str, Any]:
    """Embed files as associated files of the whole document and return their specifications by path.

    `modified` is the date of all of them, `YYYY-MM-DD`.
    """
    date = "D:" + modified.replace("-", "") + "000000Z"
    specifications = {one.path: _specification(pdf, one, date) for one in attachments}
    tree = NameTree.new(pdf)
    for path in sorted(specifications):
        tree[path] = specifications[path]
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = tree.obj
    pdf.Root.AF = Array([specifications[path] for path in sorted(specifications)])
    return specifications


def associate(pdf: pikepdf.Pdf, by_name: Mapping[str, Any]) -> int:
    """Associate structure elements with the file that holds their data and return how many there are.

    `by_name` maps the `data` attribute of nodes, from which elements have their ids, to specifications.
    """
    ids = pdf.Root.StructTreeRoot.get("/IDTree")
    count = 0
    for name, element in NameTree(ids).items() if ids is not None else ():
        specification = by_name.get(str(name).partition(AGAIN)[0])
        if specification is not None:
            element.AF = Array([specification])
            count += 1
    return count


def attachments(pdf: pikepdf.Pdf) -> Iterator[Attachment]:
    """Yield the files that are embedded in a PDF, as they say they are."""
    names = pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles")
    for _, specification in NameTree(names).items() if names is not None else ():
        stream: Any = specification.EF.get("/UF", specification.EF.get("/F"))
        relationship: Any = str(specification.get("/AFRelationship", "/Unspecified")).removeprefix("/")
        yield Attachment(
            path=str(specification.get("/UF", specification.F)),
            data=stream.read_bytes(),
            mime=str(stream.get("/Subtype", "/application/octet-stream")).removeprefix("/"),
            description=str(specification.get("/Desc", "")),
            relationship=relationship,
        )


def _specification(pdf: pikepdf.Pdf, one: Attachment, date: str) -> Any:
    stream = _stream(pdf, one.data)
    stream.Type = Name.EmbeddedFile
    stream.Subtype = Name(f"/{one.mime}")
    checksum = hashlib.md5(one.data, usedforsecurity=False).digest()
    stream.Params = Dictionary(
        Size=len(one.data), ModDate=String(date), CreationDate=String(date), CheckSum=String(checksum)
    )
    embedded = pdf.make_indirect(stream)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(one.path),
            UF=String(one.path),
            Desc=String(one.description),
            AFRelationship=Name(f"/{one.relationship}"),
            EF=Dictionary(F=embedded, UF=embedded),
        )
    )


def _stream(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Stream:
    """Compress data so that the stream does not end in a carriage return (see `archival.save`).

    Its last byte is that of a checksum of the data, which may not be changed. Where it would be a carriage
    return, a PNG predictor puts one byte before the data: a single row of type Up, which stays as it is.
    """
    if zlib.adler32(data) & 0xFF != ord("\r"):
        return pikepdf.Stream(pdf, zlib.compress(data, 9), Filter=Name.FlateDecode)
    return pikepdf.Stream(
        pdf,
        zlib.compress(UP + data, 9),
        Filter=Name.FlateDecode,
        DecodeParms=Dictionary(Predictor=PNG_OPTIMUM, Columns=len(data)),
    )
