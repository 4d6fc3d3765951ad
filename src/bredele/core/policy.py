"""From a version to the policy document in one language: every row and every claim follows from the registry."""

from bredele.core.declaration import Declaration, Kind, Location, Party, Type, words
from bredele.core.document import PolicyDocument, Row, Section, Span, Table
from bredele.core.registry import RegistrableDomain, Registry, Version
from bredele.core.wording import wording
from bredele.core.wording.joining import join, spans
from bredele.core.wording.lifetimes import lifetime_text
from bredele.core.wording.shape import Wording

__all__ = ["build", "lifetime_text", "purpose_description", "purpose_label", "type_label"]
TYPES: tuple[Type, ...] = ("necessary", "statistical", "first-party", "third-party")
"""The order of the seed document."""


def build(version: Version, language: str, registrable_domain: RegistrableDomain) -> PolicyDocument:
    """The policy of a version. Sections, rows and links are the same in each language; only the words differ.

    Raises UnknownLanguage for a language without words of ours.
    """
    registry, say = version.registry, wording(language)
    name = words(registry.site.name, language) or registry.site.host
    sections = (
        meaning(registry, say),
        listing(registry, language, registrable_domain),
        *measurement(registry, say),
        choices(registry, say),
        Section(
            id="browser",
            heading=(Span(text=say.browser_heading),),
            paragraphs=tuple(spans(text) for text in say.browser_paragraphs),
        ),
        responsible(registry, language),
    )
    return PolicyDocument(
        language=language,
        title=say.title,
        introduction=introduction(registry, language, name),
        site_name=name,
        origin=registry.site.origin,
        version=version.number,
        published=version.published,
        sections=sections,
    )


def purpose_label(registry: Registry, purpose: str, language: str) -> str:
    """The site's own label, else the standard one; the slug where neither exists."""
    own = next((words(known.label, language) for known in registry.purposes if known.id == purpose), "")
    return own or wording(language).purposes.get(purpose, purpose)


def purpose_description(purpose: str, language: str) -> str:
    """One sentence on a standard purpose; empty for a site's own."""
    return wording(language).purpose_meanings.get(purpose, "")


def type_label(type_: Type, language: str) -> str:
    """One of the document's four kinds."""
    return wording(language).types[type_]


def party_label(party: Party, language: str) -> str:
    """Whose it is."""
    return wording(language).parties[party]


def storage_label(kind: Kind, language: str) -> str:
    """Cookie, local storage …"""
    return wording(language).storage[kind]


def location_text(locations: tuple[Location, ...], language: str) -> str:
    """`front and back office`; empty where none is stated."""
    say = wording(language)
    if {"front office", "back office"} <= set(locations):
        rest = [say.locations[place] for place in locations if place == "api"]
        return say.list_comma.join([say.both_offices, *rest])
    return say.list_comma.join(say.locations[place] for place in locations)


def introduction(registry: Registry, language: str, name: str) -> str:
    """What the site stores and why, from facts: web analytics is named only where something measures (V2)."""
    say = wording(language)
    uses = [use_of(registry, purpose, language) for purpose in stored_purposes(registry)]
    more = any(entry.kind != "cookie" for entry in registry.cookies)
    what = say.cookies_and_more if more else say.cookies_only
    first = (
        say.uses.format(site=name, what=what, purposes=join(uses, say.list_and, say.list_comma))
        if uses
        else say.uses_nothing.format(site=name)
    )
    return f"{first} {say.counts_without_cookies}" if registry.statistics == "pageviews" else first


def stored_purposes(registry: Registry) -> tuple[str, ...]:
    """The purposes of entries, without those only the cookieless measurement serves."""
    stored = {purpose for entry in registry.cookies for purpose in entry.purpose}
    return tuple(purpose for purpose in registry.used_purposes() if purpose in stored)


def use_of(registry: Registry, purpose: str, language: str) -> str:
    """`to work properly`, or the own purpose's label."""
    say = wording(language)
    label = say.quoted.format(words=purpose_label(registry, purpose, language))
    return say.uses_for.get(purpose) or say.uses_for_own.format(label=label)


def meaning(registry: Registry, say: Wording) -> Section:
    """What a cookie is, and the four kinds (POL-02)."""
    preset = registry.preset
    statistical = (
        say.statistical_exempt.format(basis=words(preset.legal_basis_exempt, say.language))
        if preset.audience_exempt
        else say.statistical_asked
    )
    more = any(entry.kind != "cookie" for entry in registry.cookies)
    texts = [say.cookie_meaning, *([say.other_storage] if more else []), say.kinds_lead]
    return Section(
        id="what-is-a-cookie",
        heading=(Span(text=say.cookie_heading),),
        paragraphs=tuple(spans(text) for text in texts),
        terms=tuple((say.kinds[type_][0], say.kinds[type_][1].format(consent=statistical)) for type_ in TYPES),
    )


def listing(registry: Registry, language: str, registrable_domain: RegistrableDomain) -> Section:
    """One table for each kind that has entries, exempt ones included (POL-03, POL-04)."""
    say = wording(language)
    before, _, after = say.table_heading.partition("{address}")
    heading = (Span(text=before), Span(text=registry.site.origin, href=registry.site.origin), Span(text=after))
    typed = [(registry.type_of(entry, registrable_domain), entry) for entry in registry.cookies]
    tables = tuple(
        Table(
            type=type_,
            heading=say.group_headings[type_],
            columns=say.columns,
            rows=tuple(row(registry, entry, language, registrable_domain) for kind, entry in typed if kind == type_),
        )
        for type_ in TYPES
        if any(kind == type_ for kind, _ in typed)
    )
    return Section(
        id="cookies",
        heading=tuple(span for span in heading if span.text),
        paragraphs=() if tables else (spans(say.table_empty),),
        tables=tables,
    )


def row(registry: Registry, entry: Declaration, language: str, registrable_domain: RegistrableDomain) -> Row:
    """One entry as a visitor reads it."""
    say = wording(language)
    party = registry.party(entry, registrable_domain)
    place = location_text(entry.location, language)
    function = words(entry.function, language)
    stays = lifetime_text(entry.lifetime, language)
    return Row(
        provider=entry.provider or say.unstated,
        function_and_location=f"{function} ({place})" if place else function,
        names=entry.names,
        purpose=words(entry.purpose_text, language),
        lifetime=say.lifetime_renewed.format(lifetime=stays) if entry.refreshed else stays,
        category=say.list_comma.join(purpose_label(registry, purpose, language) for purpose in entry.purpose),
        type=type_label(registry.type_of(entry, registrable_domain), language),
        party=party_label(party, language),
        consent=consent_text(registry, entry, language),
        access=access_text(entry, say),
        kind=storage_label(entry.kind, language),
        slugs=entry.purpose,
    )


def consent_text(registry: Registry, entry: Declaration, language: str) -> str:
    """Asked first, or why not."""
    say = wording(language)
    if not registry.exempt(entry):
        return say.consent_asked
    reason = words(entry.exemption.reason, language) if entry.exemption else ""
    return say.consent_not_needed_because.format(reason=reason) if reason else say.consent_not_needed


def access_text(entry: Declaration, say: Wording) -> str:
    """Who else can read it."""
    if entry.third_party_access is None:
        return say.access_unstated
    return say.list_comma.join(entry.third_party_access) or say.access_none


def measurement(registry: Registry, say: Wording) -> tuple[Section, ...]:
    """The exempt measurement and the control to object (POL-07); nothing where none is on."""
    if registry.statistics == "off":
        return ()
    preset = registry.preset
    basis = words(preset.legal_basis_exempt, say.language)
    kept = lifetime_text(preset.audience_data_at_most, say.language)
    how = say.measurement_visitors if registry.statistics == "visitors" else say.measurement_pageviews
    section = Section(
        id="measurement",
        heading=(Span(text=say.measurement_heading),),
        paragraphs=tuple(spans(text) for text in (how, say.measurement_sums, say.measurement_objection)),
        terms=(
            (say.measurement_kept_word, say.measurement_kept.format(lifetime=kept)),
            (say.measurement_basis_word, say.measurement_basis.format(basis=capital(basis))),
        ),
    )
    return (section,)


def choices(registry: Registry, say: Wording) -> Section:
    """How to accept, refuse and withdraw, what ignoring means, and how long an answer is kept (POL-05, POL-13)."""
    kept = lifetime_text(registry.preset.choice_kept, say.language)
    texts = (
        (say.choices_asked, say.choices_withdraw, say.choices_ignored, say.choices_kept)
        if registry.needs_banner
        else (say.choices_none, say.choices_kept)
    )
    return Section(
        id="choices",
        heading=(Span(text=say.choices_heading),),
        paragraphs=tuple(spans(text, lifetime=kept) for text in texts),
    )


def responsible(registry: Registry, language: str) -> Section:
    """What GDPR Art. 13(1)-(2) asks a site to say of itself (POL-06)."""
    say, site, preset = wording(language), registry.site, registry.preset
    spoken = say.language
    authority = words(site.authority, language) or say.authority.format(authority=words(preset.authority, spoken))
    terms = (
        (say.controller_word, words(site.controller, language)),
        (say.contact_word, words(site.contact, language)),
        (say.basis_word, legal_bases(registry, language)),
        (say.recipients_word, recipients(registry, say)),
        (say.transfers_word, words(site.transfers, language) or say.transfers_none),
        (say.retention_word, words(site.retention, language)),
        (say.rights_word, words(site.rights, language) or words(preset.rights, spoken)),
        (say.authority_word, authority),
    )
    return Section(
        id="responsible",
        heading=(Span(text=say.responsible_heading),),
        terms=tuple((word, text or say.unstated) for word, text in terms),
    )


def legal_bases(registry: Registry, language: str) -> str:
    """Each purpose with its basis: consent, or the exemption."""
    say, asked, used = wording(language), registry.consent_purposes(), registry.used_purposes()
    basis = words(registry.preset.legal_basis_exempt, say.language)
    groups = (
        (say.basis_consent, [purpose for purpose in used if purpose in asked]),
        (say.basis_exempt, [purpose for purpose in used if purpose not in asked]),
    )
    return " ".join(
        template.format(
            purpose=say.list_comma.join(purpose_label(registry, one, language) for one in purposes), basis=basis
        )
        for template, purposes in groups
        if purposes
    )


def recipients(registry: Registry, say: Wording) -> str:
    """Everyone else who can read something, named (REG-07)."""
    named = dict.fromkeys(name for entry in registry.cookies for name in entry.third_party_access or ())
    return say.list_comma.join(named) or say.recipients_none


def capital(text: str) -> str:
    """The first letter raised, the rest as it is."""
    return text[:1].upper() + text[1:]
