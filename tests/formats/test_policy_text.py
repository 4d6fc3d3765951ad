"""Importing a written policy: what it states, nothing more, and every fault at its place."""

from pathlib import Path
from time import process_time

import msgspec
import pytest

from bredele.core.errors import UnreadableDocument
from bredele.core.lifetime import parse_lifetime
from bredele.core.validation import problems
from bredele.formats.domains import registrable_domain
from bredele.formats.policy_text import import_policy, to_registry

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "civis" / "policy.txt").read_bytes()
SEED = ROOT.parent / "shared" / "data" / "seed" / "civis-cookies-policy.txt"
FOUR = ("sessionid", "django_language", "csrftoken", "cookies_preferences")
KEYS = {
    "names", "provider", "function", "location", "purpose", "type", "heading", "lifetime", "party", "hosts",
    "third_party_access", "where",
}  # fmt: skip
TABLE = "Cookies on <https://a.example>\n\nNecessary cookies\n\n{head}\n{row}\n"


def found(data: bytes) -> dict[str, tuple[int, int]]:
    """Warning code to line and column."""
    return {warning.code: (warning.where.line, warning.where.column) for warning in import_policy(data).warnings}


def one(head: str, row: str) -> dict[str, object]:
    """The JSON of the one declaration of a small table; | stands for a tab."""
    data = TABLE.format(head=head, row=row).replace("|", "\t").encode()
    (declaration,) = import_policy(data).declarations
    plain = msgspec.json.decode(msgspec.json.encode(declaration))
    assert isinstance(plain, dict)
    return plain


def cell_of(data: bytes, words: str) -> tuple[int, int]:
    """Line and column of words in a text."""
    lines = data.decode().splitlines()
    line = next(place for place, text in enumerate(lines) if words in text)
    return line + 1, lines[line].index(words) + 1


def check_faults(data: bytes) -> None:
    """The faults of RULES section 6, each at its place."""
    faults = found(data)
    assert faults["claims-measurement"] == cell_of(data, "perform web analytics")
    assert faults["mixed-types"] == cell_of(data, "Internal” or")
    assert faults["no-lifetime"] == faults["no-third-party-access"] == cell_of(data, "Service provider's name")
    assert faults["mixed-language"] == cell_of(data, "et back office")
    line, _ = cell_of(data, "csrftoken")
    assert faults["wrong-purpose"][0] == line
    assert faults["no-location"][0] == line + 1
    assert {"no-withdrawal", "no-contact", "no-date"} <= set(faults)
    assert "no-declarations" not in faults


def test_the_example_shows_every_fault_of_the_seed_document_at_its_place() -> None:
    """Rules: REG-16, REG-01, REG-05, REG-06, REG-07, POL-05, POL-06, POL-08, POL-01, PLT-07"""
    check_faults(EXAMPLE)


@pytest.mark.parametrize("data", [EXAMPLE, *([SEED.read_bytes()] if SEED.exists() else [])])
def test_the_four_rows_are_read_and_nothing_is_guessed(data: bytes) -> None:
    """Four declarations in the document's order; what it does not state is null.

    Rules: REG-01, REG-06, REG-07
    """
    check_faults(data)
    imported = import_policy(data)
    rows = imported.declarations
    assert tuple(name for row in rows for name in row.names) == FOUR
    assert (imported.language, imported.title) == ("en", "Cookies policy")
    assert imported.site in ("https://civis.example", "https://civis.opendatasoft.com")
    assert {row.type for row in rows} == {"necessary"}
    assert [row.location for row in rows] == ["front and back office"] * 2 + ["front et back office", None]
    assert [row.function for row in rows][:3] == ["Authentication", "Language selection", "API (CSRF)"]
    assert all(row.lifetime is None and row.party is None and row.third_party_access is None for row in rows)


def test_the_json_has_the_settled_shape() -> None:
    body = msgspec.json.decode(msgspec.json.encode(import_policy(EXAMPLE)))
    assert set(body) == {"site", "language", "title", "warnings", "declarations"}
    assert all(set(row) == KEYS for row in body["declarations"])
    assert all(set(warning) == {"code", "message", "where"} for warning in body["warnings"])
    assert all(set(warning["where"]) == {"line", "column"} for warning in body["warnings"])


def test_the_draft_takes_over_what_is_stated_and_cannot_be_published() -> None:
    """Purpose, lifetime and access stay empty; the claim to measure blocks publishing until it is settled.

    Rules: REG-16, POL-06, REG-07
    """
    draft = to_registry(import_policy(EXAMPLE))
    assert draft.site.origin == "https://civis.example"
    assert [entry.names[0] for entry in draft.cookies] == list(FOUR)
    assert draft.cookies[2].location == ("front office", "back office")
    assert all(not entry.purpose and entry.stated_type == "necessary" for entry in draft.cookies)
    errors = {
        problem.code
        for problem in problems(draft, publishing=True, registrable_domain=registrable_domain)
        if problem.severity == "error"
    }
    assert {"measurement-undeclared", "lifetime-missing", "third-party-access-missing", "controller-missing"} <= errors


def test_a_text_that_lists_no_cookie_is_answered() -> None:
    imported = import_policy(b"Cookies policy\n\nWe love cookies.\n")
    assert imported.declarations == ()
    assert "no-declarations" in {warning.code for warning in imported.warnings}
    assert [warning.code for warning in import_policy(b"").warnings] == ["no-declarations", "no-address"]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"Cookies\n\x00policy", "line 2, offset 8"),
        (b"\x89PNG\r\n\x1a\n\x00", "line 2, offset 6"),
        (b"%PDF-1.7\n%\xe2\xe3\x01", "line 2, offset 12"),
        (b"caf\xe9 \x81", "line 1, offset 5"),
        (b"x" * 5_000_000, "offset 1000000"),
    ],
)
def test_binary_and_huge_input_is_refused_fast_with_place_and_cure(data: bytes, where: str) -> None:
    began = process_time()
    with pytest.raises(UnreadableDocument) as caught:
        import_policy(data)
    assert process_time() - began < 0.5
    assert caught.value.where == where
    assert caught.value.cure


def test_western_letters_are_read_with_a_warning() -> None:
    data = "Politique de cookies\n\nLes données sont à vous.".encode("latin-1")
    imported = import_policy(data)
    assert imported.title == "Politique de cookies"
    assert ("encoding", 3) in {(warning.code, warning.where.line) for warning in imported.warnings}
    assert found(b"\xef\xbb\xbfCookies\n\nx").get("encoding") is None


def test_every_column_a_table_may_have_is_read() -> None:
    row = one(
        "Provider|Cookie name|Domain|Purpose|Category|Duration|Shared with",
        "Ads Inc.|_ad, _ad_*|.ads.net|Shows advertising|Marketing|up to 13 months|Partners of Ads",
    )
    assert row["names"] == ["_ad", "_ad_*"]
    assert row["hosts"] == [".ads.net"]
    assert row["party"] == "third"
    assert row["type"] == "third-party"
    assert row["lifetime"] == {
        "text": "up to 13 months", "iso8601": "P13M", "seconds": parse_lifetime("P13M").seconds,
        "session": False, "persistent": False,
    }  # fmt: skip
    assert row["third_party_access"] == "Partners of Ads"
    assert row["heading"] == "Necessary cookies"


def test_a_host_of_the_site_itself_is_first_party() -> None:
    """Rules: REG-05"""
    assert one("Name|Domain", "sid|shop.a.example")["party"] == "first"
    assert one("Name|Purpose", "sid|x")["party"] is None


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("Strictly necessary", "necessary"),
        ("Analytics", "statistical"),
        ("Mesure d’audience", "statistical"),
        ("Publicité", "third-party"),
        ("Third-party", "third-party"),
        ("First-party", "first-party"),
        ("Necessary and statistical", None),
        ("Various", None),
    ],
)
def test_the_page_s_own_classes_map_to_the_four_kinds_or_to_null(category: str, kind: str | None) -> None:
    assert one("Name|Category", f"sid|{category}")["type"] == kind


@pytest.mark.parametrize(
    ("cell", "function", "location"),
    [
        ("Authentication (front office)", "Authentication", "front office"),
        ("API (CSRF) (front et back office)", "API (CSRF)", "front et back office"),
        ("Connexion (SSO)", "Connexion (SSO)", None),
        ("Basket", "Basket", None),
        ("Call (API)", "Call", "API"),
    ],
)
def test_the_location_is_split_from_the_function(cell: str, function: str, location: str | None) -> None:
    row = one("Name|Function and location", f"sid|{cell}")
    assert (row["function"], row["location"]) == (function, location)


def test_an_unclear_lifetime_is_kept_as_text_and_warned_about() -> None:
    data = TABLE.format(head="Name\tDuration", row="sid\tuntil I die").encode()
    (row,) = import_policy(data).declarations
    assert row.lifetime is not None
    assert (row.lifetime.text, row.lifetime.seconds, row.lifetime.session) == ("until I die", None, False)
    assert found(data)["unclear-lifetime"] == (6, 5)


def test_a_known_measuring_cookie_among_the_necessary_ones_is_told() -> None:
    """Rules: REG-03"""
    data = TABLE.format(head="Name\tPurpose", row="_ga\tStatistics of visits").encode()
    assert found(data)["wrong-type"] == (6, 1)
    assert "claims-measurement" not in found(data + b"\nWe use web analytics.\n")


@pytest.mark.parametrize(
    "sentence",
    ["We do not use web analytics.", "Web analytics is a craft.", "We count visits in our analytics, without cookies."],
)
def test_only_a_claim_to_measure_is_a_claim(sentence: str) -> None:
    assert "claims-measurement" not in found(f"Cookies\n\n{sentence}\n".encode())


def test_rows_without_clear_headings_are_left_out_and_told() -> None:
    data = b"Cookies\n\nAcme\tsid\tTo sign in\n"
    assert import_policy(data).declarations == ()
    assert found(data)["unclear-table"] == (3, 1)


def test_a_second_table_of_another_shape_is_not_read_under_the_first_one_s_headings() -> None:
    first = TABLE.format(head="Name\tPurpose", row="sid\tTo sign in")
    imported = import_policy(f"{first}\nMore\n\nFoo\tBar\tBaz\nx\ty\tz\n".encode())
    assert [row.names for row in imported.declarations] == [("sid",)]
    assert found(f"{first}\nMore\n\nFoo\tBar\tBaz\nx\ty\tz\n".encode())["unclear-table"] == (10, 1)


def test_a_french_policy_is_read() -> None:
    text = """Politique de cookies

Ce site utilise des cookies et mesure son audience.

Quels cookies sont utilisés sur la plateforme <https://ville.example>

Cookies nécessaires

Nom du fournisseur\tFonction et emplacement\tNom(s)\tFinalités\tDurée de vie
Ville\tConnexion (front-office et back-office)\tsessionid\tSe souvenir de vous\tsession de navigation
Ville\tLangue (front-office)\tlangue\tSe souvenir of the langue\t12 mois
"""
    imported = import_policy(text.encode())
    assert imported.language == "fr"
    assert [row.location for row in imported.declarations] == ["front-office et back-office", "front-office"]
    first, second = (row.lifetime for row in imported.declarations)
    assert first is not None
    assert first.session
    assert second is not None
    assert second.iso8601 == "P12M"
    faults = found(text.encode())
    assert faults["claims-measurement"][0] == 3
    assert faults["mixed-language"] == (11, 48)


def test_a_web_page_is_read_like_a_text() -> None:
    html = """<!doctype html><html lang="en"><head><title>x</title><style>p { color: red }</style></head><body>
<h1>Cookies policy</h1><script>let a = "We use web analytics";</script>
<p>We use cookies.</p>
<h2>Cookies of <a href="https://town.example/">the town</a></h2>
<h3>Necessary cookies</h3>
<table><thead><tr><th>Provider</th><th>Name</th><th>Purpose</th></tr></thead>
<tbody><tr><td>Town &amp; Co</td><td><code>cart</code><br><code>cart_*</code></td><td>Keeps the basket</td></tr></tbody>
</table></body></html>"""
    imported = import_policy(html.encode())
    assert (imported.site, imported.title) == ("https://town.example", "Cookies policy")
    (row,) = imported.declarations
    assert (row.provider, row.names, row.type, row.where.line) == ("Town & Co", ("cart", "cart_*"), "necessary", 7)
    assert "claims-measurement" not in {warning.code for warning in imported.warnings}


@pytest.mark.parametrize("unit", ["a-", "a@", "“", "(", "a\t", "we use ", "<p>", "<a ", "anonym ", "access ", "a\tb "])
def test_no_text_takes_time_out_of_proportion(unit: str) -> None:
    began = process_time()
    import_policy((unit * (200_000 // len(unit.encode()))).encode())
    assert process_time() - began < 5


def test_a_text_in_too_many_pieces_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        import_policy(b"a\tb\n" * 30_000)
    assert caught.value.where == "line 20001"
