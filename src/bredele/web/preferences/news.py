"""What is new since a visitor's answer, in words: shown wherever they are asked again (REG-10)."""

from collections.abc import Iterator
from datetime import date

import msgspec
from django.utils.translation import gettext

from bredele.core.consent import Choice
from bredele.core.declaration import Declaration, words
from bredele.core.diff import Change, diff, paired
from bredele.core.policy import lifetime_text, purpose_label
from bredele.core.registry import Registry, Version
from bredele.core.verdict import must_ask
from bredele.formats.published import PublishedSite
from bredele.web.enforcement.index import site_index


class News(msgspec.Struct, frozen=True, kw_only=True):
    """Why a visitor is asked again: about which purposes, since which answer, and what changed (a sentence each)."""

    since: date
    version: int
    about: tuple[str, ...]
    lines: tuple[str, ...]


def news(site: PublishedSite, choice: Choice | None, language: str) -> News | None:
    """The news for one visitor; None for someone who never answered, or whose answer still covers everything."""
    version = site.version
    about = must_ask(version, choice) if version and choice else ()
    if version is None or choice is None or not about:
        return None
    earlier = site_index().version(site.slug, choice.version)
    lines = sentences(earlier.registry, version, about, language) if earlier else ()
    return News(since=choice.day, version=choice.version, about=about, lines=tuple(dict.fromkeys(lines)))


def sentences(old: Registry, version: Version, about: tuple[str, ...], language: str) -> Iterator[str]:
    """One sentence for each material change that touches what is asked about."""
    came = [purpose for purpose in about if purpose not in old.optional_purposes()]
    for purpose in came:
        yield gettext("New purpose: %(purpose)s.") % {"purpose": purpose_label(version.registry, purpose, language)}
    for change in diff(old, version.registry):
        if change.material and set(change.purposes) & set(about):
            yield from sentence(change, old, version.registry, language)


def sentence(change: Change, old: Registry, new: Registry, language: str) -> Iterator[str]:
    """A material change as a visitor reads it; the words of a new purpose are said elsewhere."""
    table, _, field = change.where.partition(".")
    if table == "site":
        yield gettext("It is now %(who)s who asks.") % {"who": words(new.site.controller, language)}
    elif table.startswith("cookies"):
        entry = new.cookies[int(table[len("cookies[") : -1])]
        before = next((one for one in old.cookies if paired(one, entry)), None)
        yield entry_sentence(field, before, entry, new, language)


def entry_sentence(field: str, before: Declaration | None, now: Declaration, registry: Registry, language: str) -> str:
    """What changed of one entry; an entry that came is told whole."""
    facts = {
        "names": ", ".join(now.names),
        "provider": now.provider or "",
        "stays": lifetime_text(now.lifetime, language),
    }
    if before is None or not field:
        return gettext("New: %(names)s, by %(provider)s. How long it stays: %(stays)s.") % facts
    match field:
        case "lifetime":
            facts["before"] = lifetime_text(before.lifetime, language)
            return gettext("%(names)s stays longer: %(stays)s instead of %(before)s.") % facts
        case "provider":
            facts["before"] = before.provider or "-"
            return gettext("%(names)s now comes from %(provider)s instead of %(before)s.") % facts
        case "third_party_access":
            facts["who"] = added(before.third_party_access, now.third_party_access)
            return gettext("%(names)s can now also be read by %(who)s.") % facts
        case "hosts":
            facts["hosts"] = added(before.hosts, now.hosts)
            return gettext("%(names)s is now also used on %(hosts)s.") % facts
        case "names":
            facts["new"] = added(before.names, now.names)
            return gettext("New name: %(new)s, by %(provider)s.") % facts
        case "refreshed":
            return gettext("How long %(names)s stays (%(stays)s) now starts again at each visit.") % facts
        case "purpose":
            gained = [purpose_label(registry, one, language) for one in now.purpose if one not in before.purpose]
            facts["purposes"] = ", ".join(gained) or ", ".join(
                purpose_label(registry, p, language) for p in now.purpose
            )
            return gettext("%(names)s is now also used for: %(purposes)s.") % facts
    return gettext("%(names)s now needs your consent.") % facts


def added(before: tuple[str, ...] | None, now: tuple[str, ...] | None) -> str:
    """What a list gained."""
    return ", ".join(one for one in now or () if one not in (before or ()))
