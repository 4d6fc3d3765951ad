"""`bredele stats about`: the answer to whoever asks what the statistics hold of them (GDPR Art. 11, 12, 15, 17)."""

import os

import click
import msgspec

from bredele.cli.format import format_option
from bredele.cli.web import now
from bredele.collector.counting import Counting
from bredele.core.errors import BredeleError
from bredele.core.settings import read_settings

NOBODY = (
    "The statistics hold no data relating to a person: only sums, with no name, number, address or device of anybody, "
    "so there is nothing to hand out, correct or erase (GDPR Art. 11)."
)
SHORTEST = 3


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """`sums` is how many counts hold the text, as a page's path may; each is a number of views, not a person."""

    sums: int
    person: bool
    answer: str


@click.command("about")
@click.argument("text")
@format_option
def about(text: str, form: str) -> None:
    """Search every sum, and what still waits, for TEXT: an IP address, an e-mail address, a proof id."""
    if len(text.strip()) < SHORTEST:
        raise BredeleError("That is too short to look for.", where="TEXT", cure="Write an address or an id in full.")
    counting = Counting(read_settings(os.environ), now)
    try:
        counting.folder.fold()
        sums = counting.folder.store.mentions(text.strip())
        counting.folder.store.close()
    finally:
        counting.close()
    click.echo(msgspec.json.encode(answer(sums)) if form == "json" else as_text(answer(sums)))


def answer(sums: int) -> Answer:
    """What is true whatever was found: a sum that holds a word says nothing of who wrote it."""
    return Answer(sums=sums, person=False, answer=NOBODY)


def as_text(told: Answer) -> str:
    """First what was found, then what it means."""
    found = (
        "It is in no sum." if not told.sums else f"{told.sums} sums hold it, in the path of a page or a host's name."
    )
    return f"{found}\n{told.answer}"
