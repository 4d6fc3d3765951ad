"""What every room's tests share: the repository's root, the browser, and a clear word where there is none."""

import os
from importlib.resources import files
from pathlib import Path

import pytest

from bredele.scanner import chromium

NO_BROWSER = f"no Chromium on this machine. {chromium.CURE}"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """The Chromium to drive; tests that need it carry the mark `e2e`."""
    path = chromium.find(os.environ)
    if path is None:
        pytest.fail(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def axe_script() -> str:
    """The source of axe-core, to be evaluated in a page: `axe.run()` then lists the violations."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are skipped, each with the reason, where there is no browser; never in CI."""
    if os.environ.get("CI") or chromium.find(os.environ):
        return
    for item in items:
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_report_header() -> str:
    """One line above every run."""
    return f"browser tests: {chromium.find(os.environ) or NO_BROWSER}"
