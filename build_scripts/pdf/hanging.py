"""Say how much of a character stands in the margin of justified text, so that the edge looks straight.

The shares are parts of the character's own width, near those of H. T. Thanh's thesis on pdfTeX (2000).
"""

from build_scripts.pdf.shaping import SOFT_HYPHEN

HANG_END = {
    "-": 0.5, SOFT_HYPHEN: 0.5, "\N{HYPHEN}": 0.5, ".": 0.6, ",": 0.6, ";": 0.3, ":": 0.3, "!": 0.15,
    "?": 0.1, "\N{RIGHT SINGLE QUOTATION MARK}": 0.5, "\N{RIGHT DOUBLE QUOTATION MARK}": 0.4, ")": 0.1,
    "\N{EN DASH}": 0.3, "\N{EM DASH}": 0.2,
    "\N{IDEOGRAPHIC COMMA}": 0.45, "\N{IDEOGRAPHIC FULL STOP}": 0.45, "\N{RIGHT CORNER BRACKET}": 0.45,
}  # fmt: skip
HANG_START = {
    "\N{LEFT SINGLE QUOTATION MARK}": 0.5, "\N{LEFT DOUBLE QUOTATION MARK}": 0.4, "(": 0.1,
    "T": 0.05, "V": 0.05, "W": 0.05, "Y": 0.05, "A": 0.05, "J": 0.05,
}  # fmt: skip
