"""The owner's side of scans: ask, follow, stop, plan, be told, and declare what was seen."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from bredele.core.findings import compare
from bredele.core.lifetime import SESSION, parse_lifetime
from bredele.core.observation import Observation, Scan
from bredele.core.registry import Version
from bredele.formats.domains import registrable_domain
from bredele.formats.knowledge import store
from bredele.formats.knowledge.fact import Base, Fact, Source
from bredele.formats.knowledge.matching import Knowledge
from bredele.web.alerts.models import Delivery
from bredele.web.registry import drafts
from bredele.web.scans import proofs, runs
from bredele.web.scans.carrying import judged
from bredele.web.scans.declaring import declaration_of, undeclared
from bredele.web.scans.models import Proof, Run, Schedule
from tests.web.backoffice.pages import fill, forms
from tests.web.conftest import asking, registry
from tests.web.publishing import MOMENT
from tests.web.scans.conftest import HOST, item, seen

PAGE = "/backoffice/town/scans/"
SOURCE = Source(title="A list", licence="MIT", url="https://list.example", form="test")


def press(client: Client, action: str) -> str:
    """Send one of the page's plain forms; where it leads."""
    fields = dict(forms(client.get(PAGE)))[action]
    answer = client.post(action, fields)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def recorded(version: Version, scan: Scan, minutes: int = 0) -> Proof:
    """A scan of the town on record."""
    facts = judged(scan, version, f"http://{HOST}:8000")
    return proofs.record("town", facts, MOMENT + timedelta(minutes=minutes))


def test_a_scan_is_asked_for_followed_and_stopped_by_plain_forms(signed_in: Client, town: Version) -> None:
    assert press(signed_in, f"{PAGE}now/") == f"{PAGE}?done=asked"
    run = Run.objects.get()
    assert (run.site, run.by, run.state) == ("town", "owner", Run.WAITING)
    page = signed_in.get(PAGE).content.decode()
    assert "Waiting" in page
    assert "bredele tick" in page
    claimed = runs.claim(MOMENT)
    assert claimed is not None
    runs.beat(claimed, ["no_choice: <b>3</b> pages"], MOMENT)
    page = signed_in.get(PAGE).content.decode()
    assert "&lt;b&gt;3&lt;/b&gt; pages" in page
    told = signed_in.get(f"{PAGE}progress.json")
    assert told.json() == {"open": True, "state": "running", "lines": ["no_choice: <b>3</b> pages"]}
    assert "no-store" in told.headers["Cache-Control"]
    assert press(signed_in, f"{PAGE}stop/") == f"{PAGE}?done=stopped"
    assert Run.objects.get().state == Run.STOPPING


def test_nothing_is_asked_for_by_a_link_or_by_a_stranger(client: Client, signed_in: Client, town: Version) -> None:
    assert signed_in.get(f"{PAGE}now/").status_code == 405
    signed_in.logout()
    assert signed_in.get(PAGE).status_code == 302
    assert signed_in.get(f"{PAGE}progress.json").status_code == 302
    assert not Run.objects.exists()


def test_the_calendar_and_the_receivers_are_kept(signed_in: Client, town: Version) -> None:
    answer = fill(
        signed_in,
        PAGE,
        with_field="every",
        every="weekly",
        pages="20",
        mail="dpo@example.org\nweb@example.org",
        webhook="https://hooks.example/x",
    )
    assert answer.status_code == 303
    kept = Schedule.objects.get()
    assert (kept.every, kept.pages, kept.webhook) == ("weekly", 20, "https://hooks.example/x")
    assert kept.mail == ["dpo@example.org", "web@example.org"]
    due = kept.due
    assert due is not None
    page = signed_in.get(PAGE).content.decode()
    assert "The next one is due on" in page
    assert "BREDELE_MAIL" in page
    secret = page.split('fingerprint">')[1].split("<")[0]
    assert len(secret) == 64
    fill(signed_in, PAGE, with_field="every", pages="21")
    assert Schedule.objects.get().due == due
    assert press(signed_in, f"{PAGE}secret/") == f"{PAGE}?done=renewed"
    assert secret not in signed_in.get(PAGE).content.decode()
    fill(signed_in, PAGE, with_field="every", every="never")
    assert Schedule.objects.get().due is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("mail", "nobody", "no mail address"),
        ("mail", "\n".join(f"a{number}@example.org" for number in range(21)), "At most 20"),
        ("webhook", "http://hooks.example/", "https address"),
        ("pages", "0", "greater than or equal to 1"),
        ("every", "hourly", "not one of the available choices"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    signed_in: Client, town: Version, field: str, value: str, words: str
) -> None:
    answer = fill(signed_in, PAGE, with_field="every", **{field: value})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Schedule.objects.exists()


def test_ended_runs_and_messages_are_history(signed_in: Client, town: Version) -> None:
    runs.end(runs.ask("town", "", MOMENT), MOMENT, message="Nothing answers at town.localhost.")
    Delivery.objects.create(
        site="town", kind="webhook", to="https://hooks.example/s3cr3t", subject="town: news", body="{}", made=MOMENT,
        tries=6, fault="It was answered with 500.",
    )  # fmt: skip
    page = signed_in.get(PAGE).content.decode()
    for words in ("by the calendar", "Nothing answers", "town: news", "given up", "It was answered with 500."):
        assert words in page
    assert "s3cr3t" not in page


def test_a_proof_says_what_is_new_and_gone_and_offers_to_declare(signed_in: Client, town: Version, data: Path) -> None:
    recorded(town, seen(item("old_one")))
    proof = recorded(town, seen(item("new_one"), item("theme", states=("accepted",))), minutes=5)
    store.write(
        data,
        Base(source=SOURCE, facts=(Fact(name="new_one", provider="Theirs", purpose="advertising", lifetime="P13M"),)),
    )
    page = signed_in.get(f"/backoffice/town/proofs/{proof.pk}/").content.decode()
    drift = page.split('id="drift"')[1].split("</section>")[0]
    assert "new_one (cookie" in drift.split("<h3>Gone</h3>")[0]
    assert "old_one (cookie" in drift.split("<h3>Gone</h3>")[1]
    listed = page.split('id="undeclared"')[1].split("</section>")[0]
    assert "Theirs, advertising, 13 months" in listed
    assert "A list, MIT" in listed
    assert f"/backoffice/town/declarations/new/?proof={proof.pk}&amp;item=0" in listed
    assert "theme" not in listed


def test_offered_to_declare_is_exactly_what_the_verdict_misses() -> None:
    """Rules: SCN-03"""
    box = asking("box", "social", hosts=("partner.example",))
    pictures = [item(f"/{host}.gif", host=host, kind="pixel") for host in ("partner.example", "stranger.example")]
    scan = seen(item("box", host="partner.example"), *pictures)
    declared = registry(box, origin=f"http://{HOST}:8000")
    found = compare(declared, scan, site_host=HOST, registrable_domain=registrable_domain)
    missed = [one.cookie for one in found if one.rule == "undeclared"]
    assert [one.item.name for one in undeclared(scan, declared, Knowledge(()))] == missed == ["/stranger.example.gif"]


def test_declaring_what_was_seen_opens_a_filled_form_with_its_source(
    signed_in: Client, town: Version, data: Path
) -> None:
    fact = Fact(name="_meas_", match="prefix", provider="Measurer", purpose="measurement", description="Counts")
    store.write(data, Base(source=SOURCE, facts=(fact,)))
    proof = recorded(town, seen(item("_meas_1a2b3c", session=False, declared_lifetime=34_127_998)))
    address = f"/backoffice/town/declarations/new/?proof={proof.pk}&item=0"
    page = signed_in.get(address).content.decode()
    for words in ("_meas_*", "Measurer", "Counts", "395 days", "A list", "MIT", "https://list.example"):
        assert words in page, words
    answer = fill(signed_in, address, purpose_text_en="To count", purpose_text_fr="Compter")
    assert answer.status_code == 303, answer.content.decode()
    made = drafts.draft("town").cookies[-1]
    assert (made.names, made.provider, made.purpose) == (("_meas_*",), "Measurer", ("measurement",))
    assert (made.lifetime, made.http_only, made.same_site) == (parse_lifetime("P395D"), True, "Lax")
    assert made.exemption is None
    assert "_meas_" not in signed_in.get(f"/backoffice/town/proofs/{proof.pk}/").content.decode().split('id="scan"')[0]


@pytest.mark.parametrize("query", ["proof=999999&item=0", "proof=x&item=0", "proof=1", "item=0", "proof=-1&item=-1"])
def test_an_item_no_scan_saw_is_a_page_that_says_so(signed_in: Client, town: Version, query: str) -> None:
    answer = signed_in.get(f"/backoffice/town/declarations/new/?{query}")
    assert answer.status_code == 404
    assert "No scan saw this item." in answer.content.decode()


def test_another_sites_proof_is_none_of_this_sites(signed_in: Client, town: Version, published_site: Version) -> None:
    proof = recorded(town, seen(item("one")))
    assert signed_in.get(f"/backoffice/civis/declarations/new/?proof={proof.pk}&item=0").status_code == 404


def test_what_the_browser_saw_goes_before_what_a_list_says() -> None:
    stored = Observation(name="k", host="cdn.other.example", kind="local_storage", states=("accepted",))
    entry = declaration_of(stored, HOST, None, "en")
    assert (str(entry.lifetime), entry.hosts, entry.secure, entry.purpose) == (
        "persistent", ("cdn.other.example",), None, ()
    )  # fmt: skip
    assert declaration_of(item("a"), HOST, None, "en").lifetime == SESSION
    several = item("a*b", names=("a1b", "a2b"))
    assert declaration_of(several, HOST, None, "en").names == ("a1b", "a2b")


def test_the_policy_page_follows_the_last_scan(signed_in: Client, client: Client, published_site: Version) -> None:
    page = "/terms/cookies-policy/"
    before = client.get(page).content.decode()
    own = seen(target="http://localhost:8000/")
    proofs.record("civis", judged(own, published_site, "http://localhost:8000"), MOMENT)
    after = client.get(page).content.decode()
    assert before != after
    assert "24 November 2026" in after


def test_a_proof_can_be_taken_along_in_every_form(signed_in: Client, town: Version) -> None:
    """Rules: SCN-07, SCN-09"""
    proof = recorded(town, seen(item("one")))
    page = signed_in.get(f"/backoffice/town/proofs/{proof.pk}/").content.decode()
    begins = {"report.html": b"<!doctype", "report.pdf": b"%PDF", "scan.json": b"{", "scan.sarif": b"{"}
    for form, start in begins.items():
        address = f"/backoffice/town/proofs/{proof.pk}/{form}"
        assert f'href="{address}"' in page
        answer = signed_in.get(address)
        assert answer.content.startswith(start), form
        assert answer.headers["Content-Disposition"] == f'attachment; filename="town-20261124-{form}"'
    assert "evidence.zip" not in page
    for form in ("evidence.zip", "report.doc", "secret.key"):
        assert signed_in.get(f"/backoffice/town/proofs/{proof.pk}/{form}").status_code == 404
    assert signed_in.get(f"/backoffice/civis/proofs/{proof.pk}/scan.json").status_code == 404
    signed_in.logout()
    assert signed_in.get(f"/backoffice/town/proofs/{proof.pk}/scan.json").status_code == 302


def test_a_proof_whose_file_was_altered_is_not_handed_out(signed_in: Client, town: Version, data: Path) -> None:
    proof = recorded(town, seen(item("one")))
    path = proofs.directory("town") / proof.file
    path.write_bytes(path.read_bytes() + b" ")
    assert signed_in.get(f"/backoffice/town/proofs/{proof.pk}/report.html").status_code == 404
