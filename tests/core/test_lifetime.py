"""Lifetimes: ISO 8601 is authoritative, seconds, calendar ends and words follow from it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.errors import InvalidLifetime
from bredele.core.lifetime import PERSISTENT, SESSION, Lifetime, parse_lifetime
from bredele.core.wording import WORDINGS
from bredele.core.wording.lifetimes import lifetime_text, read_lifetime_text

DAY = 86_400
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # bounds
PARTS = st.fixed_dictionaries(
    {}, optional={unit: st.integers(1, 40) for unit in ("Y", "M", "W", "D")}
)  # fmt: skip
TIMES = st.fixed_dictionaries({}, optional={unit: st.integers(1, 90) for unit in ("H", "M", "S")})


@st.composite
def durations(draw: st.DrawFn) -> Lifetime:
    """Any mix of units."""
    days, clock = draw(PARTS), draw(TIMES)
    date = "".join(f"{days[unit]}{unit}" for unit in "YMWD" if unit in days)
    time = "".join(f"{clock[unit]}{unit}" for unit in "HMS" if unit in clock)
    text = f"P{date}T{time}" if time else f"P{date}"
    return parse_lifetime(text if text != "P" else "P1D")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("P6M", 180 * DAY), ("P12M", 365 * DAY), ("P1Y", 365 * DAY), ("P13M", 395 * DAY), ("P25M", 760 * DAY),
     ("P2W", 14 * DAY), ("PT30M", 1800), ("P1DT1H", DAY + 3600), ("pt45s", 45)],
)  # fmt: skip
def test_nominal_seconds_count_whole_years_as_365_days_and_other_months_as_30(text: str, seconds: int) -> None:
    """Rules: REG-06"""
    assert parse_lifetime(text).seconds == seconds


def test_the_calendar_end_is_clamped_to_the_month() -> None:
    """P6M from 31 August is 28 or 29 February.

    Rules: REG-06, BAN-11
    """
    half = parse_lifetime("P6M")
    assert half.after(datetime(2026, 8, 31, tzinfo=UTC)) == datetime(2027, 2, 28, tzinfo=UTC)
    assert half.after(datetime(2027, 8, 31, tzinfo=UTC)) == datetime(2028, 2, 29, tzinfo=UTC)
    assert half.max_age(datetime(2026, 8, 31, tzinfo=UTC)) == 181 * DAY


@given(MOMENTS)
def test_six_calendar_months_are_181_to_184_days(moment: datetime) -> None:
    """Rules: BAN-11"""
    age = parse_lifetime("P6M").max_age(moment)
    assert age is not None
    assert 181 * DAY <= age <= 184 * DAY


@pytest.mark.parametrize(
    "text", ["until I die", "", "P", "PT", "P0D", "PT0S", "6 months", "P-1D", "P1.5D", "P9999Y", "P101Y", "P６M"]
)
def test_what_is_no_lifetime_is_refused_with_a_cure(text: str) -> None:
    with pytest.raises(InvalidLifetime) as caught:
        parse_lifetime(text)
    assert caught.value.cure


def test_session_and_persistent_have_no_seconds_and_no_end() -> None:
    for lifetime in (SESSION, PERSISTENT):
        assert lifetime.seconds is None
        assert lifetime.after(datetime(2026, 1, 1, tzinfo=UTC)) is None
        assert parse_lifetime(str(lifetime).upper()) == lifetime


@pytest.mark.parametrize(
    ("iso8601", "english", "french"),
    [
        ("P1M", "1 month", "1 mois"),
        ("P6M", "6 months", "6 mois"),
        ("P1Y", "1 year", "1 an"),
        ("P2Y", "2 years", "2 ans"),
        ("P14D", "14 days", "14 jours"),
        ("PT30M", "30 minutes", "30 minutes"),
        ("P1Y6M", "1 year and 6 months", "1 an et 6 mois"),
        ("PT90M", "1 hour and 30 minutes", "1 heure et 30 minutes"),
        ("P1DT2H3M", "1 day, 2 hours and 3 minutes", "1 jour, 2 heures et 3 minutes"),
        ("PT15552000S", "180 days", "180 jours"),
        ("session", "browser session", "session de navigation"),
        (
            "persistent",
            "no end date: until you erase it",
            "sans date de fin : jusqu’à ce que vous l’effaciez",
        ),
    ],
)
def test_the_text_is_made_from_the_value_and_reads_back(iso8601: str, english: str, french: str) -> None:
    """Rules: REG-06"""
    lifetime = parse_lifetime(iso8601)
    for language, text in (("en", english), ("fr", french)):
        assert lifetime_text(lifetime, language) == text
        read = read_lifetime_text(text)
        assert read is not None
        assert (read.seconds, read.session, read.persistent) == (
            lifetime.seconds, lifetime.session, lifetime.persistent
        )  # fmt: skip


@given(durations(), st.sampled_from(sorted(WORDINGS)))
def test_every_lifetime_survives_the_way_through_words(lifetime: Lifetime, language: str) -> None:
    """Rules: REG-06"""
    read = read_lifetime_text(lifetime_text(lifetime, language))
    assert read is not None
    assert read.seconds == lifetime.seconds


@pytest.mark.parametrize(
    ("iso8601", "text"),
    [
        ("P1M", "شهر واحد"),
        ("P2M", "شهران"),
        ("P6M", "6 أشهر"),
        ("P13M", "13 شهرًا"),
        ("P1Y", "سنة واحدة"),
        ("P2W", "أسبوعان"),
        ("P10D", "10 أيام"),
        ("P14D", "14 يومًا"),
        ("P100D", "100 يوم"),
        ("P101D", "101 يوم"),
        ("P103D", "103 أيام"),
        ("P111D", "111 يومًا"),
        ("PT30M", "30 دقيقة"),
        ("P1Y6M", "سنة واحدة و6 أشهر"),
        ("P1DT2H3M", "يوم واحد، ساعتان و3 دقائق"),
        ("session", "جلسة المتصفح"),
        ("persistent", "بلا تاريخ انتهاء: إلى أن تمحوه"),
    ],
)
def test_arabic_counts_one_two_a_few_and_many(iso8601: str, text: str) -> None:
    """Rules: REG-06"""
    lifetime = parse_lifetime(iso8601)
    assert lifetime_text(lifetime, "ar") == text
    read = read_lifetime_text(text)
    assert read is not None
    assert (read.seconds, read.session, read.persistent) == (lifetime.seconds, lifetime.session, lifetime.persistent)


@pytest.mark.parametrize(
    ("text", "iso8601"),
    [
        ("ستة أشهر", "P6M"),
        ("شهرين", "P2M"),
        ("عام واحد", "P1Y"),
        ("١٣ شهراً", "P13M"),
        ("حتى 12 شهرًا", "P12M"),
        ("يوم", "P1D"),
        ("ساعة و30 دقيقة", "PT1H30M"),
        ("سنة وشهرين", "P1Y2M"),
    ],
)
def test_arabic_lifetimes_are_read_as_pages_state_them(text: str, iso8601: str) -> None:
    assert read_lifetime_text(text) == Lifetime(iso8601=iso8601)


def test_what_leaves_nothing_has_words_too() -> None:
    assert lifetime_text(None, "en") == "nothing stays on the device"


@pytest.mark.parametrize(
    ("text", "iso8601"),
    [
        ("2 weeks by default", "P2W"),
        ("up to 12 months", "P12M"),
        ("Six months", "P6M"),
        ("13 mois maximum", "P13M"),
        ("1 an", "P1Y"),
        ("30 min.", "PT30M"),
        ("24h", "PT24H"),
        ("1-year", "P1Y"),
        ("P13M", "P13M"),
    ],
)
def test_lifetimes_are_read_as_pages_state_them(text: str, iso8601: str) -> None:
    assert read_lifetime_text(text) == Lifetime(iso8601=iso8601)


@pytest.mark.parametrize("text", ["Session", "session cookie", "Until you close your browser", "durée de la session"])
def test_the_browser_session_has_many_names(text: str) -> None:
    assert read_lifetime_text(text) == SESSION


@pytest.mark.parametrize(
    "text",
    [
        "",
        "until I die",
        "6",
        "months",
        "2 or 3 months",
        "6 months or 1 year",
        "0 days",
        "5000 years",
        "أشهر",
        "2 أو 3 أشهر",
        "حتى أموت",
    ],
)
def test_an_unclear_lifetime_is_not_guessed(text: str) -> None:
    assert read_lifetime_text(text) is None
