"""The site's own facts: address, languages, who answers for it, and the statistics it may run (POL-06, ANA-23)."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bredele.core.checks.problem import Case, Problem, error, note
from bredele.core.declaration import AUDIENCE_COOKIE, MEASUREMENT, STANDARD_PURPOSES, Declaration
from bredele.core.jurisdictions import PRESETS
from bredele.core.pattern import matches
from bredele.core.wording import WORDINGS, knows

LOOPBACK = ("localhost", "127.0.0.1", "::1")
REQUIRED = {
    "name": "what the site is called",
    "controller": "who answers for the site (GDPR Art. 13(1)(a))",
    "contact": "how to reach them (GDPR Art. 13(1)(a)-(b))",
    "retention": "how long data are kept (GDPR Art. 13(2)(a))",
}
MOST_OPTIONAL = 12
"""Bits in the choice cookie: a refusal has at most 40 bytes, name included (CONTRACTS 1)."""


def site_problems(case: Case) -> Iterator[Problem]:
    """Facts that are missing or wrong."""
    site = case.registry.site
    yield from origin_problems(case)
    if site.jurisdiction.upper() not in PRESETS:
        cure = f"Use one of: {', '.join(PRESETS)}."
        yield error("jurisdiction", "site.jurisdiction", f'"{site.jurisdiction}" is no known jurisdiction.', cure)
    for language in site.languages:
        if not knows(language):
            known = ", ".join(WORDINGS)
            message = f'The policy has no words in "{language}".'
            yield case.missing("language-unknown", "site.languages", message, f"Use: {known}.")
    for field, meaning in REQUIRED.items():
        if not any(getattr(site, field).values()):
            cure = f'Write {field} = "…" under [site].'
            yield case.missing(f"{field}-missing", f"site.{field}", f"Nothing says {meaning}.", cure)


def origin_problems(case: Case) -> Iterator[Problem]:
    """The address cookies belong to: https, or http on this machine only."""
    scheme, host = address_of(case.registry.site.origin)
    if not host:
        cure = 'Write origin = "https://your.site" under [site].'
        yield case.missing("origin-missing", "site.origin", "The site's address is missing.", cure)
    elif scheme != "https" and not is_loopback(host):
        message = f"{case.registry.site.origin} would send cookies in the clear."
        yield error("origin-insecure", "site.origin", message, "Use https; http is for loopback only.")


def address_of(text: str) -> tuple[str, str]:
    """Scheme and host of an address; both empty if it is none."""
    try:
        parts = urlsplit(text)
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""


def is_loopback(host: str) -> bool:
    """This machine (`*.localhost` counts, CONTRACTS 2)."""
    return host in LOOPBACK or host.endswith(".localhost")


def purpose_problems(case: Case) -> Iterator[Problem]:
    """Purposes: every own one has a label, none is claimed without an entry, and they fit the choice cookie."""
    registry = case.registry
    labelled = {purpose.id: purpose for purpose in registry.purposes}
    for slug in registry.used_purposes():
        if slug not in STANDARD_PURPOSES and not (slug in labelled and any(labelled[slug].label.values())):
            message, cure = (
                f'"{slug}" has no label a visitor could read.',
                f'Add [[purposes]] id = "{slug}" with label.',
            )
            yield case.missing("purpose-label", where_of(registry.purposes, slug), message, cure)
    for place, purpose in enumerate(registry.purposes):
        if purpose.id not in registry.used_purposes():
            yield unused(case, place, purpose.id)
    if len(registry.optional_purposes()) > MOST_OPTIONAL:
        message = f"{len(registry.optional_purposes())} purposes are too many for one choice."
        yield error("purposes-too-many", "purposes", message, f"Merge them into at most {MOST_OPTIONAL}.")


def where_of(purposes: tuple[object, ...], slug: str) -> str:
    """The path of a purpose's label; the list where it is not in it."""
    place = next((place for place, purpose in enumerate(purposes) if getattr(purpose, "id", "") == slug), None)
    return "purposes" if place is None else f"purposes[{place}].label"


def unused(case: Case, place: int, slug: str) -> Problem:
    """A purpose nothing serves; for audience measurement that is a claim that is not true (REG-16)."""
    where = f"purposes[{place}].id"
    if slug == MEASUREMENT:
        message = "The site says that it measures its audience, but declares no entry and no statistics for it."
        cure = 'Declare the entry, set statistics = "pageviews" where the jurisdiction allows it, or drop the claim.'
        return case.missing("measurement-undeclared", where, message, cure)
    return note("purpose-unused", where, f'Nothing serves "{slug}".', "Drop it, or declare what serves it.")


def statistics_problems(case: Case) -> Iterator[Problem]:
    """The exempt measurement is on only where the law exempts it, and declares what it stores (ANA-23, REG-16)."""
    registry, where = case.registry, "site.statistics"
    mode = registry.site.statistics
    if mode in (None, "off"):
        return
    if not registry.preset.audience_exempt:
        message = f'The law of "{registry.site.jurisdiction}" exempts no audience measurement from consent.'
        yield error("statistics-not-exempt", where, message, 'Set statistics = "off".')
    elif mode == "visitors" and not any(audience(entry) for entry in registry.cookies):
        message = f"Counting visitors stores one cookie, {AUDIENCE_COOKIE}, which is not declared."
        cure = f'Declare {AUDIENCE_COOKIE} with purpose = "measurement", or set statistics = "pageviews".'
        yield case.missing("measurement-undeclared", where, message, cure)


def audience(entry: Declaration) -> bool:
    """Whether this declares the cookie by which visitors are counted."""
    return (
        entry.kind == "cookie"
        and MEASUREMENT in entry.purpose
        and any(matches(name, AUDIENCE_COOKIE) for name in entry.names)
    )
