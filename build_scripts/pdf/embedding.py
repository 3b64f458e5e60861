"""Embed what was used of the faces: composite fonts with exact ToUnicode.

ISO 32000-1, 9.7, and ISO 19005-2, 6.2.11.
"""

import hashlib
import math
from collections.abc import Iterable, Iterator
from io import BytesIO

import uharfbuzz
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from build_scripts.pdf.fonts import Face, FontBook

# Outlines, metrics and what a rasteriser needs; layout and names were used up when the text was shaped (9.9).
_KEPT = frozenset(("glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep", "CFF "))
_CURVE_ERROR = 0.5
"""How far, in font units, a quadratic outline may stray from the cubic one."""
_MAXP_COUNTED = (
    *("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentElements"),
    *("maxComponentDepth", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"),
    *("maxStackElements", "maxSizeOfInstructions"),
)
_SYMBOLIC = 4
_SERIF = 2
_ITALIC = 64


def embed(fonts: FontBook, pdf: Pdf) -> None:
    """Put the faces that were used into the resources of every page and form."""
    made = Dictionary({f"/{face.name}": pdf.make_indirect(_font(face, pdf)) for face in fonts.used()})
    shared = pdf.make_indirect(made)
    for holder in _holders(pdf):
        if "/Resources" not in holder:
            holder.Resources = Dictionary()
        holder.Resources.Font = shared


def _holders(pdf: Pdf) -> Iterator[Object]:
    for page in pdf.pages:
        yield page.obj
    for thing in pdf.objects:
        if isinstance(thing, Stream) and thing.get("/Subtype") == Name.Form:
            yield thing


def _font(face: Face, pdf: Pdf) -> Dictionary:
    """Make the Type 0 font (9.7.6) whose codes are the face's."""
    program, new_gids = _subset(face)
    data = BytesIO()
    program.save(data, reorderTables=False)
    file = data.getvalue()
    name = Name(f"/{_tag(file)}+{face.source.postscript_name}")
    stream = pdf.make_stream(file, Length1=len(file))
    glyphs = [gid for gid, _ in face.codes]
    to_gid = b"".join(new_gids[gid].to_bytes(2, "big") for gid in [0, *glyphs])
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        CIDToGIDMap=pdf.make_stream(to_gid),
        DW=0,
        W=Array([1, Array([face.widths[gid] for gid in glyphs])]),
        FontDescriptor=pdf.make_indirect(_descriptor(face, program, name, stream)),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(_to_unicode(text for _, text in face.codes)),
    )


def _subset(face: Face) -> tuple[TTFont, dict[int, int]]:
    """Return a TrueType font with the glyphs that were used, and their new ids."""
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update({0, *(gid for gid, _ in face.codes)})
    dropped = set(face.face.table_tags) - _KEPT
    wanted.drop_table_tag_set.update({int.from_bytes(tag.encode(), "big") for tag in dropped})
    wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    plan = uharfbuzz.SubsetPlan(face.face, wanted)
    font = TTFont(BytesIO(plan.execute().blob.data), recalcTimestamp=False)
    if "CFF " in font:
        _to_quadratic(font)
    return font, dict(plan.old_to_new_glyph_mapping)


def _to_quadratic(font: TTFont) -> None:
    """Turn cubic outlines into quadratic ones, so that every face is embedded as TrueType."""
    order = font.getGlyphOrder()
    glyph_set = font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        glyph_set[name].draw(Cu2QuPen(pen, _CURVE_ERROR, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    font["glyf"], font["loca"] = glyf, newTable("loca")
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in _MAXP_COUNTED:
        setattr(maxp, field, 0)
    maxp.maxZones = 1


def _descriptor(face: Face, program: TTFont, name: Name, file: Stream) -> Dictionary:
    """Describe the font (9.8); values that no font states are those usual for text faces."""
    head, hhea = program["head"], program["hhea"]
    scale = 1000 / head.unitsPerEm
    extents = face.font.get_font_extents("ltr")
    italic = "Italic" in face.source.postscript_name
    serif = "Serif" in face.source.postscript_name
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=_SYMBOLIC | (_ITALIC if italic else 0) | (_SERIF if serif else 0),
        FontBBox=Array([round(value * scale) for value in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        ItalicAngle=-round(math.degrees(math.atan2(hhea.caretSlopeRun, hhea.caretSlopeRise)), 1),
        Ascent=extents.ascender,
        Descent=extents.descender,
        CapHeight=face.font.get_metric_position_with_fallback(uharfbuzz.OTMetricsTag.CAP_HEIGHT),
        StemV=120 if "SemiBold" in face.source.postscript_name else 80,
        FontFile2=file,
    )


def _tag(file: bytes) -> str:
    """Return six capitals that depend on the subset alone (9.6.4)."""
    digest = hashlib.sha256(file).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _to_unicode(texts: Iterable[str]) -> bytes:
    """Write the CMap from codes to text (9.10.3); at most 100 entries stand in one block."""
    entries = [
        f"<{code:04x}> <{text.encode('utf-16-be').hex()}>".encode()
        for code, text in enumerate(texts, start=1)
    ]
    blocks = [
        b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block))
        for block in (entries[start : start + 100] for start in range(0, len(entries), 100))
    ]
    return b"\n".join([_CMAP_HEAD, *blocks, _CMAP_TAIL])


_CMAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
_CMAP_TAIL = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
