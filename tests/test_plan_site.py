"""The plan of the second dossier on the site and in the EPUB, used in a browser as a reader would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page

from build_scripts.draw.style import DARK_COLOURS
from build_scripts.judges.browsers import violations

BUILDS = Callable[..., Path]
Scheme = Literal["light", "dark"]
WIDTHS = {"wide": 1280, "narrow": 360}
PHASES = ["phase-calm", "phase-night", "phase-later"]

# Every mark of the drawings that show, with its contrast to the nearest filled shape or page under it; a line
# is an edge as well, and has to stand out somewhere on one of its sides. Rules and grids say nothing.
MEASURE = """() => {
  const style = document.createElement("style");
  style.textContent = "svg.drawing * { pointer-events: visiblePainted !important }";
  document.head.append(style);
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = parse(colour).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const page = getComputedStyle(document.body).backgroundColor;
  const under = (mark, { x, y }) => {
    const stack = document.elementsFromPoint(x, y);
    const below = stack.slice(stack.indexOf(mark) + 1);
    const filled = below.find((one) => one.tagName === "path" && getComputedStyle(one).fill !== "none");
    return filled ? getComputedStyle(filled).fill : parse(page)[3] === 0 ? "rgb(255, 255, 255)" : page;
  };
  const most = (line, stroke) => {
    const length = line.getTotalLength();
    let best = 0;
    for (const part of [0.5, 0.3, 0.7]) {
      const { x, y } = line.getPointAtLength(part * length).matrixTransform(line.getScreenCTM());
      for (const off of [0, -3, 3]) {
        best = Math.max(best, contrast(stroke, under(line, { x: x + off, y: y + off })));
        if (best >= 3) return best;
      }
    }
    return best;
  };
  const found = [];
  for (const drawing of document.querySelectorAll("svg.drawing")) {
    if (!drawing.getClientRects().length) continue;
    if (drawing.getBoundingClientRect().bottom > innerHeight) throw new Error("the window is too low");
    for (const text of drawing.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      const ground = under(text, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
      found.push(["text", text.textContent, contrast(getComputedStyle(text).fill, ground)]);
    }
    // A gap has the colour of the ground: it makes two lines of one.
    for (const line of drawing.querySelectorAll("path:not(.drawing-rule, .drawing-grid, .drawing-gap)")) {
      const stroke = getComputedStyle(line).stroke;
      if (stroke === "none") continue;
      found.push(["line", line.getAttribute("class"), most(line, stroke)]);
    }
  }
  return found;
}"""

# Words of the drawings that show which reach out of their drawing, where nobody sees them. The box of a line
# of text is higher than its letters, by the ascent and descent of the typefaces.
CLIPPED = """() => [...document.querySelectorAll("svg.drawing")].flatMap((drawing) => {
  const frame = drawing.getBoundingClientRect();
  return [...drawing.querySelectorAll("text")]
    .filter((text) => text.getClientRects().length)
    .filter((text) => {
      const box = text.getBoundingClientRect();
      const [top, bottom] = [box.top + 0.22 * box.height, box.bottom - 0.07 * box.height];
      return box.left < frame.left - 1 || box.right > frame.right + 1
        || top < frame.top - 1 || bottom > frame.bottom + 1;
    }).map((text) => text.textContent);
})"""

# What has the focus if it shows so, by an outline or by the ring of a drawing; else what does not.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one.closest("article")) return null;
  one.dataset.visited = "yes";
  const drawing = one.closest("svg.drawing");
  const sign = drawing ? drawing.querySelector(".plan-ring") : one;
  const { outlineStyle, outlineWidth, strokeWidth } = sign ? getComputedStyle(sign) : {};
  const width = drawing ? strokeWidth : outlineStyle !== "none" && outlineWidth;
  return parseFloat(width) >= 2 ? "" : one.outerHTML.slice(0, 90);
}"""

FIRST = """[...document.querySelectorAll("article :is(a, button, input, summary, [tabindex='0'])")]
  .find((one) => one.checkVisibility({ visibilityProperty: true })).focus()"""

# What could have the focus but had it not; of the phases the chosen one has it for all.
MISSED = """[...document.querySelectorAll("article :is(a, button, input, summary, [tabindex='0'])")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => !one.dataset.visited && !(one.type === "radio" && !one.checked))
  .map((one) => one.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def site(build: BUILDS) -> Path:
    """Give the folder of the site."""
    return build("html") / "html"


@pytest.fixture(scope="module")
def book(build: BUILDS, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the documents of the EPUB, unpacked."""
    folder = tmp_path_factory.mktemp("epub")
    with zipfile.ZipFile(build("epub") / "epub/dossier.epub") as archive:
        archive.extractall(folder)
    return folder / "EPUB"


@pytest.fixture
def open_plan(browser: Browser, site: Path, request: pytest.FixtureRequest) -> Callable[..., Page]:
    """Return a function that opens the page of the plan, with further options of the browser."""

    def opened(
        width: int = WIDTHS["wide"], height: int = 900, name: str = "plan.html", **options: Any
    ) -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        request.addfinalizer(page.close)
        page.goto((site / name).as_uri())
        return page

    return opened


def phases(page: Page) -> list[str]:
    """Return the phases that show."""
    return [name for name in PHASES if page.locator(f"#{name}").is_visible()]


def room(page: Page, name: str, body: str = "wide") -> Locator:
    """Return a room of the ground floor as drawn."""
    return page.locator(f"#plan-ground svg.drawing-{body} a[*|href='#{name}']")


def box(page: Page, name: str) -> Locator:
    """Return a box or button by which to choose on the ground floor, or among the phases."""
    return page.locator("#plan-ground .plan-choices, .plan-phases").get_by_label(name)


def focus(page: Page) -> str:
    """Return the id or the text of what has the focus."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def addresses(panel: Locator) -> list[str]:
    """Return where the links of a panel lead."""
    return [str(link.get_attribute("href")) for link in panel.locator("a").all()]


def is_told(site: Path, address: str) -> bool:
    """Tell whether a link from the plan leads to a place that its page has."""
    page, _, name = address.partition("#")
    path = site / (page or "plan.html")
    return path.is_file() and f'id="{name}"' in path.read_text("utf-8")


def test_choosing_a_phase_hides_the_others_and_all_come_back(open_plan: Callable[..., Page]) -> None:
    page = open_plan()
    assert phases(page) == PHASES

    box(page, "The night of the wreck").check()
    assert phases(page) == ["phase-night"]
    box(page, "All phases").check()
    assert phases(page) == PHASES


def test_a_link_into_a_phase_that_is_hidden_shows_it_also_when_followed_again(
    open_plan: Callable[..., Page],
) -> None:
    page = open_plan(1440)
    for _ in range(2):
        box(page, "Afterwards").check()
        assert phases(page) == ["phase-later"]
        page.locator(".toc-tree a[href='#phase-night']").click()
        assert "phase-night" in phases(page)
        assert box(page, "All phases").is_checked()

    box(page, "Afterwards").check()
    page.evaluate("location.hash = 'marker-night-m-death'")
    page.wait_for_function("document.getElementById('marker-night-m-death').getClientRects().length")


@pytest.mark.parametrize("body", WIDTHS)
def test_a_room_that_is_clicked_says_what_happened_there_with_links_to_events_and_people(
    body: str, open_plan: Callable[..., Page], site: Path
) -> None:
    page = open_plan(WIDTHS[body])
    drawn = room(page, "room-g-kitchen", body)
    drawn.scroll_into_view_if_needed()
    frame = drawn.bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + frame["width"] * 0.2, frame["y"] + frame["height"] * 0.3)

    panel = page.locator(".plan-panel")
    assert panel.locator("h3").inner_text() == "1 Kitchen Culina"
    assert "What happened here" in panel.inner_text()
    assert "Survivors are brought ashore in two tides" in panel.inner_text()
    led = addresses(panel)
    assert "chronology.html#event-landing" in led
    assert "biographies.html#person-obrazets" in led
    assert [address for address in led if not is_told(site, address)] == []
    frame = panel.bounding_box()
    assert frame is not None
    assert 0 < frame["y"] < frame["y"] + frame["height"] <= 900


def test_a_sign_that_is_clicked_says_when_and_to_whom_it_happened(
    open_plan: Callable[..., Page], site: Path
) -> None:
    page = open_plan()
    page.locator("#phase-night svg.drawing-wide a.marker.death").click()

    panel = page.locator(".plan-panel")
    assert "15 November 1888 and 16 November 1888" in panel.inner_text()
    led = addresses(panel)
    assert {"chronology.html#event-landing", "biographies.html#person-paradigma", "#room-g-kitchen"} < set(
        led
    )
    assert [address for address in led if not is_told(site, address)] == []


def test_a_room_is_chosen_and_left_by_the_keyboard_alone(open_plan: Callable[..., Page]) -> None:
    page = open_plan()
    page.locator("#plan-ground summary").focus()
    page.keyboard.press("Tab")
    first = focus(page)
    assert first == "drawing-plan-ground-g-kitchen"
    assert page.locator("#plan-ground .plan-ring").count() == 1

    page.keyboard.press("Enter")
    assert focus(page) == "1 Kitchen Culina"
    page.keyboard.press("Tab")
    assert focus(page) == "Close"
    page.keyboard.press("Escape")
    assert page.locator(".plan-panel").count() == 0
    assert focus(page) == first

    page.keyboard.press("Enter")
    page.get_by_role("button", name="Close").press("Enter")
    assert focus(page) == first


def test_another_room_takes_the_place_of_the_first(open_plan: Callable[..., Page]) -> None:
    page = open_plan()
    for name in ("room-g-kitchen", "room-g-court"):
        room(page, name).focus()
        page.keyboard.press("Enter")

    assert page.locator(".plan-panel h3").all_inner_texts() == ["4 Light court"]
    assert page.locator("svg.drawing-wide a.chosen").count() == 1


def test_a_row_leads_to_its_room_on_the_plan_and_the_room_to_its_row(open_plan: Callable[..., Page]) -> None:
    page = open_plan()
    page.get_by_role("button", name="Show on the plan: 3 Oil store, disputed").click()
    assert focus(page) == "drawing-plan-ground-g-store"
    assert page.locator("#plan-ground .plan-ring").count() == 1

    page.keyboard.press("Enter")
    page.get_by_role("link", name="Read more in the list").click()
    assert page.evaluate("location.hash") == "#room-g-store"


def test_the_way_to_the_plan_brings_back_what_was_hidden_there(open_plan: Callable[..., Page]) -> None:
    page = open_plan()
    page.locator("#plan-ground summary").click()
    box(page, "Rooms").uncheck()
    box(page, "disputed").uncheck()
    page.get_by_role("button", name="Show on the plan: 3 Oil store, disputed").click()

    assert focus(page) == "drawing-plan-ground-g-store"
    assert box(page, "Rooms").is_checked()


@pytest.mark.parametrize("body", WIDTHS)
def test_boxes_hide_and_show_layers_and_levels_of_certainty(
    body: str, open_plan: Callable[..., Page]
) -> None:
    page = open_plan(WIDTHS[body])
    drawing = page.locator(f"#plan-ground svg.drawing-{body}")
    page.locator("#plan-ground summary").click()

    walls = drawing.locator("g.layer > g.wall")
    assert walls.count() == 12
    box(page, "Walls").uncheck()
    assert [wall for wall in walls.all() if wall.is_visible()] == []
    assert room(page, "room-g-kitchen", body).is_visible()
    box(page, "Walls").check()

    # The oil store is disputed: it goes with its name, and the key that explains the level stays.
    store, name = room(page, "room-g-store", body), drawing.locator("[id$='label--g-store']")
    box(page, "disputed").uncheck()
    assert not store.is_visible()
    assert not name.is_visible()
    assert drawing.locator(".key-entry.certainty-disputed").is_visible()
    assert len([wall for wall in walls.all() if wall.is_visible()]) == 11
    box(page, "disputed").check()
    assert store.is_visible()
    assert name.is_visible()


def test_every_control_and_link_is_reached_by_the_keyboard_and_shows_that_it_is(
    open_plan: Callable[..., Page],
) -> None:
    page = open_plan()
    page.locator("#plan-ground summary").press("Enter")
    page.evaluate(FIRST)
    seen: list[str] = []
    while (unseen := page.evaluate(FOCUSED)) is not None:
        seen.append(unseen)
        page.keyboard.press("Tab")

    assert len(seen) > 100
    assert [one for one in seen if one] == []
    assert page.evaluate(MISSED) == []


def test_without_scripts_every_phase_and_row_is_there_and_no_control_that_does_nothing(
    open_plan: Callable[..., Page],
) -> None:
    page = open_plan(java_script_enabled=False)

    assert phases(page) == PHASES
    assert all(row.is_visible() for row in page.locator("article tr").all())
    assert all(line.is_visible() for line in page.locator("ul.markers > li").all())
    controls = page.locator("button, select, summary, input:not(.sidebar-toggle)").all()
    assert [control.get_attribute("class") for control in controls if control.is_visible()] == []


def test_paper_gets_all_phases_and_no_controls_whatever_was_chosen(open_plan: Callable[..., Page]) -> None:
    page = open_plan()
    box(page, "Afterwards").check()
    room(page, "room-g-kitchen").focus()
    page.keyboard.press("Enter")
    page.emulate_media(media="print")

    assert phases(page) == PHASES
    controls = page.locator(".plan-choices, .plan-panel, .plan-show, .plan-ring").all()
    assert len(controls) > 20
    assert [control for control in controls if control.is_visible()] == []


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_the_narrow_drawings_show_whole_and_nothing_scrolls_sideways(
    width: int, open_plan: Callable[..., Page]
) -> None:
    page = open_plan(width)
    for summary in page.locator(".plan-choices summary").all():
        summary.click()
    room(page, "room-g-tower", "narrow").focus()
    page.keyboard.press("Enter")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(drawing.is_visible() for drawing in page.locator("svg.drawing-narrow").all())
    assert not any(drawing.is_visible() for drawing in page.locator("svg.drawing-wide").all())
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("body", WIDTHS)
def test_lines_and_words_stand_out_from_what_lies_under_them(
    body: str, scheme: Scheme, open_plan: Callable[..., Page]
) -> None:
    page = open_plan(WIDTHS[body], height=20000, color_scheme=scheme)
    measured = page.evaluate(MEASURE)

    assert {kind for kind, _, _ in measured} == {"line", "text"}
    assert [one for one in measured if one[2] < (4.5 if one[0] == "text" else 3)] == []
    assert page.evaluate(CLIPPED) == []


def test_axe_core_finds_nothing_in_the_way_while_a_room_is_chosen_on_a_phone(
    open_plan: Callable[..., Page],
) -> None:
    page = open_plan(WIDTHS["narrow"], name="chapters/03-the-keeping.html")
    page.locator("summary").click()
    page.locator("svg.drawing-narrow a.room").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".plan-panel").is_visible()

    assert list(violations(page)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_hand_of_an_e_reader_the_plans_are_narrow_whole_and_in_its_colours(
    scheme: Scheme, browser: Browser, book: Path
) -> None:
    drawn = [path for path in sorted(book.rglob("*.xhtml")) if "drawing-narrow" in path.read_text("utf-8")]
    assert len(drawn) == 2
    for path in drawn:
        page = browser.new_page(viewport={"width": 360, "height": 20000}, color_scheme=scheme)
        page.goto(path.as_uri())
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        faults = [one for one in page.evaluate(MEASURE) if one[2] < (4.5 if one[0] == "text" else 3)]

        assert all(drawing.is_visible() for drawing in page.locator("svg.drawing-narrow").all())
        assert not any(drawing.is_visible() for drawing in page.locator("svg.drawing-wide").all())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate(CLIPPED) == []
        assert faults == []
        if scheme == "dark":
            paper = [int(DARK_COLOURS["paper"][place : place + 2], 16) for place in (1, 3, 5)]
            assert [int(part) for part in re.findall(r"\d+", ground)] == paper
        page.close()
