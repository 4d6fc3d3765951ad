"""What allauth may do here: no public sign-up, no message cookies."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by `bredele user add`, never by a stranger."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: a queued message would be a fifth cookie, or a new session at sign-out (CONTRACTS 6)."""
