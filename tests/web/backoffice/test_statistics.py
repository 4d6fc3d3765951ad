"""The owner's dashboard: released figures only, what they count, one filter, and what an empty site is told."""

import html
import re
from datetime import date, timedelta

import msgspec
import pytest
from django.test import Client

from bredele.core.declaration import Declaration, Exemption
from bredele.core.lifetime import parse_lifetime
from bredele.core.registry import Version
from bredele.stats.catalogue import Metric
from bredele.stats.closing import close_periods
from bredele.stats.event import HOUR_FORM, Hourly
from bredele.web.statistics.sharing import Shared, shared
from bredele.web.statistics.store import counting, statistics_store
from tests.stats.town import fill_town, sums
from tests.web.backoffice.pages import fill, forms
from tests.web.conftest import Publish, necessary

PAGE = "/backoffice/town/statistics/"


@pytest.fixture
def filled(town: Version) -> Version:
    """Sixty days of a town, up to today."""
    today = counting().now().date()
    fill_town(statistics_store(), today, 2, today - timedelta(days=59), 60, 200)
    return town


def words(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u202f", "").split())


def figures(page: str) -> list[str]:
    """Every figure that is shown as one."""
    found = re.findall(r'<(?:td class="number"|dd class="keys__figure")><bdi>([^<]*)</bdi>', page)
    found += re.findall(r"<title>[^<:]+: ([^<(]+)", page)
    return [html.unescape(one).replace("\u202f", "").strip() for one in found if one]


def test_every_figure_is_a_multiple_of_ten_a_share_or_a_time(signed_in: Client, filled: Version) -> None:
    """Rules: ANA-04, ANA-14"""
    for query in (
        "",
        "?period=today",
        "?period=12m&compare=year",
        "?only=country:FR",
        "?panel=pages",
        "?compare=before",
    ):
        page = signed_in.get(PAGE + query).content.decode()
        shown = figures(page)
        assert len(shown) > 5, query
        wrong = [one for one in shown if not re.fullmatch(r"\d*0|<10|–|\d+ %|\d+ s|\d+ min \d\d s|\d+\.\d\d s", one)]
        assert wrong == [], query


def test_each_key_figure_says_what_it_counts(signed_in: Client, filled: Version) -> None:
    said = words(signed_in.get(PAGE).content.decode())
    assert "Views" in said
    assert "Pages that were opened." in said
    assert "Views that came from elsewhere" in said
    assert "Visitors a day" not in said


def test_a_row_filters_and_a_chip_takes_it_back(signed_in: Client, filled: Version) -> None:
    page = signed_in.get(PAGE).content.decode()
    assert 'href="?only=country%3AFR"' in page
    only = signed_in.get(f"{PAGE}?period=7d&only=country%3AFR").content.decode()
    assert "Show all, not only France" in only
    assert 'href="?period=7d"' in only
    assert "Never counted together with this filter" in words(only)
    assert "only=device" not in only


def test_two_filters_and_other_impossible_questions_are_told_with_their_cure(
    signed_in: Client, filled: Version
) -> None:
    """Rules: ANA-16, ANA-20"""
    answer = signed_in.get(f"{PAGE}?only=country:FR&only=device:mobile")
    assert answer.status_code == 422
    said = words(answer.content.decode())
    assert "There are two filters. Keep one" in said
    assert "These are the last 30 days." in said


def test_a_chart_has_a_name_and_a_table_beside_it(signed_in: Client, filled: Version) -> None:
    page = signed_in.get(f"{PAGE}?compare=before").content.decode()
    assert re.search(
        r'role="img" aria-label="Views, [^"]+ The most: [^"]+ The table below holds the same figures\."', page
    )
    table = page[page.index('class="plot__table"') :]
    assert table.count('<th scope="row">', 0, table.index("</table>")) == 30


def test_a_published_version_is_seen_on_its_day(signed_in: Client, filled: Version) -> None:
    page = signed_in.get(PAGE).content.decode()
    assert "Version 1 of the cookies policy" in page
    assert "/terms/cookies-policy/versions/1/" in page
    assert 'class="plot__mark"' in page


def test_an_empty_site_is_told_what_to_do(signed_in: Client, town: Version) -> None:
    said = words(signed_in.get(PAGE).content.decode())
    assert "Nothing here reached ten yet" in said
    assert "See that the pages carry the one tag" in said


def test_one_visitor_looks_like_none(signed_in: Client, town: Version) -> None:
    """Rules: ANA-14"""
    before = words(signed_in.get(PAGE).content.decode())
    today = counting().now().date()
    statistics_store().add(sums(2, today, 1, 4))
    assert words(signed_in.get(PAGE).content.decode()) == before


def test_a_small_town_is_led_to_the_month_that_tells(signed_in: Client, town: Version) -> None:
    """Rules: ANA-16"""
    today = counting().now().date()
    month = today.replace(day=1) - timedelta(days=1)
    store = statistics_store()
    store.add(sums(2, month.replace(day=1), (today - month.replace(day=1)).days + 1, 40))
    close_periods(store, today)
    page = signed_in.get(PAGE).content.decode()
    assert f"See which pages were read in {month:%B %Y}" in page
    told = signed_in.get(f"{PAGE}?period=month&month={month:%Y-%m}").content.decode()
    assert "/school/" in told
    assert "See which pages were read" not in told


def test_the_page_is_for_signed_in_owners(client: Client, town: Version) -> None:
    assert client.get(PAGE).status_code == 302


def test_days_are_those_of_the_installation(signed_in: Client, filled: Version) -> None:
    assert "Days begin at midnight, UTC." in words(signed_in.get(PAGE).content.decode())
    assert date.fromisoformat(str(counting().now().date()))


def test_what_happened_is_noted_and_stands_beside_the_figures(signed_in: Client, filled: Version) -> None:
    notes = f"{PAGE}notes/"
    answer = fill(signed_in, notes, with_field="text", text="New home page")
    assert answer.status_code == 303
    assert "It stands beside the figures now." in signed_in.get(answer["Location"]).content.decode()
    page = signed_in.get(PAGE).content.decode()
    assert "New home page" in page
    number = re.search(r"/notes/(\d+)/delete/", signed_in.get(notes).content.decode())
    assert number
    action, fields = next(one for one in forms(signed_in.get(notes)) if one[0].endswith("/delete/"))
    signed_in.post(action, fields)
    assert "New home page" not in signed_in.get(PAGE).content.decode()


def test_a_note_without_words_is_not_kept(signed_in: Client, filled: Version) -> None:
    answer = fill(signed_in, f"{PAGE}notes/", with_field="text", text="  ", day="2026-11-24")
    assert answer.status_code == 422
    assert "Not saved yet" in answer.content.decode()


def test_the_owner_makes_them_public_and_names_frames(signed_in: Client, filled: Version) -> None:
    """Rules: PLT-11"""
    sharing = f"{PAGE}sharing/"
    assert "/statistics/embed/" not in signed_in.get(sharing).content.decode()
    wrong = fill(signed_in, sharing, with_field="frames", public="on", frames="http://example.org")
    assert wrong.status_code == 422
    assert "is no origin of a web page" in html.unescape(wrong.content.decode())
    assert shared("town") == Shared()
    fill(signed_in, sharing, with_field="frames", public="on", frames="https://www.example.org/\n")
    assert shared("town") == Shared(public=True, frames=("https://www.example.org",))
    page = signed_in.get(sharing).content.decode()
    assert "http://town.localhost:8000/statistics/embed/chart/" in page


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_shown_is_taken_away(signed_in: Client, client: Client, filled: Version, form: str) -> None:
    address = f"/backoffice/town/statistics.{form}"
    answer = signed_in.get(f"{address}?period=7d&only=country:FR")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert "Access-Control-Allow-Origin" not in answer
    assert "country" in answer.content.decode()
    assert signed_in.get(f"{address}?only=a:b").status_code == 422


def test_what_is_in_no_other_figure_is_said_beside(signed_in: Client, filled: Version) -> None:
    """Rules: ANA-30, ANA-11"""
    assert "Robots opened" not in signed_in.get(PAGE).content.decode()
    hour = counting().now().strftime(HOUR_FORM)
    metrics: tuple[tuple[Metric, int], ...] = (("bots", 123), ("masked", 31), ("capped", 9))
    statistics_store().add(tuple(Hourly("town", hour, metric, many) for metric, many in metrics))
    said = words(signed_in.get(PAGE).content.decode())
    assert "Robots opened 120 pages; they are in no other figure." in said
    assert "In the addresses of 30 views an e-mail address, a token or an id was masked." in said
    assert "list was full" not in said


@pytest.mark.parametrize("mode", ["off", "visitors"])
def test_the_page_says_how_the_site_counts(signed_in: Client, filled: Version, publish: Publish, mode: str) -> None:
    """Rules: PLT-11"""
    before = filled.registry
    site = msgspec.structs.replace(before.site, statistics=mode)
    counted = (audience_day(),) if mode == "visitors" else ()
    publish("town", msgspec.structs.replace(before, site=site, cookies=(*before.cookies, *counted)))
    said = words(signed_in.get(PAGE).content.decode())
    assert ("This site counts no page views." in said) is (mode == "off")
    assert ("Devices, each counted once in each week it came." in said) is (mode == "visitors")
    assert "What was counted before stays below" in said if mode == "off" else "Visitors a month" in said
    chosen = signed_in.get(f"{PAGE}?metric=visitors_week").content.decode()
    assert ("Visitors a week by day" in words(chosen)) is (mode == "visitors")


def audience_day() -> Declaration:
    """The one cookie of the mode `visitors`."""
    entry = necessary("audience_day", "Counting", "To count visitors", lifetime=parse_lifetime("P1M"))
    reason = {"en": "Counts for the site alone.", "fr": "Compte pour le site seul."}
    exemption = Exemption(kind="audience", reason=reason)
    return msgspec.structs.replace(entry, purpose=("measurement",), exemption=exemption)
