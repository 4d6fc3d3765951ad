"""From plain tables (`schema = 1`, CONTRACTS 3) to a Registry; InvalidRegistry lists every problem and its path."""

import re
from typing import Any, cast, get_args

from bredele.core.checks.names import name_problems
from bredele.core.declaration import Declaration, Exemption, ExemptionKind, Kind, Location, SameSite
from bredele.core.errors import BredeleError, InvalidLifetime, InvalidPattern, InvalidRegistry, UnreadableDocument
from bredele.core.jurisdictions import PRESETS
from bredele.core.lifetime import Lifetime, parse_lifetime
from bredele.core.pattern import check_pattern
from bredele.core.registry import Purpose, Registry, Site, Statistics
from bredele.formats.places import LOCATIONS, read_host, read_location, read_origin
from bredele.formats.tables import LANGUAGE, LANGUAGE_CURE, Table

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", re.ASCII)
SLUG_CURE = "Use a-z, 0-9 and -, at most 40 signs."
MOST_ENTRIES, MOST_PURPOSES = 1000, 100
NOBODY = ("none", "no", "nobody", "aucun", "aucune", "non")
TEXTS = ("name", "controller", "contact", "transfers", "retention", "authority", "rights")
SITE_KEYS = ("name", "origin", "languages", "jurisdiction", *TEXTS[1:], "statistics")
COOKIE_KEYS = (
    "names", "kind", "provider", "function", "location", "purpose", "purpose_text", "stated_type", "lifetime",
    "refreshed", "hosts", "path", "secure", "http_only", "same_site", "partitioned", "exemption",
    "third_party_access", "erase",
)  # fmt: skip


def registry_of(values: dict[str, object]) -> Registry:
    """The registry the tables declare; raises InvalidRegistry with all problems."""
    problems: list[BredeleError] = []
    root = Table(values, "", problems)
    root.only("schema", "site", "purposes", "cookies")
    if values.get("schema") != 1 or isinstance(values.get("schema"), bool):
        root.reject("schema", "The form of this file is not stated, or not known.", "Begin it with schema = 1.")
    site = read_site(root.table("site"))
    root.language = site.languages[0]
    registry = Registry(
        site=site,
        purposes=read_purposes(root),
        cookies=tuple(read_declaration(table) for table in root.tables("cookies", MOST_ENTRIES)),
    )
    problems += [
        InvalidPattern(problem.message, where=problem.where, cure=problem.cure)
        for problem in name_problems(registry)
        if problem.code == "overlap"
    ]
    if problems:
        raise InvalidRegistry(tuple(problems))
    return registry


def read_site(table: Table | None) -> Site:
    """Who answers for the site; an absent table is an empty site."""
    if table is None:
        return Site()
    table.only(*SITE_KEYS)
    languages = read_languages(table)
    table.language = languages[0]
    texts: Any = {key: table.text(key) for key in TEXTS}
    return Site(
        **texts,
        origin=read_site_origin(table),
        languages=languages,
        jurisdiction=table.one_of("jurisdiction", tuple(PRESETS)) or "EU",
        statistics=cast("Statistics | None", table.one_of("statistics", get_args(Statistics))),
    )


def read_site_origin(table: Table) -> str:
    """The origin, normalised; empty if absent."""
    stated = table.string("origin")
    origin = read_origin(stated) if stated else ""
    if origin is None:
        table.reject("origin", f'"{str(stated)[:60]}" is no web origin.', 'Write "https://host", without a path.')
    return origin or ""


def read_languages(table: Table) -> tuple[str, ...]:
    """The site's languages, the first one leading; `en` if none is stated."""
    languages = table.strings("languages") or ()
    for place, language in enumerate(languages):
        if not LANGUAGE.fullmatch(language):
            table.reject(f"languages[{place}]", f'"{language[:60]}" is no language code.', LANGUAGE_CURE)
        elif language in languages[:place]:
            table.reject(f"languages[{place}]", f'"{language}" is named twice.', "Keep one.")
    return tuple(language for language in languages if LANGUAGE.fullmatch(language)) or ("en",)


def read_purposes(root: Table) -> tuple[Purpose, ...]:
    """Own purposes, and standard ones under the site's own label."""
    purposes: list[Purpose] = []
    for table in root.tables("purposes", MOST_PURPOSES):
        table.only("id", "label")
        identifier = table.string("id") or ""
        if not SLUG.fullmatch(identifier):
            table.reject("id", f'"{identifier[:60]}" is no purpose.', SLUG_CURE)
        if identifier in (purpose.id for purpose in purposes):
            table.reject("id", f'"{identifier}" is there twice.', "Keep one.")
        purposes.append(Purpose(id=identifier, label=table.text("label")))
    return tuple(purposes)


def read_declaration(table: Table) -> Declaration:
    """One entry of `[[cookies]]`."""
    table.only(*COOKIE_KEYS)
    return Declaration(
        names=read_names(table),
        kind=cast("Kind", table.one_of("kind", get_args(Kind)) or "cookie"),
        provider=table.string("provider"),
        function=table.text("function"),
        location=read_locations(table),
        purpose=read_purpose(table),
        purpose_text=table.text("purpose_text"),
        stated_type=table.string("stated_type"),
        lifetime=read_lifetime(table),
        refreshed=table.flag("refreshed") or False,
        hosts=read_hosts(table),
        path=read_path(table),
        secure=table.flag("secure"),
        http_only=table.flag("http_only"),
        same_site=cast("SameSite | None", table.one_of("same_site", get_args(SameSite))),
        partitioned=table.flag("partitioned"),
        exemption=read_exemption(table),
        third_party_access=read_access(table),
        erase=table.string("erase"),
    )


def read_names(table: Table) -> tuple[str, ...]:
    """Names and patterns; at least one is needed by everything that reads a registry."""
    names = table.strings("names")
    if not names and not any(problem.where.startswith(table.path("names")) for problem in table.problems):
        table.reject("names", "The entry has no name.", 'Write names = ["name"], * allowed at one end.')
    for place, name in enumerate(names or ()):
        try:
            check_pattern(name)
        except InvalidPattern as error:
            table.problems.append(InvalidPattern(error.message, where=table.path(f"names[{place}]"), cure=error.cure))
        if name in (names or ())[:place]:
            table.reject(f"names[{place}]", f'"{name}" is there twice.', "Keep one.")
    return names or ()


def read_locations(table: Table) -> tuple[Location, ...]:
    """Where on the site the entry does its work, in the order of the glossary."""
    found: set[Location] = set()
    for place, stated in enumerate(table.strings("location", single=True) or ()):
        where = read_location(stated)
        if where is None:
            single = isinstance(table.values["location"], str)
            table.reject(
                "location" if single else f"location[{place}]",
                f'"{stated[:60]}" is no location.',
                f"Use one or more of: {', '.join(LOCATIONS)}.",
            )
        found |= set(where or ())
    return tuple(place for place in LOCATIONS if place in found)


def read_purpose(table: Table) -> tuple[str, ...]:
    """The purposes an entry serves, as slugs."""
    purposes = table.strings("purpose", single=True) or ()
    for purpose in purposes:
        if not SLUG.fullmatch(purpose):
            table.reject("purpose", f'"{purpose[:60]}" is no purpose.', SLUG_CURE)
    return tuple(dict.fromkeys(purposes))


def read_lifetime(table: Table) -> Lifetime | None:
    """ISO 8601 duration, `session` or `persistent`; None if absent."""
    stated = table.string("lifetime")
    try:
        return parse_lifetime(stated) if stated else None
    except InvalidLifetime as error:
        table.problems.append(InvalidLifetime(error.message, where=table.path("lifetime"), cure=error.cure))
        return None


def read_hosts(table: Table) -> tuple[str, ...]:
    """The hosts that set it, lower case; empty means the site's own."""
    hosts = []
    for place, stated in enumerate(table.strings("hosts") or ()):
        host = read_host(stated)
        if host is None:
            table.reject(f"hosts[{place}]", f'"{stated[:60]}" is no host.', "Write a name, no scheme, port or path.")
        elif host not in hosts:
            hosts.append(host)
    return tuple(hosts)


def read_path(table: Table) -> str | None:
    """The cookie's path; None if absent."""
    path = table.string("path")
    if path is not None and (not path.startswith("/") or ";" in path):
        table.reject("path", f'"{path[:60]}" is no cookie path.', 'Begin it with "/".')
    return path


def read_exemption(table: Table) -> Exemption | None:
    """Why no consent is asked; None if absent."""
    inner = table.table("exemption")
    if inner is None:
        return None
    inner.only("kind", "reason")
    kind = inner.one_of("kind", get_args(ExemptionKind))
    if kind is None and not any(problem.where == inner.path("kind") for problem in table.problems):
        inner.reject("kind", "The kind of exemption is missing.", f"Use one of: {', '.join(get_args(ExemptionKind))}.")
    return Exemption(kind=cast("ExemptionKind", kind or "strictly_necessary"), reason=inner.text("reason"))


def read_access(table: Table) -> tuple[str, ...] | None:
    """Third parties that can read it: a list, one name, or "none"; None if the question is not answered (REG-07)."""
    recipients = table.strings("third_party_access", single=True)
    if recipients is None:
        return None
    return tuple(dict.fromkeys(name for name in recipients if name.strip().lower() not in NOBODY))


def unreadable(message: str, line: int, cure: str) -> InvalidRegistry:
    """One fault that keeps the whole file from being read, at its line."""
    return InvalidRegistry((UnreadableDocument(message, where=f"line {line}", cure=cure),))
