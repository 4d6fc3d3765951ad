"""Checks, publishing, versions and history through the pages alone."""

import msgspec
from django.test import Client

from bredele.core.observation import Scan
from bredele.core.registry import Registry, Version
from bredele.web.registry import drafts
from bredele.web.registry.index import site_index
from bredele.web.registry.publishing import current_version
from bredele.web.scans import proofs
from tests.web.backoffice.pages import fill, forms, send
from tests.web.publishing import MOMENT

SITE = "/backoffice/town/"
THEME = SITE + "declarations/4/"


def test_a_problem_leads_to_the_field_that_mends_it(signed_in: Client, town: Version) -> None:
    fill(signed_in, THEME, lifetime="")
    page = signed_in.get(SITE + "checks/").content.decode()
    assert "cookies[4].lifetime" in page
    assert f'href="{THEME}#id_lifetime"' in page
    assert 'id="id_lifetime"' in signed_in.get(THEME).content.decode()


def test_a_missing_translation_leads_to_its_language(signed_in: Client, town: Version) -> None:
    fill(signed_in, THEME, purpose_text_fr="")
    page = signed_in.get(SITE + "checks/").content.decode()
    assert f'href="{THEME}#id_purpose_text_' in page


def test_publishing_is_blocked_while_errors_exist(signed_in: Client, town: Version) -> None:
    """Rules: REG-01"""
    fill(signed_in, THEME, lifetime="")
    page = signed_in.get(SITE + "publish/")
    assert "must" in page.content.decode() or "problem" in page.content.decode()
    assert [action for action, fields in forms(page) if "undo" not in action] == []
    revision = drafts.history("town")[0].number
    token = signed_in.cookies["csrftoken"].value
    answer = signed_in.post(SITE + "publish/", {"revision": revision, "csrfmiddlewaretoken": token})
    assert answer.status_code == 409
    assert current_version("town") == town


def test_a_material_change_says_who_is_asked_again_and_is_published(signed_in: Client, town: Version) -> None:
    """Rules: REG-09, REG-10"""
    fill(signed_in, THEME, lifetime="12 months")
    page = signed_in.get(SITE + "publish/")
    assert "asked again about" in page.content.decode()
    assert "P6M" in page.content.decode()
    answer = send(signed_in, SITE + "publish/", page)
    assert answer.headers["Location"] == SITE + "versions/?done=published"
    in_force = site_index().by_slug("town")
    assert in_force is not None
    assert in_force.version is not None
    assert in_force.version.number == 2
    assert in_force.version.asked_since["personalisation"] == 2
    versions = signed_in.get(SITE + "versions/?done=published").content.decode()
    assert "Published. It is in force now." in versions
    assert "Version 2" in versions


def test_wording_asks_nobody_again(signed_in: Client, town: Version) -> None:
    """Rules: REG-10"""
    fill(signed_in, THEME, purpose_text_en="For personalisation, said better")
    page = signed_in.get(SITE + "publish/")
    assert "Nobody: no consent becomes wider." in page.content.decode()
    send(signed_in, SITE + "publish/", page)
    assert site_index().by_slug("town").version.asked_since["personalisation"] == 1  # type: ignore[union-attr]  # it exists


def test_a_published_version_stays_as_it_is_when_the_draft_goes_on(signed_in: Client, town: Version) -> None:
    """Rules: REG-09"""
    fill(signed_in, THEME, provider="Another")
    send(signed_in, SITE + "publish/", signed_in.get(SITE + "publish/"))
    assert site_index().version("town", 1) == town


def test_only_the_revision_that_was_shown_is_published(signed_in: Client, colleague: Client, town: Version) -> None:
    fill(signed_in, THEME, provider="Mine")
    page = signed_in.get(SITE + "publish/")
    fill(colleague, THEME, provider="Theirs")
    assert send(signed_in, SITE + "publish/", page).status_code == 409
    assert current_version("town") == town


def test_nothing_new_is_not_published(signed_in: Client, town: Version) -> None:
    page = signed_in.get(SITE + "publish/")
    assert "nothing to publish" in page.content.decode()


def test_the_last_change_is_undone_with_one_button(signed_in: Client, town: Version) -> None:
    before = drafts.draft("town")
    saved = fill(signed_in, THEME, provider="Another")
    page = signed_in.get(saved.headers["Location"])
    assert 'role="status"' in page.content.decode()
    undo = next((action, fields) for action, fields in forms(page) if action.endswith("/undo/"))
    answer = signed_in.post(undo[0], undo[1])
    assert answer.headers["Location"] == SITE + "history/?done=undone"
    assert drafts.draft("town") == before
    assert "Another" not in signed_in.get(THEME).content.decode()


def test_any_revision_can_be_restored(signed_in: Client, town: Version) -> None:
    first = drafts.history("town")[0].number
    for words in ("One", "Two", "Three"):
        fill(signed_in, THEME, provider=words)
    path = f"{SITE}history/{first + 1}/"
    page = signed_in.get(path)
    assert "One" in page.content.decode()
    assert send(signed_in, path, page).headers["Location"] == SITE + "history/?done=restored"
    assert drafts.draft("town").cookies[4].provider == "One"
    assert len(drafts.history("town")) == 5 + (first - 1)


def test_the_first_draft_cannot_be_undone(signed_in: Client, town: Version) -> None:
    while (page := signed_in.get(SITE + "history/")) and forms(page):
        action, fields = forms(page)[0]
        signed_in.post(action, fields)
    token = signed_in.cookies["csrftoken"].value
    revision = drafts.find_site("town").draft
    assert revision is not None
    answer = signed_in.post(SITE + "history/undo/", {"revision": revision.number, "csrfmiddlewaretoken": token})
    assert answer.status_code == 303
    assert drafts.draft("town") != Registry()


def test_facts_of_the_site_are_kept(signed_in: Client, town: Version) -> None:
    answer = fill(
        signed_in, SITE + "facts/", site_languages="fr, en, de", contact_fr="cnil@example.org", statistics="off"
    )
    assert answer.status_code == 303
    site = drafts.draft("town").site
    assert site.languages == ("fr", "en", "de")
    assert site.contact["fr"] == "cnil@example.org"
    assert site.statistics == "off"
    assert 'id="id_name_de"' in signed_in.get(SITE + "facts/").content.decode()


def test_wrong_facts_are_said_beside_their_fields(signed_in: Client, town: Version) -> None:
    for field, typed in (("site_languages", "english"), ("site_languages", ""), ("origin", "town hall")):
        answer = fill(signed_in, SITE + "facts/", **{field: typed})
        assert answer.status_code == 422
        assert f'id="id_{field}_error"' in answer.content.decode()


def test_a_purpose_is_added_relabelled_and_removed(signed_in: Client, town: Version) -> None:
    path = SITE + "purposes/"
    fill(signed_in, path, new="maps", new_label_en="Maps", label_social_en="Videos")
    purposes = {purpose.id: purpose.label for purpose in drafts.draft("town").purposes}
    assert purposes == {"maps": {"en": "Maps"}, "social": {"en": "Videos"}}
    fill(signed_in, THEME, purpose=["maps"])
    assert "Still used by theme" in fill(signed_in, path, remove_maps="on").content.decode()
    fill(signed_in, THEME, purpose=["personalisation"])
    assert fill(signed_in, path, remove_maps="on").status_code == 303
    assert [purpose.id for purpose in drafts.draft("town").purposes] == ["social"]


def test_a_bad_or_taken_purpose_is_refused(signed_in: Client, town: Version) -> None:
    for typed in ("Big Maps", "social"):
        assert fill(signed_in, SITE + "purposes/", new=typed).status_code == 422


def test_verified_is_said_of_the_scanned_version_only(signed_in: Client, town: Version) -> None:
    scan = Scan(
        target="http://town.localhost:8000", started=MOMENT, browser="Chromium 1", states=("no_choice",),
        registry_version=1,
    )  # fmt: skip
    proofs.record("town", scan, MOMENT)
    assert ">Verified<" in signed_in.get(SITE).content.decode()
    drafts.change("town", msgspec.structs.replace(town.registry, cookies=()), "tests", MOMENT)
    fill(signed_in, SITE + "declarations/new/", names="x")
    assert ">Verified<" in signed_in.get(SITE).content.decode()
