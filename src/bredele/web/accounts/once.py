"""One-time sign-in links, printed by `bredele start`: signed, good for 60 seconds and a single use."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.core import signing

from bredele.web.accounts.models import Account, UsedLink

SALT = "bredele.once"
GOOD_FOR = timedelta(seconds=60)


def make(account: Account) -> str:
    """A token for this account; its age counts from now on the server's clock."""
    return signing.dumps([account.pk, token_urlsafe(12)], salt=SALT)


def redeem(token: str, now: datetime) -> Account | None:
    """The account, the first time and within 60 seconds; None ever after."""
    try:
        key, _ = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    UsedLink.objects.filter(used__lt=now - 2 * GOOD_FOR).delete()
    digest = sha256(token.encode()).hexdigest()
    _, fresh = UsedLink.objects.get_or_create(digest=digest, defaults={"used": now})
    return Account.objects.filter(pk=key, is_active=True).first() if fresh else None
