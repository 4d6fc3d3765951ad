"""cookies.toml: what it may say, what it must not, and that nothing is lost on the way."""

from time import process_time

import pytest
from hypothesis import given, settings

from bredele.core.declaration import Declaration
from bredele.core.errors import InvalidRegistry
from bredele.core.lifetime import SESSION, parse_lifetime
from bredele.core.registry import Registry, Site
from bredele.formats.toml import read_registry, write_registry
from tests.formats.strategies import ANY_WORDS, registries


def entry(lines: str, site: str = "") -> Declaration:
    """The one declaration of a file with these lines under [[cookies]]."""
    return read_registry(f"schema = 1\n{site}\n[[cookies]]\n{lines}".encode()).cookies[0]


def faults(text: str) -> dict[str, str]:
    """Place to message and cure."""
    with pytest.raises(InvalidRegistry) as caught:
        read_registry(text.encode())
    return {problem.where: f"{problem.message} {problem.cure}" for problem in caught.value.problems}


@settings(max_examples=60)
@given(registries())
def test_a_written_registry_reads_back_the_same(registry: Registry) -> None:
    assert read_registry(write_registry(registry).encode()) == registry


@given(ANY_WORDS)
def test_any_words_survive_the_file(words: str) -> None:
    registry = Registry(site=Site(name={"en": words}))
    assert read_registry(write_registry(registry).encode()) == registry


@settings(max_examples=30)
@given(registries())
def test_the_written_form_is_canonical(registry: Registry) -> None:
    text = write_registry(registry)
    assert write_registry(read_registry(text.encode())) == text


def test_a_check_needs_only_names_purpose_and_lifetime() -> None:
    assert entry('names = ["a"]\npurpose = "necessary"\nlifetime = "session"') == Declaration(
        names=("a",), purpose=("necessary",), lifetime=SESSION
    )


def test_a_bare_text_is_in_the_first_language_of_the_site() -> None:
    assert entry('names = ["a"]\nfunction = "Panier"', '[site]\nlanguages = ["fr", "en"]').function == {"fr": "Panier"}
    assert entry('names = ["a"]\nfunction = "Basket"').function == {"en": "Basket"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"front and back office"', ("front office", "back office")),
        ('"both"', ("front office", "back office")),
        ('["back office", "front office"]', ("front office", "back office")),
        ('"API"', ("api",)),
        ('["front office", "api"]', ("front office", "api")),
    ],
)
def test_locations_are_read_as_people_write_them(written: str, read: tuple[str, ...]) -> None:
    assert entry(f'names = ["a"]\nlocation = {written}').location == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("", None), ('third_party_access = "none"', ()), ("third_party_access = []", ()),
     ('third_party_access = "Ads Inc."', ("Ads Inc.",)), ('third_party_access = ["A", "B"]', ("A", "B"))],
)  # fmt: skip
def test_third_party_access_is_answered_or_not(written: str, read: tuple[str, ...] | None) -> None:
    """No answer is something else than the answer "nobody".

    Rules: REG-07
    """
    assert entry(f'names = ["a"]\n{written}').third_party_access == read


def test_origins_and_hosts_are_normalised() -> None:
    registry = read_registry(
        b'schema = 1\n[site]\norigin = "HTTPS://Town.Example:443/"\n[[cookies]]\nnames = ["a"]\n'
        b'hosts = [".Ads.Example"]'
    )
    assert registry.site.origin == "https://town.example"
    assert registry.cookies[0].hosts == (".ads.example",)


def test_every_problem_is_told_at_once_with_its_table_path_and_cure() -> None:
    """Unknown keys, wrong types, unknown locations, odd lifetimes, bare wildcards: all of them, none hidden.

    Rules: REG-11
    """
    found = faults(
        """schema = 1
colour = "red"
[site]
nam = "x"
origin = "town"
languages = ["english"]
jurisdiction = "Mars"
statistics = "all"
[[purposes]]
id = "Own Purpose"
[[cookies]]
names = ["*"]
lifetime = "until I die"
location = "cellar"
refreshed = "yes"
hosts = ["https://ads.example/"]
same_site = "Sometimes"
path = "shop"
[[cookies]]
names = "sid"
lifetime = 3600
function = 7
exemption = { kind = "because" }
third_party_access = [1]
[[cookies]]
provider = "nobody named it"
exemption = { reason = "x" }
kind = "biscuit"
"""
    )
    assert set(found) == {
        "colour",
        "site.nam",
        "site.origin",
        "site.languages[0]",
        "site.jurisdiction",
        "site.statistics",
        "purposes[0].id",
        "cookies[0].names[0]",
        "cookies[0].lifetime",
        "cookies[0].location",
        "cookies[0].refreshed",
        "cookies[0].hosts[0]",
        "cookies[0].same_site",
        "cookies[0].path",
        "cookies[1].names",
        "cookies[1].lifetime",
        "cookies[1].function",
        "cookies[1].exemption.kind",
        "cookies[1].third_party_access[0]",
        "cookies[2].names",
        "cookies[2].exemption.kind",
        "cookies[2].kind",
    }
    assert '"until I die" is not a lifetime' in found["cookies[0].lifetime"]
    assert "P6M" in found["cookies[0].lifetime"]
    assert 'Did you mean "name"?' in found["site.nam"]
    assert all(text.rstrip().endswith((".", "?")) for text in found.values())


@pytest.mark.parametrize("name", ["*", "**", "", "a*b", "*a*", "a b", "a;b", "a=b"])
def test_names_that_could_mean_anything_are_refused(name: str) -> None:
    """Rules: REG-11"""
    assert list(faults(f'schema = 1\n[[cookies]]\nnames = ["{name}"]')) == ["cookies[0].names[0]"]


def test_overlapping_patterns_with_different_purposes_are_refused() -> None:
    """Rules: REG-11"""
    text = """schema = 1
[[cookies]]
names = ["_pk_*"]
purpose = "measurement"
[[cookies]]
names = ["x", "_pk_id*"]
purpose = "{other}"
"""
    assert list(faults(text.format(other="advertising"))) == ["cookies[1].names[1]"]
    assert len(read_registry(text.format(other="measurement").encode()).cookies) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [("schema = 1\n[site\n", 2), ("schema = 1\n\nnames = [1\nx", 4), ("schema = 1\nschema = 1", 2), ("=", 1)],
)
def test_a_syntax_error_names_its_line(text: str, line: int) -> None:
    assert list(faults(text)) == [f"line {line}"]


def test_the_form_must_be_stated() -> None:
    assert list(faults("[site]\nname = 'x'")) == ["schema"]
    assert list(faults("schema = 2")) == ["schema"]
    assert list(faults("schema = true")) == ["schema"]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"x" * 5_000_000, "offset 1000000"),
        (b"\x89PNG\r\n\x1a\n\x00", "line 2, offset 6"),
        (b"schema = 1\n\x00", "line 2, offset 11"),
        (b"schema = 1\n# caf\xe9", "line 2, offset 16"),
        (b"a = " + b"[" * 100_000, "line 1"),
        (b"a = " + b"1" * 5_000, "line 1"),
        (b"schema = 1\n" + b"a." * 300_000 + b"b = 1", "line 2"),
        (b'"a" . ' * 150_000 + b"b = 1", "line 1"),
    ],
)
def test_hostile_bytes_are_refused_fast_and_with_their_place(data: bytes, where: str) -> None:
    began = process_time()
    with pytest.raises(InvalidRegistry) as caught:
        read_registry(data)
    assert process_time() - began < 3
    assert [problem.where for problem in caught.value.problems] == [where]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_registry(b"\xef\xbb\xbfschema = 1\n") == Registry()


def test_too_many_entries_are_answered_with_the_limit() -> None:
    text = "schema = 1\n" + "[[cookies]]\nnames = ['a']\n" * 2_000
    assert "At most 1000" in faults(text)["cookies"]


def test_a_lifetime_beyond_the_calendar_is_refused() -> None:
    assert (
        "hundred years" in faults('schema = 1\n[[cookies]]\nnames = ["a"]\nlifetime = "P9999Y"')["cookies[0].lifetime"]
    )
    assert entry('names = ["a"]\nlifetime = "P99Y"').lifetime == parse_lifetime("P99Y")
