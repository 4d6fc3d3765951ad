"""Other people's lists, each in its real form, recognised by what they hold."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.errors import UnreadableDocument
from bredele.formats.knowledge.cells import of_seconds, read_hosts, read_name, read_retention
from bredele.formats.knowledge.reading import read

HEAD = (
    "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,"
    "User Privacy & GDPR Rights Portals,Wildcard match"
)
ROWS = (
    '1,Measurer,Analytics,_meas_,,"Counts, visits",13 months,Measurer Ltd,https://measurer.example/privacy,1',
    "2,Pictures,Functional,sessionid,pictures.example (3rd party),Sign-in,session,Pictures Ltd,,0",
    "3,Nameless,Marketing,,ads.example,,1 year,,,0",
    "4,Odd,Sorcery,odd_one,,,Unknown,,,0",
)
CSV = "\r\n".join((HEAD, *ROWS))
OCD_JSON = {
    "Measurer": [
        {
            "id": "1",
            "category": "Analytics",
            "cookie": "_meas_",
            "domain": "",
            "description": "Counts, visits",
            "retentionPeriod": "13 months",
            "dataController": "Measurer Ltd",
            "privacyLink": "https://measurer.example/privacy",
            "wildcardMatch": "1",
        }
    ]
}
EDPB = [
    {
        "name": "A list",
        "author": "Somebody",
        "category": "cookie",
        "knowledges": [
            {
                "kind": "cookie",
                "domain": "",
                "name": "_meas_",
                "category": "analytics",
                "source": "Measurer",
                "controller": "Measurer Ltd",
                "policy": "https://measurer.example/privacy",
                "reference": "1",
                "comment": "Counts, visits",
            }
        ],
    }
]
TRACKERDB = {
    "categories": {"site_analytics": {"name": "Site Analytics"}},
    "organizations": {"measurer": {"name": "Measurer Ltd", "privacy_policy_url": "https://measurer.example/privacy"}},
    "patterns": {
        "measurer": {
            "name": "Measurer",
            "category": "site_analytics",
            "organization": "measurer",
            "domains": ["stats.measurer.example"],
            "filters": ["||measurer.example/x^$3p"],
        },
        "network": {"name": "Network", "category": "cdn", "organization": None, "domains": []},
    },
    "domains": {"stats.measurer.example": "measurer", "cdn.network.example": "network"},
    "filters": {},
}
SERVICES = {
    "license": "... GNU General Public License ...",
    "categories": {"Advertising": [{"Adverts": {"http://adverts.example/": ["adverts.example", "ads.example"]}}]},
}
RADAR = {
    "domain": "measurer.example",
    "owner": {"name": "Measurer Limited", "displayName": "Measurer", "privacyPolicy": "https://measurer.example/p"},
    "fingerprinting": 2,
    "resources": [],
    "categories": ["Analytics", "Ad Motivated Tracking"],
}
ADBLOCK = """[Adblock Plus 2.0]
! Title: A privacy list
! Homepage: https://list.example/
! Licence: https://list.example/licence
||measurer.example^$third-party
||ads.example^
||cdn.example/path/ads.js
||one.example^$domain=other.example
@@||good.example^
example.org##.banner
"""


def stored(folder: Path, content: object, name: str = "list") -> Path:
    """The content in a file whose name says nothing."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_the_open_cookie_database_as_csv(tmp_path: Path) -> None:
    base = read(stored(tmp_path, "\ufeff" + CSV))
    assert (base.source.form, base.source.licence, base.source.facts) == ("open-cookie-database-csv", "Apache-2.0", 3)
    measurer, pictures, odd = base.facts
    assert (measurer.pattern, measurer.purpose, measurer.lifetime) == ("_meas_*", "measurement", "P13M")
    assert (measurer.provider, measurer.description) == ("Measurer", "Counts, visits")
    assert (pictures.name, pictures.hosts, pictures.own) == ("sessionid", ("pictures.example",), False)
    assert (pictures.purpose, pictures.lifetime) == ("necessary", "session")
    assert (odd.category, odd.purpose, odd.lifetime) == ("Sorcery", None, None)


def test_its_json_and_the_edpb_form_say_the_same(tmp_path: Path) -> None:
    by_csv = read(stored(tmp_path, CSV)).facts[0]
    by_json = read(stored(tmp_path, OCD_JSON)).facts[0]
    by_edpb = read(stored(tmp_path, EDPB))
    assert by_json == by_csv
    assert by_edpb.source.form == "edpb"
    assert by_edpb.source.title == "A list"
    (fact,) = by_edpb.facts
    assert (fact.pattern, fact.provider, fact.purpose) == ("_meas_*", "Measurer", "measurement")


def test_trackerdb_gives_hosts_with_their_organisation(tmp_path: Path) -> None:
    measurer, network = read(stored(tmp_path, TRACKERDB)).facts
    assert (measurer.hosts, measurer.provider) == (("stats.measurer.example",), "Measurer (Measurer Ltd)")
    assert (measurer.purpose, measurer.policy) == ("measurement", "https://measurer.example/privacy")
    assert (network.hosts, network.purpose) == (("cdn.network.example",), None)


def test_disconnect_states_its_own_licence(tmp_path: Path) -> None:
    base = read(stored(tmp_path, SERVICES))
    assert base.source.licence == "GPL-3.0-or-later"
    (fact,) = base.facts
    assert (fact.hosts, fact.provider, fact.purpose) == (("adverts.example", "ads.example"), "Adverts", "advertising")


def test_a_tracker_radar_folder_counts_a_host_once(tmp_path: Path) -> None:
    stored(tmp_path, {**RADAR, "categories": []}, "domains/DE/measurer.example.json")
    stored(tmp_path, RADAR, "domains/US/measurer.example.json")
    stored(tmp_path, {"name": "Measurer"}, "entities/Measurer.json")
    base = read(tmp_path)
    (fact,) = base.facts
    assert (fact.provider, fact.purpose, fact.description) == (
        "Measurer",
        "advertising",
        "Fingerprinting score 2 of 3.",
    )
    assert base.source.licence == "CC-BY-NC-SA-4.0"


def test_an_adblock_list_speaks_of_whole_hosts_only(tmp_path: Path) -> None:
    base = read(stored(tmp_path, ADBLOCK))
    assert [fact.hosts[0] for fact in base.facts] == ["measurer.example", "ads.example"]
    assert {fact.purpose for fact in base.facts} == {"measurement"}
    assert base.source.title == "A privacy list"
    assert (base.source.url, base.source.licence) == ("https://list.example/", "https://list.example/licence")


@pytest.mark.parametrize("content", ["", "a,b\n1,2", "{}", "[]", "[1, 2]", "{", '{"a": [1]}', "just words", "\x00\x01"])
def test_anything_else_is_refused_with_the_list_of_what_is_known(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableDocument, match="Open Cookie Database"):
        read(stored(tmp_path, content))


def test_a_folder_without_domains_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="nothing that can be used"):
        read(tmp_path)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(UnreadableDocument, match="not UTF-8"):
        read(path)


@given(st.text(max_size=300))
def test_no_text_crashes_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "list"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with suppress(UnreadableDocument):
        assert read(path).facts


@pytest.mark.parametrize(
    ("cell", "wildcard", "expected"),
    [
        ("_ga", False, ("_ga", "exact")),
        ("_ga_", False, ("_ga_", "prefix")),
        ("AMCV", True, ("AMCV", "prefix")),
        ("SSPR_*", False, ("SSPR_", "prefix")),
        ("pvc_visits[0]", False, ("pvc_visits[0]", "exact")),
        ("wp-settings-[UID]", False, ("wp-settings-", "prefix")),
        ("<id>_session_state", False, ("_session_state", "suffix")),
        ("*", False, None),
        ("two words", False, None),
        ("", True, None),
    ],
)
def test_names_lose_their_placeholders(cell: str, wildcard: bool, expected: tuple[str, str] | None) -> None:
    assert read_name(cell, wildcard) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("adform.net (3rd party)", (("adform.net",), False)),
        (" .mediarithmics.com", (("mediarithmics.com",), False)),
        (
            "google-analytics.com (3rd party) or advertiser's website domain (1st party)",
            (("google-analytics.com",), True),
        ),
        ("", ((), False)),
    ],
)
def test_hosts_lose_their_remarks(cell: str, expected: tuple[tuple[str, ...], bool]) -> None:
    assert read_hosts(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2 years", "P2Y"),
        ("90 sec", "PT90S"),
        ("End of session (browser)", "session"),
        ("forever", "persistent"),
        ("13 months by default, modifiable", "P13M"),
        ("30 minutes, 3w or 1y depending on value", None),
        ("180 days after last activity", "P180D"),
        ("180 days after last activity or 10 years when opting out", None),
        ("0 days", None),
        ("immediately removed", None),
        ("Unknown", None),
        ("", None),
    ],
)
def test_lifetimes_are_read_or_left_out(cell: str, expected: str | None) -> None:
    assert read_retention(cell) == expected


def test_seconds_become_days_where_they_are_whole() -> None:
    assert [of_seconds(seconds) for seconds in (86_400.0, 90.5, 0, -1)] == ["P1D", "PT90S", None, None]
