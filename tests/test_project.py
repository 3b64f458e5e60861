"""The shape of the project itself: who imports whom, what the map names, what the builder may not know."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from build_scripts import __main__ as program
from build_scripts.words import FOLDER as WORDS

REPO = Path(__file__).parents[1]
PACKAGE = REPO / "build_scripts"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each layer may import itself and those it names; `FOR_ALL` are for all.
LAYERS = {
    "diagnostics": set(),
    "words": set(),
    "collation": set(),
    "places": set(),
    "files": set(),
    "libraries": set(),
    "keys": {"places", "libraries"},
    "yaml_wording": set(),
    "source": {"yaml_wording"},
    "model": {"source"},
    "manuscript": {"model", "source"},
    "prose": {"source", "model", "manuscript"},
    "imports": {"source", "model", "nodes"},
    "validation": {"source", "model", "manuscript", "nodes", "pdf", "prose"},
    "layout": {"model"},
    "pdf": set(),
    "draw": {"layout", "pdf"},
    "nodes": {"model", "layout", "manuscript"},
    "printing": {"model", "nodes", "draw", "pdf"},
    "trimmings": {"model", "nodes", "pdf"},
    "handouts": {"model", "layout", "nodes", "pdf", "printing"},
    "drawings": {"model", "layout", "nodes", "draw", "pdf", "handouts"},
    "deposit": {"model", "nodes", "pdf", "printing", "places", "validation", "libraries"},
    "judges": {"pdf"},
    "sphinx_ext": {
        "model", "nodes", "draw", "pdf", "printing", "trimmings", "places", "manuscript", "validation",
        "deposit",
    },
    "commands": {
        "source", "model", "nodes", "layout", "draw", "pdf", "printing", "places", "manuscript", "validation",
        "sphinx_ext", "deposit", "drawings", "handouts", "imports", "judges", "prose", "keys",
    },
    "__main__": {"commands", "keys"},
}  # fmt: skip
FOR_ALL = {"diagnostics", "words", "files", "collation", "__version__"}

# What a reader of the bundled dossier would recognise; the builder must not.
FACTS = re.compile(
    r"\b(lima|peru|peruvian|mrta|fujimori|cerpa|tupac|túpac|chav[ií]n|hostages?|ambassador|embassy)\b", re.I
)


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Return the layers that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = (
                [node.module]
                if node.module != "build_scripts"
                else [f"build_scripts.{a.name}" for a in node.names]
            )
        found |= {name.split(".")[1] for name in names if name.startswith("build_scripts.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    if path.name == "__init__.py" and path.parent == PACKAGE:
        return
    name = layer(path)

    assert imported(path) - {name} - FOR_ALL - LAYERS[name] == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_function_imports(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert [
        inner.lineno
        for one in functions
        for inner in ast.walk(one)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ] == []


def test_the_builder_knows_nothing_of_the_bundled_dossier() -> None:
    texts = [
        path
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".po", ".yaml", ".rst", ".css", ".html", ".md"}
    ]
    found = [
        f"{path.relative_to(REPO)}:{number}: {match[0]}"
        for path in sorted(texts)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if (match := FACTS.search(line))
    ]

    assert found == []


def test_the_map_names_every_module() -> None:
    named = (PACKAGE / "README.md").read_text("utf-8")
    missing = [
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if path.name != "__init__.py" and f"`{path.relative_to(PACKAGE)}`" not in named
    ]

    assert missing == []


def test_the_map_names_no_module_that_is_not_there() -> None:
    named = re.findall(r"`([a-z_/]+\.py)`", (PACKAGE / "README.md").read_text("utf-8"))

    assert [name for name in named if not (PACKAGE / name).is_file()] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "build_scripts/README.md"])
def test_the_pages_for_newcomers_name_no_path_that_is_not_there(page: str) -> None:
    path = REPO / page
    named = re.findall(
        r"`((?:build_scripts|tests|data|book|\.ci|\.github)/[\w./-]*)`", path.read_text("utf-8")
    )

    assert [name for name in named if not (REPO / name).exists()] == []


def test_every_step_is_a_module_with_the_two_functions() -> None:
    for step in program.STEPS:
        tree = ast.parse((PACKAGE / "commands" / f"{program.MODULES.get(step, step)}.py").read_text("utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert {"configure", "main"} <= names, step


def words_used() -> set[str]:
    """Return the keys that are looked up in the catalog, as far as they are written out."""
    used = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = ast.unparse(node.func)
            if isinstance(node.args[0].value, str) and re.search(r"(^|\.)(words|template)$", name):
                used.add(node.args[0].value)
    return used


def test_the_catalog_has_every_word_that_the_code_asks_for() -> None:
    known = set(re.findall(r'^msgid "(.+)"$', (WORDS / "en.po").read_text("utf-8"), re.M))

    assert sorted(words_used() - known) == []


def test_no_module_grows_beyond_four_hundred_lines() -> None:
    assert [str(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > 400] == []
