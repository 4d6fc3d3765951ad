"""In which language a choice was asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.collector.language import language_of

PUBLISHED = ("en", "fr", "ar")


@pytest.mark.parametrize(
    ("stated", "cookies", "accepted", "language"),
    [
        ("fr", {"django_language": "ar"}, "en", "fr"),
        ("", {"django_language": "ar"}, "fr", "ar"),
        ("xx", {}, "fr-CH, en;q=0.5", "fr"),
        ("", {}, "en;q=0.3, fr;q=0.8", "fr"),
        ("", {}, "fr;q=0, ar;q=0.1", "ar"),
        ("", {}, "de, *;q=0.1", "en"),
        ("", {}, "fr;q=x", "en"),
    ],
)
def test_the_form_goes_before_the_cookie_and_the_cookie_before_the_browser(
    stated: str, cookies: dict[str, str], accepted: str, language: str
) -> None:
    """Rules: POL-08"""
    assert language_of(PUBLISHED, stated, cookies, accepted) == language


@given(st.text(max_size=60), st.text(max_size=20))
def test_whatever_is_sent_the_language_is_a_published_one(accepted: str, stated: str) -> None:
    assert language_of(PUBLISHED, stated, {}, accepted) in PUBLISHED
    assert language_of((), stated, {}, accepted) == ""
