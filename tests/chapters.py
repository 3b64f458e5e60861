"""Draw chapters of every construct of docutils and every directive of Sphinx, within each other."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from build_scripts.manuscript import parser, refusals, roles

CITE = "\\ :cite:`first-source`"

words = st.sampled_from(["lamp", "It went out", "a keeper", "Émile", "3", "x", "at night"])
names = st.sampled_from(["alpha", "beta"])
classes = st.sampled_from(["lead", "wide", "closer", "index", "account", "toctree-wrapper", "own", "part"])

# Of these the dossier has no records, or their text is a number.
ABSENT = ("org", "room", "phase", "series", "pep", "rfc")
RECORDS = {
    "person": "first-person", "event": "first-event", "account": "how-many", "term": "first-term",
    "cite": "first-source",
}  # fmt: skip


@st.composite
def inline(draw: st.DrawFn, depth: int = 1) -> str:
    """Return a line of text with marks in it."""
    pieces = draw(st.lists(st.one_of(words, _marked(), *([_role()] * 2)), min_size=1, max_size=4))
    return " ".join(pieces)


def _marked() -> st.SearchStrategy[str]:
    sound = st.one_of(
        words.map("*{}*".format), words.map("**{}**".format), words.map("``{}``".format),
        words.map("`{}`".format), names.map("|{}|".format), names.map("{}_".format),
        names.map("[#{}]_".format), st.just("[#]_"), st.just("[1]_"), st.just("[*]_"),
        st.just("`words <https://example.org/a>`__"), st.just("https://example.org/b"),
        st.just("\\*"), st.just("me@example.org"), st.just(CITE.strip()),
    )  # fmt: skip
    risky = st.sampled_from([
        "[CIT1]_", "`words <javascript:alert(1)>`__", "_`alpha`", "*open", "`open", "|open", "__",
        "`a <b_>`_",
    ])  # fmt: skip
    return st.integers(0, 11).flatmap(lambda number: sound if number else risky)


@st.composite
def _role(draw: st.DrawFn) -> str:
    usable = [name for name in sorted(roles.ROLES) if not any(part in name for part in ABSENT)]
    known = st.sampled_from(usable)
    other = st.sampled_from([*sorted(refusals.ROLES), "pep", "rfc", "unknown"])
    name = draw(st.integers(0, 11).flatmap(lambda number: known if number else other))
    bare = name.removeprefix("dossier:")
    if bare in RECORDS:
        target = RECORDS[bare]
        worded = bare != "cite" and draw(st.booleans())
        return f":{name}:`{draw(words)} <{target}>`" if worded else f":{name}:`{target}`"
    if bare == "ref":
        target = f"{draw(names)}-NUMBER"
        return draw(st.sampled_from([f":ref:`words <{target}>`", f":ref:`{target}`"]))
    if bare == "doc":
        return ":doc:`/preface`"
    return f":{name}:`{draw(words)}`"


def indented(text: str, by: str = "   ") -> str:
    return "\n".join(f"{by}{line}" if line else line for line in text.split("\n"))


def item(mark: str, text: str) -> str:
    return f"{mark} {indented(text, ' ' * (len(mark) + 1)).lstrip()}"


@st.composite
def block(draw: st.DrawFn, depth: int = 2) -> str:
    """Return a block, which may hold others."""
    inner = blocks(depth - 1) if depth else inline()
    kind = draw(st.sampled_from(KINDS if depth else FLAT))
    return draw(kind(inner))


def blocks(depth: int) -> st.SearchStrategy[str]:
    return st.lists(block(depth), min_size=1, max_size=3).map("\n\n".join)


Inner = st.SearchStrategy[str]


def paragraph(inner: Inner) -> Inner:
    return st.lists(inline(), min_size=1, max_size=2).map(lambda lines: "\n".join(lines) + CITE)


def bullets(inner: Inner) -> Inner:
    return st.lists(inner, min_size=1, max_size=3).map(lambda all: "\n\n".join(item("-", one) for one in all))


def numbers(inner: Inner) -> Inner:
    marks = st.sampled_from([("1.", "2."), ("a)", "b)"), ("(i)", "(ii)"), ("#.", "#."), ("4.", "5.")])
    return st.tuples(marks, inner, inner).map(lambda t: f"{item(t[0][0], t[1])}\n\n{item(t[0][1], t[2])}")


def definitions(inner: Inner) -> Inner:
    return st.tuples(inline(), st.sampled_from(["", " : kind"]), inner).map(
        lambda t: f"{t[0]}{t[1]}\n{indented(t[2])}"
    )


def fields(inner: Inner) -> Inner:
    return st.tuples(words, inner).map(lambda t: f":{t[0]}: {indented(t[1]).lstrip()}")


def options(inner: Inner) -> Inner:
    return inner.map(lambda one: f"-a, --all  {indented(one, ' ' * 11).lstrip()}")


def verse(inner: Inner) -> Inner:
    return st.lists(inline(), min_size=1, max_size=3).map(lambda all: "\n".join(f"| {one}" for one in all))


def quotation(inner: Inner) -> Inner:
    return st.tuples(inner, st.sampled_from(["", "\n\n   -- Somebody"])).map(
        lambda t: f"..\n\n{indented(t[0])}{t[1]}"
    )


def literal(inner: Inner) -> Inner:
    return inner.map(lambda one: f"Thus: {CITE}::\n\n{indented(one)}".replace(f" {CITE}::", "::"))


def doctest(inner: Inner) -> Inner:
    return st.just(">>> 1 + 1\n2")


def grid(inner: Inner) -> Inner:
    def made(one: str) -> str:
        lines = one.split("\n")
        width = max(map(len, lines)) + 2
        line = f"+{'-' * width}+---+"
        body = "\n".join(f"| {text:<{width - 1}}|   |" for text in lines)
        return f"{line}\n{body}\n{line.replace('-', '=')}\n{body}\n{line}"

    return inner.map(made)


def simple_table(inner: Inner) -> Inner:
    return inline().map(lambda one: f"=== ===\na   b\n=== ===\n1   {one}\n=== ===")


def list_table(inner: Inner) -> Inner:
    return st.tuples(
        inner, inner, st.sampled_from(["", "   :header-rows: 1\n", "   :stub-columns: 1\n"])
    ).map(
        lambda t: (
            f".. list-table:: Heading\n{t[2]}\n   * - {indented(t[0], ' ' * 7).lstrip()}\n     - b\n"
            f"   * - {indented(t[1], ' ' * 7).lstrip()}\n     - b"
        )
    )


def csv_table(inner: Inner) -> Inner:
    return inline().map(lambda one: f'.. csv-table::\n\n   a, "{one}"\n   c, d')


def directive(inner: Inner) -> Inner:
    kinds = [*sorted(parser.DIRECTIVES), *sorted(refusals.DIRECTIVES), "unknown"]
    return st.tuples(st.sampled_from(kinds), inner).map(lambda t: f".. {t[0]}::\n\n{indented(t[1])}")


def titled(inner: Inner) -> Inner:
    kinds = ["admonition", "topic", "sidebar", "container", "table", "code-block", "figure", "rubric",
             "centered", "index", "unknown", "raw", "csv-table", "seealso", "one-page"]  # fmt: skip
    return st.tuples(st.sampled_from(kinds), words, inner).map(
        lambda t: f".. {t[0]}:: {t[1]}\n\n{indented(t[2])}"
    )


def heading_like(inner: Inner) -> Inner:
    return st.tuples(st.sampled_from(["rubric", "centered"]), inline()).map(lambda t: f".. {t[0]}:: {t[1]}")


def picture(inner: Inner) -> Inner:
    kinds = st.sampled_from(["image", "figure"])
    files = st.sampled_from(["a.png", "a.jpg", "gone.png", "https://e.org/a.png", "data:image/png,AA"])
    options = ["width: 40mm", "width: 50%", "width: 3em", "height: 20px", "scale: 50", "align: left",
               "class: own", "target: https://e.org", "name: alpha-NUMBER"]  # fmt: skip
    chosen = st.lists(st.sampled_from(options), max_size=2, unique=True)

    def made(parts: tuple[str, str, list[str], str]) -> str:
        kind, file, given, one = parts
        path = file if ":" in file else f"/images/{file}"
        rows = "".join(f"\n   :{option}" for option in ("alt: A red square", *given))
        below = f"\n\n{indented(one)}" if kind == "figure" else ""
        return f".. {kind}:: {path}{rows}{below}"

    return st.tuples(kinds, files, chosen, inner).map(made)


def code(inner: Inner) -> Inner:
    kinds = ["python", "none", "nolanguage", ""]
    options = ["", "\n   :caption: Words", "\n   :caption: *Words*", "\n   :linenos:"]
    return st.tuples(st.sampled_from(kinds), st.sampled_from(options), inner).map(
        lambda t: f".. code-block:: {t[0]}{t[1]}\n\n{indented(t[2])}"
    )


def columns(inner: Inner) -> Inner:
    return st.tuples(st.integers(1, 4), st.lists(inner, min_size=1, max_size=4)).map(
        lambda t: f".. hlist::\n   :columns: {t[0]}\n\n" + "\n".join(indented(item("*", one)) for one in t[1])
    )


def index_entries(inner: Inner) -> Inner:
    entries = ["lamp", "single: lamp; oil", "pair: lamp; oil", "triple: a; b; c", "see: lamp; light", "!lamp",
               "seealso: lamp; light", "double: a; b", "module: x", "", "single: ; ",
               "see: lamp", "pair: lamp", "triple: a; b"]  # fmt: skip
    return st.sampled_from(entries).map(lambda one: f".. index:: {one}")


def classed(inner: Inner) -> Inner:
    return st.tuples(classes, inner).map(lambda t: f".. rst-class:: {t[0]}\n\n{t[1]}")


def substitution(inner: Inner) -> Inner:
    bodies = ["replace:: some *words*", "image:: /images/a.png\n   :alt: A red square", "unicode:: 0x41",
              "replace:: :cite:`first-source`", "replace:: [#]_", "date::", "unicode:: 0x202E",
              "replace:: :person:`first-person`", "replace:: |alpha|", "figure:: /images/a.png"]  # fmt: skip
    return st.tuples(names, st.sampled_from(bodies)).map(lambda t: f".. |{t[0]}| {t[1]}")


def target(inner: Inner) -> Inner:
    return st.tuples(names, inner).map(lambda t: f".. _{t[0]}-NUMBER:\n\n{t[1]}")


def plain_target(inner: Inner) -> Inner:
    forms = [".. _alpha: https://example.org/c", ".. _beta: alpha_", ".. _alpha:", ".. _beta: nowhere_",
             "__ https://example.org/d"]  # fmt: skip
    return st.sampled_from(forms)


def note(inner: Inner) -> Inner:
    return st.tuples(st.sampled_from(["#alpha", "#beta", "#", "1", "*", "CIT1"]), inner).map(
        lambda t: f".. [{t[0]}] {indented(t[1]).lstrip()}"
    )


def comment(inner: Inner) -> Inner:
    return st.tuples(st.sampled_from(["Words", "note: words", "image: a.png"]), inner).map(
        lambda t: f".. {t[0]}\n\n{indented(t[1])}"
    )


def role_definition(inner: Inner) -> Inner:
    return st.sampled_from([
        ".. role:: unknown", ".. role:: unknown(strong)", ".. role:: unknown(raw)\n   :format: html",
        ".. role:: unknown(math)", ".. role:: unknown(code)\n   :language: python", ".. role:: unknown(cite)",
        ".. default-role:: literal", ".. default-role:: math",
    ])  # fmt: skip


def rule(inner: Inner) -> Inner:
    return st.just("----")


def heading(inner: Inner) -> Inner:
    return st.tuples(inline(), st.sampled_from("-~^=")).map(lambda t: f"{t[0]}\n{t[1] * (len(t[0]) + 1)}")


def closing(inner: Inner) -> Inner:
    return st.sampled_from([".. dossier:disputed::", ".. dossier:further::"])


Kind = Callable[[Inner], Inner]
FLAT: list[Kind] = [
    paragraph, paragraph, verse, doctest, heading_like, index_entries, comment, picture, simple_table,
    csv_table, plain_target, code, literal,
]  # fmt: skip
KINDS: list[Kind] = [
    *FLAT, bullets, numbers, definitions, fields, options, quotation, grid, list_table, directive, directive,
    titled, columns, classed, substitution, target, note, role_definition, rule, heading, closing,
]  # fmt: skip


def completed(text: str) -> str:
    """Return a chapter with what its marks refer to."""
    more = [f".. [#] A note.{CITE}"] * text.count("[#]_") + [f".. [*] A note.{CITE}"] * text.count("[*]_")
    if "[1]_" in text and ".. [1]" not in text:
        more.append(f".. [1] A note.{CITE}")
    for name in ("alpha", "beta"):
        if f"[#{name}]_" in text and f".. [#{name}]" not in text:
            more.append(f".. [#{name}] A note.{CITE}")
        if f"|{name}|" in text and f".. |{name}|" not in text:
            more.append(f".. |{name}| replace:: some *words*")
        if f"{name}_" in text and f".. _{name}:" not in text:
            more.append(f".. _{name}: https://example.org/{name}")
        if f"{name}-NUMBER" in text and f".. _{name}-NUMBER:" not in text:
            more.append(f".. _{name}-NUMBER:\n\n.. rubric:: Words")
    return "\n\n".join([text, *more])


def chapters(depth: int = 2) -> st.SearchStrategy[str]:
    """Return chapters: a heading, and blocks below it."""
    body = st.lists(block(depth), min_size=1, max_size=4).map("\n\n".join)
    whole = st.tuples(body, st.integers(0, 5)).map(lambda t: completed(t[0]) if t[1] else t[0])
    return whole.map("Chapter NUMBER\n==============\n\n{}\n".format)
