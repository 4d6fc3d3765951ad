"""Without a registry: the cookies that need no consent, recognised by name *and* behaviour, never by name alone.

A session cookie that appears at sign-in is exempt; the same name on a first visit is not (WP194 sections 3.1 to 3.6).
"""

import re
from typing import NamedTuple

from bredele.core.observation import Observation

PREFIX = re.compile(r"^__(?:Host|Secure)-")


class Family(NamedTuple):
    """Cookies that serve one end: their names, and the only occasions on which they may first appear."""

    label: str
    names: re.Pattern[str]
    occasions: frozenset[str]


def family(label: str, occasions: str, names: str) -> Family:
    """One family; `names` are regular expressions apart by white space, matched whole, case ignored."""
    return Family(label, re.compile("|".join(names.split()), re.IGNORECASE), frozenset(occasions.split()))


FAMILIES = (
    family(
        "sign-in",
        "sign_in",
        r"sessionid session session_id _session_id sid phpsessid jsessionid connect\.sid laravel_session"
        r" asp\.net_sessionid \.aspnetcore\.identity\..* \.aspxauth s?sess[0-9a-f]{16,} wordpress_logged_in_.*"
        r" wordpress_sec_.* auth(_?token)? remember_(me|token|web_.*) rememberme _[a-z0-9]+_session access_token"
        r" refresh_token",
    ),
    family(
        "form token",
        "token_form sign_in",
        r"csrftoken csrf csrf[_-]token _csrf(_token)? xsrf-token x-csrf-token __requestverificationtoken.*"
        r" \.aspnetcore\.antiforgery\..*",
    ),
    family(
        "language",
        "language",
        r"django_language lang language locale i18n i18next next_locale pll_language wp-wpml_current_language"
        r" _icl_.*language drupal_language site_language",
    ),
    family(
        "choice",
        "choice",
        r"cookies_preferences cookie[_-]?(consent|preferences|settings|choice|notice).* cookieconsent(_status)?"
        r" cookies?_?accepted optanonconsent optanonalertboxclosed euconsent(-v2)? klaro cc_cookie tarteaucitron"
        r" axeptio_.* didomi_token borlabs-cookie cmplz_.* cookieyes-consent orejime c15t cookie-agreed.*"
        r" consent(_.*)?",
    ),
)


def recognise(observation: Observation, own: bool) -> str | None:
    """The family of a cookie of the site itself that behaves like one needing no consent, or None.

    `own`: the item belongs to the visited site's registrable domain.
    """
    if not own or observation.kind != "cookie" or observation.pattern:
        return None
    name = PREFIX.sub("", observation.name)
    for known in FAMILIES:
        if known.names.fullmatch(name) and observation.occasions and known.occasions.issuperset(observation.occasions):
            return known.label
    return None
