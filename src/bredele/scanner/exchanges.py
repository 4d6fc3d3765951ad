"""Requests and their answers, put together from DevTools events that arrive in two unordered rows.

The events with the real headers (`ExtraInfo`) carry no address: the n-th belongs to the n-th hop of its request.
"""

from typing import Any

import msgspec

from bredele.core.observation import How
from bredele.scanner.writes import Circumstances

Message = dict[str, Any]
HOW_OF_TARGET: dict[str, How] = {"worker": "worker", "shared_worker": "worker", "service_worker": "service_worker"}
LASTING = ("EventSource", "Media", "WebSocket", "Ping")
"""Requests that may stay open for ever: nobody waits for them."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The headers of one answer: Set-Cookie lines, those refused with their reasons, status and date."""

    lines: tuple[str, ...]
    blocked: tuple[tuple[str, str], ...]
    status: int
    date: str
    at: Circumstances

    def accepted(self) -> list[str]:
        """The lines the browser did not refuse."""
        refused = [line for line, _ in self.blocked]
        kept = []
        for line in self.lines:
            if line in refused:
                refused.remove(line)
            else:
                kept.append(line)
        return kept


class Exchange:
    """One request with its redirects."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.how: How = "response"
        self.answers: list[Answer] = []

    def pairs(self) -> list[tuple[str, How, Answer]]:
        """Each answer with the address that gave it, and how it counts."""
        urls = self.urls[-len(self.answers) :] if len(self.answers) < len(self.urls) else self.urls
        return [
            (
                url,
                self.how if self.how != "response" else "redirect" if 300 <= answer.status < 400 else "response",
                answer,
            )
            for url, answer in zip(urls, self.answers, strict=False)
        ]


class Exchanges:
    """Every exchange of one state by request id."""

    def __init__(self) -> None:
        self.by_id: dict[str, Exchange] = {}

    def of(self, params: Message) -> Exchange:
        """The exchange an event belongs to."""
        return self.by_id.setdefault(str(params["requestId"]), Exchange())

    def sent(self, params: Message, kind: str) -> None:
        """A request left, or was redirected."""
        exchange = self.of(params)
        exchange.urls.append(str(params["request"]["url"]))
        exchange.how = HOW_OF_TARGET.get(kind, exchange.how)

    def answered(self, params: Message, at: Circumstances) -> None:
        """The real headers of an answer."""
        headers = {name.lower(): str(value) for name, value in params["headers"].items()}
        lines = tuple(headers.get("set-cookie", "").split("\n")) if headers.get("set-cookie") else ()
        blocked = tuple(
            (str(entry["cookieLine"]), ", ".join(entry["blockedReasons"])) for entry in params.get("blockedCookies", ())
        )
        status, date = int(params.get("statusCode", 200)), headers.get("date", "")
        self.of(params).answers.append(Answer(lines=lines, blocked=blocked, status=status, date=date, at=at))
