"""Registries as hypothesis makes them: everything a file can hold, and nothing a reader must refuse."""

from hypothesis import strategies as st

from bredele.core.declaration import STANDARD_PURPOSES, Declaration, Exemption
from bredele.core.lifetime import PERSISTENT, SESSION, Lifetime
from bredele.core.registry import Purpose, Registry, Site

TRICKY = (
    "x",
    "Town",
    "Se souvenir de vous",
    "“quoted”",
    '"',
    "'",
    "\\",
    "\\n",
    "a\tb",
    "a\nb",
    "\x7f",
    "a\u2028b",
    "é 😀",
    "# no",
    '"""',
    "[table]",
    "a = 1",
    " leads and trails ",
    "\u00a0x",
    "\ufeff",
    "true",
    "{x}",
    "none at all",
)
WORDS = st.sampled_from(TRICKY)
ANY_WORDS = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda words: words.strip() != "")
NAME_SIGNS = st.sampled_from("abcXYZ019_-.$")
SLUGS = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z]", fullmatch=True)
HOSTS = st.from_regex(r"\.?[a-z]{1,6}(\.[a-z]{1,6}){1,2}", fullmatch=True)
LANGUAGES = st.lists(st.sampled_from(["en", "fr", "de", "pt-BR", "ast"]), min_size=1, max_size=2, unique=True)
LIFETIMES = st.one_of(
    st.sampled_from([SESSION, PERSISTENT]),
    st.builds(
        lambda number, unit: Lifetime(iso8601=f"P{number}{unit}"),
        st.integers(1, 90),
        st.sampled_from(["Y", "M", "W", "D", "DT3H", "Y6M"]),
    ),
    st.integers(1, 3_000_000_000).map(lambda seconds: Lifetime(iso8601=f"PT{seconds}S")).filter(
        lambda lifetime: len(str(lifetime)) <= 12
    ),
)  # fmt: skip


def texts(languages: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """Words in some of the languages."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(languages, WORDS))


@st.composite
def declarations(draw: st.DrawFn, place: int, languages: list[str]) -> Declaration:
    """One entry; its place in its names keeps entries from overlapping."""
    name = f"{place}{draw(st.text(NAME_SIGNS, min_size=1, max_size=8))}"
    purposes = draw(st.lists(st.sampled_from(STANDARD_PURPOSES) | SLUGS, max_size=2, unique=True))
    flags = st.none() | st.booleans()
    exemptions = st.builds(
        Exemption,
        kind=st.sampled_from(["transmission", "strictly_necessary", "audience"]),
        reason=texts(languages),
    )
    return Declaration(
        names=(name, f"{name}!*") if draw(st.booleans()) else (name,),
        kind=draw(st.sampled_from(["cookie", "local_storage", "pixel"])),
        provider=draw(st.none() | WORDS),
        function=draw(texts(languages)),
        location=draw(st.sampled_from([(), ("api",), ("front office", "back office"), ("front office", "api")])),
        purpose=tuple(purposes),
        purpose_text=draw(texts(languages)),
        stated_type=draw(st.none() | WORDS),
        lifetime=draw(st.none() | LIFETIMES),
        refreshed=draw(st.booleans()),
        hosts=tuple(draw(st.lists(HOSTS, max_size=2, unique=True))),
        path=draw(st.sampled_from([None, "/", "/shop"])),
        secure=draw(flags),
        http_only=draw(flags),
        same_site=draw(st.sampled_from([None, "Strict", "Lax", "None"])),
        partitioned=draw(flags),
        exemption=draw(st.none() | exemptions),
        third_party_access=draw(st.none() | st.lists(WORDS, max_size=2, unique=True).map(tuple)),
        erase=draw(st.sampled_from([None, "https://ads.example/erase"])),
    )


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """A whole registry."""
    languages = draw(LANGUAGES)
    names = ("name", "controller", "contact", "transfers", "retention", "authority", "rights")
    site = Site(
        **{field: draw(texts(languages)) for field in names},
        origin=draw(st.sampled_from(["", "https://town.example", "http://localhost:8000"])),
        languages=tuple(languages),
        jurisdiction=draw(st.sampled_from(["EU", "FR"])),
        statistics=draw(st.sampled_from([None, "off", "pageviews", "visitors"])),
    )
    slugs = draw(st.lists(SLUGS, max_size=2, unique=True))
    count = draw(st.integers(0, 2))
    return Registry(
        site=site,
        purposes=tuple(Purpose(id=slug, label=draw(texts(languages))) for slug in slugs),
        cookies=tuple(draw(declarations(place, languages)) for place in range(count)),
    )
