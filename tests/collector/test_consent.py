"""Answering a choice: exactly one cookie, exactly these attributes, and what was refused is forgotten."""

from datetime import UTC, datetime

import msgspec
import pytest

from bredele.collector import withdrawal
from bredele.collector.consent import Answer, answer, is_local
from bredele.collector.errors import RefusedPost
from bredele.collector.form import ChoiceForm, read
from bredele.core.consent import CHOICE_COOKIE
from bredele.core.declaration import Declaration, Exemption
from bredele.core.registry import Registry, Site
from bredele.core.set_cookie import SetCookie, parse
from bredele.core.versions import next_version
from bredele.formats.published import PublishedSite

NOW = datetime(2026, 8, 31, 12, tzinfo=UTC)
SECRET = b"a key for tests"
ERASE = "https://b.example/erase"
REGISTRY = Registry(
    site=Site(origin="https://town.example", jurisdiction="FR", statistics="pageviews"),
    cookies=(
        Declaration(names=("cart",), purpose=("necessary",), exemption=Exemption(kind="strictly_necessary")),
        Declaration(names=("theme",), purpose=("personalisation",), path="/shop/"),
        Declaration(names=("b_*",), purpose=("advertising",), hosts=("b.example",), erase=ERASE),
    ),
)
VERSION = next_version(REGISTRY, next_version(REGISTRY, None, NOW), NOW)
SITE = PublishedSite(slug="town", hosts=("town.example",), origin="https://town.example", version=VERSION)


def answered(form: ChoiceForm, cookies: dict[str, str] | None = None) -> Answer:
    """The answer on the town's own host."""
    return answer(SITE, form, cookies or {}, NOW, SECRET, "www.town.example")


def choice_cookie(made: Answer) -> SetCookie:
    """The first header, which must be the choice's."""
    cookie = parse(made.set_cookies[0])
    assert cookie.name == CHOICE_COOKIE
    return cookie


@pytest.mark.parametrize("choice", ["accept", "refuse", "save"])
def test_a_choice_sets_exactly_one_cookie_for_six_calendar_months(choice: str) -> None:
    """From 31 August to 28 February; the same attributes whatever the answer.

    Rules: C13, PLT-08
    """
    made = answered(read(f"choice={choice}".encode(), "application/x-www-form-urlencoded"))
    (header,) = made.set_cookies
    cookie = parse(header)
    assert cookie.max_age == 181 * 86_400
    assert (cookie.path, cookie.same_site, cookie.secure, cookie.http_only) == ("/", "Lax", True, False)
    assert cookie.domain is None
    assert made.body["expires"] == "2027-02-28T12:00:00Z"
    assert made.body["receipt"] is None


def test_refusing_and_accepting_give_values_of_the_same_length() -> None:
    """Rules: C13, LED-09"""
    yes, no = (choice_cookie(answered(ChoiceForm(choice=word))).value for word in ("accept", "refuse"))
    assert len(yes) == len(no)
    assert len(f"{CHOICE_COOKIE}={no}") <= 40
    assert yes.endswith(".111")
    assert no.endswith(".000")


def test_saving_grants_what_is_named_and_nothing_else() -> None:
    """Rules: BAN-05"""
    made = answered(ChoiceForm(choice="save", purpose=("personalisation",)))
    assert made.choice.granted == {"personalisation"}
    assert made.outcome == "customised"
    assert answered(ChoiceForm(choice="save")).outcome == "refused"


def test_an_unknown_purpose_or_version_changes_nothing() -> None:
    """Rules: API-05"""
    for form in (
        ChoiceForm(choice="save", purpose=("spying",)),
        ChoiceForm(choice="accept", version=9),
        ChoiceForm(choice="accept", version=1),
    ):
        with pytest.raises(RefusedPost) as refusal:
            answered(form)
        assert refusal.value.status == 422
        assert refusal.value.where in ("purpose", "version")


def test_withdrawing_expires_what_was_granted_and_names_the_address_that_erases() -> None:
    """The declared path first, then host-only and parent domains; a third party is asked once (BAN-16).

    Rules: BAN-09
    """
    before = {CHOICE_COOKIE: choice_cookie(answered(ChoiceForm(choice="accept"))).value, "theme": "dark", "cart": "1"}
    made = answered(ChoiceForm(choice="refuse", next="/shop/?a=1#books"), before)
    expired = [parse(header) for header in made.set_cookies[1:]]
    assert {cookie.name for cookie in expired} == {"theme"}
    assert {cookie.max_age for cookie in expired} == {0}
    assert len(expired) <= 8
    scopes = {(cookie.domain, cookie.path, cookie.partitioned) for cookie in expired}
    assert {(None, "/shop/", False), (None, "/", False), ("town.example", "/", False)} <= scopes
    assert made.outcome == "withdrawn"
    assert made.erase == (ERASE,)
    path, _, token = made.location.partition("withdrawn=")
    assert path == "/shop/?a=1&"
    assert token.endswith("#books")
    taken = withdrawal.read(SITE, token.removesuffix("#books"), NOW, SECRET)
    assert taken is not None
    assert [entry.names for entry in taken.lost] == [("theme",), ("b_*",)]
    assert [entry.names for entry in taken.seen] == [("theme",)]
    assert taken.addresses == (ERASE,)


def test_a_first_refusal_asks_no_third_party() -> None:
    made = answered(ChoiceForm(choice="refuse", next="/"))
    assert (made.erase, made.location, made.outcome) == ((), "/", "refused")


def test_the_note_of_a_withdrawal_is_good_for_a_minute_for_its_site_and_its_key() -> None:
    taken = withdrawal.Withdrawal(lost=REGISTRY.cookies[1:], seen=())
    token = withdrawal.sign(SITE, taken, NOW, SECRET)
    later = NOW.replace(minute=1, second=1)
    other = PublishedSite(slug="other", hosts=(), origin="", version=VERSION)
    newer = msgspec.structs.replace(SITE, version=next_version(REGISTRY, VERSION, NOW))
    assert withdrawal.read(SITE, token, NOW.replace(minute=1), SECRET) == taken
    assert withdrawal.read(SITE, token, later, SECRET) is None
    assert withdrawal.read(SITE, token, NOW.replace(hour=11), SECRET) is None
    assert withdrawal.read(other, token, NOW, SECRET) is None
    assert withdrawal.read(newer, token, NOW, SECRET) is None
    assert withdrawal.read(SITE, token, NOW, b"another key") is None
    assert withdrawal.read(SITE, "nonsense", NOW, SECRET) is None
    for place in range(len(token)):
        forged = token[:place] + ("1" if token[place] != "1" else "2") + token[place + 1 :]
        assert withdrawal.read(SITE, forged, NOW, SECRET) is None


def test_a_cookie_of_another_path_is_expired_though_this_request_could_not_carry_it() -> None:
    """Rules: BAN-16"""
    before = {CHOICE_COOKIE: choice_cookie(answered(ChoiceForm(choice="accept"))).value}
    made = answered(ChoiceForm(choice="refuse"), before)
    expired = [parse(header) for header in made.set_cookies[1:]]
    assert [(cookie.name, cookie.path, cookie.partitioned) for cookie in expired] == [
        ("theme", "/shop/", False),
        ("theme", "/shop/", True),
    ]
    assert answered(ChoiceForm(choice="refuse")).set_cookies[1:] == ()


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil", "/a\nb", "", "evil", "/\t/evil.example", "/é"]
)
def test_a_form_never_leads_to_another_host(target: str) -> None:
    assert not is_local(target)
    assert answered(ChoiceForm(choice="refuse", next=target)).location == "/"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"choice=maybe", "application/x-www-form-urlencoded", 422),
        (b"", "application/x-www-form-urlencoded", 422),
        (b"choice=save&version=x", "application/x-www-form-urlencoded", 422),
        (b"choice=\xff", "application/x-www-form-urlencoded; charset=utf-8", 422),
        (b"choice=accept&key=a b", "application/x-www-form-urlencoded", 422),
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"choice": "accept", "surprise": 1}', "application/json", 422),
        (b'{"choice": "accept", "purpose": "social"}', "application/json", 422),
        (b"choice=accept", "multipart/form-data", 415),
        (b"choice=accept", "", 415),
        (b"choice=accept&x=" + b"y" * 9000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_a_body_of_the_wrong_shape_is_refused_with_a_cure(body: bytes, kind: str, status: int) -> None:
    with pytest.raises(RefusedPost) as refusal:
        read(body, kind)
    assert refusal.value.status == status
    assert refusal.value.cure


def test_json_and_form_say_the_same() -> None:
    form = read(
        b"choice=save&purpose=social&purpose=advertising&version=2&next=%2Fx", "application/x-www-form-urlencoded"
    )
    json = read(
        b'{"choice": "save", "purpose": ["social", "advertising"], "version": 2, "next": "/x"}',
        "application/json; charset=utf-8",
    )
    assert form == json
