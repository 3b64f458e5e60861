"""Write a JSON Schema for every data file, for editors that complete and check what is typed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from build_scripts import files
from build_scripts.commands import options
from build_scripts.model.schema import schemas


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the folder."""
    parser.add_argument("folder", type=options.folder, help="where the schemas go")


def main(arguments: argparse.Namespace) -> None:
    """Write the schemas."""
    run(arguments.folder)


def run(folder: Path) -> None:
    """Write one schema a file."""
    for name, schema in schemas().items():
        files.write(folder / f"{name}.json", f"{json.dumps(schema, indent=1)}\n".encode())
