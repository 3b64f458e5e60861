"""The running head of a page names what the page tells of."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer

from build_scripts.pdf.flow import Marker
from build_scripts.pdf.pages import Start, Story, compose
from build_scripts.pdf.style import sheet

SHEET = sheet()
DEPTH = SHEET.geometry.depth


def block(share: float) -> Flowable:
    """Return something that takes a share of a page."""
    return Spacer(1, share * DEPTH)


def heads(*story: Flowable) -> list[str]:
    """Return what stands at the head of each page as a recto."""
    whole: Story = [Start(kind="plain", head="Chapter"), *story]
    return [page.recto for page in compose(whole, SHEET)]


def test_a_page_that_a_section_begins_is_headed_by_that_section() -> None:
    story = (Marker(running="One"), block(0.9), Marker(running="Two"), block(0.9))

    assert heads(*story) == ["One", "Two"]


def test_a_page_on_which_a_section_goes_on_is_headed_by_it() -> None:
    story = (Marker(running="One"), block(0.9), block(0.2), Marker(running="Two"), block(0.3))

    assert heads(*story) == ["One", "One"]


def test_a_page_before_any_section_is_headed_by_its_chapter() -> None:
    assert heads(block(0.9), block(0.9), Marker(running="One"), block(0.05)) == ["Chapter", "One"]
