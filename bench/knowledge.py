"""How well the Open Cookie Database's own rows are told apart, and how often "necessary" is proposed wrongly.

    .venv/bin/python -m bench.knowledge PATH/open-cookie-database.csv

Three trials on one file:
known    everything is loaded, each row is asked for as a browser would show it (a wildcard gets an identifier);
unseen   half of the providers are loaded, the rows of the other half are asked for (ten splits);
borrowed each name that its source ties to a host is asked for on a site that has nothing to do with it.
"""

import csv
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from bredele.formats.knowledge.cells import read_hosts
from bredele.formats.knowledge.cookie_lists import NAME
from bredele.formats.knowledge.matching import Knowledge
from bredele.formats.knowledge.purposes import of_name
from bredele.formats.knowledge.reading import read

SITE = "www.commune.example"
Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    """The rows whose category says a purpose."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if of_name(row["Category"]) and row[NAME].strip()]


def loaded(rows: Iterable[Row]) -> Knowledge:
    """Only these rows, by way of a file as a person would load it."""
    listed = list(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "part.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(listed[0]))
            writer.writeheader()
            writer.writerows(listed)
        return Knowledge([read(path)])


def asked(row: Row) -> tuple[str, str]:
    """Name and host as a browser would show the row; rows without a host belong to the visited site."""
    name = row[NAME].strip().replace("*", "")
    name += "3f9a1c2b7" if row["Wildcard match"] == "1" or row[NAME].strip().endswith("*") else ""
    hosts, _ = read_hosts(row["Domain"])
    return name, hosts[0] if hosts else SITE


def judged(base: Knowledge, rows: Iterable[Row], host: str | None = None) -> Iterator[tuple[str | None, str | None]]:
    """(proposed, true) purpose of each row."""
    for row in rows:
        name, own = asked(row)
        found = base.suggest(name, host or own, SITE)
        yield (found.purpose if found else None), of_name(row["Category"])


def told(label: str, pairs: list[tuple[str | None, str | None]]) -> None:
    """One line of figures."""
    right = sum(proposed == true for proposed, true in pairs)
    wrong = sum(proposed == "necessary" != true for proposed, true in pairs)
    unknown = sum(proposed is None for proposed, _ in pairs)
    total = len(pairs)
    sys.stdout.write(
        f"{label:<9} {total:>6} asked  {right / total:6.1%} right  {wrong / total:7.2%} wrongly necessary ({wrong})"
        f"  {unknown / total:6.1%} unknown\n"
    )


def main() -> None:
    """All three trials."""
    rows = rows_of(Path(sys.argv[1]))
    everything = loaded(rows)
    told("known", list(judged(everything, rows)))
    unseen: list[tuple[str | None, str | None]] = []
    providers = sorted({row["Platform"] for row in rows})
    for seed in range(10):
        half = set(random.Random(seed).sample(providers, len(providers) // 2))  # noqa: S311  # a split, no secret
        base = loaded(row for row in rows if row["Platform"] in half)
        unseen += judged(base, [row for row in rows if row["Platform"] not in half])
    told("unseen", unseen)
    tied = [row for row in rows if read_hosts(row["Domain"])[0] and not read_hosts(row["Domain"])[1]]
    told("borrowed", [(proposed, None) for proposed, _ in judged(everything, tied, SITE)])


if __name__ == "__main__":
    main()
