"""Tell what keeps an address from leading to the web: RFC 3986 and the URL Standard."""

from __future__ import annotations

import re

LABEL = r"[^\s.:/?#@<>\"{}|\\^`\[\]%!$&'()*+,;=]+"
WEB = re.compile(
    rf"(?i:https?)://(?P<user>[^\s/?#@\[\]]+@)?{LABEL}(?:\.{LABEL})*\.?(?::(?P<port>[0-9]{{1,5}}))?(?:[/?#].*)?"
)
PORTS = 65536
# What stands for itself in no part of an address, a percent sign that stands for nothing, a second fragment.
ODD = re.compile(r"[\s<>\"{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})|(?<=#)[^#]*(?P<second>#)")


def web_problem(address: str) -> str | None:
    """Return what is wrong with an http or https address, as the end of a sentence, or nothing."""
    match = WEB.fullmatch(address)
    if not match or int(match["port"] or 0) >= PORTS:
        return "is not an http or https address"
    if match["user"]:
        return "has a name or a password before the @, which everybody would read; leave it out"
    odd = ODD.search(address)
    if odd:
        sign = odd["second"] or odd[0]
        written = "".join(f"%{byte:02X}" for byte in sign.encode())
        return f"has a '{sign}' where an address has none; write it as {written}"
    return None
