"""The facts of a site as they are now, and the document on paper."""

from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings

from bredele.collector.checks import kept
from bredele.core.registry import Registry
from bredele.web.registry.index import site_index
from bredele.web.reports.assessment.document import Assessment, Facts, Scanned, assess
from bredele.web.scans import proofs
from bredele.web.statistics.store import statistics_store


def assessment(slug: str, origin: str, draft: Registry, language: str, now: datetime) -> Assessment:
    """The document of a site; before its first version, of its draft."""
    site = site_index().by_slug(slug)
    version, data, proof = site.version if site else None, settings.BREDELE.data, proofs.latest(slug)
    facts = Facts(
        slug=slug,
        origin=origin,
        registry=version.registry if version else draft,
        version=version,
        settings=settings.BREDELE,
        results=kept.read(data),
        doubts=kept.doubts(data, now),
        deletions=statistics_store().deletions(),
        scan=Scanned(when=proof.when, version=proof.version, verdict=proof.verdict) if proof else None,
        sites=len(site_index().sites()),
        now=now.astimezone(ZoneInfo(settings.BREDELE.time_zone)),
    )
    return assess(facts, language)


def as_pdf(made: Assessment) -> bytes:
    """On A4, tagged (PDF/UA-1); ModuleNotFoundError without the `[pdf]` extra."""
    import typst

    from bredele.formats.policy_pdf import UNPRINTABLE, fonts, printable

    plain = msgspec.to_builtins(made)
    plain["criteria"] = [{**one, "number": str(one["number"])} for one in plain["criteria"]]
    told = printable(plain, UNPRINTABLE["ltr"])
    paper: bytes = typst.compile(
        (files("bredele.web.reports.assessment") / "assessment.typ").read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=fonts("ltr"),
        sys_inputs={"assessment": msgspec.json.encode(told).decode()},
        timestamp=int(made.made.timestamp()),
    )
    return paper
