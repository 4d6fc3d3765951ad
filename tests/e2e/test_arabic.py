"""A site whose first language is Arabic: every page reads from right to left, names and addresses the other way."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from bredele.core.declaration import Declaration
from bredele.core.wording.stop_words import foreign
from bredele.formats.toml import read_registry, write_registry
from tests.arabic import with_arabic
from tests.e2e.conftest import NewVisitor
from tests.e2e.test_accessibility import FRONT, PHONE_FIRST, fault_free, walk
from tests.serving import ROOT, Demo, Running, command, environment

pytestmark = pytest.mark.e2e
ADVERT = {
    "names": ["_ad*"],
    "provider": "Example Ads",
    "function": {"ar": "الإعلان", "en": "Advertising", "fr": "Publicité"},
    "location": ["front office"],
    "purpose": ["advertising"],
    "purpose_text": {"ar": "عرض إعلانات", "en": "To show advertising", "fr": "Afficher de la publicité"},
    "lifetime": {"iso8601": "P13M"},
    "third_party_access": ["Example Ads"],
    "path": "/",
}


@pytest.fixture(scope="module")
def arabic(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The platform, whose version in force speaks Arabic, English and French and asks about advertising."""
    data: Path = tmp_path_factory.mktemp("arabic")
    with demo(data) as server:
        own = read_registry((ROOT / "examples" / "civis" / "cookies.toml").read_bytes())
        site = msgspec.structs.replace(own.site, origin=server.origin)
        spoken = with_arabic(msgspec.structs.replace(own, site=site))
        cookies = (*spoken.cookies, msgspec.convert(ADVERT, Declaration))
        file = data / "arabic.toml"
        file.write_text(write_registry(msgspec.structs.replace(spoken, cookies=cookies)), encoding="utf-8")
        settings = {"BREDELE_DATA": str(data), "BREDELE_ORIGIN": server.origin}
        done = subprocess.run(
            command("publish", "civis", "--from", str(file)),
            env={**environment(), **settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield server


@PHONE_FIRST
def test_no_arabic_page_has_a_fault(
    arabic: Running, visitor: NewVisitor, axe_script: str, phone: bool, dark: bool
) -> None:
    """Rules: POL-09"""
    reader = visitor(language="ar", phone=phone, dark=dark)
    changes = "/terms/cookies-policy/versions/1...2/"
    found = walk(reader, arabic.origin, (*FRONT, changes, "/accounts/login/"), axe_script)
    reader.page.locator('[data-bredele-banner] button[value="accept"]').first.click()
    reader.page.wait_for_load_state()
    fault_free([*found, *walk(reader, arabic.origin, ("/", "/cookies/preferences/"), axe_script)])


def test_pages_run_from_right_to_left_and_names_from_left_to_right(arabic: Running, visitor: NewVisitor) -> None:
    """Rules: POL-08, POL-09"""
    page = visitor(language="ar").open(f"{arabic.origin}/terms/cookies-policy/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    brand, menu = page.locator(".brand").bounding_box(), page.locator(".masthead .menu").bounding_box()
    assert brand
    assert menu
    assert brand["x"] > menu["x"]
    contents, body = page.locator(".contents").bounding_box(), page.locator(".policy__body").bounding_box()
    assert contents
    assert body
    assert contents["x"] > body["x"]
    for name in page.locator("code.name").all():
        assert name.evaluate("element => getComputedStyle(element).direction") == "ltr"
    letters = page.locator("h1").evaluate("element => getComputedStyle(element).letterSpacing")
    assert letters == "normal", "Arabic letters are joined"


@pytest.mark.parametrize("path", ["/", "/terms/cookies-policy/", "/cookies/preferences/", "/data/", "/nowhere/"])
def test_no_word_of_another_language_is_on_an_arabic_page(arabic: Running, visitor: NewVisitor, path: str) -> None:
    """Names, addresses and what is marked as English keep theirs. Rules: POL-08"""
    page = visitor(language="ar").open(arabic.origin + path)
    words = page.evaluate(
        """() => {
            const copy = document.body.cloneNode(true);
            for (const part of copy.querySelectorAll('code, a[href^="http"], [lang]:not([lang="ar"]), script, pre')) {
                part.remove();
            }
            return copy.textContent;
        }"""
    )
    assert foreign(words, "ar") == []
    latin = set(re.findall(r"[A-Za-z][A-Za-z.@]*", words))
    known = (
        "Bredele Example Ads API CSRF GET JSON CSV IP CNIL www.cnil.fr. Firefox Chrome Edge Safari IndexedDB POST"
        " privacy@civis.example cookies.json cookies.csv choices.json choices.csv views.json views.csv by page UTC SHA"
        " GPC http localhost PDF TXT Markdown LD"
    )
    assert latin <= set(known.split())


def test_the_visitor_answers_and_withdraws_in_arabic(arabic: Running, visitor: NewVisitor) -> None:
    """Rules: BAN-03, BAN-09, POL-08"""
    reader = visitor(language="ar", script=False, phone=True)
    page = reader.open(f"{arabic.origin}/")
    page.get_by_role("button", name="قبول الكل", exact=True).first.click()
    page.wait_for_load_state()
    assert reader.names() == ["cookies_preferences"]
    page.get_by_role("button", name="سحب موافقتي").click()
    page.wait_for_load_state()
    assert page.get_by_role("button", name="سحب موافقتي").count() == 0
    page.get_by_role("button", name="Français").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("dir") == "ltr"
