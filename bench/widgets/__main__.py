"""`make bench-widgets`: our banner beside four others, interleaved in one run; prints a table of medians."""

import argparse
import os
import statistics
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

import brotli
from playwright.sync_api import sync_playwright

from bench.widgets import measure
from bench.widgets.pages import Site, Target, install, serving
from bench.widgets.peers import PEERS
from bredele.scanner import chromium
from tests.projects.plain import plain_site
from tests.projects.shop import HOST, PLAIN_HOST, shop
from tests.projects.tracker import tracking
from tests.serving import Running, free_port

BANNER, REFUSE = "[data-bredele-banner]", "[data-bredele-banner] [value=refuse]"
ROWS = (
    ("bytes", "script, style, configuration (brotli), bytes", 0),
    ("requests", "requests of them", 0),
    ("html", "added to the page's HTML (brotli), bytes", 0),
    ("late", "banner visible after first paint, ms", 1),
    ("cpu", "main thread over the bare page, ms", 1),
    ("blocked", "blocking time, ms", 0),
    ("click", "refusing: event duration (0: under 16), ms", 0),
    ("shift", "layout shift", 3),
    ("heap", "heap over the bare page, kB", 0),
    ("again_requests", "returning visitor: requests", 0),
    ("again_cpu", "returning visitor: main thread over the bare page, ms", 1),
    ("axe", "rules broken (axe, banner open)", 0),
)
"""Times at a quarter of the machine's speed."""
OVER_BARE = ("cpu", "heap", "again_cpu")


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--rounds", type=int, default=5)
    rounds: int = wanted.parse_args().rounds
    path = chromium.find(os.environ)
    if path is None:
        sys.exit(f"no Chromium on this machine. {chromium.CURE}")
    with tempfile.TemporaryDirectory() as packages, tempfile.TemporaryDirectory() as data, tracking() as tracker:
        install(Path(packages))
        with shop(Path(data), tracker.origin, free_port()) as server, plain_site(server.port, PLAIN_HOST) as plain:
            bare = server.ask("/p/bare/", host=HOST).body
            style = server.ask("/static/bredele/base.css", host=HOST).body.encode()
            plain.show("<p>One page.</p>")
            with serving(Path(packages), bare, style) as site:
                found = run(path, targets(server, plain.origin, site), rounds)
            found["Bredele"]["html"] = added(server)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, medians of {rounds} interleaved rounds")  # noqa: T201  # the table is what the command is for
    print(table(found))  # noqa: T201  # the same


def targets(server: Running, plain: str, site: Site) -> list[Target]:
    """The columns, each with its bare page."""
    ours = f"http://{HOST}:{server.port}/p"
    peers = [Target(p.name, f"{site.origin}/{p.package}/", f"{site.origin}/bare/", p.banner, p.refuse) for p in PEERS]
    alone = Target("Bredele, stand-alone tag", f"{plain}/", f"{site.origin}/bare/", BANNER, REFUSE)
    return [Target("Bredele", f"{ours}/shop/", f"{ours}/bare/", BANNER, REFUSE), alone, *peers]


def added(server: Running) -> int:
    """Bytes the banner and the script's tag add to a page, the gated content left out of the comparison."""
    page = server.ask("/p/shop/", host=HOST).body
    start, end = page.index("<section"), page.index("</script>") + len("</script>")
    without = page[:start] + page[end:]
    return len(brotli.compress(page.encode(), quality=11)) - len(brotli.compress(without.encode(), quality=11))


def run(path: Path, columns: list[Target], rounds: int) -> dict[str, dict[str, float]]:
    """Every figure of every column."""
    flags = chromium.launch_flags(root=chromium.is_root())
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    bare = [Target(address, address, address) for address in dict.fromkeys(one.bare for one in columns)]
    seen: dict[str, dict[str, list[float]]] = {one.name: {} for one in (*columns, *bare)}
    with sync_playwright() as driver:
        hidden = "--disable-blink-features=AutomationControlled"  # one peer hides from automation
        browser = driver.chromium.launch(
            executable_path=path, args=[*flags, hidden], chromium_sandbox=chromium.sandboxed(flags)
        )
        found: dict[str, dict[str, float]] = {
            one.name: {**measure.weight(browser, one), "axe": measure.rules_broken(browser, one, axe)}
            for one in columns
        }
        for _ in range(rounds):
            for one in (*bare, *columns):
                for figures in (measure.first_view(browser, one), measure.returning(browser, one)):
                    for name, value in figures.items():
                        if value is not None:
                            seen[one.name].setdefault(name, []).append(value)
        browser.close()
    for one in columns:
        for name, values in seen[one.name].items():
            base = statistics.median(seen[one.bare][name]) if name in OVER_BARE else 0.0
            found[one.name][name] = statistics.median(values) - base
    return found


def table(found: dict[str, dict[str, float]]) -> str:
    """Markdown: a row a figure, a column a banner."""
    lines = ["| | " + " | ".join(found) + " |", "|---" * (len(found) + 1) + "|"]
    for key, label, digits in ROWS:
        cells = [f"{one[key]:,.{digits}f}" if key in one else "–" for one in found.values()]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
