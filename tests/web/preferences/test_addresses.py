"""Where a form sends its visitor back to."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from bredele.web.preferences.addresses import SAID_ONCE, here, same_site, without


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "evil",
        "/%09/evil",
        "\t/x",
    ],
)
def test_an_address_of_another_site_is_never_followed(address: str) -> None:
    answer = same_site(address)
    assert answer.startswith("/")
    assert not answer.startswith(("//", "/\\"))


@given(st.text(max_size=40))
def test_whatever_is_sent_the_answer_stays_on_this_site(address: str) -> None:
    answer = same_site(address)
    assert answer.startswith("/")
    assert not answer.startswith(("//", "/\\"))


def test_a_path_with_its_query_is_kept() -> None:
    assert same_site("/data/?by=day") == "/data/?by=day"


def test_what_was_said_once_is_not_said_again() -> None:
    """`?lang=` would win over the cookie that was just set; `withdrawn` would erase twice."""
    assert without("/a/?lang=fr&by=day&saved=1&withdrawn=x", SAID_ONCE) == "/a/?by=day"
    assert here(RequestFactory().get("/a/?lang=fr")) == "/a/"
