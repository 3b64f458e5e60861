"""Impose pages two to a side for saddle stitching: folded sheets lie in each other, stapled through the fold.

For n pages, a multiple of four, the sheet k from the outside (from 1) bears `n-2(k-1) | 2k-1` in front and
`2k | n-2k+1` behind, so that the two pages of a side sum to n + 1. Print at full size, on both sides, turned
along the short edge. The sheets inside push out: each sheet's pages move toward the fold by one caliper more
than those of the sheet around it. An imposed file is for the press alone: it has no structure and claims no
standard.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from build_scripts.pdf.archival import Info, describe_print, save
from build_scripts.pdf.palette import MUTED

MM = 72 / 25.4
FOLD_MARK = 4 * MM
MARKED_CONTENT = {Operator(name) for name in ("BMC", "BDC", "EMC", "MP", "DP")}


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one side of a sheet: pages from 1, None for a blank, and how far both move toward the fold."""

    left: int | None
    right: int | None
    creep: float


def sides(count: int, caliper: float) -> Iterator[Side]:
    """Yield the sides of all sheets for so many pages: the outermost sheet first, front before back."""
    whole = -(-count // 4) * 4

    def page(number: int) -> int | None:
        return number if number <= count else None

    for sheet in range(whole // 4):
        yield Side(page(whole - 2 * sheet), page(2 * sheet + 1), sheet * caliper)
        yield Side(page(2 * sheet + 2), page(whole - 2 * sheet - 1), sheet * caliper)


def impose(data: bytes, info: Info, note: str, *, width: float, height: float, caliper: float) -> bytes:
    """Return the pages of a PDF on sheets of `width` by `height`, in points like the `caliper` of the paper.

    `note` says in the metadata what the file is for.
    """
    with pikepdf.open(BytesIO(data)) as source, pikepdf.new() as pdf:
        forms = [_form(pdf, page) for page in source.pages]
        sizes = [(float(page.mediabox[2]), float(page.mediabox[3])) for page in source.pages]
        for side in sides(len(forms), caliper):
            pdf.pages.append(pikepdf.Page(_sheet(pdf, side, forms, sizes, width, height)))
        describe_print(pdf, info, note)
        pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipShortEdge
        return save(pdf)


def _form(pdf: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """Return a page as a form of the new file, without the marks of a structure that this file has not."""
    form = page.as_form_xobject()
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(form)
        if instruction.operator not in MARKED_CONTENT
    ]
    form.write(pikepdf.unparse_content_stream(kept))
    for key in ("/StructParents", "/Metadata"):
        if key in form:
            del form[key]
    return pdf.copy_foreign(form)


def _sheet(
    pdf: pikepdf.Pdf,
    side: Side,
    forms: Sequence[pikepdf.Object],
    sizes: Sequence[tuple[float, float]],
    width: float,
    height: float,
) -> Dictionary:
    fold = width / 2
    shown = Dictionary()
    operators = [_fold_marks(fold, height)]
    for name, number, is_left in (("/L", side.left, True), ("/R", side.right, False)):
        if number is None:
            continue
        page_width, page_height = sizes[number - 1]
        x = fold - page_width + side.creep if is_left else fold - side.creep
        y = (height - page_height) / 2
        shown[name] = forms[number - 1]
        left, right = (0.0, fold) if is_left else (fold, fold)
        operators.append(
            f"q {left:.3f} 0 {right:.3f} {height:.3f} re W n 1 0 0 1 {x:.3f} {y:.3f} cm {name} Do Q"
        )
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=Dictionary(XObject=shown),
        Contents=pdf.make_stream("\n".join(operators).encode()),
    )


def _fold_marks(fold: float, height: float) -> str:
    red, green, blue = (int(MUTED[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return (
        f"q {red:.3f} {green:.3f} {blue:.3f} RG 0.4 w [2 2] 0 d {fold:.3f} 0 m {fold:.3f} {FOLD_MARK:.3f} l "
        f"{fold:.3f} {height:.3f} m {fold:.3f} {height - FOLD_MARK:.3f} l S Q"
    )
