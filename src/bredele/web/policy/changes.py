"""What changed between two versions, in a visitor's words."""

import re
from typing import Any

import msgspec
from django.utils.translation import gettext, gettext_lazy

from bredele.core.diff import Change, diff, paired, show
from bredele.core.policy import purpose_label
from bredele.core.registry import Registry, Version
from bredele.formats.published import PublishedSite
from bredele.web.enforcement.index import site_index
from bredele.web.policy.spoken import spoken

FIELDS = {
    "name": gettext_lazy("Name of the site"),
    "origin": gettext_lazy("Address of the site"),
    "languages": gettext_lazy("Languages"),
    "jurisdiction": gettext_lazy("Law that applies"),
    "controller": gettext_lazy("Who is responsible"),
    "contact": gettext_lazy("Contact"),
    "transfers": gettext_lazy("Transfers outside the European Economic Area"),
    "retention": gettext_lazy("How long data are kept"),
    "authority": gettext_lazy("Authority for complaints"),
    "rights": gettext_lazy("Your rights"),
    "statistics": gettext_lazy("Statistics"),
    "label": gettext_lazy("Words for the purpose"),
    "names": gettext_lazy("Names"),
    "kind": gettext_lazy("Kind"),
    "provider": gettext_lazy("Service provider"),
    "function": gettext_lazy("Function"),
    "location": gettext_lazy("Location"),
    "purpose": gettext_lazy("Purpose"),
    "purpose_text": gettext_lazy("Words for the purpose"),
    "stated_type": gettext_lazy("Type stated before"),
    "lifetime": gettext_lazy("Lifetime"),
    "refreshed": gettext_lazy("Lifetime starts again at each visit"),
    "hosts": gettext_lazy("Hosts"),
    "path": gettext_lazy("Path"),
    "secure": gettext_lazy("Secure"),
    "http_only": gettext_lazy("HttpOnly"),
    "same_site": gettext_lazy("SameSite"),
    "partitioned": gettext_lazy("Partitioned"),
    "exemption": gettext_lazy("Why no consent is needed"),
    "third_party_access": gettext_lazy("Third parties with access"),
    "erase": gettext_lazy("Address that erases it"),
}
PLACE = re.compile(
    r"(?P<table>site|purposes|cookies)(?:\[\d+\]|\.(?P<purpose>[a-z0-9-]+(?=\.|$)))?(?:\.(?P<field>\w+))?"
)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One change: about what, which field (empty for a whole entry), before and after in the page's language.

    `elsewhere`: only the words in another language changed, so both read the same here.
    """

    kind: str
    subject: str
    names: tuple[str, ...]
    field: str
    before: str
    after: str
    purposes: tuple[str, ...]
    elsewhere: bool = False


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions and what lies between; `material` changes made the older consent too narrow (REG-10)."""

    old: Version
    new: Version
    material: tuple[Line, ...]
    wording: tuple[Line, ...]


def compared(site: PublishedSite, old: int, new: int, language: str) -> Comparison | None:
    """The comparison; None unless both versions were published."""
    before, after = (site_index().version(site.slug, number) for number in (old, new))
    if before is None or after is None:
        return None
    changes = diff(before.registry, after.registry)
    lines = [(change.material, translated(change, before, after, language)) for change in changes]
    return Comparison(
        old=before,
        new=after,
        material=tuple(line for material, line in lines if material),
        wording=tuple(line for material, line in lines if not material),
    )


def line(change: Change, version: Version, language: str) -> Line:
    """A change in words, its values as the registry holds them: texts in every language they have."""
    match = PLACE.match(change.where)
    table, slug, field = match.group("table", "purpose", "field") if match else ("", "", "")
    if table == "site":
        slug, field = "", field or slug
    return Line(
        kind=change.kind,
        subject=subject(table, slug, version, language),
        names=change.names,
        field=str(FIELDS.get(field or "", field or "")),
        before=change.before,
        after=change.after,
        purposes=tuple(purpose_label(version.registry, purpose, language) for purpose in change.purposes),
    )


def translated(change: Change, old: Version, new: Version, language: str) -> Line:
    """A change in words, its values too: what a visitor reads holds one language only (POL-08)."""
    words = line(change, new, language)
    match = PLACE.match(change.where)
    if change.kind != "changed" or match is None:
        return words
    field = match["field"] or match["purpose"]
    was, now = values(change, old.registry, new.registry)
    before, after = spoken(field, was, old.registry, language), spoken(field, now, new.registry, language)
    return msgspec.structs.replace(words, before=before, after=after, elsewhere=before == after)


def values(change: Change, old: Registry, new: Registry) -> tuple[Any, Any]:
    """The changed field on both sides, as the registries hold it."""
    table, *path = change.where.replace("[", ".").replace("]", "").split(".")
    if table == "site":
        return getattr(old.site, path[0]), getattr(new.site, path[0])
    if table == "purposes":
        return label(old, path[0]), label(new, path[0])
    entry = new.cookies[int(path[0])]
    earlier = (one for one in old.cookies if paired(one, entry) and show(getattr(one, path[1])) == change.before)
    return getattr(next(earlier), path[1]), getattr(entry, path[1])


def label(registry: Registry, slug: str) -> dict[str, str]:
    """A purpose's own label in each language."""
    return next((purpose.label for purpose in registry.purposes if purpose.id == slug), {})


def subject(table: str, slug: str | None, version: Version, language: str) -> str:
    """What a change is about; empty for a cookie, whose names are shown instead."""
    if table == "site":
        return gettext("The site")
    if table == "purposes" and slug:
        return gettext("Purpose “%(purpose)s”") % {"purpose": purpose_label(version.registry, slug, language)}
    return ""
