"""Offer roles that name a record, `:person:`text <id>``, and the role that cites sources in a footnote."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from build_scripts.chapters import CitedPlace, parse_cite, parse_title
from build_scripts.diagnostics import suggest
from build_scripts.model.dossier import label
from build_scripts.model.records import Cite
from build_scripts.nodes.context import Context
from build_scripts.nodes.evidence import citations
from build_scripts.nodes.text import inline, paragraph, reference


class RecordRole(SphinxRole):
    """Refer to a record of one scheme, by its own name or by the author's words."""

    def __init__(self, scheme: str) -> None:
        super().__init__()
        self.scheme = scheme

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the reference."""
        ctx = context(self)
        title, name = parse_title(self.text)
        records = ctx.dossier.by_scheme[self.scheme]
        if name not in records:
            message = f"no {self.scheme} '{name}'{suggest(name, records)}"
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
        node = reference(self.scheme, name, title or label(records[name]))
        if self.scheme != "account":
            return [node], []
        mark = inline(ctx.words("accounts-differ-mark"), "accounts-differ")
        return [inline([node, nodes.Text("\u00a0"), mark], "disputed")], []


class CiteRole(SphinxRole):
    """Cite sources in a footnote."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the footnote's mark; the footnote itself is put at the end of the document."""
        ctx = context(self)
        places = parse_cite(self.text)
        references = ctx.dossier.by_scheme["ref"]
        for place in places:
            if place.target not in references:
                message = f"no source '{place.target}'{suggest(place.target, references)}"
                return [], [self.inliner.reporter.error(message, line=self.lineno)]
        return self._note(ctx, places), []

    def _note(self, ctx: Context, places: tuple[CitedPlace, ...]) -> list[nodes.Node]:
        """Return the mark and behind it the note, which `transforms.CollectNotes` moves to the end."""
        document = self.inliner.document
        name = f"cite-{len(document.autofootnotes) + 1}"
        mark = nodes.footnote_reference(f"[#{name}]_", auto=1, refname=name)
        document.set_id(mark)
        document.note_footnote_ref(mark)
        cites = [Cite(id=place.target, locator=place.locator) for place in places]
        note = nodes.footnote(
            "", paragraph(citations(ctx, cites), "citation"), auto=1, names=[name], classes=["cite"]
        )
        document.note_explicit_target(note)
        document.note_autofootnote(note)
        return [mark, note]


def context(role: SphinxRole) -> Context:
    """Return what the domain has loaded."""
    ctx: Any = role.env.get_domain("dossier").context  # type: ignore[attr-defined]
    if not isinstance(ctx, Context):
        raise RuntimeError("the dossier is loaded when the builder starts, before any page is read")
    return ctx


ROLES = {
    **{
        scheme: RecordRole(scheme)
        for scheme in ("person", "org", "event", "account", "term", "room", "phase", "series")
    },
    "cite": CiteRole(),
}
