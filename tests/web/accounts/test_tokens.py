"""Machine tokens are shown once and kept as a digest."""

import pytest

from bredele.core.errors import BredeleError
from bredele.web.accounts import tokens
from bredele.web.accounts.models import Token
from tests.web.publishing import MOMENT

pytestmark = pytest.mark.django_db


def test_a_token_is_found_by_its_text_only() -> None:
    text = tokens.add("ci", MOMENT, site="civis", may_write=True)
    found = tokens.find(text)
    assert found is not None
    assert (found.label, found.site, found.may_write) == ("ci", "civis", True)
    assert tokens.find(text + "x") is None
    assert tokens.find("") is None


def test_the_database_does_not_hold_the_text() -> None:
    text = tokens.add("ci", MOMENT)
    assert text not in str(Token.objects.values().get())


def test_a_revoked_token_is_worth_nothing() -> None:
    text = tokens.add("ci", MOMENT)
    tokens.revoke("ci", MOMENT)
    assert tokens.find(text) is None
    with pytest.raises(BredeleError):
        tokens.revoke("ci", MOMENT)


def test_a_label_is_used_once() -> None:
    tokens.add("ci", MOMENT)
    with pytest.raises(BredeleError, match="label"):
        tokens.add("ci", MOMENT)
