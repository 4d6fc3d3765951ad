"""A webhook that cannot be turned against the server's own network: resolved once, checked, pinned, no redirects.

The body is signed: `Bredele-Signature: t=<Unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. A receiver compares in
constant time and refuses old times.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from hmac import new as hmac
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from bredele import __version__
from bredele.core.errors import BredeleError
from bredele.scanner.plan import Address, is_private

SECONDS = 10
PORTS = {"https": 443, "http": 80}
Resolve = Callable[[str], list[Address]]


class NotSent(BredeleError):
    """A webhook that was not accepted; the words name no address."""


def secret_of(key: bytes, site: str, turn: int) -> str:
    """The secret a site's receivers check with: made of the installation's key, so it is stored nowhere.

    `turn` counts how often a new one was asked for.
    """
    return hmac(key, f"webhook {site} {turn}".encode(), sha256).hexdigest()


def signature(secret: str, body: bytes, moment: datetime) -> str:
    """The value of `Bredele-Signature`."""
    stamp = int(moment.timestamp())
    return f"t={stamp},v1={hmac(secret.encode(), b'%d.' % stamp + body, sha256).hexdigest()}"


def look_up(host: str) -> list[Address]:
    """Every address of a name; `*.localhost` is this machine (RFC 6761)."""
    if host == "localhost" or host.endswith(".localhost"):
        return [ip_address("127.0.0.1")]
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent("The name has no address.") from None
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def send(
    url: str, body: bytes, secret: str, moment: datetime, *, private: bool = False, resolve: Resolve = look_up
) -> None:
    """POST the body; NotSent unless it is answered with 2xx. `private`: the site's own network may be reached."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise NotSent("Only https is used.")
    addresses = resolve(host)
    if not private and any(is_private(address) for address in addresses):
        raise NotSent("The name leads to a private network or to this machine.")
    if not addresses:
        raise NotSent("The name has no address.")
    connection = Pinned(host, port, str(addresses[0]), secure=parts.scheme == "https")
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"bredele/{__version__}",
        "Bredele-Signature": signature(secret, body, moment),
    }
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body=body, headers=headers)
        status = connection.getresponse().status
    except ssl.SSLError:
        raise NotSent("Its certificate could not be trusted.") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotSent("It could not be reached.") from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotSent(f"It was answered with {status}.")


class Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name may lead to by now."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.address, self.secure = address, secure

    def connect(self) -> None:
        """Connect to the pinned address; TLS still asks for the name."""
        made: Any = socket.create_connection((self.address, self.port), timeout=SECONDS)
        if self.secure:
            made = ssl.create_default_context().wrap_socket(made, server_hostname=self.host)
        self.sock = made
