"""Find addresses of links that lead nowhere on the web: another kind would run in the reader's browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes

from build_scripts.manuscript.passages import line_of
from build_scripts.model.addresses import web_problem
from build_scripts.model.marked import WEB_SCHEMES

# What docutils takes for an address of mail may still be none (RFC 6068).
MAIL = re.compile(r"(?i:mailto):[\w.+~-]+@[\w-]+(?:\.[\w-]+)*(?:\?[\w=&%.+~-]+)?")


def check(document: nodes.document) -> Iterator[tuple[int, str]]:
    """Yield the lines of addresses that no form of the book can lead to."""
    for node in document.findall(nodes.reference):
        address = node.get("refuri")
        problem = _problem(address) if address is not None else None
        if problem:
            yield line_of(node), f"the address '{address}' {problem}"


def _problem(address: str) -> str | None:
    scheme = address.partition(":")[0].lower()
    if scheme == "mailto":
        return None if MAIL.fullmatch(address) else "is not that of a mailbox, mailto:name@example.org"
    if scheme in WEB_SCHEMES:
        return web_problem(address)
    return "is none of http, https and mailto; name a page of the book by :doc:"
