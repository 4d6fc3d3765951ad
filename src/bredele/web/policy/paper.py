"""The policy as PDF, set once for each version and language."""

from functools import lru_cache
from importlib.util import find_spec

from bredele.core.policy import build
from bredele.core.registry import Version
from bredele.formats.domains import registrable_domain
from bredele.formats.published import encode_version, fingerprint

LIBRARIES = ("typst", "fontpkg_amiri")
KEPT = 32
"""PDFs kept in memory, about 100 kB each."""
_set: dict[tuple[str, str], bytes] = {}


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether what `[pdf]` brings is installed."""
    return all(find_spec(library) is not None for library in LIBRARIES)


def printed(version: Version, language: str) -> bytes:
    """The document on paper; setting it takes a tenth of a second, so the last ones are kept."""
    key = (fingerprint(encode_version(version)), language)
    if key not in _set:
        from bredele.formats.policy_pdf import as_pdf

        while len(_set) >= KEPT:
            _set.pop(next(iter(_set)), None)
        _set[key] = as_pdf(build(version, language, registrable_domain), key[0])
    return _set[key]
