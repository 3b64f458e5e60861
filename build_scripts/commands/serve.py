"""Show the site while it is written: build at every change, and let open pages load themselves anew."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from build_scripts import validation
from build_scripts.commands import book, citations, fonts
from build_scripts.commands.options import add_places, places
from build_scripts.diagnostics import ProblemsFound, WrongUsage, warnings_report
from build_scripts.places import Places

VERSION = "/-/version"
# Asks once a second; a page of the site itself has no such script. What is wrong lies over the page, as text,
# until it is mended.
RELOAD = f"""<script>(function(){{var seen,box=document.createElement("pre");box.setAttribute("role","alert");
box.style.cssText="position:fixed;inset:auto 0 0 0;max-height:50vh;overflow:auto;margin:0;padding:1em;\
z-index:999;white-space:pre-wrap;font:14px/1.5 monospace;color:#fff;background:#6e1423";
setInterval(function(){{fetch("{VERSION}").then(r=>r.json()).then(function(now){{
if(seen&&now.version!==seen)location.reload();seen=now.version;
if(now.problems!==box.textContent)box.textContent=now.problems;
if(now.problems)document.body.append(box);else box.remove()}}).catch(()=>0)}},1000)}})()</script>""".encode()


class Version:
    """Count the builds, so that a page can tell that it is old, and hold what is wrong now."""

    def __init__(self) -> None:
        self.number = 0
        self.problems = ""

    def as_json(self) -> bytes:
        """Return what an open page asks for; a number that is true in JavaScript from the first build on."""
        return json.dumps({"version": self.number + 1, "problems": self.problems}).encode()


class Handler(SimpleHTTPRequestHandler):
    """Serve the site, with the script that reloads in every page."""

    def __init__(self, *arguments: object, version: Version, **options: object) -> None:
        self.version = version
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer a request (http.server interface)."""
        path = Path(self.translate_path(self.path))
        if self.path == VERSION:
            self._answer(self.version.as_json(), "application/json")
        elif path.suffix == ".html" and path.is_file():
            self._answer(path.read_bytes() + RELOAD, "text/html; charset=utf-8")
        elif path.is_dir() and (path / "index.html").is_file() and self.path.endswith("/"):
            self._answer((path / "index.html").read_bytes() + RELOAD, "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of single requests."""


class Server(ThreadingHTTPServer):
    """Serve pages side by side; a reader who leaves in the middle of one is no error."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say what went wrong with a request (socketserver interface)."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the folders and the port."""
    add_places(parser)
    parser.add_argument("--port", type=int, default=8000, help="where to listen on this machine (8000)")


def main(options: argparse.Namespace) -> None:
    """Serve the dossier that the options name."""
    run(places(options), options.port)


def run(at: Places, port: int) -> None:
    """Serve until interrupted; a problem in the dossier is shown and the last good site stays below it."""
    # It would speak of every change, and of Ctrl-C as of an accident.
    logging.getLogger("watchfiles").setLevel(logging.ERROR)
    version = Version()
    with _server(port, partial(Handler, version=version, directory=str(at.build / "html"))) as server:
        renew(at, version)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}/ shows the site; Ctrl-C ends", flush=True)
        for _ in watch(at.dossier / "data", at.book, raise_interrupt=False):
            renew(at, version)
        server.shutdown()


def _server(port: int, handler: Callable[..., Handler]) -> Server:
    try:
        return Server(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "there is no such port"
        raise WrongUsage(f"cannot listen on port {port}: {reason}; name another, as in PORT=8001") from None


def renew(at: Places, version: Version) -> None:
    """Check the dossier and build it; what is wrong is printed, and shown in open pages."""
    try:
        warnings = validation.check(at.dossier).warnings
    except (ProblemsFound, OSError) as problems:
        version.problems = str(problems)
        print(problems, file=sys.stderr, flush=True)
        return
    version.problems = ""
    if warnings:
        print(warnings_report(warnings), file=sys.stderr, flush=True)
    _build(at, version)


def _build(at: Places, version: Version) -> None:
    try:
        citations.run(at)
        fonts.run(at)
        book.run(at, "html")
    except (ProblemsFound, OSError) as problems:
        print(problems, file=sys.stderr, flush=True)
        return
    version.number += 1
    print(f"built, {version.number}", flush=True)
