"""Show the site while it is written: build at every change, and let open pages load themselves anew."""

from __future__ import annotations

import argparse
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from build_scripts import keys
from build_scripts.commands import book, citations, fonts
from build_scripts.commands.options import add_places, places
from build_scripts.diagnostics import ProblemsFound, WrongUsage
from build_scripts.places import Places

VERSION = "/-/version"
# Asks once a second; a page of the site itself has no such script.
RELOAD = f"""<script>(function(){{var seen;setInterval(function(){{
fetch("{VERSION}").then(r=>r.text()).then(v=>{{if(seen&&v!==seen)location.reload();seen=v}}).catch(()=>0)}},1000)}})()</script>""".encode()


class Version:
    """Count the builds, so that a page can tell that it is old."""

    def __init__(self) -> None:
        self.number = 0


class Handler(SimpleHTTPRequestHandler):
    """Serve the site, with the script that reloads in every page."""

    def __init__(self, *arguments: object, version: Version, **options: object) -> None:
        self.version = version
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer a request (http.server interface)."""
        path = Path(self.translate_path(self.path))
        if self.path == VERSION:
            self._answer(str(self.version.number).encode(), "text/plain")
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
    """Serve until interrupted; a problem in the dossier is printed and the last good site stays."""
    # It would speak of every change, and of Ctrl-C as of an accident.
    logging.getLogger("watchfiles").setLevel(logging.ERROR)
    version = Version()
    with _server(port, partial(Handler, version=version, directory=str(at.build / "html"))) as server:
        _build(at, version)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}/ shows the site; Ctrl-C ends", flush=True)
        for _ in watch(at.dossier / "data", at.book, raise_interrupt=False):
            _build(at, version)
        server.shutdown()


def _server(port: int, handler: Callable[..., Handler]) -> Server:
    try:
        return Server(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "there is no such port"
        raise WrongUsage(f"cannot listen on port {port}: {reason}; name another, as in PORT=8001") from None


def _build(at: Places, version: Version) -> None:
    try:
        with keys.noted(at, "citations"):
            citations.run(at)
        with keys.noted(at, "fonts"):
            fonts.run(at)
        with keys.noted(at, "book-html"):
            book.run(at, "html")
    except Exception as problem:
        # Whatever goes wrong, the author writes on, and the next change is built.
        known = isinstance(problem, ProblemsFound | WrongUsage | OSError)
        print(problem if known else traceback.format_exc(), file=sys.stderr, flush=True)
        return
    version.number += 1
    print(f"built, {version.number}", flush=True)
