"""Lists of cookie names: the Open Cookie Database as CSV and JSON, and the form of the EDPB's auditing tool."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bredele.formats.knowledge import purposes
from bredele.formats.knowledge.cells import read_hosts, read_name, read_retention, short
from bredele.formats.knowledge.fact import Fact

NAME = "Cookie / Data Key name"
COLUMNS = frozenset(("Platform", "Category", NAME))


def from_csv(text: str) -> Iterator[Fact]:
    """The facts of the CSV form; column names as published since 2019."""
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield from fact(
            provider=row.get("Platform"),
            category=row.get("Category"),
            name=row.get(NAME),
            hosts=row.get("Domain"),
            description=row.get("Description"),
            retention=row.get("Retention period"),
            controller=row.get("Data Controller"),
            policy=row.get("User Privacy & GDPR Rights Portals"),
            wildcard=row.get("Wildcard match"),
        )


def is_json(document: object) -> bool:
    """Whether a JSON document is the published JSON form: an object of lists, keyed by platform."""
    if not isinstance(document, Mapping) or not document:
        return False
    rows = [row for group in document.values() if isinstance(group, list) for row in group]
    return bool(rows) and all(isinstance(row, Mapping) and "cookie" in row and "category" in row for row in rows[:50])


def from_json(document: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts of the JSON form."""
    for platform, group in document.items():
        for row in group if isinstance(group, list) else ():
            if isinstance(row, Mapping):
                yield from fact(
                    provider=row.get("platform") or platform,
                    category=row.get("category"),
                    name=row.get("cookie"),
                    hosts=row.get("domain"),
                    description=row.get("description"),
                    retention=row.get("retentionPeriod"),
                    controller=row.get("dataController"),
                    policy=row.get("privacyLink"),
                    wildcard=row.get("wildcardMatch"),
                )


def is_edpb(document: object) -> bool:
    """Whether a JSON document is the form of the EDPB's website auditing tool: lists with `knowledges`."""
    groups = document if isinstance(document, list) else [document]
    return bool(groups) and all(isinstance(group, Mapping) and "knowledges" in group for group in groups)


def from_edpb(document: object) -> Iterator[Fact]:
    """The facts of the EDPB form; it has no column for wildcards and none for lifetimes."""
    for group in document if isinstance(document, list) else [document]:
        rows: Iterable[Any] = group.get("knowledges") or () if isinstance(group, Mapping) else ()
        for row in rows:
            if isinstance(row, Mapping):
                yield from fact(
                    provider=row.get("source"),
                    category=row.get("category"),
                    name=row.get("name"),
                    hosts=row.get("domain"),
                    description=row.get("comment"),
                    controller=row.get("controller"),
                    policy=row.get("policy"),
                )


def fact(
    *,
    provider: object,
    category: object,
    name: object,
    hosts: object = "",
    description: object = "",
    retention: object = "",
    controller: object = "",
    policy: object = "",
    wildcard: object = "",
) -> Iterator[Fact]:
    """One row as a fact; nothing for a row without a usable name."""
    read = read_name(str(name or ""), str(wildcard or "").strip().lower() in ("1", "true"))
    if read is None:
        return
    found, own = read_hosts(str(hosts or ""))
    yield Fact(
        name=read[0],
        match=read[1],
        hosts=found,
        own=own,
        provider=short(provider or controller, 120),
        category=short(category, 60),
        purpose=purposes.of_name(str(category or "")),
        description=short(description),
        lifetime=read_retention(str(retention or "")),
        policy=short(policy, 300),
    )
