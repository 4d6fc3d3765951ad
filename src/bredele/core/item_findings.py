"""What is wrong with one stored item: undeclared, at the wrong moment, too long, another host's, otherwise marked."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

from bredele.core.declaration import BY_REQUEST, Declaration
from bredele.core.observation import Finding, Observation, Scan, Severity, granted_purpose
from bredele.core.recognition import recognise
from bredele.core.registry import RegistrableDomain, Registry

DAY = 86_400
BROWSER_CAP_DAYS = 400
"""Browsers cut longer lifetimes (RFC 6265bis section 5.5)."""
RULE_OF_STATE = {
    "no_choice": "before-consent",
    "no_script": "before-consent",
    "signed_in": "before-consent",
    "refused": "after-refusal",
    "withdrawn": "after-withdrawal",
    "gpc": "gpc-ignored",
}
"""States in which nothing that needs consent may be there. In `signed_in` and `no_script` no choice was made."""
MOMENT = {
    "before-consent": "before any choice",
    "after-refusal": "after a refusal",
    "after-withdrawal": "after the withdrawal",
    "gpc-ignored": "although Global Privacy Control is on",
}
CURE = {
    "before-consent": "Store it only after the purpose was granted, or declare and reason its exemption.",
    "after-refusal": "Store it only after the purpose was granted, and expire it when the visitor refuses.",
    "after-withdrawal": "Expire it in the answer to the withdrawal; for a third party declare an `erase` address.",
    "gpc-ignored": "Take the signal for a refusal: store nothing that needs consent before the visitor chooses.",
}
ATTRIBUTES = ("secure", "http_only", "same_site", "partitioned")


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What items are held against. Without a registry every unknown item needs consent."""

    registry: Registry | None
    scan: Scan
    site_host: str
    registrable_domain: RegistrableDomain

    def foreign(self, host: str) -> bool:
        """Whether a host belongs to another registrable domain than the visited site (REG-05)."""
        return self.registrable_domain(host.lstrip(".").lower()) != self.registrable_domain(self.site_host)

    @property
    def secure_compared(self) -> bool:
        """Over http on loopback Secure is not compared (CONTRACTS 2)."""
        parts = urlsplit(self.scan.target)
        return not (parts.scheme == "http" and is_loopback(parts.hostname or ""))


def is_loopback(host: str) -> bool:
    """`localhost`, `*.localhost` and loopback addresses."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def item_findings(comparison: Comparison, item: Observation) -> Iterator[Finding]:
    """Every fault of one observation. Literal names behind a pattern are looked up one by one."""
    if item.kind in BY_REQUEST:
        registry, site_host = comparison.registry, comparison.site_host
        if registry and not registry.covers(item.name, item.host, kind=item.kind, site_host=site_host):
            yield from unknown_item(comparison, item, item.name)
        return
    by_entry: dict[int, tuple[Declaration | None, list[str]]] = {}
    for name in item.names or (item.name,):
        entry = entry_of(comparison, item, name)
        by_entry.setdefault(id(entry), (entry, []))[1].append(name)
    for entry, names in by_entry.values():
        shown = item if len(by_entry) == 1 else msgspec.structs.replace(item, name=", ".join(names))
        if entry is None:
            yield from unknown_item(comparison, shown, names[0])
        else:
            yield from declared_item(comparison, shown, entry)


def entry_of(comparison: Comparison, item: Observation, name: str) -> Declaration | None:
    """The declaration for this name on this host."""
    if comparison.registry is None:
        return None
    return comparison.registry.match(name, item.host, kind=item.kind, site_host=comparison.site_host)


def unknown_item(comparison: Comparison, item: Observation, name: str) -> Iterator[Finding]:
    """An item without an entry: another party's under a declared name, undeclared, or simply unknown."""
    if comparison.registry is None:
        if recognise(item, own=not comparison.foreign(item.host)) is None:
            yield from moments(comparison, item, "nothing says that it is necessary")
        return
    namesake = next(iter(comparison.registry.named(name, item.kind)), None)
    if namesake is not None and wrong_party(comparison, item, namesake):
        yield item_finding(
            "party",
            "error",
            item,
            f"{item.name} is declared for {declared_hosts(comparison, namesake)} but belongs to {item.host}, "
            f"{'another' if comparison.foreign(item.host) else 'the visited'} site; {setter(item)}.",
            "Declare the host that really sets it, or remove it.",
        )
        return
    yield item_finding(
        "undeclared",
        "error",
        item,
        f"{item.name} ({item.kind}, {item.host}) is declared nowhere; {setter(item)}.",
        "Declare it with its purpose, or remove what sets it.",
    )


def wrong_party(comparison: Comparison, item: Observation, entry: Declaration) -> bool:
    """Declared as the site's own but another's, or the other way round."""
    hosts = entry.hosts or (comparison.site_host,)
    return all(comparison.foreign(host) != comparison.foreign(item.host) for host in hosts)


def declared_hosts(comparison: Comparison, entry: Declaration) -> str:
    """The hosts an entry is declared for, as a person reads them."""
    return ", ".join(entry.hosts) or f"the site itself ({comparison.site_host})"


def declared_item(comparison: Comparison, item: Observation, entry: Declaration) -> Iterator[Finding]:
    """The moment, the lifetime and the attributes of an item that has an entry."""
    registry = comparison.registry
    if registry is not None and not registry.exempt(entry):
        purposes = ", ".join(entry.purpose) or "no stated purpose"
        yield from moments(comparison, item, f"it needs consent ({purposes})", entry.purpose)
    yield from lifetime_findings(comparison, item, entry)
    yield from attribute_findings(comparison, item, entry)


def rule_of(state: str, purposes: tuple[str, ...] | None) -> str | None:
    """The rule that an item of these purposes breaks by being there in a state; None if it may be there.

    `purposes` None: not known, so that nothing can be said about a state in which a single purpose was granted.
    """
    granted = granted_purpose(state)
    if not granted:
        return RULE_OF_STATE.get(state)
    return None if purposes is None or granted in purposes else "after-refusal"


def moments(
    comparison: Comparison, item: Observation, why: str, purposes: tuple[str, ...] | None = None
) -> Iterator[Finding]:
    """One finding for each wrong moment at which the item was there (BAN-01)."""
    for rule in MOMENT:
        states = [state for state in item.states if rule_of(state, purposes) == rule]
        if not states:
            continue
        left_over = rule == "after-withdrawal" and not item.resent and comparison.foreign(item.host)
        told = "is left over from before but was never sent again" if left_over else "is stored"
        yield item_finding(
            rule,
            "warning" if left_over else "error",
            item,
            f"{item.name} ({item.kind}, {item.host}) {told} {MOMENT[rule]}: {why}; {setter(item)}.",
            CURE[rule],
            states,
        )


def lifetime_findings(comparison: Comparison, item: Observation, entry: Declaration) -> Iterator[Finding]:
    """Declared against observed lifetime as calendar durations, and the browser's cut (SCN-04, SCN-05)."""
    declared, seen = entry.lifetime, item.declared_lifetime
    seen = item.effective_lifetime if seen is None else seen
    if declared is None:
        return
    if item.kind != "cookie":
        if declared.session != (item.kind == "session_storage") and declared.iso8601 is None:
            kept = "until the tab is closed" if item.kind == "session_storage" else "without end"
            yield lifetime_finding(
                item, "error", f"{item.name} is declared as {declared} but {item.kind} keeps it {kept}"
            )
        return
    if item.session:
        if not declared.session:
            yield lifetime_finding(item, "warning", f"{item.name} is declared for {declared} but ends with the session")
        return
    if seen is None:
        return
    allowed = declared.max_age(comparison.scan.started)
    if declared.session:
        yield lifetime_finding(item, "error", f"{item.name} is declared as a session cookie but is kept {span(seen)}")
    elif allowed is not None and abs(seen - allowed) > min(DAY, allowed):
        longer = seen > allowed
        yield lifetime_finding(
            item,
            "error" if longer else "warning",
            f"{item.name} is declared for {declared} ({span(allowed)}) but is kept "
            f"{'longer' if longer else 'for less time'}: {span(seen)}",
        )
    yield from beyond_declared(item, entry, seen)


def beyond_declared(item: Observation, entry: Declaration, seen: int) -> Iterator[Finding]:
    """A lifetime that each visit starts anew, and one that the browser cuts."""
    if item.attributes.get("refreshed") and not entry.refreshed:
        fact = f"{item.name} is declared for {entry.lifetime} but each visit starts that anew"
        yield lifetime_finding(item, "warning", fact)
    if seen > (BROWSER_CAP_DAYS + 1) * DAY:
        yield lifetime_finding(
            item, "note", f"{item.name} asks for {span(seen)}; the browser keeps {BROWSER_CAP_DAYS} days at most"
        )


def lifetime_finding(item: Observation, severity: Severity, fact: str) -> Finding:
    """A finding of the rule `lifetime`."""
    cure = "Shorten the lifetime." if severity == "note" else "Make the declared and the real lifetime the same."
    return item_finding("lifetime", severity, item, f"{fact}; {setter(item)}.", cure)


def attribute_findings(comparison: Comparison, item: Observation, entry: Declaration) -> Iterator[Finding]:
    """Attributes that are declared and differ; an absent one is not compared."""
    if item.kind != "cookie":
        return
    pairs = {name: (getattr(entry, name), item.attributes.get(name)) for name in ATTRIBUTES}
    pairs["path"] = (entry.path, item.path)
    if not comparison.secure_compared:
        del pairs["secure"]
    for name, (declared, seen) in pairs.items():
        if declared is not None and declared != (seen if seen is not None or name == "same_site" else False):
            yield item_finding(
                "attributes",
                "error",
                item,
                f"{item.name} is declared with {name} = {told_value(declared)} but has {told_value(seen)}; "
                f"{setter(item)}.",
                f"Set {name} as declared, or declare what is set.",
            )


def told_value(value: str | bool | None) -> str:
    """An attribute's value in a message."""
    return {True: "yes", False: "no", None: "none"}.get(value, str(value)) if not isinstance(value, str) else value


def item_finding(
    rule: str, severity: Severity, item: Observation, message: str, cure: str, states: list[str] | None = None
) -> Finding:
    """A finding about one item, with what shows it."""
    at = list(item.states) if states is None else states
    evidence = {"host": item.host, "path": item.path, "kind": item.kind, "states": ", ".join(at)}
    if item.set_by is not None:
        evidence |= {"set_by": item.set_by.url, "how": item.set_by.how}
    marks = [
        f"{name}={told_value(value)}" for name, value in sorted(item.attributes.items()) if value not in (None, False)
    ]
    if marks:
        evidence["attributes"] = "; ".join(marks)
    if item.names:
        evidence["names"] = ", ".join(item.names)
    return Finding(
        rule=rule,
        severity=severity,
        cookie=item.name,
        state=at[0] if at else None,
        message=message,
        cure=cure,
        evidence=evidence,
    )


def setter(item: Observation) -> str:
    """Who stored it, in words."""
    if item.set_by is None:
        return "who set it could not be seen"
    return f"set by {item.set_by.url} ({item.set_by.how.replace('_', ' ')})"


def span(seconds: int) -> str:
    """Seconds as days, hours or minutes, whichever reads best."""
    for size, word in ((DAY, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {word}" + ("s" if count != 1 else "")
    return f"{seconds} second" + ("s" if seconds != 1 else "")
