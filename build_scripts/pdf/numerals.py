"""Write numbers as figures, letters or roman numerals."""

ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def numeral(number: int, kind: str) -> str:
    """Write a number in one of docutils' kinds: arabic, loweralpha, upperalpha, lowerroman, upperroman."""
    if kind == "arabic":
        return str(number)
    text = roman(number) if kind.endswith("roman") else letters(number)
    return text.upper() if kind.startswith("upper") else text


def roman(number: int) -> str:
    """Write a positive number in small roman numerals."""
    written = ""
    for value, letter in ROMAN:
        times, number = divmod(number, value)
        written += letter * times
    return written


def letters(number: int) -> str:
    """Write a positive number in letters: a to z, aa, ab."""
    written = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        written = chr(ord("a") + rest) + written
    return written
