"""What a banner costs a page, as it travels: brotli, quality 11 (issue numbers: CONTRACTS 1)."""

import re
from pathlib import Path

import brotli
import pytest

from bredele.core.registry import Version
from tests.web.conftest import browser

pytestmark = pytest.mark.django_db
SCRIPT_AND_STYLE, MARKUP = 3_500, 900
VIEWS, AUDIENCE, WITH_AUDIENCE = 500, 1_000, 4_500
STATIC = Path("src/bredele/web/static")
BANNER = re.compile(r"<section[^>]*data-bredele-banner.*?</script>", re.DOTALL)


def weight(text: bytes) -> int:
    """Bytes over the wire."""
    return len(brotli.compress(text, quality=11))


def test_script_style_and_configuration_fit_the_budget(root: Path) -> None:
    """On a page the server made the configuration is part of the markup: three attributes of the script's tag."""
    files = [root / STATIC / name for name in ("root/bredele.js", "bredele/consent.css")]
    assert sum(weight(file.read_bytes()) for file in files) <= SCRIPT_AND_STYLE


def test_the_page_view_part_fits_its_budgets_alone_and_with_the_widget(root: Path) -> None:
    """Views and single-page navigation alone; with everything; and everything there is of the widget."""
    views, audience, widget, style = (
        weight((root / STATIC / name).read_bytes())
        for name in ("root/bredele-views.js", "root/bredele-audience.js", "root/bredele.js", "bredele/consent.css")
    )
    assert views <= VIEWS
    assert audience <= AUDIENCE
    assert widget + style + audience <= WITH_AUDIENCE


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_banner_adds_little_to_a_page(asking_site: Version, language: str) -> None:
    page = browser("town.localhost:8000").get(f"/?lang={language}").content.decode()
    assert BANNER.search(page)
    assert weight(page.encode()) - weight(BANNER.sub("", page).encode()) <= MARKUP


@pytest.mark.parametrize(
    "name", ["root/bredele.js", "root/bredele-views.js", "root/bredele-audience.js", "bredele/consent.css"]
)
def test_what_is_sent_compressed_is_what_is_sent_plain(root: Path, name: str) -> None:
    file = root / STATIC / name
    assert brotli.decompress(file.with_name(f"{file.name}.br").read_bytes()) == file.read_bytes()
