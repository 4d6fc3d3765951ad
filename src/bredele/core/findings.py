"""What a browser saw, held against what is declared: both differences, each with its setter and its cure (SCN-03)."""

from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from bredele.core.declaration import BY_REQUEST, Declaration
from bredele.core.item_findings import MOMENT, Comparison, item_findings, rule_of
from bredele.core.observation import Finding, Observation, Rejection, Request, Scan
from bredele.core.pattern import matches
from bredele.core.registry import RegistrableDomain, Registry, covers_host

SEVERITIES = ("error", "warning", "note")


def compare(
    registry: Registry | None, scan: Scan, *, site_host: str, registrable_domain: RegistrableDomain
) -> tuple[Finding, ...]:
    """Every finding, errors first, in a fixed order.

    `registry` None: nothing is declared, so what is not recognised needs consent. `site_host`: the visited host, which
    may differ from the declared origin. Banner findings the scan brings along are kept.
    """
    comparison = Comparison(
        registry=registry, scan=scan, site_host=site_host.lower(), registrable_domain=registrable_domain
    )
    found = [finding for finding in scan.findings if finding.rule.startswith("banner-")]
    for item in scan.observations:
        found.extend(item_findings(comparison, item))
    found.extend(request_findings(comparison))
    found.extend(rejection_findings(scan.rejections))
    found.extend(not_seen(comparison))
    return tuple(sorted(found, key=order))


def order(finding: Finding) -> tuple[object, ...]:
    """Errors first, then by rule and name, so that two scans of the same site read the same."""
    return (
        SEVERITIES.index(finding.severity),
        finding.rule,
        finding.cookie or "",
        finding.state or "",
        finding.message,
    )


def request_findings(comparison: Comparison) -> Iterator[Finding]:
    """Requests to third parties before consent, after refusal or withdrawal (BAN-01): one finding a host and moment."""
    by_place: dict[tuple[str, str], list[Request]] = {}
    for request in comparison.scan.requests:
        rule = rule_of(request.state, purposes_of_host(comparison, request.host))
        if rule and comparison.foreign(request.host) and not allowed_request(comparison, request):
            by_place.setdefault((rule, request.host), []).append(request)
    for (rule, host), requests in by_place.items():
        first = requests[0]
        states = list(dict.fromkeys(request.state for request in requests))
        yield Finding(
            rule="third-party-request",
            severity="error",
            state=first.state,
            message=f"{host} gets a request {MOMENT[rule]}: {first.url}, asked for by {first.initiator or 'the page'}.",
            cure="Load it only after its purpose was granted, or declare an exempt entry for this host.",
            evidence={
                "host": host,
                "url": first.url,
                "initiator": first.initiator,
                "count": str(sum(request.count for request in requests)),
                "states": ", ".join(states),
            },
        )


def purposes_of_host(comparison: Comparison, host: str) -> tuple[str, ...] | None:
    """Every purpose for which a host is declared; None without a registry."""
    registry = comparison.registry
    if registry is None:
        return None
    declared = [entry for entry in registry.cookies if entry.hosts and covers_host(entry, host, comparison.site_host)]
    return tuple(dict.fromkeys(purpose for entry in declared for purpose in entry.purpose))


def allowed_request(comparison: Comparison, request: Request) -> bool:
    """A host that an exempt entry declares, or the one request to an erase address that answers a withdrawal."""
    registry = comparison.registry
    if registry is None:
        return False
    if any(
        registry.exempt(entry) and entry.hosts and covers_host(entry, request.host, comparison.site_host)
        for entry in registry.cookies
    ):
        return True
    return (
        request.after_withdrawal
        and request.count == 1
        and any(entry.erase and bare(entry.erase) == bare(request.url) for entry in registry.cookies)
    )


def bare(url: str) -> str:
    """An address without query and fragment: evidence never holds them."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))


def rejection_findings(rejections: tuple[Rejection, ...]) -> Iterator[Finding]:
    """Attempts the browser refused, with its own reason (SCN-06): nothing was stored, yet somebody tried."""
    by_attempt: dict[tuple[str, str, str, str], list[Rejection]] = {}
    for rejection in rejections:
        key = (rejection.name, rejection.host, rejection.reason, rejection.set_by.url)
        by_attempt.setdefault(key, []).append(rejection)
    for (name, host, reason, url), attempts in by_attempt.items():
        yield Finding(
            rule="rejected",
            severity="warning",
            cookie=name,
            state=attempts[0].state,
            message=f"The browser refused {name} for {host}: {reason}; tried by {url} ({attempts[0].set_by.how}).",
            cure="Correct its attributes, or remove the attempt: the reason is the browser's own.",
            evidence={
                "host": host,
                "reason": reason,
                "set_by": url,
                "how": attempts[0].set_by.how,
                "states": ", ".join(dict.fromkeys(attempt.state for attempt in attempts)),
            },
        )


def not_seen(comparison: Comparison) -> Iterator[Finding]:
    """Declared names that no state showed: a note, for a scan cannot prove absence."""
    scan = comparison.scan
    for entry in comparison.registry.cookies if comparison.registry else ():
        for pattern in entry.names:
            if any(shows(comparison, entry, pattern, item) for item in scan.observations):
                continue
            if entry.kind in BY_REQUEST and any(
                covers_host(entry, request.host, comparison.site_host) for request in scan.requests
            ):
                continue
            hint = "" if "signed_in" in scan.states else " Signing in was not tried: give --sign-in FILE."
            yield Finding(
                rule="not-seen",
                severity="note",
                cookie=pattern,
                message=f"{pattern} is declared but was seen in none of: {', '.join(scan.states)}.{hint}",
                cure="Remove the entry if nothing sets it any more; else say in its function when it appears.",
                evidence={"kind": entry.kind, "hosts": ", ".join(entry.hosts)},
            )


def shows(comparison: Comparison, entry: Declaration, pattern: str, item: Observation) -> bool:
    """Whether an item is this declared name on a host the entry covers."""
    return (
        item.kind == entry.kind
        and any(matches(pattern, name) for name in item.names or (item.name,))
        and covers_host(entry, item.host, comparison.site_host)
    )
