"""The categories of other people's lists in our purposes; a word that says too little stays without one."""

from bredele.core.declaration import MEASUREMENT, NECESSARY

ADVERTISING, SOCIAL, PERSONALISATION = "advertising", "social", "personalisation"
OF_NAMES = {
    "necessary": NECESSARY,
    "strictly necessary": NECESSARY,
    "essential": NECESSARY,
    "security": NECESSARY,
    "functional": NECESSARY,
    "preferences": PERSONALISATION,
    "personalization": PERSONALISATION,
    "personalisation": PERSONALISATION,
    "analytics": MEASUREMENT,
    "statistics": MEASUREMENT,
    "performance": MEASUREMENT,
    "marketing": ADVERTISING,
    "advertising": ADVERTISING,
    "targeting": ADVERTISING,
    "social": SOCIAL,
    "social media": SOCIAL,
}
"""Categories of single cookies. The Open Cookie Database explains Functional as "technical, essential or strictly
necessary"."""
OF_HOSTS = {
    "advertising": ADVERTISING,
    "adult_advertising": ADVERTISING,
    "pornvertising": ADVERTISING,
    "ad motivated tracking": ADVERTISING,
    "ad fraud": ADVERTISING,
    "action pixels": ADVERTISING,
    "third-party analytics marketing": ADVERTISING,
    "fingerprintinginvasive": ADVERTISING,
    "email": ADVERTISING,
    "emailaggressive": ADVERTISING,
    "analytics": MEASUREMENT,
    "site_analytics": MEASUREMENT,
    "telemetry": MEASUREMENT,
    "audience measurement": MEASUREMENT,
    "session replay": MEASUREMENT,
    "fingerprintinggeneral": ADVERTISING,
    "social": SOCIAL,
    "social_media": SOCIAL,
    "social network": SOCIAL,
    "social - comment": SOCIAL,
    "social - share": SOCIAL,
    "comments": SOCIAL,
    "audio_video_player": SOCIAL,
    "embedded content": SOCIAL,
    "customer_interaction": SOCIAL,
}
"""Categories of whole hosts. None is "necessary": a host that serves what a page needs may set anything besides."""
STRICTEST = (ADVERTISING, SOCIAL, MEASUREMENT, PERSONALISATION, NECESSARY)
"""Where sources disagree, the first of these wins."""


def of_name(category: str) -> str | None:
    """The purpose of a cookie in a category; None if the word is unknown."""
    return OF_NAMES.get(category.strip().lower())


def of_host(*categories: str) -> str | None:
    """The purpose of a host in some categories, the strictest of them."""
    found = {OF_HOSTS[word] for category in categories if (word := category.strip().lower()) in OF_HOSTS}
    return strictest(found)


def strictest(purposes: set[str]) -> str | None:
    """The purpose that asks most of a visitor; None of none. A purpose of a site's own counts as strict as any."""
    return min(purposes, key=lambda one: STRICTEST.index(one) if one in STRICTEST else 0, default=None)
