"""Sort text as readers look it up: the Unicode Collation Algorithm (UTS 10), with rules by language.

Every list and index of every product sorts by `sort_key`, so that a name stands in one place in all of them.
The root order is that of `pyuca`, pure Python and so the same on every machine; ICU is the oracle of the
tests.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pyuca.collator import BaseCollator, Collator_10_0_0

Key = tuple[float, ...]

# The rules of CLDR 47 in its own notation (UTS 35, part 5), as far as they order letters: `<` makes a letter
# of its own, `<<` a variant told apart by its marks, `<<<` one told apart by its case.
TAILORINGS = {
    "az": "&C<ç<<<Ç &G<ğ<<<Ğ &[before 1]i<ı<<<I &i<<<İ &O<ö<<<Ö &S<ş<<<Ş &U<ü<<<Ü &K<q<<<Q &E<ə<<<Ə &H<x<<<X",
    "cs": "&C<č<<<Č &H<ch<<<cH<<<Ch<<<CH &R<ř<<<Ř &S<š<<<Š &Z<ž<<<Ž",
    "cy": "&C<ch<<<Ch<<<CH &D<dd<<<Dd<<<DD &F<ff<<<Ff<<<FF &G<ng<<<Ng<<<NG &L<ll<<<Ll<<<LL"
    " &P<ph<<<Ph<<<PH &R<rh<<<Rh<<<RH &T<th<<<Th<<<TH",
    "da": "&D<<đ<<<Đ<<ð<<<Ð &Y<<ü<<<Ü<<ű<<<Ű &[before 1]ǀ<æ<<<Æ<<ä<<<Ä<ø<<<Ø<<ö<<<Ö<<ő<<<Ő"
    "<å<<<Å<<<aa<<<Aa<<<AA",
    "eo": "&C<ĉ<<<Ĉ &G<ĝ<<<Ĝ &H<ĥ<<<Ĥ &J<ĵ<<<Ĵ &S<ŝ<<<Ŝ &U<ŭ<<<Ŭ",
    "es": "&N<ñ<<<Ñ",
    "et": "&[before 1]T<š<<<Š<z<<<Z<ž<<<Ž &[before 1]X<õ<<<Õ<ä<<<Ä<ö<<<Ö<ü<<<Ü",
    "hr": "&C<č<<<Č<ć<<<Ć &D<dž<<<Dž<<<DŽ<đ<<<Đ &L<lj<<<Lj<<<LJ &N<nj<<<Nj<<<NJ &S<š<<<Š &Z<ž<<<Ž",
    "hu": "&C<cs<<<Cs<<<CS &D<dz<<<Dz<<<DZ<dzs<<<Dzs<<<DZS &G<gy<<<Gy<<<GY &L<ly<<<Ly<<<LY &N<ny<<<Ny<<<NY"
    " &S<sz<<<Sz<<<SZ &T<ty<<<Ty<<<TY &Z<zs<<<Zs<<<ZS &O<ö<<<Ö<<ő<<<Ő &U<ü<<<Ü<<ű<<<Ű",
    "is": "&[before 1]b<á<<<Á &D<<đ<<<Đ<ð<<<Ð &[before 1]f<é<<<É &[before 1]j<í<<<Í &[before 1]p<ó<<<Ó"
    " &[before 1]v<ú<<<Ú &[before 1]z<ý<<<Ý &[before 1]ǀ<þ<<<Þ<æ<<<Æ<<ä<<<Ä<ö<<<Ö<<ø<<<Ø<å<<<Å",
    "lt": "&C<č<<<Č &I<<y<<<Y &S<š<<<Š &Z<ž<<<Ž",
    "lv": "&A<ā<<<Ā &C<č<<<Č &E<ē<<<Ē &G<ģ<<<Ģ &I<y<<<Y<ī<<<Ī &K<ķ<<<Ķ &L<ļ<<<Ļ &N<ņ<<<Ņ &O<ō<<<Ō &R<ŗ<<<Ŗ"
    " &S<š<<<Š &U<ū<<<Ū &Z<ž<<<Ž",
    "pl": "&A<ą<<<Ą &C<ć<<<Ć &E<ę<<<Ę &L<ł<<<Ł &N<ń<<<Ń &O<ó<<<Ó &S<ś<<<Ś &Z<ź<<<Ź<ż<<<Ż",
    "ro": "&A<ă<<<Ă<â<<<Â &I<î<<<Î &S<ș<<<Ș<<ş<<<Ş &T<ț<<<Ț<<ţ<<<Ţ",
    "sk": "&A<ä<<<Ä &C<č<<<Č &H<ch<<<cH<<<Ch<<<CH &O<ô<<<Ô &R<ř<<<Ř &S<š<<<Š &Z<ž<<<Ž",
    "sl": "&C<č<<<Č<ć<<<Ć &D<đ<<<Đ &S<š<<<Š &Z<ž<<<Ž",
    "sq": "&C<ç<<<Ç &D<dh<<<Dh<<<DH &E<ë<<<Ë &G<gj<<<Gj<<<GJ &L<ll<<<Ll<<<LL &N<nj<<<Nj<<<NJ"
    " &R<rr<<<Rr<<<RR &S<sh<<<Sh<<<SH &T<th<<<Th<<<TH &X<xh<<<Xh<<<XH &Z<zh<<<Zh<<<ZH",
    "sv": "&D<<đ<<<Đ<<ð<<<Ð &Y<<ü<<<Ü<<ű<<<Ű &[before 1]ǀ<å<<<Å<ä<<<Ä<<æ<<<Æ<<ę<<<Ę"
    "<ö<<<Ö<<ø<<<Ø<<ő<<<Ő<<œ<<<Œ<<ô<<<Ô",
    "tr": "&C<ç<<<Ç &G<ğ<<<Ğ &[before 1]i<ı<<<I &i<<<İ &O<ö<<<Ö &S<ş<<<Ş &U<ü<<<Ü",
    "vi": "&a<ă<<<Ă<â<<<Â &d<đ<<<Đ &e<ê<<<Ê &o<ô<<<Ô<ơ<<<Ơ &u<ư<<<Ư",
}  # fmt: skip
SAME = {"bs": "hr", "sr-latn": "hr", "fi": "sv", "nb": "da", "nn": "da", "no": "da", "fo": "da", "gl": "es"}

RULE = re.compile(r"&(\[before 1\])?([^<&\s]+)|(<{1,3})([^<&\s]+)")
COMMON = (0x20, 0x02)
"""Second and third weight of a letter without marks, in small (UTS 10, 3.2)."""
STEPS = {"<": (1e-3, 0.0, 0.0), "<<": (0.0, 1e-3, 0.0), "<<<": (0.0, 0.0, 1e-3)}
NUMBER = re.compile(r"\d+")
NAME_ENDS = re.compile(r",(?=\s|$)\s*")


def sort_key(text: str, language: str) -> Key:
    """Compute the key of a text: words before longer words, marks after letters, numbers by their value.

    Punctuation does not count, but for the comma behind a family name, which ends it. Texts that differ in
    composition alone (NFC, NFD) have equal keys.
    """
    return tuple(_collator(_tailoring(language)).sort_key(_counted(text) or text))


def initial(text: str, language: str) -> float:
    """Compute under which letter a text stands: texts under one letter give equal numbers."""
    return next(iter(sort_key(text, language)), 0.0)


def _counted(text: str) -> str:
    """Select what counts: letters, marks, numbers and spaces; each number behind the count of its digits."""
    whole = NAME_ENDS.sub("\n", unicodedata.normalize("NFKC", text))
    kept = "".join(_sign(sign) for sign in whole).strip(" \n")
    return NUMBER.sub(_number, " \n ".join(" ".join(part.split()) for part in kept.split("\n")))


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Pd" or sign in "/_":
        return " "
    return "" if kind[0] in "PC" and sign != "\n" else sign


def _number(match: re.Match[str]) -> str:
    digits = match[0].lstrip("0") or "0"
    return f"{min(len(digits), 9)}{digits}"


def _tailoring(language: str) -> str:
    """Select rules by language tag (BCP 47): those of the whole tag, else of its first part, else none."""
    for tag in (language.casefold(), language.casefold().split("-")[0]):
        if (tag := SAME.get(tag, tag)) in TAILORINGS:
            return tag
    return ""


@cache
def _collator(name: str) -> BaseCollator:
    """Read the root order and tailor it to one language."""
    collator = Collator_10_0_0()
    # A family name that ends stands before one that goes on: "Smith, Zoe" before "Smith Jones, Ann".
    collator.table.add([ord("\n")], [[1, *COMMON]])
    weights: list[float] = []
    for before, anchor, relation, letter in RULE.findall(TAILORINGS.get(name, "")):
        if anchor:
            first = collator.collation_elements(unicodedata.normalize("NFD", anchor))[0]
            weights = [first[0] - 0.5, *COMMON] if before else list(first)
        else:
            weights = _after(weights, relation)
            collator.table.add([ord(sign) for sign in unicodedata.normalize("NFD", letter)], [weights])
    return collator


def _after(weights: list[float], relation: str) -> list[float]:
    """Compute the weights of what follows: a step on the level of the relation, common weights below it."""
    first, second, third = (old + step for old, step in zip(weights, STEPS[relation], strict=True))
    match relation:
        case "<":
            return [first, *COMMON]
        case "<<":
            return [first, second, COMMON[1]]
    return [first, second, third]
