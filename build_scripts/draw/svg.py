"""Write a drawing as SVG (SVG 2, also well-formed XHTML content): named groups with titles, text as text.

Colours stand twice: as attributes, for readers without style, and in a style sheet as custom properties
(`--drawing-ink` and so on), which the page around the drawing may set, for a dark scheme for instance.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from build_scripts.draw import draw
from build_scripts.draw.style import COLOURS, DARK_COLOURS, LETTERS, PENS, Letter, Pen
from build_scripts.layout.shapes import Group, Path, Placed, Text, Xy
from build_scripts.pdf.bidi import isolated

FAMILIES = {
    "serif": "'Source Serif 4', Georgia, serif",
    "sans": "'Source Sans 3', 'Helvetica Neue', Arial, sans-serif",
}
NAMESPACE = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
# Inline style holds for the whole page, also in readers that take no other.
WIDTHS = (
    "svg.drawing-narrow { display: none } "
    "@media (max-width: 36em) { svg.drawing-wide { display: none } svg.drawing-narrow { display: block } }"
)


Resolve = Callable[[str], str | None]


def unlinked(name: str) -> None:
    """Answer that nothing is told under a name."""


def svg(placed: Placed, prefix: str, *, body: str = "", resolve: Resolve = unlinked) -> str:
    """Return the drawing as an element of HTML5 or XHTML.

    `prefix` keeps its ids apart on the page; `body` is "wide" or "narrow" where a page has the drawing in two
    widths and shows that which fits; `resolve` gives the address of what a group links to.
    """
    rules = (WIDTHS,) if body else ()
    surface = SvgSurface(prefix, rules=rules, body=body, resolve=resolve)
    draw(placed, surface)
    return surface.document()


def standalone(placed: Placed, prefix: str) -> str:
    """Return the drawing as a file of its own, dark where the reader's system is."""
    surface = SvgSurface(prefix, rules=(_scheme(DARK_COLOURS),))
    draw(placed, surface)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{surface.document()}'


def scheme(colours: dict[str, str] = DARK_COLOURS) -> str:
    """Return declarations that set a scheme of colours for every drawing on a page."""
    return " ".join(f"--drawing-{name}: {value};" for name, value in colours.items())


def _scheme(colours: dict[str, str]) -> str:
    rule = f"svg {{ {scheme(colours)} background: {colours['paper']}; }}"
    return f"@media (prefers-color-scheme: dark) {{ {rule} }}"


class SvgSurface:
    """Collect the lines of an SVG document."""

    def __init__(
        self, prefix: str, rules: tuple[str, ...] = (), body: str = "", resolve: Resolve = unlinked
    ) -> None:
        """Take the prefix of ids, rules to add to the style sheet, the width shown, the way to addresses."""
        self.prefix = prefix
        self.rules = rules
        self.names = f"drawing drawing-{body}" if body else "drawing"
        self.resolve = resolve
        self._head = ""
        self._body: list[str] = []
        self._open: list[str] = []
        self._used: dict[str, str] = {}
        self._height = 0.0

    def begin(self, placed: Placed) -> None:
        """Open the document with title and description."""
        self._height = placed.height
        title, description = f"{self.prefix}--title", f"{self.prefix}--description"
        self._head = (
            f'<svg xmlns="{NAMESPACE}" xmlns:xlink="{XLINK}" id={quoteattr(self.prefix)} '
            f'class="{self.names}" role="graphics-document document" '
            f'aria-labelledby="{title}" aria-describedby="{description}" '
            f'viewBox="0 0 {_number(placed.width)} {_number(placed.height)}" '
            f'width="{_number(placed.width)}pt" height="{_number(placed.height)}pt">\n'
            f'<title id="{title}">{escape(isolated(placed.title))}</title>\n'
            f'<desc id="{description}">{escape(isolated(placed.description))}</desc>\n'
        )

    def open(self, group: Group) -> None:
        """Open a group with its id, what it is and its title."""
        names = f"{group.role} certainty-{group.certainty}" if group.certainty else group.role
        facts = "".join(f" data-{name}={quoteattr(value)}" for name, value in group.facts)
        title = f"<title>{escape(isolated(group.title))}</title>"
        address = self.resolve(group.link) if group.link else None
        self._open.append("a" if address else "g")
        what = f'id="{self.prefix}-{group.id}" class={quoteattr(names)}{facts}'
        if address:
            label = quoteattr(isolated(group.title))
            self._body.append(
                f'<a {what} role="link" aria-label={label} xlink:href={quoteattr(address)}>{title}'
            )
        else:
            # What is inside a symbol is not read on its own (WAI-ARIA Graphics Module, 4).
            role = "group" if any(isinstance(item, Group) for item in group.items) else "graphics-symbol"
            self._body.append(f'<g {what} role="{role}">{title}')

    def path(self, path: Path) -> None:
        """Add a path."""
        pen = PENS[path.pen]
        name = f"drawing-{path.pen}"
        self._used[name] = _pen_rule(pen)
        data = "".join(f"{segment.op}{self._points(segment.points)}" for segment in path.segments)
        self._body.append(f'<path role="none" class="{name}"{_pen_attributes(pen)} d="{data}"/>')
        if pen.gap:
            gap = Pen(stroke="paper", weight=pen.gap)
            self._used["drawing-gap"] = _pen_rule(gap)
            self._body.append(f'<path role="none" class="drawing-gap"{_pen_attributes(gap)} d="{data}"/>')

    def text(self, text: Text) -> None:
        """Add a line of text."""
        letter = LETTERS[text.style]
        name = f"drawing-text-{text.style}"
        self._used[name] = f"fill: var(--drawing-{letter.colour}, {COLOURS[letter.colour]})"
        x, y = _number(text.x), _number(self._height - text.y)
        turn = f' transform="rotate({_number(-text.angle)} {x} {y})"' if text.angle else ""
        anchor = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
        lang = f" xml:lang={quoteattr(text.lang)}" if text.lang else ""
        self._body.append(
            f'<text role="none" class="{name}" x="{x}" y="{y}"{turn}{anchor}{lang}'
            f"{_letter_attributes(letter)}>"
            f"{escape(isolated(text.text))}</text>"
        )

    def close(self, group: Group) -> None:
        """Close a group."""
        self._body.append(f"</{self._open.pop()}>")

    def end(self) -> None:
        """Close the document."""
        self._body.append("</svg>\n")

    def document(self) -> str:
        """Return the whole document."""
        rules = [*self.rules, *(f".{name} {{ {rule} }}" for name, rule in sorted(self._used.items()))]
        style = "\n".join(rules)
        return f'{self._head}<style id="{self.prefix}--style">\n{style}\n</style>\n' + "\n".join(self._body)

    def _points(self, points: tuple[Xy, ...]) -> str:
        return " ".join(f"{_number(x, 1)} {_number(self._height - y, 1)}" for x, y in points)


def _pen_rule(pen: Pen) -> str:
    paints = (("fill", pen.fill), ("stroke", pen.stroke))
    return "; ".join(f"{name}: var(--drawing-{value}, {COLOURS[value]})" for name, value in paints if value)


def _pen_attributes(pen: Pen) -> str:
    fill = f' fill="{COLOURS[pen.fill]}" fill-rule="evenodd"' if pen.fill else ' fill="none"'
    if not pen.stroke:
        return fill
    dash = f' stroke-dasharray="{" ".join(map(_number, pen.dash))}"' if pen.dash else ""
    ends = ' stroke-linecap="round" stroke-linejoin="round"' if pen.round else ""
    return f'{fill} stroke="{COLOURS[pen.stroke]}" stroke-width="{_number(pen.weight)}"{dash}{ends}'


def _letter_attributes(letter: Letter) -> str:
    weight = ' font-weight="600"' if letter.semibold else ""
    slope = ' font-style="italic"' if letter.italic else ""
    return (
        f' font-family="{FAMILIES[letter.family]}" font-size="{_number(letter.size)}"{weight}{slope}'
        f' fill="{COLOURS[letter.colour]}"'
    )


def _number(value: float, places: int = 2) -> str:
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
