"""The preference page: what is stored, what can be answered, and what an answer does."""

import re
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from bredele.core.consent import choose, encode
from bredele.core.registry import Version
from bredele.core.set_cookie import parse
from tests.web.conftest import browser

pytestmark = pytest.mark.django_db
PAGE = "/cookies/preferences/"
TODAY = datetime.now(UTC).date()


def town() -> Client:
    """A visitor of the site that asks."""
    return browser("town.localhost:8000")


def answered(version: Version, *granted: str) -> Client:
    """A visitor of the town who answered today."""
    visitor = town()
    visitor.cookies["cookies_preferences"] = encode(choose(version, granted, TODAY))
    return visitor


def send(visitor: Client, fields: dict[str, str | list[str]], **headers: str) -> HttpResponse:
    """Post the form as a browser does, and keep what it is given."""
    body = urlencode(fields, doseq=True)
    answer = visitor.post(PAGE, body, content_type="application/x-www-form-urlencoded", headers=headers)
    given = [parse(morsel.output(header="").strip()) for morsel in answer.cookies.values()]
    if given:
        visitor.cookies = SimpleCookie({cookie.name: cookie.value for cookie in given})
    return answer


def ticked(page: str) -> list[str]:
    """The purposes that are ticked on the page."""
    boxes = re.findall(r'<input type="checkbox"[^>]*>', page)
    return [re.findall(r'value="([^"]+)"', box)[0] for box in boxes if " checked" in box]


def test_nothing_is_ticked_before_an_answer(asking_site: Version) -> None:
    """Rules: BAN-05"""
    answer = town().get(PAGE)
    assert ticked(answer.content.decode()) == []
    assert "You have not answered yet" in answer.content.decode()
    assert not answer.cookies


def test_the_page_shows_the_stored_state_with_version_and_date(asking_site: Version) -> None:
    """Rules: BAN-10, POL-05, C15"""
    page = answered(asking_site, "personalisation").get(PAGE).content.decode()
    assert ticked(page) == ["personalisation"]
    state = page[page.index("data-bredele-state") :].split("</dl>")[0]
    assert f"{TODAY.day} {TODAY:%B %Y}" in state
    assert "<dd>1</dd>" in state


@pytest.mark.parametrize("choice", ["accept", "refuse", "save"])
def test_an_answer_goes_back_to_the_page_with_exactly_one_cookie(asking_site: Version, choice: str) -> None:
    """Rules: C13, BAN-30"""
    answer = send(town(), {"choice": choice, "version": "1", "purpose": ["advertising"], "next": f"{PAGE}?saved=1"})
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{PAGE}?saved=1")
    assert len(answer.cookies) == 1
    sent = parse(next(iter(answer.cookies.values())).output(header="").strip())
    assert (sent.name, sent.path, sent.same_site) == ("cookies_preferences", "/", "Lax")
    assert 181 * 86_400 <= (sent.max_age or 0) <= 184 * 86_400


def test_accept_refuse_and_save_mean_what_they_say(asking_site: Version) -> None:
    """Rules: BAN-02, BAN-05"""
    visitor, fields = town(), {"version": "1", "next": f"{PAGE}?saved=1"}
    send(visitor, {"choice": "accept", **fields})
    assert ticked(visitor.get(PAGE).content.decode()) == ["personalisation", "advertising"]
    send(visitor, {"choice": "save", "purpose": ["advertising", "measurement"], **fields})
    assert ticked(visitor.get(PAGE).content.decode()) == ["advertising"]
    send(visitor, {"choice": "refuse", **fields})
    assert ticked(visitor.get(PAGE).content.decode()) == []


def test_saving_is_announced(asking_site: Version) -> None:
    """Rules: BAN-27"""
    page = answered(asking_site).get(f"{PAGE}?saved=1").content.decode()
    assert re.search(r'role="status">\s*Saved', page)
    assert 'role="status"' not in answered(asking_site).get(PAGE).content.decode()


def test_accept_and_refuse_are_sibling_buttons_of_one_kind(asking_site: Version) -> None:
    """Rules: BAN-02, BAN-03, BAN-04"""
    page = town().get(PAGE).content.decode()
    answers = page[page.index('class="answers"') :].split("</div>")[0]
    buttons = re.findall(r"<button([^>]*)>", answers)
    assert len(buttons) == 2
    assert buttons[0].replace("accept", "") == buttons[1].replace("refuse", "")


def test_a_site_of_exempt_cookies_has_no_banner_but_every_answer(client: Client, published_site: Version) -> None:
    """Rules: BAN-14, C16"""
    assert "data-bredele-banner" not in client.get("/").content.decode()
    page = client.get(PAGE).content.decode()
    for value in ("accept", "refuse", "save"):
        assert f'name="choice" value="{value}"' in page
    assert "Do not count my visits" in page
    assert ticked(page) == []


def test_objecting_to_being_counted_leaves_every_other_answer(asking_site: Version) -> None:
    """Rules: POL-07, ANA-08"""
    visitor = answered(asking_site, "advertising", "measurement")
    page = visitor.get(PAGE).content.decode()
    form = page[page.index('id="counting"') :].split("</form>")[0]
    kept = re.findall(r'name="purpose" value="([^"]+)"', form)
    assert kept == ["advertising"]
    send(visitor, {"choice": "save", "purpose": kept, "version": "1", "next": f"{PAGE}?saved=1"})
    after = visitor.get(PAGE).content.decode()
    assert ticked(after) == ["advertising"]
    assert "Your visits are not counted" in after
    assert "Count my visits again" in after


def test_saving_other_choices_is_no_objection(asking_site: Version) -> None:
    """Rules: BAN-05, ANA-08"""
    page = town().get(PAGE).content.decode()
    form = page[page.index("data-bredele-preferences") :].split("</form>")[0]
    assert '<input type="hidden" name="purpose" value="measurement">' in form


@pytest.mark.parametrize(
    "fields",
    [
        {"choice": "maybe"},
        {"choice": "save", "purpose": "no-such"},
        {"choice": "accept", "version": "99"},
        {"choice": "accept", "version": "x"},
        {},
    ],
)
def test_an_answer_that_cannot_be_understood_changes_nothing(asking_site: Version, fields: dict[str, str]) -> None:
    answer = send(town(), {"version": "1", **fields})
    assert answer.status_code == 422
    assert not answer.cookies


def test_another_site_cannot_answer_for_the_visitor(asking_site: Version) -> None:
    """Rules: BAN-07"""
    answer = send(town(), {"choice": "accept", "version": "1"}, **{"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not answer.cookies


def test_withdrawal_is_on_every_page_while_something_is_granted(asking_site: Version) -> None:
    """Rules: BAN-09, C15"""
    for address in ("/", "/terms/cookies-policy/", PAGE, "/data/"):
        assert "data-bredele-withdraw" in answered(asking_site, "advertising").get(address).content.decode()
        assert "data-bredele-withdraw" not in answered(asking_site).get(address).content.decode()
        assert "data-bredele-withdraw" not in town().get(address).content.decode()
