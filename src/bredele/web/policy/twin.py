"""The policy for machines: one JSON, at `/terms/cookies-policy.json` and `/.well-known/cookie-policy.json`."""

from typing import Any

import msgspec

from bredele.core.policy import build
from bredele.formats import json as registry_json
from bredele.formats.domains import registrable_domain
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
