"""From a Registry to plain tables (`schema = 1`): what is not stated is left out, the order is always the same."""

import msgspec

from bredele.core.declaration import Declaration, Text
from bredele.core.lifetime import Lifetime
from bredele.core.registry import Registry
from bredele.formats.registry_reading import COOKIE_KEYS, SITE_KEYS

Tables = dict[str, object]


def tables_of(registry: Registry) -> Tables:
    """Plain dictionaries and lists; each text as a table of its languages, the site's own first."""
    languages = registry.site.languages
    tables: Tables = {"schema": registry.schema, "site": stated(registry.site, SITE_KEYS, languages)}
    if registry.purposes:
        tables["purposes"] = [stated(purpose, ("id", "label"), languages) for purpose in registry.purposes]
    if registry.cookies:
        tables["cookies"] = [declared(entry, languages) for entry in registry.cookies]
    return tables


def declared(entry: Declaration, languages: tuple[str, ...]) -> Tables:
    """One entry; what every entry has by default is left out."""
    tables = stated(entry, COOKIE_KEYS, languages)
    if entry.kind == "cookie":
        del tables["kind"]
    if not entry.refreshed:
        del tables["refreshed"]
    if entry.third_party_access == ():
        tables["third_party_access"] = []
    return {key: tables[key] for key in COOKIE_KEYS if key in tables}


def stated(struct: msgspec.Struct, keys: tuple[str, ...], languages: tuple[str, ...]) -> Tables:
    """The fields of a struct that say something."""
    found = {key: plain(getattr(struct, key), languages) for key in keys}
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def plain(value: object, languages: tuple[str, ...]) -> object:
    """A field as text, truth value, list or table."""
    if isinstance(value, Lifetime):
        return str(value)
    if isinstance(value, msgspec.Struct):
        return stated(value, value.__struct_fields__, languages)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, dict):
        return in_order(value, languages)
    return value


def in_order(text: Text, languages: tuple[str, ...]) -> Text:
    """A text's languages, the site's in its own order, then the rest by code."""
    order = [*languages, *sorted(set(text) - set(languages))]
    return {language: text[language] for language in order if text.get(language)}
