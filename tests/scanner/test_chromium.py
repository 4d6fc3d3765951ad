"""Finding, fetching and starting Chromium."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

from bredele.scanner import chromium


def program(path: Path, answer: str = "Chromium 1.0") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {answer}\n")
    path.chmod(0o755)
    return path


def test_a_stated_browser_wins_over_the_system_one(tmp_path: Path) -> None:
    program(tmp_path / "bin/chromium")
    own = program(tmp_path / "mine")
    assert chromium.find({"BREDELE_CHROMIUM": str(own), "PATH": str(tmp_path / "bin")}) == own
    assert chromium.find({"CHROME": str(own), "PATH": str(tmp_path / "bin")}) == own


@pytest.mark.parametrize("variable", ["BREDELE_CHROMIUM", "CHROME"])
def test_a_stated_browser_that_does_not_exist_is_an_error_naming_the_variable(tmp_path: Path, variable: str) -> None:
    program(tmp_path / "chromium")
    with pytest.raises(chromium.UnusableChromium, match=rf"{variable}: .*Write the path"):
        chromium.find({variable: str(tmp_path / "gone"), "PATH": str(tmp_path)})


def test_the_system_browser_is_found_under_any_usual_name(tmp_path: Path) -> None:
    chrome = program(tmp_path / "google-chrome")
    assert chromium.find({"PATH": str(tmp_path)}) == chrome


def test_the_newest_browser_playwright_left_behind_is_found(tmp_path: Path) -> None:
    program(tmp_path / "home/.cache/ms-playwright/chromium-1100/chrome-linux/chrome")
    newer = program(tmp_path / "home/.cache/ms-playwright/chromium-1200/chrome-linux/chrome")
    assert chromium.find({"PATH": str(tmp_path), "HOME": str(tmp_path / "home")}) == newer


def test_a_file_that_is_no_program_is_no_browser(tmp_path: Path) -> None:
    (tmp_path / "chromium").write_text("not a program")
    assert chromium.find({"PATH": str(tmp_path), "HOME": str(tmp_path)}) is None


def test_the_sandbox_is_given_up_only_by_root_or_by_the_setting() -> None:
    assert chromium.sandboxed(chromium.launch_flags(root=False))
    assert not chromium.sandboxed(chromium.launch_flags(root=True))
    assert not chromium.sandboxed(chromium.launch_flags("--no-sandbox", root=False))


def test_extra_flags_are_split_like_a_shell_does_and_never_doubled() -> None:
    flags = chromium.launch_flags("--disable-gpu --proxy='a b'", root=False)
    assert flags[-1] == "--proxy=a b"
    assert flags.count("--disable-gpu") == 1
    assert set(chromium.FLAGS) <= set(flags)


def test_features_switched_off_by_the_setting_come_on_top_of_ours() -> None:
    flags = chromium.launch_flags("--disable-features=Translate,Reader --lang=fr", root=False)
    (off,) = (flag for flag in flags if flag.startswith(chromium.SWITCHED_OFF))
    assert off.endswith(",Translate,Reader")
    assert set(chromium.UNUSED) < set(off.removeprefix(chromium.SWITCHED_OFF).split(","))
    assert flags[-1] == "--lang=fr"


def test_our_switch_repeats_whatever_the_driver_switches_off(tmp_path: Path) -> None:
    """Chromium heeds the last `--disable-features` only, and ours comes after the driver's."""
    told = tmp_path / "arguments"
    pretender = program(tmp_path / "chromium", f'"$@" | tr " " "\\n" > {told}')
    with sync_playwright() as playwright, pytest.raises(Error):
        playwright.chromium.launch(executable_path=pretender, args=list(chromium.launch_flags(root=False)))
    given = [line for line in told.read_text(encoding="utf-8").splitlines() if line.startswith(chromium.SWITCHED_OFF)]
    drivers, ours = (set(line.removeprefix(chromium.SWITCHED_OFF).split(",")) for line in given)
    assert drivers <= ours
    assert set(chromium.UNUSED) <= ours


def test_an_unclosed_quotation_mark_in_the_flags_names_the_setting() -> None:
    with pytest.raises(chromium.UnusableChromium, match="BREDELE_CHROMIUM_FLAGS"):
        chromium.launch_flags("'--open", root=False)


def test_the_missing_sandbox_is_said_once() -> None:
    said: list[str] = []
    notice = chromium.SandboxNotice(said.append)
    notice.tell(chromium.launch_flags(root=False))
    assert said == []
    notice.tell(chromium.launch_flags(root=True))
    notice.tell(chromium.launch_flags(root=True))
    assert len(said) == 1
    assert "--no-sandbox" in said[0]


def test_nothing_is_fetched_where_a_browser_is_found(tmp_path: Path) -> None:
    own = program(tmp_path / "chromium")
    commands: list[Sequence[str]] = []
    found = chromium.install({"PATH": str(tmp_path)}, root=True, say=commands.append, run=lambda _: 1)
    assert found == own
    assert commands == []


def test_root_with_apt_gets_the_system_package_first(tmp_path: Path) -> None:
    program(tmp_path / "apt-get")
    commands: list[str] = []

    def run(command: Sequence[str]) -> int:
        commands.append(" ".join(command))
        if "install" in command:
            program(tmp_path / "chromium")
        return 0

    found = chromium.install({"PATH": str(tmp_path), "HOME": str(tmp_path)}, root=True, say=commands.append, run=run)
    assert found == tmp_path / "chromium"
    assert [line for line in commands if line.endswith("install -y chromium")]
    assert not [line for line in commands if "playwright" in line]


def test_without_root_playwright_is_asked_and_a_failure_leaves_none(tmp_path: Path) -> None:
    program(tmp_path / "apt-get")
    commands: list[str] = []

    def run(command: Sequence[str]) -> int:
        commands.append(" ".join(command))
        return 1

    environ = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    assert chromium.install(environ, root=False, say=lambda _: None, run=run) is None
    assert len(commands) == 1
    assert commands[0].endswith("-m playwright install chromium")


def test_the_command_prints_path_and_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = program(tmp_path / "mine", "Chromium 99")
    monkeypatch.setenv("BREDELE_CHROMIUM", str(own))
    assert chromium.main([]) == 0
    assert capsys.readouterr().out == f"{own}  Chromium 99\n"


def test_a_browser_that_does_not_start_is_as_good_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = program(tmp_path / "mine")
    own.write_text("#!/bin/sh\nexit 1\n")
    monkeypatch.setenv("BREDELE_CHROMIUM", str(own))
    assert chromium.main([]) == 1
    assert "does not start. Scans, proofs and browser tests are off" in capsys.readouterr().err


def test_a_machine_without_a_browser_is_told_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("BREDELE_CHROMIUM", "CHROME", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    assert chromium.main([]) == 1
    assert "No Chromium on this machine. " in (told := capsys.readouterr().err)
    assert "BREDELE_CHROMIUM" in told


def test_a_wrong_setting_ends_the_command_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BREDELE_CHROMIUM", "/nowhere/chromium")
    assert chromium.main(["--install"]) == 2
    assert capsys.readouterr().err.startswith("error: BREDELE_CHROMIUM:")
