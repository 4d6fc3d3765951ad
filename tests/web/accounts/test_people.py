"""Accounts are made by the operator, with passwords worth the name."""

import pytest

from bredele.web.accounts import people
from bredele.web.accounts.models import Account
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_password_is_made_where_none_is_given() -> None:
    first, second = people.add("ada"), people.add("grace", owner=True)
    assert first != second
    assert len(first) >= 16
    assert people.find("ADA").check_password(first)
    assert people.find("grace").is_superuser


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234", "adalovelace12"])
def test_a_weak_password_is_refused_and_nothing_is_kept(password: str) -> None:
    with pytest.raises(people.InvalidAccount):
        people.add("adalovelace", password=password)
    assert not Account.objects.exists()


@pytest.mark.parametrize(("name", "email"), [("ADA", ""), ("new", "Ada@Example.org"), ("a b", ""), ("new", "no mail")])
def test_a_taken_or_impossible_name_is_refused(name: str, email: str) -> None:
    people.add("ada", email="ada@example.org", password=PASSWORD)
    with pytest.raises(people.InvalidAccount):
        people.add(name, email=email)


def test_a_person_can_be_renewed_and_removed() -> None:
    people.add("ada", password=PASSWORD)
    renewed = people.renew_password("ada")
    assert people.find("ada").check_password(renewed)
    people.remove("ada")
    with pytest.raises(people.InvalidAccount, match="no such account"):
        people.find("ada")


def test_the_first_owner_is_made_where_there_is_none() -> None:
    assert people.first_owner().username == "owner"
    assert people.first_owner().pk == people.first_owner().pk
