"""List the typefaces of scripts that come in packages of their own, beyond Latin, Greek, Cyrillic, Japanese.

Each script belongs to one package, so that what happens to be installed never changes what is printed: a
dossier that needs a package that is not there is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec

from fontTools import unicodedata as ucd

KINDS = ("serif", "sans")
_UPRIGHT = {"wght": 400.0}
_UPRIGHT_WIDE = {"wght": 400.0, "wdth": 100.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceSource:
    """Say where a face comes from: a file in an installed package, and the place on its axes.

    `fallback` names the face for characters that this one lacks. A face is set `scale` times the size asked
    for, so that scripts of different build look alike beside each other.
    """

    postscript_name: str
    package: str
    file: str
    axes: Mapping[str, float] = field(default_factory=dict)
    fallback: str | None = None
    scale: float = 1

    @property
    def project(self) -> str:
        """Return the name of the package as it is installed by."""
        return self.package.replace("_", "-")

    def is_installed(self) -> bool:
        """Check whether the package is there."""
        return _is_installed(self.package)


def _noto(package: str, script: str) -> dict[str, FaceSource]:
    """Name the serif and the sans serif face of a script."""
    return {
        kind: FaceSource(
            postscript_name=f"Noto{family}{script}-Regular",
            package=package,
            file=f"Noto{family}{script}-Variable.ttf",
            axes=_UPRIGHT_WIDE,
        )
        for kind, family in zip(KINDS, ("Serif", "Sans"), strict=True)
    }


def _cjk(package: str, region: str) -> dict[str, FaceSource]:
    return {
        kind: FaceSource(
            postscript_name=f"Noto{family}{region}-Regular",
            package=package,
            file=f"Noto{family}{region}-Regular.otf",
            scale=0.94,
        )
        for kind, family in zip(KINDS, ("Serif", "Sans"), strict=True)
    }


def _sans_only(script: str) -> dict[str, FaceSource]:
    source = FaceSource(
        postscript_name=f"NotoSans{script}-Regular",
        package="manimgx_fonts",
        file=f"NotoSans{script}[wght].ttf",
        axes=_UPRIGHT,
    )
    return dict.fromkeys(KINDS, source)


def _latin() -> dict[str, FaceSource]:
    return {
        kind: FaceSource(
            postscript_name=f"Noto{family}-Regular",
            package=f"fontpkg_noto_{kind}",
            file=f"files/Noto{family}[wdth,wght].ttf",
            axes=_UPRIGHT_WIDE,
        )
        for kind, family in zip(KINDS, ("Serif", "Sans"), strict=True)
    }


_MANIM = {
    "Armn": "Armenian", "Beng": "Bengali", "Ethi": "Ethiopic", "Geor": "Georgian", "Gujr": "Gujarati",
    "Guru": "Gurmukhi", "Knda": "Kannada", "Khmr": "Khmer", "Laoo": "Lao", "Mlym": "Malayalam",
    "Mymr": "Myanmar", "Orya": "Oriya", "Sinh": "Sinhala", "Taml": "Tamil", "Telu": "Telugu",
    "Zsym": "Symbols",
}  # fmt: skip

TYPEFACES: Mapping[str, Mapping[str, FaceSource]] = {
    "Latn": _latin(),
    "Hans": _cjk("pylopdf_fonts_zh_cn", "SC"),
    "Hang": _cjk("pylopdf_fonts_ko", "KR"),
    "Arab": {
        "serif": FaceSource(
            postscript_name="NotoNaskhArabic-Regular",
            package="pylopdf_fonts_ar",
            file="NotoNaskhArabic-Variable.ttf",
            axes=_UPRIGHT,
        ),
        "sans": _noto("pylopdf_fonts_ar", "Arabic")["sans"],
    },
    "Hebr": _noto("pylopdf_fonts_he", "Hebrew"),
    "Deva": _noto("pylopdf_fonts_hi", "Devanagari"),
    "Thai": _noto("pylopdf_fonts_th", "Thai"),
    **{code: _sans_only(script) for code, script in _MANIM.items()},
}
"""The faces by ISO 15924 code and kind; `Latn` is for Greek, Cyrillic and signs too, `Zsym` for signs."""

_NAMED = {"Latn": "rare letters and signs", "Hans": "Chinese", "Hang": "Korean", "Zsym": "signs"}
NAMES = {code: _NAMED.get(code) or str(ucd.script_name(code)) for code in TYPEFACES}
"""What each typeface is for, in words."""


def face_name(kind: str, code: str) -> str:
    """Return the name of a script's face."""
    return f"{kind}-{code.lower()}"


def typefaces_for(character: str) -> tuple[str, ...]:
    """Return the codes of the typefaces that may show a character, the one to be asked first at the front."""
    code = str(ucd.script(character))
    if code in ("Latn", "Grek", "Cyrl"):
        return ("Latn",)
    if code in ("Hani", "Bopo"):
        return ("Hans",)
    if code in ("Zyyy", "Zinh", "Zzzz"):
        return (*_extended(character), "Latn", "Zsym")
    return (code,) if code in TYPEFACES else ()


def _extended(character: str) -> Iterator[str]:
    """Yield the scripts that share a sign, such as the danda of India, if they are few enough to be named."""
    return (code for code in sorted(ucd.script_extension(character)) if code in TYPEFACES and code != "Latn")


@lru_cache
def _is_installed(package: str) -> bool:
    return find_spec(package) is not None
