"""The policy in other forms: one JSON for machines, and twins of the page with the same rows (POL-11)."""

from collections.abc import Callable
from typing import Any

import msgspec

from bredele.core.document import PolicyDocument
from bredele.core.policy import build
from bredele.core.registry import Version
from bredele.formats import json as registry_json
from bredele.formats.domains import registrable_domain
from bredele.formats.policy_jsonld import as_jsonld
from bredele.formats.policy_markdown import as_csv, as_markdown
from bredele.formats.policy_writing import as_text
from bredele.formats.published import PublishedSite, encode_version, fingerprint


def twin(site: PublishedSite, language: str) -> bytes | None:
    """`{site, language, version, published, sha256, document, registry}`; None before the first version.

    `sha256` is over the version's immutable file; `registry` has the shape of the published JSON Schema.
    """
    version = site.version
    if version is None:
        return None
    body: dict[str, Any] = {
        "site": site.origin,
        "language": language,
        "version": version.number,
        "published": version.published,
        "sha256": fingerprint(encode_version(version)),
        "document": build(version, language, registrable_domain),
        "registry": msgspec.json.decode(registry_json.write_registry(version.registry)),
    }
    return msgspec.json.format(msgspec.json.encode(body), indent=2) + b"\n"


def of_document(write: Callable[[PolicyDocument], str]) -> Callable[[Version, str], bytes]:
    """A writer of the document as a writer of the version."""
    return lambda version, language: write(build(version, language, registrable_domain)).encode()


FORMS: dict[str, tuple[str, Callable[[Version, str], bytes]]] = {
    "txt": ("text/plain; charset=utf-8", of_document(as_text)),
    "md": ("text/markdown; charset=utf-8", of_document(as_markdown)),
    "csv": ("text/csv; charset=utf-8", of_document(as_csv)),
    "jsonld": ("application/ld+json", lambda version, language: as_jsonld(version, language, registrable_domain)),
}
"""What follows the dot of `/terms/cookies-policy.`: media type, and how it is written."""
