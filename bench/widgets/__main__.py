"""`make bench-widgets`: our banner beside four others, interleaved in one run; prints a table of medians."""

import argparse
import os
import statistics
import sys
import tempfile
from importlib.resources import files
from operator import sub
from pathlib import Path

import brotli
from playwright.sync_api import Browser, sync_playwright

from bench.widgets import behaviour as does
from bench.widgets import measure
from bench.widgets.pages import Site, Target, install, policy, serving
from bench.widgets.peers import PEERS, TEMPLATES, Peer
from bredele.scanner import chromium
from tests.projects.plain import Plain, plain_site
from tests.projects.shop import HOST, PLAIN_HOST, shop
from tests.projects.tracker import Tracker, tracking
from tests.serving import Running, free_port

BANNER, DIALOG = "[data-bredele-banner]", "dialog.bredele-centre"
ANSWER = BANNER + " [value={}]"
WITHDRAW = "[data-bredele-withdraw] button"
FOOT = """<p><a href="/bredele/cookies/preferences/" data-bredele-open>Manage my cookies</a></p>
<form method="post" action="/bredele/consent" hidden data-bredele-withdraw>
<input type="hidden" name="next" value="/bredele/cookies/preferences/">
<button name="choice" value="refuse">Withdraw my consent</button></form>"""
ROWS = (
    ("bytes", "script, style, configuration (brotli), bytes", 0, 3500),
    ("html", "added to the page's HTML (brotli), bytes", 0, 900),
    ("requests", "requests of them", 0, None),
    ("late", "banner visible after first paint, ms", 1, 17),
    ("cpu", "main thread over the bare page, ms", 1, 15),
    ("blocked", "blocking time over the bare page, ms", 0, 0),
    ("click", "refusing: event duration (0: under 16), ms", 0, 24),
    ("shift", "layout shift", 3, 0),
    ("heap", "heap over the bare page, collected, kB", 0, 30),
    ("again_requests", "returning visitor: requests", 0, 0),
    ("again_bytes", "returning visitor: bytes", 0, 0),
    ("again_cpu", "returning visitor: main thread over the bare page, ms", 1, 0),
    ("axe", "rules broken (axe, banner open; ours in en, fr, ar)", 0, 0),
    ("dialog", "dialog: name, focus in, kept, Escape, back", 0, "5/5"),
    ("left", "left after withdrawal: cookies of 4 scopes", 0, "0 of 4"),
    ("hidden", "left after withdrawal: HttpOnly cookies", 0, "0 of 1"),
    ("stored", "left after withdrawal: storage keys", 0, "0 of 2"),
    ("beats", "calls of trackers in the second after", 0, "0"),
    ("self", "policy 'self': violations; gated items that work", 0, "0; 2/2"),
    ("nonce", "policy with a nonce: the same", 0, "0; 3/3"),
    ("tt", "policy with Trusted Types: the same", 0, "0; 3/3"),
    ("nojs", "no JavaScript: banner, refuse, choose, withdraw, receipt", 0, "5/5"),
    ("refusal", "choice cookie, refusal, bytes", 0, "≤ 40"),
    ("grant", "choice cookie, grant, bytes", 0, "≤ 64"),
    ("setter", "choice cookie set by", 0, "server"),
)
"""Key, words, digits, what ours must reach (a number: at most). Times at a quarter of the machine's speed."""
OVER_BARE = ("cpu", "heap", "again_cpu", "blocked")


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--rounds", type=int, default=5)
    wanted.add_argument("--only", choices=("costs", "behaviour"))
    given = wanted.parse_args()
    path = chromium.find(os.environ)
    if path is None:
        sys.exit(f"no Chromium on this machine. {chromium.CURE}")
    with tempfile.TemporaryDirectory() as packages, tempfile.TemporaryDirectory() as data, tracking() as tracker:
        install(Path(packages))
        with shop(Path(data), tracker.origin, free_port()) as server, plain_site(server.port, PLAIN_HOST) as plain:
            bare = server.ask("/p/bare/", host=HOST).body
            style = server.ask("/static/bredele/base.css", host=HOST).body.encode()
            with serving(Path(packages), bare, style, tracker.origin) as site:
                columns = targets(server, plain, site, tracker.origin)
                found = run(path, columns, given.rounds, tracker, given.only)
            found["Bredele"]["html"] = added(server)
    load, cores = os.getloadavg()[0], os.cpu_count()
    sys.stdout.write(f"load average {load:.1f} on {cores} cores, medians of {given.rounds} interleaved rounds\n")
    sys.stdout.write(f"{table(found)}\n")


def targets(server: Running, plain: Plain, site: Site, tracker: str) -> list[Target]:
    """The columns, each with its bare page."""
    ours = f"http://{HOST}:{server.port}"
    answers = {"accept": ANSWER.format("accept"), "refuse": ANSWER.format("refuse"), "choose": f"{BANNER} summary"}
    known = {**answers, "banner": BANNER, "dialog": DIALOG, "withdraw": (WITHDRAW,)}
    plain.show("<p>One page.</p>")

    def waiting(mode: str) -> str:
        """The plain site's page with content that waits, under a policy."""
        held = TEMPLATES.replace("TRACKER", tracker).replace("NONCE", ' nonce="abc"' if mode in ("nonce", "tt") else "")
        more = {} if mode == "off" else {"Content_Security_Policy": policy(mode, tracker)}
        if mode == "self":
            held = held[held.index("\n") :]  # no policy of 'self' lets inline code run
        return plain.show(held + FOOT, path="/p/full/", **more)

    embedded = Target(
        name="Bredele",
        address=f"{ours}/p/banner/",
        bare=f"{ours}/p/bare/",
        full=lambda mode: f"{ours}/p/shop/?csp={mode}",
        preferences=f"{ours}/cookies/preferences/",
        languages=("?lang=en", "?lang=fr", "?lang=ar"),
        **known,  # type: ignore[arg-type]  # texts and one tuple
    )
    alone = Target(
        name="Bredele, stand-alone tag",
        address=f"{plain.origin}/",
        bare=f"{site.origin}/p/bare/",
        full=waiting,
        preferences=f"{plain.origin}/bredele/cookies/preferences/",
        **known,  # type: ignore[arg-type]  # the same
    )
    return [embedded, alone, *(other(peer, site) for peer in PEERS)]


def other(peer: Peer, site: Site) -> Target:
    """A peer's column."""
    page = f"{site.origin}/p/{peer.package}/"
    return Target(
        name=peer.name,
        address=page,
        bare=f"{site.origin}/p/bare/",
        banner=peer.banner,
        accept=peer.accept,
        refuse=peer.refuse,
        choose=peer.choose,
        dialog=peer.dialog,
        withdraw=peer.withdraw,
        full=lambda mode: f"{page}?csp={mode}",
    )


def added(server: Running) -> int:
    """Bytes the banner and the script's tag add to a page, the gated content left out of the comparison."""
    page = server.ask("/p/shop/", host=HOST).body
    start, end = page.index("<section"), page.index("</script>") + len("</script>")
    without = page[:start] + page[end:]
    return len(brotli.compress(page.encode(), quality=11)) - len(brotli.compress(without.encode(), quality=11))


def run(
    path: Path, columns: list[Target], rounds: int, tracker: Tracker, only: str | None
) -> dict[str, dict[str, float | str]]:
    """Every figure of every column."""
    flags = chromium.launch_flags(root=chromium.is_root())
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    found: dict[str, dict[str, float | str]] = {one.name: {} for one in columns}
    with sync_playwright() as driver:
        hidden = "--disable-blink-features=AutomationControlled"  # one peer hides from automation
        browser = driver.chromium.launch(
            executable_path=path, args=[*flags, hidden], chromium_sandbox=chromium.sandboxed(flags)
        )
        for one in columns if only != "costs" else ():
            found[one.name] |= behaviour(browser, one, tracker, axe)
        if only != "behaviour":
            costs(browser, columns, rounds, found)
        browser.close()
    return found


def behaviour(browser: Browser, one: Target, tracker: Tracker, axe: str) -> dict[str, float | str]:
    """What is found once."""
    return {
        **does.kept(browser, one),
        **does.withdrawal(browser, one, tracker),
        **{mode: does.strict(browser, one, tracker, mode) for mode in ("self", "nonce", "tt")},
        "axe": measure.rules_broken(browser, one, axe),
        "dialog": does.dialog(browser, one),
        "nojs": does.without_scripts(browser, one),
    }


def costs(browser: Browser, columns: list[Target], rounds: int, found: dict[str, dict[str, float | str]]) -> None:
    """Medians of interleaved rounds, after one that warms everything up and counts for nothing.

    What is told over the bare page is the median of each round's own difference: machines change speed meanwhile.
    """
    bare = [Target(address, address, address) for address in dict.fromkeys(one.bare for one in columns)]
    seen: dict[str, dict[str, list[float]]] = {one.name: {} for one in (*columns, *bare)}
    for number in range(rounds + 1):
        for one in (*bare, *columns):
            for figures in (measure.first_view(browser, one), measure.returning(browser, one)):
                for name, value in figures.items():
                    if value is not None and number:
                        seen[one.name].setdefault(name, []).append(value)
    for one in columns:
        found[one.name] |= measure.weight(browser, one)
        for name, values in seen[one.name].items():
            base = seen[one.bare][name] if name in OVER_BARE else [0.0] * len(values)
            found[one.name][name] = statistics.median(map(sub, values, base))
    found["page without"] = {name: statistics.median(values) for name, values in seen[columns[0].bare].items()}


def table(found: dict[str, dict[str, float | str]]) -> str:
    """Markdown: a row a figure, a column a banner."""
    lines = ["| | wanted | " + " | ".join(found) + " |", "|---" * (len(found) + 2) + "|"]
    for key, label, digits, goal in ROWS:
        wanted = "" if goal is None else f"≤ {goal:,}" if isinstance(goal, int) else goal
        cells = [told(one.get(key, "–"), digits) for one in found.values()]
        lines.append(f"| {label} | {wanted} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def told(value: float | str, digits: int) -> str:
    """A cell."""
    return value if isinstance(value, str) else f"{value:,.{digits}f}"


if __name__ == "__main__":
    main()
