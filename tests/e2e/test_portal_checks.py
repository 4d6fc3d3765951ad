"""The checks a client can make of the portal family, C1 to C18, against a running server, header by header."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.test_serve import run
from tests.e2e.client import FORM, LOGIN, Client, own, shape
from tests.serving import ROOT, Running, running

POLICY = "/terms/cookies-policy/"
PUBLIC = (
    "/",
    POLICY,
    "/terms/cookies-policy.json",
    "/terms/cookies-policy/versions/",
    "/terms/cookies-policy/versions/1/",
    "/.well-known/cookie-policy.json",
    "/cookies/preferences/",
    "/data/",
    "/data/cookies.csv",
    "/proof/",
    "/api/v1/docs",
    "/api/v1/openapi.json",
    "/api/v1/cookies",
    "/api/v1/choices",
    "/api/v1/views",
    "/api/v1/session",
    "/healthz",
    "/readyz",
    "/nowhere/",
)
SECURE_HOST = "data.example.org"


@pytest.fixture(scope="module")
def safe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The platform behind a TLS proxy: an https origin, one published site, one owner."""
    data: Path = tmp_path_factory.mktemp("safe")
    origin = f"https://{SECURE_HOST}"
    declared = data / "cookies.toml"
    declared.write_text((ROOT / "examples/civis/cookies.toml").read_text().replace("http://localhost:8000", origin))
    for arguments in (
        ("site", "add", "civis", "--origin", origin, "--default"),
        ("publish", "civis", "--from", str(declared), "--no-pictures"),
    ):
        done = run(*arguments, data=data, BREDELE_ORIGIN=origin)
        assert done.returncode == 0, done.stdout + done.stderr
    made = run("user", "add", "owner", "--owner", data=data, BREDELE_ORIGIN=origin)
    assert made.returncode == 0, made.stderr
    (data / "first-sign-in.txt").write_text(f"name: owner\npassword: {password_in(made.stdout)}\n")
    with running("serve", data=data, BREDELE_ORIGIN=origin, BREDELE_TRUSTED_PROXIES="127.0.0.1") as server:
        yield server


def password_in(output: str) -> str:
    """The password that `user add` printed."""
    return output.strip().rpartition(": ")[2]


@pytest.fixture
def client(platform: Running) -> Client:
    """A fresh client of the platform at http://localhost."""
    return Client(platform)


@pytest.fixture
def secure_client(safe: Running) -> Client:
    """A fresh client behind the TLS proxy."""
    return Client(safe, SECURE_HOST)


@pytest.mark.parametrize("path", PUBLIC)
def test_c1_no_public_page_sets_a_cookie(client: Client, path: str) -> None:
    """Rules: C1, PLT-02"""
    answer = client.get(path)
    assert answer.status in (200, 404)
    assert answer.cookies == []


def test_c2_the_sign_in_page_sets_its_token_for_the_browser_session(client: Client, secure_client: Client) -> None:
    """Rules: C2"""
    for one, secure in ((client, False), (secure_client, True)):
        assert one.get(LOGIN).status == 200
        assert {name: shape(cookie) for name, cookie in one.last.items()} == {"csrftoken": own(secure=secure)}


def test_c3_signing_in_sets_a_session_and_a_new_token(client: Client, secure_client: Client) -> None:
    """Rules: C3, PLT-03, PLT-04, PLT-07"""
    for one, secure in ((client, False), (secure_client, True)):
        one.get(LOGIN)
        before = one.jar["csrftoken"]
        assert one.sign_in(*one.server.account).status == 302
        assert {name: shape(cookie) for name, cookie in one.last.items()} == {
            "sessionid": own(secure=secure, http_only=True),
            "csrftoken": own(secure=secure),
        }
        assert one.jar["csrftoken"] != before


def test_c4_staying_signed_in_is_fourteen_days_and_not_rewritten_the_same_day(client: Client) -> None:
    """Rules: C4, PLT-04"""
    client.sign_in(*client.server.account, remember="on")
    assert shape(client.last["sessionid"]) == own(secure=False, http_only=True, max_age=14 * 24 * 3600)
    for path in ("/backoffice/", "/data/", POLICY):
        assert client.get(path).status == 200
        assert "sessionid" not in client.last


def test_c6_signing_out_deletes_the_session_and_nothing_else(client: Client) -> None:
    """Rules: C6, PLT-03"""
    client.post("/language/", {"language": "fr", "next": "/"})
    client.post("/consent", {"choice": "refuse", "version": "1"})
    client.sign_in(*client.server.account)
    client.sign_out()
    assert client.last.keys() == {"sessionid"}
    assert client.last["sessionid"].max_age == 0
    assert client.jar.keys() == {"csrftoken", "django_language", "cookies_preferences"}


def test_c7_a_language_is_kept_for_twelve_months(client: Client, secure_client: Client) -> None:
    """Rules: C7, PLT-05"""
    for one, secure in ((client, False), (secure_client, True)):
        answer = one.post("/language/", {"language": "fr", "next": POLICY})
        assert (answer.status, answer.headers["location"]) == (303, POLICY)
        assert one.last.keys() == {"django_language"}
        cookie = one.last["django_language"]
        assert cookie.value == "fr"
        assert cookie.max_age in (365 * 24 * 3600, 366 * 24 * 3600)
        assert shape(cookie) == own(secure=secure, max_age=cookie.max_age)


def test_c9_the_browser_s_language_is_spoken_without_a_cookie(client: Client) -> None:
    """Rules: C9"""
    french = client.get(POLICY, Accept_Language="fr")
    assert '<html lang="fr"' in french.body
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in french.headers["vary"].split(",")}
    assert french.headers["cache-control"] == "no-cache"
    asked = client.get(f"{POLICY}?lang=fr")
    assert '<html lang="fr"' in asked.body
    assert french.cookies == asked.cookies == []


def test_c9_an_unchanged_page_is_304_and_another_language_is_not(client: Client) -> None:
    """Rules: C9"""
    first = client.get(POLICY)
    same = client.get(POLICY, If_None_Match=first.headers["etag"])
    assert (same.status, same.body) == (304, "")
    assert client.get(POLICY, If_None_Match=first.headers["etag"], Accept_Language="fr").status == 200
    assert "nonce" not in first.headers["content-security-policy"]


def test_c10_the_public_api_answers_a_stranger_without_a_cookie(client: Client) -> None:
    """Rules: C10"""
    for name in ("cookies", "choices", "views"):
        answer = client.get(f"/api/v1/{name}")
        assert (answer.status, answer.cookies) == (200, [])
        assert answer.headers["content-type"].startswith("application/json")


def test_c11_a_session_posts_with_its_token_only(client: Client) -> None:
    """Rules: C11, API-01"""
    client.sign_in(*client.server.account)
    body = '{"dataset": "cookies"}'
    cookies = client.cookies()
    headers = {"Content_Type": "application/json", "Sec_Fetch_Site": "same-origin"}
    bare = client.server.ask("/api/v1/query", method="POST", body=body, **cookies, **headers)
    assert (bare.status, bare.cookies) == (403, [])
    assert bare.headers["content-type"] == "application/problem+json"
    sent = client.server.ask(
        "/api/v1/query", method="POST", body=body, X_CSRFToken=client.jar["csrftoken"], **cookies, **headers
    )
    assert sent.status == 200, sent.body
    assert '"sessionid"' in sent.body


def test_c11_a_machine_posts_with_its_token_and_gets_no_cookie(client: Client) -> None:
    """Rules: C11, API-01"""
    made = run("token", "add", "reader", data=client.server.data, BREDELE_ORIGIN=client.server.origin)
    found = re.search(r"bredele_\S+", made.stdout)
    assert found, made.stderr
    answer = client.server.ask(
        "/api/v1/query",
        method="POST",
        body='{"dataset": "cookies"}',
        Authorization=f"Bearer {found[0].rstrip('.')}",
        Content_Type="application/json",
    )
    assert (answer.status, answer.cookies) == (200, [])


def test_c12_what_is_private_is_401_on_the_api_and_leads_to_the_sign_in_on_pages(client: Client) -> None:
    """Rules: C12"""
    api = client.get("/api/v1/sites")
    assert (api.status, api.cookies) == (401, [])
    assert api.headers["www-authenticate"] == "Bearer"
    page = client.get("/backoffice/civis/")
    assert (page.status, page.headers["location"]) == (302, f"{LOGIN}?next=/backoffice/civis/")
    assert page.cookies == []


@pytest.mark.parametrize("choice", ["accept", "refuse", "save"])
def test_c13_an_answer_sets_exactly_one_cookie_for_six_calendar_months(
    client: Client, secure_client: Client, choice: str
) -> None:
    """Rules: C13, PLT-08"""
    for one, secure in ((client, False), (secure_client, True)):
        answer = one.post("/consent", {"choice": choice, "version": "1", "next": "/data/"})
        assert (answer.status, answer.headers["location"]) == (303, "/data/")
        assert one.last.keys() == {"cookies_preferences"}
        cookie = one.last["cookies_preferences"]
        assert cookie.max_age is not None
        assert 181 <= cookie.max_age / 86400 <= 184
        assert shape(cookie) == own(secure=secure, max_age=cookie.max_age)
        assert len(f"cookies_preferences={cookie.value}") <= 64
        if choice == "refuse":
            assert len(f"cookies_preferences={cookie.value}") <= 40


def test_c13_the_page_without_javascript_sets_the_same_cookie(client: Client) -> None:
    """Rules: C13"""
    client.post("/consent", {"choice": "refuse", "version": "1"})
    by_consent = client.last["cookies_preferences"]
    client.post("/cookies/preferences/", {"choice": "refuse", "version": "1"})
    assert client.last["cookies_preferences"] == by_consent


def days_ago(days: int) -> str:
    """A refusal of the town's first version, so long ago."""
    number = (datetime.now(UTC) - timedelta(days=days) - datetime(2020, 1, 1, tzinfo=UTC)).days
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return f"1.{text}.000"


@pytest.mark.parametrize(("days", "asked"), [(0, False), (1, False), (179, False), (190, True), (-2, True)])
def test_c14_who_answered_is_asked_again_after_six_months_only(platform: Running, days: int, asked: bool) -> None:
    """Rules: C14, BAN-11"""
    client = Client(platform, jar={"cookies_preferences": days_ago(days)})
    page = client.server.ask("/", "town.localhost", **client.cookies())
    assert ("data-bredele-banner" in page.body) is asked


@pytest.mark.parametrize("host", ["localhost", "town.localhost"])
@pytest.mark.parametrize("path", ["/", POLICY, "/cookies/preferences/", "/data/", "/proof/"])
def test_c15_every_page_leads_to_the_preferences(platform: Running, host: str, path: str) -> None:
    """Rules: C15, BAN-09, POL-12"""
    foot = platform.ask(path, host).body.rpartition("<footer")[2]
    assert 'href="/cookies/preferences/"' in foot
    assert f'href="{POLICY}"' in foot


def test_c16_without_an_optional_cookie_there_is_no_banner(platform: Running) -> None:
    """Rules: C16, BAN-14"""
    assert "data-bredele-banner" not in platform.ask("/").body
    assert "data-bredele-banner" in platform.ask("/", "town.localhost").body


def test_c17_the_browser_itself_is_told_which_host_may_be_asked(platform: Running) -> None:
    """The policy of a page names the partner only after a grant. Rules: C17, BAN-01"""
    before = platform.ask(POLICY, "town.localhost")
    assert "partner" not in before.headers["content-security-policy"]
    granted = days_ago(0).rpartition(".")[0] + ".111"
    after = platform.ask(POLICY, "town.localhost", Cookie=f"cookies_preferences={granted}")
    assert platform.partner in after.headers["content-security-policy"]
    assert after.headers["etag"] != before.headers["etag"]


def test_c18_views_are_counted_without_a_cookie_and_the_policy_says_so(platform: Running) -> None:
    """Rules: C18, V2"""
    page = platform.ask(POLICY)
    assert "It stores nothing on your device" in page.body
    assert page.cookies == []
    views = platform.ask("/api/v1/views").body
    assert '"rounding"' in views


def test_another_site_cannot_post_and_a_script_can(platform: Running) -> None:
    """With neither header (curl) it is accepted; `Origin: null` is not the site. Rules: BAN-07"""
    body, headers = "choice=refuse&version=1", {"Content_Type": FORM}
    for path, host in (("/consent", "town.localhost"), ("/cookies/preferences/", "town.localhost")):
        origin = f"http://{host}:{platform.port}"
        for sent, status in (
            ({}, 303),
            ({"Origin": origin}, 303),
            ({"Origin": "https://evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Sec_Fetch_Site": "same-origin"}, 303),
            ({"Sec_Fetch_Site": "none"}, 303),
            ({"Sec_Fetch_Site": "cross-site"}, 403),
            ({"Sec_Fetch_Site": "same-site"}, 403),
            ({"Sec_Fetch_Site": "same-origin", "Origin": "https://evil.example"}, 303),
        ):
            answer = platform.ask(path, host, "POST", body, **headers, **sent)
            assert answer.status == status, (path, sent)
            assert len(answer.cookies) == (1 if status == 303 else 0), (path, sent)


def test_an_unknown_host_gets_public_pages_and_configured_addresses_only(platform: Running) -> None:
    """Rules: PLT-02"""
    page = platform.ask(POLICY, "elsewhere.example")
    assert page.status == 200
    assert "elsewhere.example" not in page.body
    for private in ("/backoffice/", LOGIN, "/metrics", "/api/v1/session"):
        for host in ("elsewhere.example", "town.localhost"):
            answer = platform.ask(private, host)
            assert (answer.status, answer.cookies) == (404, []), (private, host)


def test_a_bare_loopback_address_leads_to_the_origin(platform: Running) -> None:
    answer = platform.ask(f"{POLICY}?lang=fr", "127.0.0.1")
    assert answer.status == 302
    assert answer.headers["location"] == f"{platform.origin}{POLICY}?lang=fr"


def test_the_archived_page_has_exactly_the_bytes_its_hash_says(platform: Running) -> None:
    """Rules: REG-09"""
    listed = platform.ask("/terms/cookies-policy/versions/").body
    for language in ("en", "fr"):
        archived = platform.ask(f"/terms/cookies-policy/versions/1/?lang={language}").body
        assert sha256(archived.encode()).hexdigest() in listed


def test_the_answer_in_json_says_what_was_kept(platform: Running) -> None:
    """Rules: C13"""
    answer = platform.ask(
        "/consent",
        "town.localhost",
        "POST",
        json.dumps({"choice": "save", "purpose": ["personalisation"], "version": 1, "key": "key-of-this-test"}),
        Content_Type="application/json",
    )
    assert answer.status == 200
    assert {"choice", "version", "expires", "receipt"} <= json.loads(answer.body).keys()
    assert answer.cookies[0].startswith("cookies_preferences=1.")
    for wrong in ({"choice": "save", "purpose": ["unheard-of"], "version": 1}, {"choice": "accept", "version": 99}):
        refused = platform.ask("/consent", "town.localhost", "POST", json.dumps(wrong), Content_Type="application/json")
        assert (refused.status, refused.cookies) == (422, [])
