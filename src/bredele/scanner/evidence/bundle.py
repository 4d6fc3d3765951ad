"""What goes into a bundle: the scan, what was seen of it, with what it was made, and against what it was held."""

from datetime import datetime
from typing import Any

import msgspec

from bredele import __version__
from bredele.core.observation import Scan
from bredele.core.registry import Registry
from bredele.formats import toml
from bredele.formats.published import fingerprint
from bredele.scanner.evidence.witness import Witness
from bredele.scanner.report import as_json
from bredele.scanner.reports.har import as_har
from bredele.scanner.reports.html import as_html
from bredele.scanner.reports.subject import Subject
from bredele.scanner.reports.words import verdict
from bredele.scanner.scan import NO_SANDBOX_NOTE

CAPTIONS = {"desktop": "On a desktop, before any choice", "phone": "On a phone, before any choice"}


def files_of(scan: Scan, registry: Registry | None, witness: Witness, finished: datetime) -> dict[str, bytes]:
    """Name to bytes of everything but the manifest. `finished` in UTC."""
    declared = toml.write_registry(registry).encode() if registry else b""
    shown = {CAPTIONS[name]: data for name, data in witness.pictures.items()}
    subject = Subject(scan, registry, "cookies.toml" if registry else "", declared.decode())
    files = {
        "about.json": as_bytes(about(scan, declared, witness, finished)),
        "scan.json": as_json(scan).encode() + b"\n",
        "report.html": as_html(subject, shown),
        "requests.har": as_har(scan, witness.calls),
        "storage.json": as_bytes(storage(scan)),
        **{f"{name}.png": data for name, data in witness.pictures.items()},
    }
    if registry:
        files["cookies.toml"] = declared
    return files


def about(scan: Scan, declared: bytes, witness: Witness, finished: datetime) -> dict[str, Any]:
    """Everything a reader needs to know to judge the scan (CNIL 2020-092 Art. 4)."""
    return {
        "target": scan.target,
        "verdict": verdict(scan)[1],
        "started": scan.started,
        "finished": finished,
        "scanner": f"Bredele {__version__}",
        "browser": scan.browser,
        "sandbox": "off" if NO_SANDBOX_NOTE in scan.notes else "on",
        "states": scan.states,
        "not_tested": scan.not_tested,
        "self_test": [note for note in scan.notes if "self-test" in note],
        "registry": {
            "version": scan.registry_version,
            "sha256": fingerprint(declared) if declared else None,
            "file": "cookies.toml" if declared else None,
        },
        "banner": witness.banner,
        "pictures": sorted(witness.pictures),
        "requests": {"noted": len(witness.calls), "cut_off": witness.cut},
        "masking": "Of a value its first sign and length are kept, of a query short words only, of a page nothing.",
    }


def storage(scan: Scan) -> list[dict[str, Any]]:
    """What was on the device, state by state; values are masked."""
    return [
        {
            "state": state,
            "stored": [
                {
                    "kind": item.kind,
                    "name": item.name,
                    "names": item.names,
                    "host": item.host,
                    "path": item.path,
                    "value": item.value,
                    "lifetime": item.effective_lifetime,
                    "session": item.session,
                    "attributes": item.attributes,
                    "set_by": item.set_by,
                }
                for item in scan.observations
                if state in item.states
            ],
        }
        for state in scan.states
    ]


def as_bytes(value: object) -> bytes:
    """JSON, indented, with a line break at its end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
