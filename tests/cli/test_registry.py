"""`bredele registry`: validate, export, import."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bredele.formats.toml import read_registry
from tests.cli.test_policy import TOML, run


def written(path: Path, text: str) -> Path:
    """A cookies.toml with this text after its first line."""
    path.write_text(f"schema = 1\n{text}", encoding="utf-8")
    return path


def test_the_example_is_valid_for_publishing() -> None:
    ended = run("registry", "validate", TOML, "--publish")
    assert (ended.exit_code, ended.stdout) == (0, "Valid.\n")


def test_problems_are_listed_with_place_and_cure_and_code_one(tmp_path: Path) -> None:
    """Rules: REG-01, REG-11"""
    source = written(tmp_path / "c.toml", '[[cookies]]\nnames = ["*"]\nlifetime = "until I die"\nlifespan = 1\n')
    ended = run("registry", "validate", source, "--format", "json")
    assert ended.exit_code == 1
    body = json.loads(ended.stdout)
    assert body["valid"] is False
    assert {problem["where"] for problem in body["problems"]} == {
        "cookies[0].names[0]", "cookies[0].lifetime", "cookies[0].lifespan"
    }  # fmt: skip
    assert all(problem["cure"] for problem in body["problems"])
    assert "error: cookies[0].lifetime:" in run("registry", "validate", source).stdout


def test_a_check_needs_less_than_publishing(tmp_path: Path) -> None:
    source = written(tmp_path / "c.toml", '[[cookies]]\nnames = ["a"]\npurpose = "necessary"\nlifetime = "session"\n')
    assert run("registry", "validate", source).exit_code == 0
    ended = run("registry", "validate", source, "--publish")
    assert ended.exit_code == 1
    assert "error: site.controller:" in ended.stdout


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    ended = run("registry", "validate", written(tmp_path / "c.toml", "[site\n"))
    assert ended.exit_code == 1
    assert "error: line 2:" in ended.stdout


def test_every_form_comes_back_as_the_same_declarations(tmp_path: Path) -> None:
    original = read_registry(TOML.read_bytes())
    for form in ("toml", "json"):
        target = tmp_path / f"r.{form}"
        assert run("registry", "export", TOML, "--format", form, "-o", target).exit_code == 0
        back = run("registry", "import", target)
        assert back.exit_code == 0
        assert read_registry(back.stdout.encode()) == original


def test_the_csv_has_one_line_an_entry_and_runs_nothing(tmp_path: Path) -> None:
    """Rules: REG-05"""
    text = '[[cookies]]\nnames = ["=cmd"]\nprovider = "=1+1"\npurpose = "necessary"\nlifetime = "P6M"\n'
    rows = list(csv.DictReader(run("registry", "export", TOML, "--format", "csv", "--lang", "fr").stdout.splitlines()))
    assert [row["names"] for row in rows] == ["sessionid", "django_language", "csrftoken", "cookies_preferences"]
    assert (rows[0]["function"], rows[0]["lifetime"], rows[0]["party"]) == ("Authentification", "session", "first")
    assert (rows[1]["seconds"], rows[1]["third_party_access"]) == ("31536000", "none")
    source = written(tmp_path / "c.toml", text.replace('"=cmd"', '"x"'))
    (row,) = csv.DictReader(run("registry", "export", source, "--format", "csv").stdout.splitlines())
    assert row["provider"] == "'=1+1"


def test_the_schema_needs_no_file_and_anything_else_does() -> None:
    schema = run("registry", "export", "--format", "schema")
    assert json.loads(schema.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert run("registry", "export").exit_code == 2


def test_a_result_that_cannot_be_written_is_told() -> None:
    ended = run("registry", "export", TOML, "-o", "/no/such/folder/x")
    assert ended.exit_code == 2
    assert "cannot be written" in ended.stderr


@pytest.mark.parametrize("arguments", [("policy", "import"), ("registry", "validate")])
def test_neither_command_needs_django(arguments: tuple[str, ...]) -> None:
    program = (
        "import sys\nfrom bredele.cli.main import main\n"
        f"try:\n    main({[*arguments, str(TOML)]!r})\n"
        "finally:\n    assert not any(name.split('.')[0] == 'django' for name in sys.modules)\n"
    )
    source = str(Path(__file__).parents[2] / "src")
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env={"PYTHONPATH": source}, check=False
    )
    assert ended.returncode == 0, ended.stderr
