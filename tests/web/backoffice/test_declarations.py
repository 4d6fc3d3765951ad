"""Declarations are found, added, changed, copied and deleted by plain forms."""

import msgspec
import pytest
from django.test import Client

from bredele.core.lifetime import parse_lifetime
from bredele.core.registry import Version
from bredele.web.registry import drafts
from tests.web.backoffice.pages import fill, form
from tests.web.conftest import asking

TABLE = "/backoffice/town/declarations/"
THEME = 4
"""The place of `theme`, after the platform's own four."""


def test_the_table_lists_every_declaration_with_its_facts(signed_in: Client, town: Version) -> None:
    page = signed_in.get(TABLE).content.decode()
    for words in ("sessionid", "theme", "6 months", "5 declarations", "asked"):
        assert words in page


def test_the_filter_narrows_the_table(signed_in: Client, town: Version) -> None:
    asked = signed_in.get(TABLE, {"show": "asked"}).content.decode()
    assert "theme" in asked
    assert ">sessionid<" not in asked
    assert "1 of 5" in asked
    assert ">sessionid<" in signed_in.get(TABLE, {"q": "SESSION"}).content.decode()
    assert "Nothing fits" in signed_in.get(TABLE, {"q": "<script>"}).content.decode()


def test_a_declaration_is_added_by_a_form_alone(signed_in: Client, town: Version) -> None:
    answer = fill(
        signed_in,
        TABLE + "new/",
        names="cart\ncart_*",
        provider="Town hall",
        function_en="Basket",
        function_fr="Panier",
        location=["front office"],
        purpose=["necessary"],
        purpose_text_en="To keep what you put in the basket",
        purpose_text_fr="Garder le contenu du panier",
        lifetime="14 days",
        access="nobody",
        exemption="strictly_necessary",
        reason_en="You asked for a basket.",
        reason_fr="Vous avez demandé un panier.",
        path="/",
        http_only="yes",
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, TABLE + "?done=added")
    made = drafts.draft("town").cookies[-1]
    assert made.names == ("cart", "cart_*")
    assert made.lifetime == parse_lifetime("P14D")
    assert made.function == {"en": "Basket", "fr": "Panier"}
    assert made.third_party_access == ()
    assert made.http_only is True
    assert made.secure is None
    assert made.exemption is not None
    assert made.exemption.reason["fr"] == "Vous avez demandé un panier."


def test_an_edit_that_changes_nothing_leaves_the_declaration_as_it_was(signed_in: Client, town: Version) -> None:
    before = drafts.draft("town")
    assert fill(signed_in, f"{TABLE}{THEME}/").status_code == 303
    assert drafts.draft("town") == before


def test_an_edit_changes_what_was_typed_and_nothing_else(signed_in: Client, town: Version) -> None:
    before = drafts.draft("town").cookies[THEME]
    fill(signed_in, f"{TABLE}{THEME}/", lifetime="P1Y2M", secure="no")
    after = drafts.draft("town").cookies[THEME]
    assert after == msgspec.structs.replace(before, lifetime=parse_lifetime("P1Y2M"), secure=False)
    assert drafts.history("town")[0].note == "Changed theme"
    assert drafts.history("town")[0].author == "owner"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("names", "", "Write at least one name"),
        ("names", "*", "would match every name"),
        ("names", "a*b", "in the middle"),
        ("lifetime", "until I die", "is not a lifetime"),
        ("lifetime", "0 days", "lasts no time"),
        ("hosts", "not a host", "host"),
        ("erase", "nonsense", "address"),
        ("names", "sessionid", "different purposes"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(
    signed_in: Client, town: Version, field: str, typed: str, words: str
) -> None:
    """Rules: REG-11, REG-01"""
    before = drafts.draft("town")
    answer = fill(signed_in, f"{TABLE}{THEME}/", **{field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'href="#id_{field}' in page
    assert f'id="id_{field}_error"' in page
    assert drafts.draft("town") == before


def test_what_was_typed_is_still_there_beside_an_error(signed_in: Client, town: Version) -> None:
    answer = fill(signed_in, f"{TABLE}{THEME}/", lifetime="soon", provider="Someone new")
    _, fields = form(answer)
    assert fields["lifetime"] == ["soon"]
    assert fields["provider"] == ["Someone new"]


def test_third_parties_are_named_only_where_the_answer_says_so(signed_in: Client, town: Version) -> None:
    """Rules: REG-07"""
    path = f"{TABLE}{THEME}/"
    assert "Name at least one" in fill(signed_in, path, access="named").content.decode()
    assert "Third parties are named" in fill(signed_in, path, third_party_access="Partner").content.decode()
    fill(signed_in, path, access="named", third_party_access="Partner")
    assert drafts.draft("town").cookies[THEME].third_party_access == ("Partner",)


def test_a_copy_has_everything_but_the_names(signed_in: Client, town: Version) -> None:
    path = f"{TABLE}new/?copy={THEME}"
    _, fields = form(signed_in.get(path))
    assert fields["names"] == [""]
    assert fill(signed_in, path, names="theme_two").status_code == 303
    original, copied = drafts.draft("town").cookies[THEME], drafts.draft("town").cookies[-1]
    assert copied == msgspec.structs.replace(original, names=("theme_two",))


def test_a_deletion_is_asked_for_first(signed_in: Client, town: Version) -> None:
    path = f"{TABLE}{THEME}/delete/"
    assert "Delete theme?" in signed_in.get(path).content.decode()
    assert len(drafts.draft("town").cookies) == 5
    assert fill(signed_in, path).headers["Location"] == TABLE + "?done=deleted"
    assert asking("theme", "personalisation").names not in [entry.names for entry in drafts.draft("town").cookies]


@pytest.mark.parametrize("path", ["99/", "99/delete/", "new/?copy=99"])
def test_a_place_without_a_declaration_is_not_found(signed_in: Client, town: Version, path: str) -> None:
    answer = signed_in.get(TABLE + path)
    assert answer.status_code == 404
    assert "no such declaration" in answer.content.decode()
