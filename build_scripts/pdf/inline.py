"""Turn inline nodes into runs of text, with elements for links, references, quotes, foreign words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.context import Refused, Scope, Setting, UnknownNode
from build_scripts.pdf.drawing import measure
from build_scripts.pdf.looks import bold, slanted
from build_scripts.pdf.palette import COOL
from build_scripts.pdf.pictures import draw_picture, picture
from build_scripts.pdf.tags import Dest, Element, Target, Uri
from build_scripts.pdf.text import Inset, Run, TextStyle

LANGUAGE = "language-"
SKIPPED = {"index", "comment", "substitution_definition"}

ROOM = "\N{EM SPACE}"
"""The character whose place a picture takes: part of a word, and never a space to be stretched."""
INSET_HEIGHT, INSET_DROP = 1.15, 0.25
"""How high a picture in a line may be and how far it reaches below the baseline, in em."""

BETWEEN, NOTE_RISE = ",", 0.34
"""What keeps the numbers of two notes apart, and how far they are raised, in em."""

EXPLAINED = " ({})"
"""How the meaning of an abbreviation stands behind it, where a reader of paper meets it first."""
UNEXPLAINED = (nodes.title, nodes.subtitle, nodes.term, nodes.caption, nodes.rubric)
"""What is too short for it: the running text below has it."""

NoteMaker = Callable[[nodes.Element, Element, str], tuple[Flowable, ...]]
"""Make the flowables of a footnote: (footnote node, parent element, name of the place it is cited at)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """Say how the text at this depth looks and what it is."""

    style: TextStyle
    element: Element | None
    lang: str | None = None
    link: Target | None = None
    link_element: Element | None = None
    contents: str = ""


@dataclass(slots=True, kw_only=True)
class InlineWriter:
    """Write the inline nodes of one paragraph.

    `element` is that of the paragraph, none for an artifact; `notes` takes the notes that are cited here
    first; `holder` is the node whose text this is.
    """

    setting: Setting
    scope: Scope
    element: Element | None
    notes: Element | None
    make_note: NoteMaker
    anchors: list[str]
    holder: nodes.Element

    def runs(self, node: nodes.Element, style: TextStyle) -> list[Run]:
        """Give the runs of all children of a node."""
        runs = list(self._children(node, _State(style=style, element=None)))
        return [replace(run, anchor=anchor) if anchor else run for run, anchor in self._anchored(runs)]

    def _anchored(self, runs: list[Run]) -> Iterator[tuple[Run, str | None]]:
        for run in runs:
            if run.anchor is None and self.anchors:
                yield run, self.anchors.pop(0)
            else:
                yield run, None

    def _children(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        before: nodes.Node | None = None
        for child, following in zip_longest(node.children, node.children[1:]):
            if isinstance(child, nodes.Text) and isinstance(following, nodes.footnote_reference):
                # The number of a note stands close to its word, whatever the source has between them.
                text = child.astext().rstrip()
                if not text and isinstance(before, nodes.footnote_reference):
                    yield self._text(BETWEEN, replace(state, style=shifted(state.style, NOTE_RISE)))
                yield self._text(text, state)
            else:
                yield from self._write(child, state)
            before = child

    def _write(self, node: nodes.Node, state: _State) -> Iterator[Run]:
        name = type(node).__name__
        if isinstance(node, nodes.Text):
            yield self._text(node.astext(), state)
            return
        if name in SKIPPED:
            return
        assert isinstance(node, nodes.Element)
        handler = HANDLERS.get(name)
        if handler is None:
            raise UnknownNode(node)
        if not isinstance(node, (nodes.reference, nodes.footnote_reference)) and not self.scope.artifact:
            self.anchors += [name for name in node["ids"] if name in self.setting.ids]
        yield from handler(self, node, self._with_classes(node, state))

    def _text(self, text: str, state: _State) -> Run:
        return Run(
            text=text,
            style=state.style,
            lang=state.lang,
            element=state.element,
            link=state.link,
            link_element=state.link_element,
            contents=state.contents,
        )

    def _inner(self, state: _State, tag: str, **properties: str) -> Element | None:
        """Add an inline element below the one that rules here; none in an artifact."""
        parent = state.element or self.element
        return parent.add(tag, **properties) if parent is not None else None

    def _with_classes(self, node: nodes.Element, state: _State) -> _State:
        for name in node["classes"]:
            if name.startswith(LANGUAGE):
                lang = name.removeprefix(LANGUAGE)
                state = replace(state, lang=lang, element=self._inner(state, "Span", lang=lang))
            elif name == "quote":
                state = replace(state, element=self._inner(state, "Quote"))
            elif name in self.setting.sheet.accents:
                state = replace(state, style=self.setting.sheet.accents[name].on(state.style))
        return state

    def _plain(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        return self._children(node, state)

    def _abbreviation(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        """Write an abbreviation; its first use in running text has the expansion in brackets."""
        explanation = node.get("explanation", "")
        if not explanation:
            yield from self._children(node, state)
            return
        yield from self._children(
            node, replace(state, element=self._inner(state, "Span", expansion=explanation))
        )
        key = (node.astext(), explanation)
        if not isinstance(self.holder, UNEXPLAINED) and key not in self.setting.explained:
            self.setting.explained.add(key)
            yield replace(self._text(EXPLAINED.format(explanation), state), added=True)

    def _emphasis(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        return self._children(
            node, replace(state, style=replace(state.style, face=slanted(state.style.face)))
        )

    def _strong(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        return self._children(node, replace(state, style=replace(state.style, face=bold(state.style.face))))

    def _literal(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        face = bold("sans") if "semibold" in state.style.face else "sans"
        style = replace(state.style, face=face, size=state.style.size * 0.93)
        return self._children(node, replace(state, style=style, element=self._inner(state, "Code")))

    def _superscript(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        return self._children(node, replace(state, style=shifted(state.style, 0.34)))

    def _subscript(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        return self._children(node, replace(state, style=shifted(state.style, -0.14)))

    def _reference(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        name = node.get("refid") or node.get("refuri", "").removeprefix("#")
        if "refid" in node or node.get("refuri", "").startswith("#"):
            if name not in self.setting.ids:
                self.setting.unresolved.append(name)
                return self._children(node, state)
            target: Target = Dest(name)
        else:
            target = Uri(node["refuri"])
        if self.element is None or state.link is not None:
            return self._children(node, state)
        contents = node.get("reftitle") or " ".join(node.astext().split())
        element = self._inner(state, "Link")
        style = replace(state.style, colour=COOL) if isinstance(target, Uri) else state.style
        return self._children(
            node,
            replace(
                state, style=style, element=element, link=target, link_element=element, contents=contents
            ),
        )

    def _image(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        """Give a picture in the line, no higher than the letters reach, so that no line is pushed away."""
        assert isinstance(node, nodes.image)
        alt = " ".join(node.get("alt", "").split())
        if not alt:
            raise Refused(node, "a picture without a text that stands for it; give it an alt text")
        shown = picture(node, self.setting.images, self.scope.width)
        size = state.style.size
        scale = min(1.0, INSET_HEIGHT * size / shown.height, self.scope.width / shown.width)
        inset = Inset(placed=shown, draw=draw_picture, scale=scale, drop=INSET_DROP * size)
        space = measure(ROOM, state.style, self.setting.fonts)
        style = replace(state.style, tracking=inset.size[0] - space + state.style.tracking)
        element = self._inner(state, "Figure", alt=alt)
        yield replace(self._text(ROOM, state), style=style, element=element, inset=inset)

    def _footnote_reference(self, node: nodes.Element, state: _State) -> Iterator[Run]:
        name = node["refid"]
        footnote = self.setting.footnotes.get(name)
        if footnote is None:
            raise UnknownNode(node)
        style = shifted(state.style, NOTE_RISE)
        if self.element is None or self.notes is None:
            yield self._text(node.astext(), replace(state, style=style))
            return
        reference = self._inner(state, "Reference")
        assert reference is not None
        link = reference.add("Link")
        label = node.astext()
        run = Run(
            text=label,
            style=style,
            element=link,
            link=Dest(name),
            link_element=link,
            contents=self.setting.wording.note.format(label=label),
        )
        if name not in self.setting.cited:
            self.setting.cited.add(name)
            place = node["ids"][0]
            note = self.make_note(footnote, self.notes, place)
            if self.scope.notes is not None:
                self.scope.notes.extend(note)
                note = ()
            run = replace(run, anchor=place, note=note)
        yield run


def shifted(style: TextStyle, share: float) -> TextStyle:
    """Make a small raised or lowered style of a style; figures stand in line."""
    features = tuple(feature for feature in style.features if feature not in {"onum", "pnum"})
    return replace(
        style, size=style.size * 0.66, rise=style.rise + style.size * share, features=(*features, "lnum")
    )


HANDLERS: dict[str, Callable[[InlineWriter, nodes.Element, _State], Iterator[Run]]] = {
    **dict.fromkeys(
        ("inline", "generated", "acronym", "target", "literal_emphasis", "manpage"),
        InlineWriter._plain,
    ),
    "abbreviation": InlineWriter._abbreviation,
    **dict.fromkeys(("emphasis", "title_reference"), InlineWriter._emphasis),
    **dict.fromkeys(("strong", "literal_strong"), InlineWriter._strong),
    "literal": InlineWriter._literal,
    "superscript": InlineWriter._superscript,
    "subscript": InlineWriter._subscript,
    **dict.fromkeys(("reference", "citation_reference"), InlineWriter._reference),
    "footnote_reference": InlineWriter._footnote_reference,
    "image": InlineWriter._image,
}
