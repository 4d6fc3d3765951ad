"""In which language a choice was asked: as the form says, else as the page that held it was chosen (CONTRACTS 2)."""

from collections.abc import Iterable, Mapping, Sequence

from bredele.core.consent import LANGUAGE_COOKIE

LANGUAGES_READ = 32
"""Entries of an Accept-Language header that are looked at."""


def language_of(published: Sequence[str], stated: str, cookies: Mapping[str, str], accepted: str) -> str:
    """A published language: stated in the form > `django_language` > Accept-Language > the site's first."""
    for wanted in (stated, cookies.get(LANGUAGE_COOKIE, ""), *by_weight(accepted)):
        for code in (wanted.lower(), wanted.lower().partition("-")[0]):
            if code in published:
                return code
    return published[0] if published else ""


def by_weight(header: str) -> Iterable[str]:
    """The tags of an Accept-Language header, the most wanted first (RFC 9110 section 12.5.4)."""
    weighted = [weighed(part) for part in header.split(",")[:LANGUAGES_READ]]
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0 and tag]


def weighed(part: str) -> tuple[float, str]:
    """Weight and tag of one entry; 0 where the weight is no number."""
    tag, _, parameters = part.partition(";")
    name, _, weight = parameters.partition("=")
    if name.strip() != "q":
        return 1.0, tag.strip()
    try:
        return float(weight), tag.strip()
    except ValueError:
        return 0.0, tag.strip()
