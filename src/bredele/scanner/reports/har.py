"""HAR 1.2 of the requests a scan tells of; addresses without secrets, no header, no body, no cookie value (SCN-10)."""

from typing import Any

import msgspec

from bredele import __version__
from bredele.core.observation import Request, Scan
from bredele.scanner.reports.words import meaning, state

NOTHING = -1
"""HAR's own word for "not known"."""


def as_har(scan: Scan) -> bytes:
    """The log: a page a state, an entry an address that was called in it, how often in its comment."""
    log = {
        "version": "1.2",
        "creator": {"name": "Bredele", "version": __version__},
        "browser": browser(scan),
        "pages": [page(scan, name) for name in scan.states],
        "entries": [entry(scan, request) for request in scan.requests],
        "comment": "Values and queries are masked; headers, cookies and contents are left out. Requests to the visited "
        "site itself are not listed.",
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


def entry(scan: Scan, request: Request) -> dict[str, Any]:
    """One address that was called."""
    return {
        "pageref": request.state,
        "startedDateTime": moment(scan),
        "time": 0,
        "request": {
            "method": "GET",
            "url": request.url,
            "httpVersion": "",
            "cookies": [],
            "headers": [],
            "queryString": [],
            "headersSize": NOTHING,
            "bodySize": NOTHING,
        },
        "response": {
            "status": 0,
            "statusText": "",
            "httpVersion": "",
            "cookies": [],
            "headers": [],
            "content": {"size": 0, "mimeType": ""},
            "redirectURL": "",
            "headersSize": NOTHING,
            "bodySize": NOTHING,
        },
        "cache": {},
        "timings": {"send": NOTHING, "wait": NOTHING, "receive": NOTHING},
        "comment": f"sent {request.count} times, asked for by {request.initiator or 'the page'}",
    }


def moment(scan: Scan) -> str:
    """The start of the scan, ISO 8601."""
    return scan.started.isoformat(timespec="milliseconds")
