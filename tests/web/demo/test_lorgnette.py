"""What the partner keeps in its cookie: pages of the town, each once, the newest first, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from bredele.web.demo import lorgnette

PAGE = st.from_regex(lorgnette.PAGE, fullmatch=True)
PAGES = st.lists(PAGE, max_size=lorgnette.MOST, unique=True).map(tuple)


@given(PAGES)
def test_the_list_survives_its_cookie(pages: tuple[str, ...]) -> None:
    assert lorgnette.read(lorgnette.write(pages)) == pages


@given(st.text())
def test_what_is_no_page_is_left_out(value: str) -> None:
    pages = lorgnette.read(value)
    assert len(pages) <= lorgnette.MOST
    assert all(lorgnette.PAGE.fullmatch(page) for page in pages)


@given(PAGES, PAGE)
def test_a_page_opened_comes_first_and_is_there_once(pages: tuple[str, ...], page: str) -> None:
    seen = lorgnette.see(pages, page)
    assert seen[0] == page
    assert len(set(seen)) == len(seen) <= lorgnette.MOST
    kept = [other for other in pages if other != page]
    assert list(seen[1:]) == kept[: lorgnette.MOST - 1]


@given(PAGES)
def test_the_cookie_holds_no_sign_a_browser_refuses(pages: tuple[str, ...]) -> None:
    value = lorgnette.write(pages)
    assert not set(value) & set(' ",;\\')
    assert len(value) < 4096


def test_no_page_is_an_address_of_another_site() -> None:
    for wrong in ("//evil.example/", "https://evil.example/", "/a?b", "/a#b", "/é/", "", "a/", "/A/", "/../"):
        assert lorgnette.PAGE.fullmatch(wrong) is None
