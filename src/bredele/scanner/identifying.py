"""Whether a value can tell one visitor from all others: long enough, and as irregular as only a random one is."""

import math
import re
from collections import Counter

BITS, SIGNS = 33.0, 8
"""As many bits as tell everybody on Earth apart; shorter values are settings."""
CLICK_FIELDS = frozenset(
    ("gclid", "dclid", "gbraid", "wbraid", "fbclid", "msclkid", "ttclid", "twclid", "li_fat_id", "yclid", "igshid",
     "mc_eid", "_hsenc", "vero_id", "wickedid", "oly_anon_id", "oly_enc_id", "rb_clickid", "mkt_tok", "epik", "scclid")
)  # fmt: skip
"""Query fields by which advertisers pass an identifier along."""
PLAIN = re.compile(
    r"(?:true|false|yes|no|on|off|null|undefined|granted|denied|accept\w*|reject\w*|[a-z]{2}(?:[-_][A-Za-z]{2,4})?|\d{1,7}"
    r"|\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?|1[5-9]\d{8}(?:\d{3})?)",
    re.IGNORECASE,
)
"""Flags, languages, small numbers, dates and times: the same for many."""


def identifies(value: str) -> bool:
    """Whether a value holds about 33 bits or more that no word, date or flag accounts for."""
    if len(value) < SIGNS or PLAIN.fullmatch(value):
        return False
    runs = re.findall(r"\d{8,}", value)
    if len(runs) > 1 and not all(PLAIN.fullmatch(run) for run in runs):
        return True  # a random number and the time it was drawn at
    return max((bits(piece) for piece in re.split(r"[^0-9A-Za-z]+", value) if piece), default=0.0) >= BITS or (
        "-" in value and bits(value.replace("-", "")) >= BITS * 2
    )


def bits(piece: str) -> float:
    """An estimate of the information in one run of letters and digits; plain words count for little."""
    if piece.isalpha() and (piece.islower() or piece.istitle() or piece.isupper()) and len(piece) < 20:
        return 0.0
    counts = Counter(piece)
    each = -sum(count / len(piece) * math.log2(count / len(piece)) for count in counts.values())
    return each * len(piece)
