"""What the middlewares of this app put on a request, typed."""

from django.http import HttpRequest

from bredele.collector.withdrawal import Withdrawal
from bredele.core.consent import Choice
from bredele.formats.published import PublishedSite


class SiteRequest(HttpRequest):
    """A request that has passed the middlewares.

    `site` is never None: an unknown host gets the default site, and `known_host` is then false. `choice` is None where
    nothing (readable) was chosen. `signal`: the browser sends Global Privacy Control. `lang` is the language code in
    force. `withdrawal` is what this page must tell was just taken back; `erase` holds addresses to load once then, so
    that a third party's own cookies go too.
    """

    site: PublishedSite  # type: ignore[assignment]  # the stubs know only contrib.sites, which is not installed
    known_host: bool
    lang: str
    choice: Choice | None
    signal: bool
    withdrawal: Withdrawal | None
    erase: tuple[str, ...]
