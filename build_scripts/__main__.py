"""Run one step of a build: `python -m build_scripts STEP ...`; the Makefile knows their order.

A step is a module of `build_scripts.commands`, loaded only when it is called: the checker must not wait for Sphinx.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from build_scripts.diagnostics import ProblemsFound, WrongUsage

STEPS = {
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
    "new": "lay out a small dossier of one's own that builds at once",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the step that the arguments name and return the exit code.

    0 for done, 1 for problems in the dossier, 2 for wrong usage.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    step = _parser().parse_args(arguments[:1]).step
    module = importlib.import_module(f"build_scripts.commands.{step}")
    parser = argparse.ArgumentParser(prog=f"python -m build_scripts {step}", description=f"{STEPS[step]}.")
    module.configure(parser)
    try:
        module.main(parser.parse_args(arguments[1:]))
    except ProblemsFound as problems:
        print(problems, file=sys.stderr)
        return 1
    except WrongUsage as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, STEPS))
    lines = "\n".join(f"  {name:{width}}  {text}" for name, text in STEPS.items())
    parser = argparse.ArgumentParser(
        prog="python -m build_scripts",
        usage="python -m build_scripts STEP [-h] ...",
        description=f"Run one step of a build.\n\nsteps:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", choices=STEPS, metavar="STEP", help="one of those above; STEP -h says more")
    return parser


if __name__ == "__main__":
    sys.exit(main())
