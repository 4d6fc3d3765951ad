"""Open data: what may be asked, and the tables that answer."""

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Dataset = Literal["cookies", "choices", "views", "statistics"]
By = Literal["day", "hour", "page"]
Grouping = Literal[
    "total", "hour", "day", "month",
    "pages", "entries", "exits", "referrers", "countries", "devices", "browsers", "languages", "screens",
    "time", "load", "outbound", "downloads", "errors",
]  # fmt: skip
AnyBy = Literal[By, Grouping]
FILTER = "One thing that all must have in common, as in `country:FR`; at most one, because more are never counted."
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


class StatisticsAsked(Range):
    """What the statistics are asked for: a row for the whole range, for each of its parts, or for each value."""

    by: Grouping = "day"
    filter: list[str] = Field(default=[], description=FILTER)
    limit: int = Field(default=100, ge=1, le=1000, description="Values at most, the largest first.")


class Question(Range):
    """The body of a query. `by`, `filter` and `limit` are for views and statistics only."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    dataset: Dataset
    by: AnyBy | None = Field(
        default=None, description="For `views`: day (the default), hour or page. For `statistics`: as in their GET."
    )
    filter: dict[str, str] = Field(default={}, description='For `statistics`: `{"country": "FR"}`, at most one.')
    limit: int | None = Field(default=None, ge=1, le=1000, description="For `statistics`: values at most.")


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


class StatisticsRow(Schema):
    """One row: of a period (`2026-11`, `2026-11-24`, `2026-11-24T13`), or of a value; both null for the whole range,
    and for everything too small to stand alone."""

    period: str | None
    value: str | None
    figures: dict[str, Figure] = Field(description="Views, visits and the like; a column is there if it is counted.")


class StatisticsOut(Counted):
    """Views, visits, visitors, and what they are divided by; days are those of the installation's time zone."""

    dataset: Literal["statistics"]
    by: Grouping
    filter: dict[str, str] | None
    counting: Literal["off", "pageviews", "visitors"] = Field(description="How the site counts now.")
    rows: list[StatisticsRow]
    more: int = Field(description="Released values beyond `limit`.")


class AnnotationIn(Schema):
    """Something that happened: a deployment, say."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(description="A few words, 200 characters at most; no names of people.")
    day: date | None = Field(default=None, description="Today, if left out.")


class AnnotationOut(Schema):
    """One thing on one day; `id` is null for a published version of the policy, which nobody noted."""

    id: int | None
    day: date
    text: str
    by: str
