"""The policy as linked data: W3C Data Privacy Vocabulary 2.3, one node a declaration (POL-11, API-03)."""

from typing import Any

import msgspec

from bredele.core.declaration import Declaration, words
from bredele.core.policy import purpose_label, storage_label
from bredele.core.registry import RegistrableDomain, Registry, Version

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "tech": "https://w3id.org/dpv/tech#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "own": "urn:bredele:terms:",
}
"""`own` holds what the vocabulary has no term for: exemptions of the ePrivacy Directive, kinds of storage, patterns."""
PURPOSES = {
    "necessary": "dpv:RequestedServiceProvision",
    "measurement": "dpv:ServiceUsageAnalytics",
    "personalisation": "dpv:UserInterfacePersonalisation",
    "advertising": "dpv:TargetedAdvertising",
}
OWN = {
    "django_language": "dpv:UserInterfacePersonalisation",
    "csrftoken": "dpv:EnforceSecurity",
    "cookies_preferences": "dpv:ConsentManagement",
}
"""What the platform's own cookies are for is known more narrowly than "necessary"."""


def as_jsonld(version: Version, language: str, registrable_domain: RegistrableDomain) -> bytes:
    """`{@context, @id, @type, …, dpv:hasProcess: [a node for each declaration]}`; texts carry the language."""
    registry = version.registry
    address = f"{registry.site.origin}/terms/cookies-policy/versions/{version.number}/"
    body: dict[str, Any] = {
        "@context": {**CONTEXT, "@language": language},
        "@id": address,
        "@type": "dpv:ConsentNotice",
        "dct:title": words(registry.site.name, language) or registry.site.host,
        "dct:language": language,
        "dct:hasVersion": str(version.number),
        "dct:issued": {"@type": "xsd:dateTime", "@value": version.published.isoformat()},
        "dpv:hasDataController": {
            "@type": "dpv:DataController",
            "dpv:hasName": words(registry.site.controller, language),
            "dpv:hasContact": words(registry.site.contact, language),
        },
        "dpv:hasProcess": [
            {"@id": f"{address}#entry-{place}", **node(registry, entry, language, registrable_domain)}
            for place, entry in enumerate(registry.cookies, start=1)
        ],
    }
    return msgspec.json.format(msgspec.json.encode(body), indent=2) + b"\n"


def node(
    registry: Registry, entry: Declaration, language: str, registrable_domain: RegistrableDomain
) -> dict[str, Any]:
    """One declaration; what it does not state is left out."""
    exempt = registry.exempt(entry)
    facts = {
        "@type": ["dpv:Process", "tech:Cookie" if entry.kind == "cookie" else f"own:{entry.kind}"],
        "dct:title": ", ".join(entry.names),
        "own:name": list(entry.names),
        "own:kind": storage_label(entry.kind, language),
        "own:party": registry.party(entry, registrable_domain),
        "own:type": registry.type_of(entry, registrable_domain),
        "dct:description": words(entry.purpose_text, language),
        "dct:publisher": entry.provider,
        "dpv:hasPurpose": [purpose_node(registry, entry, purpose, language) for purpose in entry.purpose],
        "dpv:hasNecessity": {"@id": "dpv:Required" if exempt else "dpv:Optional"},
        "dpv:hasLegalBasis": legal_basis(entry, language) if exempt else {"@id": "eu-gdpr:A6-1-a"},
        "dpv:hasStorageCondition": stored(entry),
        "dpv:hasRecipient": [
            {"@type": "dpv:ThirdParty", "dpv:hasName": name} for name in entry.third_party_access or ()
        ],
    }
    return {key: value for key, value in facts.items() if value}


def purpose_node(registry: Registry, entry: Declaration, purpose: str, language: str) -> dict[str, Any]:
    """The vocabulary's purpose, the narrower one of the platform's own cookies, or the site's own word."""
    narrower = next((OWN[name] for name in entry.names if purpose == "necessary" and name in OWN), None)
    term = narrower or PURPOSES.get(purpose, f"own:{purpose}")
    return {"@type": term, "dct:title": purpose_label(registry, purpose, language)}


def legal_basis(entry: Declaration, language: str) -> dict[str, Any] | None:
    """The exemption with its written reason."""
    if entry.exemption is None:
        return None
    return {"@type": f"own:{entry.exemption.kind}", "dct:description": words(entry.exemption.reason, language)}


def stored(entry: Declaration) -> dict[str, Any] | None:
    """How long: an ISO 8601 duration, the browser session, or without end."""
    if entry.lifetime is None:
        return None
    lifetime = entry.lifetime
    value: Any = {"@type": "xsd:duration", "@value": lifetime.iso8601} if lifetime.iso8601 else str(lifetime)
    return {"@type": "dpv:StorageDuration", "dpv:hasDuration": {"@type": "dpv:TemporalDuration", "rdf:value": value}}
