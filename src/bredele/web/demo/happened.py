"""The cookies of one request, each beside its row in the policy and the reason why it may be there or not."""

import msgspec
from django.http import parse_cookie
from django.utils.translation import get_language

from bredele.core.declaration import Declaration, Type
from bredele.core.policy import lifetime_text, purpose_label
from bredele.core.registry import Version
from bredele.core.verdict import Reason, Verdict
from bredele.formats.domains import registrable_domain
from bredele.web.demo.cookies import verdict_of
from bredele.web.enforcement.request import SiteRequest


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One cookie: was it sent, what is it, why may it be here. Its value is never shown, only how long it is."""

    name: str
    sent: bool
    signs: int
    reason: Reason
    allowed: bool
    type: Type | None = None
    elsewhere: str = ""
    """The other host it is sent to: this page's server never sees it."""
    what: str = ""
    why: str = ""
    lifetime: str = ""
    purposes: str = ""


def happenings(request: SiteRequest) -> tuple[Happening, ...]:
    """Every declared cookie in the policy's order, then what was sent although nobody declared it."""
    version = request.site.version
    if version is None:
        return ()
    sent = parse_cookie(request.META.get("HTTP_COOKIE", ""))
    declared = [(name, row) for row in version.registry.cookies for name in row.names if row.kind == "cookie"]
    known = [describe(request, version, name, row, sent) for name, row in declared]
    unknown = [name for name in sent if verdict_of(request, name).declaration is None]
    return (*known, *(stranger(name, sent[name]) for name in unknown))


def describe(request: SiteRequest, version: Version, name: str, row: Declaration, sent: dict[str, str]) -> Happening:
    """One declared cookie."""
    language, registry = get_language() or "en", version.registry
    host = row.hosts[0] if row.hosts else ""
    verdict = verdict_of(request, name, host)
    return Happening(
        name=name,
        sent=name in sent,
        signs=len(sent.get(name, "")),
        reason=verdict.reason,
        allowed=verdict.allowed,
        type=registry.type_of(row, registrable_domain),
        elsewhere=host if registry.party(row, registrable_domain) == "third" else "",
        what=row.purpose_text.get(language, ""),
        why=row.exemption.reason.get(language, "") if row.exemption else "",
        lifetime=lifetime_text(row.lifetime, language) if row.lifetime else "",
        purposes=", ".join(purpose_label(registry, purpose, language) for purpose in asked_of(row, verdict)),
    )


def asked_of(row: Declaration, verdict: Verdict) -> tuple[str, ...]:
    """The purposes the reason is about: those still lacking a yes, else all of the row's."""
    return verdict.purposes or row.purpose


def stranger(name: str, value: str) -> Happening:
    """A cookie that is in no row."""
    return Happening(name=name, sent=True, signs=len(value), reason="undeclared", allowed=False)
