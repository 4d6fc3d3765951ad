"""Reading what someone wants to import: a policy text, a cookies.toml or a registry as JSON."""

import re
from dataclasses import dataclass

import msgspec

from bredele.core.diff import paired
from bredele.core.registry import Registry, Site
from bredele.formats import json as registry_json
from bredele.formats import policy_text, toml

TOML_SIGNS = re.compile(rb"^\s*(?:\[\[?(?:site|purposes|cookies)\]\]?|schema\s*=)", re.MULTILINE)


@dataclass(frozen=True)
class Read:
    """What was read: the registry, what it was written in, and (code, words, place) of each warning."""

    registry: Registry
    format: str
    warnings: tuple[tuple[str, str, str], ...]


def read(source: bytes, stated: str) -> Read:
    """Read the bytes as stated, or as what they look like; raises BredeleError with place and cure."""
    found = guess(source) if stated == "auto" else stated
    if found == "toml":
        return Read(registry=toml.read_registry(source), format="cookies.toml", warnings=())
    if found == "json":
        return Read(registry=registry_json.read_registry(source), format="JSON", warnings=())
    imported = policy_text.import_policy(source)
    warnings = tuple(
        (warning.code, warning.message, f"line {warning.where.line}, column {warning.where.column}")
        for warning in imported.warnings
    )
    return Read(registry=policy_text.to_registry(imported), format="policy text", warnings=warnings)


def guess(source: bytes) -> str:
    """`json`, `toml` or `policy`, by how it begins."""
    if source.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "json"
    return "toml" if TOML_SIGNS.search(source[:20_000]) else "policy"


def merge(draft: Registry, imported: Registry, mode: str) -> Registry:
    """`replace` takes the imported registry whole; `add` keeps everything drafted and adds what is new."""
    if mode == "replace":
        return imported
    new = tuple(entry for entry in imported.cookies if not any(paired(entry, own) for own in draft.cookies))
    known = {purpose.id for purpose in draft.purposes}
    purposes = tuple(purpose for purpose in imported.purposes if purpose.id not in known)
    return msgspec.structs.replace(
        draft,
        site=fill(draft.site, imported.site) if draft != Registry() else imported.site,
        purposes=(*draft.purposes, *purposes),
        cookies=(*draft.cookies, *new),
    )


def fill(site: Site, imported: Site) -> Site:
    """The site with its empty facts taken from the imported one; languages and law stay."""
    gaps = {
        name: getattr(imported, name)
        for name in ("name", "origin", "controller", "contact", "transfers", "retention", "authority", "rights")
        if not getattr(site, name)
    }
    return msgspec.structs.replace(site, **gaps)
