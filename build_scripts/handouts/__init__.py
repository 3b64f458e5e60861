"""Make what a teacher prints and gives away; a name in `edition.yaml` is a name here and that of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from build_scripts.handouts import accounts, booklet, one_page, people, plan, questions
from build_scripts.nodes.context import Context

HANDOUTS: Mapping[str, Callable[[Context, str], bytes]] = {
    "one-page": one_page.make,
    "one-page-large-print": one_page.make_large,
    "accounts": accounts.make,
    "people": people.make,
    "people-large-print": people.make_large,
    "plan": plan.make,
    "questions": questions.make,
    "booklet": booklet.make,
}
