"""Webhooks: signed, pinned to a checked address, and never turned against the server's own network."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import new as hmac
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import msgspec
import pytest
from pytest_django import Settings as SettingsWrapper

from bredele.web.alerts import mailing, queue, webhook
from bredele.web.alerts.models import Delivery
from bredele.web.alerts.receivers import InvalidReceiver, read_mail, read_webhook
from bredele.web.alerts.secrets import renew, secret_for

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
Got = list[tuple[str, dict[str, str], bytes]]


class Receiver(ThreadingHTTPServer):
    """Keeps what it gets, and answers as told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: Got = []
        self.status, self.to = 204, ""

    @property
    def url(self) -> str:
        return f"http://hooks.localhost:{self.server_port}/in?x=1"


class Handler(BaseHTTPRequestHandler):
    """One POST."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.to:
            self.send_header("Location", self.server.to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on this machine."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_receiver_can_check_who_wrote_and_when(receiver: Receiver) -> None:
    webhook.send(receiver.url, b'{"a":1}', "secret", NOW, private=True)
    ((path, headers, body),) = receiver.got
    assert (path, body) == ("/in?x=1", b'{"a":1}')
    stamp, _, value = headers["Bredele-Signature"].partition(",")
    assert stamp == f"t={int(NOW.timestamp())}"
    assert value == "v1=" + hmac(b"secret", f"{int(NOW.timestamp())}.".encode() + body, sha256).hexdigest()


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1", "0.0.0.0"],  # noqa: S104  # an address to be refused
)
def test_no_address_of_the_servers_own_network_is_ever_reached(address: str) -> None:
    for found in ([ip_address(address)], [ip_address("93.184.215.14"), ip_address(address)]):
        with pytest.raises(webhook.NotSent, match="private network"):
            webhook.send("https://x.example/", b"", "s", NOW, resolve=lambda _, found=found: found)


def test_the_checked_address_is_the_one_that_is_reached(receiver: Receiver) -> None:
    asked: list[str] = []

    def resolve(host: str) -> list[webhook.Address]:
        asked.append(host)
        return [ip_address("127.0.0.1")] if len(asked) == 1 else [ip_address("192.0.2.1")]

    webhook.send(f"http://rebound.example:{receiver.server_port}/", b"x", "s", NOW, private=True, resolve=resolve)
    assert asked == ["rebound.example"]
    assert len(receiver.got) == 1


def test_plain_http_and_unknown_names_are_refused(receiver: Receiver) -> None:
    with pytest.raises(webhook.NotSent, match="https"):
        webhook.send(receiver.url, b"", "s", NOW)
    with pytest.raises(webhook.NotSent, match="no address"):
        webhook.send("https://nowhere.invalid/", b"", "s", NOW, resolve=lambda _: [])
    assert receiver.got == []


def test_redirects_are_not_followed(receiver: Receiver) -> None:
    receiver.status, receiver.to = 302, receiver.url
    with pytest.raises(webhook.NotSent, match="302"):
        webhook.send(receiver.url, b"", "s", NOW, private=True)
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("http://hooks.example/", False), ("ftp://hooks.example/", True), ("https://u:p@hooks.example/", False),
        ("https://", False), ("hooks.example", False), ("https://[::1", False), ("javascript:alert(1)", True),
    ],
)  # fmt: skip
def test_an_address_that_is_no_webhook_is_refused(text: str, private: bool) -> None:
    with pytest.raises(InvalidReceiver):
        read_webhook(text, private=private)


def test_a_webhook_and_a_mail_address_are_kept_as_written() -> None:
    assert read_webhook("https://hooks.example/a?b", private=False) == "https://hooks.example/a?b"
    assert read_webhook("http://hooks.localhost/", private=True)
    assert read_mail("dpo@example.org") == "dpo@example.org"
    for text in ("dpo", "a@b", "a b@example.org", "a@example.org,b@example.org", "<a@example.org>"):
        with pytest.raises(InvalidReceiver):
            read_mail(text)


@pytest.fixture
def private(settings: SettingsWrapper, receiver: Receiver) -> Receiver:
    """The receiver, for the site `town`, which may have one on this machine."""
    settings.BREDELE = msgspec.structs.replace(settings.BREDELE, private_sites=("town",))
    return receiver


def only() -> Delivery:
    """The one delivery there is."""
    return Delivery.objects.get()


def test_a_message_is_sent_once_and_its_outcome_is_kept(db: None, private: Receiver) -> None:
    queue.put("town", NOW, "News\nof the town", "words", webhook=private.url, body='{"event":"scan"}')
    assert queue.send_due(NOW) == 1
    assert queue.send_due(NOW + timedelta(hours=1)) == 0
    assert len(private.got) == 1
    assert (only().delivered, only().due, only().fault, only().subject) == (NOW, None, "", "News of the town")
    assert private.got[0][2] == b'{"event":"scan"}'


def test_a_receiver_that_is_down_is_tried_again_later_and_given_up_in_the_end(db: None, private: Receiver) -> None:
    private.status = 500
    queue.put("town", NOW, "News", "words", webhook=private.url, body="{}")
    moment = NOW
    for number, wait in enumerate(queue.WAITS, 1):
        assert queue.send_due(moment) == 0
        assert (only().tries, only().due, only().fault) == (number, moment + wait, "It was answered with 500.")
        assert queue.send_due(moment + wait - timedelta(seconds=1)) == 0
        assert only().tries == number
        moment += wait
    assert queue.send_due(moment) == 0
    assert only().given_up
    assert queue.send_due(moment + timedelta(days=1)) == 0
    assert len(private.got) == len(queue.WAITS) + 1


def test_what_is_kept_of_a_fault_names_no_address(db: None, caplog: pytest.LogCaptureFixture) -> None:
    """Rules: SCN-10"""
    queue.put("town", NOW, "News", "words", webhook="https://127.0.0.1/services/s3cr3t", body="{}")
    queue.send_due(NOW)
    assert "s3cr3t" not in only().fault + str(only()) + caplog.text
    assert "private network" in only().fault


def test_the_secret_is_made_of_the_key_and_can_be_renewed(db: None, private: Receiver) -> None:
    first = secret_for("town")
    assert first == secret_for("town") != secret_for("village")
    assert len(first) == 64
    renew("town")
    second = secret_for("town")
    assert second != first
    queue.put("town", NOW, "News", "words", webhook=private.url, body="{}")
    queue.send_due(NOW)
    sent = private.got[0][1]["Bredele-Signature"]
    assert sent == webhook.signature(second, b"{}", NOW)


def test_mail_waits_until_a_server_is_set(db: None, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    queue.put("town", NOW, "News", "words", mail=["dpo@example.org"])
    assert queue.send_due(NOW) == 0
    assert only().fault == "No mail server is set."
    settings.BREDELE = msgspec.structs.replace(settings.BREDELE, mail="smtp://u:p@mail.example")
    monkeypatch.setattr(mailing, "SMTP", "django.core.mail.backends.locmem.EmailBackend")
    from django.core import mail

    assert queue.send_due(NOW + timedelta(hours=1)) == 1
    (message,) = mail.outbox
    assert (message.to, message.subject, message.body) == (["dpo@example.org"], "News", "words")
    assert message.from_email == "Bredele <bredele@localhost>"


def test_a_mail_server_that_is_down_is_no_crash(db: None, settings: SettingsWrapper) -> None:
    settings.BREDELE = msgspec.structs.replace(settings.BREDELE, mail="smtp://u:s3cr3t@127.0.0.1:1?tls=no")
    queue.put("town", NOW, "News", "words", mail=["dpo@example.org"])
    assert queue.send_due(NOW) == 0
    assert only().fault == "The mail server could not be reached."


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://u%40x:p@mail.example", ("mail.example", 587, "u@x", "p", True, False)),
        ("smtps://mail.example", ("mail.example", 465, "", "", False, True)),
        ("smtp://localhost:25?tls=no", ("localhost", 25, "", "", False, False)),
    ],
)
def test_the_mail_setting_is_read(address: str, expected: tuple[object, ...]) -> None:
    found = mailing.options(address)
    assert tuple(found[name] for name in ("host", "port", "username", "password", "use_tls", "use_ssl")) == expected
    for wrong in ("mail.example", "http://mail.example", "smtp://"):
        with pytest.raises(mailing.NoMailServer):
            mailing.options(wrong)


def test_old_messages_go(db: None, private: Receiver) -> None:
    queue.put("town", NOW, "News", "words", webhook=private.url, body="{}")
    queue.send_due(NOW)
    queue.send_due(NOW + queue.KEPT + timedelta(days=1))
    assert not Delivery.objects.exists()
