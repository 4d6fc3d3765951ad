"""Sites that cannot be had, in part or at all: the report says what is missing and why."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bredele.core.settings import read_settings
from bredele.scanner import browser, recorder, resuming
from bredele.scanner.errors import CouldNotScan
from bredele.scanner.plan import Plan
from bredele.scanner.scan import run
from tests.scanner.scanning import named, scan_of
from tests.scanner.site import Site
from tests.serving import free_port

pytestmark = pytest.mark.e2e


def self_signed(folder: Path) -> Path:
    """A certificate for a.localhost that nobody vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a.localhost")])
    begun = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(begun).not_valid_after(begun + timedelta(days=9))
    signed = made.sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    path = folder / "site.pem"
    encoding = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(encoding, form, plain) + signed.public_bytes(encoding))
    return path


@contextmanager
def untrusted(folder: Path) -> Iterator[str]:
    """The address of a site with that certificate."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a browser that turns away is no news
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(folder))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"https://a.localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_certificate_nobody_trusts_is_an_error_that_says_so(tmp_path: Path) -> None:
    with untrusted(tmp_path) as url, pytest.raises(CouldNotScan, match="ERR_CERT_AUTHORITY_INVALID") as raised:
        scan_of(url, "no_choice")
    assert "certificate" in raised.value.cure


@pytest.mark.trial
def test_pages_and_hosts_that_are_gone_cost_neither_the_scan_nor_the_truth() -> None:
    with Site("early", "gone") as site:
        scan = scan_of(site.url, "no_choice", max_pages=6)
    assert scan.states == ("no_choice",)
    assert "stats" in named(scan)
    assert any("/vanishes: It could not be loaded (ERR_EMPTY_RESPONSE)." in note for note in scan.notes)
    assert any(request.host == "vanished.localhost" for request in scan.requests)


def test_a_disk_that_fills_up_in_mid_scan_costs_only_the_way_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def full(self: Path, data: bytes) -> int:
        tried.append(len(data))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(resuming, "EVERY_SECONDS", 0.0)
    monkeypatch.setattr(resuming.Path, "write_bytes", full)
    with Site("early") as site:
        scan = scan_of(site.url, "no_choice", max_pages=2, resume=tmp_path / "scan")
    assert tried
    assert "stats" in named(scan)
    assert list(tmp_path.iterdir()) == []


def test_a_target_whose_host_refuses_is_an_error_with_its_port() -> None:
    port = free_port()
    with pytest.raises(CouldNotScan, match=f"port {port}"):
        scan_of(f"http://a.localhost:{port}/", "no_choice")


def test_a_scan_stopped_while_its_pictures_are_taken_keeps_all_it_saw() -> None:
    """Rules: SCN-07"""

    class Stopping:
        """Whoever asks for the end at the last moment."""

        def follow(self, context: object, state: str) -> None:
            """Nothing yet."""

        async def look(self, engine: object, plan: Plan) -> None:
            """The same as a stop from another thread."""
            task = asyncio.current_task()
            assert task is not None
            task.cancel()
            await asyncio.sleep(10)

        def lacks(self) -> list[str]:
            """As one who wanted to see."""
            return ["No picture could be taken."]

    with Site(banner=True) as site:
        plan = Plan(target=site.url, states=("no_script",), allow_private=True, max_pages=1)
        scan = run(plan, read_settings({}), lambda _: None, Stopping())
    assert scan.states == ("no_script",)
    assert not scan.incomplete
    assert "No picture could be taken." in scan.notes


def test_a_scan_stopped_while_its_browser_is_closed_keeps_all_it_saw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: SCN-07"""
    close = browser.Engine.__aexit__

    async def stopped(engine: browser.Engine, *error: Any) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        await close(engine, *error)

    monkeypatch.setattr(browser.Engine, "__aexit__", stopped)
    with Site(banner=True) as site:
        plan = Plan(target=site.url, states=("no_script",), allow_private=True, max_pages=1)
        scan = run(plan, read_settings({}), lambda _: None)
    assert scan.states == ("no_script",)
    assert not scan.incomplete


@pytest.mark.parametrize(
    ("state", "click"),
    [
        ("refused", 1),
        ("withdrawn", 2),
        pytest.param("accepted", 1, marks=pytest.mark.trial),
        pytest.param("purpose:measurement", 1, marks=pytest.mark.trial),
    ],
)
def test_a_scan_stopped_in_the_middle_of_an_answer_holds_nothing_against_the_site(
    monkeypatch: pytest.MonkeyPatch, state: str, click: int
) -> None:
    """Rules: SCN-07"""
    quiet = recorder.Recorder.quiet
    scans: list[asyncio.Task[Any]] = []

    def say(_: str) -> None:
        task = asyncio.current_task()
        assert task is not None
        scans.append(task)

    async def stopped(self: recorder.Recorder, expecting: float = 0.0) -> None:
        await quiet(self, expecting)
        if self.state == state and self.epoch == click:
            assert state != "withdrawn" or any("/erase" in url for url, *_ in self.asked)
            scans[0].cancel()
            await asyncio.sleep(10)

    monkeypatch.setattr(recorder.Recorder, "quiet", stopped)
    with Site("farewell", banner=True) as site:
        plan = Plan(target=site.url, states=(state,), allow_private=True, max_pages=1)
        scan = run(plan, read_settings({}), say)
    assert [(gap.state, gap.reason) for gap in scan.not_tested] == [(state, "interrupted")]
    assert (scan.pages, scan.observations, scan.requests) == ((), (), ())
    assert not scan.failed


def test_a_profile_that_never_says_it_is_closed_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that was broken off in the browser's driver may keep it from closing."""
    monkeypatch.setattr(browser, "SHUT_SECONDS", 0.05)

    class Context:
        """One that waits for ever."""

        async def close(self) -> None:
            """Never done."""
            await asyncio.Event().wait()

    asyncio.run(asyncio.wait_for(browser.shut(Context()), 5))  # type: ignore[arg-type]  # a stand-in
