"""Every setting and every command has its heading in the documentation, and no heading speaks of what is not there."""

import re
from pathlib import Path

import click
import pytest

from bredele.cli.main import COMMANDS, main
from bredele.core.settings import Settings
from tests.house.tracked import files

HEADING = re.compile(r"^##+ (.+)$", re.MULTILINE)


def headings(root: Path, name: str) -> set[str]:
    """The second- and third-level headings of a page of docs/."""
    return set(HEADING.findall((root / "docs" / name).read_text()))


def test_every_setting_has_its_heading_and_every_heading_its_setting(root: Path) -> None:
    """Rules: PLT-11"""
    assert headings(root, "settings.md") == {f"BREDELE_{field.upper()}" for field in Settings.__struct_fields__}


@pytest.mark.parametrize("field", ["bind", "origin", "session_days", "language_cookie", "data"])
def test_the_stated_defaults_are_the_real_ones(root: Path, field: str) -> None:
    section = (root / "docs" / "settings.md").read_text().split(f"## BREDELE_{field.upper()}\n")[1].split("\n## ")[0]
    default = getattr(Settings(), field)
    assert f"Default: `{default}`" in " ".join(section.split())


def commands() -> set[str]:
    """Every command and subcommand by its full name."""
    found = set()
    with click.Context(main) as context:
        for name in COMMANDS:
            command = main.get_command(context, name)
            assert command is not None
            found.add(f"bredele {name}")
            if isinstance(command, click.Group):
                found |= {f"bredele {name} {inner}" for inner in command.commands}
    return found


def test_every_command_has_its_heading_and_every_heading_its_command(root: Path) -> None:
    assert headings(root, "commands.md") == commands()


LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)")


def test_every_link_within_the_repository_leads_somewhere(root: Path) -> None:
    pages = [path for path in files(root) if path.suffix == ".md"]
    assert len(pages) > 10
    broken = [
        f"{page.relative_to(root)}: {link}"
        for page in pages
        for link in LINK.findall(page.read_text())
        if not (page.parent / link).exists()
    ]
    assert not broken
