"""A client without a browser that keeps cookies as a browser does."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bredele.core.set_cookie import SetCookie
from bredele.core.set_cookie import parse as parse_set_cookie
from tests.serving import Answer, Running

LOGIN = "/accounts/login/"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Client:
    """A client that keeps cookies as a browser does: `jar` by name, `last` the Set-Cookie lines of the last answer."""

    server: Running
    host: str = ""
    jar: dict[str, str] = field(default_factory=dict)
    last: dict[str, SetCookie] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask with what the jar holds."""
        return self.kept(self.server.ask(path, self.host or "localhost", **self.cookies(), **headers))

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send a form as the site's own page does."""
        more = {"Content_Type": FORM, "Sec_Fetch_Site": "same-origin", **headers}
        if self.host:
            more.setdefault("Origin", f"https://{self.host}")
            more.setdefault("Referer", f"https://{self.host}/")
        body = urlencode(fields)
        return self.kept(self.server.ask(path, self.host or "localhost", "POST", body, **self.cookies(), **more))

    def cookies(self) -> dict[str, str]:
        """The Cookie header, if there is anything to send."""
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())} if self.jar else {}

    def kept(self, answer: Answer) -> Answer:
        """Take the answer's cookies over."""
        self.last = {cookie.name: cookie for cookie in map(parse_set_cookie, answer.cookies)}
        assert len(self.last) == len(answer.cookies), answer.cookies
        for cookie in self.last.values():
            self.jar.pop(cookie.name, None)
            if cookie.max_age != 0:
                self.jar[cookie.name] = cookie.value
        return answer

    def sign_in(self, name: str, password: str, **more: str) -> Answer:
        """Through the form."""
        page = self.get(LOGIN)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
        assert found
        fields = {"login": name, "password": password, "csrfmiddlewaretoken": found[1], **more}
        return self.post(LOGIN, fields)

    def sign_out(self) -> Answer:
        """Through the form."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/accounts/logout/").body)
        assert found
        return self.post("/accounts/logout/", {"csrfmiddlewaretoken": found[1]})


def shape(cookie: SetCookie) -> dict[str, object]:
    """What the policy says of a cookie, but its value."""
    return {
        "max_age": cookie.max_age,
        "path": cookie.path,
        "domain": cookie.domain,
        "http_only": cookie.http_only,
        "secure": cookie.secure,
        "same_site": cookie.same_site,
        "partitioned": cookie.partitioned,
    }


def own(*, secure: bool, http_only: bool = False, max_age: int | None = None) -> dict[str, object]:
    """The shape of the platform's own four."""
    return {
        "max_age": max_age,
        "path": "/",
        "domain": None,
        "http_only": http_only,
        "secure": secure,
        "same_site": "Lax",
        "partitioned": False,
    }
