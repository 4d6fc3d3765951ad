"""`bredele policy`: import, render, diff."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bredele.cli.main import main
from bredele.formats.toml import read_registry

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "examples" / "civis" / "policy.txt"
TOML = ROOT / "examples" / "civis" / "cookies.toml"


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """The command, its output and exit code."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


class Page(BaseHTTPRequestHandler):
    """The example policy, two redirects, a page too long, and an error."""

    def do_GET(self) -> None:
        moved = {"/old": "/policy.txt", "/loop": "/loop"}
        bodies = {"/policy.txt": TEXT.read_bytes(), "/long": b"x" * 3_000_000}
        body = bodies.get(self.path, b"")
        self.send_response(302 if self.path in moved else 200 if body else 404)
        if self.path in moved:
            self.send_header("Location", moved[self.path])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *parts: object) -> None:  # noqa: A002  # the name it has
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """A loopback server; `town.localhost` has no entry in any resolver."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://town.localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_policy_is_imported_as_json_and_its_faults_do_not_fail() -> None:
    """Rules: REG-16, REG-06"""
    ended = run("policy", "import", TEXT, "--format", "json")
    assert ended.exit_code == 0
    body = json.loads(ended.stdout)
    assert [row["names"] for row in body["declarations"]] == [
        ["sessionid"], ["django_language"], ["csrftoken"], ["cookies_preferences"]
    ]  # fmt: skip
    assert {row["lifetime"] for row in body["declarations"]} == {None}
    assert "claims-measurement" in {warning["code"] for warning in body["warnings"]}


def test_the_text_form_says_each_fault_with_its_place() -> None:
    ended = run("policy", "import", TEXT)
    assert ended.exit_code == 0
    assert "4 declarations" in ended.stdout
    assert "6:48 claims-measurement:" in ended.stdout


def test_the_draft_is_written_as_toml(tmp_path: Path) -> None:
    target = tmp_path / "draft.toml"
    assert run("policy", "import", TEXT, "--format", "toml", "-o", target).exit_code == 0
    assert len(read_registry(target.read_bytes()).cookies) == 4


def test_standard_input_is_read() -> None:
    ended = run("policy", "import", "-", "--format", "json", stdin=b"Cookies policy\n\nNone here.\n")
    assert ended.exit_code == 0
    body = json.loads(ended.stdout)
    assert body["declarations"] == []
    assert "no-declarations" in {warning["code"] for warning in body["warnings"]}


def test_an_address_is_fetched_and_redirects_followed(address: str) -> None:
    for path in ("/policy.txt", "/old"):
        ended = run("policy", "import", address + path, "--format", "json")
        assert ended.exit_code == 0, ended.stderr
        assert len(json.loads(ended.stdout)["declarations"]) == 4


@pytest.mark.parametrize(
    ("path", "code", "words"), [("/gone", 3, "404"), ("/loop", 3, "redirects"), ("/long", 2, "more than 1,000,000")]
)
def test_an_address_that_gives_no_policy_is_explained(address: str, path: str, code: int, words: str) -> None:
    ended = run("policy", "import", address + path)
    assert ended.exit_code == code
    assert words in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("source", "code"),
    [("no-such-file.txt", 2), ("http://town.example/", 2), ("ftp://localhost/", 2), ("http://[", 2),
     ("http://localhost:1/", 3)],
)  # fmt: skip
def test_a_source_that_cannot_be_read_is_told_with_its_cure(source: str, code: int) -> None:
    ended = run("policy", "import", source)
    assert ended.exit_code == code
    assert ended.stderr.startswith(f"error: {source}: ")


def test_five_megabytes_and_binary_are_refused(tmp_path: Path) -> None:
    source, target = tmp_path / "x", tmp_path / "out"
    for data in (b"x" * 5_000_000, b"\x00\x01"):
        source.write_bytes(data)
        ended = run("policy", "import", source, "-o", target)
        assert ended.exit_code == 2
        assert "offset" in ended.stderr
        assert not target.exists()


@pytest.mark.parametrize(("language", "title"), [("en", "Cookies policy"), ("fr", "Politique de cookies")])
def test_a_draft_of_the_policy_is_rendered(language: str, title: str) -> None:
    """Rules: POL-03, POL-08"""
    text = run("policy", "render", TOML, "--lang", language)
    assert text.exit_code == 0
    assert text.stdout.startswith(title)
    assert ("not published" in text.stdout) is (language == "en")
    page = run("policy", "render", TOML, "--lang", language, "--format", "html").stdout
    assert f'<html lang="{language}" dir="ltr">' in page
    document = json.loads(run("policy", "render", TOML, "--lang", language, "--format", "json").stdout)
    assert (document["language"], document["title"], document["version"]) == (language, title, 0)


def test_a_language_without_words_is_a_wrong_use() -> None:
    ended = run("policy", "render", TOML, "--lang", "tlh")
    assert ended.exit_code == 2
    assert "en, fr" in ended.stderr


def test_two_declarations_are_compared(tmp_path: Path) -> None:
    """Rules: REG-10"""
    new = tmp_path / "new.toml"
    extra = '\n[[cookies]]\nnames = ["ad"]\nprovider = "Ads"\npurpose = "advertising"\nlifetime = "P1M"\n'
    new.write_text(TOML.read_text("utf-8").replace('"P12M"', '"P6M"') + extra, encoding="utf-8")
    ended = run("policy", "diff", TOML, new)
    assert ended.exit_code == 0
    assert "changed cookies[1].lifetime (django_language): P12M -> P6M" in ended.stdout
    assert "added cookies[4] (ad)  [asks again: advertising]" in ended.stdout
    changes = json.loads(run("policy", "diff", TOML, new, "--format", "json").stdout)
    assert {change["where"] for change in changes} == {"purposes.advertising", "cookies[1].lifetime", "cookies[4]"}
    assert run("policy", "diff", TOML, TOML).stdout == "Nothing changed.\n"
