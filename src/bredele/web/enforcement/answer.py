"""`Set-Cookie` headers that Django cannot write itself: several of one name, `Partitioned`."""

from collections.abc import Container
from http.cookies import Morsel

from django.http import HttpResponseBase

from bredele.core.set_cookie import SetCookie, parse, serialise


class RawSetCookie(Morsel[str]):
    """A header value as it is, in the place where Django keeps its own."""

    def __init__(self, header: str) -> None:
        super().__init__()
        self.header = header
        cookie = parse(header)
        self.set(cookie.name, cookie.value, cookie.value)
        self["max-age"] = "" if cookie.max_age is None else cookie.max_age

    def output(self, attrs: Container[str] | None = None, header: str = "Set-Cookie:") -> str:
        """The whole line."""
        return f"{header} {self.header}".strip()


def add_set_cookie(response: HttpResponseBase, header: str) -> None:
    """Send one more `Set-Cookie` with the answer; `header` is the value as `core.set_cookie.serialise` writes it."""
    name = f"{parse(header).name};{len(response.cookies)}"
    dict.__setitem__(response.cookies, name, RawSetCookie(header))


def add_cookie(response: HttpResponseBase, cookie: SetCookie) -> None:
    """Send this cookie with the answer."""
    add_set_cookie(response, serialise(cookie))
