"""Lists of hosts: Ghostery's trackerdb, DuckDuckGo's Tracker Radar, Disconnect's services."""

from collections.abc import Iterator, Mapping
from typing import Any

from bredele.formats.knowledge import purposes
from bredele.formats.knowledge.cells import HOST, short
from bredele.formats.knowledge.fact import Fact

Document = Mapping[str, Any]


def is_trackerdb(document: object) -> bool:
    """Whether a JSON document is Ghostery's trackerdb."""
    return isinstance(document, Mapping) and {"patterns", "organizations"} <= document.keys()


def from_trackerdb(document: Document) -> Iterator[Fact]:
    """A fact a pattern: its hosts, category and organisation."""
    patterns, organisations = document["patterns"], document["organizations"]
    more: dict[str, list[str]] = {}
    listed = document.get("domains")
    for host, key in listed.items() if isinstance(listed, Mapping) else ():
        more.setdefault(str(key), []).append(str(host))
    for key, pattern in patterns.items() if isinstance(patterns, Mapping) else ():
        if isinstance(pattern, Mapping):
            owner = organisations.get(pattern.get("organization")) if isinstance(organisations, Mapping) else None
            owner = owner if isinstance(owner, Mapping) else {}
            yield from host_fact(
                [*texts(pattern.get("domains")), *more.get(str(key), ())],
                provider=joined(pattern.get("name"), owner.get("name")),
                categories=texts([pattern.get("category")]),
                description=owner.get("description"),
                policy=owner.get("privacy_policy_url") or owner.get("website_url") or pattern.get("website_url"),
            )


def is_services(document: object) -> bool:
    """Whether a JSON document is Disconnect's services.json."""
    categories = document.get("categories") if isinstance(document, Mapping) else None
    return isinstance(categories, Mapping) and all(isinstance(one, list) for one in categories.values())


def from_services(document: Document) -> Iterator[Fact]:
    """A fact a service: category, then name, then address, then hosts."""
    for category, services in document["categories"].items():
        for service in services:
            for name, sites in service.items() if isinstance(service, Mapping) else ():
                for address, hosts in sites.items() if isinstance(sites, Mapping) else ():
                    yield from host_fact(texts(hosts), provider=name, categories=[str(category)], policy=address)


def is_radar(document: object) -> bool:
    """Whether a JSON document is a domain of Tracker Radar."""
    return isinstance(document, Mapping) and isinstance(document.get("domain"), str) and "resources" in document


def from_radar(document: Document) -> Iterator[Fact]:
    """The fact of one domain file; `prevalence` and fingerprinting go into the description."""
    owner = document.get("owner")
    owner = owner if isinstance(owner, Mapping) else {}
    prints = document.get("fingerprinting")
    excessive = isinstance(prints, int) and prints >= 3  # "almost certainly for tracking purposes"
    yield from host_fact(
        [document["domain"]],
        provider=owner.get("displayName") or owner.get("name"),
        categories=texts(document.get("categories")) or (["fingerprintingInvasive"] if excessive else []),
        description=f"Fingerprinting score {prints} of 3." if isinstance(prints, int) and prints else "",
        policy=owner.get("privacyPolicy") or owner.get("url"),
    )


def host_fact(
    hosts: list[str], *, provider: object, categories: list[str], description: object = "", policy: object = ""
) -> Iterator[Fact]:
    """A fact about hosts; nothing if none is a host name."""
    names = dict.fromkeys(host.strip().strip(".").lower() for host in hosts)
    found = tuple(name for name in names if HOST.fullmatch(name))
    if found:
        yield Fact(
            name="",
            match="host",
            hosts=found,
            provider=short(provider, 120),
            category=short(", ".join(categories), 120),
            purpose=purposes.of_host(*categories),
            description=short(description),
            policy=short(policy, 300),
        )


def texts(found: object) -> list[str]:
    """The texts of a list, nothing for anything else."""
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def joined(name: object, owner: object) -> str:
    """`Service (Company)`."""
    return f"{name} ({owner})" if name and owner and name != owner else str(name or owner or "")
