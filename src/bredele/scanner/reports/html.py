"""The report as one HTML file: no script, no request; for paper, phone, keyboard and screen reader alike."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from bredele import __version__
from bredele.core.observation import Scan
from bredele.scanner.reports import html_parts as parts
from bredele.scanner.reports import words
from bredele.scanner.reports.markup import facts, name, text
from bredele.scanner.reports.subject import Subject

Pictures = dict[str, bytes]
"""Caption to PNG."""


def as_html(subject: Subject, pictures: Pictures | None = None) -> bytes:
    """The whole page. Its Content-Security-Policy allows its own style and pictures, nothing else."""
    scan = subject.scan
    style = stylesheet(scan)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    tone, verdict, _ = words.verdict(scan)
    body = "".join(
        (
            opening(subject),
            parts.findings(subject),
            parts.items(scan),
            parts.requests(scan),
            parts.rejections(scan),
            parts.pictures(pictures or {}),
            parts.gaps(scan),
            parts.pages(scan),
        )
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{verdict}: scan of {text(subject.host)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">\n'
        f"<style>{style}</style>\n</head>\n"
        f'<body class="{tone}">\n<a class="skip" href="#main">Skip to the content</a>\n'
        f'<main id="main">\n{body}\n</main>\n'
        f"<footer><p>Made by Bredele {__version__}. Values of cookies and long query values are masked; "
        "nothing of any page’s content is kept.</p></footer>\n</body>\n</html>\n"
    ).encode()


def stylesheet(scan: Scan) -> str:
    """The style, with one rule for each state that the list of items can be narrowed to."""
    base = (files("bredele.scanner.reports") / "report.css").read_text(encoding="utf-8")
    narrowing = "".join(
        f"body:has(#only-{name(state)}:checked) .item:not(.in-{name(state)}){{display:none}}" for state in scan.states
    )
    return base + narrowing


def opening(subject: Subject) -> str:
    """The verdict, then who looked at what, when and how."""
    scan = subject.scan
    tone, verdict, meaning = words.verdict(scan)
    hosts = {request.host for request in scan.requests}
    tiles = "".join(
        f'<li class="tile {style}"><strong>{count}</strong> <span>{one if count == 1 else many}</span></li>'
        for count, (one, many), style in (
            (parts.count(scan, "error"), ("error", "errors"), "bad" if scan.failed else ""),
            (parts.count(scan, "warning"), ("warning", "warnings"), "caution" if parts.count(scan, "warning") else ""),
            (len(scan.observations), ("item stored", "items stored"), ""),
            (len(hosts), ("other host called", "other hosts called"), ""),
        )
    )
    version = f"version {scan.registry_version}" if scan.registry_version else ""
    compared = subject.source or version or ("its declarations" if subject.registry else "no declarations")
    if subject.source and version:
        compared = f"{subject.source}, {version}"
    return (
        f'<header><p class="eyebrow">Scan by a real browser</p><h1>{text(subject.host)}</h1>'
        f'<p class="verdict {tone}"><strong>{verdict}</strong> <span>{text(meaning)}</span></p>'
        f'<ul class="tiles">{tiles}</ul>'
        + facts(
            (
                ("Address", text(scan.target)),
                (
                    "Begun",
                    f'<time datetime="{scan.started:%Y-%m-%dT%H:%M:%SZ}">{scan.started:%d %B %Y, %H:%M:%S} UTC</time>',
                ),
                ("Took", f"{scan.seconds:.0f} s"),
                ("Browser", text(scan.browser)),
                ("Compared with", text(compared)),
                ("Pages", str(len(scan.pages))),
                ("States driven", text(", ".join(words.state(state) for state in scan.states)) or "none"),
            )
        )
        + "</header>"
    )
