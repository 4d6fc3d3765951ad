"""JUnit XML as build servers read it: a test for each item and state, a failure for each finding."""

import re
from xml.etree import ElementTree as ET

from bredele.core.observation import Finding, NotTested, Observation
from bredele.scanner.reports.subject import Subject

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def as_junit(subject: Subject) -> bytes:
    """Two suites: what was stored and called, and the states of consent."""
    scan = subject.scan
    root = ET.Element("testsuites", name="bredele check")
    items = suite(root, "items", scan.target, scan.started.strftime("%Y-%m-%dT%H:%M:%S"))
    for item in scan.observations:
        case = ET.SubElement(items, "testcase", classname=clean(item.host.lstrip(".")), name=clean(item_name(item)))
        case.set("time", "0")
    for number, finding in enumerate(scan.findings, 1):
        judge(subject, items, finding, number)
    states = suite(root, "states", scan.target, scan.started.strftime("%Y-%m-%dT%H:%M:%S"))
    for state in scan.states:
        ET.SubElement(states, "testcase", classname="state", name=clean(state), time="0")
    for gap in scan.not_tested:
        not_tested(states, gap)
    for one in (items, states):
        count(one)
    count(root)
    root.set("time", f"{scan.seconds:.1f}")
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def suite(root: ET.Element, name: str, target: str, moment: str) -> ET.Element:
    """One suite; counts follow when its cases are known."""
    return ET.SubElement(root, "testsuite", name=clean(f"{name} of {target}"), timestamp=moment, time="0", hostname="")


def judge(subject: Subject, items: ET.Element, finding: Finding, number: int) -> None:
    """A case of its own for a finding; only an error fails it, warnings and notes are said in it."""
    about = finding.cookie or finding.evidence.get("host") or "site"
    state = f" ({finding.state})" if finding.state else ""
    case = ET.SubElement(items, "testcase", classname=clean(finding.rule), name=clean(f"{about}{state} #{number}"))
    case.set("time", "0")
    line = subject.line_of(finding)
    place = f"{subject.source}:{line}: " if line and subject.source else ""
    told = f"{place}{finding.message} {finding.cure}".strip()
    if finding.severity == "error":
        failure = ET.SubElement(case, "failure", type=clean(finding.rule), message=clean(finding.message))
        facts = "\n".join(f"{name}: {value}" for name, value in finding.evidence.items())
        failure.text = clean(f"{told}\n{facts}")
    else:
        ET.SubElement(case, "system-out").text = clean(f"{finding.severity}: {told}")


def not_tested(states: ET.Element, gap: NotTested) -> None:
    """A state that was not driven: skipped where there is nothing to choose, else an error."""
    case = ET.SubElement(states, "testcase", classname="state", name=clean(gap.state), time="0")
    if gap.reason == "nothing-to-choose":
        ET.SubElement(case, "skipped", message=clean(gap.message or gap.reason))
    else:
        ET.SubElement(case, "error", type=clean(gap.reason), message=clean(gap.message or gap.reason))


def item_name(item: Observation) -> str:
    """An item by name, kind and path."""
    return f"{item.name} [{item.kind}] {item.path}"


def count(one: ET.Element) -> None:
    """Fill in the totals of a suite."""
    one.set("tests", str(sum(1 for _ in one.iter("testcase"))))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        one.set(name, str(sum(1 for _ in one.iter(tag))))


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return ILLEGAL.sub("�", text)
