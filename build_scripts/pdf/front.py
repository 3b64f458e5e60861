"""Set what opens a book: half-title, title page, imprint, contents, list of figures."""

from collections.abc import Sequence
from dataclasses import replace

from docutils import nodes
from reportlab.platypus import Flowable

from build_scripts.pdf.archival import Info
from build_scripts.pdf.blocks import Rule, Space
from build_scripts.pdf.contents import Heading, lines
from build_scripts.pdf.context import Scope
from build_scripts.pdf.flow import Marker, stack
from build_scripts.pdf.pages import Start, Story
from build_scripts.pdf.palette import ACCENT
from build_scripts.pdf.tags import Element
from build_scripts.pdf.writer import Writer

TITLE = "title"
CONTENTS = "contents"
FIGURES = "figures"


def title_block(scribe: Writer, info: Info, root: Element) -> list[Flowable]:
    """Set the title of a short document."""
    block: list[Flowable] = [scribe.words(info.heading or info.title, "h1", root.add("H1"))]
    if info.subtitle:
        block[0].spaceAfter = 6
        block.append(scribe.words(info.subtitle, "subtitle", root.add("P")))
    return block


def title_pages(
    scribe: Writer, info: Info, parent: Element, imprint: nodes.Element | None, scope: Scope
) -> Story:
    """Set half-title and title on rectos, the imprint at the foot of the page behind."""
    depth = scribe.setting.sheet.geometry.depth
    story: Story = [
        Start(kind="bare"),
        Space(depth * 0.22),
        scribe.words(info.title, "half-title", parent.add("P")),
    ]
    story += [Start(kind="bare"), Start(kind="bare"), Space(depth * 0.16)]
    title = scribe.words(info.title, "title", parent.add("Title"))
    title.block_name = TITLE
    story.append(title)
    if info.subtitle:
        story.append(scribe.words(info.subtitle, "subtitle", parent.add("P")))
    story.append(Rule(48.0, colour=ACCENT, weight=1.2, space=10.0))
    for names in dict.fromkeys(name for name in (", ".join(info.creators), info.publisher) if name):
        story.append(scribe.words(names, "creators", parent.add("P")))
    story.append(Start(kind="bare"))
    if imprint is not None:
        story += at_foot(scribe.blocks(imprint, parent, replace(scope, text="imprint")), scope.width, depth)
    return story


def at_foot(flowables: list[Flowable], width: float, depth: float) -> list[Flowable]:
    """Let flowables stand at the foot of the type area."""
    _, whole = stack(flowables, width)
    return [Space(max(0.0, depth - whole.text - 1)), *flowables]


def contents_pages(scribe: Writer, entries: Sequence[Heading], parent: Element) -> Story:
    """Set the contents from a new page on."""
    words = scribe.setting.wording.contents
    heading = scribe.words(words, "h1", parent.add("H1"))
    heading.block_name = CONTENTS
    return [Start(head=words), Marker([CONTENTS]), heading, *lines(scribe, entries, parent.add("TOC"))]


def list_of_figures(scribe: Writer, entries: Sequence[Heading], parent: Element) -> Story:
    """Set the list of figures behind the contents, on the same page if there is room."""
    heading = scribe.words(scribe.setting.wording.figures, "h2", parent.add("H1"))
    return [Marker([FIGURES]), heading, *lines(scribe, entries, parent.add("TOC"))]
