"""FILE, URL or - as bytes: https, or http on this machine; a size, a time and a number of redirects at most."""

import http.client
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import click

from bredele import __version__
from bredele.cli.errors import CouldNotCheck
from bredele.core.checks.site import address_of, is_loopback
from bredele.core.errors import BredeleError
from bredele.formats.bytes_in import LIMIT

SECONDS, REDIRECTS = 20, 5
MOVED = (301, 302, 303, 307, 308)


class NoSource(BredeleError):
    """A file that is not there or an address of the wrong kind."""


def read_source(source: str) -> bytes:
    """At most one byte more than the readers take, so that a longer source is refused without being read."""
    if source == "-":
        return sys.stdin.buffer.read(LIMIT + 1)
    if "://" in source:
        return fetch(source)
    try:
        with Path(source).open("rb") as file:
            return file.read(LIMIT + 1)
    except OSError as error:
        raise NoSource(f"It cannot be read ({error.strerror}).", where=source, cure="Name a file, URL or -.") from None


def write_result(text: str, output: Path | None) -> None:
    """To the file, or to standard output."""
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise NoSource(f"It cannot be written ({error.strerror}).", where=str(output), cure="Name another.") from None


def fetch(url: str) -> bytes:
    """The body at an address; redirects are followed under the same rules."""
    for _ in range(REDIRECTS + 1):
        answer = ask(url)
        if isinstance(answer, bytes):
            return answer
        target = urljoin(url, answer)
        if address_of(target)[0] == "http" and address_of(url)[0] != "http":
            raise NoSource("An https address sends to a plain one.", where=url, cure="Give the last address.")
        url = target
    raise CouldNotCheck(f"More than {REDIRECTS} redirects.", where=url, cure="Give the last address.")


def ask(url: str) -> bytes | str:
    """The body, or the address it moved to."""
    connection, target = connect(url)
    try:
        connection.request("GET", target, headers={"User-Agent": f"bredele/{__version__}", "Accept": "*/*"})
        with connection.getresponse() as response:
            return body_or_target(response, url)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise CouldNotCheck(f"It does not answer ({error}).", where=url, cure="Is the server up?") from None
    finally:
        connection.close()


def body_or_target(response: http.client.HTTPResponse, url: str) -> bytes | str:
    """At most one byte more than the readers take; any other answer than 200 and a redirect is explained."""
    moved = response.headers.get("Location", "")
    if response.status in MOVED and moved:
        return moved
    if response.status != http.client.OK:
        raise CouldNotCheck(f"It answered {response.status} {response.reason}.", where=url, cure="Open it first.")
    return response.read(LIMIT + 1)


def connect(url: str) -> tuple[http.client.HTTPConnection, str]:
    """A connection and what to ask for. `*.localhost` is this machine, whatever the resolver says."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))):
        raise NoSource("Only https is fetched, and http on this machine.", where=url, cure="Write https://…")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=SECONDS), target
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    if host.endswith(".localhost"):
        connection._create_connection = to_loopback  # type: ignore[attr-defined]  # the only hook there is
    return connection, target


def to_loopback(address: tuple[str, int], *rest: object, **named: object) -> object:
    """Connect to 127.0.0.1 on the same port."""
    import socket

    return socket.create_connection(("127.0.0.1", address[1]), timeout=SECONDS)
