"""Proved true, and caught lying: the commands a person runs against the sites that `bredele demo` serves."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import SHELL
from tests.cli.test_serve import run
from tests.serving import BROWSER, ROOT, Running, command, environment, free_port, running

pytestmark = pytest.mark.e2e
PATIENCE = 400
"""Seconds for one scan on a busy machine."""
PAGES = ("--max-pages", "4")
"""Those that differ most; `bredele demo` proves them all."""
OWN = {"sessionid", "django_language", "csrftoken", "cookies_preferences"}


def scanned(*arguments: str, data: Path, windowless: bool = False) -> tuple[int, dict[str, Any]]:
    """Exit code and report of `bredele check`, in the browser that users have, or its shell (`windowless`)."""
    kept = {
        name: value
        for name, value in environment().items()
        if windowless or name != BROWSER or not value.endswith(SHELL)
    }
    done = subprocess.run(
        command("check", *arguments, "--budget", str(PATIENCE - 40), "--format", "json"),
        env={**kept, "BREDELE_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, report


def declared(site: str, server: Running, folder: Path) -> str:
    """The example's declarations, on the port of this server."""
    text = (ROOT / "examples" / site / "cookies.toml").read_text().replace("localhost:8000", f"localhost:{server.port}")
    target = folder / f"{site}.toml"
    target.write_text(text)
    return str(target)


def wrong(report: dict[str, Any]) -> list[str]:
    """What the report holds against the site."""
    return [
        f"{one['rule']}: {one['cookie']}: {one['message']}" for one in report["findings"] if one["severity"] == "error"
    ]


def untold(report: dict[str, Any]) -> list[str]:
    """What the scan could not see, as it says itself: exit code 3 is no riddle then."""
    return [*map(str, report["not_tested"])]


def test_the_platform_is_what_its_declarations_say(platform: Running, tmp_path: Path, browser_path: Path) -> None:
    """Signing in too, exactly the four names are found. Rules: V3, PLT-01, BAN-01"""
    name, password = platform.account
    recipe = tmp_path / "sign-in.toml"
    accounts = f"{platform.origin}/accounts"
    recipe.write_text(
        f'url = "{accounts}/login/"\nsign_out = "{accounts}/logout/"\n'
        f'[fields]\nlogin = "{name}"\npassword = "{password}"\n'
    )
    code, report = scanned(
        platform.origin,
        "--against",
        declared("civis", platform, tmp_path),
        "--sign-in",
        str(recipe),
        *PAGES,
        data=tmp_path,
        windowless=True,
    )
    assert wrong(report) == []
    assert code == 0, untold(report)
    assert {one["name"] for one in report["observations"]} == OWN
    assert {"no_choice", "refused", "accepted", "withdrawn", "signed_in", "no_script"} <= set(report["states"])


def test_the_town_is_what_its_declarations_say(platform: Running, tmp_path: Path, browser_path: Path) -> None:
    """Rules: BAN-01, C17, REG-05"""
    code, report = scanned(platform.town, "--against", declared("town", platform, tmp_path), *PAGES, data=tmp_path)
    assert wrong(report) == []
    assert code == 0, untold(report)
    states = {one["name"]: set(one["states"]) for one in report["observations"]}
    assert "accepted" in states["partner_pages"]
    assert not states["partner_pages"] & {"no_choice", "refused", "withdrawn"}


@pytest.fixture(scope="module")
def liar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo with one cookie that nobody declared."""
    data: Path = tmp_path_factory.mktemp("liar")
    with running("demo", "--lie", "--no-proof", data=data) as server:
        yield server


def test_a_lie_is_caught_and_its_setter_named(liar: Running, tmp_path: Path, browser_path: Path) -> None:
    """Rules: REG-05, BAN-01"""
    code, report = scanned(
        liar.town,
        "--against",
        declared("town", liar, tmp_path),
        "--states",
        "no_choice",
        *PAGES,
        data=tmp_path,
        windowless=True,
    )
    assert code == 1
    lies = [one for one in report["findings"] if one["rule"] == "undeclared" and one["severity"] == "error"]
    assert lies
    assert all("lie.js" in json.dumps(one) for one in lies)
    names = {one["cookie"] for one in lies}
    setters = [one["set_by"]["url"] for one in report["observations"] if one["name"] in names]
    assert setters
    assert all("lie.js" in setter for setter in setters)


def test_a_target_that_is_down_could_not_be_checked(tmp_path: Path, browser_path: Path) -> None:
    """Code 3, the place and the cure, and no trace of a program."""
    address = f"http://localhost:{free_port()}"
    done = run("check", address, "--against", str(ROOT / "examples/civis/cookies.toml"), data=tmp_path / "var")
    assert done.returncode == 3, done.stdout
    assert address in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "var").exists()
