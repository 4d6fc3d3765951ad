"""What every room's tests share: the repository's root, the browser, and a clear word where there is none."""

import os
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from bredele.scanner import chromium
from tests import postgres
from tests.serving import Demo

NO_BROWSER = f"no Chromium on this machine. {chromium.CURE}"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Serves the sites of `bredele demo`, fresh each time."""
    return Demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """The Chromium to drive; tests that need it carry the mark `e2e`."""
    path = chromium.find(os.environ)
    if path is None:
        pytest.fail(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The connection URI of an empty PostgreSQL; tests that need it carry the mark `postgres`."""
    with tempfile.TemporaryDirectory(prefix="bredele-pg-") as place:
        Path(place).chmod(0o711)  # the socket's owner is another user than the tests'
        with postgres.cluster(Path(place) / "cluster") as address:
            yield address


@pytest.fixture(scope="session")
def axe_script() -> str:
    """The source of axe-core, to be evaluated in a page: `axe.run()` then lists the violations."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first; what this machine cannot run is skipped, each with the reason; never in CI."""
    longest_first(items)
    if os.environ.get("CI"):
        return
    lacking = {"e2e": NO_BROWSER} if chromium.find(os.environ) is None else {}
    lacking |= {"postgres": postgres.MISSING} if postgres.programs() is None else {}
    for item in items:
        for mark, reason in lacking.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


LONGEST = ("e2e/test_truth", "scanner/test_robust", "scanner/test_banner", "e2e/test_scans", "scanner/")
"""Whole scans: a worker that began with one is done when the others are."""


def longest_first(items: list[pytest.Item]) -> None:
    """Order the tests, stably, so that several workers end together."""

    def rank(item: pytest.Item) -> int:
        browser = item.get_closest_marker("e2e") is not None or item.nodeid.startswith("tests/e2e/")
        named = (place for place, start in enumerate(LONGEST) if item.nodeid.startswith(f"tests/{start}"))
        return next(named, len(LONGEST)) if browser else len(LONGEST) + 1

    items.sort(key=rank)


def pytest_report_header() -> list[str]:
    """What is there, above every run."""
    return [
        f"browser tests: {chromium.find(os.environ) or NO_BROWSER}",
        f"tests over PostgreSQL: {postgres.programs() or postgres.MISSING}",
    ]
