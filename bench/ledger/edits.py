"""One change at a time by someone who owns the file."""

import os
import secrets
import shutil
import sqlite3
from functools import partial
from pathlib import Path
from random import Random

from bench.ledger.records import judge, opened, record, say
from bredele.ledger.engine import FIXED
from bredele.ledger.log import Draft
from bredele.ledger.record import leaf_of
from bredele.ledger.report import Report
from bredele.ledger.sqlite import SqliteEngine
from bredele.ledger.verify import verify_log

EDITS = int(os.environ.get("BENCH_EDITS", "1000"))


def edits(place: Path) -> bool:
    """One change at a time by someone who owns the file, in every way that comes to mind: found, and at its place."""
    size = 300
    log = opened(place)
    random = Random(11)  # noqa: S311  # places to change, no secret
    while log.size() < size:
        log.append([Draft(record()) for _ in range(random.randint(1, 9))])
    size = log.size()
    log.checkpoint()
    log.close()
    path = place / "log.sqlite3"
    with sqlite3.connect(path) as connection:
        for name in FIXED:
            connection.execute(f"DROP TRIGGER {name}_no_update")
            connection.execute(f"DROP TRIGGER {name}_no_delete")
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    found = located = 0
    for number in range(EDITS):
        copy = place / "copy.sqlite3"
        shutil.copy(path, copy)
        kind = KINDS[number % len(KINDS)]
        connection = sqlite3.connect(copy)
        places = kind(connection, random, size)
        connection.commit()
        connection.close()
        report = verify_log(partial(SqliteEngine, copy))
        found += not report.holds
        if names(report, places):
            located += 1
        else:
            say(f"  not located: {kind.__name__} at {places}: {[check.where for check in report.faults][:5]}")
        for rest in place.glob("copy.sqlite3*"):
            rest.unlink()
    say(f"  {EDITS} changes of {len(KINDS)} kinds: {found} found, {located} located")
    return judge("found and located", located / EDITS, 1) and found == EDITS


def names(report: Report, places: set[int]) -> bool:
    """Whether a fault names the place: the record, or the two records of which it is one; the head for the last one."""
    for check in report.faults:
        numbers = [int(word) for word in check.where.split() if word.isdigit()]
        if check.where == "head" and places == {report.size - 1}:
            return True
        if numbers and places & set(range(numbers[0], numbers[-1] + 1)) and numbers[-1] - numbers[0] <= 2:
            return True
    return False


def one_of(connection: sqlite3.Connection, seq: int) -> tuple[bytes, bytes]:
    """Salt and record."""
    ((salt, data),) = connection.execute("SELECT salt, record FROM entries WHERE seq = ?", (seq,)).fetchall()
    return salt, data


def flip(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """One bit of a record, a salt or a leaf."""
    seq, column = random.randrange(size), random.choice(("record", "salt", "leaf"))
    ((value,),) = connection.execute(f"SELECT {column} FROM entries WHERE seq = ?", (seq,)).fetchall()  # noqa: S608  # one of three names
    changed = bytearray(value)
    changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    connection.execute(f"UPDATE entries SET {column} = ? WHERE seq = ?", (bytes(changed), seq))  # noqa: S608  # the same
    return {seq}


def back_date(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """An earlier time, the content only."""
    seq = random.randrange(size)
    _, data = one_of(connection, seq)
    connection.execute(
        "UPDATE entries SET record = ? WHERE seq = ?", (data.replace(b'"time":"20', b'"time":"19', 1), seq)
    )
    return {seq}


def back_date_with_leaf(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """An earlier time, and the leaf that fits it."""
    seq = random.randrange(size)
    salt, data = one_of(connection, seq)
    changed = data.replace(b'"time":"20', b'"time":"19', 1)
    connection.execute("UPDATE entries SET record = ?, leaf = ? WHERE seq = ?", (changed, leaf_of(salt, changed), seq))
    return {seq}


def turn_the_answer(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """A refusal made a grant, with a new salt and the leaf that fits."""
    seq = random.randrange(size)
    _, data = one_of(connection, seq)
    changed, salt = data.replace(b"refused", b"given"), random.randbytes(16)
    connection.execute(
        "UPDATE entries SET record = ?, salt = ?, leaf = ? WHERE seq = ?", (changed, salt, leaf_of(salt, changed), seq)
    )
    return {seq}


def remove(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """A record."""
    seq = random.randrange(size)
    connection.execute("DELETE FROM entries WHERE seq = ?", (seq,))
    return {seq}


def remove_and_close_up(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """A record, and the later ones take its number and the numbers after."""
    seq = random.randrange(size - 1)
    connection.execute("DELETE FROM entries WHERE seq = ?", (seq,))
    for later in range(seq + 1, size):
        connection.execute("UPDATE entries SET seq = ? WHERE seq = ?", (later - 1, later))
    return {seq - 1, seq, seq + 1}


def swap(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """Two whole records change places."""
    first, second = sorted(random.sample(range(size), 2))
    for old, new in ((first, -1), (second, first), (-1, second)):
        connection.execute("UPDATE entries SET seq = ? WHERE seq = ?", (new, old))
    return {first, second}


def swap_contents(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """Two records change places, the stored tree stays as it was."""
    first, second = random.sample(range(size), 2)
    rows = {
        seq: connection.execute("SELECT leaf, principal, salt, record FROM entries WHERE seq = ?", (seq,)).fetchone()
        for seq in (first, second)
    }
    for seq, other in ((first, second), (second, first)):
        connection.execute(
            "UPDATE entries SET leaf = ?, principal = ?, salt = ?, record = ? WHERE seq = ?", (*rows[other], seq)
        )
    return {first, second}


def erase_silently(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """The content of a record, without a word."""
    seq = random.randrange(size)
    connection.execute("UPDATE entries SET principal = NULL, salt = NULL, record = NULL WHERE seq = ?", (seq,))
    return {seq}


def file_under_another(connection: sqlite3.Connection, random: Random, size: int) -> set[int]:
    """The proof id a record is found by."""
    seq = random.randrange(size)
    connection.execute("UPDATE entries SET principal = ? WHERE seq = ?", (secrets.token_urlsafe(16), seq))
    return {seq}


KINDS = (
    flip,
    back_date,
    back_date_with_leaf,
    turn_the_answer,
    remove,
    remove_and_close_up,
    swap,
    swap_contents,
    erase_silently,
    file_under_another,
)
