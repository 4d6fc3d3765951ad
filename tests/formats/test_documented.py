"""The documents name every key, every problem and every warning the code knows, and no other."""

import re
from pathlib import Path

from bredele.formats.registry_reading import COOKIE_KEYS, SITE_KEYS
from bredele.formats.toml import read_registry

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"`([a-z0-9_-]+)`")
MADE = re.compile(r"(?:error|warning|note|missing|make|warn)\(\s*\"([a-z0-9-]+)\"|code=\"([a-z0-9-]+)\"")


def first_cells(page: str, heading: str) -> set[str]:
    """The codes in the first column of the table below a heading."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    return {code for row in rows for code in CODE.findall(row)}


def made(*files: Path) -> set[str]:
    """The codes written in source files."""
    found = {code for file in files for pair in MADE.findall(file.read_text("utf-8")) for code in pair if code}
    return found | {code for file in files for code in spelled(file)}


def spelled(file: Path) -> set[str]:
    """The codes a file makes of field names."""
    return {
        "entries.py": {f"{field}-missing" for field in ("provider", "function", "location", "purpose-text")},
        "site.py": {f"{field}-missing" for field in ("name", "controller", "contact", "retention")},
        "policy_faults.py": {"no-provider", "no-function", "no-purpose", "no-withdrawal", "no-contact", "no-date"},
        "texts.py": {"wording-vague"},
    }.get(file.name, set())


def test_every_key_of_cookies_toml_is_explained() -> None:
    assert first_cells("cookies-toml.md", "[site]") == set(SITE_KEYS)
    assert first_cells("cookies-toml.md", "[[cookies]]") == set(COOKIE_KEYS)
    assert first_cells("cookies-toml.md", "[[purposes]]") == {"id", "label"}


def test_every_problem_is_explained() -> None:
    files = (ROOT / "src" / "bredele" / "core" / "checks").glob("*.py")
    assert first_cells("cookies-toml.md", "Problems") == made(*files) | {"unreadable"}


def test_every_import_warning_is_explained() -> None:
    files = list((ROOT / "src" / "bredele" / "formats").glob("policy_*.py"))
    assert first_cells("import.md", "Warnings") == made(*files)


def test_the_example_in_the_page_is_read() -> None:
    text = (ROOT / "docs" / "cookies-toml.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    assert read_registry(text.encode()).cookies[0].names == ("basket",)
