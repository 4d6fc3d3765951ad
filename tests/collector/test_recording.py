"""From an answer to its record: what is kept, what is not, and what happens when it cannot be kept."""

import logging
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bredele.collector.agent import agent_of
from bredele.collector.app import Collector
from bredele.collector.counting import Counting
from bredele.collector.flood import Flood
from bredele.core.consent import CHOICE_COOKIE, decode
from bredele.core.declaration import Declaration, Exemption
from bredele.core.registry import Registry, Site
from bredele.core.set_cookie import parse
from bredele.core.settings import Settings
from bredele.core.versions import next_version
from bredele.formats.published import IndexEntry, encode_version, fingerprint, write_index, write_version
from bredele.ledger.errors import LedgerUnavailable
from bredele.ledger.log import Draft, Log
from bredele.ledger.receipt import encode_receipt, receipt_of, verify_receipt
from bredele.ledger.record import ALLOWING, ANONYMOUS, Agent, ConsentRecord, State
from bredele.ledger.sqlite import SqliteEngine
from bredele.ledger.verify import verify_log
from tests.collector.test_app import JSON, Reply, counted, post
from tests.ledger.records import Clock, record

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
VERSION = next_version(
    Registry(
        site=Site(origin="http://localhost:8000", jurisdiction="FR", statistics="pageviews", languages=("en", "fr")),
        cookies=(
            Declaration(names=("x",), purpose=("social",)),
            Declaration(names=("y",), purpose=("advertising",)),
            Declaration(names=("z",), purpose=("measurement",), exemption=Exemption(kind="audience")),
        ),
    ),
    None,
    NOW,
)
KEY = "cookies_preferences"


class Town:
    """A collector, its clock, and a browser that keeps the choice cookie."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.clock = Clock(NOW)
        self.jar = ""
        self.open()

    def open(self) -> None:
        """Start the collector (again)."""
        settings = Settings(data=self.place)
        self.collector = Collector(settings, Counting(settings, self.clock), clock=self.clock)

    def close(self) -> None:
        """Stop it."""
        self.collector.recorder.book.close()
        self.collector.counting.close()

    @property
    def log(self) -> Log:
        """The site's ledger."""
        return self.collector.recorder.book.log("town", "http://localhost:8000")

    @property
    def records(self) -> list[ConsentRecord]:
        """All that was recorded."""
        found = [entry.record for entry in self.log.entries(0, self.log.size())]
        return [record for record in found if isinstance(record, ConsentRecord)]

    def say(self, body: str, *, keep: bool = True, kind: str = JSON, **headers: str) -> Reply:
        """Post an answer with the cookie of the one before."""
        reply = post(self.collector, body.encode(), kind, cookie=f"{KEY}={self.jar}", **headers)
        if keep and reply.status in (200, 303):
            self.jar = parse(reply.all("set-cookie")[0]).value
        return reply

    @property
    def proof_id(self) -> str | None:
        """The id in the browser's cookie."""
        choice = decode(self.jar, VERSION.purposes_of, self.clock().date())
        assert choice is not None
        return choice.id


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """One published site."""
    write_version(tmp_path, "town", encode_version(VERSION), 1)
    entry = IndexEntry(slug="town", hosts=("localhost",), origin="http://localhost:8000", default=True, current=1)
    write_index(tmp_path, (entry,))
    made = Town(tmp_path)
    yield made
    made.close()


ACCEPT, REFUSE = '{"choice": "accept"}', '{"choice": "refuse"}'


def test_a_grant_is_recorded_before_it_is_answered_and_its_cookie_leads_to_the_receipt(town: Town) -> None:
    """Rules: LED-01, LED-03, LED-06, PLT-08"""
    reply = town.say('{"choice": "save", "purpose": ["social"], "language": "fr"}', user_agent="Mozilla Firefox/140.0")
    (made,) = town.records
    assert msgspec.json.decode(reply.body)["receipt"] == "/cookies/receipt/"
    assert made.principal == town.proof_id
    assert len(f"{CHOICE_COOKIE}={town.jar}") <= 64
    assert (made.event, made.granted, made.denied) == ("grant", ("social",), ("advertising",))
    assert made.states == {"social": "given", "advertising": "refused"}
    assert made.exempt == {"measurement": "objected"}
    assert (made.time, made.until) == ("2026-11-24T12:00:00.000000Z", "2027-05-24T12:00:00.000000Z")
    assert (made.control.choice, made.control.place, made.language) == ("save", "consent", "fr")
    assert made.registry == fingerprint(encode_version(VERSION))
    assert made.agent == Agent(family="Firefox", layout="desktop")
    receipt = encode_receipt(receipt_of(town.log, made.principal))
    assert verify_receipt(receipt, town.log.verifiers()).holds


def test_a_refusal_is_recorded_and_leaves_no_identifier_on_the_device(town: Town) -> None:
    """Rules: LED-02, LED-09, PLT-08"""
    first, second = town.say(REFUSE), town.say(REFUSE, keep=False)
    assert first.all("set-cookie") == second.all("set-cookie")
    assert msgspec.json.decode(first.body)["receipt"] is None
    assert town.proof_id is None
    assert [(record.principal, record.event) for record in town.records] == [(ANONYMOUS, "refusal")] * 2
    assert len(f"{CHOICE_COOKIE}={town.jar}") <= 40


def test_grant_change_renewal_and_withdrawal_are_events_of_their_own(town: Town) -> None:
    """Rules: LED-02, LED-05, LED-10"""
    for body in (ACCEPT, '{"choice": "save", "purpose": ["social", "measurement"]}', ACCEPT, ACCEPT):
        town.say(body)
    granted = town.proof_id
    town.say(REFUSE)
    assert town.proof_id is None
    records = town.records
    assert [record.event for record in records] == ["grant", "change", "change", "renewal", "withdrawal"]
    assert {record.principal for record in records} == {granted}
    assert [record.before for record in records] == [None, *(record.id for record in records[:-1])]
    assert records[1].states == {"social": "renewed", "advertising": "withdrawn"}
    assert records[4].states == {"social": "withdrawn", "advertising": "withdrawn"}
    town.say(ACCEPT)
    assert town.proof_id not in (None, granted)


def test_only_given_and_renewed_allow_anything() -> None:
    """Rules: LED-05"""
    every = State.__args__  # type: ignore[attr-defined]  # the ten of the vocabulary
    assert len(every) == 10
    assert {state for state in every if state in ALLOWING} == {"given", "renewed"}


@pytest.mark.parametrize("forged", ["1.1zz.111.nobody", "1.1yp.111.AAAAAAAAAAAAAAAAAAAAAA", "1.1yp.111"])
def test_a_forged_id_belongs_to_nobody(town: Town, forged: str) -> None:
    town.jar = forged
    town.say(ACCEPT)
    assert town.records[0].principal == town.proof_id
    assert (town.proof_id or "") not in forged
    assert town.records[0].before is None


def test_a_spent_id_is_not_used_again(town: Town) -> None:
    """A copy of the cookie from before the withdrawal starts a history of its own."""
    town.say(ACCEPT)
    copy = town.jar
    town.say(REFUSE)
    town.jar = copy
    town.say(ACCEPT)
    assert (town.proof_id or "") not in copy
    assert [record.event for record in town.records] == ["grant", "withdrawal", "renewal"]


def test_a_retry_is_recorded_counted_and_answered_once_also_after_a_restart_and_the_next_day(town: Town) -> None:
    """Rules: API-05"""
    body = '{"choice": "accept", "key": "abcdefgh"}'
    first = town.say(body)
    again = town.say(body)
    town.close()
    town.open()
    town.clock.advance(days=1)
    fresh = town.say(body, keep=False)
    values = {reply.all("set-cookie")[0].split(";")[0] for reply in (first, again, fresh)}
    assert len(values) == 1
    assert len(town.records) == 1
    assert counted(town.collector) == {("2026-11-24", 1, "en", "accepted"): 1}
    town.say('{"choice": "refuse", "key": "abcdefgh"}')
    assert len(town.records) == 2


def test_what_the_version_does_not_ask_is_not_recorded(town: Town) -> None:
    """Rules: API-05"""
    for body in ('{"choice": "save", "purpose": ["spying"]}', '{"choice": "accept", "version": 7}'):
        assert town.say(body).status == 422
    town.say(REFUSE)
    assert len(town.records) == 1


headers = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=6, max_size=40)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(secret=headers)
def test_nothing_of_a_request_but_the_answer_is_stored(town: Town, secret: str) -> None:
    """Rules: LED-07, LED-08"""
    names = ("user_agent", "referer", "x_forwarded_for", "forwarded", "x_real_ip", "accept", "authorization")
    marked = f"~~{secret}~~"
    town.say(ACCEPT, **dict.fromkeys(names, marked))
    town.say(REFUSE, **dict.fromkeys(names, marked))
    for path in town.place.rglob("*"):
        assert not path.is_file() or marked.encode() not in path.read_bytes()


def test_a_proof_id_is_nowhere_but_in_the_ledger(town: Town) -> None:
    """Rules: LED-08"""
    town.say(ACCEPT)
    needle = (town.proof_id or "").encode()
    waiting = {path.name for path in town.place.rglob("*") if path.is_file() and needle in path.read_bytes()}
    assert not any("inbox" in name for name in waiting)
    town.collector.counting.fresh_store()
    found = {path.parent.name for path in town.place.rglob("*") if path.is_file() and needle in path.read_bytes()}
    assert found == {"town"}
    assert needle not in (town.place / "statistics.sqlite3").read_bytes()


def test_no_column_could_hold_more_than_the_record(town: Town) -> None:
    """Rules: LED-07"""
    fields = set(ConsentRecord.__struct_fields__)
    assert not {"ip", "address", "user_agent", "page", "url", "account", "referrer"} & fields
    town.say(ACCEPT)
    with sqlite3.connect(town.place / "ledger" / "town" / "log.sqlite3") as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(entries)")]
    assert columns == ["seq", "leaf", "node", "principal", "salt", "record"]


def test_the_clock_of_the_visitor_is_no_evidence(town: Town) -> None:
    """Rules: LED-15"""
    town.say(ACCEPT, date="Tue, 01 Jan 2019 00:00:00 GMT", if_modified_since="Tue, 01 Jan 2019 00:00:00 GMT")
    assert town.records[0].time == "2026-11-24T12:00:00.000000Z"


def test_an_answer_against_global_privacy_control_says_so(town: Town) -> None:
    town.say(ACCEPT, sec_gpc="1")
    town.say(ACCEPT, sec_gpc="true")
    assert [record.signal for record in town.records] == ["gpc", None]


class Broken:
    """Ways to break a ledger."""

    @staticmethod
    def damaged_file(town: Town) -> None:
        town.close()
        for path in (town.place / "ledger" / "town").glob("log.sqlite3*"):
            path.write_bytes(b"damaged" * 1000)
        town.open()

    @staticmethod
    def key_gone(town: Town) -> None:
        town.close()
        for path in (town.place / "ledger" / "town" / "keys").iterdir():
            path.unlink()
        town.open()

    @staticmethod
    def edited_by_hand(town: Town) -> None:
        town.close()
        with sqlite3.connect(town.place / "ledger" / "town" / "log.sqlite3") as connection:
            connection.execute("DROP TRIGGER entries_no_update")
            connection.execute("UPDATE entries SET leaf = zeroblob(32)")
        town.open()

    @staticmethod
    def disk_full(town: Town) -> None:
        town.close()
        town.open()
        with town.log.engine.write() as session:
            session.rows("PRAGMA max_page_count = 1")  # SQLite takes it as: not one page more than now
        with pytest.raises(LedgerUnavailable, match="full"):
            fill(town.log)


def fill(log: Log) -> None:
    """Records until there is no room for another one."""
    for number in range(100_000):
        log.append([Draft(record(number))])


BREAKS = [Broken.damaged_file, Broken.key_gone, Broken.edited_by_hand, Broken.disk_full]


@pytest.mark.parametrize("broken", BREAKS)
def test_without_a_ledger_nothing_is_granted_what_was_is_taken_back_and_the_operator_is_told(
    town: Town, caplog: pytest.LogCaptureFixture, broken: type[Broken]
) -> None:
    """Rules: LED-01, BAN-09"""
    town.say('{"choice": "save", "purpose": ["social"]}')
    kept = town.jar
    broken(town)  # type: ignore[arg-type]  # one of the static functions
    town.jar = ""
    with caplog.at_level(logging.ERROR):
        grant = town.say(ACCEPT)
        page = town.say("choice=accept", kind="application/x-www-form-urlencoded", accept_language="fr")
        refusal = town.say(REFUSE, keep=False)
        town.jar = kept
        more = town.say(ACCEPT)
        withdrawal = town.say(REFUSE)
    assert (grant.status, page.status, more.status) == (503, 503, 503)
    assert grant.all("set-cookie") == page.all("set-cookie") == []
    assert "Rien n’a changé" in page.body.decode()
    assert (refusal.status, withdrawal.status) == (200, 200)
    assert msgspec.json.decode(withdrawal.body)["choice"] == {
        "measurement": False,
        "advertising": False,
        "social": False,
    }
    assert "The ledger of town cannot record an answer" in caplog.text


def test_what_was_honoured_without_a_ledger_is_recorded_when_it_is_back(town: Town) -> None:
    town.say(ACCEPT)
    keys = town.place / "ledger" / "town" / "keys"
    log = town.log
    keys.rename(keys.with_name("away"))
    log._public = ""
    assert town.say(REFUSE).status == 200
    keys.with_name("away").rename(keys)
    town.say(REFUSE)
    assert [record.event for record in town.records] == ["grant", "withdrawal", "refusal"]


@pytest.mark.parametrize(
    ("said", "family", "layout"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "desktop"),
        ("Mozilla/5.0 (Linux; Android 10) Chrome/150.0 Mobile Safari/537.36", "Chrome", "mobile"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari",
            "mobile",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge", "desktop"),
        ("curl/8.0", "other", "desktop"),
        ("", "other", "desktop"),
    ],
)
def test_a_browser_is_reduced_to_family_and_layout(said: str, family: str, layout: str) -> None:
    """Rules: LED-07"""
    assert agent_of({"user-agent": said}) == Agent(family=family, layout=layout)
    assert agent_of({"user-agent": said, "sec-ch-ua-mobile": "?0"}).layout == "desktop"


def test_a_flood_from_one_public_address_is_cut_off_and_others_are_not(town: Town) -> None:
    """Rules: API-05"""
    town.collector.ticks = lambda: 0.0
    town.collector.flood = Flood(burst=3)
    assert [town.say(REFUSE, client="9.9.9.9").status for _ in range(5)] == [200, 200, 200, 429, 429]
    assert town.say(REFUSE, client="8.8.8.8").status == 200
    assert [town.say(REFUSE).status for _ in range(4)] == [200] * 4
    town.collector.ticks = lambda: 60.0
    assert town.say(REFUSE, client="9.9.9.9").status == 200
    for path in town.place.rglob("*"):
        assert not path.is_file() or b"9.9.9.9" not in path.read_bytes()


def test_posts_that_come_at_once_are_each_recorded_and_a_replayed_one_once(town: Town) -> None:
    """Rules: API-05, LED-02"""
    bodies = [f'{{"choice": "accept", "key": "abcdefg{number % 4}"}}' for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda body: town.say(body, keep=False), bodies))
    assert {reply.status for reply in replies} == {200}
    cookies = {
        body: {reply.all("set-cookie")[0].split(";")[0] for reply in replies[at::4]}
        for at, body in enumerate(bodies[:4])
    }
    assert [len(values) for values in cookies.values()] == [1, 1, 1, 1]
    assert len(town.records) == 4


def test_a_clock_that_went_back_costs_no_record_and_believes_no_future_choice(town: Town) -> None:
    """What was granted "tomorrow" counts as unanswered until then; the log goes on, and says so when it is verified."""
    town.say(ACCEPT)
    town.clock.advance(days=-2)
    assert decode(town.jar, VERSION.purposes_of, town.clock().date()) is None
    assert town.say(REFUSE, keep=False).status == 200
    assert [record.event for record in town.records] == ["grant", "refusal"]
    report = verify_log(lambda: SqliteEngine(town.place / "ledger" / "town" / "log.sqlite3"))
    assert report.holds
    assert any("clock went back" in check.message for check in report.checks)
