"""`bredele ledger`: verdicts and exit codes on a site, a receipt, an export."""

import os
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from bredele.cli.main import main
from bredele.core.settings import Settings
from bredele.formats.archive import keep
from bredele.formats.published import IndexEntry, encode_version, write_index, write_version
from bredele.ledger.book import Book
from bredele.ledger.log import Draft, Log
from bredele.ledger.notice import fingerprint
from tests.ledger.records import BANNER, BODY, VERSION, record

Run = Callable[..., Result]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """Four records of the site `town` in a data directory."""
    write_version(tmp_path, "town", encode_version(VERSION), 1)
    write_index(tmp_path, (IndexEntry(slug="town", hosts=("town.example",), origin="https://town.example", current=1),))
    made = Book(Settings(data=tmp_path), lambda: datetime.now(UTC), os.urandom).log("town", "https://town.example")
    made.keep_notice(fingerprint(BODY), BODY)
    made.append([Draft(record(number)) for number in range(4)])
    return made


@pytest.fixture
def run(tmp_path: Path, log: Log) -> Run:
    """The command in that directory."""

    def command(*words: str, data: Path = tmp_path, stdin: bytes = b"") -> Result:
        return CliRunner(env={"BREDELE_DATA": str(data)}).invoke(main, ["ledger", *words], input=stdin)

    return command


@pytest.fixture
def receipt(run: Run, log: Log, tmp_path: Path) -> Path:
    """The receipt of the third visitor."""
    path = tmp_path / "receipt.json"
    done = run("receipt", "town", log.entry(2).record.principal, "-o", str(path))
    assert done.exit_code == 0, done.output
    return path


def test_a_sites_ledger_holds_and_says_what_was_checked(run: Run) -> None:
    """Rules: LED-13"""
    done = run("verify", "town", "--jobs", "1")
    assert done.exit_code == 0
    assert "4 records are as they were written." in done.output
    assert "The ledger of town.example/ledger holds." in done.output


def test_a_changed_ledger_is_code_1_and_names_the_record(run: Run, log: Log) -> None:
    """Rules: LED-13"""
    with log.engine.write() as session:
        session.rows("DROP TRIGGER entries_no_update")
        session.rows("UPDATE entries SET salt = zeroblob(16) WHERE seq = 2")
    done = run("verify", "town", "--format", "json", "--jobs", "1")
    assert done.exit_code == 1
    report = msgspec.json.decode(done.stdout)
    assert report["holds"] is False
    assert [check["where"] for check in report["checks"] if not check["ok"]] == ["record 2"]


def test_a_receipt_holds_on_its_server_and_anywhere_with_the_published_key(
    run: Run, receipt: Path, log: Log, tmp_path: Path
) -> None:
    """Rules: LED-06, LED-13"""
    assert run("verify", str(receipt)).exit_code == 0
    elsewhere = tmp_path / "elsewhere"
    published = tmp_path / "keys.json"
    published.write_bytes(msgspec.json.encode({"origin": "x", "keys": [{"key": log.published_keys()[0].key}]}))
    lines = tmp_path / "keys.txt"
    lines.write_text(f"{log.published_keys()[0].key}\n")
    for key in (log.published_keys()[0].key, str(published), str(lines)):
        assert run("verify", str(receipt), "--key", key, data=elsewhere).exit_code == 0
    assert run("verify", "-", "--key", str(published), data=elsewhere, stdin=receipt.read_bytes()).exit_code == 0


def test_a_receipt_that_only_vouches_for_itself_is_code_3(run: Run, receipt: Path, tmp_path: Path) -> None:
    done = run("verify", str(receipt), data=tmp_path / "elsewhere")
    assert done.exit_code == 3
    assert "--key" in done.output
    assert "nobody else vouches for its key" in done.output
    assert "FAULT" not in done.output


def test_a_receipt_with_one_flipped_byte_is_code_1(run: Run, receipt: Path) -> None:
    """Rules: LED-13"""
    whole = receipt.read_bytes()
    for place in range(0, len(whole), 97):
        receipt.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert run("verify", str(receipt)).exit_code == 1, place


def test_an_export_holds_and_one_flipped_byte_is_code_1(run: Run, tmp_path: Path, log: Log) -> None:
    """Rules: LED-14"""
    path = tmp_path / "export.jsonl"
    for words in ([], ["--from", "2026-11-24", "--to", "2026-11-24"], ["--id", log.entry(1).record.principal]):
        assert run("export", "town", *words, "-o", str(path)).exit_code == 0
        assert run("verify", str(path)).exit_code == 0
        whole = path.read_bytes()
        for place in range(0, len(whole), 211):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 2]) + whole[place + 1 :])
            assert run("verify", str(path)).exit_code == 1, place
    assert run("verify", "-", stdin=whole).exit_code == 0
    assert run("export", "town", "--from", "2026-11-25", "--to", "2026-11-24").exit_code == 2


def test_an_export_holds_the_exact_texts_that_are_archived(run: Run, tmp_path: Path) -> None:
    """Rules: LED-01, LED-11"""
    keep(tmp_path, "town", BANNER)
    lines = run("export", "town").stdout_bytes.splitlines()
    told = [line for line in map(msgspec.json.decode, lines) if line["line"] == "artefact"]
    assert [(line["name"], b64decode(line["body"])) for line in told] == [("banner", BANNER)]


def test_a_checkpoint_kept_elsewhere_is_compared(run: Run, tmp_path: Path, log: Log) -> None:
    """Rules: LED-13"""
    held = tmp_path / "held.txt"
    assert run("checkpoint", "town", "-o", str(held)).exit_code == 0
    log.append([Draft(record(9))])
    assert run("verify", "town", "--checkpoint", str(held), "--jobs", "1").exit_code == 0
    renewed = run("checkpoint", "town", "--new-key")
    assert renewed.exit_code == 0
    assert "New key: town.example/ledger+" in renewed.stderr
    assert run("verify", "town", "--checkpoint", str(held), "--jobs", "1").exit_code == 0


def test_every_hand_over_is_written_down(run: Run, receipt: Path, log: Log) -> None:
    """Rules: LED-16"""
    run("export", "town")
    assert [(who, what, count) for _, _, who, what, count in log.reads()] == [
        ("command line", "export, all", 4),
        ("command line", "receipt", 1),
    ]


def test_a_visitors_records_are_erased_by_their_proof_id(run: Run, receipt: Path, log: Log) -> None:
    """Rules: PLT-12"""
    proof_id = log.entry(2).record.principal
    done = run("erase", "town", proof_id, "--yes")
    assert (done.exit_code, done.output) == (0, "Erased the content of 1 record.\n")
    assert run("receipt", "town", proof_id).exit_code == 2
    assert run("verify", "town", "--jobs", "1").exit_code == 0
    assert run("verify", str(receipt)).exit_code == 0


@pytest.mark.parametrize("words", [["verify", "nowhere"], ["receipt", "town", "nobody"], ["verify", "./no-such-file"]])
def test_what_is_not_there_is_code_2_with_a_word(run: Run, words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "error:" in done.output


def test_a_damaged_file_is_code_3(run: Run, log: Log, tmp_path: Path) -> None:
    log.close()
    for path in (tmp_path / "ledger" / "town").glob("log.sqlite3*"):
        path.write_bytes(b"damaged" * 1000)
    assert run("verify", "town", "--jobs", "1").exit_code == 3
