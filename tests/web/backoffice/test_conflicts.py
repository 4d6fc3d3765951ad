"""Two people at one draft: the second one sees what happened and loses nothing."""

from django.test import Client

from bredele.core.registry import Version
from bredele.web.registry import drafts
from tests.web.backoffice.pages import fill, form, send

THEME = "/backoffice/town/declarations/4/"


def test_a_stale_form_leads_to_a_page_that_keeps_all_that_was_typed(
    signed_in: Client, colleague: Client, town: Version
) -> None:
    mine = signed_in.get(THEME)
    fill(colleague, THEME, provider="Theirs")
    answer = send(signed_in, THEME, mine, provider="Mine", lifetime="3 months")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Someone else changed the draft" in page
    assert "colleague" in page
    assert "Theirs" in page
    _, fields = form(answer)
    assert fields["provider"] == ["Mine"]
    assert fields["lifetime"] == ["3 months"]
    assert drafts.draft("town").cookies[4].provider == "Theirs"


def test_what_was_typed_can_be_saved_from_the_page_of_conflicts(
    signed_in: Client, colleague: Client, town: Version
) -> None:
    mine = signed_in.get(THEME)
    fill(colleague, "/backoffice/town/declarations/0/delete/")
    conflict = send(signed_in, THEME, mine, provider="Mine")
    action, _ = form(conflict)
    assert action == "/backoffice/town/declarations/3/"
    assert send(signed_in, THEME, conflict).status_code == 303
    saved = drafts.draft("town")
    assert (saved.cookies[3].names, saved.cookies[3].provider) == (("theme",), "Mine")
    assert len(saved.cookies) == 4


def test_an_entry_deleted_meanwhile_can_be_added_again(signed_in: Client, colleague: Client, town: Version) -> None:
    mine = signed_in.get(THEME)
    fill(colleague, THEME + "delete/")
    conflict = send(signed_in, THEME, mine, provider="Mine")
    action, _ = form(conflict)
    assert action == "/backoffice/town/declarations/new/"
    assert send(signed_in, THEME, conflict).status_code == 303
    assert drafts.draft("town").cookies[4].provider == "Mine"


def test_facts_and_purposes_are_guarded_too(signed_in: Client, colleague: Client, town: Version) -> None:
    for section, field in (("facts", "contact_en"), ("purposes", "label_social_en")):
        path = f"/backoffice/town/{section}/"
        mine = signed_in.get(path)
        fill(colleague, THEME, provider=section)
        conflict = send(signed_in, path, mine, **{field: "Mine"})
        assert conflict.status_code == 409
        assert form(conflict)[1][field] == ["Mine"]
        assert send(signed_in, path, conflict).status_code == 303


def test_a_stale_deletion_changes_nothing(signed_in: Client, colleague: Client, town: Version) -> None:
    page = signed_in.get(THEME + "delete/")
    fill(colleague, THEME, provider="Theirs")
    answer = send(signed_in, THEME + "delete/", page)
    assert answer.status_code == 409
    assert "Nothing was changed" in answer.content.decode()
    assert len(drafts.draft("town").cookies) == 5


def test_a_forged_revision_is_a_conflict_and_no_crash(signed_in: Client, town: Version) -> None:
    for forged in ("", "-1", "9" * 5000, "٣", "x"):
        assert fill(signed_in, THEME, revision=forged).status_code == 409
