"""Machine tokens: made once, shown once, kept as SHA-256 (32 random bytes need no slow hash)."""

from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe

from bredele.core.errors import BredeleError
from bredele.web.accounts.models import Token

PREFIX = "bredele_"
"""Makes a leaked token easy to find in a search."""


def add(label: str, moment: datetime, *, site: str = "", may_write: bool = False, may_read_ledger: bool = False) -> str:
    """A new token's text, which is shown this once; a label that is taken raises BredeleError."""
    if Token.objects.filter(label=label).exists():
        raise BredeleError("There is a token of this label.", where=label, cure="Choose another label.")
    text = PREFIX + token_urlsafe(32)
    rights = {"may_write": may_write, "may_read_ledger": may_read_ledger}
    Token.objects.create(label=label, digest=digest(text), site=site, created=moment, **rights)
    return text


def revoke(label: str, moment: datetime) -> None:
    """End a token; an unknown label raises BredeleError."""
    if not Token.objects.filter(label=label, revoked=None).update(revoked=moment):
        raise BredeleError("There is no such token.", where=label, cure="See `bredele token list`.")


def find(text: str) -> Token | None:
    """The token that is in force and has this text."""
    if not text.startswith(PREFIX):
        return None
    sought = digest(text)
    token = Token.objects.filter(digest=sought, revoked=None).first()
    return token if token is not None and compare_digest(token.digest, sought) else None


def digest(text: str) -> str:
    """Lower-case hex SHA-256."""
    return sha256(text.encode()).hexdigest()
