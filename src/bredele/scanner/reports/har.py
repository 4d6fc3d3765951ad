"""HAR 1.2: every request that was noted, else those to other sites that the scan itself tells of.

Addresses come without secrets; no header, no body, no cookie value is in it (SCN-10).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

import msgspec

from bredele import __version__
from bredele.core.observation import Request, Scan
from bredele.scanner.reports.words import meaning, state

NOTHING = -1
"""HAR's own word for "not known"."""


class Call(Protocol):
    """One request that was noted while the scan ran."""

    @property
    def state(self) -> str: ...
    @property
    def moment(self) -> datetime: ...
    @property
    def method(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def mime(self) -> str: ...
    @property
    def milliseconds(self) -> float: ...
    @property
    def fault(self) -> str: ...


def as_har(scan: Scan, calls: Iterable[Call] = ()) -> bytes:
    """The log: a page a state; an entry a call, in the order of time."""
    noted = sorted(calls, key=lambda call: call.moment)
    states = dict.fromkeys([*scan.states, *(call.state for call in noted)])
    log = {
        "version": "1.2",
        "creator": {"name": "Bredele", "version": __version__},
        "browser": browser(scan),
        "pages": [page(scan, name) for name in states],
        "entries": [call_entry(call) for call in noted] or [request_entry(scan, request) for request in scan.requests],
        "comment": "Values and queries are masked; headers, cookies and contents are left out.",
    }
    return msgspec.json.format(msgspec.json.encode({"log": log}), indent=2) + b"\n"


def browser(scan: Scan) -> dict[str, str]:
    """Name and version."""
    name, _, version = scan.browser.partition(" ")
    return {"name": name, "version": version}


def page(scan: Scan, name: str) -> dict[str, Any]:
    """A state of consent as HAR's page."""
    return {
        "startedDateTime": moment(scan),
        "id": name,
        "title": f"{scan.target} ({state(name)})",
        "pageTimings": {"onContentLoad": NOTHING, "onLoad": NOTHING},
        "comment": meaning(name),
    }


def request_entry(scan: Scan, request: Request) -> dict[str, Any]:
    """An address of another site, however often it was called in a state."""
    comment = f"sent {request.count} times, asked for by {request.initiator or 'the page'}"
    return entry(request.state, scan.started, "GET", request.url, 0, "", 0.0, comment)


def call_entry(call: Call) -> dict[str, Any]:
    """One request that was noted."""
    comment = " ".join(filter(None, (call.kind, call.fault)))
    return entry(call.state, call.moment, call.method, call.url, call.status, call.mime, call.milliseconds, comment)


def entry(
    state: str, started: datetime, method: str, url: str, status: int, mime: str, milliseconds: float, comment: str
) -> dict[str, Any]:
    """One entry with every field the format requires."""
    unknown = {"httpVersion": "", "cookies": [], "headers": [], "headersSize": NOTHING, "bodySize": NOTHING}
    return {
        "pageref": state,
        "startedDateTime": started.isoformat(timespec="milliseconds"),
        "time": round(milliseconds, 1),
        "request": {"method": method, "url": url, "queryString": [], **unknown},
        "response": {
            "status": status,
            "statusText": "",
            "content": {"size": 0, "mimeType": mime},
            "redirectURL": "",
            **unknown,
        },
        "cache": {},
        "timings": {"send": 0, "wait": round(milliseconds, 1), "receive": 0},
        "comment": comment,
    }


def moment(scan: Scan) -> str:
    """The start of the scan, ISO 8601."""
    return scan.started.isoformat(timespec="milliseconds")
