"""What a column's heading means, and what a cell or a group's heading states; unclear words stay unread."""

import re
from typing import Literal

from bredele.core.declaration import Type
from bredele.core.lifetime import Lifetime
from bredele.core.wording.lifetimes import read_lifetime_text
from bredele.formats.imported import ImportedLifetime
from bredele.formats.places import read_location
from bredele.formats.policy_blocks import Block

Field = Literal[
    "third_party_access", "lifetime", "provider", "hosts", "type", "names", "function", "location", "purpose", "consent"
]
HEADINGS: tuple[tuple[Field, str], ...] = (
    ("third_party_access", r"access|acc[eè]s\b|recipient|destinataire|shared with|partag|اطلاع|المتلق"),
    ("lifetime", r"life|duration|expir|retention|dur[ée]e|conservation|validit|\bperiod|max.?age|مدة|صلاحية"),
    (
        "provider",
        r"provider|supplier|vendor|fournisseur|[ée]metteur|set by|d[ée]pos[ée] par|company|owner|مزوّ?د|الجهة التي",
    ),
    ("hosts", r"domain|domaine|\bhosts?\b|نطاق|المضيف"),
    ("type", r"categor|cat[ée]gorie|\btypes?\b|\bkinds?\b|\bparty\b|الفئة|النوع"),
    ("function", r"function|fonction|وظيفة"),
    ("location", r"location|emplacement|المكان"),
    ("consent", r"consent|موافقة"),
    ("names", r"\bnames?\b|\bnoms?\b|^cookies?$|identifi|الاسم|الأسماء"),
    ("purpose", r"purpose|finalit|description|objecti[fv]|\bwhy\b|\buse|\busage|utilisation|pourquoi|غرض|أغراض|الغاية"),
)
"""The first that fits wins: `Service provider's name` is a provider, no name."""
TYPES: tuple[tuple[Type, re.Pattern[str]], ...] = (
    ("necessary", re.compile(r"necess|nécess|indispensab|required|\brequis|ضروري", re.IGNORECASE)),
    ("statistical", re.compile(r"statisti|analytic|measure|mesure|audience|performance|إحصائي|قياس", re.IGNORECASE)),
    (
        "third-party",
        re.compile(
            r"third|\btiers|\btierce|advert|publici|marketing|targeting|ciblage|social|sociaux|ثالث|إعلان|تواصل",
            re.IGNORECASE,
        ),
    ),
    (
        "first-party",
        re.compile(r"first.part|internal|interne|première partie|personali[sz]|داخلي|الطرف الأول|تخصيص", re.IGNORECASE),
    ),
)
NAME_BREAK = re.compile(r"\s*[,;،؛]\s*|\s+(?:and|et|or|ou|/)\s+|\s+")
LAST_BRACKETS = re.compile(r"^(?P<function>.*\S)\s*\((?P<location>[^()]*)\)$", re.DOTALL)


def column_fields(row: Block) -> tuple[Field | None, ...]:
    """The field of each column, if this row is a table's heading: it must name what is stored and one thing more."""
    fields = [field_of(cell.text) for cell in row.cells]
    known = [field for field in fields if field is not None]
    written = [cell for cell in row.cells if cell.text]
    if "names" not in known or len(set(known)) < 2 or len(known) * 2 <= len(written):
        return ()
    return tuple(None if field in fields[:place] else field for place, field in enumerate(fields))


def field_of(heading: str) -> Field | None:
    """The field a heading names; a long text is none."""
    if len(heading) > 50:
        return None
    return next((field for field, words in HEADINGS if re.search(words, heading, re.IGNORECASE)), None)


def read_names(cell: str) -> tuple[str, ...]:
    """Names as written, wildcards kept; remarks in brackets are left out."""
    plain = re.sub(r"\([^()]*\)", " ", cell)
    return tuple(dict.fromkeys(name.strip("“”\"'`") for name in NAME_BREAK.split(plain.strip()) if name))


def split_location(cell: str) -> tuple[str | None, str | None]:
    """`Authentication (front and back office)` as function and location; other brackets belong to the function."""
    match = LAST_BRACKETS.match(cell)
    if match and read_location(match["location"]):
        return match["function"], match["location"].strip()
    return cell or None, None


def read_type(text: str) -> Type | None:
    """One of the four kinds if the page's words name one; what it is for goes before whose it is."""
    found = [kind for kind, words in TYPES if words.search(text)]
    if "necessary" in found and len({"statistical", "third-party"} & set(found)):
        return None
    return found[0] if found else None


def read_lifetime(cell: str) -> ImportedLifetime:
    """The words, with the machine value where they are clear."""
    lifetime = read_lifetime_text(cell) or Lifetime()
    return ImportedLifetime(
        text=cell,
        iso8601=lifetime.iso8601,
        seconds=lifetime.seconds,
        session=lifetime.session,
        persistent=lifetime.persistent,
    )
