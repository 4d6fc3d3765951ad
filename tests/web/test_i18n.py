"""The catalogues: every message has its words, compiled as written."""

import re

import polib
import pytest

from tests.i18n import LANGUAGES, catalogue, collect, messages


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_pages_is_translated(language: str) -> None:
    """Rules: POL-08"""
    book = polib.pofile(str(catalogue(language)))
    known = {(entry.msgid, entry.msgid_plural): entry for entry in book}
    lacking = [message for message in messages() if message not in known or not known[message].translated()]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_nothing_that_no_page_says(language: str) -> None:
    book = polib.pofile(str(catalogue(language)))
    assert {(entry.msgid, entry.msgid_plural) for entry in book} == set(messages())
    assert [str(entry) for entry in collect(language)] == [str(entry) for entry in book]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_what_the_written_one_says(language: str) -> None:
    path = catalogue(language)
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    written = polib.pofile(str(path))
    assert {(e.msgid, e.msgstr, str(e.msgstr_plural)) for e in compiled} == {
        (e.msgid, e.msgstr, str(e.msgstr_plural)) for e in written.translated_entries()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_values(language: str) -> None:
    names = re.compile(r"%\((\w+)\)s")
    for entry in polib.pofile(str(catalogue(language))):
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            if text:
                assert set(names.findall(text)) <= set(names.findall(entry.msgid + entry.msgid_plural)), entry.msgid


def test_no_line_of_a_french_page_begins_or_ends_with_a_lonely_sign() -> None:
    """French sets a space inside quotes and before high signs; it must not break there."""
    written = polib.pofile(str(catalogue("fr")))
    texts = [text for entry in written for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts if re.search("« | [»:;?!]", text)] == []
