"""The owner says who gets a site's figures, tries it, and reads what was out of the ordinary."""

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.web.alerts.models import Delivery
from bredele.web.reports.models import Incident, Watch
from tests.web.backoffice.pages import fill, forms
from tests.web.publishing import MOMENT

PAGE = "/backoffice/town/reports/"


def test_receivers_are_kept(signed_in: Client, town: Version) -> None:
    answer = fill(
        signed_in,
        PAGE,
        with_field="weekly",
        weekly="mayor@example.org\nweb@example.org",
        alerts="clerk@example.org",
        webhook="https://hooks.example/x",
        language="fr",
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{PAGE}?done=scheduled"
    watch = Watch.objects.get()
    assert (watch.weekly, watch.alerts, watch.language) == (
        ["mayor@example.org", "web@example.org"],
        ["clerk@example.org"],
        "fr",
    )
    assert watch.sent
    page = signed_in.get(PAGE).content.decode()
    assert "mayor@example.org" in page
    assert "HMAC-SHA256" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("weekly", "no address", "is no mail address"),
        ("alerts", "\n".join(f"a{number}@example.org" for number in range(21)), "At most 20 addresses"),
        ("webhook", "http://10.0.0.1/", "A webhook is an https address."),
    ],
)
def test_a_wrong_receiver_is_told_and_what_was_typed_stays(
    signed_in: Client, town: Version, field: str, value: str, said: str
) -> None:
    answer = fill(signed_in, PAGE, with_field="weekly", **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert value.splitlines()[0] in page
    assert not Watch.objects.exists()


def test_a_test_goes_to_the_address_and_to_the_webhook(signed_in: Client, town: Version) -> None:
    Watch.objects.create(site="town", webhook="https://hooks.example/x")
    action, fields = next(one for one in forms(signed_in.get(PAGE)) if "to" in one[1])
    answer = signed_in.post(action, {**fields, "to": "me@example.org"})
    assert answer.headers["Location"] == f"{PAGE}?done=tested"
    queued = Delivery.objects.order_by("pk")
    assert [(one.kind, one.to) for one in queued] == [
        ("mail", "me@example.org"),
        ("webhook", "https://hooks.example/x"),
    ]
    assert queued[0].subject.startswith("Test: Civis: week")
    assert not queued[0].stop
    wrong = signed_in.post(action, {**fields, "to": "nobody"})
    assert wrong.status_code == 422
    assert Delivery.objects.count() == 2


def test_incidents_are_listed_with_their_end(signed_in: Client, town: Version) -> None:
    Incident.objects.create(site="town", kind="spike", began=MOMENT, over=MOMENT, seen="400", usual="40")
    Incident.objects.create(site="town", kind="silence", began=MOMENT, seen="<10", usual="120", hours=3)
    page = signed_in.get(PAGE).content.decode()
    assert "still so" in page
    assert "over since 24 November" in page
    assert "&lt;10 views in 3 hours" in page
    assert "400 views in 1 hour;" in page


def test_strangers_see_nothing_and_links_send_nothing(client: Client, signed_in: Client, town: Version) -> None:
    assert signed_in.get(f"{PAGE}test/").status_code == 405
    signed_in.logout()
    assert signed_in.get(PAGE).status_code == 302
