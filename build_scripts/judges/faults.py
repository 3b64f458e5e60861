"""Hold what a judge objects to, together with what can be read at the place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Hold what stands at a place of a product, the narrowest piece first.

    `typed` are addresses and texts that stand for pictures, which come as an author types them; `texts` is
    what is read there; `page` is the page of the book as Sphinx names it, `anchors` are the ids around.
    """

    typed: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    page: str | None = None
    anchors: tuple[str, ...] = ()


class NoVerdict(RuntimeError):
    """Report that a judge ended without a verdict, which is no fault of what it was to judge."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Say what a judge objects to, and what stands there as far as it is known."""

    message: str
    reading: Reading = Reading()

    def __str__(self) -> str:
        return self.message
