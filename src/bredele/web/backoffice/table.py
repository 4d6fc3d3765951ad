"""The table of declarations, and what it may be narrowed to."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from bredele.core.declaration import Declaration
from bredele.core.policy import lifetime_text, purpose_label
from bredele.core.registry import Registry
from bredele.core.validation import Problem
from bredele.formats.domains import registrable_domain

PLACE = re.compile(r"cookies\[(\d+)\]")


@dataclass(frozen=True)
class Row:
    """One declaration as the table shows it; `place` is its index in the draft."""

    place: int
    entry: Declaration
    kind: str
    party: str
    purposes: tuple[str, ...]
    lifetime: str
    asked: bool
    errors: int
    others: int


@dataclass(frozen=True)
class Filter:
    """What the table is narrowed to; empty means everything."""

    words: str = ""
    purpose: str = ""
    kind: str = ""
    show: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != Filter()

    def fits(self, row: Row) -> bool:
        """Whether the row is shown."""
        return (
            (not self.purpose or self.purpose in row.entry.purpose)
            and (not self.kind or self.kind == row.entry.kind)
            and self.fits_state(row)
            and all(word in searched(row.entry) for word in self.words.casefold().split())
        )

    def fits_state(self, row: Row) -> bool:
        """Whether the row is in the state asked for."""
        states = {"": True, "problems": row.errors + row.others > 0, "asked": row.asked, "exempt": not row.asked}
        return states.get(self.show, True)


def read_filter(query: QueryDict) -> Filter:
    """The filter a query says; unknown values narrow to nothing that exists."""
    return Filter(
        words=query.get("q", "").strip()[:200],
        purpose=query.get("purpose", ""),
        kind=query.get("kind", ""),
        show=query.get("show", ""),
    )


def rows(registry: Registry, problems: Iterable[Problem]) -> tuple[Row, ...]:
    """Every declaration with how many problems it has."""
    errors: Counter[int] = Counter()
    others: Counter[int] = Counter()
    for problem in problems:
        found = PLACE.match(problem.where)
        if found is not None:
            (errors if problem.severity == "error" else others)[int(found[1])] += 1
    return tuple(
        Row(
            place=place,
            entry=entry,
            kind=entry.kind.replace("_", " "),
            party=registry.party(entry, registrable_domain),
            purposes=tuple(purpose_label(registry, purpose, "en") or purpose for purpose in entry.purpose),
            lifetime=lifetime_text(entry.lifetime, "en") if entry.lifetime else "",
            asked=not registry.exempt(entry),
            errors=errors[place],
            others=others[place],
        )
        for place, entry in enumerate(registry.cookies)
    )


def searched(entry: Declaration) -> str:
    """Everything a search looks at, in one text."""
    texts = (*entry.function.values(), *entry.purpose_text.values())
    return " ".join((*entry.names, *entry.hosts, entry.provider or "", *texts)).casefold()
