"""Dates in words, for those who render the policy document without a web framework."""

from datetime import datetime

from bredele.core.wording import wording


def date_text(moment: datetime, language: str) -> str:
    """`24 November 2026`, `1er décembre 2026` is written `1 décembre 2026`."""
    say = wording(language)
    return say.date.format(day=moment.day, month=say.months[moment.month - 1], year=moment.year)


def edition_text(version: int, published: datetime, language: str) -> str:
    """Version and date; number 0 is a draft."""
    say = wording(language)
    template = say.edition if version else say.edition_draft
    return template.format(number=version, date=date_text(published, language))
