"""Every change of a draft is kept, and can be undone."""

import pytest

from bredele.core.registry import Registry
from bredele.web.registry import drafts, sites
from tests.web.conftest import asking, registry
from tests.web.publishing import MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    """A site with nothing in it."""
    sites.add("civis", "http://localhost:8000")


def test_a_new_site_has_an_empty_draft() -> None:
    assert drafts.draft("civis") == Registry()
    assert drafts.history("civis") == []


def test_a_draft_is_read_back_as_it_was_written() -> None:
    drafts.change("civis", registry(asking("theme", "personalisation")), "ada", MOMENT, "theme added")
    assert drafts.draft("civis") == registry(asking("theme", "personalisation"))


def test_history_says_who_did_what_when() -> None:
    drafts.change("civis", registry(), "ada", MOMENT, "first")
    drafts.change("civis", registry(asking("theme", "personalisation")), "grace", MOMENT, "theme added")
    assert [(change.number, change.author, change.note) for change in drafts.history("civis")] == [
        (2, "grace", "theme added"),
        (1, "ada", "first"),
    ]


def test_undo_goes_back_and_keeps_what_was_undone() -> None:
    drafts.change("civis", registry(), "ada", MOMENT)
    drafts.change("civis", registry(asking("theme", "personalisation")), "ada", MOMENT)
    drafts.undo("civis")
    assert drafts.draft("civis") == registry()
    assert len(drafts.history("civis")) == 2
    drafts.change("civis", registry(asking("cart", "social")), "ada", MOMENT)
    drafts.undo("civis")
    assert drafts.draft("civis") == registry()


def test_the_first_draft_cannot_be_undone() -> None:
    drafts.change("civis", registry(), "ada", MOMENT)
    with pytest.raises(drafts.NothingToUndo):
        drafts.undo("civis")


def test_an_unknown_site_is_named_with_the_known_ones() -> None:
    with pytest.raises(drafts.NoSuchSite, match="Known: civis"):
        drafts.draft("nowhere")
