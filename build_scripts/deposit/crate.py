"""Describe a deposit for machines: RO-Crate 1.1, JSON-LD in schema.org's words (https://w3id.org/ro/crate/1.1).

The graph is flat: every person, source and file is an entity of its own that others point at by its `@id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.deposit.formats import Format
from build_scripts.model import Dossier
from build_scripts.model.edition import Creator, Edition
from build_scripts.model.references import CslName, Reference

NAME = "ro-crate-metadata.json"
VERSION = "https://w3id.org/ro/crate/1.1"

# Types of schema.org by type of CSL; what is not here is a CreativeWork.
TYPES = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "map": "Map",
    "motion_picture": "Movie",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "software": "SoftwareSourceCode",
    "thesis": "Thesis",
    "webpage": "WebPage",
}

# Words of schema.org that are younger than the context of RO-Crate 1.1; its appendix on JSON-LD says how.
LATER = {"creditText": "http://schema.org/creditText", "sha256": "http://schema.org/sha256"}

# What a creator did, by their MARC relator; any other is a contributor.
PARTS_PLAYED = {"aut": "author", "edt": "editor", "ill": "illustrator", "trl": "translator"}

UNSTATED = "#rights-unstated"

Entity = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Describe a file of the deposit: `cites` are ids of sources, `based_on` paths of other files in it."""

    path: str
    name: str
    format: Format
    size: int
    sha256: str
    cites: Sequence[str] = ()
    based_on: Sequence[str] = ()


def crate(dossier: Dossier, products: Sequence[Product], labels: Mapping[str, str], unstated: str) -> bytes:
    """Return the metadata file; `labels` are short citations by the id of the source.

    Pictures are not put under the dossier's licence, which is for what its authors wrote and drew; `unstated`
    says so in words.
    """
    edition = dossier.edition
    agents = _Agents()
    licence = _licence(edition.rights.text)
    unknown = {"@id": UNSTATED, "@type": "CreativeWork", "name": unstated}
    publisher = agents.add(edition.publisher, "Organization") if edition.publisher else None
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": edition.title,
        "description": edition.subtitle or edition.title,
        "identifier": edition.identifier,
        "inLanguage": edition.language,
        "datePublished": edition.modified,
        "dateModified": edition.modified,
        "license": _to(licence),
        "creator": [agents.creator(one) for one in edition.creators],
        **_parts_played(edition, agents),
        "publisher": publisher,
        "url": edition.url,
        "hasPart": [_to({"@id": product.path}) for product in products],
        "citation": [{"@id": _reference_id(one.id)} for one in dossier.references],
    }
    sources = [_source(one, labels.get(one.id), agents) for one in dossier.references]
    descriptor = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": VERSION},
        "about": {"@id": "./"},
    }
    named = {product.format.pronom: "WebSite" for product in products if product.format.pronom}
    named |= {one: "CreativeWork" for product in products for one in product.format.standards}
    graph = [
        descriptor,
        root,
        licence,
        *((unknown,) if any(map(_is_picture, products)) else ()),
        *(
            _file(product, edition.modified, unknown if _is_picture(product) else licence)
            for product in products
        ),
        *(
            {"@id": one.address, "@type": kind, "name": one.name}
            for one, kind in sorted(named.items(), key=lambda pair: pair[0].address)
        ),
        *sources,
        *agents.entities.values(),
    ]
    whole = {"@context": [f"{VERSION}/context", LATER], "@graph": [_compact(entity) for entity in graph]}
    return f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode()


class _Agents:
    """Give persons and bodies one entity each, whatever they did."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}

    def add(self, name: str, kind: str, **parts: str | None) -> Entity:
        """Return a pointer to the entity of that name."""
        made = {"@id": f"#agent-{len(self.entities) + 1}", "@type": kind, "name": name, **parts}
        return _to(self.entities.setdefault(name, made))

    def creator(self, one: Creator) -> Entity:
        """Return a pointer to the entity of who made the dossier."""
        return self.add(one.name, "Person")

    def named(self, name: CslName) -> Entity:
        """Return a pointer to the entity of a name in a source."""
        if name.literal is not None:
            return self.add(name.literal, "Organization")
        shown = " ".join(part for part in (name.given, name.family) if part)
        return self.add(shown, "Person", givenName=name.given, familyName=name.family)


def _parts_played(edition: Edition, agents: _Agents) -> dict[str, list[Entity]]:
    """Return who wrote, edited or drew the dossier, by what they did."""
    parts: dict[str, list[Entity]] = {}
    for one in edition.creators:
        parts.setdefault(PARTS_PLAYED.get(one.role, "contributor"), []).append(agents.creator(one))
    return parts


def _is_picture(product: Product) -> bool:
    return product.format.mime.startswith("image/") and not product.format.mime.endswith("dxf")


def _file(product: Product, modified: str, licence: Entity) -> Entity:
    encoding: list[Any] = [product.format.mime]
    if product.format.pronom:
        encoding.append({"@id": product.format.pronom.address})
    return {
        "@id": product.path,
        "@type": "File",
        "name": product.name,
        "encodingFormat": encoding,
        "conformsTo": [{"@id": one.address} for one in product.format.standards],
        "contentSize": str(product.size),
        "sha256": product.sha256,
        "dateModified": modified,
        "license": _to(licence),
        "isBasedOn": [{"@id": path} for path in product.based_on],
        "citation": [{"@id": _reference_id(name)} for name in product.cites],
    }


def _source(one: Reference, label: str | None, agents: _Agents) -> Entity:
    return {
        "@id": _reference_id(one.id),
        "@type": TYPES.get(one.type, "CreativeWork"),
        "name": one.title,
        "creditText": label,
        "author": [agents.named(name) for name in one.author],
        "datePublished": str(one.issued) if one.issued is not None else None,
        "publisher": agents.add(one.publisher, "Organization") if one.publisher else None,
        "url": one.URL,
        "inLanguage": one.language,
    }


def _licence(code: str) -> Entity:
    return {
        "@id": f"https://spdx.org/licenses/{code}",
        "@type": "CreativeWork",
        "name": code,
        "identifier": code,
    }


def _reference_id(name: str) -> str:
    return f"#ref-{name}"


def _to(entity: Entity) -> Entity:
    return {"@id": entity["@id"]}


def _compact(entity: Entity) -> Entity:
    """Return an entity without what is not said; a list of one is that one (RO-Crate 1.1, JSON-LD)."""

    def said(value: object) -> bool:
        return value is not None and not (isinstance(value, Iterable) and not value)

    def bare(value: Any) -> Any:
        return value[0] if isinstance(value, list) and len(value) == 1 else value

    return {key: bare(value) for key, value in entity.items() if said(value)}
