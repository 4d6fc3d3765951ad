"""Each declaration: what it must state, and what cannot be true together (REG-01, REG-03, REG-07, REG-12)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bredele.core.checks.problem import Case, Problem, error, note, warning
from bredele.core.checks.site import address_of, is_loopback
from bredele.core.declaration import MEASUREMENT, NECESSARY, Declaration
from bredele.core.lifetime import Lifetime

NOTHING_STAYS = ("pixel", "beacon", "fingerprint")
"""Kinds that read or send and leave nothing on the device: they need no lifetime (REG-06)."""
BROWSER_CAP = timedelta(days=400)
LEAP_START = datetime(2023, 12, 31)  # noqa: DTZ001  # a calendar, not a clock: the longest months follow
MEANINGS = {
    "provider": "who provides it",
    "function": "what it does",
    "location": "where on the site it works",
    "purpose_text": "what it is for, in a visitor's words",
}


def entry_problems(case: Case) -> Iterator[Problem]:
    """Every entry, in order."""
    for place, entry in enumerate(case.registry.cookies):
        where = f"cookies[{place}]"
        yield from stated(case, entry, where)
        yield from lifetime_problems(case, entry, where)
        yield from exemption_problems(case, entry, where)
        yield from attribute_problems(case, entry, where)


def named(entry: Declaration) -> str:
    """The entry as a person names it."""
    return ", ".join(entry.names) or "the entry"


def stated(case: Case, entry: Declaration, where: str) -> Iterator[Problem]:
    """Facts every entry must state; purpose and lifetime even for a bare check of a site."""
    if not entry.purpose:
        cure = 'Write purpose = "necessary", "measurement" … or one of your own.'
        yield error("purpose-missing", f"{where}.purpose", f"{named(entry)} has no purpose.", cure)
    if entry.lifetime is None and entry.kind not in NOTHING_STAYS:
        cure = 'Write lifetime = "P6M", "session" or "persistent".'
        yield error("lifetime-missing", f"{where}.lifetime", f"{named(entry)} has no lifetime.", cure)
    for field, meaning in MEANINGS.items():
        if not getattr(entry, field):
            message, cure = f"{named(entry)} does not say {meaning}.", f"Write {field} in this entry."
            yield case.missing(f"{field.replace('_', '-')}-missing", f"{where}.{field}", message, cure)
    if entry.third_party_access is None:
        message = f"{named(entry)} does not say whether third parties can read it."
        cure = "Write third_party_access = [] if nobody can, else name them."
        yield case.missing("third-party-access-missing", f"{where}.third_party_access", message, cure)


def lifetime_problems(case: Case, entry: Declaration, where: str) -> Iterator[Problem]:
    """Too long for the browser, or for what it measures (CNIL 2020-092 Art. 5; RFC 6265bis 5.5)."""
    lifetime, where = entry.lifetime, f"{where}.lifetime"
    if lifetime is None:
        return
    most = case.registry.preset.audience_cookie_at_most
    if MEASUREMENT in entry.purpose and longer(lifetime, most):
        message = f"{named(entry)} measures the audience and stays longer than 13 months."
        yield error("lifetime-measurement", where, message, 'Write at most "P13M".')
    elif entry.kind == "cookie" and lifetime.persistent:
        message = f"{named(entry)} is a cookie, and every cookie ends."
        yield error("lifetime-endless", where, message, "Write a duration; browsers keep a cookie 400 days at most.")
    elif entry.kind == "cookie" and span(lifetime) > BROWSER_CAP:
        message = f"{named(entry)} is declared for longer than browsers keep a cookie (400 days)."
        yield warning("lifetime-400-days", where, message, 'Write at most "P400D".')
    if exempt_measurement(entry) and entry.refreshed:
        message = f"{named(entry)} is exempt as audience measurement, so its life must not begin anew at each visit."
        yield error("exemption-refreshed", where.replace("lifetime", "refreshed"), message, "Write refreshed = false.")


def longer(lifetime: Lifetime, most: Lifetime) -> bool:
    """Longer by the calendar; without end is longer than anything."""
    return lifetime.persistent or span(lifetime) > span(most)


def span(lifetime: Lifetime) -> timedelta:
    """By the calendar, from one fixed day: 13 months and 13 months are equal, 13 months and a day are more."""
    try:
        end = lifetime.after(LEAP_START)
    except (OverflowError, ValueError):
        return timedelta.max
    return end - LEAP_START if end else timedelta()


def exempt_measurement(entry: Declaration) -> bool:
    """Whether the entry claims the audience exemption."""
    return entry.exemption is not None and entry.exemption.kind == "audience"


def exemption_problems(case: Case, entry: Declaration, where: str) -> Iterator[Problem]:
    """No consent only with a written reason, and only for purposes the exemption can cover (REG-03, REG-04)."""
    where = f"{where}.exemption"
    if entry.exemption is None:
        if NECESSARY in entry.purpose:
            message = f"{named(entry)} is called necessary, but nothing says why no consent is needed."
            cure = 'Write exemption = { kind = "strictly_necessary", reason = "…" }.'
            yield case.missing("exemption-missing", where, message, cure)
        return
    if not any(entry.exemption.reason.values()):
        message = f"The exemption of {named(entry)} has no reason."
        yield case.missing("exemption-reason", f"{where}.reason", message, "Write the reason a visitor can read.")
    yield from coverage(case, entry, where)


def coverage(case: Case, entry: Declaration, where: str) -> Iterator[Problem]:
    """An exemption that covers none of the entry's purposes is wrong; one that covers some still means: ask."""
    if exempt_measurement(entry) and not case.registry.preset.audience_exempt:
        message = f'The law of "{case.registry.site.jurisdiction}" exempts no audience measurement from consent.'
        yield error("audience-not-exempt", f"{where}.kind", message, "Drop the exemption: consent is asked for then.")
        return
    kind, fitting = ("audience", MEASUREMENT) if exempt_measurement(entry) else ("necessity", NECESSARY)
    others = [purpose for purpose in entry.purpose if purpose != fitting]
    if entry.purpose and len(others) == len(entry.purpose):
        message = f"An exemption for {kind} cannot cover {', '.join(others)}."
        yield error("exemption-kind", f"{where}.kind", message, "Drop the exemption, or correct the purpose.")
    elif others:
        message = f"{named(entry)} also serves {', '.join(others)}, so consent is asked for all of it."
        yield warning("exemption-partial", where, message, "Split it in two if the site can.")


def attribute_problems(case: Case, entry: Declaration, where: str) -> Iterator[Problem]:
    """Attributes no browser accepts together, and an erase address that cannot work."""
    if entry.kind == "cookie" and (entry.same_site == "None" or entry.partitioned) and entry.secure is not True:
        message = f"{named(entry)} has SameSite=None or Partitioned, which browsers refuse without Secure."
        yield error("secure-missing", f"{where}.secure", message, "Write secure = true.")
    yield from prefix_problems(entry, where)
    if entry.erase is not None:
        yield from erase_problems(case, entry, f"{where}.erase")
    yield from type_problems(case, entry, where)


def prefix_problems(entry: Declaration, where: str) -> Iterator[Problem]:
    """What a name promises to the browser (RFC 6265bis 4.1.3)."""
    lowered = [name.lower() for name in entry.names if entry.kind == "cookie"]
    if any(name.startswith(("__secure-", "__host-")) for name in lowered) and entry.secure is False:
        message = f"{named(entry)} has a prefix that browsers refuse without Secure."
        yield error("prefix-secure", f"{where}.secure", message, "Write secure = true.")
    if any(name.startswith("__host-") for name in lowered) and entry.path not in (None, "/"):
        message = f'{named(entry)} has the prefix "__Host-", which needs the path "/".'
        yield error("prefix-path", f"{where}.path", message, 'Write path = "/".')


def erase_problems(case: Case, entry: Declaration, where: str) -> Iterator[Problem]:
    """Only a third party is asked to erase its own cookie, over https or on this machine."""
    scheme, host = address_of(entry.erase or "")
    if not host or not (scheme == "https" or (scheme == "http" and is_loopback(host))):
        yield error("erase-address", where, f'"{entry.erase}" is no https address.', "Write an https address.")
    elif case.registry.party(entry, case.registrable_domain) == "first":
        message = f"{named(entry)} is this site's own: it is expired by the site itself."
        yield error("erase-first-party", where, message, "Drop erase, or write the hosts that set it.")
    elif not any(host == own or host.endswith("." + own) for own in (name.lstrip(".") for name in entry.hosts)):
        message = f"{host} cannot erase what {', '.join(entry.hosts)} sets."
        yield warning("erase-host", where, message, "Write an address on the setting host.")


def type_problems(case: Case, entry: Declaration, where: str) -> Iterator[Problem]:
    """What the imported page called it, if that is something else."""
    if entry.stated_type is None or not entry.purpose:
        return
    derived = case.registry.type_of(entry, case.registrable_domain)
    if entry.stated_type != derived:
        message = f'{named(entry)} was called "{entry.stated_type}" and is "{derived}" by purpose and party.'
        yield note(
            "type-differs", f"{where}.stated_type", message, "Check the purpose; the page shows the derived one."
        )
