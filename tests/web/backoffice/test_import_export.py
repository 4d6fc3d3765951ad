"""Importing shows first and changes after; exporting gives the draft back."""

import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bredele.core.registry import Registry, Version
from bredele.formats import json as registry_json
from bredele.formats import toml
from bredele.web.registry import drafts
from tests.web.backoffice.pages import fill, form, send
from tests.web.conftest import necessary, registry

IMPORT = "/backoffice/town/import/"
POLICY = """Cookies policy

Town uses cookies on its website for it to work properly and to perform web analytics.

Necessary internal cookies

Service provider\tFunction and location\tCookie name(s)\tPurpose
Town\tAuthentication (front and back office)\tsessionid\tTo remember the user from page to page.
Town\tBasket (front office)\tbasket_id\tTo remember the basket.
"""


def test_a_policy_text_is_previewed_with_its_warnings_and_changes_nothing(signed_in: Client, town: Version) -> None:
    before = drafts.draft("town")
    page = fill(signed_in, IMPORT, with_field="format", text=POLICY).content.decode()
    assert "Read as policy text: 2 declarations" in page
    for code in ("claims-measurement", "no-lifetime"):
        assert code in page
    assert drafts.draft("town") == before


def test_adding_keeps_every_declaration_that_is_there(signed_in: Client, town: Version) -> None:
    preview = fill(signed_in, IMPORT, with_field="format", text=POLICY)
    assert form(preview)[1]["mode"] == ["add"]
    answer = send(signed_in, IMPORT, preview)
    assert answer.headers["Location"] == "/backoffice/town/declarations/?done=imported"
    drafted = drafts.draft("town")
    assert [entry.names for entry in drafted.cookies].count(("sessionid",)) == 1
    assert drafted.cookies[-1].names == ("basket_id",)
    assert drafted.cookies[:5] == town.registry.cookies


def test_a_file_of_toml_replaces_the_draft(signed_in: Client, town: Version) -> None:
    other = registry(necessary("theme", "Theme", "To remember the theme"))
    file = SimpleUploadedFile("cookies.toml", toml.write_registry(other).encode())
    preview = fill(signed_in, IMPORT, with_field="format", file=file)
    assert "Read as cookies.toml" in preview.content.decode()
    assert send(signed_in, IMPORT, preview).status_code == 303
    assert drafts.draft("town") == other


def test_json_is_recognised(signed_in: Client, town: Version) -> None:
    text = registry_json.write_registry(town.registry)
    assert "Read as JSON: 5 declarations" in fill(signed_in, IMPORT, with_field="format", text=text).content.decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('schema = 1\n[[cookies]]\nnames = ["*"]\n', "cookies[0].names"),
        ("schema = 1\nnames = [\n", "line"),
        ('schema = 1\n[[cookies]]\nnames = ["a"]\nlifetime = "until I die"\n', "cookies[0].lifetime"),
        ('{"schema": 1, "cookies": [{"names": ["a"], "colour": "blue"}]}', "colour"),
        ("", "Choose a file or paste a text"),
    ],
)
def test_what_cannot_be_imported_is_explained_and_changes_nothing(
    signed_in: Client, town: Version, text: str, words: str
) -> None:
    before = drafts.draft("town")
    answer = fill(signed_in, IMPORT, with_field="format", text=text)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert drafts.draft("town") == before


def test_a_binary_file_is_refused_with_its_place(signed_in: Client, town: Version) -> None:
    file = SimpleUploadedFile("policy.txt", bytes(range(256)) * 10)
    answer = fill(signed_in, IMPORT, with_field="format", file=file)
    assert answer.status_code == 422
    assert "cannot be imported" in answer.content.decode()


def test_a_text_that_lists_no_cookie_is_answered(signed_in: Client, town: Version) -> None:
    page = fill(signed_in, IMPORT, with_field="format", text="We like biscuits.").content.decode()
    assert "no-declarations" in page
    assert "It lists none" in page


def test_a_stale_import_can_be_applied_again(signed_in: Client, colleague: Client, town: Version) -> None:
    preview = fill(signed_in, IMPORT, with_field="format", text=POLICY)
    fill(colleague, "/backoffice/town/declarations/4/delete/")
    conflict = send(signed_in, IMPORT, preview)
    assert conflict.status_code == 409
    assert send(signed_in, IMPORT, conflict).status_code == 303
    assert drafts.draft("town").cookies[-1].names == ("basket_id",)


def test_exports_read_back_as_the_draft(signed_in: Client, town: Version) -> None:
    answer = signed_in.get("/backoffice/town/export.toml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cookies.toml"'
    assert toml.read_registry(answer.content) == drafts.draft("town")
    assert tomllib.loads(answer.content.decode())["schema"] == 1
    assert registry_json.read_registry(signed_in.get("/backoffice/town/export.json").content) == drafts.draft("town")
    assert signed_in.get("/backoffice/town/export.xml").status_code == 404


def test_an_empty_draft_takes_the_whole_import(signed_in: Client, town: Version) -> None:
    from bredele.web.registry import sites

    sites.add("new", "http://new.localhost:8000")
    path = "/backoffice/new/import/"
    send(signed_in, path, fill(signed_in, path, with_field="format", text=POLICY))
    drafted = drafts.draft("new")
    assert [entry.names for entry in drafted.cookies] == [("sessionid",), ("basket_id",)]
    assert drafted != Registry()
