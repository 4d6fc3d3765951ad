"""`bredele serve`: the platform in one process on one port, until Ctrl-C."""

import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import click

from bredele.cli import web
from bredele.cli.errors import MissingPart
from bredele.cli.ticking import Ticking
from bredele.core.errors import BredeleError
from bredele.core.settings import Settings, read_settings
from bredele.formats.published import SiteIndex

LOOPBACK = {"127.0.0.1": "::1"}
"""Browsers try `localhost` at both addresses."""


class PortTaken(BredeleError):
    """Something else listens there."""


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data directory (BREDELE_DATA).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; on loopback the origin's port too.")
@click.option(
    "--collector", is_flag=True, help="Only /collect and /consent, without Django; see docs/statistics-collection.md."
)
@click.option("--lie", is_flag=True, hidden=True)
@click.option("--child", is_flag=True, hidden=True)
def serve(data: Path | None, port: int | None, collector: bool, lie: bool, child: bool) -> None:
    """Serve the platform on one port, until Ctrl-C."""
    if collector:
        collect_only(data, port)
        return
    startup = web.startup()
    origin = origin_on(port)
    settings = web.load(data, origin, tables=False)
    sockets = listen(settings.bind, port or listening_port(settings))
    startup.prepare(serving=True)
    if lie:
        startup.lie()
    if child:
        end_with_parent()
    else:
        click.echo(f"Serving {settings.origin} (Ctrl-C stops).")
    with Ticking(settings):
        run("bredele.web.asgi:application", sockets)


def collect_only(data: Path | None, port: int | None) -> None:
    """Serve the collector alone over what is published in the data directory; raises BredeleError where that is
    nothing."""
    settings = read_settings({**os.environ, **({"BREDELE_DATA": str(data.resolve())} if data else {})})
    if not SiteIndex(settings.data).sites():
        raise BredeleError("No site is published here.", where=str(settings.data), cure="Publish one: bredele publish.")
    sockets = listen(settings.bind, port or listening_port(settings))
    try:
        from bredele.collector.alone import Alone
    except ModuleNotFoundError as error:
        raise MissingPart.of(error, "server") from None
    click.echo(f"Collecting on port {sockets[0].getsockname()[1]} (Ctrl-C stops).")
    run(Alone(settings), sockets, lifespan="on")


def origin_on(port: int | None) -> str | None:
    """The configured origin on this port, where it is plain http: a proxy in front keeps its own."""
    configured = web.installation()
    return None if port is None or configured.secure else web.startup().with_port(configured.origin, port)


def listening_port(settings: Settings) -> int:
    """The origin's port, or 8000 behind a TLS proxy."""
    return 8000 if settings.secure else settings.port


def listen(address: str, port: int) -> list[socket.socket]:
    """Listening sockets; raises PortTaken with the cure. A second loopback address is taken along where it exists."""
    sockets = [open_socket(address, port)]
    if address in LOOPBACK:
        with suppress(OSError):
            sockets.append(open_socket(LOOPBACK[address], port))
    return sockets


def check_port(settings: Settings) -> None:
    """Raise PortTaken before any work is done for a server that could not start."""
    for made in listen(settings.bind, listening_port(settings)):
        made.close()


def open_socket(address: str, port: int) -> socket.socket:
    """One bound socket."""
    made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((address, port))
    except OSError as error:
        made.close()
        if address not in LOOPBACK.values():
            raise PortTaken(
                f"Cannot listen there: {(error.strerror or str(error)).lower()}.",
                where=f"{address}:{port}",
                cure=f"Stop what runs there, or choose another port: --port {port + 1 if port < 65535 else port - 1}.",
            ) from None
        raise
    made.set_inheritable(True)
    return made


def run(application: Any, sockets: list[socket.socket], lifespan: Literal["on", "off"] = "off") -> None:
    """Answer until SIGINT or SIGTERM. No access log: it would hold addresses."""
    try:
        import uvicorn
    except ModuleNotFoundError as error:
        raise MissingPart.of(error, "server") from None
    config = uvicorn.Config(
        application,
        access_log=False,
        log_config=None,
        lifespan=lifespan,
        http=protocol(),
        server_header=False,
        proxy_headers=False,  # `collector.forwarded` believes the trusted proxies, and them only
        timeout_graceful_shutdown=3,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=sockets)


def protocol() -> Any:
    """uvicorn's own with a short way for page views; its slower one where there is no httptools (Windows)."""
    try:
        from bredele.collector.direct import DirectProtocol
    except ModuleNotFoundError:
        return "auto"
    return DirectProtocol


def end_with_parent() -> None:
    """Stop when the process that started this one is gone: its end of our standard input closes."""

    def watch() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
