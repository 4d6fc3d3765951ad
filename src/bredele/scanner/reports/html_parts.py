"""The parts of the HTML report in the order a reader asks: what is wrong, stored, called, missing."""

from base64 import b64encode

from bredele.core.observation import Finding, Observation, Scan
from bredele.scanner.reports import words
from bredele.scanner.reports.baseline import ACCEPTED
from bredele.scanner.reports.markup import code, facts, name, section, table, text
from bredele.scanner.reports.rules import rule
from bredele.scanner.reports.subject import Subject

SUGGESTED = "suggested_"


def count(scan: Scan, severity: str) -> int:
    """Findings of one severity."""
    return sum(finding.severity == severity for finding in scan.findings)


def findings(subject: Subject) -> str:
    """Every finding with its cure; severities can be hidden without a script."""
    scan = subject.scan
    if not scan.findings:
        return section("findings", "Findings", "", "None.")
    boxes = "".join(
        f'<label><input type="checkbox" id="show-{severity}" checked> '
        f"{plural(severity)} ({count(scan, severity)})</label>"
        for severity in words.SEVERITIES
        if count(scan, severity)
    )
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in scan.findings:
        alike.setdefault((finding.severity, finding.rule), []).append(finding)
    severities = tuple(words.SEVERITIES)
    groups = sorted(alike.items(), key=lambda group: severities.index(group[0][0]))
    shown = "".join(finding_group(subject, *key, found) for key, found in groups)
    return section("findings", "Findings", f'<fieldset class="filter"><legend>Show</legend>{boxes}</fieldset>{shown}')


def finding_group(subject: Subject, severity: str, name: str, found: list[Finding]) -> str:
    """The findings of one rule and severity under a heading of their own."""
    entries = "".join(finding_entry(subject, finding) for finding in found)
    heading = f'<h3>{text(rule(name).name)} <span class="soft">{len(found)}</span></h3>'
    return f'<div class="finding-{severity}-group">{heading}<ol class="findings">{entries}</ol></div>'


def plural(severity: str) -> str:
    """The heading of a severity."""
    return f"{words.SEVERITIES[severity]}s"


def finding_entry(subject: Subject, finding: Finding) -> str:
    """One finding."""
    line = subject.line_of(finding)
    place = code(f"{subject.source}:{line}") if line and subject.source else ""
    marks = (
        f'<span class="badge {finding.severity}">{words.SEVERITIES[finding.severity]}</span>',
        code(finding.cookie) if finding.cookie else "",
        f'<span class="soft">{text(words.state(finding.state))}</span>' if finding.state else "",
        place,
    )
    accepted = finding.evidence.get(ACCEPTED)
    known = f'<p class="soft">Accepted for now: {text(accepted)}</p>' if accepted else ""
    evidence = [(key, text(value)) for key, value in finding.evidence.items() if not key.startswith(SUGGESTED)]
    more = f"<details><summary>Evidence</summary>{facts(evidence)}</details>" if evidence else ""
    cure = f'<p class="cure">{text(finding.cure)}</p>' if finding.cure else ""
    return (
        f'<li class="finding finding-{finding.severity}"><p class="marks">{" ".join(filter(None, marks))}</p>'
        f"<p>{text(finding.message)}</p>{cure}{known}{suggestion(finding)}{more}</li>"
    )


def suggestion(finding: Finding) -> str:
    """What loaded knowledge proposes, with its source."""
    told = {key.removeprefix(SUGGESTED): value for key, value in finding.evidence.items() if key.startswith(SUGGESTED)}
    if not told:
        return ""
    labels = (
        ("provider", "Provider"),
        ("purpose", "Purpose"),
        ("lifetime", "Lifetime"),
        ("function", "Function"),
        ("because", "Because"),
        ("by", "Source"),
    )
    pairs = [(label, text(told[key])) for key, label in labels if key in told]
    return f'<div class="suggestion"><p><strong>What is known of it</strong></p>{facts(pairs)}</div>'


def items(scan: Scan) -> str:
    """What was stored, in which states; the list can be narrowed to a state without a script."""
    lead = "Each item the browser accepted, and the states in which it was there."
    if not scan.observations:
        return section("items", "Stored on the device", "", "Nothing at all, in any state.")
    choices = '<label><input type="radio" name="only" id="only-all" checked> Every state</label>' + "".join(
        f'<label><input type="radio" name="only" id="only-{name(state)}"> {text(words.state(state))}</label>'
        for state in scan.states
    )
    rows = [
        (f"item {' '.join(f'in-{name(state)}' for state in item.states)}", item_cells(item))
        for item in scan.observations
    ]
    heads = ("Name", "Host", "States", "Set by", "Kept for", "Attributes")
    shown = table("Items stored, by kind and host", heads, rows)
    body = f'<fieldset class="filter"><legend>In the state</legend>{choices}</fieldset>{grid(scan)}{shown}'
    return section("items", "Stored on the device", body, lead)


def grid(scan: Scan) -> str:
    """Items against states at a glance."""
    heads = "".join(f'<th scope="col">{text(words.state(state))}</th>' for state in scan.states)
    rows = []
    for item in scan.observations:
        cells = "".join(mark(state in item.states) for state in scan.states)
        style = " ".join(f"in-{name(state)}" for state in item.states)
        rows.append(f'<tr class="item {style}"><th scope="row">{code(item.name)}</th>{cells}</tr>')
    return (
        '<div class="wide" role="region" aria-label="Items against states" tabindex="0"><table class="grid">'
        f'<caption>At a glance</caption><thead><tr><th scope="col">Name</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def mark(there: bool) -> str:
    """One cell of the grid."""
    return '<td class="there">stored</td>' if there else '<td class="absent">–</td>'


def item_cells(item: Observation) -> tuple[str, ...]:
    """The cells of one item."""
    also = (
        f'<p class="soft">{text(", ".join(item.names[:6]))}{" …" if len(item.names) > 6 else ""}</p>'
        if item.names
        else ""
    )
    setter = item.set_by
    by = (
        f'{code(setter.url)} <span class="soft">{text(words.HOW.get(setter.how, setter.how))}</span>'
        if setter
        else "not seen"
    )
    marks = ", ".join(
        attribute if value is True else f"{attribute}={value}"
        for attribute, value in sorted(item.attributes.items())
        if value not in (None, False, "")
    )
    kind = words.KINDS.get(item.kind, item.kind)
    return (
        f'{code(item.name)} <span class="soft">{text(kind)}</span>{also}',
        text(f"{item.host}{item.path if item.path != '/' else ''}"),
        text(", ".join(words.state(state) for state in item.states)),
        by,
        text(words.kept(item)),
        text(marks) or "–",
    )


def requests(scan: Scan) -> str:
    """Which other hosts were called, when and by whom."""
    by_host: dict[str, list[tuple[str, str, int]]] = {}
    for request in scan.requests:
        by_host.setdefault(request.host, []).append((request.state, request.initiator or "the page", request.count))
    if not by_host:
        return section("requests", "Requests to other sites", "", "None.")
    rows = [
        (
            "",
            (
                code(host),
                str(sum(calls for _, _, calls in called)),
                text(", ".join(dict.fromkeys(words.state(state) for state, _, _ in called))),
                "<br>".join(code(by) for by in sorted({by for _, by, _ in called})[:5]),
            ),
        )
        for host, called in sorted(by_host.items())
    ]
    shown = table("Other hosts, and who called them", ("Host", "Requests", "States", "Asked for by"), rows)
    return section("requests", "Requests to other sites", shown)


def rejections(scan: Scan) -> str:
    """What the browser refused to store."""
    if not scan.rejections:
        return ""
    rows = [
        ("", (code(one.name), text(one.host), text(words.state(one.state)), text(one.reason), code(one.set_by.url)))
        for one in scan.rejections
    ]
    shown = table("Attempts the browser refused", ("Name", "Host", "State", "Reason", "Tried by"), rows)
    return section("rejected", "Refused by the browser", shown)


def pictures(shown: dict[str, bytes]) -> str:
    """Screenshots, within the file."""
    if not shown:
        return ""
    figures = "".join(
        f'<figure><img alt="{text(caption)}" src="data:image/png;base64,{b64encode(data).decode()}">'
        f"<figcaption>{text(caption)}</figcaption></figure>"
        for caption, data in shown.items()
    )
    return section("pictures", "What the visitor saw", f'<div class="pictures">{figures}</div>')


def gaps(scan: Scan) -> str:
    """What could not be tested, and what is to be known about the browser."""
    told = "".join(
        f"<li><strong>{text(words.state(gap.state))}</strong>: "
        + (
            "there is nothing to choose on this site."
            if gap.reason == "nothing-to-choose"
            else text(gap.message or gap.reason)
        )
        + "</li>"
        for gap in scan.not_tested
    )
    body = f"<ul>{told}</ul>" if told else "<p>Every state that was asked for was driven.</p>"
    notes = "".join(f"<li>{text(note)}</li>" for note in scan.notes)
    return section("gaps", "Not tested, and notes", body + (f"<ul>{notes}</ul>" if notes else ""))


def pages(scan: Scan) -> str:
    """The pages that were visited."""
    listed = "".join(f"<li>{code(page)}</li>" for page in scan.pages)
    body = f"<details><summary>{words.number(len(scan.pages), 'page')}</summary><ol>{listed}</ol></details>"
    return section("pages", "Pages visited", body)
