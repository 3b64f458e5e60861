"""Read a CSL style and adapt it to a book whose list of sources is divided by kind."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from build_scripts.model import styles

CSL = "{http://purl.org/net/xbiblio/csl}"
ENGLISH = "en-US"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Hold an adapted style, the locale it is set in, and what it can say.

    `again` tells that what a note repeats is short and sufficient; `doubts`, that the style marks doubtful
    dates.
    """

    xml: bytes
    language: str
    again: bool
    doubts: bool


def read(name: str, language: str) -> Style:
    """Return a style for text in a language; the model has checked that there is one of that name.

    English is American where the style does not say otherwise: the great styles are, and the commas inside
    their quotation marks need American rules.
    """
    root = etree.fromstring(styles.find(name).read_bytes())
    notes = root.get("class") == "note"
    numbered = root.find(f".//{CSL}*[@variable='first-reference-note-number']") is not None
    _adapt(root)
    default = root.get("default-locale", "")
    if language.partition("-")[0] == "en":
        language = default if default.startswith("en-") else ENGLISH
    return Style(
        xml=etree.tostring(root),
        language=language,
        again=notes and not numbered,
        doubts=root.find(f".//{CSL}*[@is-uncertain-date]") is not None,
    )


def _adapt(root: etree._Element) -> None:
    """Change what a style says of its document.

    A dash for the author of the entry above would stand below another entry in a list divided by kind. Notes
    of one style and citations in the text of another stand in the same places here, and neither needs the
    square brackets that some styles have around all that is cited.
    """
    root.set("class", "in-text")
    for layout in root.iterfind(f"{CSL}citation/{CSL}layout"):
        if (layout.get("prefix", "").strip(), layout.get("suffix")) == ("[", "]"):
            del layout.attrib["prefix"], layout.attrib["suffix"]
    for element in root.iter(f"{CSL}bibliography"):
        element.attrib.pop("subsequent-author-substitute", None)
        element.attrib.pop("subsequent-author-substitute-rule", None)
    _mend(root)


def _mend(root: etree._Element) -> None:
    """Mend what styles say that leaves a bare word or number in an entry.

    The Chicago styles say "on" of a broadcast that has no publisher; Harvard counts volumes by a label of
    another variable, which CSL leaves out.
    """
    for term in list(root.iter(f"{CSL}text")):
        following = term.getnext()
        if term.get("term") == "on" and following is not None and "publication" in following.get("macro", ""):
            choose = etree.Element(f"{CSL}choose")
            term.addprevious(choose)
            etree.SubElement(choose, f"{CSL}if", variable="publisher").append(term)
    for label in root.iter(f"{CSL}label"):
        previous = label.getprevious()
        if previous is not None and previous.get("variable") == "number-of-volumes":
            label.set("variable", "number-of-volumes")
