"""Sites are added with hosts that belong to one site only."""

import pytest

from bredele.web.enforcement.index import site_index
from bredele.web.registry import sites

pytestmark = pytest.mark.django_db


def test_the_first_site_answers_unknown_hosts() -> None:
    assert sites.add("one", "https://one.example").default
    assert not sites.add("two", "https://two.example").default


def test_a_later_site_may_become_the_default_one() -> None:
    sites.add("one", "https://one.example")
    sites.add("two", "https://two.example", default=True)
    default = site_index().default()
    assert default is not None
    assert default.slug == "two"


def test_a_site_is_in_the_index_at_once() -> None:
    sites.add("one", "https://one.example", ("www.one.example", "ONE.example"))
    found = site_index().by_host("One.Example")
    assert found is not None
    assert (found.slug, found.version) == ("one", None)


@pytest.mark.parametrize(
    ("slug", "origin", "hosts"),
    [
        ("../etc", "https://two.example", ()),
        ("one", "https://two.example", ()),
        ("two", "two.example", ()),
        ("two", "https://two.example/path", ()),
        ("two", "ftp://two.example", ()),
        ("two", "https://two.example", ("a/b",)),
        ("two", "https://two.example", ("one.example",)),
    ],
)
def test_a_bad_or_taken_name_is_refused(slug: str, origin: str, hosts: tuple[str, ...]) -> None:
    sites.add("one", "https://one.example")
    with pytest.raises(sites.InvalidSite) as refusal:
        sites.add(slug, origin, hosts)
    assert refusal.value.cure
