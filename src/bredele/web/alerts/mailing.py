"""Mail by the server that `BREDELE_MAIL` names; without one nothing is sent, and the back office says so."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.mail import EmailMultiAlternatives, get_connection

from bredele.core.errors import BredeleError
from bredele.core.settings import Settings

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PORTS = {"smtp": 587, "smtps": 465}
SECONDS = 15


class NoMailServer(BredeleError):
    """Mail was to be sent and no server is set."""


def ready(settings: Settings) -> bool:
    """Whether mail can be sent."""
    return bool(settings.mail)


def sender(settings: Settings) -> str:
    """Who writes: the setting, else the installation itself."""
    return settings.mail_from or f"Bredele <bredele@{settings.host}>"


def options(address: str) -> dict[str, Any]:
    """`smtp://user:password@host:port` as the options of Django's backend: STARTTLS, `smtps` from the first byte on.

    `?tls=no` leaves TLS out, for a mail server on this machine.
    """
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise NoMailServer("BREDELE_MAIL names no mail server.", cure="Write smtp://user:password@host:587.")
    plain = parse_qs(parts.query).get("tls") == ["no"]
    return {
        "host": parts.hostname,
        "port": parts.port or PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp" and not plain,
        "use_ssl": parts.scheme == "smtps",
        "timeout": SECONDS,
    }


def send(settings: Settings, to: str, subject: str, text: str, html: str = "", stop: str = "") -> None:
    """One message to one person; raises NoMailServer, OSError or smtplib's errors.

    `html`: the same once more. `stop`: where mail programs end it in one click (RFC 2369, RFC 8058).
    """
    if not ready(settings):
        raise NoMailServer("No mail server is set.", cure="Set BREDELE_MAIL.")
    connection = get_connection(SMTP, **options(settings.mail))
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if stop else None
    message = EmailMultiAlternatives(subject, text, sender(settings), [to], connection=connection, headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
