"""The weekly mail goes out once a week, alerts once an incident; released figures only; whoever wants can stop them."""

import json
import re
import time
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.core import mail
from pytest_django import Settings as SettingsWrapper

from bredele.collector.checks import kept
from bredele.core.registry import Version
from bredele.stats.store import Store
from bredele.web.alerts import mailing, queue
from bredele.web.alerts.models import Delivery
from bredele.web.reports import sending, stopping, weekly, working
from bredele.web.reports.models import Incident, Watch
from bredele.web.reports.words import WORDS
from tests.web.conftest import browser
from tests.web.publishing import MOMENT
from tests.web.reports.conftest import hour_of

HOUR = timedelta(hours=1)


def tick(moment: datetime) -> list[str]:
    """One tick of the reports at a moment."""
    said: list[str] = []
    working.work(lambda: moment, said.append)
    return said


def alerts() -> list[Delivery]:
    """What is queued of alerts, oldest first."""
    return list(Delivery.objects.exclude(subject__contains="week").order_by("pk"))


@pytest.mark.django_db
class TestWeek:
    def test_it_goes_out_once_with_released_figures(self, store: Store, watch: Watch) -> None:
        """Rules: ANA-14, ANA-16"""
        tick(MOMENT)
        tick(MOMENT + HOUR)
        (sent,) = Delivery.objects.filter(subject__contains="week")
        assert sent.to == "mayor@town.example"
        assert sent.subject == "Civis: week 47, 16 November 2026 to 22 November 2026"
        assert "6,720" in sent.body
        assert "/rare/" not in sent.body + sent.html
        assert "/news/<b>" in sent.body
        assert "/news/&lt;b&gt;" in sent.html
        assert "<script" not in sent.html
        assert "<img" not in sent.html
        numbers = re.findall(r"\d[\d,]*(?=\s|$)", re.sub(r"https?://\S+", "", sent.body.split("Page views")[1]))
        assert all(int(number.replace(",", "")) % 10 == 0 for number in numbers if number != "10")

    def test_the_next_one_is_due_on_monday_morning_of_the_zone(self, store: Store, watch: Watch) -> None:
        tick(MOMENT)
        sunday = datetime(2026, 11, 29, 23, 0, tzinfo=UTC)
        assert not sending.weeks_due(sunday)
        assert not sending.weeks_due(datetime(2026, 11, 30, 5, 59, tzinfo=UTC))
        assert sending.weeks_due(datetime(2026, 11, 30, 6, 0, tzinfo=UTC))

    def test_a_server_that_was_off_sends_the_last_week_only(self, store: Store, watch: Watch) -> None:
        tick(MOMENT)
        tick(MOMENT + timedelta(weeks=5))
        assert [one.subject[:14] for one in Delivery.objects.filter(subject__contains="week")] == [
            "Civis: week 52",
            "Civis: week 47",
        ]

    def test_in_french(self, store: Store, watch: Watch) -> None:
        Watch.objects.update(language="fr")
        tick(MOMENT)
        sent = Delivery.objects.get(subject__contains="semaine")
        assert "Pages les plus lues" in sent.body
        assert "6\u202f720" in sent.body
        assert '<html lang="fr">' in sent.html

    def test_a_site_that_counts_nothing_sends_nothing(self, watch: Watch, published_site: Version) -> None:
        tick(MOMENT)
        assert not Delivery.objects.exists()

    def test_every_language_has_the_same_words(self) -> None:
        assert WORDS["en"].keys() == WORDS["fr"].keys()


@pytest.mark.django_db
class TestAlerts:
    def test_an_incident_is_told_once_when_it_begins_and_once_when_it_is_over(self, store: Store, watch: Watch) -> None:
        hour_of(store, MOMENT, 400)
        tick(MOMENT)
        tick(MOMENT + timedelta(minutes=10))
        assert [(one.kind, one.subject) for one in alerts()] == [
            ("mail", "Civis: far more views than usual"),
            ("webhook", "Civis: far more views than usual"),
        ]
        assert "400 views in 1 h, until 9:00; usual at this time of the week: 40." in alerts()[0].body
        assert json.loads(alerts()[1].body)["event"] == "statistics-spike"
        hour_of(store, MOMENT + HOUR, 300)
        tick(MOMENT + HOUR)
        assert len(alerts()) == 2
        hour_of(store, MOMENT + 2 * HOUR, 40)
        tick(MOMENT + 2 * HOUR)
        assert [one.subject for one in alerts()[2:]] == ["Civis: back to the usual number of views"] * 2
        incident = Incident.objects.get()
        assert (incident.kind, incident.seen, incident.over) == ("spike", "400", MOMENT + 2 * HOUR)

    def test_silence_is_told_and_so_is_its_end(self, store: Store, watch: Watch) -> None:
        tick(MOMENT + 2 * HOUR)
        assert {one.subject for one in alerts()} == {"Civis: nothing is counted any more"}
        assert json.loads(alerts()[1].body)["views"] == "<10"
        hour_of(store, MOMENT + 3 * HOUR, 3)
        tick(MOMENT + 3 * HOUR)
        assert "Civis: views are counted again" in {one.subject for one in alerts()}

    def test_small_figures_are_told_as_below_ten(self, store: Store, watch: Watch) -> None:
        """Rules: ANA-14"""
        for back in range(3):
            hour_of(store, MOMENT + (2 - back) * HOUR, 2)
        tick(MOMENT + 2 * HOUR)
        assert "<10 views in 3 h" in alerts()[0].body

    def test_after_a_tick_nothing_waits_until_the_next_hour(self, store: Store, watch: Watch) -> None:
        assert working.waits(lambda: MOMENT)
        tick(MOMENT)
        assert not working.waits(lambda: MOMENT)
        assert working.waits(lambda: MOMENT + HOUR)

    def test_nobody_to_tell_is_nothing_to_do(self, store: Store) -> None:
        Watch.objects.create(site="town")
        kept.keep(store.path.parent, (), MOMENT)  # type: ignore[attr-defined]  # it is SQLite's
        assert not sending.hours_due(MOMENT)
        assert not sending.weeks_due(MOMENT)


@pytest.mark.django_db
class TestStop:
    def test_a_receiver_stops_a_mail_without_signing_in(self, store: Store, watch: Watch) -> None:
        """Rules: PLT-02"""
        tick(MOMENT)
        stop = Delivery.objects.get(subject__contains="week").stop
        path = stop.removeprefix("http://localhost:8000")
        assert "mayor" not in stop
        client = browser("localhost:8000")
        asked = client.get(path)
        assert "Stop this mail" in asked.content.decode()
        assert Watch.objects.get().weekly == ["mayor@town.example"]
        done = client.post(path)
        assert done.status_code == 200
        assert not done.cookies
        assert not asked.cookies
        assert Watch.objects.get().weekly == []
        assert Watch.objects.get().alerts == ["clerk@town.example"]
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("said", ["0" * 32, "f" * 32])
    def test_a_made_up_link_stops_nothing(self, published_site: Version, watch: Watch, said: str) -> None:
        client = browser("localhost:8000")
        assert client.post(f"/data/mail/town/{said}/").status_code == 404
        assert Watch.objects.get().weekly

    def test_each_list_and_site_has_its_own_link(self, watch: Watch) -> None:
        links = {stopping.token(site, which, "a@b.c") for site in ("town", "village") for which in stopping.LISTS}
        assert len(links) == 4


@pytest.mark.django_db
def test_the_mail_carries_both_forms_and_the_one_click_headers(
    store: Store, watch: Watch, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BREDELE = msgspec.structs.replace(settings.BREDELE, mail="smtp://mail.example")
    monkeypatch.setattr(mailing, "SMTP", "django.core.mail.backends.locmem.EmailBackend")
    tick(MOMENT)
    queue.send_due(MOMENT)
    (message,) = mail.outbox
    assert message.to == ["mayor@town.example"]
    assert message.alternatives[0].mimetype == "text/html"  # type: ignore[attr-defined]  # the stubs know no alternatives
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["List-Unsubscribe"].startswith("<http://localhost:8000/data/mail/town/")


def test_the_label_of_a_week_is_the_iso_year_and_week() -> None:
    assert weekly.label_of(datetime(2026, 12, 28, tzinfo=UTC).date()) == "2026-W53"


@pytest.mark.django_db
def test_a_webhook_is_never_logged(watch: Watch) -> None:
    assert "secret" not in str(watch)


@pytest.mark.django_db
def test_a_server_that_has_just_started_serves_before_it_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: ANA-28"""
    monkeypatch.setattr(working, "STARTED", time.monotonic())
    assert not working.waits(lambda: MOMENT)
    monkeypatch.setattr(working, "STARTED", working.STARTED - 1000)
    assert working.waits(lambda: MOMENT)
    assert "the statistics were checked" in tick(MOMENT)
    assert not working.waits(lambda: MOMENT)
