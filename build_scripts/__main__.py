"""Run one step of a build: `python -m build_scripts STEP ...`; the Makefile knows their order.

A step is a module of `build_scripts.commands`, loaded only when it is called: the checker must not wait for
Sphinx.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from build_scripts import keys
from build_scripts.commands.options import places
from build_scripts.diagnostics import ProblemsFound, WrongUsage, suggest

STEPS = {
    "scripts": "print which packages of typefaces are still needed for the scripts of a dossier",
    "validate": "check data and chapters and print every problem with its line",
    "citations": "render the citations for all products",
    "fonts": "make the fonts of the site and the EPUB",
    "book": "build the whole book: html, epub or pdf",
    "part": "write one part of the book as a PDF of its own",
    "plan": "write the plan as a poster, as sheets to glue together, and for CAD and map programs",
    "handouts": "make the handouts for one paper",
    "archive": "make the archival PDF with the data inside",
    "bag": "make the deposit package with checksums",
    "unpack": "take the dossier out of its archival PDF",
    "verify": "ask every judge about what was built",
    "serve": "show the site and build it anew whenever a file changes",
    "schema": "write a JSON Schema for every data file, for editors that complete and check",
    "import": "add sources, events, people or a plan that another program exported to a dossier",
    "rules": "print where the rules of make for a dossier lie",
    "new": "lay out a small dossier of one's own that builds at once",
}

# A step whose name is a word of Python's own lies in a module of another name.
MODULES = {"import": "importing"}
LASTING = "serve"
EXPECTED = "DOSSIER_SOURCES"
"""The variable in which make hands over the digest of the sources that its run began with."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the step that the arguments name and return the exit code.

    0 for done, 1 for problems in the dossier, 2 for wrong usage and what the machine refuses, 130 if ended
    from outside.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        _run(_parser().parse_args(arguments[:1]).step, arguments[1:])
    except ProblemsFound as problems:
        print(problems, file=sys.stderr)
        return 1
    except WrongUsage as problem:
        print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read the output has read enough; Python would complain when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(": ".join(filter(None, (error.filename, error.strerror or str(error)))), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _run(step: str, arguments: Sequence[str]) -> None:
    if step not in STEPS:
        raise WrongUsage(f"no step '{step}'{suggest(step, STEPS)}\npython -m build_scripts -h lists them")
    module = importlib.import_module(f"build_scripts.commands.{MODULES.get(step, step)}")
    parser = argparse.ArgumentParser(prog=f"python -m build_scripts {step}", description=f"{STEPS[step]}.")
    module.configure(parser)
    options = parser.parse_args(arguments)
    if step != LASTING:
        # A step makes trees of many small objects, keeps them and ends; looking through them for cycles takes
        # a third of its time and frees next to nothing.
        gc.disable()
    if keys.name_of(step, options) not in keys.READS:
        module.main(options)
        return
    with keys.noted(places(options), keys.name_of(step, options), os.environ.get(EXPECTED, "")):
        module.main(options)


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, STEPS))
    lines = "\n".join(f"  {name:{width}}  {text}" for name, text in STEPS.items())
    parser = argparse.ArgumentParser(
        prog="python -m build_scripts",
        usage="python -m build_scripts STEP [-h] ...",
        description=f"Run one step of a build.\n\nsteps:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", metavar="STEP", help="one of those above; STEP -h says more")
    return parser


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def run() -> NoReturn:
    """Run the step that the command line names and leave with its exit code: the command `dossier`."""
    # However a build is ended, it takes its half-made files with it.
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())


if __name__ == "__main__":
    run()
