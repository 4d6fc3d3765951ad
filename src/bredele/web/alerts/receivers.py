"""Who is told: addresses of people and of machines, checked before they are kept."""

import re
from urllib.parse import urlsplit

from bredele.core.errors import BredeleError

MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


class InvalidReceiver(BredeleError):
    """An address nothing can be sent to."""


def read_mail(text: str) -> str:
    """A mail address, or InvalidReceiver."""
    if not MAIL.fullmatch(text) or len(text) > 254:
        raise InvalidReceiver(f'"{text[:60]}" is no mail address.', cure="One address a line, such as dpo@example.org.")
    return text


def read_webhook(text: str, *, private: bool) -> str:
    """An https address; plain http only for a site on a private network."""
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and parts.port != 0 and not parts.username
    except ValueError:
        usable, parts = False, urlsplit("")
    if not usable or parts.scheme not in (("https", "http") if private else ("https",)) or len(text) > 2000:
        raise InvalidReceiver("A webhook is an https address.", cure="Write it whole: https://hooks.example.org/…")
    return text
