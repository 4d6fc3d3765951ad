"""Whether the caller is signed in."""

from ninja import Schema


class SessionOut(Schema):
    """`name` is null for a visitor."""

    signed_in: bool
    name: str | None
