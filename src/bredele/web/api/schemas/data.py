"""Open data: what may be asked, and the tables that answer."""

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Dataset = Literal["cookies", "choices", "views"]
By = Literal["day", "hour", "page"]
Figure = Annotated[int, Field(multiple_of=10, ge=10)] | Literal["<10"]
"""To the nearest ten; `<10` below ten, zero included."""


class Range(Schema):
    """Two days."""

    model_config = ConfigDict(populate_by_name=True)

    start: date | None = Field(
        default=None, alias="from", description="First day (UTC); 29 days before the last one if left out."
    )
    to: date | None = Field(default=None, description="Last day (UTC), included; today if left out.")


class ViewsAsked(Range):
    """What page views are asked for."""

    by: By = Field(default="day", description="A row a day, an hour of one day, or a page and calendar month.")


class Question(Range):
    """The body of a query. `by` is for page views only."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    dataset: Dataset
    by: By | None = Field(default=None, description="For `views`: day (the default), hour or page.")


class CookieRow(Schema):
    """One declaration of the version in force, in the language asked for."""

    names: list[str]
    kind: str
    provider: str
    type: str
    purposes: list[str]
    purpose: str
    lifetime: str
    lifetime_text: str
    asked: bool
    hosts: list[str]
    third_party_access: list[str]


class CookiesOut(Schema):
    """The declared cookies; `version` is null before the first one."""

    dataset: Literal["cookies"]
    site: str
    version: int | None
    language: str
    rows: list[CookieRow]


class ChoicesRow(Schema):
    """What became of the banners of one policy version in one language in one calendar month."""

    month: str
    version: int
    language: str = Field(description="Empty where an older count did not keep it.")
    shown: Figure = Field(description="Pages that carried a banner.")
    accepted: Figure
    refused: Figure
    customised: Figure
    ignored: Figure = Field(description="What the answers leave of `shown`, computed from the released figures.")
    withdrawn: Figure
    gpc: Figure = Field(description="Banners shown to browsers that send Global Privacy Control.")


class Counted(Schema):
    """What every table of counts says of itself."""

    site: str
    start: date = Field(serialization_alias="from")
    to: date
    rounding: Literal["nearest-ten"]


class ChoicesOut(Counted):
    """Answers of each calendar month the range touches."""

    dataset: Literal["choices"]
    rows: list[ChoicesRow]


class ViewsRow(Schema):
    """Page views, and views that carried a banner, of a day or an hour (UTC)."""

    period: str
    views: Figure
    shown: Figure


class PagesRow(Schema):
    """Page views of one page in one calendar month; `page` is null for all pages under ten together."""

    month: str
    page: str | None
    views: Figure


class ViewsOut(Counted):
    """Page views; rows of pages where `by` is page."""

    dataset: Literal["views"]
    by: By
    counting: bool = Field(description="Whether the site counts page views now.")
    rows: list[ViewsRow] | list[PagesRow]
