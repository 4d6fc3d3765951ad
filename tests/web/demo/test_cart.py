"""The bookshop's cart: a codec that loses nothing and believes nothing."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bredele.web.demo import cart
from bredele.web.demo.content.books import BOOKS

BOOK = st.sampled_from(sorted(BOOKS))
CARTS = st.dictionaries(BOOK, st.integers(1, cart.MOST))


@given(CARTS)
def test_every_cart_survives_its_cookie(own: dict[str, int]) -> None:
    value = cart.write(own)
    assert cart.read(value) == own
    assert list(cart.read(value)) == list(own)
    assert re.fullmatch(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*", value)
    assert len(value) < 200


@given(st.text())
def test_anything_at_all_reads_as_some_sane_cart(value: str) -> None:
    own = cart.read(value)
    assert set(own) <= set(BOOKS)
    assert all(1 <= count <= cart.MOST for count in own.values())


@given(st.lists(st.sampled_from(["bredele.1", "bredele.0", "bredele.10", "x.1", "storks.٣", "storks.-1", "", "."])))
def test_wrong_parts_are_left_out_and_right_ones_kept(parts: list[str]) -> None:
    expected = {"bredele": 1} if "bredele.1" in parts[: len(BOOKS)] else {}
    assert cart.read("_".join(parts)) == expected


@given(CARTS, BOOK)
def test_steps_add_take_and_remove_within_their_bounds(own: dict[str, int], book: str) -> None:
    more = cart.change(own, book, "add")
    assert more[book] == min(own.get(book, 0) + 1, cart.MOST)
    less = cart.change(own, book, "less")
    assert less.get(book, 0) == max(own.get(book, 0) - 1, 0)
    assert book not in cart.change(own, book, "remove")
    for changed in (more, less):
        assert {name: count for name, count in changed.items() if name != book} == {
            name: count for name, count in own.items() if name != book
        }
        assert 0 not in changed.values()


@given(CARTS)
def test_the_total_is_the_sum_of_its_lines(own: dict[str, int]) -> None:
    assert [line.book.id for line in cart.lines(own)] == list(own)
    assert cart.total(own) == sum(BOOKS[book].cents * count for book, count in own.items())
