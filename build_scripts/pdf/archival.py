"""Make a tagged PDF archival: identification, XMP metadata, output intent, identifier from content.

ISO 19005-2 and -3 (PDF/A-2a, -3a), ISO 14289-1 (PDF/UA-1), XMP in the packet form of ISO 16684-1.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

RETURN_BEFORE_END = b"\r\nendstream"
OBJECT_STREAM = b"/Type /ObjStm"
MOST_SAVES = 8
DEFAULTS = {"/StructElem": ("/R", 0), "/Page": ("/UserUnit", 1), "/Annot": ("/H", Name.I)}
"""Entries that say what holds without them (ISO 32000-1, 14.7.2, 7.7.3.3, 12.5.6.5), by type of object."""

PRODUCER = "ReportLab and pikepdf"

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{properties}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """Describe a document: `language` is BCP 47, `modified` `YYYY-MM-DD`, `creators` names in order.

    A short document shows its `heading`, if it has one, in place of the title.
    """

    title: str
    language: str
    identifier: str
    modified: str
    creators: Sequence[str] = ()
    heading: str = ""
    subtitle: str = ""
    description: str = ""
    publisher: str = ""
    rights: str = ""
    rights_uri: str = ""
    subjects: Sequence[str] = ()


def archive(pdf: pikepdf.Pdf, info: Info, *, part: int = 2) -> None:
    """Give a tagged PDF what PDF/A-`part`a and PDF/UA-1 ask of the catalog."""
    metadata = pdf.make_stream(xmp(info, part=part).encode())
    metadata.Type = Name.Metadata
    metadata.Subtype = Name.XML
    pdf.Root.Metadata = metadata
    profile = pdf.make_stream(srgb_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    date = "D:" + info.modified.replace("-", "") + "000000Z"
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(info.title),
            Producer=String(PRODUCER),
            CreationDate=String(date),
            ModDate=String(date),
        )
    )
    if info.creators:
        pdf.trailer.Info.Author = String(", ".join(info.creators))


def save(pdf: pikepdf.Pdf) -> bytes:
    """Give the bytes of the file: PDF 1.7, object streams, an identifier made from the content.

    The end-of-line before `endstream` must not look like part of the data (ISO 19005-2, 6.1.7.1), so no
    compressed stream may end in a carriage return. Its last byte is that of a checksum, which any other byte
    inside changes: our own streams are lengthened by one, in an object stream one object is told a default.
    Raises RuntimeError if no change helps: a file that breaks the standard is worse than none.
    """
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    for stream in pdf.objects:
        if isinstance(stream, pikepdf.Stream) and "/Filter" not in stream:
            _lengthen(stream)
    data = _saved(pdf)
    for _ in range(MOST_SAVES):
        at_fault = list(_ending_in_return(data))
        if not at_fault:
            break
        with pikepdf.open(BytesIO(data)) as again:
            for numbers in at_fault:
                _revise(again, numbers)
            data = _saved(again)
    else:
        raise RuntimeError(f"a stream still ends in a carriage return after {MOST_SAVES} tries")
    return data


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(
        out,
        force_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return out.getvalue()


def _lengthen(stream: pikepdf.Stream) -> None:
    content = stream.read_bytes()
    if zlib.adler32(content) & 0xFF == ord("\r") and stream.get("/Type") != Name.Metadata:
        stream.write(content + b"\n")
        if "/Length1" in stream:
            stream.Length1 = len(content) + 1


def _ending_in_return(data: bytes) -> Iterator[list[int]]:
    """Give the numbers of the objects in each object stream whose data end in a carriage return."""
    end = data.find(RETURN_BEFORE_END)
    while end >= 0:
        head = data.rindex(b" obj\n", 0, end)
        start = data.index(b"stream\n", head) + len(b"stream\n")
        if OBJECT_STREAM in data[head:start]:
            count = int(data[head:start].partition(b"/N ")[2].split()[0])
            numbers = zlib.decompress(data[start : end + 1]).split(maxsplit=2 * count)[: 2 * count]
            yield [int(number) for number in numbers[::2]]
        end = data.find(RETURN_BEFORE_END, end + 1)


def _revise(pdf: pikepdf.Pdf, numbers: Sequence[int]) -> None:
    """Change the bytes of one of these objects, and nothing of its meaning."""
    for number in numbers:
        made = pdf.get_object(number, 0)
        kind = made.get("/Type") if isinstance(made, Dictionary) else None
        key, value = DEFAULTS.get(str(kind), ("", None))
        if key and key not in made:
            made[key] = value
            return


def xmp(info: Info, *, part: int) -> str:
    """Give the XMP packet; empty properties are left out."""
    lines = [
        _alternatives("dc:title", info.title),
        _list("dc:creator", "Seq", info.creators),
        _alternatives("dc:description", info.description or info.subtitle),
        _list("dc:subject", "Bag", info.subjects),
        _list("dc:language", "Bag", [info.language]),
        _list("dc:publisher", "Bag", [info.publisher] if info.publisher else []),
        _list("dc:date", "Seq", [info.modified]),
        _alternatives("dc:rights", info.rights),
        _text("dc:identifier", info.identifier),
        _text("dc:format", "application/pdf"),
        _text("xmpRights:WebStatement", info.rights_uri),
        _text("xmp:CreateDate", f"{info.modified}T00:00:00Z"),
        _text("xmp:ModifyDate", f"{info.modified}T00:00:00Z"),
        _text("xmp:MetadataDate", f"{info.modified}T00:00:00Z"),
        _text("pdf:Producer", PRODUCER),
    ]
    return PACKET.format(part=part, properties="\n".join(line for line in lines if line))


def srgb_profile() -> bytes:
    """Give a small sRGB profile; its date and computed id are blanked, so that the bytes never change."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = (2000).to_bytes(2) + (1).to_bytes(2) * 2 + bytes(6)
    profile[84:100] = bytes(16)
    return bytes(profile)


def _text(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _alternatives(name: str, text: str) -> str:
    if not text:
        return ""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>'


def _list(name: str, kind: str, texts: Sequence[str]) -> str:
    if not texts:
        return ""
    items = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def describe_print(pdf: pikepdf.Pdf, info: Info, note: str) -> None:
    """Name a file of sheets for the press, which is neither tagged nor archival and `note` says so."""
    date = "D:" + info.modified.replace("-", "") + "000000Z"
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(info.title),
            Subject=String(note),
            Author=String(", ".join(info.creators)),
            CreationDate=String(date),
            ModDate=String(date),
        )
    )
    pdf.Root.Lang = String(info.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"))
