"""A visitor with a browser profile of their own: what was asked of whom, what is stored, what pages complained of."""

from typing import TypedDict
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request


class Stored(TypedDict, total=False):
    """A cookie of the browser's jar, as DevTools tell it; `expires` is -1 for a browser session."""

    name: str
    value: str
    domain: str
    path: str
    expires: float
    httpOnly: bool
    secure: bool
    sameSite: str
    partitionKey: str


class Visitor:
    """`page` is the open page; `requests` everything the browser asked for since `forget_requests()`."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        context.on("request", self.note)
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = context.new_page()

    def note(self, request: Request) -> None:
        """One request more."""
        self.requests.append(request)

    def hear(self, message: ConsoleMessage) -> None:
        """Errors (a refused script, a missing file) and warnings of the security policy count; statuses do not."""
        if message.type == "error" and "Failed to load resource: the server responded" not in message.text:
            self.complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def open(self, address: str) -> Page:
        """Go there and wait until everything is loaded."""
        self.page.goto(address, wait_until="load")
        return self.page

    def forget_requests(self) -> None:
        """Only what is asked from now on counts."""
        self.requests.clear()

    def hosts(self) -> set[str]:
        """Hosts that were asked for anything."""
        return {urlsplit(request.url).hostname or "" for request in self.requests}

    def cookies(self) -> dict[str, Stored]:
        """Everything in the jar, HttpOnly and partitioned cookies too, by name."""
        return {cookie["name"]: cookie for cookie in self.context.cookies()}  # type: ignore[misc]  # Playwright's own class has the same keys

    def names(self) -> list[str]:
        """Names in the jar, sorted; one that is there twice is twice in the list."""
        return sorted(cookie["name"] for cookie in self.context.cookies())
