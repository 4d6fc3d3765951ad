"""The bookshop's cart: book ids and counts, all in one cookie (`bredele.2_storks.1`); the server keeps nothing."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from bredele.web.demo.content.books import BOOKS, Book

Cart = Mapping[str, int]
"""Book id to count, in the order of the first adding."""
Step = Literal["add", "less", "remove"]
STEPS: dict[str, Step] = {"add": "add", "less": "less", "remove": "remove"}
"""The steps by the word a form sends."""
MOST = 9
"""Copies of one book."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the cart page."""

    book: Book
    count: int

    @property
    def cents(self) -> int:
        """Price of the line in euro cents."""
        return self.book.cents * self.count


def read(value: str) -> dict[str, int]:
    """The cart in a cookie value. Anybody may write a cookie: what is no known book or no sane count is left out."""
    cart: dict[str, int] = {}
    for part in value.split("_")[: len(BOOKS)]:
        book, _, count = part.partition(".")
        if book in BOOKS and count in COUNTS:
            cart[book] = int(count)
    return cart


COUNTS = tuple(str(number) for number in range(1, MOST + 1))


def write(cart: Cart) -> str:
    """The cookie value; empty for an empty cart."""
    return "_".join(f"{book}.{count}" for book, count in cart.items())


def change(cart: Cart, book: str, step: Step) -> dict[str, int]:
    """The cart after one step; never more than MOST copies, and no line with none."""
    count = {"add": cart.get(book, 0) + 1, "less": cart.get(book, 0) - 1, "remove": 0}[step]
    return {name: copies for name, copies in {**cart, book: min(count, MOST)}.items() if copies > 0}


def lines(cart: Cart) -> tuple[Line, ...]:
    """What the cart page lists."""
    return tuple(Line(book=BOOKS[book], count=count) for book, count in cart.items())


def total(cart: Cart) -> int:
    """Price of everything in euro cents."""
    return sum(line.cents for line in lines(cart))
